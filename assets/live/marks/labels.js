// Where the words in a picture stand: beside their place, whole, and apart from each other.
import { decodeArray } from "../document/adapter.js";
import { clipLine } from "../document/geometry.js";

let pen = null;

/** The width of a label, measured beside the page: asking the page itself would lay it out anew. */
export function textWidth(text, size, family) {
  pen = pen || document.createElement("canvas").getContext("2d");
  pen.font = `600 ${size}px ${family}`;
  return pen.measureText(text).width;
}

/**
 * Beside its place, on the other side where it would be cut off, and never beyond the panel's top or foot; null for the
 * label of a place outside, unless it is to be read in full.
 */
export function labelPlace(place, offset, anchor, width, size, mapping) {
  const right = mapping.left + mapping.width, bottom = mapping.top + mapping.height;
  const x = place[0] + offset[0], y = place[1] + offset[1];
  const seen = place[0] >= mapping.left && place[0] <= right && place[1] >= mapping.top && place[1] <= bottom;
  if (!seen) {
    const first = x - { start: 0, middle: width / 2, end: width }[anchor];
    const whole = first >= mapping.left && first + width <= right && y - 0.8 * size >= mapping.top && y <= bottom;
    return whole ? [x, y, anchor] : null;
  }
  const level = Math.min(Math.max(y, mapping.top + 0.8 * size), bottom - 0.25 * size);
  if (anchor === "start" && x + width > right) {
    // A little too far: slid back. Much too far: on the other side, if there is room.
    const beside = x + width / 2 > right && place[0] - offset[0] - width >= mapping.left;
    return beside ? [place[0] - offset[0], level, "end"] : [right - width, level, anchor];
  }
  if (anchor === "middle" && width < mapping.width) {
    return [Math.min(Math.max(x, mapping.left + width / 2), right - width / 2), level, anchor];
  }
  if (anchor === "end" && x - width < mapping.left) {
    return place[0] - offset[0] + width <= right ? [place[0] - offset[0], level, "start"] : [mapping.left + width, level, anchor];
  }
  return [x, level, anchor];
}


/** What it costs a label to stand on another one, on a point, on a line and each pixel of its width. */
export const MEETS_LABEL = 100;
export const MEETS_LINE = 5;
const [MEETS_POINT, MEETS_WIDTH] = [12, 2];
/** What it costs to go a line of text up or down, and to change sides. */
const [A_LINE_AWAY, OTHER_SIDE] = [1, 1.5];
/** What stands leaves its place only for one that is better by more than this: nothing flickers during a drag. */
const STAYS_FOR = 0.6;
/** Lines of text up or down, the nearest first; and for what stays on its own. */
const TEXT_LEVELS = [0, -1, 1, -2, 2, -3, 3];
const OWN_LEVEL = [0];
/** How wide a space is, in sizes of the letters. */
const A_SPACE = 0.3;
/** A curve is known by so many of its chords, and of points as many are known. */
const MOST_CHORDS = 60;
/** A point of the still picture whose size is not told (px). */
const STILL_POINT = 12;
/** A label that stands in the middle of its place stands so far from it at either side (px). */
const FROM_MIDDLE = 12;

/** The room that a picture has for labels: its lines, its points, and the labels that have their place. */
export class LabelRoom {
  constructor() {
    this.still = [];
    this.written = [];
    this.clear();
  }

  /** A new state is drawn. */
  clear() {
    this.lines = this.still.slice();
    this.boxes = this.written.slice();
    this.areas = [];
  }

  /** The still picture: its curves and points, and what is written in it. @param {object[]} traces Plotly's @param {object[]} boxes @param {object} mapping */
  stand(traces, boxes, mapping) {
    this.written = boxes.map((box) => ({ ...box, cost: MEETS_LABEL }));
    this.still = [];
    this.clear();
    // A picture's axes are drawn through its zero.
    const { left, top, width, height } = mapping;
    const [x0, y0] = [mapping.x(0), mapping.y(0)];
    if (Number.isFinite(x0)) this.line(x0, top, x0, top + height, 1);
    if (Number.isFinite(y0)) this.line(left, y0, left + width, y0, 1);
    for (const { x, y, mode = "lines", line, marker } of traces) {
      const [xs, ys] = [decodeArray(x), decodeArray(y)];
      if (mode.includes("lines")) this.curve(xs, ys, mapping, line?.width);
      else xs.slice(0, MOST_CHORDS).forEach((_, i) => this.point(mapping.x(xs[i]), mapping.y(ys[i]), (marker?.size || STILL_POINT) / 2));
    }
    [this.still, this.written] = [this.lines, this.boxes];
    this.clear();
  }

  /** A curve of the moving layer. @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {object} mapping */
  curve(xs, ys, mapping, width = 2) {
    for (const chord of chordsOf(xs, ys, mapping)) this.line(...chord, width);
  }

