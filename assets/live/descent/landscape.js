// A loss as a descent sees it: value, gradient and Hessian at one point, in one or two variables; Newton's safeguarded
// direction and the backtracking that goes with it. The twin of explorer/descent/landscape.py and newton.py.
import { Machine } from "../tape/machine.js";
import { Rounding } from "../tape/rounding.js";
import { RowMachine } from "../tape/summed.js";

const SHRINK = 0.5;
const SUFFICIENT = 1e-4;
const MOST_TRIALS = 80;
/** A curvature that is so small a part of the terms that make it up is none; and the least that is divided by. */
const [CANCELLED, LEAST_CURVATURE] = [1e-8, 1e-12];
/** Only a slope so small beside the other one is looked at for what rounding may have made of it. */
const FAR_SMALLER = 1e-9;
/** Up to this part of the largest one curvatures count as zero, where they are other ones a little farther on; or those of a quadratic. */
export const FLAT = 1e-7;
const ROUNDED = 1e-12;
/** A loss is known to this part of itself. */
export const ROUNDING = 4 * 2 ** -53;
/** A zero that a slope only touches is known to this part of the place: the square root of a double's rounding. */
const TOUCHED = 2 ** -26;
/** So far beside a minimum, in parts of the point, slopes are what its curvatures say, unless a seam runs through it. */
const BESIDE_MINIMUM = 1e-6;
/** Only losses that differ by less than this part of themselves, or of 1, are held against their rounding. */
const ALIKE_ENOUGH = 1e-6;
/** Losses that differ by less than this part of themselves are one. */
const SAME_LOSS = 1e-12;

/** The scalar product. */
export const scalarProduct = (one, other) => one.reduce((sum, part, i) => sum + part * other[i], 0);

export class Landscape {
  /**
   * @param {{value: object, gradient: object, hessian: object, seams?: boolean, quadratic?: boolean, minimum?: string[], given: (string|number)[],
   *   rows: string[]}} spec tapes in the same variables: first the coordinates, then what is given besides,
   *   then a row's numbers where there are rows: there the loss is their mean @param {Function} reader of quantities
   * @param {{letters: string[], arrays: Float64Array[], count: number, version: number}|null} columns the rows
   * @param {Function} errorReader how far what is given may be off
   */
  constructor(spec, reader = null, columns = null, errorReader = () => () => 0) {
    this.given = (spec.given || []).map((quantity) => reader(quantity));
    this.givenErrors = (spec.given || []).map((quantity) => errorReader(quantity));
    const letters = spec.rows || [];
    this.rows = letters.length > 0 ? columns : null;
    const ofRow = (tape) => tape.variables.map((_, i) => i - tape.variables.length + letters.length).map((place) => (place < 0 ? -1 : columns.letters.indexOf(letters[place])));
    const machine = (tape) => (this.rows ? new RowMachine(tape, columns, ofRow(tape)) : new Machine(tape));
    this.value = machine(spec.value);
    this.slopes = machine(spec.gradient);
    this.curvature = machine(spec.hessian);
    this.seams = Boolean(spec.seams);
    this.dimension = spec.value.variables.length - this.given.length - letters.length;
    [this.valueRegister] = this.value.outputs.values();
    const rounding = (tape, of) => new Rounding(tape, of, this.givenErrors.map((read, i) => [this.dimension + i, read]));
    this.rounding = this.rows ? null : rounding(spec.value, this.value);
    this.valueError = this.rounding && this.rounding.reader(this.valueRegister);
    this.registers = [...this.slopes.outputs.values()];
    const { determinant, ...second } = Object.fromEntries(this.curvature.outputs);
    this.second = Object.values(second);
    this.minimum = (spec.minimum || []).map((quantity) => reader(quantity));
    this.quadratic = Boolean(spec.quadratic);
    this.flat = this.quadratic ? ROUNDED : FLAT;
    this.determinant = () => NaN;
    if (determinant !== undefined) {
      this.flat = 0;
      const around = rounding(spec.hessian, this.curvature);
      const error = around.reader(determinant);
      this.determinant = () => {
        around.reset();
        const value = this.curvature.registers[determinant];
        return value > error() ? value : 0;
      };
    }
    this.slopesBlur = this.blurOf(spec.gradient, this.slopes, this.registers.slice(1));
    const bendsBlur = this.blurOf(spec.hessian, this.curvature, this.second);
    /** The most that a second derivative at a point may be off by rounding. */
    this.bendBlur = (point) => Math.max(...bendsBlur(point));
  }

