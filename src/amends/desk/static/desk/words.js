// "Use these words": a suggested sentence goes into the reply, where the cursor is, and the coach reads again.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const reply = button && document.querySelector("[data-reply]");
  if (!reply) return;
  event.preventDefault(); // without scripts the same button asks the server
  const start = reply.selectionStart ?? reply.value.length;
  const before = reply.value.slice(0, start);
  const gap = before && !/\s$/.test(before) ? " " : "";
  reply.setRangeText(gap + button.dataset.insert + " ", start, reply.selectionEnd ?? start, "end");
  reply.focus();
  reply.dispatchEvent(new Event("input", { bubbles: true }));
});
