// A session that ended sends the reader to the sign-in page, not the sign-in page into a dialog.
document.addEventListener("htmx:beforeSwap", (event) => {
  const signIn = document.body.dataset.signIn;
  const landed = new URL(event.detail.xhr.responseURL || location.href).pathname;
  if (landed !== signIn || location.pathname === signIn) return;
  event.detail.shouldSwap = false;
  const here = location.pathname + location.search;
  location.assign(`${signIn}?next=${encodeURIComponent(here)}`);
});
