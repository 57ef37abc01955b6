// Shows a notification as read at once, and takes that back when the server does not agree.
const rowOf = (form) => form.closest("[data-read]");

function mark(form, read) {
  const row = rowOf(form);
  const within = row.contains(document.activeElement);
  row.dataset.read = String(read);
  if (within) form.querySelector(read ? ".when-read" : ".when-unread").focus();
}

document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
  if (!target.matches("[data-mark-read]")) return;
  target.dataset.before = rowOf(target).dataset.read;
  mark(target, detail.requestConfig.parameters.read === "1");
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ target }) => {
    if (target.matches("[data-mark-read]")) mark(target, target.dataset.before === "true");
  });
}
