/* error-summary, on public pages and in the back office: begin reading at what is wrong; its links put the cursor
   into the input. The component brings this file along, so pages without errors do not load it. */

function beginAtErrors(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const input = link && document.getElementById(link.hash.slice(1));
    if (!input) return;
    event.preventDefault();
    const folded = input.closest("details");
    if (folded) folded.open = true;
    const field = input.closest(".y-field, .desk-field, .cal-fields > li") || input;
    field.scrollIntoView();
    input.focus({ preventScroll: true });
  });
}

document.querySelectorAll("[data-focus-on-load]").forEach(beginAtErrors);
