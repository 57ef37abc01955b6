// Opens the page behind a [data-dialog] link or button as a dialog, and brings the focus back.
class DialogHost extends HTMLElement {
  connectedCallback() {
    [this.dialog, this.discard] = this.querySelectorAll("dialog");
    this.content = this.dialog.firstElementChild;
    document.addEventListener("click", (event) => this.open(event));
    this.addEventListener("click", (event) => event.target.closest("[data-close]") && this.close());
    this.addEventListener("input", () => (this.edited = true));
    this.addEventListener("htmx:afterSwap", (event) => event.target === this.content && this.show());
    this.dialog.addEventListener("cancel", (event) => this.escape(event));
    this.dialog.addEventListener("close", () => this.leave());
    this.discard.addEventListener("close", () => {
      if (this.discard.returnValue === "discard") this.dialog.close();
    });
  }

  open(event) {
    const opener = event.target.closest("[data-dialog]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!opener || elsewhere || opener.ariaDisabled === "true") return;
    event.preventDefault();
    if (!this.dialog.open) [this.opener, this.title] = [opener, document.title];
    this.edited = false;
    const url = opener.dataset.dialog || opener.href;
    htmx.ajax("GET", url, { source: opener, target: this.content, swap: "innerHTML" });
  }

  show() {
    if (!this.content.firstElementChild) return;
    if (!this.dialog.open) this.dialog.showModal();
    if (this.content.querySelector("error-summary")) return;
    const field = "[autofocus], .dialog-body :is(input, select, textarea):not([type=hidden]), [data-close]";
    this.content.querySelector(field)?.focus();
  }

  escape(event) {
    event.preventDefault();
    if (event.target === this.dialog) this.close();
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
  }
}

customElements.define("dialog-host", DialogHost);
