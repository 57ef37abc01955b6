// Asks what would be linked when the typing has paused: a query waits longer than words and keys.
const PAUSES = { text: 300, jql: 500, choice: 0 };

class LinkField extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => this.wait(event.target));
    this.addEventListener("htmx:afterSettle", () => this.keepFocus());
  }

  wait(field) {
    if (field.name === "history") return; // changes nothing that is shown
    const { kind } = field.form.elements;
    const pause = field.name === "text" ? PAUSES[kind.value] ?? PAUSES.text : PAUSES.choice;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dispatchEvent(new CustomEvent("settled")), pause);
  }

  keepFocus() {
    if (document.activeElement === document.body) this.querySelector("[role=combobox]").focus();
  }
}

customElements.define("link-field", LinkField);
