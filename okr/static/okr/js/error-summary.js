// Takes the focus when a form comes back with faults; its links lead into the fields.
class ErrorSummary extends HTMLElement {
  connectedCallback() {
    // htmx gives the focus to such a field once it has settled, and would take it from here.
    this.closest("form")?.querySelector("[autofocus]")?.removeAttribute("autofocus");
    requestAnimationFrame(() => this.focus());
    this.addEventListener("click", (event) => this.lead(event));
  }

  lead(event) {
    const link = event.target.closest("a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  }
}

customElements.define("error-summary", ErrorSummary);
