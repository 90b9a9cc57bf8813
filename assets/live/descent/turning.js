// Where a loss turns: ahead of a path, along its next step, and between its last two iterates.
import { scalarProduct } from "./bends.js";

const FARTHEST = 2 ** 20;
const NOTHING = 1e-9;
const STEEPEST = 1e3;
/** A loss is known to this part of itself. */
const LOSS_KNOWN = 1e-12;
/** So near beside a turn, in parts of the way to it, no slope climbs this part of what the present one would all the way. */
const [BESIDE_TURN, BY_A_LEAP] = [1e-9, 1e-6];

/** The place so many steps like the next one ahead. */
const placeAhead = (path, point, steps) => point.map((p, i) => p + steps * path.next[i]);

/** After how many steps like the next one the loss turns up, or with `flat` its gradient vanishes: descent/lookahead.py. */
export function turnAlong(landscape, path, point, flat) {
  const ahead = (steps) => landscape.slopesAt(placeAhead(path, point, steps));
  const lossAhead = (steps) => landscape.lossAt(placeAhead(path, point, steps));
  const here = scalarProduct(ahead(0), path.next);
  if (!(here < 0)) return 0;
  const lowest = flat ? NOTHING * Math.hypot(...ahead(0)) : -Infinity;
  const turned = (steps, since) => {
    const gradient = ahead(steps);
    if (scalarProduct(gradient, path.next) > -NOTHING * here || Math.hypot(...gradient) <= lowest) return true;
    const [before, after] = [lossAhead(since), lossAhead(steps)];
    return after - before > LOSS_KNOWN * (Math.abs(before) + Math.abs(after));
  };
  let [low, high] = [0, 1];
  while (!turned(high, high / 2)) {
    if (high >= FARTHEST) return Infinity;
    [low, high] = [high, 2 * high];
  }
  const since = low;
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2;
    if (turned(middle, since)) high = middle;
    else low = middle;
  }
  return scalarProduct(ahead(high), path.next) <= -STEEPEST * here ? high : Infinity;
}

/** Whether the loss turns up after so many steps by a jump, and not by its slope. */
export function leapsAt(landscape, path, point, turn) {
  if (!(turn > 0 && turn < Infinity)) return false;
  const [before, after] = [-1, 1].map((side) => landscape.lossAt(placeAhead(path, point, turn * (1 + side * BESIDE_TURN))));
  return after - before > -BY_A_LEAP * turn * scalarProduct(landscape.slopesAt(point), path.next);
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
