/* Suggestions below a search box, as a combobox: arrows choose, Enter opens, Escape closes. Without it the box searches as ever. */

const WAIT = 150; // milliseconds after the last key
const NOTHING = { suggestions: [], status: "" };
let count = 0;

function element(name, attributes) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function combobox(input) {
  const id = `suggest-${(count += 1)}`;
  const list = element("ul", { id, role: "listbox", class: "suggest__list", hidden: "", "aria-label": input.labels[0].textContent });
  const status = element("p", { class: "visually-hidden", role: "status" });
  const place = element("div", { class: "suggest" });
  input.replaceWith(place);
  place.append(input, list, status);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false", autocomplete: "off" })) input.setAttribute(key, value);
  let active = -1;
  let timer = 0;
  let asked = "";

  function show(is_open) {
    list.hidden = !is_open;
    input.setAttribute("aria-expanded", String(is_open));
    if (!is_open) choose(-1);
  }

  function choose(number) {
    active = number;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === number)));
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
  }

  function fill(found) {
    list.replaceChildren(
      ...found.suggestions.map((one, place) => {
        const option = element("li", { role: "option", id: `${id}-${place}`, "aria-selected": "false" });
        option.dataset.href = one.href;
        const kind = element("span", { class: "muted small" });
        kind.textContent = one.kind;
        option.append(one.text, kind);
        return option;
      }),
    );
    // What was marked stood in the list that is gone.
    choose(-1);
    const is_open = found.suggestions.length > 0 && document.activeElement === input;
    status.textContent = is_open ? found.status : "";
    show(is_open);
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    const found = typed ? await suggested(typed) : NOTHING;
    // Not for what has been typed over meanwhile.
    if (typed === asked) fill(found);
  }

  async function suggested(typed) {
    try {
      const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(typed)}`);
      return answer.ok ? await answer.json() : NOTHING;
    } catch {
      return NOTHING; // out of reach: the box searches without
    }
  }

  input.addEventListener("input", (event) => {
    // Whoever types on wants what is typed, also before the new list is there.
    choose(-1);
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.href);
    }
  });
  // The box keeps the focus, so that leaving it closes the list and a press on the list does not.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.href);
  });
}

document.querySelectorAll("input[data-suggestions]").forEach(combobox);
