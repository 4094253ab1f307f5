// Keys: j and k walk a list, x takes the next step of the row one is in, other keys press what carries them in data-key ("r", "g t", "/").
// Single keys can be switched off in the help dialog, for those who speak or slip (WCAG 2.1.4).
const SWITCH = "amends-keys";
const WAIT = 1200; // milliseconds between the two keys of "g t"

const typing = (element) =>
  element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");

function switchedOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // storage may be refused; keys then work and cannot be remembered
  }
}

function walk(step) {
  const list =
    document.activeElement.closest("[data-list]") ??
    document.querySelector("[data-list]:not([data-list=path])") ??
    document.querySelector("[data-list]");
  const items = [...(list?.querySelectorAll("[data-item]") ?? [])].filter((item) => item.offsetParent !== null);
  if (!items.length) return;
  const at = items.indexOf(document.activeElement.closest("[data-item]"));
  const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1);
  items[next].focus();
  items[next].scrollIntoView({ block: "nearest" });
}

function step() {
  const row = document.activeElement.closest("li:has([data-step])");
  if (row) row.querySelector("[data-step] :is(a, button)")?.click();
  else walk(1); // nobody has chosen a row yet: go to the first, and let them see what x would do
}

function press(element) {
  if (typing(element)) {
    element.focus();
    if (element.matches("input")) element.select(); // a draft must not be typed away
  } else if (element.matches("summary")) {
    element.focus();
    if (!element.parentElement.open) element.click();
  } else {
    element.click();
  }
}

function startKeys() {
  let first = "";
  let since = 0;
  const box = document.querySelector("[data-keys-switch]");
  if (box) {
    box.checked = switchedOn();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(SWITCH, box.checked ? "on" : "off");
      } catch {
        // nothing to remember it in
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (!switchedOn() || typing(event.target) || document.querySelector("dialog[open]")) return;
    const pair = event.timeStamp - since < WAIT ? `${first} ${event.key}` : "";
    first = event.key;
    since = event.timeStamp;
    if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "x" && document.querySelector("[data-step]")) step();
    else {
      const target =
        (pair && document.querySelector(`[data-key="${CSS.escape(pair)}"]`)) ||
        document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!target) return;
      press(target);
    }
    event.preventDefault();
  });
}

startKeys();