  /** Takes over what is given besides the place, such as data under the finger. @returns {string} tells it from other data */
  refresh() {
    this.known = undefined;
    const values = this.given.map((read) => read());
    for (const machine of [this.value, this.slopes, this.curvature]) {
      if (this.rows) machine.refresh(values, this.dimension);
      else machine.registers.set(values, this.dimension);
    }
    return this.rows ? `${values.join(" ")} rows ${this.rows.version}` : values.join(" ");
  }

  /** How many rows one look at it takes; 0 where it is a tape alone. */
  get work() {
    return this.rows ? this.rows.count : 0;
  }

  /** The loss alone; NaN where it is undefined, infinite where it overflows. */
  lossAt(point) {
    this.value.run(point);
    return this.value.registers[this.valueRegister];
  }

  /** How far the loss there may be off by its rounding. */
  lossErrorAt(point) {
    this.value.run(point);
    if (this.rows) return this.value.errors([...point.map(() => 0), ...this.givenErrors.map((read) => read())])[this.valueRegister];
    this.rounding.reset();
    return this.valueError();
  }

  /** From a point to how far what a tape says in some registers may be off by rounding; 0 where it says nothing, and over rows. */
  blurOf(tape, machine, registers) {
    if (this.rows) return () => registers.map(() => 0);
    const rounding = new Rounding(tape, machine, this.givenErrors.map((read, i) => [this.dimension + i, read]));
    const readers = registers.map((register) => rounding.reader(register));
    return (point) => {
      machine.run(point);
      rounding.reset();
      return readers.map((read, i) => (Number.isFinite(machine.registers[registers[i]]) ? read() : 0));
    };
  }

  /** Whether what rounding makes of the losses at two points may be all that parts them. */
  isOneLoss([point, loss], [other, otherLoss]) {
    const apart = Math.abs(loss - otherLoss);
    return apart <= ALIKE_ENOUGH * Math.max(Math.abs(loss), 1) && apart <= this.lossErrorAt(point) + this.lossErrorAt(other);
  }

  /** @param {Float64Array} gradient is filled; what is not finite is NaN @returns {number} the loss */
  look(point, gradient) {
    const { registers } = this.slopes;
    this.slopes.run(point);
    for (let i = 0; i < this.dimension; i += 1) {
      const slope = registers[this.registers[i + 1]];
      gradient[i] = Number.isFinite(slope) ? slope : NaN;
    }
    return registers[this.registers[0]];
  }

  /** The gradient alone. @returns {Float64Array} */
  slopesAt(point) {
    const slopes = new Float64Array(this.dimension);
    this.look(point, slopes);
    return slopes;
  }

  /** The gradient there as it is said: what may be rounding's alone is 0, of data or in a mean over rows. */
  sure(point, gradient) {
    if (!this.rows && this.given.length > 0) {
      const off = this.slopesBlur(point);
      return gradient.map((slope, i) => (Math.abs(slope) <= off[i] ? 0 : slope));
    }
    const least = FAR_SMALLER * Math.max(...gradient.map(Math.abs));
    if (!this.rows || gradient.every((slope) => Math.abs(slope) > least)) return gradient;
    this.slopes.run(point);
    const errors = this.slopes.errors([...point.map(() => 0), ...this.givenErrors.map((read) => read())]);
    return gradient.map((slope, i) => (Math.abs(slope) <= errors[this.registers[i + 1]] ? 0 : slope));
  }

  /** Whether an undefined loss comes from numbers too large, not from a gap in the domain. */
  overflows(point) {
    this.value.run(point);
    return this.value.registers.some((register) => register === Infinity || register === -Infinity);
  }

  /** Second derivatives [xx] or [xx, xy, yy]; NaN where they are not finite. */
  hessian(point) {
    this.curvature.run(point);
    return this.second.map((register) => {
      const entry = this.curvature.registers[register];
      return Number.isFinite(entry) ? entry : NaN;
    });
  }

  /** Eigenvalues of the Hessian, ascending, and the unit eigenvector (c, s) of the larger one. */
  curvatures(point) {
    return eigenvaluesOf(this.hessian(point), this.determinant());
  }

