// A real square, in pixels, on a piece of the x axis: what a distance costs when it is squared; or its half, cut off.
import { setAttribute, setText, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";
import { PRESENT_SCALE } from "../document/type.js";
import { MEETS_LINE, textWidth } from "./labels.js";
import { significantNumber } from "../words/numbers.js";
import { compileTemplate } from "../words/text.js";

/** So far from the picture's top the largest square ends, and so far inside its outer corner a square's number stands (px). */
const SQUARE_ROOM = 6, NUMBER_INSET = 6;

/** What is narrower, or lower, has no room for its number (in the number's size). */
const LEAST_NUMBERED = [2.2, 1.6];

/** How wide a digit is, about (in the number's size). */
const LETTER = 0.6;

/** From the picture's corner to the words about the scale, and how large words and numbers are (px). */
const [SCALE_INSET, LABEL_SIZE] = [8, 15];
const sizeOf = (projected) => (projected ? PRESENT_SCALE.label : LABEL_SIZE);
/** So many lines of text down from the corner the words look for room. */
const SCALE_LINES = [0, 1, 2, 3];

/** In which part of the axis' scale squares stand on `level`, so that the `highest` fits (a length on the axis). */
const shareOf = (mapping, level, highest) => (
  Math.min(1, (mapping.y(level) - mapping.top - SQUARE_ROOM) / (highest * Math.abs(mapping.xScale)))
);

/**
 * It stands on the distance from…to at the height `level`. Where the `highest` of all would not fit, every one is drawn
 * smaller in the same proportion, from the corner at `from`. With a `cut` it is the half under the diagonal through that
 * corner, cut off at that height.
 * @param {object} mark @param {import("../figure/quantities.js").Quantities} quantities @param {Map<string, object>} controls
 */
export function squareMark(mark, quantities, controls) {
  const [from, to, level, highest, cut] = [mark.from, mark.to, mark.level, mark.highest, mark.cut ?? Infinity].map((one) => quantities.reader(one));
  const text = compileTemplate(mark.text, quantities, controls);
  const [shape, number] = [svgElement("path"), svgElement("text")];
  let size = LABEL_SIZE;
  return {
    nodes: [shape, number],
    paint: "square",
    resize(projected) {
      size = sizeOf(projected);
    },
    draw(mapping) {
      const [start, end, base] = [mapping.x(from()), mapping.x(to()), mapping.y(level())];
      const share = shareOf(mapping, level(), highest());
      const width = Math.abs(end - start) * share;
      const height = Math.min(width, cut() * Math.abs(mapping.xScale) * share);
      if (!(width > 0.5)) return false;
      const way = end > start ? 1 : -1;
      const corners = [[0, 0], [width, 0], [width, height], [mark.cut === null ? 0 : height, height]];
      setAttribute(shape, "d", `M${corners.map(([along, up]) => `${pixel(start + way * along)} ${pixel(base - up)}`).join("L")}Z`);
      if (mapping.room) mapping.room.rectangle({ x: Math.min(start, start + way * width), y: base - height, width, height }, MEETS_LINE);
      const seen = width >= LEAST_NUMBERED[0] * size && height >= LEAST_NUMBERED[1] * size;
      setText(number, seen ? text() : "");
      const [edge, line] = [start + way * (width - NUMBER_INSET), base - height + NUMBER_INSET + 0.85 * size];
      const wide = LETTER * size * number.textContent.length;
      if (mapping.room && seen) mapping.room.box(edge - (way > 0 ? wide : 0), line - size, edge + (way > 0 ? 0 : wide) + NUMBER_INSET, line);
      setAttribute(number, "x", pixel(edge));
      setAttribute(number, "y", pixel(line));
      setAttribute(number, "text-anchor", way > 0 ? "end" : "start");
      return true;
    },
  };
}

/** Words in a corner of the picture that name the scale of its squares, where it is not the axis' own: # stands for the share. */
export function squareScaleMark(mark, quantities) {
  const [level, highest] = [mark.level, mark.highest].map((one) => quantities.reader(one));
  const node = svgElement("text");
  let [size, which, family] = [LABEL_SIZE, -1, ""];
  return {
    nodes: [node],
    paint: "text",
    resize(projected) {
      size = sizeOf(projected);
    },
    draw(mapping) {
      const said = significantNumber(shareOf(mapping, level(), highest()), 2);
      if (said === "1") return false;
      setText(node, mark.text.replace("#", said));
      const { left, top, width } = mapping;
      const corners = SCALE_LINES.flatMap((line) => {
        const high = top + SCALE_INSET + (1 + 1.2 * line) * size;
        return [[left + width - SCALE_INSET, high, "end"], [left + SCALE_INSET, high, "start"]];
      });
      family = family || getComputedStyle(node).fontFamily;
      const words = [textWidth(node.textContent, size, family), size];
      if (mapping.room) ({ which } = mapping.room.takeOne(corners.length, (k) => corners[k], (k) => 0.1 * k, ...words, which));
      const [x, y, anchor] = corners[Math.max(which, 0)];
      for (const [name, value] of Object.entries({ x: pixel(x), y: pixel(y), "text-anchor": anchor })) setAttribute(node, name, value);
      return true;
    },
  };
}
