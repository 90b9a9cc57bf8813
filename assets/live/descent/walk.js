// One descent, step by step: the twin of explorer/descent/walk.py. The path is written into arrays that are used again.
import { scalarProduct } from "./bends.js";
import { backtrack, newtonDirection } from "./newton.js";
import { normalNoise } from "./noise.js";

/** Why the loop over the steps came to its end, as in Python's `Ending`. */
export const ENDED = { RAN: 0, RESTING: 1, OVERFLOW: 2, OUTSIDE: 3, NO_GRADIENT: 4, NO_LOWER_POINT: 5 };

/** The iterates of a descent; row 0 is the start. `count` steps were taken, `next` is the step that would follow. */
export class Path {
  constructor(dimension, most) {
    this.dimension = dimension;
    this.room = most + 1;
    const column = () => new Float64Array(this.room);
    this.points = Array.from({ length: dimension }, column);
    this.gradients = Array.from({ length: dimension }, column);
    this.losses = column();
    this.rates = column();
    this.spent = column();
    this.count = 0;
    this.next = null;
    this.ending = ENDED.RAN;
  }

  point(row) {
    return this.points.map((column) => column[row]);
  }

  gradient(row) {
    return this.gradients.map((column) => column[row]);
  }

  /** Distance between two iterates; in one or two variables, without an array in between. */
  apart(row, other) {
    const [xs, ys] = this.points;
    return this.dimension === 1 ? Math.abs(xs[row] - xs[other]) : Math.hypot(xs[row] - xs[other], ys[row] - ys[other]);
  }

  /** The norm of the gradient. */
  slope(row) {
    const [dx, dy] = this.gradients;
    return this.dimension === 1 ? Math.abs(dx[row]) : Math.hypot(dx[row], dy[row]);
  }

  write(row, point, loss, gradient) {
    for (let i = 0; i < this.dimension; i += 1) {
      this.points[i][row] = point[i];
      this.gradients[i][row] = gradient[i];
    }
    this.losses[row] = loss;
    this.count = row;
  }
}

/**
 * Walks at most `most` steps into `path`.
 * @param {import("./landscape.js").Landscape} landscape @param {import("./rules.js").Rule} rule
 * @param {Object<string, number>} settings @param {number[]} start @param {number} rate
 */
export function walk(landscape, rule, settings, start, rate, most, path, budget = Infinity) {
  const { decay = 0, noise = 0, seed = 0 } = settings;
  const searches = rule.secondOrder || Boolean(settings.backtracking);
  const { dimension } = landscape;
  const memories = start.map(() => rule.initial.slice());
  if (!rule.secondOrder) rule.prepare(settings);
  let point = Float64Array.from(start);
  let after = new Float64Array(dimension);
  const gradient = new Float64Array(dimension);
  const noisy = new Float64Array(dimension);
  const step = new Float64Array(dimension);
  let loss = landscape.look(point, gradient);
  path.write(0, point, loss, gradient);
  path.next = null;
  path.spent[0] = 1;
  if (!Number.isFinite(loss)) {
    const large = Math.abs(loss) === Infinity || landscape.overflows(point);
    path.ending = large ? ENDED.OVERFLOW : ENDED.OUTSIDE;
    return;
  }
  for (let taken = 0; ; taken += 1) {
    if (gradient.some(Number.isNaN)) return end(path, ENDED.NO_GRADIENT, null);
    let used = rate / (1 + decay * taken);
    let cost = 0;
    noisy.set(gradient);
    if (noise) for (let i = 0; i < dimension; i += 1) noisy[i] += noise * normalNoise(seed, taken * dimension + i);
    if (searches) {
      let direction = Array.from(noisy, (g) => -g);
      if (rule.secondOrder) {
        const hessian = landscape.hessian(point);
        cost = dimension;
        if (!hessian.every(Number.isFinite)) return end(path, ENDED.NO_GRADIENT, null);
        direction = newtonDirection(noisy, hessian);
      }
      const slope = scalarProduct(direction, noisy);
      if (slope !== 0) {
        const [size, trials] = backtrack(landscape, point, loss, direction, slope, used);
        used = size;
        cost += trials;
      }
      for (let i = 0; i < dimension; i += 1) step[i] = used * direction[i];
      if (step.every((part) => part === 0)) {
        const rests = gradient.every((g) => g === 0);
        return end(path, rests ? ENDED.RESTING : ENDED.NO_LOWER_POINT, rests ? step : null);
      }
    } else {
      for (let i = 0; i < dimension; i += 1) step[i] = rule.step(memories[i], noisy[i], used);
      // Divided by what has grown too large to be remembered, every further step is 0, far from any rest.
      if (memories.some((memory) => memory.some((part) => Math.abs(part) === Infinity))) return end(path, ENDED.OVERFLOW, null);
    }
    if (taken === most || path.spent[taken] + cost + 1 > budget) return end(path, ENDED.RAN, step);
    for (let i = 0; i < dimension; i += 1) after[i] = point[i] + step[i];
    loss = landscape.look(after, gradient);
    const inside = after.every(Number.isFinite);
    if (!(inside && Number.isFinite(loss))) {
      if (Math.abs(loss) === Infinity || !inside || landscape.overflows(after)) return end(path, ENDED.OVERFLOW, null);
    }
    path.rates[taken] = used;
    path.write(taken + 1, after, loss, gradient);
    path.spent[taken + 1] = path.spent[taken] + cost + 1;
    if (!Number.isFinite(loss)) return end(path, ENDED.OUTSIDE, null);
    [point, after] = [after, point];
  }
}

function end(path, ending, step) {
  path.ending = ending;
  path.next = step === null ? null : Array.from(step);
}
