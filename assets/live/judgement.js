// How a path ended, by the same tests as explorer/descent/judgement.py, so that the verdict is live while a learner drags.
import { enclosesKink, extent, NEAR, rowOnKink, steepest } from "./kinks.js";
import { axesOf, bendsAlong, ROUNDING } from "./landscape.js";
import { ENDED } from "./walk.js";

const GAIN = 4;
const FLAT = 1e-7;
const LONGEST_PERIOD = 8;
const HOPS = 24;
const FARTHEST = 2 ** 20;
const NOTHING = 1e-9;
const STEEPEST = 1e3;

export const OUTCOMES = ["converged", "stopped", "cycling", "diverged", "left_domain"];
export const BEHAVIOURS = [
  "minimum", "valley", "saddle", "maximum", "cycle", "bouncing", "overshooting", "crawling", "plateau", "falling",
  "unfinished", "noisy", "no_gradient", "no_lower_point", "growing", "unbounded", "outside", "sliding", "kink", "fading", "astray",
];

function median(numbers) {
  const sorted = Array.from(numbers).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** ‖|H|⁻¹∇L‖: how far the nearest flat point of the local quadratic is; infinite along flat directions. */
function newtonDistance(gradient, here) {
  if (!gradient.every(Number.isFinite) || !here.values.every(Number.isFinite)) return Infinity;
  const { c, s, values } = here;
  const along = gradient.length === 1 ? [Math.abs(gradient[0])]
    : [Math.abs(c * gradient[1] - s * gradient[0]), Math.abs(c * gradient[0] + s * gradient[1])];
  if (along.every((part) => part === 0)) return 0;
  const sizes = values.map(Math.abs);
  const largest = Math.max(...sizes);
  const flat = sizes.map((size) => size <= FLAT * largest);
  const most = Math.max(...along);
  if (flat.every(Boolean) || along.some((part, i) => flat[i] && part > FLAT * most)) return Infinity;
  return Math.hypot(...along.map((part, i) => (flat[i] ? 0 : part / sizes[i])));
}

/** Whether the slope is lost in rounding all around: eˣ far to the left is flat in floats, yet no floor. */
function isLevel(landscape, path) {
  const lost = Math.max(ROUNDING * Math.abs(path.losses[path.count]), 1e-12 * steepest(path) * extent(path));
  const [reach, slopes] = slopesAround(landscape, path);
  return slopes.every((slope) => slope * reach <= lost);
}

/** Whether the slope is exactly 0 at the end and around, and the loss is the lowest that was met. */
function restsOnZeros(landscape, path) {
  const lowest = path.losses.subarray(0, path.count + 1).every((loss) => path.losses[path.count] <= loss);
  return path.slope(path.count) === 0 && lowest && slopesAround(landscape, path)[1].every((slope) => slope === 0);
}

/** How steep it is a little to either side of the end, along each axis, and how far that is. */
function slopesAround(landscape, path) {
  const point = Array.from(path.point(path.count));
  const reach = 0.05 * (extent(path) || Math.max(1, ...point.map(Math.abs)));
  const slopes = new Float64Array(point.length);
  return [reach, point.flatMap((_, axis) => [-reach, reach].map((side) => {
    landscape.look(point.map((part, i) => part + (i === axis ? side : 0)), slopes);
    return Math.hypot(...slopes);
  }))];
}

function stationary(landscape, path, here) {
  const { values } = here;
  if (!values.every(Number.isFinite)) return "valley";
  const flat = FLAT * Math.max(...values.map(Math.abs));
  const bowl = values.every((value) => value > flat);
  if (values.every((value) => value >= -flat) && !bowl) return "valley";
  if (fades(landscape, path, here)) return bowl && isLowestAround(landscape, path, here) ? "minimum" : "valley";
  if (bowl) return "minimum";
  return values.every((value) => value < -flat) ? "maximum" : "saddle";
}

/** Whether a curvature changes by more than a quarter on Newton's way, as beside the flat spot of x³. */
function fades(landscape, path, here) {
  const { values } = here;
  const point = path.point(path.count);
  const gradient = path.gradient(path.count);
  const axes = axesOf(here);
  const lengths = axes.map((axis, i) => (
    axis.reduce((sum, part, k) => sum + part * gradient[k], 0) / (values[i] === 0 ? Infinity : values[i])
  ));
  const ahead = landscape.hessian(point.map((p, k) => axes.reduce((at, axis, i) => at - lengths[i] * axis[k], p)));
  return !bendsAlong(axes, ahead).every((bend, i) => Math.abs(bend - values[i]) <= Math.abs(values[i]) / 4);
}

function isLowestAround(landscape, path, here) {
  const reach = NEAR * extent(path);
  const point = path.point(path.count);
  const sides = axesOf(here).flatMap((axis) => [-reach, reach].map((side) => point.map((p, k) => p + side * axis[k])));
  return sides.every((place) => landscape.lossAt(place) >= path.losses[path.count]);
}

function hasConverged(path, remaining, noisy, lengths) {
  const far = extent(path);
  const tolerance = NEAR * far;
  if (remaining > 1e-9 * far && GAIN * remaining > extent(path, (path.count + 1) >> 1)) return false;
  if (!(remaining <= tolerance) || path.slope(path.count) > 0.5 * steepest(path)) return false;
  if (path.next === null) return path.ending === ENDED.NO_LOWER_POINT;
  const last = noisy ? Math.max(0, ...lengths.slice(-8)) : 0;
  return Math.max(Math.hypot(...path.next), last) <= tolerance;
}

/** Where the slope jumps from down to up between the last two iterates, by bisection. */
export function kinkBetween(landscape, path) {
  const [xs] = path.points;
  const slopes = new Float64Array(1);
  let [low, high] = [xs[path.count - 1], xs[path.count]].sort((a, b) => a - b);
  for (let turn = 0; turn < 100; turn += 1) {
    const middle = (low + high) / 2;
    landscape.look([middle], slopes);
    if (!(slopes[0] < 0 || slopes[0] > 0) || middle === low || middle === high) return middle;
    if (slopes[0] < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Whether most consecutive steps point against each other, until they drown in rounding. */
function backAndForth(path, lengths) {
  const most = Math.max(0, ...lengths) || 1;
  let [visible, turns, before] = [0, 0, -1];
  for (let row = 0; row < path.count; row += 1) {
    if (!(lengths[row] > 1e-9 * most)) continue;
    visible += 1;
    if (before >= 0) {
      let product = 0;
      for (const column of path.points) product += (column[row + 1] - column[row]) * (column[before + 1] - column[before]);
      if (product < 0) turns += 1;
    }
    before = row;
  }
  return visible >= 3 && turns / (visible - 1) > 0.5;
}

function misfit(path, period, count) {
  let most = 0;
  for (let i = 0; i < period; i += 1) {
    const row = count - i;
    const away = path.apart(row, row - period);
    // Like the maximum of an array, which a missing number makes missing.
    if (Number.isNaN(away)) return NaN;
    most = Math.max(most, away);
  }
  return most;
}

function periodOf(path) {
  const length = path.count + 1;
  for (let period = 2; period <= LONGEST_PERIOD; period += 1) {
    if (length < 2 * period) return 0;
    const swing = extent(path, path.count - period + 1);
    const now = misfit(path, period, path.count);
    if (swing === 0) return 0;
    if (now <= 1e-9 * swing) return period;
    const earlier = length - Math.max(2 * period, Math.floor(length / 4));
    if (now <= NEAR * swing && earlier >= 2 * period) {
      const before = misfit(path, period, earlier - 1) / extent(path, earlier - period, earlier - 1);
      if (before > (2 * now) / swing) return period;
    }
  }
  return 0;
}

function isGrowing(path, steps) {
  const { losses, count } = path;
  if (path.next === null || count < 2 || !(losses[count] > losses[0])) return false;
  const lengths = [...steps, Math.hypot(...path.next)];
  const recent = Math.min(6, count);
  const tail = lengths.slice(-recent - 1);
  let steady = true;
  for (let i = 1; i <= recent; i += 1) {
    const row = count - recent + i;
    steady = steady && losses[row] - losses[row - 1] > 1e-10 * Math.abs(losses[row]) && tail[i] > tail[i - 1] * (1 + 1e-10);
  }
  if (steady) {
    const older = lengths.slice(Math.max(0, lengths.length - 2 * recent - 1), lengths.length - recent);
    const growth = Math.log(tail[tail.length - 1] / tail[0]) / recent;
    return older.length < 2 || !(growth < (0.5 * Math.log(older[older.length - 1] / older[0])) / (older.length - 1));
  }
  if (count < 11) return false;
  const lowest = Math.min(...losses.subarray(0, count + 1));
  const part = Math.floor((count + 1) / 3);
  const extra = (count + 1) % 3;
  const ends = [0, part + (extra > 0), 2 * part + (extra > 0) + (extra > 1), count + 1];
  const [first, middle, last] = [0, 1, 2].map((i) => Math.max(...losses.subarray(ends[i], ends[i + 1])) - lowest);
  return last > 2 * middle && 2 * middle > 4 * first && first > 0;
}

function fallsForEver(path, lengths) {
  const { losses, count } = path;
  if (lengths.length < 3 || !(losses[count] < losses[0])) return false;
  const far = Math.max(...path.points.map((column) => Math.abs(column[count] - column[0])));
  const origin = Math.max(1, ...path.points.map((column) => Math.abs(column[0])));
  return lengths[count - 1] >= Math.max(...lengths.slice(-3)) && far > 1e3 * origin;
}

/** Whether the last steps get shorter from stretch to stretch: five in a row are no chance. */
function shrinks(lengths) {
  const part = Math.min(8, Math.floor(lengths.length / 5));
  const stretches = [5, 4, 3, 2, 1].map((k) => lengths.slice(lengths.length - k * part).slice(0, part));
  const longest = stretches.map((stretch) => Math.max(...stretch));
  const middling = stretches.map(median);
  const falling = (sizes) => sizes.every((size, i) => i === 0 || size < sizes[i - 1]);
  return falling(longest) && falling(middling) && longest[4] < 0.99 * longest[0];
}

/**
 * After how many steps like the next one the loss turns up, or with `flat` its gradient vanishes; 0 if it leads up,
 * infinite if that is not seen: explorer/descent/ahead.py.
 */
function turnAhead(landscape, path, flat) {
  const point = path.point(path.count);
  const gradient = new Float64Array(path.dimension);
  const slope = (steps) => {
    landscape.look(point.map((p, i) => p + steps * path.next[i]), gradient);
    return gradient.reduce((sum, part, i) => sum + part * path.next[i], 0);
  };
  const here = slope(0);
  if (!(here < 0)) return 0;
  const lowest = flat ? NOTHING * Math.hypot(...gradient) : -Infinity;
  const turned = (steps) => slope(steps) > -NOTHING * here || Math.hypot(...gradient) <= lowest;
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
  return slope(high) <= -STEEPEST * here ? high : Infinity;
}

/** Whether the last steps often turn back and often climb, and neither they nor their stretch get smaller. */
function hops(path, lengths) {
  const { count, losses, points } = path;
  if (count < HOPS) return false;
  const first = count - HOPS + 1;
  let [turns, climbs] = [0, 0];
  for (let row = first; row < count; row += 1) {
    const turn = points.reduce((sum, column) => sum + (column[row + 1] - column[row]) * (column[row] - column[row - 1]), 0);
    if (turn < 0) turns += 1;
    if (losses[row + 1] > losses[row]) climbs += 1;
  }
  const half = first + HOPS / 2;
  const total = (from, to) => lengths.slice(from, to).reduce((sum, length) => sum + length, 0);
  // By chance the stretch or the steps get smaller for a while, hardly both.
  const steady = extent(path, half) > 0.75 * extent(path, first, half - 1)
    || total(count - HOPS / 2, count) > 0.75 * total(count - HOPS, count - HOPS / 2);
  return Math.min(turns, climbs) / (HOPS - 1) > 0.2 && steady;
}

/** Whether the slope turns up within twenty times Newton's estimate: never in the tail of a sigmoid. */
function bottomAhead(landscape, path, here, remaining) {
  const gradient = path.gradient(path.count);
  const norm = path.slope(path.count);
  if (!(here.values[0] > 0 && remaining < Infinity && norm > 0)) return false;
  const slopes = new Float64Array(path.dimension);
  landscape.look(path.point(path.count).map((p, i) => p - (20 * remaining * gradient[i]) / norm), slopes);
  return slopes.reduce((sum, slope, i) => sum + slope * gradient[i], 0) < 0;
}

function stillMoving(landscape, path, here, remaining, zigzag, lengths) {
  if (lengths.length === 0 || path.next === null) return "unfinished";
  if (zigzag && lengths.length >= 6) return shrinks(lengths) ? "overshooting" : "bouncing";
  if (hops(path, lengths)) return "bouncing";
  const size = Math.max(Math.hypot(...path.next), median(lengths.slice(-10)));
  const slope = path.slope(path.count);
  const scale = Math.max(1, ...path.point(path.count).map(Math.abs));
  const { values } = here;
  const largest = values[values.length - 1];
  if (slope < 1e-2 && Math.max(...values.map(Math.abs)) < 1e-2 && size < 1e-2 * scale) {
    if (!bottomAhead(landscape, path, here, remaining)) return "plateau";
    return fades(landscape, path, here) ? "fading" : "crawling";
  }
  if (path.losses[path.count] - path.losses[0] > 1e-10 * Math.abs(path.losses[path.count])) return "astray";
  const moved = extent(path) > 0.05 * scale;
  const falling = path.losses[path.count] < path.losses[0] && lengths[lengths.length - 1] >= Math.max(...lengths) * 0.999;
  if (falling && moved && !(values[0] > FLAT * Math.abs(largest)) && lengths.length >= 3) {
    const constant = Math.max(...values.map(Math.abs)) * extent(path) <= 1e-6 * slope;
    const turn = turnAhead(landscape, path, constant);
    if (turn === Infinity) return "falling";
    return constant && turn > 0 ? "sliding" : "unfinished";
  }
  return (size * 50 < remaining && remaining < Infinity) || size < 1e-4 * scale ? "crawling" : "unfinished";
}

/**
 * @param {import("./landscape.js").Landscape} landscape @param {import("./walk.js").Path} path
 * @returns {{outcome: string, behaviour: string, period: number, settled: number, zigzag: boolean, kink: boolean, kinkRow: number, ahead: number, level: boolean, here: object, remaining: number}}
 */
export function judgePath(landscape, path, noise) {
  const last = path.point(path.count);
  const here = landscape.curvatures(last);
  const lengths = Array.from({ length: path.count }, (_, row) => path.apart(row + 1, row));
  const remaining = newtonDistance(path.gradient(path.count), here);
  const zigzag = backAndForth(path, lengths);
  let kinkRow = -1;
  const verdict = (outcome, behaviour, period = 0, kink = false) => ({
    outcome, behaviour, period, zigzag, here, remaining, kink, settled: outcome === "converged" ? settledAt(path) : 0,
    kinkRow, ahead: behaviour === "sliding" ? turnAhead(landscape, path, true) : NaN,
    level: behaviour === "plateau" && restsOnZeros(landscape, path),
  });
  const noisy = noise > 0;
  switch (path.ending) {
    case ENDED.OVERFLOW:
      return verdict("diverged", path.count > 0 && path.losses[path.count] < path.losses[0] ? "unbounded" : "growing");
    case ENDED.OUTSIDE: return verdict("left_domain", "outside");
    case ENDED.NO_GRADIENT: return verdict("stopped", "no_gradient");
    default:
  }
  if (path.ending === ENDED.RESTING || hasConverged(path, remaining, noisy, lengths)) {
    return isLevel(landscape, path) ? verdict("stopped", "plateau") : verdict("converged", stationary(landscape, path, here));
  }
  if (path.ending === ENDED.NO_LOWER_POINT && !enclosesKink(path)) return verdict("stopped", "no_lower_point");
  const period = noisy ? 0 : periodOf(path);
  if (!noisy) kinkRow = rowOnKink(landscape, path, Math.max(period, 1));
  if (period > 0) return verdict("cycling", "cycle", period);
  if (enclosesKink(path)) return verdict("converged", "minimum", 0, true);
  if (kinkRow >= 0 && path.next !== null) return verdict("stopped", "kink");
  if (isGrowing(path, lengths)) return verdict("diverged", "growing");
  if (fallsForEver(path, lengths)) return verdict("diverged", "unbounded");
  if (noisy) return verdict("stopped", "noisy");
  return verdict("stopped", stillMoving(landscape, path, here, remaining, zigzag, lengths));
}

/** The row from which on the iterates stay at the last point. */
function settledAt(path) {
  const near = 2 * NEAR * extent(path);
  for (let row = path.count; row >= 0; row -= 1) if (path.apart(row, path.count) > near) return row + 1;
  return 0;
}
