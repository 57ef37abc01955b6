// A pressed button is busy until its answer comes, and cannot be pressed twice.
const pressed = new WeakMap();

function begin(form, button) {
  if (!button) return;
  pressed.set(form, button);
  button.setAttribute("aria-busy", "true");
}

function end(form) {
  pressed.get(form)?.removeAttribute("aria-busy");
  pressed.delete(form);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (pressed.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    begin(form, event.submitter);
  },
  { capture: true },
);

document.addEventListener("htmx:afterRequest", (event) => end(event.detail.elt));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(end);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
});
