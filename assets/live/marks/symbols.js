// Dots, rings and other symbols. A round one is a circle and no path: paths are outlined anew at every frame.
import { freshId, setAttribute, svgElement } from "../document/dom.js";
import { symbolPath } from "../document/geometry.js";

/** A symbol about the origin, with a radius in pixels. @returns {SVGElement} */
export function symbolNode(shape, radius) {
  const node = svgElement(shape === "dot" || shape === "ring" ? "circle" : "path");
  setRadius(node, shape, radius);
  return node;
}

function setRadius(node, shape, radius) {
  if (node.tagName === "circle") setAttribute(node, "r", radius);
  else setAttribute(node, "d", symbolPath(shape, radius));
}

/** The same symbol at many places: they are the corners of one path that is not drawn itself. */
export class Symbols {
  constructor(shape, attributes) {
    this.shape = shape;
    this.node = symbolNode(shape, 0);
    this.radius = 0;
    const marker = svgElement("marker", { id: freshId("symbol"), markerUnits: "userSpaceOnUse", overflow: "visible" }, [this.node]);
    const at = `url(#${marker.id})`;
    this.path = svgElement("path", { ...attributes, fill: "none", "marker-start": at, "marker-mid": at });
    this.children = [marker, this.path];
  }

  /** @param {string[]} places each as "x y" */
  put(places, radius) {
    if (radius !== this.radius) setRadius(this.node, this.shape, radius);
    this.radius = radius;
    // The last corner has no symbol: the only one would have two.
    setAttribute(this.path, "d", places.length ? `M${places.join("L")}L${places[places.length - 1]}` : "");
  }
}
