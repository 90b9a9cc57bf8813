// A curve given by its parameter: a tape of places in one variable of its own, sampled at every frame.
import { Machine } from "./machine.js";
import { svgElement } from "./dom.js";
import { pixel } from "./geometry.js";

/**
 * @param {{tape: object, along: string, from: string|number, to: string|number, samples: number}} mark
 * @param {import("./quantities.js").Quantities} quantities
 * @returns {(visit: (index: number, place: number[]) => void) => void} visits every place in order; the place is reused
 */
export function trailReader(mark, quantities) {
  const machine = new Machine(mark.tape);
  const registers = ["x", "y", "z"].filter((name) => machine.outputs.has(name)).map((name) => machine.outputs.get(name));
  const own = mark.tape.variables.indexOf(mark.along);
  const readers = mark.tape.variables.map((name) => (name === mark.along ? () => 0 : quantities.reader(name)));
  const [from, to] = [quantities.reader(mark.from), quantities.reader(mark.to)];
  const inputs = new Float64Array(readers.length);
  const place = registers.map(() => NaN);
  return (visit) => {
    readers.forEach((read, i) => { inputs[i] = read(); });
    const [start, end] = [from(), to()];
    for (let i = 0; i < mark.samples; i += 1) {
      if (own >= 0) inputs[own] = start + ((end - start) * i) / (mark.samples - 1);
      machine.run(inputs);
      registers.forEach((register, k) => { place[k] = machine.registers[register]; });
      visit(i, place);
    }
  };
}

/** In the plane: a path, or a filled region when the mark has an opacity. */
export function trailMark(mark, quantities) {
  const walk = trailReader(mark, quantities);
  const node = svgElement("path");
  return {
    nodes: [node],
    paint: mark.opacity ? "region" : "line",
    draw(mapping) {
      let path = "";
      let down = false;
      walk((_, place) => {
        const [x, y] = [mapping.x(place[0]), mapping.y(place[1])];
        const seen = Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) < 1e5 && Math.abs(y) < 1e5;
        if (seen) path += `${down ? "L" : "M"}${pixel(x)} ${pixel(y)}`;
        down = seen;
      });
      if (path === "") return false;
      node.setAttribute("d", path);
      return true;
    },
  };
}
