// The coach in the draft: its words underlined while one writes, better words put in with one key, advice waved away.
import { places } from "./places.js";

const reply = () => document.querySelector("[data-reply]");

function underline() {
  const area = reply();
  const marks = document.querySelector("[data-marks]");
  if (!area || !marks) return;
  const text = area.value;
  const at = places(text);
  const found = [...document.querySelectorAll("#coach [data-start]")]
    .map((one) => [at(+one.dataset.start), at(+one.dataset.end), one.className])
    .sort((one, other) => one[0] - other[0]);
  marks.replaceChildren();
  let done = 0;
  for (const [start, end, kind] of found) {
    if (start < done) continue; // words that are underlined already
    const mark = document.createElement("mark");
    mark.className = kind.replace("finding ", "");
    mark.textContent = text.slice(start, end);
    marks.append(text.slice(done, start), mark);
    done = end;
  }
  marks.append(text.slice(done), "\n");
  marks.scrollTop = area.scrollTop;
}

function number() {
  document.querySelectorAll("#coach [data-insert]").forEach((button, place) => {
    const key = button.querySelector("kbd");
    if (!key || place > 8) return;
    key.textContent = `Alt ${place + 1}`;
    key.hidden = false;
    button.setAttribute("aria-keyshortcuts", `Alt+${place + 1}`);
  });
}

function changed() {
  document.querySelector("[data-marks]")?.replaceChildren(); // what was underlined has moved; the coach reads again
}

document.addEventListener("input", (event) => event.target.matches("[data-reply]") && changed());
document.addEventListener("htmx:afterSwap", () => {
  underline();
  number();
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !/^Digit[1-9]$/.test(event.code)) return;
  const button = document.querySelectorAll("#coach [data-insert]")[+event.code.slice(5) - 1];
  if (!button || !document.activeElement?.matches("[data-reply]")) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("[data-reply]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  const area = button && reply();
  if (!area) return;
  event.preventDefault(); // without scripts the same button asks the server
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = "dismissed";
  kept.value = button.dataset.dismiss;
  area.form.append(kept);
  button.closest(".finding").remove();
  underline();
  number();
  area.focus();
});

const area = reply();
area?.addEventListener("scroll", () => (document.querySelector("[data-marks]").scrollTop = area.scrollTop));
underline();
number();
