// The level line through a point: where a function of two variables has the value of a quantity. The function is
// sampled once per zoom on a grid over the subplot; the line is sought in it at every frame (marching squares).
import { Machine } from "../tape/machine.js";
import { setAttribute, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";

/** Cells along each side. */
const CELLS = 90;

/** Corners of a cell in turn, and for each of its 16 cases the sides that the line joins. */
const SIDES = [[], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0, 1, 2], [0, 2], [3, 2], [2, 3], [2, 0], [0, 1, 2, 3], [2, 1],
  [1, 3], [1, 0], [0, 3], []];

/** @param {{tape: object, level: string|number}} mark the tape's two variables are the axes' */
export function levelMark(mark, quantities) {
  const machine = new Machine(mark.tape);
  const [register] = machine.outputs.values();
  const level = quantities.reader(mark.level);
  const heights = new Float64Array((CELLS + 1) * (CELLS + 1));
  const inputs = new Float64Array(2);
  const node = svgElement("path");
  let sampled = "";

  function sample(mapping) {
    const [[left, right], [bottom, top]] = [mapping.xRange(), mapping.yRange()];
    const written = [left, right, bottom, top].join();
    if (written === sampled) return;
    sampled = written;
    for (let j = 0; j <= CELLS; j += 1) {
      for (let i = 0; i <= CELLS; i += 1) {
        inputs[0] = left + ((right - left) * i) / CELLS;
        inputs[1] = bottom + ((top - bottom) * j) / CELLS;
        machine.run(inputs);
        heights[j * (CELLS + 1) + i] = machine.registers[register];
      }
    }
  }

  /** The pieces of the line within one cell, appended to the path. */
  function cell(i, j, value, mapping) {
    const at = j * (CELLS + 1) + i;
    const corners = [heights[at], heights[at + 1], heights[at + CELLS + 2], heights[at + CELLS + 1]];
    let which = 0;
    for (let k = 0; k < 4; k += 1) {
      if (!Number.isFinite(corners[k])) return "";
      if (corners[k] > value) which |= 1 << k;
    }
    let path = "";
    SIDES[which].forEach((side, n) => {
      const [a, b] = [corners[side], corners[(side + 1) % 4]];
      const share = (value - a) / (b - a);
      const [u, v] = [[share, 0], [1, share], [1 - share, 1], [0, 1 - share]][side];
      const x = mapping.left + (mapping.width * (i + u)) / CELLS;
      const y = mapping.top + mapping.height * (1 - (j + v) / CELLS);
      path += `${n % 2 ? "L" : "M"}${pixel(x)} ${pixel(y)}`;
    });
    return path;
  }

  return {
    nodes: [node],
    seldom: true,
    paint: "line",
    draw(mapping) {
      const value = level();
      if (!Number.isFinite(value)) return false;
      sample(mapping);
      let path = "";
      for (let j = 0; j < CELLS; j += 1) {
        for (let i = 0; i < CELLS; i += 1) {
          const at = j * (CELLS + 1) + i;
          const first = heights[at] > value;
          const differs = heights[at + 1] > value !== first || heights[at + CELLS + 1] > value !== first
            || heights[at + CELLS + 2] > value !== first;
          if (differs) path += cell(i, j, value, mapping);
        }
      }
      if (path === "") return false;
      setAttribute(node, "d", path);
      return true;
    },
  };
}
