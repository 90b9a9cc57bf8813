// The graph of a function whose parameters the learner moves: a tape in one variable of its own, sampled at every frame.
import { Machine } from "./machine.js";
import { svgElement } from "./dom.js";
import { FARTHEST_PIXEL, pathThrough } from "./geometry.js";
import { sampled } from "./sampling.js";
import { SeenClip } from "./seen.js";

/** Points over the width of a subplot. */
const SAMPLES = 200;

/**
 * @param {{tape: object, along: string, gaps: Array<string|number>}} mark every variable of the tape but `along` is a quantity
 * @param {import("./quantities.js").Quantities} quantities
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
    else node.setAttribute("clip-path", `url(#${clip.id})`);
  }

  function valueAt(at) {
    if (place >= 0) inputs[place] = at;
    machine.run(inputs);
    return machine.registers[register];
  }

  return {
    nodes: clip ? [node, clip.node] : [node],
    paint: "line",
    draw(mapping) {
      readers.forEach((read, i) => { inputs[i] = read(); });
      const around = gaps.map((read) => read());
      if (clip) show(mapping, around);
      const { x, y } = sampled(valueAt, mapping, around, mark.samples || SAMPLES);
      if (x.length === 0) return false;
      if (mapping.room) mapping.room.curve(x, y, mapping, mark.width);
      node.setAttribute("d", pathThrough(x, y, mapping, FARTHEST_PIXEL));
      return true;
    },
  };
}
