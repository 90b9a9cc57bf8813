// Rows of numbers that are the learner's own: values under the names of their cells, x1, y1, x2 …, and what is summed over
// them. The twin of explorer/data/columns.py.
import { decodeArray } from "../document/adapter.js";
import { unpacked } from "./packed.js";
import { RowMachine } from "./summed.js";

/** What the cells of a row are called. */
export function cellNames(columns, row) {
  return columns.cells.map((cell) => `${cell.name}${row + 1}`);
}

const decoded = new WeakMap();

/** The columns as they are sent, packed where they are many. @returns {Float64Array[]} */
function sentColumns(sent) {
  if (!decoded.has(sent)) decoded.set(sent, sent.bytes ? unpacked(sent) : sent.map((one) => Float64Array.from(decodeArray(one))));
  return decoded.get(sent);
}

/** The columns with which a scene begins: those that the page asks for, else its own. @returns {ArrayLike<number>[]} */
function begunColumns({ columns, start }) {
  const rows = start && start.rows && start.rows.length > 0 ? start.rows : null;
  return rows ? columns.cells.map((_, i) => rows.map((row) => row[i])) : sentColumns(columns.start);
}

/** Whether a panel's picture is the one in which the rows are points: there two taps add one. */
export function showsRows({ figure, spec }) {
  const { columns } = figure.state.scene;
  return Boolean(columns && columns.live && columns.panel === spec.name);
}

/** How many rows there are now. */
export function countOf(scene, values) {
  return scene.columns.live ? values.get(scene.columns.count) : begunColumns(scene)[0].length;
}

/** For how many rows a scene has names at first. */
export function roomOf(scene) {
  return scene.columns && scene.columns.live ? begunColumns(scene)[0].length : 0;
}

/** A control for each cell of so many rows from `first` on, and before them all one that counts the rows. */
export function rowControls(scene, room, first = 0) {
  const { columns } = scene;
  if (!columns || !columns.live) return [];
  const count = { ...columns.cells[0], name: columns.count, label: "points", min: 1, max: columns.most, step: 1, decimals: 0, quantum: 1 };
  const cells = Array.from({ length: room - first }, (_, k) => columns.cells.map((cell) => (
    { ...cell, name: `${cell.name}${first + k + 1}`, label: `${cell.label} of point ${first + k + 1}` })));
  return [...(first === 0 ? [count] : []), ...cells.flat()];
}

/** What these controls begin as. @returns {Array<[string, number]>} */
export function rowValues(scene, room) {
  const { columns } = scene;
  if (!columns || !columns.live) return [];
  const begun = begunColumns(scene);
  const last = begun[0].length - 1;
  const cells = Array.from({ length: room }, (_, k) => cellNames(columns, k).map((name, i) => [name, begun[i][Math.min(k, last)]]));
  return [[columns.count, last + 1], ...cells.flat()];
}

/** The rows as they are to be told: a list of numbers for each. */
export function toldRows(columns, values) {
  return Array.from({ length: values.get(columns.count) }, (_, k) => cellNames(columns, k).map((name) => values.get(name)));
}

/** The rows as numbers to compute with. */
export class Columns {
  constructor(spec) {
    const cells = spec ? spec.cells.map((cell) => cell.name) : [];
    this.width = cells.length;
    // What is drawn for each of rows in order knows the next one's numbers.
    this.letters = spec && spec.order ? [...cells, ...cells.map((name) => `${name}_next`)] : cells;
    this.names = [];
    this.count = 0;
    /** Another number for other rows. */
    this.version = 0;
    this.arrays = this.letters.map(() => new Float64Array(0));
    this.asDrawn = 0;
    this.describe(spec);
  }

  /** Takes over which rows the picture at rest was drawn for; all else is the same in scenes that compute the same. */
  describe(spec) {
    this.spec = spec;
    this.drawn = null;
    if (!spec) return;
    this.drawn = sentColumns(spec.drawn || spec.start);
    if (!spec.live) {
      this.arrays = sentColumns(spec.start);
      this.count = this.arrays[0].length;
    }
    this.compare();
  }

