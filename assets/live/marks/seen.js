// What shows a curve only where the learner has been.
import { freshId, setAttribute, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";

const [GAP, WIDER] = [4, 2];

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

/** A clip to the intervals where the learner has been, each drawn a little wider, without a little around the gaps. */
export class SeenClip {
  constructor() {
    this.id = freshId("seen");
    this.node = svgElement("clipPath", { id: this.id });
  }

  /** @param {import("../document/adapter.js").Mapping} mapping @param {Array<[number, number]>} seen intervals of x @param {number[]} gaps */
  update(mapping, seen, gaps) {
    const open = withoutGaps(seen.map(([low, high]) => [mapping.x(low) - WIDER, mapping.x(high) + WIDER]), gaps.map((gap) => mapping.x(gap)));
    while (this.node.childElementCount < open.length) this.node.append(svgElement("rect"));
    while (this.node.childElementCount > open.length) this.node.lastChild.remove();
    open.forEach(([left, right], i) => {
      const rectangle = this.node.children[i];
      setAttribute(rectangle, "x", pixel(left));
      setAttribute(rectangle, "width", pixel(Math.max(right - left, 0)));
      setAttribute(rectangle, "y", mapping.top);
      setAttribute(rectangle, "height", mapping.height);
    });
  }
}
