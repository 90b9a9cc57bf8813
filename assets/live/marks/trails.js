// A curve given by its parameter: a tape of places in one variable of its own, sampled at every frame.
import { Machine } from "../tape/machine.js";
import { setAttribute, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";

/**
 * @param {{tape: object, along: string, from: string|number, to: string|number, samples: number}} mark
 * @param {import("../figure/quantities.js").Quantities} quantities
 * @returns {(visit: (index: number, place: number[]) => void, rise?: number) => void} visits every place in order; the
 *   place is reused. Where the last coordinate leaps by more than `rise`, the place behind the leap has no value.
 */
export function trailReader(mark, quantities) {
  const machine = new Machine(mark.tape);
  const registers = ["x", "y", "z"].filter((name) => machine.outputs.has(name)).map((name) => machine.outputs.get(name));
  const own = mark.tape.variables.indexOf(mark.along);
  const readers = mark.tape.variables.map((name) => (name === mark.along ? () => 0 : quantities.reader(name)));
  const [from, to] = [quantities.reader(mark.from), quantities.reader(mark.to)];
  const inputs = new Float64Array(readers.length);
  const place = registers.map(() => NaN);
  const last = registers[registers.length - 1];
  const heightAt = (at) => {
    if (own >= 0) inputs[own] = at;
    machine.run(inputs);
    return machine.registers[last];
  };

  /** Halved again and again, a steep piece becomes flat, a leap stays. */
  function leaps(low, bottom, high, top, rise) {
    let [a, b, za, zb] = [low, high, bottom, top];
    for (let turn = 0; turn < 24; turn += 1) {
      if (Math.abs(zb - za) <= rise) return false;
      const middle = (a + b) / 2;
      const z = heightAt(middle);
      if (!Number.isFinite(z)) return true;
      if (Math.abs(z - za) > Math.abs(zb - z)) [b, zb] = [middle, z];
      else [a, za] = [middle, z];
    }
    return true;
  }

  return (visit, rise = Infinity) => {
    readers.forEach((read, i) => { inputs[i] = read(); });
    const [start, end] = [from(), to()];
    let [before, height] = [start, NaN];
    for (let i = 0; i < mark.samples; i += 1) {
      const at = start + ((end - start) * i) / (mark.samples - 1);
      const now = heightAt(at);
      registers.forEach((register, k) => { place[k] = machine.registers[register]; });
      if (Math.abs(now - height) > rise && leaps(before, height, at, now, rise)) place[place.length - 1] = NaN;
      [before, height] = [at, now];
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
      setAttribute(node, "d", path);
      return true;
    },
  };
}
