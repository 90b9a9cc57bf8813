// Where a loss turns: ahead of a path, along its next step, and between its last two iterates.
import { scalarProduct } from "./landscape.js";

const FARTHEST = 2 ** 20;
const NOTHING = 1e-9;
const STEEPEST = 1e3;

/** After how many steps like the next one the loss turns up, or with `flat` its gradient vanishes: descent/ahead.py. */
export function turnAlong(landscape, path, point, flat) {
  const ahead = (steps) => landscape.slopesAt(point.map((p, i) => p + steps * path.next[i]));
  const here = scalarProduct(ahead(0), path.next);
  if (!(here < 0)) return 0;
  const lowest = flat ? NOTHING * Math.hypot(...ahead(0)) : -Infinity;
  const turned = (steps) => {
    const gradient = ahead(steps);
    return scalarProduct(gradient, path.next) > -NOTHING * here || Math.hypot(...gradient) <= lowest;
  };
  let [low, high] = [0, 1];
  while (!turned(high)) {
    if (high >= FARTHEST) return Infinity;
    [low, high] = [high, 2 * high];
  }
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2;
    if (turned(middle)) high = middle;
    else low = middle;
  }
  return scalarProduct(ahead(high), path.next) <= -STEEPEST * here ? high : Infinity;
}

/** Where the slope jumps from down to up between the last two iterates, by bisection. */
export function kinkBetween(landscape, path) {
  const [xs] = path.points;
  let [low, high] = [xs[path.count - 1], xs[path.count]].sort((a, b) => a - b);
  for (let turn = 0; turn < 100; turn += 1) {
    const middle = (low + high) / 2;
    const [slope] = landscape.slopesAt([middle]);
    if (!(slope < 0 || slope > 0) || middle === low || middle === high) return middle;
    if (slope < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
