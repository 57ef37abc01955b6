// The alignment map under hand and key: drag, wheel and pinch, arrows, plus and minus, and Tab.
const MAP_WAYS = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
const MAP_ZOOMS = { "+": 1.25, "=": 1.25, "-": 0.8 };
let stayingCard = null; // where the card stood whose branch is being opened

class ObjectiveMap extends HTMLElement {
  connectedCallback() {
    this.dataset.live = "";
    this.view = new MapView(this.querySelector("drag-surface"), this.querySelector(".map"));
    this.stay();
    this.resized = new ResizeObserver(() => this.view.resize());
    this.resized.observe(this.view.box);
    this.addEventListener("drag", ({ detail }) => this.view.pan(detail.dx, detail.dy));
    this.addEventListener("scale", ({ detail }) => this.view.zoom(detail.factor, detail.x, detail.y));
    this.addEventListener("focusin", ({ target }) => target.closest("svg a") && this.view.reveal(target));
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("click", (event) => this.click(event));
  }

  disconnectedCallback() {
    this.resized.disconnect();
  }

  // After a branch was opened, its card is where it was before.
  stay() {
    const card = stayingCard && document.getElementById(stayingCard.id);
    if (card) {
      this.view.begin(stayingCard.k);
      const { x, y } = card.getBoundingClientRect();
      this.view.pan(stayingCard.x - x, stayingCard.y - y);
    }
    stayingCard = null;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [way, factor] = [MAP_WAYS[event.key], MAP_ZOOMS[event.key]];
    if (!way && !factor) return;
    event.preventDefault();
    if (way) this.view.pan(...way);
    else this.view.zoom(factor);
    const focused = document.activeElement.closest("svg a");
    if (focused) this.view.reveal(focused);
  }

  click(event) {
    const [button, toggle] = [event.target.closest("[data-zoom]"), event.target.closest(".map-toggle")];
    if (button?.dataset.zoom === "fit") this.view.fit();
    else if (button) this.view.zoom(button.dataset.zoom === "in" ? 1.25 : 0.8);
    if (!toggle || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { x, y } = toggle.getBoundingClientRect();
    stayingCard = { id: toggle.id, x, y, k: this.view.k };
    history.replaceState(null, "", toggle.href.baseVal);
    htmx.ajax("GET", toggle.href.baseVal, { source: toggle, target: "#company", swap: "outerHTML" });
  }
}

customElements.define("objective-map", ObjectiveMap);
