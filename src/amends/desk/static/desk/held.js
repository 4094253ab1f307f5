// A held reply counts down. The server says how many seconds are left, so a wrong clock here does no harm.
function startHeld(root) {
  for (const held of root.querySelectorAll("[data-held]:not([data-counting])")) count(held);
}

function count(held) {
  const bar = held.querySelector("progress");
  const words = held.querySelector("[data-held-words]");
  const end = performance.now() + Number(held.dataset.held) * 1000;
  held.dataset.counting = "";
  const timer = setInterval(() => {
    const left = Math.max(0, (end - performance.now()) / 1000);
    if (bar) bar.value = left;
    if (words) words.textContent = words.dataset.heldWords.replace("{}", Math.ceil(left));
    if (left > 0 && held.isConnected) return;
    clearInterval(timer);
    // A page that wants to show the sent message listens for this with hx-trigger="held:out".
    if (held.isConnected) held.dispatchEvent(new CustomEvent("held:out", { bubbles: true }));
  }, 200);
}

startHeld(document);
document.addEventListener("htmx:load", (event) => startHeld(event.target));
