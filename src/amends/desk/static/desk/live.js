// The conversation looks again by itself while a reply of ours is on its way. When that has gone out, all that it moved
// (the path, promises, deadlines, wordings) is fetched anew. Whatever somebody is at work on stays as it is.
let going = document.getElementById("talk")?.dataset.going;

document.addEventListener("htmx:load", (event) => {
  if (event.target.id !== "talk" || event.target.dataset.going === going) return;
  going = event.target.dataset.going;
  document.getElementById("live")?.dispatchEvent(new CustomEvent("talk:moved"));
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (atWork(event.detail.target)) event.detail.shouldSwap = false;
});

function atWork(part) {
  if (part.contains(document.activeElement)) return true;
  return [...part.querySelectorAll("input, textarea, select")].some(changed);
}

function changed(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) {
    const first = Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
    return field.selectedIndex !== first;
  }
  return field.value !== field.defaultValue;
}

// The button that leads to the reply is in nobody's way where the reply is in view.
const way = document.querySelector(".to-reply");
const reply = document.getElementById("reply");
if (way && reply) {
  new IntersectionObserver((seen) => way.classList.toggle("is-there", seen.at(-1).isIntersecting)).observe(reply);
}
