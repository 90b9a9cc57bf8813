// Marks of which each row of the scene's columns has one: dots and rings, segments, squares, numbers. Segments and squares
// are one path, so that they do not darken each other; dots and rings a few, so that one that is dragged is written alone.
import { setAttribute, svgElement } from "../document/dom.js";
import { clipLine, pixel } from "../document/geometry.js";
import { numbersOfRows } from "./row_numbers.js";
import { RowMachine } from "../tape/summed.js";

/** A longer side would overflow the renderer (px). */
const FARTHEST_SIDE = 1e5;

/** Nothing is drawn farther out of the picture than this (px). */
const ROW_ROOM = 40;

// A line of hardly any length is a dot, by its round ends; one of none is drawn longer by readers of PDF files.
const dotPiece = (x, y) => `M${x} ${y}h.1`;

/** Each shape as a piece of the path. @type {Object<string, (x: number, y: number, to: number, mapping: object, cut: number) => string>} */
const PIECES = {
  dots: dotPiece,
  rings: dotPiece,
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
  halves: (x, y, to, { left, width }, cut) => {
    const wide = Math.abs(cut - y);
    if (!(wide > 0.5 && wide < FARTHEST_SIDE)) return "";
    return `M${x} ${y}V${to}h${pixel(x < left + width / 2 ? wide : -wide)}V${cut}z`;
  },
};

/** So many rows are one part of a path, made anew where one of them moved; of dots each part is a path of its own. */
const ROWS_IN_PART = 100;

/** The path of the rows from…n, as far as they are near the picture. */
function pathOf(piece, n, [xs, ys, tos, cuts], mapping, from = 0) {
  const [leftmost, rightmost] = [mapping.left - ROW_ROOM, mapping.left + mapping.width + ROW_ROOM];
  const [highest, lowest] = [mapping.top - ROW_ROOM, mapping.top + mapping.height + ROW_ROOM];
  let path = "";
  for (let k = from; k < n; k += 1) {
    const x = mapping.x(xs[k]);
    const y = mapping.y(ys[k]);
    const to = tos ? mapping.y(tos[k]) : y;
    if (!(x >= leftmost && x <= rightmost && Math.min(y, to) <= lowest && Math.max(y, to) >= highest)) continue;
    path += piece(pixel(x), pixel(y), pixel(to), mapping, cuts ? pixel(mapping.y(cuts[k])) : NaN);
  }
  return path;
}

/** The same of segments that do not stand upright, each as far as it is near the picture. */
function slantedPath(n, [xs, ys, tos, acrosses], mapping, from) {
  const { left, top, width, height } = mapping;
  let path = "";
  for (let k = from; k < n; k += 1) {
    const [x, y] = [mapping.x(xs[k]), mapping.y(ys[k])];
    const [dx, dy] = [mapping.x(acrosses[k]) - x, mapping.y(tos[k]) - y];
    if (!Number.isFinite(x + y + dx + dy)) continue;
    const span = clipLine(x, y, dx, dy, left - ROW_ROOM, top - ROW_ROOM, left + width + ROW_ROOM, top + height + ROW_ROOM, 0, 1);
    if (span === null) continue;
    path += `M${pixel(x + span[0] * dx)} ${pixel(y + span[0] * dy)}L${pixel(x + span[1] * dx)} ${pixel(y + span[1] * dy)}`;
  }
  return path;
}

/** What draws a shape into nodes. @returns {{nodes: SVGElement[], write: (n: number, columns: Float64Array[], mapping: object) => void}} */
function eachRowIn({ shape, size, tape }) {
  if (shape === "numbers") return numbersOfRows(size);
  const make = partsBy("across" in tape.outputs ? slantedPath : (n, columns, mapping, from) => pathOf(PIECES[shape], n, columns, mapping, from));
  if (isDotted(shape)) return dotsIn(make);
  const path = svgElement("path");
  return {
    nodes: [path],
    write(n, columns, mapping, seen) {
      setAttribute(path, "d", make(n, columns, mapping, seen).join(""));
    },
  };
}

const isDotted = (shape) => shape === "dots" || shape === "rings";

/** Dots on casings of their own, each layer of as many paths as its rows ask for. */
function dotsIn(make) {
  const layers = [svgElement("g"), svgElement("g")];
  return {
    nodes: layers,
    write(n, columns, mapping, seen) {
      const parts = make(n, columns, mapping, seen);
      for (const layer of layers) {
        while (layer.childElementCount > parts.length) layer.lastChild.remove();
        while (layer.childElementCount < parts.length) layer.append(svgElement("path"));
        parts.forEach((part, k) => setAttribute(layer.children[k], "d", part));
      }
    },
  };
}

/** Whether all numbers are the same, place by place. */
const areAlike = (ones, others) => ones.every((one, i) => one.length === others[i].length && one.every((value, k) => Object.is(value, others[i][k])));

/**
 * The path part by part, by what makes the one of the rows from…n: a part whose rows are what they were, where as much is
 * `seen`, stays. @returns {(n: number, columns: Float64Array[], mapping: object, seen: string) => string[]}
 */
function partsBy(make) {
  let [parts, rows, before] = [[], [], ""];
  return (n, columns, mapping, seen) => {
    const stays = seen === before;
    before = seen;
    parts.length = rows.length = Math.ceil(n / ROWS_IN_PART);
    for (let k = 0; k < parts.length; k += 1) {
      const [first, last] = [k * ROWS_IN_PART, Math.min(n, (k + 1) * ROWS_IN_PART)];
      const now = columns.map((column) => column.subarray(first, last));
      if (stays && rows[k] && areAlike(rows[k], now)) continue;
      rows[k] = now.map((column) => column.slice());
      parts[k] = make(last, columns, mapping, first);
    }
    return parts;
  };
}

/** @param {object} mark @param {import("../figure/quantities.js").Quantities} quantities */
export function rowsMark(mark, quantities) {
  const { columns } = quantities;
  const { tape, shape } = mark;
  const machine = new RowMachine(tape, columns, tape.variables.map((name) => columns.letters.indexOf(name)));
  const read = machine.shared.map((name) => quantities.reader(name));
  const outputs = ["x", "y", "to", "across", "cut"].filter((name) => name in tape.outputs).map((name) => tape.outputs[name]);
  const { nodes, write, resize } = eachRowIn(mark);
  const round = isDotted(shape);
  let drawn = "";
  return {
    nodes,
    seldom: true,
    paint: { squares: "square", halves: "square", numbers: "text" }[shape] || shape,
    resize(projected) {
      if (resize) resize(projected);
      drawn = "";
    },
    draw(mapping) {
      const known = read.map((one) => one());
      const { left, top, width, height, xScale, xShift, yScale, yShift } = mapping;
      const seen = [left, top, width, height, xScale, xShift, yScale, yShift].join(" ");
      const now = [columns.version, ...known, seen].join(" ");
      if (now !== drawn) {
        drawn = now;
        machine.spread(known);
        write(columns.count, outputs.map((register) => machine.column(register)), mapping, seen);
      }
      if (mapping.room && round) {
        const [xs, ys] = outputs.map((register) => machine.column(register));
        for (let k = 0; k < columns.count; k += 1) mapping.room.point(mapping.x(xs[k]), mapping.y(ys[k]), (mark.size || 12) / 2);
      }
      return true;
    },
  };
}
