// How much of a value is rounding: the twin of explorer/expression/rounding.py. What is asked for is computed once per
// state, and of the tape only what leads to it.

import { perform } from "./machine.js";

export const UNIT = Math.pow(2, -53);
const FUNCTION = Math.pow(2, -52);
const HALVING = Math.pow(2, 27) + 1;
/** Products below it have lost digits that the exact sums of their halves would need. */
const LEAST = 1e-290;
/** Operations whose result has no rounding of its own: one of their operands, or a whole number. */
const UNROUNDED = new Set([25, 26, 27, 28, 29, 30, 31, 32, 33, 40]);
/** Operations that make 0 of numbers that are not 0 only where the result is too small for a double. */
const VANISHING = new Set([2, 3, 5, 6, 9, 36, 38, 39]);
/** Nearer to 0 than this a double loses digit after digit. */
const SMALLEST = Math.pow(2, -1022);
const ARITY = { 0: 2, 1: 2, 2: 2, 3: 2, 5: 2, 6: 2, 29: 2, 30: 2, 31: 2, 32: 2, 33: 2, 34: 3, 35: 2, 41: 2 };

/** How many operands an operation has. */
export const arityOf = (code) => ARITY[code] || 1;

/** How far a value moves when its arguments move by their errors to either side. */
function moved(code, [a, b], [ea, eb], result) {
  const own = UNROUNDED.has(code) ? 0 : FUNCTION * Math.abs(result);
  let worst = own;
  for (const up of [-1, 1]) {
    for (const over of b === undefined ? [0] : [-1, 1]) {
      const there = perform(code, a + up * ea, b === undefined ? 0 : b + over * eb, 0);
      const away = Math.abs(there - result) + own;
      if (away > worst) worst = away;
    }
  }
  return worst;
}

/** The rounding of a sum: none where nothing was lost, which Knuth's TwoSum tells. 0.5 + 0.5 is exactly 1. */
export function roundedSum(a, b, result) {
  const moved = result - a;
  return (a - (result - moved)) + (b - moved) === 0 ? 0 : UNIT * Math.abs(result);
}

/** The upper half of a double's digits. */
function upperHalf(value) {
  const spread = HALVING * value;
  return spread - (spread - value);
}

/** The rounding of a quotient: none where it times b, by Dekker's product, is a again. */
function roundedQuotient(a, b, result) {
  const product = result * b;
  const [high, over] = [upperHalf(result), upperHalf(b)];
  const [low, under] = [result - high, b - over];
  const exact = a === product && ((high * over - product) + high * under + low * over) + low * under === 0;
  return exact && Math.abs(product) > LEAST ? 0 : UNIT * Math.abs(result);
}

/** What multiplying rounds away: whole numbers without error make a whole one without, as long as it has its double. */
export function productError(a, b, ea, eb, result) {
  const whole = ea === 0 && eb === 0 && Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(result);
  return whole ? 0 : UNIT * Math.abs(result);
}

/** A quotient carries the errors of both, as far as its divisor is surely not 0. */
export function quotientError(a, b, ea, eb, result) {
  const left = Math.abs(b) - eb;
  return left > 0 ? (ea + Math.abs(result) * eb) / left + roundedQuotient(a, b, result) : Infinity;
}

/** Of a result too small for a double its last digit is not sure. */
export function errorOf(code, arguments_, errors, result) {
  const faded = VANISHING.has(code) && Math.abs(result) < SMALLEST && arguments_.every((one) => one !== 0);
  return carriedError(code, arguments_, errors, result) + (faded ? Number.MIN_VALUE : 0);
}

function carriedError(code, [a, b, c], [ea, eb, ec], result) {
  switch (code) {
    case 0: return ea + eb + roundedSum(a, b, result);
    case 1: return ea + eb + roundedSum(a, -b, result);
    case 2: return Math.abs(a) * eb + Math.abs(b) * ea + ea * eb + productError(a, b, ea, eb, result);
    case 3: return quotientError(a, b, ea, eb, result);
    case 4:
    case 25: return ea;
    case 34: {
      const other = Math.abs(b - c);
      return (a !== 0 ? eb : ec) + (ea > 0 ? (other === other ? other : Infinity) : 0);
    }
    case 35: return ea;
    case 13:
    case 14: return Math.min(ea, 2) + FUNCTION * Math.abs(result);
    case 15: return ea < 1 ? moved(code, [a], [ea], result) : Infinity;
    case 41: return ea + Math.abs(a / b) * eb < Math.abs(b) / 2 ? moved(code, [a, b], [ea, eb], result) : Math.abs(b);
    default: return moved(code, [a, b], [ea, eb], result);
  }
}

export class Rounding {
  /**
   * @param {object} tape @param {import("./machine.js").Machine} machine that runs it
   * @param {Array<[number, () => number]>} inexact variables, by their place, and how far each may be off
   */
  constructor(tape, machine, inexact = []) {
    this.machine = machine;
    this.inexact = inexact;
    this.errors = new Float64Array(machine.registers.length);
    tape.constants.forEach((value, k) => {
      const written = Number.isSafeInteger(value) ? 0 : UNIT * Math.abs(value);
      this.errors[tape.variables.length + k] = (tape.errors || {})[k] || written;
    });
    this.needed = new Set();
    this.steps = null;
    this.done = false;
  }

  /** The machine has run again. */
  reset() {
    this.done = false;
  }

  /** @param {number} register @returns {() => number} a bound for the error of its value; infinite where no digit is sure */
  reader(register) {
    this.needed.add(register);
    this.steps = null;
    return () => {
      if (!this.done || this.steps === null) this.run();
      return this.errors[register];
    };
  }

  /** The instructions that lead to what is asked for. */
  plan() {
    const { code, first } = this.machine;
    const alive = new Set(this.needed);
    const steps = [];
    for (let at = code.length - 4; at >= 0; at -= 4) {
      if (!alive.has(first + at / 4)) continue;
      const operands = Array.from(code.subarray(at + 1, at + 1 + arityOf(code[at])));
      for (const register of operands) alive.add(register);
      steps.push([code[at], operands, first + at / 4]);
    }
    return steps.reverse();
  }

  run() {
    this.steps = this.steps || this.plan();
    const { registers } = this.machine;
    for (const [place, read] of this.inexact) this.errors[place] = read();
    for (const [code, operands, target] of this.steps) {
      const error = errorOf(code, operands.map((k) => registers[k]), operands.map((k) => this.errors[k]), registers[target]);
      this.errors[target] = error === error ? error : Infinity;
    }
    this.done = true;
  }
}
