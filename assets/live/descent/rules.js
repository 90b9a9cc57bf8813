// An optimiser's rule as it travels: a tape for one coordinate, which the machine plays as Python does.
import { Machine } from "../tape/machine.js";

/** The first places of a rule's tape hold the gradient and the rate, then come memory and settings. */
const GIVEN = 2;

export class Rule {
  /** @param {{tape: object|null, memory: number[], bound: object|null}} spec without a tape it is Newton's */
  constructor(spec) {
    this.initial = spec.memory;
    this.machine = spec.tape && new Machine(spec.tape);
    this.bounding = spec.bound && new Machine(spec.bound);
    if (this.machine === null) return;
    this.settings = spec.tape.variables.slice(GIVEN + spec.memory.length);
    [this.move, ...this.kept] = this.machine.outputs.values();
    this.inputs = new Float64Array(spec.tape.variables.length);
  }

  /** Whether the end of a path does not tell what follows: explorer/descent/optimiser.py. @param {Object<string, number>} settings */
  watched({ decay = 0 }, seams) {
    return seams || this.initial.length > 0 || decay > 0;
  }

  /** Whether the step is made from the Hessian as well as the gradient. */
  get secondOrder() {
    return this.machine === null;
  }

  /** @param {Object<string, number>} settings they hold for the steps that follow */
  prepare(settings) {
    this.settings.forEach((name, i) => { this.inputs[GIVEN + this.initial.length + i] = settings[name]; });
  }

  /** @param {number[]} memory of one coordinate, which is renewed @returns {number} the step */
  step(memory, gradient, rate) {
    const { inputs, machine: { registers } } = this;
    inputs[0] = gradient;
    inputs[1] = rate;
    inputs.set(memory, GIVEN);
    this.machine.run(inputs);
    for (let i = 0; i < memory.length; i += 1) memory[i] = registers[this.kept[i]];
    return registers[this.move];
  }

  /** The c of the bound c/λmax that holds with these settings, NaN where there is none. */
  boundFactor(settings) {
    if (this.bounding === null || settings.backtracking) return NaN;
    this.bounding.run(this.bounding.variables.map((name) => settings[name]));
    return this.bounding.value("bound");
  }
}
