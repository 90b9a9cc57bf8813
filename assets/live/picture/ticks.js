// Where an axis has its numbers, as Plotly chooses them: 1, 2 or 5 times a power of ten, so that nothing jumps at rest.
import { fixedNumber, powerNumber, significantNumber } from "../words/numbers.js";

/** Pixels per number, at least; and how many numbers an axis has room for. */
const ROOM = { x: 80, y: 40 };
const [FEWEST, MOST] = [4, 9];

/** Numbers from here on, steps below this, and all along so short an axis at 0 are written as powers of ten, as theme.axis has it. */
const [LARGE_TICK, SMALL_STEP, SMALL_AXIS] = [1e5, 1e-6, 5e-4];

/** The least of 1, 2, 5, 10 times a power of ten that is no shorter than `rough`. */
function roundUp(rough) {
  const base = 10 ** Math.floor(Math.log10(rough));
  const share = rough / base;
  return base * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

/** Numbers are nearly the same if they are so many times as far from 0 as they reach. */
const NEARLY_THE_SAME = 50;

function decimalsOf(step) {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** @param {number} offset what is added to the numbers that are written */
function linearTicks([low, high], rough, offset = 0) {
  const step = roundUp(rough);
  const [from, to] = [low - offset, high - offset];
  const most = Math.max(Math.abs(from), Math.abs(to));
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(to / step + 1e-9) - first + 1) }, (_, i) => {
    const part = (first + i) * step;
    const alike = most > NEARLY_THE_SAME * (high - low);
    if (high - low < SMALL_AXIS && most < 2 * SMALL_AXIS && !alike) return { at: offset + part, text: powerNumber(part, 4) };
    const plain = (alike || most < LARGE_TICK) && step >= SMALL_STEP;
    return { at: offset + part, text: plain ? fixedNumber(part, Math.min(decimalsOf(step), 20), 1e15) : significantNumber(part, 4) };
  });
}

/** Whole powers of ten. */
function logarithmicTicks([low, high]) {
  const step = Math.max(1, Math.ceil((high - low) / MOST));
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) => {
    const at = (first + i) * step;
    return { at, text: significantNumber(10 ** at, 2) };
  });
}

/** Between two numbers along an axis there is so much, at least. */
function leastStep(axis) {
  const count = Math.min(Math.max(axis._length / ROOM[axis._name[0]], FEWEST), MOST) + 1;
  return Math.abs(axis.range[1] - axis.range[0]) / count;
}

/**
 * @param {object} axis as Plotly has filled it in @param {number} offset what is said once beside it, and left out of its numbers
 * @returns {{at: number, text: string}[]} `at` as Plotly writes ranges
 */
export function ticksOf(axis, offset = 0) {
  const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  if (axis.tickmode === "array" && offset === 0) {
    const words = axis.ticktext || [];
    return Array.from(axis.tickvals || [], (at, i) => ({ at, text: words[i] || "" })).filter(({ at }) => at >= low && at <= high);
  }
  return axis.type === "log" ? logarithmicTicks([low, high]) : linearTicks([low, high], leastStep(axis), offset);
}

/** So many letters of a number have room below an axis, beside one, and there beside its title. */
const [LETTERS_BELOW, LETTERS_BESIDE, LETTERS_BY_TITLE] = [9, 8, 6];

/** Zeros before the first digit that differs are left in the numbers, one. */
const ROUNDER = 10;

/** What the numbers along an axis have in common, where written out they would have no room; else 0. */
function offsetOf(axis) {
  const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  const [span, far] = [high - low, Math.max(Math.abs(low), Math.abs(high))];
  if (axis.type === "log" || axis.tickmode === "array" || !axis.showticklabels || !(span > 0) || far <= NEARLY_THE_SAME * span) return 0;
  const [digits, decimals] = [Math.max(Math.floor(Math.log10(far)) + 1, 1), decimalsOf(roundUp(leastStep(axis)))];
  const commas = digits > 4 ? Math.floor((digits - 1) / 3) : 0;
  const room = axis._name[0] === "x" ? LETTERS_BELOW : axis.title.text ? LETTERS_BY_TITLE : LETTERS_BESIDE;
  if (digits + commas + (decimals > 0 ? decimals + 1 : 0) + Number(low < 0) <= room) return 0;
  const round = ROUNDER * 10 ** Math.ceil(Math.log10(span));
  return Number((Math.round((low + high) / 2 / round) * round).toPrecision(15));
}

/**
 * Numbers that begin alike and are long: what they have in common is said once, in the axis' title.
 * @param {object} full a layout as Plotly has filled it in
 * @returns {{offsets: Object<string, number>, changes: object}} by Plotly's name of the axis, and as Plotly is told
 */
export function toldApart(full) {
  const [offsets, changes] = [{}, {}];
  for (const [name, axis] of Object.entries(full)) {
    const offset = /^[xy]axis\d*$/.test(name) ? offsetOf(axis) : 0;
    if (offset === 0) continue;
    const ticks = ticksOf(axis, offset);
    offsets[name] = offset;
    Object.assign(changes, {
      [`${name}.tickmode`]: "array",
      [`${name}.tickvals`]: ticks.map(({ at }) => at),
      [`${name}.ticktext`]: ticks.map(({ text }) => text),
      [`${name}.title.text`]: `${axis.title.text ? `${axis.title.text} = ` : ""}${significantNumber(offset, 15)} + …`,
    });
  }
  return { offsets, changes };
}
