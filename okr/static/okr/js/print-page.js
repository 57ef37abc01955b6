// A press of a button marked data-print prints the page; on paper every disclosure is open.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

let opened = [];

addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.disclosure:not([open])")];
  for (const each of opened) each.open = true;
});

addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});
