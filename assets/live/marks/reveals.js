// A trace of the still picture that appears where the learner has been.
import { svgElement } from "../document/dom.js";
import { pathThrough } from "../document/geometry.js";
import { DASHES } from "./marks.js";
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
    /** @param {import("../document/adapter.js").Mapping} mapping */
    layout(mapping) {
      const { x, y } = sample ? sample(mapping) : trace;
      path.setAttribute("d", pathThrough(x, y, mapping));
    },
    /** @param {Array<[number, number]>} seen intervals of x */
    update(mapping, toggled, seen) {
      group.setAttribute("display", toggled ? "inline" : "none");
      windows.update(mapping, seen, mark.gaps || []);
    },
    paint(colours) {
      path.setAttribute("stroke", resolveColour(`$${mark.role}`, colours));
      path.setAttribute("stroke-width", mark.width || 4);
      path.setAttribute("stroke-linejoin", "round");
      path.setAttribute("stroke-linecap", "round");
      if (DASHES[mark.dash || "solid"]) path.setAttribute("stroke-dasharray", DASHES[mark.dash]);
    },
  };
}
