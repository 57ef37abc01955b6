// A request that failed leaves the page as it was and says so, with a way to try again.
const SENTENCES = {
  network: "The server could not be reached. Check your connection, then retry.",
  timeout: "The server did not answer in time. Retry in a moment.",
  broken: "Something went wrong on our side. Try again, or reload the page.",
};

function sentenceFor(event) {
  const { xhr } = event.detail;
  if (event.type === "htmx:timeout") return SENTENCES.timeout;
  if (!xhr?.status) return SENTENCES.network;
  const told = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
  return told ? xhr.responseText : SENTENCES.broken;
}

function retry(detail) {
  const { elt, requestConfig, target } = detail;
  if (elt.matches("form")) return elt.requestSubmit();
  const { verb, path, parameters } = requestConfig;
  return htmx.ajax(verb, path, { source: elt, target, values: parameters });
}

function placeFor({ elt, target }) {
  const body = elt.closest("dialog")?.querySelector(".dialog-body");
  if (body) return (banner) => body.prepend(banner);
  const head = elt.closest(".page-head");
  if (head) return (banner) => head.after(banner);
  const place = !target || target.closest("dialog") ? elt.closest(".card") || elt : target;
  const outer = place.closest("table, ul") || place;
  return (banner) => outer.before(banner);
}

function fail(event) {
  const sentence = sentenceFor(event);
  const banner = document.getElementById("failure").content.firstElementChild.cloneNode(true);
  clear();
  banner.querySelector("p").textContent = sentence;
  banner.querySelector("button").addEventListener("click", () => {
    banner.remove();
    retry(event.detail);
  });
  placeFor(event.detail)(banner);
  document.getElementById("live-assertive").textContent = sentence;
}

function clear() {
  document.querySelectorAll("[data-failure]").forEach((banner) => banner.remove());
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, fail);
}
document.addEventListener("htmx:afterOnLoad", (event) => event.detail.successful && clear());
