// Puts a canned passage, or a variable, where the cursor is. Without this file the page comes back with the
// passage below what was typed; a variable is typed by hand.

function put(field, text) {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// --- A passage into the draft ---------------------------------------------------------------
for (const button of document.querySelectorAll("button[data-insert]")) {
  const form = button.form;
  button.addEventListener("click", async (event) => {
    const passage = form.elements.passage.value;
    if (!passage || button.dataset.plain) return; // the server says what is missing
    event.preventDefault();
    try {
      const response = await fetch(`${button.formAction}${passage}/`, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!response.ok) throw new Error(response.statusText);
      put(form.querySelector("textarea"), (await response.json()).text);
      const note = form.querySelector("[data-insert-note]");
      note.textContent = note.dataset.insertNote;
    } catch {
      button.dataset.plain = "1"; // as if there were no script
      form.requestSubmit(button);
    }
  });
}

// --- A variable into a passage --------------------------------------------------------------
for (const place of document.querySelectorAll("[data-variables]")) {
  const field = place.closest("form").querySelector("textarea");
  for (const chip of place.querySelectorAll("[data-variable]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = chip.className;
    button.textContent = chip.textContent;
    button.addEventListener("click", () => put(field, chip.dataset.variable));
    chip.replaceWith(button);
  }
}
