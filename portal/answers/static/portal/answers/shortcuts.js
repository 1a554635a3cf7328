// Keys for the desk. Each moves the focus; none takes a step. Off while somebody types, with Ctrl, Alt or
// Meta, and altogether when the person has switched shortcuts off (then this file is not loaded at all).
//
//   <button data-key="a">    the key that leads here; what it stands folded in is unfolded, and screen readers tell the key
//   <div data-rows>          a list in which j and k go from link to link, and x ticks

const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";

for (const target of document.querySelectorAll("[data-key]")) target.setAttribute("aria-keyshortcuts", target.dataset.key);

addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    if (event.target.closest?.(`${TYPED_IN}, dialog, [role=dialog]`)) return;
    const act = rows(event.key) ?? place(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Wagtail has a "/" of its own
    act();
  },
  { capture: true },
);

function place(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  return target && (() => {
    target.closest("details")?.setAttribute("open", "");
    target.focus();
    target.scrollIntoView({ block: "center" });
  });
}

function rows(key) {
  const list = document.querySelector("[data-rows]");
  if (!list || !["j", "k", "x"].includes(key)) return null;
  const links = [...list.querySelectorAll("td.title a")];
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  if (key === "x") return at >= 0 && (() => links[at].closest("tr").querySelector("input[type=checkbox]")?.click());
  const next = links[key === "j" ? at + 1 : Math.max(at, 1) - 1];
  return next && (() => next.focus());
}
