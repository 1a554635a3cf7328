// Passkeys beside allauth's own script: their buttons appear where the browser can use them, and
// what did not work is said on the page. Without this file everything else on the page works.
for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = !window.PublicKeyCredential;
for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = Boolean(window.PublicKeyCredential);

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.querySelector("[data-passkey-error]");
  said.hidden = false;
  said.scrollIntoView({ block: "nearest" });
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-passkeys] button")) document.querySelector("[data-passkey-error]").hidden = true;
});
