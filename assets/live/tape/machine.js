// Runs a tape: the twin of explorer/expression/operations.py, and of what functions do in functions/ beside it, operation
// by operation. Arithmetic is real and strict: what a textbook calls undefined is NaN and NaN propagates; what merely
// overflows stays infinite.

import { errorFunction, normalCdf } from "./erf.js";

const HALF_ULP = Math.pow(2, -53);
const LARGEST_SNAPPED_ANGLE = 1e6;

/** A sine or cosine that is zero within the rounding of its angle is zero. */
function snapped(value, angle) {
  const size = Math.abs(angle);
  return Math.abs(value) <= size * HALF_ULP && size <= LARGEST_SNAPPED_ANGLE ? 0 : value;
}

function strictPower(a, b) {
  if (a !== a || (a === 0 && b <= 0)) return NaN;
  return Math.pow(a, b);
}

/** The odd real root's power: its sign is the base's. */
function signedPower(a, b) {
  const size = strictPower(Math.abs(a), b);
  return a < 0 ? -size : size;
}

function strictTangent(a) {
  if (snapped(Math.cos(a), a) === 0) return NaN;
  return snapped(Math.sin(a), a) === 0 ? 0 : Math.tan(a);
}

/** By the sign of its argument, so that neither end overflows. */
export function sigmoid(a) {
  const small = Math.exp(-Math.abs(a));
  return (a < 0 ? small : 1) / (1 + small);
}

export function softplus(a) {
  return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
}

/** Half away from zero. */
function nearestWhole(a) {
  const whole = Math.trunc(a);
  return Math.abs(a - whole) >= 0.5 ? whole + Math.sign(a) : whole;
}

/** The remainder with the sign of the divisor. */
function remainder(a, b) {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** One operation on numbers; the codes are those of `Operation` in Python. */
export function perform(code, a, b, c) {
  switch (code) {
    case 0: return a + b;
    case 1: return a - b;
    case 2: return a * b;
    case 3: return b === 0 ? NaN : a / b;
    case 4: return -a;
    case 5: return strictPower(a, b);
    case 6: return signedPower(a, b);
    case 7: return Math.sqrt(a);
    case 8: return Math.cbrt(a);
    case 9: return Math.exp(a);
    case 10: return a <= 0 ? NaN : Math.log(a);
    case 11: return a <= 0 ? NaN : Math.log10(a);
    case 12: return a <= 0 ? NaN : Math.log2(a);
    case 13: return snapped(Math.sin(a), a);
    case 14: return snapped(Math.cos(a), a);
    case 15: return strictTangent(a);
    case 16: return Math.asin(a);
    case 17: return Math.acos(a);
    case 18: return Math.atan(a);
    case 19: return Math.sinh(a);
    case 20: return Math.cosh(a);
    case 21: return Math.tanh(a);
    case 22: return Math.asinh(a);
    case 23: return Math.acosh(a);
    case 24: return Math.abs(a) >= 1 ? NaN : Math.atanh(a);
    case 25: return Math.abs(a);
    case 26: return Math.sign(a);
    case 27: return Math.floor(a);
    case 28: return Math.ceil(a);
    case 29: return Math.min(a, b);
    case 30: return Math.max(a, b);
    case 31: return a !== a || b !== b ? NaN : Number(a < b);
    case 32: return a !== a || b !== b ? NaN : Number(a <= b);
    case 33: return a !== a || b !== b ? NaN : Number(a !== 0 && b !== 0);
    case 34: return a !== a ? NaN : a !== 0 ? b : c;
    case 35: return b !== b ? NaN : a;
    case 36: return sigmoid(a);
    case 37: return errorFunction(a);
    case 38: return softplus(a);
    case 39: return normalCdf(a);
    case 40: return nearestWhole(a);
    case 41: return remainder(a, b);
    default: throw new Error(`unknown operation ${code}`);
  }
}

export class Machine {
  /** @param {{variables: string[], constants: number[], code: number[], outputs: Object<string, number>}} tape */
  constructor(tape) {
    this.variables = tape.variables;
    this.code = Int32Array.from(tape.code);
    this.outputs = new Map(Object.entries(tape.outputs));
    this.first = tape.variables.length + tape.constants.length;
    this.registers = new Float64Array(this.first + tape.code.length / 4);
    this.registers.set(tape.constants, tape.variables.length);
  }

  /** @param {ArrayLike<number>} values of the variables, in their order; the results stay in `registers` */
  run(values) {
    const { code, registers } = this;
    for (let i = 0; i < values.length; i += 1) registers[i] = values[i];
    let target = this.first;
    for (let at = 0; at < code.length; at += 4, target += 1) {
      registers[target] = perform(code[at], registers[code[at + 1]], registers[code[at + 2]], registers[code[at + 3]]);
    }
  }

  /** @param {string} output @returns {number} its value after the last run */
  value(output) {
    return this.registers[this.outputs.get(output)];
  }
}

/** A tape with one output as a plain function of its variables. @returns {(...values: number[]) => number} */
export function functionOf(tape) {
  const machine = new Machine(tape);
  const [output] = machine.outputs.values();
  return (...values) => {
    machine.run(values);
    return machine.registers[output];
  };
}
