// A real square, in pixels, on a piece of the x axis: what a distance costs when it is squared; or its half, cut off.
import { setAttribute, setText, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";
import { MEETS_LINE } from "./labels.js";
import { significantNumber } from "../words/numbers.js";
import { compileTemplate } from "../words/text.js";

/** So far from the picture's top the largest square ends, and so far inside its outer corner a square's number stands (px). */
const SQUARE_ROOM = 6, NUMBER_INSET = [7, 19];

/** What is narrower, or lower, has no room for its number (px). */
const LEAST_NUMBERED = [34, 26];

/** From the picture's corner to the words about the scale (px). */
const SCALE_INSET = [8, 18];

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
  return {
    nodes: [shape, number],
    paint: "square",
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
      const seen = width >= LEAST_NUMBERED[0] && height >= LEAST_NUMBERED[1];
      setText(number, seen ? text() : "");
      setAttribute(number, "x", pixel(start + way * (width - NUMBER_INSET[0])));
      setAttribute(number, "y", pixel(base - height + NUMBER_INSET[1]));
      setAttribute(number, "text-anchor", way > 0 ? "end" : "start");
      return true;
    },
  };
}

/** Words in the picture's corner that name the scale of its squares, where it is not the axis' own: # stands for the share. */
export function squareScaleMark(mark, quantities) {
  const [level, highest] = [mark.level, mark.highest].map((one) => quantities.reader(one));
  const node = svgElement("text", { "text-anchor": "end" });
  return {
    nodes: [node],
    paint: "text",
    draw(mapping) {
      const share = shareOf(mapping, level(), highest());
      const said = significantNumber(share, 2);
      if (said === "1") return false;
      setText(node, mark.text.replace("#", said));
      setAttribute(node, "x", pixel(mapping.left + mapping.width - SCALE_INSET[0]));
      setAttribute(node, "y", pixel(mapping.top + SCALE_INSET[1]));
      return true;
    },
  };
}
