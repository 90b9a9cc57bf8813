// What is measured of a finished path, each number when it is asked for: the twin of explorer/descent/measures.py, name by
// name. The verdicts are conditions on them, which come with the scene.
import { roundingAhead } from "./blurred.js";
import { isBottomOfKink, jumpBeside } from "./edges.js";
import { axesOf, FLAT, scalarProduct } from "./bends.js";
import { ROUNDING } from "./landscape.js";
import { onNewtonsWay } from "./newton.js";
import { farthestBetween, keptPeriod, strayed } from "./onward.js";
import { extentOf, median, narrows, shrinks } from "./swings.js";
import { leapsAt, turnAlong } from "./turning.js";
import { ENDED } from "./walk.js";

/** What is near beside 1 and the place, however far a path has been away. */
const CLOSE_BY = 1e-2;
const NEAR = 1e-3;
/** What is so near has arrived, in parts of the extent. */
const THERE = 1e-5;
const STILL = 1e-6;
const STRAIGHT = 1e-6;
/** Of Newton's way: at the farthest of these places at which a curvature is known it is looked at. */
const WAY_SHARES = [1, 0.75, 0.5];
const TIMES_AS_LONG = 9;
const FEWEST_ONWARD = 400;
const MOST_ONWARD = 2000;
const HOPS = 24;

/** part/whole; of nothing, nothing is no part, and anything is infinitely much. */
function ratio(part, whole) {
  if (whole === 0) return part === 0 || Number.isNaN(part) ? part : Math.sign(part) * Infinity;
  return part / whole;
}

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/** A getter that computes once. */
function once(target, name, compute) {
  Object.defineProperty(target, name, {
    configurable: true,
    get() {
      const value = compute();
      Object.defineProperty(target, name, { value });
      return value;
    },
  });
}

export class Measures {
  /** @param {import("./landscape.js").Landscape} landscape @param {import("./walk.js").Path} path @param {((most: number) => object)|null} onward the same walk, longer @param {boolean} watched it tells what the end does not */
  constructor(landscape, path, noise, onward = null, watched = true) {
    Object.assign(this, { landscape, path, noise, onward });
    once(this, "lengths", () => Array.from({ length: path.count }, (_, row) => path.apart(row + 1, row)));
    once(this, "extent", () => extentOf(path));
    once(this, "here", () => landscape.curvatures(this.point));
    once(this, "steepest", () => {
      let most = 0;
      for (let row = 0; row <= path.count; row += 1) most = Math.max(most, path.slope(row));
      return most;
    });
    once(this, "remaining", () => this.findRemaining());
    once(this, "around", () => this.lookAround());
    once(this, "fading", () => this.findFading());
    once(this, "period", () => (noise > 0 ? 0 : keptPeriod(this)));
    once(this, "edge", () => jumpBeside(this));
    once(this, "kink_row", () => this.findKinkRow());
    once(this, "later", () => (watched ? this.walkOn() : null));
    once(this, "strays", () => {
      // From a top or a saddle a slope, however small, leads down.
      const leaves = this.here.values[0] < 0 && this.gradient.some((part) => part !== 0);
      const later = this.later === null && leaves ? this.walkOn() : this.later;
      return later === null ? 0 : strayed(later, this);
    });
    once(this, "turn", () => turnAlong(landscape, path, this.point, this.curving <= STRAIGHT));
  }

  get point() { return this.path.point(this.path.count); }

  get gradient() { return this.path.gradient(this.path.count); }

  get ending() { return this.path.ending; }

  get steps() { return this.path.count; }

  get fell() { return this.path.losses[this.path.count] < this.path.losses[0]; }

  get rise() {
    const last = this.path.losses[this.path.count];
    return ratio(last - this.path.losses[0], Math.abs(last));
  }

  get rests() { return this.path.ending === ENDED.RESTING; }

  get left() { return this.rests ? 0 : ratio(this.remaining, this.extent); }

  get half_left() {
    const half = extentOf(this.path, (this.path.count + 1) >> 1);
    return this.rests ? 0 : ratio(this.remaining, Math.max(half, 4 * THERE * this.extent));
  }

  get slope_left() { return this.rests ? 0 : ratio(this.slope, this.steepest); }

  get step_left() { return ratio(this.last_step, this.extent); }

  get aside() {
    const away = this.rests ? 0 : Math.max(this.remaining, this.last_step);
    return away / (1 + Math.max(...this.point.map(Math.abs)));
  }

  get last_step() {
    if (this.rests || this.path.ending === ENDED.NO_LOWER_POINT) return 0;
    if (this.path.next === null) return Infinity;
    const last = this.noise > 0 ? Math.max(0, ...this.latest(8)) : 0;
    return Math.max(this.next_length, last);
  }

