// Numbers beside the points of the scene's columns, as far as there is room for them.
import { setAttribute, setText, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";
import { significantNumber } from "../words/numbers.js";
import { PRESENT_SCALE } from "../document/type.js";

/** A number is so many times as wide as high, at most, and stands so far beside and above the middle of its point (px). */
const NUMBER = { wide: 2.9, beside: 12, above: 4 };

/** The side of the squares in which room is counted, and half of that which a point takes (px). */
const SQUARE = { side: 6, point: 5 };

/** Which parts of a picture are taken, and by whose point. */
class Room {
  constructor({ left, top, width, height }) {
    Object.assign(this, { left, top, across: Math.floor(width / SQUARE.side), down: Math.floor(height / SQUARE.side) });
    this.taken = new Int32Array(Math.max(this.across * this.down, 0));
  }

  /** The squares under a rectangle; null where it is not all within the picture. */
  squares(x, y, width, height) {
    const place = (value, from) => Math.floor((value - from) / SQUARE.side);
    const [first, last, high, low] = [place(x, this.left), place(x + width, this.left), place(y, this.top), place(y + height, this.top)];
    if (!(first >= 0 && last < this.across && high >= 0 && low < this.down)) return null;
    const found = [];
    for (let row = high; row <= low; row += 1) for (let k = first; k <= last; k += 1) found.push(row * this.across + k);
    return found;
  }

  /** @returns {boolean} whether nobody else had it; it is `whose` now */
  take(x, y, width, height, whose) {
    const squares = this.squares(x, y, width, height);
    if (squares === null || squares.some((one) => this.taken[one] !== 0 && this.taken[one] !== whose)) return false;
    for (const one of squares) this.taken[one] = whose;
    return true;
  }
}

/** What writes them, each on the first side where nothing stands; a point in a crowd goes without. */
export function numbersOfRows(size) {
  const group = svgElement("g");
  let high = size;
  return {
    nodes: [group],
    resize(projected) { high = projected ? PRESENT_SCALE.label : size; },
    /** @param {number} n @param {Float64Array[]} columns places and numbers @param {import("../document/adapter.js").Mapping} mapping */
    write(n, [xs, ys, values], mapping) {
      const { beside, above } = NUMBER;
      const [width, room] = [NUMBER.wide * high, new Room(mapping)];
      // Where a number may stand depends on the points alone: it stays there while the numbers change.
      const sides = [-high - above, above].flatMap((level) => [[beside, level], [-beside - width, level]]);
      const places = Array.from({ length: n }, (_, k) => [mapping.x(xs[k]), mapping.y(ys[k])]);
      places.forEach(([x, y], k) => room.take(x - SQUARE.point, y - SQUARE.point, 2 * SQUARE.point, 2 * SQUARE.point, k + 1));
      let written = 0;
      places.forEach(([x, y], k) => {
        const side = Number.isFinite(values[k]) && sides.find(([dx, dy]) => room.take(x + dx, y + dy, width, high, k + 1));
        if (!side) return;
        if (written === group.childElementCount) group.append(svgElement("text"));
        const node = group.children[written];
        const right = side[0] > 0;
        setText(node, significantNumber(values[k], 2));
        setAttribute(node, "x", pixel(right ? x + beside : x - beside));
        setAttribute(node, "y", pixel(y + side[1] + 0.85 * high));
        setAttribute(node, "text-anchor", right ? "start" : "end");
        written += 1;
      });
      while (group.childElementCount > written) group.lastChild.remove();
    },
  };
}
