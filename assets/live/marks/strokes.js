// How a mark's line is dashed, ends and turns.
import { setAttribute } from "../document/dom.js";

const DASHES = { solid: null, dash: "9 6", dot: "2 5", dashdot: "10 5 2 5" };

/** @param {{dash?: string}} mark @returns {object} attributes of its line */
export function strokeEnds(mark) {
  const dash = DASHES[mark.dash || "solid"];
  // A pattern with flat ends is drawn at once; with round ones each dash is an outline of its own, at the cost of a frame.
  return { "stroke-dasharray": dash, "stroke-linecap": dash ? "butt" : "round", "stroke-linejoin": "round" };
}

/** Attributes as they are to be: null is none. */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) node.removeAttribute(name);
    else setAttribute(node, name, value);
  }
}
