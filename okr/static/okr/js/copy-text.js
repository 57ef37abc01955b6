// A box whose text is copied by the button beside it; without scripts it is selected and copied by hand.
class CopyText extends HTMLElement {
  connectedCallback() {
    const [box, button] = [this.querySelector("input"), this.querySelector("button")];
    button.hidden = !navigator.clipboard;
    box.addEventListener("focus", () => box.select());
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.value);
      document.getElementById("live-polite").textContent = button.textContent = "Copied";
    });
  }
}

customElements.define("copy-text", CopyText);
