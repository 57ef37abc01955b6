// A text area that offers people after an @; Ctrl+Enter or ⌘+Enter sends its form.
const MENTION = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}][\p{L}\p{N}.'’\- ]{0,40})?$/u;

class MentionBox extends ComboBox {
  connectedCallback() {
    super.connectedCallback();
    this.box.addEventListener("input", () => this.look());
    this.addEventListener("focusout", () => clearTimeout(this.timer));
  }

  get typed() {
    const { selectionStart, selectionEnd, value } = this.box;
    return selectionStart === selectionEnd ? MENTION.exec(value.slice(0, selectionStart)) : null;
  }

  look() {
    clearTimeout(this.timer);
    const { typed } = this;
    if (!typed) return this.show(false);
    this.timer = setTimeout(() => this.ask(typed[1] ?? ""), 200);
  }

  ask(words) {
    const url = `${this.dataset.people}?q=${encodeURIComponent(words)}`;
    htmx.ajax("GET", url, { source: this, target: this.list, swap: "innerHTML" });
  }

  show(open) {
    const offered = open && this.typed && document.activeElement === this.box;
    super.show(Boolean(offered));
    this.box.ariaExpanded = null; // not a word for a text area; the count is announced instead
    if (!offered) return;
    this.choose(0);
    const count = this.options.length;
    document.getElementById("live-polite").textContent = count === 1 ? "1 person" : `${count} people`;
  }

  press(event) {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (sends) event.preventDefault();
    if (sends) this.box.form.requestSubmit();
    else if (!this.list.hidden) super.press(event); // else the arrows move the caret
  }

  pick(option) {
    if (!option || !this.typed) return;
    const { selectionStart: end } = this.box;
    const start = end - (this.typed[1] ?? "").length;
    this.box.setRangeText(`${option.dataset.label} `, start, end, "end");
    this.show(false);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("mention-box", MentionBox);