  /** The minimum that is among the quantities, with its curvatures; null where none is, or it is one of many. */
  knownMinimum() {
    if (this.known === undefined) this.known = this.findKnown();
    return this.known;
  }

  findKnown() {
    if (this.minimum.length === 0) return null;
    const point = Float64Array.from(this.minimum, (read) => read());
    const { values: [smallest, largest] } = this.curvatures(point);
    return smallest > 0 && point.every(Number.isFinite) ? { point, smallest, largest } : null;
  }
}

/** @param {number[]} hessian [xx] or [xx, xy, yy] @param {number} determinant where it is known better than from these */
export function eigenvaluesOf(hessian, determinant = NaN) {
  if (hessian.length === 1) return { values: hessian, c: 1, s: 0 };
  const [a, b, d] = hessian;
  const middle = (a + d) / 2;
  const half = (a - d) / 2;
  const radius = Math.sqrt(half * half + b * b);
  // The smaller of c and s keeps its digits only as a sine.
  const angle = Math.atan2(b, Math.abs(half)) / 2;
  const [c, s] = half >= 0 ? [Math.cos(angle), Math.sin(angle)] : [Math.sin(angle), Math.cos(angle)];
  // By the determinant: middle − radius would lose the smaller one in the rounding of the larger.
  const largest = Math.abs(middle) + radius;
  const made = Number.isNaN(determinant) ? (a / largest) * d - (b / largest) * b : determinant / largest;
  const other = largest > 0 ? made : 0;
  return { values: middle >= 0 ? [other, largest] : [-largest, -other], c, s };
}

/** −|H|⁻¹∇L: a curvature whose terms have cancelled is lifted to a floor of its own, so that the direction leads downhill. */
export function newtonDirection(gradient, hessian) {
  if (hessian.length === 1) return [-gradient[0] / Math.max(Math.abs(hessian[0]), LEAST_CURVATURE)];
  const { values: [low, high], c, s } = eigenvaluesOf(hessian);
  const [a, b, d] = hessian.map(Math.abs);
  const mixed = 2 * Math.abs(c * s) * b;
  const over = Math.max(Math.abs(high), CANCELLED * (c * c * a + mixed + s * s * d), LEAST_CURVATURE);
  const under = Math.max(Math.abs(low), CANCELLED * (s * s * a + mixed + c * c * d), LEAST_CURVATURE);
  const along = (c * gradient[0] + s * gradient[1]) / over;
  const across = (c * gradient[1] - s * gradient[0]) / under;
  return [s * across - c * along, -c * across - s * along];
}

/** The first of η, η/2, η/4 … that lowers the loss enough (Armijo), 0 when there is none, and the number of trials. */
export function backtrack(landscape, point, loss, direction, slope, rate) {
  let size = rate;
  const candidate = new Float64Array(point.length);
  for (let trial = 1; trial <= MOST_TRIALS; trial += 1) {
    for (let i = 0; i < point.length; i += 1) candidate[i] = point[i] + size * direction[i];
    const after = landscape.lossAt(candidate);
    if (after < loss && after <= loss + SUFFICIENT * size * slope) return [size, trial];
    size *= SHRINK;
  }
  return [0, MOST_TRIALS];
}

/** The minimum that Newton's method reaches from a point, with its curvatures; null where it reaches none. */
export function minimumBelow(landscape, start) {
  const known = landscape.knownMinimum();
  if (known !== null) return known;
  let point = Float64Array.from(start);
  const gradient = new Float64Array(point.length);
  for (let round = 0; round < 40; round += 1) {
    const loss = landscape.look(point, gradient);
    const hessian = landscape.hessian(point);
    if (![loss, ...gradient, ...hessian].every(Number.isFinite)) return null;
    const direction = newtonDirection(gradient, hessian);
    const slope = scalarProduct(direction, gradient);
    const way = Math.hypot(...direction) / Math.max(1, Math.hypot(...point));
    // The loss cannot tell the ends of a very short step apart: there Newton's step is right as it is.
    const size = way > 1e-6 && Math.abs(slope) > ROUNDING * Math.abs(loss)
      ? backtrack(landscape, point, loss, direction, slope, shortOfHump(landscape, point, loss, direction))[0]
      : 1;
    point = point.map((p, i) => p + size * direction[i]);
    if (size === 0 || way <= 1e-9) break;
  }
  point = point.map((p) => Number(p.toFixed(12)) + 0);
  const here = landscape.curvatures(point);
  if (!holdsMinimum(landscape, point, here)) return null;
  return { point, smallest: here.values[0], largest: here.values[here.values.length - 1] };
}

