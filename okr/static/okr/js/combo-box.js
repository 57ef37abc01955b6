// A text box with a list of options that htmx fills: arrows move, Enter picks, Escape closes.
class ComboBox extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("[role=combobox], textarea");
    this.list = this.querySelector("[role=listbox]");
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("focusout", () => this.show(false));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => target.closest("[role=option]") && this.pick(target.closest("[role=option]")));
    this.list.addEventListener("htmx:afterSwap", () => this.show(this.list.childElementCount > 0 && this.contains(document.activeElement)));
    if ("picks" in this.box.dataset) this.box.addEventListener("focus", () => this.box.select());
    this.show(false);
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  }

  show(open) {
    this.choose(-1);
    this.list.hidden = !open;
    this.box.ariaExpanded = String(open);
    if (open) this.list.scrollIntoView({ block: "nearest" });
  }

  choose(index) {
    this.chosen = this.options[index];
    this.options.forEach((option) => (option.ariaSelected = String(option === this.chosen)));
    this.box.setAttribute("aria-activedescendant", this.chosen?.id ?? "");
    this.chosen?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const [options, at] = [this.options, this.options.indexOf(this.chosen)];
    const moves = { ArrowDown: at + 1, ArrowUp: at < 1 ? options.length - 1 : at - 1 };
    if (event.key in moves && options.length) {
      event.preventDefault();
      this.list.hidden && this.show(true);
      this.choose(moves[event.key] % options.length);
    } else if (event.key === "ArrowDown" && "picks" in this.box.dataset) {
      this.box.click(); // asks for the first ones
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.pick(this.chosen);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.show(false);
    }
  }

  pick(option) {
    for (const hidden of this.querySelectorAll("input[type=hidden]")) hidden.value = option.dataset.value;
    this.box.value = option.dataset.label ?? option.textContent.trim();
    this.show(false);
    this.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: { ...option.dataset } }));
  }
}

customElements.define("combo-box", ComboBox);
