// A page that nobody looks at asks for nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && "quiet" in event.detail.elt.dataset) event.preventDefault();
});
