// Lets a card be dragged to another column. The form in the card does the work, as it does
// without this script.

const TYPE = "text/x-issue";

for (const card of document.querySelectorAll(".board .card")) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData(TYPE, card.id);
    event.dataTransfer.effectAllowed = "move";
  });
}

for (const column of document.querySelectorAll(".board .column")) {
  column.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes(TYPE)) return;
    event.preventDefault();
    column.classList.add("over");
  });
  column.addEventListener("dragleave", (event) => {
    if (!column.contains(event.relatedTarget)) column.classList.remove("over");
  });
  column.addEventListener("drop", (event) => {
    event.preventDefault();
    column.classList.remove("over");
    const card = document.getElementById(event.dataTransfer.getData(TYPE));
    const form = card?.querySelector("form.move");
    if (!form || form.elements.status.value === column.dataset.status) return;
    form.elements.status.value = column.dataset.status;
    form.requestSubmit();
  });
}
