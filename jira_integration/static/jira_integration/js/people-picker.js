// Keeps who is ticked while the list is searched and paged, and counts it; the server does the same.
const numbers = (text) => new Set(text.split(",").filter(Boolean));
const without = (some, others) => [...some].filter((one) => !others.has(one)).length;

class PeoplePicker extends HTMLElement {
  connectedCallback() {
    this.saved = numbers(this.dataset.saved);
    this.chosen = numbers(this.kept.value);
    this.addEventListener("input", (event) => this.isFilter(event.target) && event.stopPropagation());
    this.addEventListener("change", (event) => event.target.name === "person" && this.tick(event.target));
    this.addEventListener("click", (event) => event.target.name === "clear" && this.clear());
    this.addEventListener("htmx:afterSwap", () => this.redraw());
  }

  get kept() {
    return this.querySelector("[name=chosen]");
  }

  isFilter(field) {
    return ["words", "only_selected"].includes(field.name);
  }

  tick({ checked, value }) {
    if (checked) this.chosen.add(value);
    else this.chosen.delete(value);
    this.tell();
  }

  clear() {
    const words = this.querySelector("[name=words]");
    words.value = "";
    words.focus();
  }

  redraw() {
    if ("decides" in this.kept.dataset) {
      this.chosen = numbers(this.kept.value);
      this.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const box of this.querySelectorAll("[name=person]")) box.checked = this.chosen.has(box.value);
    this.tell();
  }

  tell() {
    const [all, added, removed] = document.querySelectorAll("#selection [data-count]");
    this.kept.value = [...this.chosen].join(",");
    all.textContent = this.chosen.size;
    added.textContent = without(this.chosen, this.saved);
    removed.textContent = without(this.saved, this.chosen);
  }
}

customElements.define("people-picker", PeoplePicker);
