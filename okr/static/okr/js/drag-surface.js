// Tells how it is dragged, pinched and wheeled: `drag` with dx, dy and `scale` with factor, x, y.
const FAR = 4; // pixels; less is a press

class DragSurface extends HTMLElement {
  connectedCallback() {
    this.fingers = new Map();
    this.addEventListener("pointerdown", (event) => this.down(event));
    this.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.addEventListener(end, (event) => this.up(event));
    this.addEventListener("dragstart", (event) => event.preventDefault());
    this.addEventListener("click", (event) => this.moved > FAR && event.preventDefault(), true);
    this.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  down(event) {
    if (event.button) return;
    if (!this.fingers.size) this.moved = 0;
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    const now = [event.clientX, event.clientY];
    const step = Math.hypot(now[0] - before[0], now[1] - before[1]);
    this.moved += step;
    if (this.moved <= FAR) return;
    this.setPointerCapture(event.pointerId);
    this.classList.add("dragged");
    this.fingers.set(event.pointerId, now);
    const share = other ? 0.5 : 1;
    this.tell("drag", { dx: (now[0] - before[0]) * share, dy: (now[1] - before[1]) * share });
    if (other) this.pinch(before, now, other);
  }

  pinch(before, now, other) {
    const apart = (finger) => Math.hypot(finger[0] - other[0], finger[1] - other[1]) || 1;
    this.tell("scale", { factor: apart(now) / apart(before), x: (now[0] + other[0]) / 2, y: (now[1] + other[1]) / 2 });
  }

  up(event) {
    this.fingers.delete(event.pointerId);
    if (!this.fingers.size) this.classList.remove("dragged");
  }

  wheel(event) {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode ? 16 : 1) * (event.ctrlKey ? 4 : 1);
    this.tell("scale", { factor: Math.exp(-pixels / 600), x: event.clientX, y: event.clientY });
  }
}

customElements.define("drag-surface", DragSurface);
