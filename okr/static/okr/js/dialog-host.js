// Opens the page behind a [data-dialog] link or button as a dialog, and brings the focus back.
const FIELD = ".dialog-body :is(input, select, textarea):not([type=hidden])";
const FIRST = ["[autofocus]", FIELD, "[data-close]"];

class DialogHost extends HTMLElement {
  connectedCallback() {
    [this.dialog, this.discard] = this.querySelectorAll("dialog");
    this.content = this.dialog.firstElementChild;
    this.title = document.title;
    document.addEventListener("click", (event) => this.open(event));
    this.addEventListener("click", (event) => event.target.closest("[data-close]") && this.close());
    this.addEventListener("input", () => (this.edited = true));
    this.content.addEventListener("htmx:afterSwap", ({ target }) => target === this.content && this.show());
    this.dialog.addEventListener("keydown", (event) => event.key === "Escape" && this.escape(event));
    this.dialog.addEventListener("cancel", (event) => event.target === this.dialog && this.escape(event));
    this.dialog.addEventListener("close", () => this.leave());
    this.discard.addEventListener("close", () => this.discard.returnValue && this.dialog.close());
  }

  open(event) {
    const opener = event.target.closest("[data-dialog]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!opener || elsewhere || opener.ariaDisabled === "true") return;
    event.preventDefault();
    if (!this.dialog.open) [this.opener, this.title] = [opener, document.title];
    this.edited = false;
    htmx.ajax("GET", opener.dataset.dialog || opener.href, { source: opener, target: this.content, swap: "innerHTML" });
  }

  show() {
    if (!this.content.firstElementChild) return;
    if (!this.dialog.open) this.dialog.showModal();
    if (this.content.querySelector("error-summary")) return;
    const first = FIRST.map((place) => this.content.querySelector(place)).find(Boolean);
    first?.focus();
    first?.inputMode === "decimal" && first.select(); // a new number replaces the old one
  }

  escape(event) {
    event.preventDefault();
    this.close();
  }

  close() {
    if (!this.edited) return this.dialog.close();
    this.discard.returnValue = "";
    return this.discard.showModal();
  }

  leave() {
    this.content.replaceChildren();
    this.edited = false;
    document.title = this.title;
    const back = this.opener?.isConnected ? this.opener : document.getElementById(this.opener?.id);
    back?.focus();
    this.opener = null;
  }
}

customElements.define("dialog-host", DialogHost);
