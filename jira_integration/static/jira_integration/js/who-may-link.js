// Choosing "Allow selected users" opens the list of people; closed unsaved, the choice goes back.
class WhoMayLink extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("[data-dialog]");
    this.addEventListener("change", ({ target }) => {
      if (target.value !== "selected") return;
      this.opened = true;
      list.click();
    });
    document.querySelector("dialog-host > dialog").addEventListener("close", () => this.goBack());
  }

  goBack() {
    if (!this.opened) return;
    this.opened = false;
    this.closest("form").reset();
    this.querySelector(":checked").focus();
  }
}

customElements.define("who-may-link", WhoMayLink);
