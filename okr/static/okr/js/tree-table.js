// Rows that open: a press or → shows the rows below, ← hides them. Children may come from htmx later.
class TreeTable extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const twisty = event.target.closest(".twisty");
      if (!twisty) return;
      event.preventDefault();
      this.turn(twisty, twisty.ariaExpanded !== "true");
    });
    this.addEventListener("keydown", (event) => {
      const twisty = event.target.closest(".twisty");
      if (!twisty || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      event.preventDefault();
      if ((event.key === "ArrowRight") !== (twisty.ariaExpanded === "true")) twisty.click();
    });
  }

  turn(twisty, open) {
    twisty.setAttribute("aria-expanded", String(open));
    this.show(twisty.closest("[data-row]").dataset.row, open);
  }

  show(id, open) {
    for (const row of this.querySelectorAll(`[data-parent="${CSS.escape(id)}"]`)) {
      row.hidden = !open;
      const twisty = row.querySelector(".twisty");
      if (twisty) this.show(row.dataset.row, open && twisty.ariaExpanded === "true");
    }
  }
}

customElements.define("tree-table", TreeTable);
