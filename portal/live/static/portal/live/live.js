// Open pages hear what changed. Without this file, and without JavaScript, every page works: it is only older.
//
//   <div data-live-topics="kind:id kind:id"    what to watch (several such elements share one stream)
//        data-live-after="123"                 the journal's position when the page was made
//        data-live-refresh="/fragment/"        on change: fetch this and put it in the element's place inside
//        data-live-notice="…"                  on change: say this, politely, for people who cannot see it
//        data-live-reload="…">                 instead of a refresh: show the notice, and a button that loads anew
//
// On every change the element gets a "live:changed" event with {position, topics}; reset changes have no topics.
// A fetched page may be a whole one: then the element with the same id is taken from it.

const RETRY_STREAM_AFTER = 30; // polls
const REFRESH_TRIES = 4;
const POLL_SECONDS = 8;
const LONGEST_POLL_SECONDS = 120;
const HIDDEN_SECONDS = 10; // a tab in the background gives its connection back: browsers have six per site
const SETTLE_SECONDS = 0.3; // several changes in a row are one refresh

const watchers = [...document.querySelectorAll("[data-live-topics]")].map((element) => ({
  element,
  topics: new Set(element.dataset.liveTopics.split(/\s+/).filter(Boolean)),
}));
const topics = [...new Set(watchers.flatMap((watcher) => [...watcher.topics]))];
const begun = watchers.map(({ element }) => Number.parseInt(element.dataset.liveAfter, 10)).filter(Number.isFinite);
let position = begun.length ? Math.min(...begun) : null;
let source = null;
let turn = 0; // what was begun in an earlier turn no longer counts

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const spread = (seconds) => seconds * (0.75 + Math.random() / 2);
const address = (path) => {
  const query = new URLSearchParams(topics.map((topic) => ["topic", topic]));
  if (position !== null) query.set("after", position);
  return `${path}?${query}`;
};

// --- Listening ------------------------------------------------------------------------------
function stop() {
  turn += 1;
  source?.close();
  source = null;
}

function listen() {
  stop();
  let failures = 0;
  source = new EventSource(address("/live/events"));
  const hear = (name, act) =>
    source.addEventListener(name, (event) => {
      failures = 0;
      position = Number(event.lastEventId);
      act(event.data);
    });
  hear("ready", () => {});
  hear("changed", (data) => changed(JSON.parse(data).topics));
  hear("reset", () => changed(null));
  source.addEventListener("error", () => {
    failures += 1;
    // CLOSED: the server said no. Otherwise the browser tries again by itself; behind a proxy that
    // breaks streams it would try for ever.
    if (source?.readyState === EventSource.CLOSED || failures > 3) poll();
  });
}

async function poll() {
  stop();
  const mine = turn;
  let seconds = POLL_SECONDS;
  for (let round = 1; ; round += 1) {
    await pause(spread(seconds));
    if (mine !== turn) return;
    const answer = await ask();
    if (mine !== turn || answer === "refused") return;
    seconds = answer === "told" ? POLL_SECONDS : Math.min(seconds * 2, LONGEST_POLL_SECONDS);
    if (answer === "told" && round >= RETRY_STREAM_AFTER) return listen();
  }
}

async function ask() {
  try {
    const response = await fetch(address("/live/poll"), { headers: { Accept: "application/json" }, redirect: "manual" });
    if (response.type === "opaqueredirect" || [400, 401, 403, 404].includes(response.status)) return "refused";
    const news = await response.json();
    position = news.position;
    if (news.reset) changed(null);
    news.changes.forEach((change) => changed(change.topics));
    return "told";
  } catch {
    return "failed";
  }
}

// --- Telling the page -----------------------------------------------------------------------
function changed(names) {
  for (const watcher of watchers) {
    if (names && !names.some((name) => watcher.topics.has(name))) continue;
    const detail = { position, topics: names ?? [] };
    watcher.element.dispatchEvent(new CustomEvent("live:changed", { bubbles: true, detail }));
    const { liveRefresh, liveReload, liveNotice } = watcher.element.dataset;
    if (liveRefresh) refresh(watcher);
    else if (liveReload) offerReload(watcher.element);
    else if (liveNotice) announce(liveNotice);
  }
}

async function refresh(watcher) {
  watcher.again = true;
  if (watcher.busy) return;
  watcher.busy = true;
  for (let tries = 0; watcher.again && tries < REFRESH_TRIES; ) {
    await pause(spread(SETTLE_SECONDS + tries * POLL_SECONDS));
    watcher.again = false;
    try {
      await replace(watcher.element);
      tries = 0;
    } catch {
      watcher.again = true;
      tries += 1;
    }
  }
  watcher.busy = false;
}

async function replace(element) {
  const response = await fetch(element.dataset.liveRefresh, { headers: { Accept: "text/html" }, redirect: "error" });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = (element.id && page.getElementById(element.id)) || page.body;
  if (fresh.innerHTML.trim() === element.innerHTML.trim()) return;
  await untilNobodyTypesIn(element);
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  const ticked = new Set([...element.querySelectorAll("input:checked")].map(nameAndValue));
  element.replaceChildren(...fresh.childNodes);
  for (const box of element.querySelectorAll("input[type=checkbox]")) box.checked ||= ticked.has(nameAndValue(box));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (element.dataset.liveNotice) announce(element.dataset.liveNotice);
}

const nameAndValue = (box) => `${box.name}=${box.value}`;

async function untilNobodyTypesIn(element) {
  const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit])";
  while (element.contains(document.activeElement) && document.activeElement.matches(TYPED_IN)) {
    await new Promise((resolve) => element.addEventListener("focusout", resolve, { once: true }));
    await pause(0); // by now the focus is where it went
  }
}

function offerReload(element) {
  if (element.childElementCount) return;
  const text = document.createElement("p");
  text.textContent = element.dataset.liveNotice ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = element.dataset.liveReload;
  button.addEventListener("click", () => location.reload());
  element.append(text, button);
  announce(text.textContent);
}

// --- Saying it aloud ------------------------------------------------------------------------
let voice = null;

function prepareVoice() {
  voice = document.createElement("p");
  voice.setAttribute("role", "status");
  Object.assign(voice.style, { position: "absolute", inlineSize: "1px", blockSize: "1px", overflow: "hidden", clipPath: "inset(50%)" });
  document.body.append(voice);
}

function announce(text) {
  voice.textContent = "";
  setTimeout(() => (voice.textContent = text), 50); // the same words twice are heard twice
}

// --- Beginning, and resting in the background ------------------------------------------------
if (topics.length) {
  let resting = null;
  prepareVoice();
  listen();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(resting);
    if (document.hidden) resting = setTimeout(stop, HIDDEN_SECONDS * 1000);
    else if (!source) listen();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && listen());
}
