// The quantities of a scene: its controls and everything that its tape computes from them.
import { Columns, Sums } from "../tape/columns.js";
import { meets } from "../tape/conditions.js";
import { Descents } from "../descent/descents.js";
import { Machine } from "../tape/machine.js";
import { Rounding } from "../tape/rounding.js";

/** A tape in whatever else is known: it runs when the descents have been walked. */
class Afterwards {
  /** @param {object} tape @param {(quantity: string) => () => number} reader @param {Array} inexact as `Rounding` takes them */
  constructor(tape, reader, inexact) {
    this.machine = new Machine(tape);
    this.rounding = new Rounding(tape, this.machine, inexact);
    this.read = tape.variables.map(reader);
    this.arguments = new Float64Array(this.read.length);
  }

  evaluate() {
    this.read.forEach((read, i) => { this.arguments[i] = read(); });
    this.machine.run(this.arguments);
    this.rounding.reset();
  }
}

export class Quantities {
  /**
   * @param {{variables: string[]}} tape @param {{name: string, min: number, max: number}[]} controls
   * @param {object[]} descents @param {{shows: Function, chosen: Function}|null} switches @param {object|null} afterwards
   * @param {object|null} columns rows of numbers, and the passes over them
   */
  constructor(tape, controls, descents = [], switches = null, afterwards = null, columns = null) {
    this.switches = switches;
    this.columns = new Columns(columns);
    this.before = new Sums(columns ? columns.before : [], this.columns);
    this.after = new Sums(columns && afterwards ? columns.afterwards : [], this.columns);
    this.machine = new Machine(tape);
    this.rounding = new Rounding(tape, this.machine, this.inexact(tape, this.before));
    this.names = controls.map((control) => control.name);
    this.widths = new Map(controls.map((control) => [control.name, control.max - control.min]));
    this.inputs = new Float64Array(this.names.length);
    const reader = (quantity) => this.reader(quantity);
    const errorReader = (quantity) => this.errorReader(quantity);
    this.before.connect(reader, errorReader);
    this.read = tape.variables.map((name) => {
      if (!this.before.machine.outputs.has(name) && !this.names.includes(name)) throw new Error(`the tape needs a control named ${name}`);
      return this.reader(name);
    });
    this.arguments = new Float64Array(this.read.length);
    this.descents = new Descents(descents || [], reader, (group) => switches.chosen(group), this.columns, errorReader);
    this.after.connect(reader, errorReader);
    this.afterwards = null;
    if (afterwards) this.afterwards = new Afterwards(afterwards, reader, this.inexact(afterwards, this.before, this.after));
  }

  /** The variables of a tape that are sums over rows, by their place, with readers of their errors. */
  inexact(tape, ...sums) {
    return tape.variables.flatMap((name, i) => sums.filter((one) => one.machine.outputs.has(name))
      .map(({ machine, rounding }) => [i, rounding.reader(machine.outputs.get(name))]));
  }

  /** @param {Map<string, number>} values of the controls @param {boolean} held whether a hand is on the figure: what is long waits */
  evaluate(values, held = false) {
    this.names.forEach((name, i) => { this.inputs[i] = values.get(name); });
    this.columns.take(values);
    this.before.evaluate();
    this.read.forEach((read, i) => { this.arguments[i] = read(); });
    this.machine.run(this.arguments);
    this.rounding.reset();
    this.descents.evaluate(held);
    this.after.evaluate();
    if (this.afterwards) this.afterwards.evaluate();
  }

  /** The machine that has a quantity among its results, with its rounding. @returns {{machine: Machine, rounding: Rounding, register: number}|null} */
  source(quantity) {
    const found = [this, this.before, this.after, this.afterwards].find((one) => one && one.machine.outputs.has(quantity));
    return found ? { machine: found.machine, rounding: found.rounding, register: found.machine.outputs.get(quantity) } : null;
  }

  /** @param {string|number} quantity a name or a number @returns {() => number} */
  reader(quantity) {
    if (typeof quantity === "number") return () => quantity;
    const source = this.source(quantity);
    if (source !== null) {
      const { machine: { registers }, register } = source;
      return () => registers[register];
    }
    if (quantity.startsWith("switch:")) return () => Number(this.switches.shows(quantity.slice(7)));
    const place = this.names.indexOf(quantity);
    const told = place < 0 ? this.columns.reader(quantity) || this.descents.reader(quantity) : null;
    if (told !== null) return told;
    if (place < 0) throw new Error(`unknown quantity ${quantity}`);
    const inputs = this.inputs;
    return () => inputs[place];
  }

  /** @param {string|number} quantity @returns {() => number} how far its value may be from the true one: 0 for what is set */
  errorReader(quantity) {
    const source = this.source(quantity);
    return source === null ? () => 0 : source.rounding.reader(source.register);
  }

  has(name) {
    return this.source(name) !== null || this.names.includes(name) || this.descents.reader(name) !== null;
  }

  /** All conditions together. @param {Array<[string|number, number|null, number|null, string?]>} conditions @returns {() => boolean} */
  test(conditions) {
    const tests = (conditions || []).map((condition) => this.condition(condition));
    if (tests.length === 0) return () => true;
    if (tests.length === 1) return tests[0];
    return () => tests.every((holds) => holds());
  }

  condition(condition) {
    const [quantity] = condition;
    const [read, error, width] = [this.reader(quantity), this.errorReader(quantity), this.widths.get(quantity)];
    return () => meets(read(), condition, width, error);
  }
}
