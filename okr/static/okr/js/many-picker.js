// Ticks what is picked from the list: a box for each stands below, and is what is sent.
class ManyPicker extends HTMLElement {
  connectedCallback() {
    this.checks = this.querySelector(".checks");
    this.addEventListener("pick", (event) => this.add(event.detail));
  }

  add({ value, label }) {
    const known = this.checks.querySelector(`[value="${value}"]`);
    const box = known ?? this.make(value, label);
    box.checked = true;
    this.querySelector("[role=combobox]").value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  make(value, label) {
    const check = this.querySelector("template").content.firstElementChild.cloneNode(true);
    check.lastElementChild.textContent = label;
    check.firstElementChild.value = value;
    this.checks.append(check);
    return check.firstElementChild;
  }
}

customElements.define("many-picker", ManyPicker);
