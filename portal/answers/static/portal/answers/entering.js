/* The form for questions told to staff: hides what does not apply, sends with Ctrl + Enter. It works without. */

const form = document.querySelector("[data-entry]");

/** data-if="name=value" or "name!value": shown only while that radio button (or any other) is chosen. */
function showWhatApplies() {
  for (const part of form.querySelectorAll("[data-if]")) {
    const [, name, relation, value] = part.dataset.if.match(/^(\w+)([=!])(\w+)$/);
    const chosen = form.querySelector(`[name="${name}"]:checked`)?.value;
    part.hidden = relation === "=" ? chosen !== value : chosen === value || chosen === undefined;
  }
}

if (form) {
  form.addEventListener("change", showWhatApplies);
  showWhatApplies();
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.querySelector("[data-shortcut]").hidden = false;
  document.getElementById("what-is-missing")?.focus();
}
