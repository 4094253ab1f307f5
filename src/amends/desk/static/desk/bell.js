// How much is unread stands in the title, so that it is seen in a row of tabs.
const plain = document.title.replace(/^\(\d+\) /, "");

function count() {
  const unread = Number(document.getElementById("bell")?.dataset.count ?? 0);
  document.title = unread ? `(${unread}) ${plain}` : plain;
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "bell" || event.detail.target?.id === "bell") count();
});
count();
