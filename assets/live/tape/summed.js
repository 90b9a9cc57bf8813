// A tape run for every row of columns of numbers, operation by operation, and what is made of its outputs over all rows.
// The twin of `Pass` in explorer/data/columns.py and of `RowTape` in explorer/descent/summed.py.
import { Machine, perform, sigmoid, softplus } from "./machine.js";
import { arityOf, errorOf, quotientError, roundedSum, productError, UNIT } from "./rounding.js";

/** The operation that takes one of two branches. */
const SELECT = 34;

/** The commonest operations on whole columns; all others go number by number. */
const OF_COLUMNS = {
  0: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = a[k] + b[k]; },
  1: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = a[k] - b[k]; },
  2: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = a[k] * b[k]; },
  3: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = b[k] === 0 ? NaN : a[k] / b[k]; },
  4: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = -a[k]; },
  25: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = Math.abs(a[k]); },
  31: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = a[k] !== a[k] || b[k] !== b[k] ? NaN : Number(a[k] < b[k]); },
  36: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = sigmoid(a[k]); },
  38: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = softplus(a[k]); },
  34: (a, b, c, out, n) => { for (let k = 0; k < n; k += 1) out[k] = a[k] !== a[k] ? NaN : a[k] !== 0 ? b[k] : c[k]; },
};

function ofColumns(code, a, b, c, out, n) {
  if (OF_COLUMNS[code]) OF_COLUMNS[code](a, b, c, out, n);
  else for (let k = 0; k < n; k += 1) out[k] = perform(code, a[k], b[k], c[k]);
}

