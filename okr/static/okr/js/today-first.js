// A chart that is wider than its box shows today, not the first day of the cycle.
const PLACE_OF_TODAY = 0.75;

function showToday(box) {
  const today = box.querySelector(".chart-today");
  if (!today) return;
  const from = box.getBoundingClientRect().left;
  box.scrollLeft += today.getBoundingClientRect().left - from - box.clientWidth * PLACE_OF_TODAY;
}

const showAll = (part) => part.querySelectorAll(".chart-box").forEach(showToday);
showAll(document);
document.addEventListener("htmx:load", ({ target }) => showAll(target));