  line(x1, y1, x2, y2, width = 2) {
    this.lines.push([x1, y1, x2, y2, width]);
  }

  box(left, top, right, bottom, cost = MEETS_LABEL) {
    this.boxes.push({ left, top, right, bottom, cost });
  }

  point(x, y, radius) {
    this.box(x - radius, y - radius, x + radius, y + radius, MEETS_POINT);
  }

  /** Its sides are lines, and who stands on it pays `cost`. */
  rectangle({ x, y, width, height }, cost) {
    const [right, bottom] = [x + width, y + height];
    for (const side of [[x, y, right, y], [x, bottom, right, bottom], [x, y, x, bottom], [right, y, right, bottom]]) this.line(...side, 1);
    if (cost > 0) this.box(x, y, right, bottom, cost);
    this.areas.push({ left: x, top: y, right, bottom });
  }

  /** Whether words would stand in no rectangle. */
  isOutside(spot, width, size) {
    const box = textBox(spot, width, size);
    return !this.areas.some((one) => meet(one, box));
  }

  /** What it costs to stand there. */
  cost(box) {
    const { left, top, right, bottom } = box;
    let sum = 0;
    for (const one of this.boxes) if (meet(one, box)) sum += one.cost;
    for (const [x1, y1, x2, y2, width = 2] of this.lines) {
      const half = width / 2;
      if (Math.max(x1, x2) < left - half || Math.min(x1, x2) > right + half || Math.max(y1, y2) < top - half || Math.min(y1, y2) > bottom + half) continue;
      const meets = clipLine(x1, y1, x2 - x1, y2 - y1, left - half, top - half, right + half, bottom + half, 0, 1) !== null;
      if (meets) sum += MEETS_LINE + MEETS_WIDTH * width;
    }
    return sum;
  }

  /**
   * Takes the best place for a label. @param {[number, number]} place @param {[number, number]} offset @param {string} anchor
   * @param {number} last which one it had before, −1: none @param {boolean} level whether it stays on its level
   * @param {number} most as `takeOne` has it
   * @returns {{at: [number, number, string]|null, which: number}}
   */
  take(place, offset, anchor, width, size, mapping, last, level, most) {
    const levels = level ? OWN_LEVEL : TEXT_LEVELS;
    const sides = anchor === "middle" ? [[offset[0], "middle"], [FROM_MIDDLE, "start"], [-FROM_MIDDLE, "end"]]
      : [[offset[0], anchor], [-offset[0], anchor === "start" ? "end" : "start"]];
    const count = sides.length * levels.length;
    const spot = (k) => {
      const [across, side] = sides[Math.floor(k / levels.length)];
      return labelPlace(place, [across, offset[1] + levels[k % levels.length] * 1.2 * size], side, width, size, mapping);
    };
    const own = (k) => Math.abs(levels[k % levels.length]) * A_LINE_AWAY + (k >= levels.length ? OTHER_SIDE : 0);
    return this.takeOne(count, spot, own, width, size, last, most);
  }

  /**
   * Takes the best of so many places. @param {(k: number) => [number, number, string]|null} spot null where nothing can stand
   * @param {(k: number) => number} own what a place costs though it be free @param {number} last the one that was taken before
   * @param {number} most what costs so much is not taken
   */
  takeOne(count, spot, own, width, size, last, most = Infinity) {
    let [at, which, least, taken] = [null, -1, most, null];
    // One that is free and costs nothing is the best: most labels look no further.
    for (let k = 0; k < count && least > 0; k += 1) {
      const stays = own(k) - (k === last ? STAYS_FOR : 0);
      const there = stays < least ? spot(k) : null;
      if (there === null) continue;
      const box = textBox(there, width, size);
      const cost = this.cost(box);
      // What a label had before is worth staying for, but not on another one.
      if (stays + cost < least && cost < most) [at, which, least, taken] = [there, k, stays + cost, box];
    }
    // Words side by side have a space between them.
    if (at !== null) this.box(taken.left - A_SPACE * size, taken.top, taken.right + A_SPACE * size, taken.bottom);
    return { at, which };
  }
}

function chordsOf(xs, ys, mapping) {
  const chords = [];
  const every = Math.max(1, Math.ceil(xs.length / MOST_CHORDS));
  for (let i = every; i < xs.length; i += every) {
    const chord = [mapping.x(xs[i - every]), mapping.y(ys[i - every]), mapping.x(xs[i]), mapping.y(ys[i])];
    if (chord.every(Number.isFinite)) chords.push(chord);
  }
  return chords;
}

const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

function textBox([x, y, anchor], width, size) {
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, top: y - 0.8 * size, right: left + width, bottom: y + 0.25 * size };
}
