// Brings what is like a case to its page, after everything else. Without this file a link leads there.
//
//   <div data-part="/address/?part=1"><a href="/address/">…</a></div>    the link stays if nothing comes

for (const place of document.querySelectorAll("[data-part]")) {
  fetch(place.dataset.part, { headers: { Accept: "text/html" }, redirect: "error" })
    .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.statusText))))
    .then((text) => place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes))
    .catch(() => {});
}
