// While somebody reads their answers once more, the browser does a little arithmetic, which makes
// a flood of questions costly. It never gates: without it the form is sent all the same.
// The scheme is described in portal/answers/rules/proof_of_work.py.

const HASHES_PER_TURN = 256;
const LONGEST_WAIT = 5000; // milliseconds that somebody who reads fast waits for the arithmetic

const form = document.querySelector("form[data-challenge]");
if (form && window.crypto && window.crypto.subtle) {
  // No network, no proof: the limits are tighter, that is all.
  const solved = solve(form).catch(() => {});
  form.addEventListener("submit", (event) => {
    if (form.elements.proof.value) return;
    event.preventDefault();
    Promise.race([solved, pause(LONGEST_WAIT)]).then(() => form.submit());
  });
}

function pause(milliseconds) {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}

async function solve(form) {
  const response = await fetch(form.dataset.challenge, { credentials: "same-origin" });
  if (!response.ok) return;
  const { salt, difficulty, signature } = await response.json();
  const nonce = await search(salt, difficulty);
  form.elements.proof.value = [salt, difficulty, signature, nonce].join(":");
}

async function search(salt, difficulty) {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += HASHES_PER_TURN) {
    const digests = await Promise.all(
      Array.from({ length: HASHES_PER_TURN }, (_, offset) =>
        crypto.subtle.digest("SHA-256", encoder.encode(`${salt}:${first + offset}`)),
      ),
    );
    const found = digests.findIndex((digest) => zeroBits(digest) >= difficulty);
    if (found >= 0) return first + found;
    await pause(0); // let the page breathe
  }
}

// Leading zero bits of the first 32; a greater difficulty is never asked for.
function zeroBits(digest) {
  return Math.clz32(new DataView(digest).getUint32(0));
}
