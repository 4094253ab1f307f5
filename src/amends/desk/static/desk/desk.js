// What the desk adds where scripts run. Everything that matters works without it.
// The other scripts beside this one each do one thing and start themselves.
document.documentElement.classList.add("has-js");

// Menus and evidence sheets close with Escape and when something else is pressed.
const OPEN = "details.menu[open], details.station-box[open]";
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(OPEN)) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll(OPEN)) {
    const inside = open.contains(document.activeElement);
    open.open = false;
    if (inside) open.querySelector("summary").focus();
  }
});

// A link to a station (from the words that passed it) opens its evidence.
function openTarget() {
  const box = document.getElementById(location.hash.slice(1))?.querySelector(":scope > details.station-box");
  if (box) box.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
});