  get next_length() { return this.path.next === null ? NaN : Math.hypot(...this.path.next); }

  get relief() {
    const lost = Math.max(ROUNDING * Math.abs(this.path.losses[this.path.count]), 1e-12 * this.steepest * this.extent);
    const [reach, slopes] = this.around;
    return ratio(Math.max(...slopes) * reach, lost);
  }

  get level() {
    const { path } = this;
    const lowest = path.losses.subarray(0, path.count + 1).every((loss) => path.losses[path.count] <= loss);
    return this.slope === 0 && lowest && this.around[1].every((slope) => slope === 0);
  }

  get bend() { return Math.max(...this.here.values.map(Math.abs)); }

  get least_bend() { return Number.isFinite(this.bend) ? ratio(this.here.values[0], this.here.flat * this.bend) : NaN; }

  get most_bend() { return Number.isFinite(this.bend) ? ratio(this.here.values.at(-1), this.here.flat * this.bend) : NaN; }

  get sharpness() { return ratio(this.bend * this.extent, this.steepest); }

  get hollow() {
    const found = ratio(this.here.values[0], Math.abs(this.here.values.at(-1)));
    return Number.isNaN(found) ? -Infinity : found;
  }

  get lowest() {
    const reach = NEAR * this.extent;
    const sides = axesOf(this.here).flatMap((axis) => [-reach, reach].map((side) => this.point.map((p, k) => p + side * axis[k])));
    return sides.every((place) => this.landscape.lossAt(place) > this.path.losses[this.path.count]);
  }

  get astride() {
    const { path } = this;
    if (path.dimension !== 1 || path.count < 2) return false;
    const [xs] = path.points;
    const [slopes] = path.gradients;
    const last = path.count;
    const room = Math.min(NEAR * this.extent, CLOSE_BY * (1 + Math.abs(xs[last])));
    if (!(Math.abs(xs[last] - xs[last - 1]) <= room)) return false;
    const right = xs[last] > xs[last - 1] ? last : last - 1;
    const sure = (row) => Math.abs(slopes[row]) > this.landscape.slopesBlur([xs[row]])[0];
    return slopes[right] > 0 && slopes[2 * last - 1 - right] < 0 && sure(last) && sure(last - 1);
  }

