/* The map of service centres, beside the list. Neither Leaflet nor anything of the pictures' host is loaded before
   somebody asks for the map. */

// Zooms: one building with its street; so close only that the names of streets can be read.
const BUILDING = 16;
const STREETS = 15;
// Pixels: what a card's text may take, and what has to be left beside it, for the largest targets.
const CARD = 320;
const CARD_EDGE = 110;
// Milliseconds after which a host that is silent counts as away.
const PATIENCE = 10000;

/** Add an element to the head; settled when what it names has arrived, or has not. */
function fetched(tag, properties) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      reject(new Error(element.src || element.href));
    };
    document.head.append(element);
  });
}

/** Return what stands on the map: a point, a name and what its card says. */
function placesIn(root) {
  return [...root.querySelectorAll("[data-map-place]")].map((template) => ({
    point: [Number(template.dataset.latitude), Number(template.dataset.longitude)],
    name: template.dataset.name,
    card: document.importNode(template.content, true).firstElementChild,
  }));
}

/** Return the pin of a place, a button that opens its card. close: the word on the card's own button; room: pixels. */
function pinOf(L, place, close, room) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "centre-map__pin";
  button.setAttribute("aria-label", place.name);
  button.setAttribute("aria-expanded", "false");
  const Pin = L.Icon.extend({ createIcon: () => button, createShadow: () => null });
  // The button is one by itself: it needs no role, and a press of Enter heard twice would open and close the card.
  button.addEventListener("keypress", (event) => event.stopPropagation());
  const marker = L.marker(place.point, { icon: new Pin(), keyboard: false, title: place.name, riseOnHover: true });
  marker.bindPopup(place.card, { minWidth: Math.min(200, room), maxWidth: room });
  marker.on("popupopen", ({ popup }) => {
    button.setAttribute("aria-expanded", "true");
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", close);
    place.card.focus({ preventScroll: true });
  });
  marker.on("popupclose", ({ popup }) => {
    button.setAttribute("aria-expanded", "false");
    const left = document.activeElement;
    if (left === document.body || popup.getElement().contains(left)) button.focus({ preventScroll: true });
  });
  return marker;
}

/** Draw the map into its frame. say(words) tells what goes wrong with the pictures. */
function draw(L, root, frame, say) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { closer, farther, close } = frame.dataset;
  const { pictures, labels, away } = { ...root.dataset, ...root.querySelector("[data-map-status]").dataset };
  const maxZoom = Number(root.dataset.maxZoom);
  const map = L.map(frame, {
    maxZoom,
    attributionControl: false,
    zoomControl: false,
    // The wheel and one finger go on moving the page.
    scrollWheelZoom: false,
    dragging: !fingers(),
    inertia: !still,
    fadeAnimation: !still,
    zoomAnimation: !still,
    markerZoomAnimation: !still,
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: closer, zoomOutTitle: farther }).addTo(map);

  let arrived = false;
  setTimeout(() => arrived || say(away), PATIENCE);
  for (const address of [pictures, labels].filter(Boolean)) {
    L.tileLayer(address, {
      maxZoom,
      // Hosts ask which site it is, for their keys; which page, and the place in its address, is not theirs to know.
      referrerPolicy: "strict-origin",
    })
      .on("tileerror", () => arrived || say(away))
      .on("tileload", () => {
        arrived = true;
        say("");
      })
      .addTo(map);
  }

  const places = placesIn(root);
  const room = Math.min(CARD, frame.clientWidth - CARD_EDGE);
  for (const place of places) pinOf(L, place, close, room).addTo(map);
  if (places.length === 1) map.setView(places[0].point, Math.min(BUILDING, maxZoom));
  else map.fitBounds(places.map((place) => place.point), { padding: [48, 48], maxZoom: Math.min(STREETS, maxZoom) });
  frame.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  return map;
}

function fingers() {
  return matchMedia("(pointer: coarse)").matches;
}

function offer(root) {
  const [toggle, status, body, frame] = ["toggle", "status", "body", "frame"].map((name) =>
    root.querySelector(`[data-map-${name}]`),
  );
  const [show, hide] = toggle.dataset.words.split("|");
  const say = (words) => status.textContent !== words && (status.textContent = words);
  let map = null;
  let loading = false;

  async function load() {
    loading = true;
    say(status.dataset.loading);
    const { script, styles } = root.dataset;
    const sheets = styles.split(" ").map((href) => fetched("link", { rel: "stylesheet", href }));
    try {
      await Promise.all([fetched("script", { src: script }), ...sheets]);
      say("");
      return true;
    } catch {
      say(status.dataset.failed);
      return false;
    } finally {
      loading = false;
    }
  }

  toggle.addEventListener("click", async () => {
    if (loading || (!map && !(await load()))) return;
    const opens = body.hidden;
    body.hidden = !opens;
    toggle.textContent = opens ? hide : show;
    toggle.setAttribute("aria-expanded", opens);
    if (!map) map = draw(window.L, root, frame, say);
    else if (opens) map.invalidateSize();
  });
  root.querySelector("[data-map-fingers]").hidden = !fingers();
  root.hidden = false;
}

document.querySelectorAll("[data-centre-map]").forEach(offer);
