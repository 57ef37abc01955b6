// Narrows a list of boxes while one types; what is ticked stays in sight.
class FilteredChecks extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector(".search");
    box.hidden = false;
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      this.narrow(event.target.value);
    });
  }

  narrow(words) {
    const wanted = words.toLocaleLowerCase().split(/\s+/);
    for (const check of this.querySelectorAll(".checks > .check")) {
      const name = check.textContent.toLocaleLowerCase();
      check.hidden = !check.querySelector(":checked") && !wanted.every((word) => name.includes(word));
    }
  }
}

customElements.define("filtered-checks", FilteredChecks);
