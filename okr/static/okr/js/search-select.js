// Lets a long list of choices be searched by typing: a combo-box that sets the select behind it.
const [FEW, SHOWN] = [7, 50];

class SearchSelect extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (this.combo || this.select.options.length <= FEW) return;
    this.box = this.makeBox();
    this.list = Object.assign(document.createElement("ul"), { className: "combo-list", role: "listbox", id: `${this.box.id}_list` });
    this.list.ariaLabel = "Choices";
    this.combo = document.createElement("combo-box");
    this.combo.append(this.box, this.list);
    this.select.hidden = true;
    this.append(this.combo);
    this.box.addEventListener("input", () => this.offer(this.box.value));
    this.box.addEventListener("click", () => this.offer(""));
    this.box.addEventListener("keydown", ({ key }) => key === "ArrowDown" && this.list.hidden && this.offer(""));
    this.box.addEventListener("focus", () => this.box.select());
    this.combo.addEventListener("pick", (event) => this.take(event.detail.value));
    this.combo.addEventListener("focusout", () => (this.box.value = this.chosen));
  }

  makeBox() {
    const box = document.createElement("input");
    for (const name of ["id", "aria-describedby", "aria-invalid"]) {
      if (this.select.hasAttribute(name)) box.setAttribute(name, this.select.getAttribute(name));
    }
    this.select.removeAttribute("id");
    box.setAttribute("aria-controls", `${box.id}_list`);
    const traits = { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" };
    return Object.assign(box, traits, { type: "text", autocomplete: "off", value: this.chosen });
  }

  get chosen() {
    return this.select.selectedOptions[0]?.textContent.trim() ?? "";
  }

  offer(words) {
    const wanted = words.toLocaleLowerCase().split(/\s+/);
    const matches = (option) => wanted.every((word) => option.textContent.toLocaleLowerCase().includes(word));
    const found = [...this.select.options].filter(matches).slice(0, SHOWN);
    this.list.replaceChildren(...found.map((option) => this.entry(option)));
    this.combo.show(found.length > 0);
    this.list.scrollIntoView({ block: "nearest" });
  }

  entry(option) {
    const traits = { role: "option", id: `${this.list.id}_${option.index}`, textContent: option.textContent };
    const entry = Object.assign(document.createElement("li"), traits);
    entry.dataset.value = option.value;
    return entry;
  }

  take(value) {
    this.select.value = value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("search-select", SearchSelect);
