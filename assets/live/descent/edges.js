// Where a path has come to an edge of its loss: the bottom of a kink or a jump, and gone over a jump; the twin of explorer/descent/edges.py.
import { onNewtonsWay } from "./newton.js";
import { extentOf, rangeOf } from "./swings.js";

/** What is so near, in parts of the extent or of the place, is there, to rounding. */
const AT_EDGE = 1e-9;
/** Newton's step, where it is no longer than this part of the extent, names its end to this part of itself. */
const [KNOWN_AHEAD, CLOSE_AHEAD] = [0.1, 1e-3];
/** A jump is narrowed down so often, and its place is the number of so many digits there. */
const [NARROWED, PLACE_DIGITS] = [52, 12];
/** A jump is at least this part of the losses on its sides. */
const LEAST_JUMP = 1e-9;
/** So many steps that climbed are looked at for a jump. */
const MOST_LEAPS = 16;
/** Slopes at a kink, and along it, in parts of the steepest of the path. */
const [STEEP, LEVEL_ALONG] = [1e-3, 1e-6];

const aside = (point, axis, way) => point.map((part, i) => part + way * axis[i]);

/** The unit vectors along the axes. */
const unitVectors = (point) => Array.from(point, (_, axis) => Array.from(point, (__, i) => Number(i === axis)));

/** Whether the slope jumps from down to up right there, along an axis at least, and is flat along the others; neither rounding alone nor a jump makes one. */
export function isBottomOfKink({ landscape, path, steepest }, point) {
  let kinked = false;
  for (const [axis, unit] of unitVectors(point).entries()) {
    // Each axis by itself: one may have another unit.
    const reach = AT_EDGE * Math.max(rangeOf(path, axis), Math.abs(point[axis]));
    const places = [-reach, reach].map((way) => aside(point, unit, way));
    const [left, right] = places.map((place) => landscape.slopesAt(place)[axis]);
    if (left < -STEEP * steepest && right > STEEP * steepest) {
      kinked = true;
      if (!places.every((place, i) => landscape.slopesBlur(place)[axis] < [-left, right][i])) return false;
      const [low, high] = places.map((place) => landscape.lossAt(place));
      if (Math.abs(high - low) > 2 * reach * Math.max(-left, right) + LEAST_JUMP * (Math.abs(low) + Math.abs(high))) return false;
    }
    else if (!(Math.max(Math.abs(left), Math.abs(right)) <= LEVEL_ALONG * steepest)) return false;
  }
  return kinked;
}

/** Where the loss jumps at the end of a path, along an axis, or at the flat place that it comes to; null where it does not. */
export function jumpBeside(measures) {
  const { landscape, extent, remaining, here, gradient } = measures;
  if (!landscape.seams) return null;
  const point = Array.from(measures.point);
  const scale = Math.max(extent, ...point.map(Math.abs));
  const centres = [[point, AT_EDGE * scale]];
  if (remaining > 0 && remaining <= CLOSE_AHEAD * extent) {
    centres.push([onNewtonsWay(landscape, point, gradient, here).at(1), Math.max(AT_EDGE * scale, KNOWN_AHEAD * remaining)]);
  }
  for (const [centre, reach] of centres) {
    for (const unit of unitVectors(point)) {
      const found = jumpBetween(landscape, aside(centre, unit, -reach), aside(centre, unit, reach), extent);
      if (found !== null && !isAttained(measures, found)) return found.place;
    }
  }
  return null;
}

/** The first step over a jump that came out higher, though downhill by the slopes at both its ends, and the jump; in one variable. */
export function leapOf(landscape, path) {
  if (path.dimension !== 1 || !landscape.seams) return null;
  const [[xs], [slopes], { losses }] = [path.points, path.gradients, path];
  let looked = 0;
  for (let row = 0; row < path.count && looked < MOST_LEAPS; row += 1) {
    const step = xs[row + 1] - xs[row];
    if (!(slopes[row] * step < 0 && slopes[row + 1] * step < 0 && losses[row + 1] > losses[row])) continue;
    looked += 1;
    const found = jumpBetween(landscape, [xs[row]], [xs[row + 1]], extentOf(path));
    if (found !== null) return { step: row + 1, x: found.place[0] };
  }
  return null;
}

/** Whether the loss at a jump is that of its lower side, on which the path is. */
function isAttained({ landscape, path }, { place, sides: [left, right] }) {
  const [own, half] = [path.losses[path.count], Math.abs(right - left) / 2];
  return Math.abs(landscape.lossAt(place) - own) <= half && own <= Math.min(left, right) + half;
}

/** The place of a jump, and the losses on its sides. */
function jumpBetween(landscape, from, to, extent) {
  let [low, high, left, right] = [from, to, landscape.lossAt(from), landscape.lossAt(to)];
  const gap = Math.abs(right - left);
  if (!(gap > LEAST_JUMP * (Math.abs(left) + Math.abs(right)) && gap < Infinity)) return null;
  for (let turn = 0; turn < NARROWED; turn += 1) {
    const middle = low.map((part, i) => (part + high[i]) / 2);
    const here = landscape.lossAt(middle);
    if (Math.abs(here - left) > Math.abs(right - here)) [high, right] = [middle, here];
    else [low, left] = [middle, here];
  }
  if (!(Math.abs(right - left) > gap / 2)) return null;
  const place = low.map((part, i) => Number(((part + high[i]) / 2).toPrecision(PLACE_DIGITS)))
    .map((part) => (Math.abs(part) < 10 ** -PLACE_DIGITS * extent ? 0 : part));
  return { place, sides: [left, right] };
}
