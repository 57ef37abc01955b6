// Asks the reader's device for a passkey, or for a new one, and sends the form with what it answers.
class PassKey extends HTMLElement {
  connectedCallback() {
    const [button, unable] = [this.querySelector("button"), this.querySelector(".unable")];
    const able = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);
    button.hidden = !able;
    unable.hidden = able;
    button.addEventListener("click", () => this.ask(button));
  }

  async ask(button) {
    const refused = this.querySelector(".fault");
    button.disabled = true;
    refused.hidden = true;
    try {
      const credential = await this.answer(await this.options());
      const form = this.closest("form");
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      refused.hidden = false;
      button.disabled = false;
    }
  }

  async options() {
    const kept = this.querySelector("script");
    if (kept) return JSON.parse(kept.textContent);
    const response = await fetch(this.dataset.from, { headers: { Accept: "application/json" } });
    return response.json();
  }

  async answer({ creation_options: wanted, request_options: asked }) {
    if (wanted) {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted.publicKey);
      return (await navigator.credentials.create({ publicKey })).toJSON();
    }
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.publicKey);
    return (await navigator.credentials.get({ publicKey })).toJSON();
  }
}

customElements.define("pass-key", PassKey);
