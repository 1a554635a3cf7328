/* What components gain when JavaScript runs. Every page works without it. */

/** People count Chinese characters, not UTF-16 units: an emoji or a rare character is one. */
function length(text) {
  return Array.from(text.replace(/\r\n?/g, "\n")).length;
}

/** field: say how many characters are left, to ears only after a pause in typing. */
function countCharacters(textarea) {
  const limit = Number(textarea.dataset.count);
  const field = textarea.closest(".y-field");
  const shown = field.querySelector(".y-field__count");
  const spoken = field.querySelector("[data-count-live]");
  const english = document.documentElement.lang === "en";
  let pause;

  function words(left) {
    if (english) {
      const number = Math.abs(left);
      return `${number} character${number === 1 ? "" : "s"} ${left < 0 ? "too many" : "left"}`;
    }
    return left < 0 ? `超出 ${-left} 字` : `还可以写 ${left} 字`;
  }

  function show() {
    const left = limit - length(textarea.value);
    shown.textContent = words(left);
    shown.classList.toggle("is-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => {
      spoken.textContent = left < limit / 10 ? words(left) : "";
    }, 1000);
  }

  textarea.addEventListener("input", show);
  show();
}

/** print-button: it appears only where it can work. */
function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** A second press within three seconds sends nothing: the first is still under way. */
function submitOnce(form) {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sentAt < 3000) event.preventDefault();
    else sentAt = event.timeStamp;
  });
}

/** The menu closes on Escape and when focus leaves it. */
function closeMenu(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

document.querySelectorAll("textarea[data-count]").forEach(countCharacters);
document.querySelectorAll("[data-print]").forEach(offerPrinting);
document.querySelectorAll("form[method='post' i]").forEach(submitOnce);
document.querySelectorAll(".site-menu").forEach(closeMenu);
