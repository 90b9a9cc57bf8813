// A loss as a descent sees it: value, gradient and Hessian at one point, in one or two variables. The twin of
// explorer/descent/landscape.py and summed.py.
import { Machine } from "../tape/machine.js";
import { Rounding } from "../tape/rounding.js";
import { RowMachine } from "../tape/summed.js";
import { bendsAlong, eigenvaluesOf, FLAT, Middle } from "./bends.js";

/** Only a slope so small beside the other one is looked at for what rounding may have made of it. */
const FAR_SMALLER = 1e-9;
/** A determinant that is more than this part of the product that it is left of is no rounding: how far it may be off need not be asked. */
const CLEARLY = 1e-6;
/** Up to this part of the largest one curvatures of a quadratic count as zero. */
const ROUNDED = 1e-12;
/** A loss is known to this part of itself. */
export const ROUNDING = 4 * 2 ** -53;
/** Only losses that differ by less than this part of themselves, or of 1, are held against their rounding. */
const ALIKE_ENOUGH = 1e-6;

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
    const { determinant, across, ridge, ...second } = Object.fromEntries(this.curvature.outputs);
    this.second = Object.values(second);
    this.across = across;
    this.ridge = () => (ridge === undefined ? 0 : this.curvature.registers[ridge]);
    this.minimum = (spec.minimum || []).map((quantity) => reader(quantity));
    this.quadratic = Boolean(spec.quadratic);
    this.flat = this.quadratic ? ROUNDED : FLAT;
    this.determinant = () => NaN;
    if (determinant !== undefined) {
      this.flat = 0;
      const around = rounding(spec.hessian, this.curvature);
      const error = around.reader(determinant);
      this.determinant = () => {
        const value = this.curvature.registers[determinant];
        const [first, , last] = this.second.map((register) => this.curvature.registers[register]);
        if (value > CLEARLY * first * last) return value;
        around.reset();
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
    [this.known, this.everywhere] = [undefined, undefined];
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

  /** The Hessian about the middle of the rows. */
  aboutMiddle(point) {
    const { across, curvature, rows, second } = this;
    curvature.run(point);
    return new Middle(curvature.rowByRow(second[2]), curvature.rowByRow(across), rows.count, this.ridge());
  }

  /** The same, where it bends in both ways beyond doubt; null elsewhere. */
  middleAt(point) {
    const found = this.across === undefined ? null : this.aboutMiddle(point);
    return found !== null && found.bends ? found : null;
  }

  /** Whether rows slope where they do not bend: far from 0 the gradient alone does not tell. */
  leansAt(point) {
    return this.across !== undefined && this.aboutMiddle(point).leans(this.pullsAt(point), this.ridge() * point[0]);
  }

  /** Eigenvalues of the Hessian, ascending, and the unit eigenvector (c, s) of the larger one; up to which part of the largest one counts as zero. */
  curvatures(point) {
    // Those of a quadratic are the same everywhere.
    if (!this.quadratic) return this.findCurvatures(point);
    this.everywhere = this.everywhere ?? this.findCurvatures(point);
    return this.everywhere;
  }

  findCurvatures(point) {
    const middle = this.middleAt(point);
    const entries = this.hessian(point);
    if (middle) return { ...eigenvaluesOf(entries, middle.determinant), flat: 0, middle };
    return { ...eigenvaluesOf(entries, this.determinant()), flat: this.flat, middle };
  }

  /** Newton's step, where it is known about the middle of the rows: from there the slopes keep their digits. */
  stepAt(point, middle) {
    return middle.step(this.pullsAt(point), this.ridge() * point[0]);
  }

  /** The slopes by the last coordinate, row by row. */
  pullsAt(point) {
    this.slopes.run(point);
    return this.slopes.rowByRow(this.registers[2]);
  }

  /** The second derivative along each axis. */
  bendsAlong(axes, point) {
    const middle = this.middleAt(point);
    return middle ? axes.map((axis) => middle.along(axis)) : bendsAlong(axes, this.hessian(point));
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