/** A sum that keeps what every addition rounds away (Neumaier's). */
function sumOf(column, n) {
  let sum = 0;
  let lost = 0;
  for (let k = 0; k < n; k += 1) {
    const value = column[k];
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}

const meanOf = (column, n) => sumOf(column, n) / n;

const OVER_ROWS = {
  mean: meanOf,
  sum: sumOf,
  least: (column, n) => { let found = Infinity; for (let k = 0; k < n; k += 1) found = Math.min(found, column[k]); return found; },
  largest: (column, n) => { let found = -Infinity; for (let k = 0; k < n; k += 1) found = Math.max(found, column[k]); return found; },
};

/** How far an operation's results may be off, row by row; the commonest without a list for each. */
function errorsOfColumns(code, [a, b, c], [ea, eb, ec], result, out, n) {
  if (code === 0 || code === 1) {
    const sign = code === 0 ? 1 : -1;
    for (let k = 0; k < n; k += 1) out[k] = ea[k] + eb[k] + roundedSum(a[k], sign * b[k], result[k]);
  } else if (code === 2) {
    for (let k = 0; k < n; k += 1) {
      out[k] = Math.abs(a[k]) * eb[k] + Math.abs(b[k]) * ea[k] + ea[k] * eb[k] + productError(a[k], b[k], ea[k], eb[k], result[k]);
    }
  } else if (code === 3) {
    for (let k = 0; k < n; k += 1) out[k] = quotientError(a[k], b[k], ea[k], eb[k], result[k]);
  } else if (code === 4 || code === 25) {
    out.set(ea.subarray(0, n));
  } else {
    const [values, off] = [[0, 0, 0], [0, 0, 0]];
    const arity = arityOf(code);
    values.length = off.length = arity;
    const [sources, errors] = [[a, b, c].slice(0, arity), [ea, eb, ec].slice(0, arity)];
    for (let k = 0; k < n; k += 1) {
      for (let i = 0; i < arity; i += 1) {
        values[i] = sources[i][k];
        off[i] = errors[i][k];
      }
      out[k] = errorOf(code, values, off, result[k]);
    }
  }
}

export class RowMachine {
  /**
   * @param {object} tape @param {{arrays: Float64Array[], count: number}} columns
   * @param {number[]} columnOf for each variable of the tape its column, −1 for what all rows share
   * @param {string[]|null} how for each output "mean", "sum", "least" or "largest"; without it all are means
   */
  constructor(tape, columns, columnOf, how = null) {
    this.columns = columns;
    this.columnOf = columnOf;
    this.tape = tape;
    this.machine = new Machine(tape);
    this.shared = tape.variables.filter((_, i) => columnOf[i] < 0);
    this.places = columnOf.flatMap((column, i) => (column < 0 ? [i] : []));
    const names = [...this.machine.outputs.keys()];
    this.read = [...this.machine.outputs.values()];
    this.how = names.map((_, i) => (how ? how[i] : "mean"));
    this.ways = this.how.map((one) => OVER_ROWS[one]);
    this.outputs = new Map(names.map((name, i) => [name, i]));
    this.registers = new Float64Array(names.length);
    this.plan();
    this.size = -1;
  }

  /** Which registers differ from row to row; what does not is computed once, and says which branches nobody asks for. */
  plan() {
    const { code, first, registers } = this.machine;
    this.varies = new Uint8Array(registers.length);
    this.columnOf.forEach((column, i) => { this.varies[i] = Number(column >= 0); });
    this.steps = [];
    for (let at = 0, target = first; at < code.length; at += 4, target += 1) {
      const operands = Array.from(code.subarray(at + 1, at + 1 + arityOf(code[at])));
      this.varies[target] = Number(operands.some((one) => this.varies[one]));
      this.steps.push([code[at], operands, target]);
    }
    this.once = this.steps.filter(([, , target]) => !this.varies[target]);
    this.each = this.steps.filter(([, , target]) => this.varies[target]);
    this.forks = this.each.filter(([operation, [condition]]) => operation === SELECT && !this.varies[condition]);
    this.asked = new Map();
  }

  /** Of the steps for every row those that lead to an output, by the branches that all rows take. */
  needed() {
    const { registers } = this.machine;
    const taken = this.forks.map(([, [condition]]) => Number(registers[condition] !== 0)).join("");
    if (!this.asked.has(taken)) {
      const alive = new Set(this.read);
      const found = [];
      for (const step of [...this.each].reverse()) {
        const [, [condition, yes, no], target] = step;
        if (!alive.has(target)) continue;
        found.push(step);
        for (const one of this.forks.includes(step) ? [registers[condition] !== 0 ? yes : no] : step[1]) alive.add(one);
      }
      this.asked.set(taken, found.reverse());
    }
    return this.asked.get(taken);
  }

  /** Takes over what all rows share: the values of the shared variables from the number `from` on. */
  refresh(values, from) {
    for (let i = 0; i < values.length; i += 1) this.machine.registers[this.places[from + i]] = values[i];
  }

  /** The register of every row: a number that all share is written out, where it does not stand there already. */
  column(register) {
    const vector = this.vectors[register];
    if (this.varies[register]) return vector;
    const value = this.machine.registers[register];
    const { count } = this.columns;
    if (this.filled[register] !== value || this.filledTo[register] < count) {
      vector.fill(value, 0, count);
      this.filled[register] = value;
      this.filledTo[register] = count;
    }
    return vector;
  }

  /** What an output is row by row. */
  rowByRow(output) {
    return this.column(this.read[output]);
  }

  /** Runs the tape for every row. @param {ArrayLike<number>} values of the first of the shared variables */
  spread(values) {
    const { columns: { arrays, count }, machine: { registers } } = this;
    if (count > this.size) {
      this.size = 2 * count;
      this.vectors = Array.from(registers, () => new Float64Array(this.size));
      this.filled = new Float64Array(registers.length);
      this.filledTo = new Int32Array(registers.length);
    }
    this.refresh(values, 0);
    this.columnOf.forEach((column, i) => { if (column >= 0) this.vectors[i] = arrays[column]; });
    for (const [code, [a, b = a, c = a], target] of this.once) registers[target] = perform(code, registers[a], registers[b], registers[c]);
    for (const [code, [a, b = a, c = a], target] of this.needed()) {
      ofColumns(code, this.column(a), this.column(b), this.column(c), this.vectors[target], count);
    }
  }

  /** The same, and what is made of the outputs over all rows, which stays in `registers`. */
  run(values) {
    this.spread(values);
    const { read, registers, ways } = this;
    for (let i = 0; i < read.length; i += 1) registers[i] = ways[i](this.column(read[i]), this.columns.count);
  }

  /** How far each result may be off, if what all rows share is off by so much. @param {number[]} shared */
  errors(shared) {
    const { count } = this.columns;
    if (!this.off || this.off[0].length < count) this.off = Array.from(this.varies, () => new Float64Array(this.size));
    const { off, tape: { constants, variables, errors = {} } } = this;
    variables.forEach((_, i) => off[i].fill(0, 0, count));
    this.places.forEach((place, i) => off[place].fill(shared[i], 0, count));
    constants.forEach((_, k) => off[variables.length + k].fill(errors[k] || 0, 0, count));
    for (const [code, [a, b = a, c = a], target] of [...this.once, ...this.needed()]) {
      errorsOfColumns(code, [a, b, c].map((one) => this.column(one)), [a, b, c].map((one) => off[one]), this.column(target), off[target], count);
    }
    return this.read.map((register, i) => {
      const [column, errors] = [this.column(register), off[register]];
      let [most, sum, size] = [0, 0, 0];
      for (let k = 0; k < count; k += 1) {
        sum += errors[k];
        most = Math.max(most, errors[k]);
        size += Math.abs(column[k]);
      }
      const over = { mean: count, sum: 1 }[this.how[i]];
      const error = over ? sum / over + 2 * UNIT * Math.abs(this.registers[i]) + count * UNIT * UNIT * size : most;
      return error === error ? error : Infinity;
    });
  }
}
