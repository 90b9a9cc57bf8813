// One stroke of a hand over a subplot, as the graph of a function: where the hand goes back, what it drew there is drawn anew.
import { element } from "../document/dom.js";

/** A hand that comes down so little beside the subplot draws from its edge (px). */
const MARGIN = 32;

export class Stroke {
  /** @param {(from: number, to: number, at: (x: number) => number) => void} drawn hears of each piece, from x to x, in values */
  constructor(drawn) {
    this.drawn = drawn;
    this.trail = [];
    this.last = null;
    this.sheet = element("div", { class: "live-sketch__sheet", "data-sketch-sheet": "" });
    // A finger draws here, whichever way it goes: the page does not scroll, and the picture stays where it is.
    this.sheet.style.touchAction = "none";
    this.sheet.addEventListener("pointerdown", (event) => this.begin(event));
    this.sheet.addEventListener("pointermove", (event) => this.go(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) this.sheet.addEventListener(name, () => { this.last = null; });
  }

  /** Lies over the subplot, under what stands in the layer. */
  lie(layer, mapping) {
    this.mapping = mapping;
    if (this.sheet.parentNode !== layer) layer.prepend(this.sheet);
    const sides = { left: mapping.left - MARGIN, top: mapping.top, width: mapping.width + 2 * MARGIN, height: mapping.height };
    for (const [side, length] of Object.entries(sides)) this.sheet.style[side] = `${length}px`;
  }

  place(event) {
    const box = this.sheet.getBoundingClientRect();
    const within = (pixels, most) => Math.min(Math.max(Math.round(pixels), 0), Math.floor(most));
    const x = this.mapping.left + within(event.clientX - box.left - MARGIN, box.width - 2 * MARGIN);
    return { x, y: this.mapping.top + within(event.clientY - box.top, box.height) };
  }

  begin(event) {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.sheet.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.cover(this.last, this.last);
  }

  /** A hand that came down elsewhere goes on as a stroke from there. @param {PointerEvent} event @param {PointerEvent} from */
  take(event, from) {
    this.sheet.setPointerCapture(event.pointerId);
    this.last = this.place(from);
    this.go(event);
  }

  go(event) {
    if (this.last === null || !event.isPrimary) return;
    event.stopPropagation();
    const next = this.place(event);
    this.cover(this.last, next);
    this.last = next;
  }

  /** A piece of the stroke, in pixels: what stood there before goes, so that there is one point a pixel at most. */
  cover(from, to) {
    const [left, right] = from.x <= to.x ? [from, to] : [to, from];
    const [low, high] = [this.mapping.xValue(left.x), this.mapping.xValue(right.x)];
    this.forget(low, high);
    const ends = [left, right].map(({ x, y }) => [this.mapping.xValue(x), this.mapping.yValue(y)]);
    this.trail.push(...(left.x === right.x ? [[low, this.mapping.yValue(to.y)]] : ends));
    const share = (x) => (left.x === right.x ? 0 : (this.mapping.x(x) - left.x) / (right.x - left.x));
    this.drawn(low, high, (x) => this.mapping.yValue(left.y + share(x) * (right.y - left.y)));
  }

  /** What was drawn from `low` to `high` counts no more. */
  forget(low, high) {
    this.trail = this.trail.filter(([x]) => x < low || x > high);
  }

  remove() {
    this.trail = [];
    this.last = null;
    this.sheet.remove();
  }
}
