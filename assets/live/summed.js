// A tape summed over rows of numbers: the mean of each output stands where a machine's results stand. The twin of
// `RowTape` in explorer/descent/summed.py.
import { Machine } from "./machine.js";

export class RowMachine {
  /** @param {object} tape whose last variables are a row's numbers @param {(() => number)[][]} rows a reader for each */
  constructor(tape, rows) {
    this.machine = new Machine(tape);
    this.rows = rows;
    this.first = tape.variables.length - rows[0].length;
    this.numbers = new Float64Array(rows.length * rows[0].length);
    const names = [...this.machine.outputs.keys()];
    this.read = [...this.machine.outputs.values()];
    this.outputs = new Map(names.map((name, i) => [name, i]));
    this.registers = new Float64Array(names.length);
  }

  /** Takes over the rows as they stand, and what all of them share. */
  refresh(shared, from) {
    this.machine.registers.set(shared, from);
    let at = 0;
    for (const row of this.rows) for (const read of row) { this.numbers[at] = read(); at += 1; }
  }

  /** @param {ArrayLike<number>} point the coordinates; the means stay in `registers` */
  run(point) {
    const { machine, read, registers, numbers, first } = this;
    const wide = this.rows[0].length;
    registers.fill(0);
    for (let at = 0; at < numbers.length; at += wide) {
      for (let k = 0; k < wide; k += 1) machine.registers[first + k] = numbers[at + k];
      machine.run(point);
      for (let i = 0; i < read.length; i += 1) registers[i] += machine.registers[read[i]];
    }
    for (let i = 0; i < read.length; i += 1) registers[i] /= this.rows.length;
  }
}
