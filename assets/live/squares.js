// A real square, in pixels, on a piece of the x axis: what a distance costs when it is squared.
import { setText, svgElement } from "./dom.js";
import { pixel } from "./geometry.js";
import { compileTemplate } from "./text.js";

/** So far from the picture's top the largest square ends, and so far inside its outer corner a square's number stands (px). */
const SQUARE_ROOM = 6, NUMBER_INSET = [7, 19];

/** A square with a shorter side has no room for its number (px). */
const LEAST_NUMBERED = 34;

/**
 * It stands on the distance from…to at the height `level`. Where the `longest` of all distances would not fit, every square
 * is drawn smaller in the same proportion, from the corner at `from`.
 * @param {object} mark @param {import("./quantities.js").Quantities} quantities @param {Map<string, object>} controls
 */
export function squareMark(mark, quantities, controls) {
  const [from, to, level, longest] = [mark.from, mark.to, mark.level, mark.longest].map((one) => quantities.reader(one));
  const text = compileTemplate(mark.text, quantities, controls);
  const [box, number] = [svgElement("rect"), svgElement("text")];
  return {
    nodes: [box, number],
    paint: "square",
    draw(mapping) {
      const [start, end, base] = [mapping.x(from()), mapping.x(to()), mapping.y(level())];
      const most = longest() * Math.abs(mapping.xScale);
      const side = Math.abs(end - start) * Math.min(1, (base - mapping.top - SQUARE_ROOM) / most);
      if (!(side > 0.5)) return false;
      const rightwards = end > start;
      const shape = { x: rightwards ? start : start - side, y: base - side, width: side, height: side };
      for (const [name, value] of Object.entries(shape)) box.setAttribute(name, pixel(value));
      const seen = side >= LEAST_NUMBERED;
      setText(number, seen ? text() : "");
      number.setAttribute("x", pixel(rightwards ? start + side - NUMBER_INSET[0] : start - side + NUMBER_INSET[0]));
      number.setAttribute("y", pixel(base - side + NUMBER_INSET[1]));
      number.setAttribute("text-anchor", rightwards ? "end" : "start");
      return true;
    },
  };
}
