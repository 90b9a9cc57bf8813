// The graph of a function whose parameters the learner moves: a tape in one variable of its own, sampled at every frame.
import { Machine } from "./machine.js";
import { svgElement } from "./dom.js";
import { FARTHEST_PIXEL, pathThrough } from "./geometry.js";
import { sampled } from "./sampling.js";

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

  function valueAt(at) {
    if (place >= 0) inputs[place] = at;
    machine.run(inputs);
    return machine.registers[register];
  }

  return {
    nodes: [node],
    paint: "line",
    draw(mapping) {
      readers.forEach((read, i) => { inputs[i] = read(); });
      const { x, y } = sampled(valueAt, mapping, gaps.map((read) => read()), mark.samples || SAMPLES);
      if (x.length === 0) return false;
      node.setAttribute("d", pathThrough(x, y, mapping, FARTHEST_PIXEL));
      return true;
    },
  };
}
