// A trace of the still picture that appears where the learner has been.
import { setAttribute, svgElement } from "../document/dom.js";
import { pathThrough } from "../document/geometry.js";
import { setAttributes, strokeEnds } from "./strokes.js";
import { SeenClip } from "./seen.js";
import { resolveColour } from "../document/theme.js";

/**
 * A trace of the still picture, shown only where the learner has been. Its line is drawn once per window, the clip moves.
 * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} trace
 * @param {(mapping: import("../document/adapter.js").Mapping) => object} sample the same over a window, where its function is known
 */
export function makeReveal(mark, trace, sample) {
  const windows = new SeenClip();
  const path = svgElement("path", { fill: "none", "clip-path": `url(#${windows.id})` });
  const group = svgElement("g", { class: "live-mark live-mark--reveal" }, [windows.node, path]);
  return {
    group,
    seldom: true,
    /** @param {import("../document/adapter.js").Mapping} mapping */
    layout(mapping) {
      const { x, y } = sample ? sample(mapping) : trace;
      setAttribute(path, "d", pathThrough(x, y, mapping));
    },
    /** @param {Array<[number, number]>} seen intervals of x */
    update(mapping, toggled, seen) {
      setAttribute(group, "display", toggled ? "inline" : "none");
      windows.update(mapping, seen, mark.gaps || []);
    },
    paint(colours) {
      setAttribute(path, "stroke", resolveColour(`$${mark.role}`, colours));
      setAttribute(path, "stroke-width", mark.width || 4);
      setAttributes(path, strokeEnds(mark));
    },
  };
}
