// The part of a drawn map that is seen: a viewBox that can be moved, scaled and made to hold a card.
const VIEW = { nearest: 2, farthest: 0.08, readable: 0.62, margin: 24, left: 60 };

class MapView {
  constructor(box, svg) {
    [this.box, this.svg] = [box, svg];
    this.whole = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
    this.resize();
  }

  // A box that is not laid out yet says nothing; the first time it does, the view begins.
  resize() {
    if (!this.box.clientWidth) return;
    if (!this.k) this.begin(Math.min(1, Math.max(VIEW.readable, this.box.clientWidth / this.whole[0])));
    this.draw();
  }

  // The whole picture in the middle, or its beginning where it is larger.
  begin(k) {
    this.k = k;
    [this.x, this.y] = this.size.map((part, side) => Math.min(0, (this.whole[side] - part) / 2));
    this.draw();
  }

  get size() { return [this.box.clientWidth / this.k, this.box.clientHeight / this.k]; }

  draw() {
    const size = this.size;
    const held = (at, side) => Math.min(Math.max(at, VIEW.left - size[side]), this.whole[side] - VIEW.left);
    [this.x, this.y] = [held(this.x, 0), held(this.y, 1)];
    this.svg.setAttribute("viewBox", [this.x, this.y, ...size].map((part) => part.toFixed(2)).join(" "));
  }

  pan(dx, dy) {
    [this.x, this.y] = [this.x - dx / this.k, this.y - dy / this.k];
    this.draw();
  }

  // Around a point of the window, which stays where it is; the middle unless told.
  zoom(factor, x, y) {
    const edge = this.box.getBoundingClientRect();
    const [dx, dy] = [(x ?? edge.x + edge.width / 2) - edge.x, (y ?? edge.y + edge.height / 2) - edge.y];
    const k = this.k;
    this.k = Math.min(VIEW.nearest, Math.max(VIEW.farthest, k * factor));
    [this.x, this.y] = [this.x + dx / k - dx / this.k, this.y + dy / k - dy / this.k];
    this.draw();
  }

  fit() {
    this.begin(Math.min(1, ...this.size.map((part, side) => (part * this.k) / this.whole[side])));
  }

  // Moves as little as it takes for a drawn thing to be seen whole.
  reveal(thing) {
    const [edge, seen] = [this.box.getBoundingClientRect(), thing.getBoundingClientRect()];
    const missing = (from, to, low, high) => Math.max(0, low + VIEW.margin - from) || Math.min(0, high - VIEW.margin - to);
    this.pan(missing(seen.left, seen.right, edge.left, edge.right), missing(seen.top, seen.bottom, edge.top, edge.bottom));
  }
}
