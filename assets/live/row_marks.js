// Marks of which each row of the scene's columns has one: dots, upright segments, squares. All of them are one path.
import { svgElement } from "./dom.js";
import { pixel } from "./geometry.js";
import { RowMachine } from "./summed.js";

/** A longer side would overflow the renderer (px). */
const FARTHEST_SIDE = 1e5;

/** Nothing is drawn farther out of the picture than this (px). */
const ROW_ROOM = 40;

/** Each shape as a piece of the path. @type {Object<string, (x: number, y: number, to: number, mapping: object) => string>} */
const PIECES = {
  // A line of no length is a dot, by its round ends.
  dots: (x, y) => `M${x} ${y}h0`,
  segments: (x, y, to, { top, height }) => {
    const [high, low] = [Math.max(Math.min(y, to), top - ROW_ROOM), Math.min(Math.max(y, to), top + height + ROW_ROOM)];
    return high < low ? `M${x} ${high}V${low}` : "";
  },
  squares: (x, y, to, { left, width }) => {
    const side = Math.abs(to - y);
    if (!(side > 0.5 && side < FARTHEST_SIDE)) return "";
    const way = x < left + width / 2 ? side : -side;
    return `M${x} ${y}h${pixel(way)}V${to}h${pixel(-way)}z`;
  },
};

/** The path of all rows, as far as they are near the picture. */
function pathOf(piece, n, [xs, ys, tos], mapping) {
  const [leftmost, rightmost] = [mapping.left - ROW_ROOM, mapping.left + mapping.width + ROW_ROOM];
  const [highest, lowest] = [mapping.top - ROW_ROOM, mapping.top + mapping.height + ROW_ROOM];
  let path = "";
  for (let k = 0; k < n; k += 1) {
    const x = mapping.x(xs[k]);
    const y = mapping.y(ys[k]);
    const to = tos ? mapping.y(tos[k]) : y;
    if (!(x >= leftmost && x <= rightmost && Math.min(y, to) <= lowest && Math.max(y, to) >= highest)) continue;
    path += piece(pixel(x), pixel(y), pixel(to), mapping);
  }
  return path;
}

/** @param {object} mark @param {import("./quantities.js").Quantities} quantities */
export function rowsMark(mark, quantities) {
  const { columns } = quantities;
  const { tape, shape } = mark;
  const machine = new RowMachine(tape, columns, tape.variables.map((name) => columns.letters.indexOf(name)));
  const read = machine.shared.map((name) => quantities.reader(name));
  const outputs = ["x", "y", "to"].filter((name) => name in tape.outputs).map((name) => tape.outputs[name]);
  const node = svgElement("path");
  const nodes = shape === "dots" ? [svgElement("path"), node] : [node];
  let drawn = "";
  return {
    nodes,
    paint: shape === "squares" ? "square" : shape,
    draw(mapping) {
      const known = read.map((one) => one());
      const { left, top, width, height, xScale, xShift, yScale, yShift } = mapping;
      const now = [columns.version, ...known, left, top, width, height, xScale, xShift, yScale, yShift].join(" ");
      if (now === drawn) return true;
      drawn = now;
      machine.spread(known);
      const path = pathOf(PIECES[shape], columns.count, outputs.map((register) => machine.column(register)), mapping);
      for (const one of nodes) one.setAttribute("d", path);
      return true;
    },
  };
}
