// The graph of a function whose parameters the learner moves: a tape in one variable of its own, sampled at every frame.
import { Machine } from "./machine.js";
import { svgElement } from "./dom.js";
import { pixel } from "./geometry.js";

/** Points over the width of a subplot. */
const SAMPLES = 200;

/** How close to a gap the curve is drawn, as a share of the width. */
const NEXT_TO_GAP = 1e-6;

/** Pixels beyond the subplot to which far values are cut: the renderer overflows at more. */
const FAR = 2000;

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

  /** One piece without a gap inside; undefined values lift the pen. */
  function piece(mapping, low, high, count) {
    let path = "";
    let down = false;
    for (let i = 0; i <= count; i += 1) {
      const at = low + (high - low) * (i / count);
      if (place >= 0) inputs[place] = at;
      machine.run(inputs);
      const y = mapping.y(machine.registers[register]);
      if (Number.isFinite(y)) {
        const kept = Math.min(Math.max(y, mapping.top - FAR), mapping.top + mapping.height + FAR);
        path += `${down ? "L" : "M"}${pixel(mapping.x(at))} ${pixel(kept)}`;
        down = true;
      } else {
        down = false;
      }
    }
    return path;
  }

  return {
    nodes: [node],
    paint: "line",
    draw(mapping) {
      readers.forEach((read, i) => { inputs[i] = read(); });
      const [left, right] = mapping.xRange();
      const margin = NEXT_TO_GAP * (right - left);
      const inside = gaps.map((read) => read()).filter((x) => x > left && x < right).sort((a, b) => a - b);
      const ends = [left - margin, ...inside, right + margin];
      let path = "";
      for (let i = 1; i < ends.length; i += 1) {
        const [low, high] = [ends[i - 1] + margin, ends[i] - margin];
        if (high > low) path += piece(mapping, low, high, Math.max(2, Math.ceil((SAMPLES * (high - low)) / (right - left))));
      }
      if (path === "") return false;
      node.setAttribute("d", path);
      return true;
    },
  };
}
