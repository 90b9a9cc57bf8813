// Rows that stay in increasing order of their first cells, and the controls that stand on one of them.
import { cellNames } from "../tape/columns.js";
import { significantNumber, withDecimals } from "../words/numbers.js";

/** So many digits tell values in a word apart. */
const DIGITS = 10;

/** More rows have no ticks of their own under a track. */
const FEW_TICKS = 40;

/** The first cell of every row. @returns {number[]} */
export function firstCells(columns, values) {
  return Array.from({ length: values.get(columns.count) }, (_, k) => values.get(cellNames(columns, k)[0]));
}

/** The height at x of the chords from row to row; beyond the rows that of the last one on that side. */
export function chordAt([across, up], count, x) {
  const after = firstBeyond(across, count, x);
  if (after === 0 || after === count) return up[Math.min(after, count - 1)];
  const before = after - 1;
  return up[before] + ((x - across[before]) / (across[after] - across[before])) * (up[after] - up[before]);
}

/** The first row of so many beyond x, or their number where none is. */
function firstBeyond(across, count, x) {
  const row = Array.from({ length: count }, (_, k) => k).find((k) => across[k] > x);
  return row === undefined ? count : row;
}

/** Between which values a row's first cell stays; null for what is none of rows in order. @returns {[number, number]|null} */
function neighbours({ scene: { columns }, values }, name) {
  const letter = columns && columns.order ? columns.cells[0].name : "";
  const row = letter && name.startsWith(letter) ? Number(name.slice(letter.length)) : NaN;
  if (!(row >= 1)) return null;
  const first = (one, beyond) => (one >= 1 && one <= values.get(columns.count) ? values.get(`${letter}${one}`) : beyond);
  return [first(row - 1, -Infinity), first(row + 1, Infinity)];
}

/** What a cell becomes that is moved to a value: in rows in order the nearest that lies between its neighbours' values. */
export function inOrder(state, name, asked) {
  const between = neighbours(state, name);
  if (between === null || (asked > between[0] && asked < between[1])) return asked;
  const { decimals } = state.controls.get(name);
  const [before, after] = between;
  const near = Number(withDecimals(asked <= before ? before + 10 ** -decimals : after - 10 ** -decimals, decimals));
  return near > before && near < after ? near : state.values.get(name);
}

/** Why a typed value cannot stand in a cell; empty when it can. */
export function outOfOrder(state, control, value) {
  const [before, after] = neighbours(state, control.name) || [-Infinity, Infinity];
  if (value > before && value < after) return "";
  const end = (one) => significantNumber(one, DIGITS);
  if (before === -Infinity) return `${control.label} stays below ${end(after)}, that of the next row.`;
  if (after === Infinity) return `${control.label} stays above ${end(before)}, that of the row before.`;
  return `${control.label} stays between ${end(before)} and ${end(after)}, those of the rows around it.`;
}

/** The controls on rows take the values that the rows have at the time. */
export function takeRows(state) {
  const { columns, controls } = state.scene;
  for (const control of controls.filter((one) => one.on_rows)) {
    const values = () => firstCells(columns, state.values);
    const ways = { values, min: () => Math.min(...values()), max: () => Math.max(...values()) };
    // Their description is as it was sent.
    for (const [name, get] of Object.entries(ways)) Object.defineProperty(control, name, { get, enumerable: false, configurable: true });
  }
}

/** A row's first cell has moved: what stood on the row goes along. */
export function goAlong(state, name, former) {
  if (neighbours(state, name) === null) return;
  for (const control of state.scene.controls) {
    if (control.on_rows && state.values.get(control.name) === former) state.values.set(control.name, state.values.get(name));
  }
}

/** Rows came or went: what stands on none of them goes to the nearest. */
export function standOnRows(state) {
  for (const control of state.scene.controls.filter((one) => one.on_rows)) {
    const value = state.values.get(control.name);
    const away = (one) => Math.abs(one - value);
    state.values.set(control.name, control.values.reduce((best, one) => (away(one) < away(best) ? one : best)));
  }
}

/** The marks of a control on rows: each of them, where they are few. */
export function rowTicks({ values }) {
  return values.length > FEW_TICKS ? [] : values.map((value) => ({ mark: {}, value: () => value, label: () => significantNumber(value, 6) }));
}
