// The graph of a function whose parameters the learner moves: a tape in one variable of its own, sampled at every frame.
import { Machine } from "../tape/machine.js";
import { setAttribute, svgElement } from "../document/dom.js";
import { FARTHEST_PIXEL, pathThrough, pixel } from "../document/geometry.js";
import { banded, sampled } from "./sampling.js";
import { SeenClip } from "./seen.js";

/** Points over the width of a subplot. */
const SAMPLES = 200;

/** The least height of a column of a band, in pixels. */
const LEAST_COLUMN = 2;

/** Columns reach so many pixels into the next one: no hairline parts them. */
const OVERLAP = 0.5;

/** The columns of a band as one shape. */
function bandPath({ edges, low, high }, mapping) {
  let path = "";
  for (let i = 0; i < low.length; i += 1) {
    const [bottom, top] = [low[i], high[i]].map((value) => Math.min(Math.max(mapping.y(value), -FARTHEST_PIXEL), FARTHEST_PIXEL));
    if (Number.isFinite(bottom) && Number.isFinite(top)) {
      const grown = Math.max(0, LEAST_COLUMN - (bottom - top)) / 2;
      const [left, right] = [pixel(mapping.x(edges[i])), pixel(mapping.x(edges[i + 1]) + OVERLAP)];
      path += `M${left} ${pixel(top - grown)}H${right}V${pixel(bottom + grown)}H${left}Z`;
    }
  }
  return path;
}

/**
 * @param {{tape: object, along: string, gaps: Array<string|number>, samples: number, probes?: number}} mark every variable of the tape but `along` is a quantity
 * @param {import("../figure/quantities.js").Quantities} quantities
 */
export function curveMark(mark, quantities) {
  const machine = new Machine(mark.tape);
  const [register] = machine.outputs.values();
  const { variables } = mark.tape;
  const place = variables.indexOf(mark.along);
  const readers = variables.map((name) => (name === mark.along ? () => 0 : quantities.reader(name)));
  const gaps = (mark.gaps || []).map((gap) => quantities.reader(gap));
  const inputs = new Float64Array(variables.length);
  const node = svgElement("path");
  const clip = mark.seen ? new SeenClip() : null;

  /** Unless its switch shows the whole of it, only where the learner has been is seen. */
  function show(mapping, around) {
    const { switches } = quantities;
    const whole = switches === null || switches.shows(mark.whole);
    if (!whole) clip.update(mapping, switches.seenOf(mark.seen), around);
    if (whole) node.removeAttribute("clip-path");
    else setAttribute(node, "clip-path", `url(#${clip.id})`);
  }

  function valueAt(at) {
    if (place >= 0) inputs[place] = at;
    machine.run(inputs);
    return machine.registers[register];
  }

  return {
    nodes: clip ? [node, clip.node] : [node],
    seldom: true,
    paint: mark.probes ? "band" : "line",
    draw(mapping) {
      readers.forEach((read, i) => { inputs[i] = read(); });
      if (mark.probes) {
        const [left, right] = mapping.xRange();
        setAttribute(node, "d", bandPath(banded(valueAt, left, right, mark.samples || SAMPLES, mark.probes), mapping));
        return true;
      }
      const around = gaps.map((read) => read());
      if (clip) show(mapping, around);
      const { x, y } = sampled(valueAt, mapping, around, mark.samples || SAMPLES);
      if (x.length === 0) return false;
      if (mapping.room) mapping.room.curve(x, y, mapping, mark.width);
      setAttribute(node, "d", pathThrough(x, y, mapping, FARTHEST_PIXEL));
      return true;
    },
  };
}