  get growing() {
    const { losses, count } = this.path;
    if (this.path.next === null || count < 2 || !(losses[count] > losses[0])) return false;
    const lengths = [...this.lengths, this.next_length];
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

  get runaway() {
    const { path, lengths } = this;
    if (lengths.length < 3 || !this.fell) return false;
    const far = Math.max(...path.points.map((column) => Math.abs(column[path.count] - column[0])));
    const origin = Math.max(1, ...path.points.map((column) => Math.abs(column[0])));
    return lengths.at(-1) >= Math.max(...lengths.slice(-3)) && far > 1e3 * origin;
  }

  get turning() {
    const { path, lengths } = this;
    const most = Math.max(0, ...lengths) || 1;
    let [visible, turns, before] = [0, 0, -1];
    for (let row = 0; row < path.count; row += 1) {
      if (!(lengths[row] > 1e-9 * most)) continue;
      visible += 1;
      if (before >= 0 && this.along(row, before) < 0) turns += 1;
      before = row;
    }
    return visible < 3 ? 0 : turns / (visible - 1);
  }

  /** The product of two steps: negative where they point against each other. */
  along(row, other) {
    let product = 0;
    for (const column of this.path.points) product += (column[row + 1] - column[row]) * (column[other + 1] - column[other]);
    return product;
  }

  get shrinking() { return shrinks(this.lengths) || this.narrowing; }

  get narrowing() { return narrows(this.lengths); }

  get plunging() {
    const { losses, count } = this.path;
    return this.slope_left === 1 && this.last_share < 0.01 && losses[count] < -1e6 * (1 + Math.abs(losses[0]));
  }

  get returns() {
    const { later, path, steps } = this;
    if (later === null || later.ending !== ENDED.RAN) return false;
    const last = later.count + 1 - Math.max(steps, 1);
    return farthestBetween(later, last, 0) < farthestBetween(path, 0, 0);
  }

  get lost() { return this.later !== null && this.later.ending === ENDED.OVERFLOW; }

  get hopping() {
    const { path, lengths } = this;
    const { count, losses } = path;
    if (count < HOPS) return false;
    const first = count - HOPS + 1;
    let [turns, climbs] = [0, 0];
    for (let row = first; row < count; row += 1) {
      if (this.along(row, row - 1) < 0) turns += 1;
      if (losses[row + 1] > losses[row]) climbs += 1;
    }
    const half = first + HOPS / 2;
    // By chance the stretch or the steps get smaller for a while, hardly both.
    const steady = extentOf(path, half) > 0.75 * extentOf(path, first, half - 1)
      || total(lengths.slice(count - HOPS / 2, count)) > 0.75 * total(lengths.slice(count - HOPS, count - HOPS / 2));
    return Math.min(turns, climbs) / (HOPS - 1) > 0.2 && steady;
  }

  get blur() { return roundingAhead(this); }

  get jump() { return this.edge !== null; }

  get slope() { return this.path.slope(this.path.count); }

  get scale() { return Math.max(1, ...this.point.map(Math.abs)); }

  get stride() { return Math.max(this.next_length, median(this.latest(10))); }

  /** The lengths of the last so many steps: most verdicts ask for no others. */
  latest(most) {
    const { path } = this;
    return Array.from({ length: Math.min(most, path.count) }, (_, k) => path.apart(path.count - k, path.count - k - 1));
  }

  get pace() { return this.stride / this.scale; }

  get moved() { return this.extent / this.scale; }

  get strides_left() { return this.remaining < Infinity ? ratio(this.remaining, this.stride) : 0; }

  get last_share() { return ratio(this.lengths.at(-1), Math.max(...this.lengths)); }

  get bottom_ahead() {
    const { gradient, remaining, slope } = this;
    if (!(this.here.values[0] > 0 && remaining < Infinity && slope > 0)) return false;
    return scalarProduct(this.landscape.slopesAt(this.point.map((p, i) => p - (20 * remaining * gradient[i]) / slope)), gradient) < 0;
  }

  get curving() { return ratio(this.bend * this.extent, this.slope); }

  get leap() { return leapsAt(this.landscape, this.path, this.point, this.turn); }

  get settled() {
    const near = 2 * NEAR * this.extent;
    for (let row = this.path.count; row >= 0; row -= 1) if (this.path.apart(row, this.path.count) > near) return row + 1;
    return 0;
  }

  walkOn() {
    const { steps } = this;
    if (this.onward === null || this.path.next === null) return null;
    return this.onward(steps + Math.min(Math.max(TIMES_AS_LONG * steps, FEWEST_ONWARD), MOST_ONWARD));
  }

  findRemaining() {
    const { gradient, here } = this;
    const bottom = this.landscape.knownMinimum();
    if (bottom !== null) return Math.hypot(...this.point.map((part, i) => part - bottom.point[i]));
    if (!gradient.every(Number.isFinite) || !here.values.every(Number.isFinite)) return Infinity;
    if (here.middle) return Math.hypot(...this.landscape.stepAt(this.point, here.middle));
    if (this.landscape.leansAt(this.point)) return Infinity;
    const along = axesOf(here).map((axis) => Math.abs(scalarProduct(axis, gradient)));
    if (along.every((part) => part === 0)) return 0;
    const sizes = here.values.map(Math.abs);
    const largest = Math.max(...sizes);
    const flat = sizes.map((size) => size <= here.flat * largest);
    const most = Math.max(...along);
    const still = this.next_length <= STILL * this.extent;
    const steepest = Math.max(most, still ? this.steepest : 0);
    if (flat.every(Boolean) || along.some((part, i) => flat[i] && part > FLAT * steepest)) return Infinity;
    return Math.hypot(...along.map((part, i) => (flat[i] ? 0 : part / sizes[i])));
  }

  lookAround() {
    const { point } = this;
    const reach = 0.05 * (this.extent || Math.max(1, ...point.map(Math.abs)));
    return [reach, point.flatMap((_, axis) => this.slopesBeside(point, axis, reach).map((slopes) => Math.hypot(...slopes)))];
  }

  /** The gradients to the left and to the right of a point along an axis. */
  slopesBeside(point, axis, reach) {
    return [-reach, reach].map((side) => this.landscape.slopesAt(point.map((part, i) => part + (i === axis ? side : 0))));
  }

  findFading() {
    const { gradient, point, here } = this;
    if (this.landscape.quadratic) return 0;
    const way = onNewtonsWay(this.landscape, point, gradient, here);
    const isKnown = (share) => way.bends(share).every(Number.isFinite) && this.landscape.bendBlur(way.at(share)) <= this.bend / 2;
    const bends = way.bends(WAY_SHARES.find(isKnown));
    return Math.max(...bends.map((bend, i) => ratio(Math.abs(bend - here.values[i]), Math.abs(here.values[i]))));
  }

  findKinkRow() {
    if (this.landscape.quadratic || this.here.middle) return -1;
    const last = this.noise > 0 ? 0 : Math.max(this.period, 1);
    const { count } = this.path;
    for (let row = count; row > count - last; row -= 1) if (isBottomOfKink(this, Array.from(this.path.point(row)))) return row;
    return -1;
  }
}
