// The graph of a function whose parameters the learner moves: a tape in one variable of its own, sampled at every frame.
import { Machine } from "./machine.js";
import { svgElement } from "./dom.js";
import { pixel } from "./geometry.js";

/** Points over the width of a subplot. */
const SAMPLES = 200;

/** How close to a gap the curve is drawn, as a share of the width. */
const NEXT_TO_GAP = 1e-6;

/** A rise between two samples that is larger than this share of the height is looked into. */
const LEAP = 0.02;

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

  function heightAt(mapping, at) {
    if (place >= 0) inputs[place] = at;
    machine.run(inputs);
    return mapping.y(machine.registers[register]);
  }

  /** Whether the curve leaps between two neighbours: halved again and again, a steep piece becomes flat, a leap stays. */
  function leaps(mapping, from, start, to, end) {
    let [a, b, ya, yb] = [from, to, start, end];
    const whole = Math.abs(end - start);
    for (let turn = 0; turn < 24; turn += 1) {
      if (Math.abs(yb - ya) < LEAP * mapping.height) return false;
      const middle = (a + b) / 2;
      const y = heightAt(mapping, middle);
      if (!Number.isFinite(y)) return true;
      if (Math.abs(y - ya) > Math.abs(yb - y)) [b, yb] = [middle, y];
      else [a, ya] = [middle, y];
    }
    return Math.abs(yb - ya) > 0.5 * whole;
  }

  /** Where the curve ends between a place with a value and one without. */
  function lastDefined(mapping, defined, missing) {
    let [a, b] = [defined, missing];
    for (let turn = 0; turn < 20; turn += 1) {
      const middle = (a + b) / 2;
      if (Number.isFinite(heightAt(mapping, middle))) a = middle;
      else b = middle;
    }
    return a;
  }

  function placed(mapping, x, y, joined) {
    const kept = Math.min(Math.max(y, mapping.top - FAR), mapping.top + mapping.height + FAR);
    return `${joined ? "L" : "M"}${pixel(mapping.x(x))} ${pixel(kept)}`;
  }

  /** One piece without a known gap inside; where there is no value, and at a leap, the pen is lifted. */
  function piece(mapping, low, high, count) {
    let path = "";
    let down = false;
    let [before, last] = [NaN, NaN];
    for (let i = 0; i <= count; i += 1) {
      const at = low + (high - low) * (i / count);
      const y = heightAt(mapping, at);
      const defined = Number.isFinite(y);
      if (i > 0 && defined !== down) {
        const end = defined ? lastDefined(mapping, at, before) : lastDefined(mapping, before, at);
        path += placed(mapping, end, heightAt(mapping, end), !defined);
        down = defined;
      } else if (down && leaps(mapping, before, last, at, y)) {
        down = false;
      }
      if (defined) path += placed(mapping, at, y, down);
      [before, last] = [at, y];
      down = defined;
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
