/* reading-tools: read aloud with the browser's own voices, a line to follow, a large pointer. Nothing is sent anywhere. */

// Longer pieces fall silent half-way in some browsers.
const MOST = 160;
const RATES = { usual: 1, slower: 0.75 };
const SPOKEN = "h1, h2, h3, h4, p, li, dt, dd, th, td, summary, figcaption, blockquote";
const SILENT = "nav, form, [hidden], .visually-hidden, .y-reading, script, style";

/** Return the elements that are read, outermost first: a paragraph in a list item is read with it. */
function passages(root) {
  return [...root.querySelectorAll(SPOKEN)].filter((one) => {
    const outer = one.parentElement.closest(SPOKEN);
    const inside = outer && root.contains(outer);
    const folded = one.closest("details:not([open])") && !one.matches("summary");
    return !inside && !folded && !one.closest(SILENT) && one.textContent.trim();
  });
}

/** Cut a text at the ends of its sentences into pieces that a voice gets through. */
export function pieces(text) {
  const sentences = text.replace(/\s+/g, " ").trim().match(/[^。！？；!?;]+[。！？；!?;]*/g) || [];
  return sentences.flatMap((sentence) => {
    const parts = [];
    for (let rest = sentence; rest; ) {
      const comma = rest.length > MOST ? Math.max(rest.lastIndexOf("，", MOST), rest.lastIndexOf(", ", MOST)) : -1;
      const end = rest.length > MOST ? (comma > 0 ? comma + 1 : MOST) : rest.length;
      parts.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return parts;
  });
}

function readAloud(bar, root) {
  const voices = window.speechSynthesis;
  if (!voices || !window.SpeechSynthesisUtterance) return;
  const [main, end, slower] = ["read", "read-end", "read-slower"].map((name) => bar.querySelector(`[data-${name}]`));
  const words = main.querySelector("span");
  const [start, pause, goOn] = words.dataset.words.split("|");
  let queue = [];
  let state = "still";

  function show(next) {
    state = next;
    words.textContent = { still: start, reading: pause, paused: goOn }[state];
    end.hidden = slower.hidden = state === "still";
    if (state === "still") root.querySelectorAll(".is-read").forEach((one) => one.classList.remove("is-read"));
  }

  function next() {
    const one = queue.shift();
    root.querySelectorAll(".is-read").forEach((other) => other.classList.remove("is-read"));
    if (!one) return show("still");
    one.element.classList.add("is-read");
    one.element.scrollIntoView({ block: "nearest" });
    const spoken = new SpeechSynthesisUtterance(one.text);
    spoken.lang = one.element.closest("[lang]").lang === "en" ? "en" : "zh-CN";
    spoken.rate = slower.getAttribute("aria-pressed") === "true" ? RATES.slower : RATES.usual;
    spoken.onend = () => state === "reading" && next();
    spoken.onerror = () => state === "reading" && show("still");
    voices.speak(spoken);
  }

  function stop() {
    show("still");
    queue = [];
    voices.cancel();
  }

  main.addEventListener("click", () => {
    if (state === "reading") {
      voices.pause();
      return show("paused");
    }
    if (state === "paused") {
      voices.resume();
      return show("reading");
    }
    queue = passages(root).flatMap((element) => pieces(element.textContent).map((text) => ({ element, text })));
    show("reading");
    next();
  });
  end.addEventListener("click", () => {
    stop();
    main.focus();
  });
  slower.addEventListener("click", () => press(slower));
  window.addEventListener("pagehide", stop);
  main.hidden = false;
}

function press(button) {
  const pressed = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", pressed);
  return pressed;
}

/** A switch that this browser remembers. */
function remembered(button, key, apply) {
  const store = { get: () => null, set: () => {} };
  try {
    const kept = window.localStorage;
    store.get = () => kept.getItem(key);
    store.set = (value) => kept.setItem(key, value);
  } catch {
    // Without a store it holds for this page.
  }
  if (store.get() === "on") apply(press(button));
  button.addEventListener("click", () => {
    const on = press(button);
    store.set(on ? "on" : "off");
    apply(on);
  });
}

function guideTheEye(on) {
  document.querySelector(".y-reading-line")?.remove();
  if (!on) return;
  const line = document.createElement("div");
  line.className = "y-reading-line";
  line.setAttribute("aria-hidden", "true");
  document.body.append(line);
}

document.querySelectorAll("[data-reading]").forEach((bar) => {
  readAloud(bar, document.getElementById(bar.dataset.reading));
  remembered(bar.querySelector("[data-line]"), "reading-line", guideTheEye);
  remembered(bar.querySelector("[data-pointer]"), "reading-pointer", (on) => {
    if (on) document.documentElement.dataset.pointer = "large";
    else delete document.documentElement.dataset.pointer;
  });
  bar.hidden = false;
});
window.addEventListener("pointermove", (event) => {
  const line = document.querySelector(".y-reading-line");
  if (line) line.style.transform = `translateY(${event.clientY + 14}px)`;
});
window.addEventListener("focusin", (event) => {
  const line = document.querySelector(".y-reading-line");
  if (line && event.target.matches(":focus-visible")) {
    line.style.transform = `translateY(${event.target.getBoundingClientRect().bottom + 4}px)`;
  }
});
