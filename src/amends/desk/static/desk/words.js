// "Use these words": a suggested sentence goes into the reply, over the words that it is better than, as a paragraph
// where it belongs, or where the cursor is; and the coach reads again.
import { places } from "./places.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const reply = button && document.querySelector("[data-reply]");
  if (!reply) return;
  event.preventDefault(); // without scripts the same button asks the server
  const text = reply.value;
  const at = places(text);
  const { insert, over, place } = button.dataset;
  if (over) {
    const [start, end] = over.split(" ").map(Number);
    reply.setRangeText(insert, at(start), at(end), "end");
  } else if (place) {
    const before = text.slice(0, at(+place)).trimEnd();
    const after = text.slice(at(+place)).trimStart();
    reply.value = [before, insert, after].filter(Boolean).join("\n\n");
  } else {
    const start = reply.selectionStart ?? text.length;
    const before = text.slice(0, start);
    const gap = before && !/\s$/.test(before) ? " " : "";
    reply.setRangeText(gap + insert + " ", start, reply.selectionEnd ?? start, "end");
  }
  reply.focus();
  reply.dispatchEvent(new Event("input", { bubbles: true }));
});
