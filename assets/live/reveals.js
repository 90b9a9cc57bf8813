// A trace of the still picture that appears where the learner has been.
import { freshId, svgElement } from "./dom.js";
import { pathThrough, pixel } from "./geometry.js";
import { DASHES } from "./marks.js";
import { resolveColour } from "./theme.js";

const GAP = 4;

/** Intervals of pixels without those around the gaps: a place without a slope that was visited leaves no dot. */
function withoutGaps(intervals, gaps) {
  let open = intervals;
  for (const gap of gaps)
    open = open.flatMap(([left, right]) =>
      gap + GAP <= left || gap - GAP >= right
        ? [[left, right]]
        : [[left, gap - GAP], [gap + GAP, right]].filter(([low, high]) => high > low),
    );
  return open;
}

/**
 * A trace of the still picture, shown only where the learner has been. Its line is drawn once per window, the clip moves.
 * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} trace
 * @param {(mapping: import("./adapter.js").Mapping) => object} sample the same over a window, where its function is known
 */
export function makeReveal(mark, trace, sample) {
  const id = freshId("seen");
  const windows = svgElement("clipPath", { id });
  const path = svgElement("path", { fill: "none", "clip-path": `url(#${id})` });
  const group = svgElement("g", { class: "live-mark live-mark--reveal" }, [windows, path]);
  return {
    group,
    /** @param {import("./adapter.js").Mapping} mapping */
    layout(mapping) {
      const { x, y } = sample ? sample(mapping) : trace;
      path.setAttribute("d", pathThrough(x, y, mapping));
    },
    /** @param {Array<[number, number]>} seen intervals of x */
    update(mapping, toggled, seen) {
      group.setAttribute("display", toggled ? "inline" : "none");
      const open = withoutGaps(
        seen.map(([low, high]) => [mapping.x(low) - 2, mapping.x(high) + 2]),
        (mark.gaps || []).map((gap) => mapping.x(gap)),
      );
      while (windows.childElementCount < open.length) windows.append(svgElement("rect"));
      while (windows.childElementCount > open.length) windows.lastChild.remove();
      open.forEach(([left, right], i) => {
        const rectangle = windows.children[i];
        rectangle.setAttribute("x", pixel(left));
        rectangle.setAttribute("width", pixel(Math.max(right - left, 0)));
        rectangle.setAttribute("y", mapping.top);
        rectangle.setAttribute("height", mapping.height);
      });
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
