// Lets the reader see what they type into a password box; hidden again before it is sent.
class ShowPassword extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("input");
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.show(this.box.type === "password"));
    this.box.form?.addEventListener("submit", () => this.show(false));
  }

  show(plain) {
    this.box.type = plain ? "text" : "password";
    this.button.setAttribute("aria-pressed", String(plain));
  }
}

customElements.define("show-password", ShowPassword);
