// Keeps the list of what perhaps answers the question up to date with what is typed. Without this file a button asks for it.
//
//   <form> title, text  <section data-similar="/address/" hidden>…</section>  <div data-settled hidden>…</div>
//
// What is typed goes out in the body of a request and is kept nowhere. The form never waits for the answer: one that is
// late, or does not come, changes nothing.

const PAUSE = 800; // milliseconds without a key: shorter ones are between two words
const PATIENCE = 4000; // milliseconds; what comes later is about something else
const AT_LEAST = 4; // characters, as the server

const list = document.querySelector("[data-similar]");
const form = list.closest("form");
const said = document.getElementById("offered");
const settled = form.querySelector("[data-settled]");
let timer = 0;
let asked = "";
let last = null;

function typed() {
  return [form.elements.title.value, form.elements.text.value].map((one) => one.trim()).join("\n");
}

function show(part) {
  const note = part.querySelector("[data-said]");
  list.replaceChildren(...part.childNodes);
  list.hidden = settled.hidden = note === null;
  // Said again only where it differs, so that nobody is interrupted for nothing.
  const words = note ? note.textContent : "";
  if (said.textContent === words) return;
  said.replaceChildren();
  if (!words) return;
  const link = document.createElement("a");
  link.href = `#${list.id}`;
  link.textContent = words;
  said.append(link);
}

async function look() {
  const now = typed();
  if (now === asked) return;
  asked = now;
  last?.abort();
  if (now.replace(/\s/g, "").length < AT_LEAST) return show(document.createElement("div"));
  const mine = (last = new AbortController());
  const late = setTimeout(() => mine.abort(), PATIENCE);
  try {
    const answer = await fetch(list.dataset.similar, { method: "POST", body: new FormData(form), signal: mine.signal, redirect: "error" });
    const text = answer.ok ? await answer.text() : "";
    if (now === typed()) show(new DOMParser().parseFromString(text, "text/html").body);
  } catch {
    // Late, out of reach, or there is a newer text: what stands there stays.
  } finally {
    clearTimeout(late);
  }
}

form.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
form.addEventListener("compositionend", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
form.addEventListener("submit", () => last?.abort());
if (list.hidden) look();