  /** @param {Map<string, number>} values of the cells */
  take(values) {
    const { spec } = this;
    if (!spec || !spec.live) return;
    const count = values.get(spec.count);
    let changed = count !== this.count;
    while (this.names.length < count) this.names.push(cellNames(spec, this.names.length));
    if (count > this.arrays[0].length) {
      this.arrays = this.arrays.map((former) => { const longer = new Float64Array(2 * count); longer.set(former); return longer; });
    }
    this.count = count;
    for (let k = 0; k < count; k += 1) {
      for (let i = 0; i < this.width; i += 1) {
        const value = values.get(this.names[k][i]);
        if (value === this.arrays[i][k]) continue;
        this.arrays[i][k] = value;
        changed = true;
      }
    }
    if (!changed) return;
    this.version += 1;
    this.takeNext();
    this.compare();
  }

  /** Beside each row's numbers those of the next one; the last has none. */
  takeNext() {
    const { arrays, count, width } = this;
    for (let i = width; i < arrays.length; i += 1) {
      arrays[i].set(arrays[i - width].subarray(1, count));
      arrays[i][count - 1] = NaN;
    }
  }

  /** Whether the rows are those that were drawn. */
  compare() {
    const { drawn, arrays, count } = this;
    let same = drawn[0].length === count;
    for (let i = 0; same && i < this.width; i += 1) {
      for (let k = 0; same && k < count; k += 1) same = arrays[i][k] === drawn[i][k];
    }
    this.asDrawn = Number(same);
  }

  /** @returns {(() => number)|null} of "x3", of how many there are, and of whether they are as drawn */
  reader(quantity) {
    const { spec } = this;
    if (!spec) return null;
    if (quantity === spec.count) return () => this.count;
    if (quantity === `${spec.name}_drawn`) return () => this.asDrawn;
    const cell = /^([a-z])(\d+)$/.exec(quantity);
    const place = cell ? this.letters.indexOf(cell[1]) : -1;
    return place < 0 ? null : () => this.arrays[place][Number(cell[2]) - 1];
  }
}

/** What is found by passes over the rows, as quantities: it stands among the sources of a scene as a machine does. */
export class Sums {
  /** @param {object[]} passes @param {Columns} columns */
  constructor(passes, columns) {
    this.columns = columns;
    this.passes = passes.map(({ tape, how }) => ({ machine: new RowMachine(tape, columns, tape.variables.map((name) => columns.letters.indexOf(name)), how), read: [] }));
    const names = this.passes.flatMap(({ machine }) => [...machine.outputs.keys()]);
    const registers = new Float64Array(names.length);
    this.machine = { outputs: new Map(names.map((name, i) => [name, i])), registers };
    this.errors = new Float64Array(names.length);
    this.sure = true;
    this.rounding = { reader: (register) => () => { if (!this.sure) this.runErrors(); return this.errors[register]; } };
    this.version = -1;
  }

  /** What the passes know besides the rows. @param {Function} reader of quantities @param {Function} errorReader of their errors */
  connect(reader, errorReader) {
    for (const pass of this.passes) {
      pass.read = pass.machine.shared.map(reader);
      pass.readErrors = pass.machine.shared.map(errorReader);
      pass.known = new Float64Array(pass.read.length);
    }
    return this;
  }

  evaluate() {
    const another = this.version !== this.columns.version;
    this.version = this.columns.version;
    let at = 0;
    for (const { machine, read, known } of this.passes) {
      let changed = another;
      for (let i = 0; i < read.length; i += 1) {
        const value = read[i]();
        changed = changed || !Object.is(value, known[i]);
        known[i] = value;
      }
      if (changed) {
        this.sure = false;
        machine.refresh(known, 0);
        machine.run([]);
        this.machine.registers.set(machine.registers, at);
      }
      at += machine.registers.length;
    }
  }

  /** How far each result may be from the true one; it takes as long as the sums themselves, and is asked for what is shown. */
  runErrors() {
    this.sure = true;
    let at = 0;
    for (const { machine, readErrors } of this.passes) {
      this.errors.set(machine.errors(readErrors.map((read) => read())), at);
      at += machine.registers.length;
    }
  }
}
