// Keeps what is typed until it is saved, in this window only: an expired session loses nothing.
// Ctrl+Enter or ⌘+Enter presses the primary button.
const PLACE = "draft:";
const NOT_TYPED = ["csrfmiddlewaretoken", "token"];

function drop(unwanted) {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PLACE));
  keys.filter(unwanted).forEach((key) => sessionStorage.removeItem(key));
}

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.key = PLACE + this.dataset.key;
    drop((key) => key !== this.key && JSON.parse(sessionStorage[key]).sent);
    this.form = this.querySelector("form");
    if (!this.form) return;
    if (!this.querySelector("error-summary")) this.restore();
    this.addEventListener("input", () => this.keep(false));
    this.addEventListener("submit", () => this.keep(true));
    this.addEventListener("keydown", (event) => this.press(event));
    this.begin();
  }

  keep(sent) {
    const typed = [...new FormData(this.form)].filter(([name]) => !NOT_TYPED.includes(name));
    sessionStorage[this.key] = JSON.stringify({ typed, sent });
  }

  restore() {
    const { typed } = JSON.parse(sessionStorage[this.key] ?? "{}");
    if (!typed) return;
    for (const field of this.form.elements) {
      const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) [field.value] = values;
    }
    this.querySelector("[data-restored]").hidden = false;
  }

  press(event) {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!sends || event.defaultPrevented) return;
    event.preventDefault();
    this.form.requestSubmit(this.form.querySelector(".primary"));
  }

  begin() {
    const first = this.querySelector("[autofocus]");
    first?.focus();
    if (first?.inputMode === "decimal") first.select(); // a new number replaces the old one
  }
}

customElements.define("kept-draft", KeptDraft);
// Whoever signs out leaves nothing behind.
document.addEventListener("submit", ({ target }) => target.action?.endsWith?.("/sign-out/") && drop(() => true));