/** The last of 2⁻²⁰, 2⁻¹⁹ … 1 before the loss along the direction no longer falls: not into a valley far away. */
function shortOfHump(landscape, point, loss, direction) {
  const noise = SAME_LOSS * Math.abs(loss);
  let [size, before] = [2 ** -20, loss];
  while (size <= 1) {
    const after = landscape.lossAt(point.map((p, i) => p + size * direction[i]));
    if (!(after <= before + noise)) return Math.max(size / 2, 2 ** -20);
    size *= 2;
    before = after;
  }
  return 1;
}

/** Whether every curvature is positive, beyond rounding. */
function positiveDefinite(values) {
  return values.every(Number.isFinite) && values[0] > ROUNDED * Math.abs(values[values.length - 1]);
}

/** Whether one more Newton step is short and finds the same curvatures, as beside a minimum and not in a far tail. */
function holdsMinimum(landscape, point, { values, c, s }) {
  if (!positiveDefinite(values)) return false;
  const { axes, lengths, bends } = onNewtonsWay(landscape, point, landscape.slopesAt(point), { values, c, s });
  if (!(Math.hypot(...lengths) <= 1e-6 * Math.max(1, Math.hypot(...point)))) return false;
  return bends().every((bend, i) => Math.abs(bend - values[i]) <= values[i] / 4)
    && bendsAsFarAsItIsKnown(landscape, point, axes, values)
    && (!landscape.seams || bendsOnBothSides(landscape, point, axes, values));
}

/** Whether the curvatures hold as far around as a flat place that is no minimum may be off, as π of x + sin(x). */
function bendsAsFarAsItIsKnown(landscape, point, axes, values) {
  const away = TOUCHED * Math.max(1, Math.hypot(...point));
  return axes.every((axis) => [-away, away].every((way) => (
    bendsAlong(axes, landscape.hessian(point.map((p, k) => p + way * axis[k])))
      .every((bend, i) => Math.abs(bend - values[i]) <= values[i] / 4))));
}

/** Whether loss and slopes on both sides along each axis are those of the Hessian there: at a corner they are one side's. */
function bendsOnBothSides(landscape, point, axes, values) {
  const [gradient, slopes] = [new Float64Array(point.length), new Float64Array(point.length)];
  const away = BESIDE_MINIMUM * Math.max(1, Math.hypot(...point));
  const here = landscape.look(point, gradient);
  return axes.every((axis, i) => [-away, away].every((way) => {
    const loss = landscape.look(point.map((p, k) => p + way * axis[k]), slopes);
    const change = axis.reduce((sum, part, k) => sum + part * (slopes[k] - gradient[k]), 0);
    return Math.abs(change - way * values[i]) <= (away * values[i]) / 4
      && Math.abs(loss - here) <= away ** 2 * values[i] + SAME_LOSS * Math.abs(here);
  }));
}

/** Newton's way from a point, by its lengths along the axes of curvature (0 along flat ones), and the curvatures at its end. */
export function onNewtonsWay(landscape, point, gradient, here) {
  const axes = axesOf(here);
  const lengths = axes.map((axis, i) => scalarProduct(axis, gradient) / (here.values[i] === 0 ? Infinity : here.values[i]));
  const at = (share) => Array.from(point, (p, k) => axes.reduce((there, axis, i) => there - share * lengths[i] * axis[k], p));
  const bends = (share = 1) => bendsAlong(axes, landscape.hessian(at(share)));
  return { axes, lengths, at, bends };
}

/** The unit eigenvectors; like the eigenvalues they go from the least to the largest. */
export function axesOf({ values, c, s }) {
  return values.length === 1 ? [[1]] : [[-s, c], [c, s]];
}

/** The second derivative along each axis. */
function bendsAlong(axes, [a, b, d]) {
  return axes.map(([u, v]) => (v === undefined ? a : u * u * a + 2 * u * v * b + v * v * d));
}
