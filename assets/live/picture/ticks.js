// Where an axis has its numbers, as Plotly chooses them: 1, 2 or 5 times a power of ten, so that nothing jumps at rest.
import { fixedNumber, significantNumber } from "../words/numbers.js";

/** Pixels per number, at least; and how many numbers an axis has room for. */
const ROOM = { x: 80, y: 40 };
const [FEWEST, MOST] = [4, 9];

/** Numbers from here on, and steps below this, are written as powers of ten. */
const [LARGE_TICK, SMALL_STEP] = [1e5, 1e-6];

/** The least of 1, 2, 5, 10 times a power of ten that is no shorter than `rough`. */
function roundUp(rough) {
  const base = 10 ** Math.floor(Math.log10(rough));
  const share = rough / base;
  return base * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

function linearTicks([low, high], rough) {
  const step = roundUp(rough);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const most = Math.max(Math.abs(low), Math.abs(high));
  const alike = most > 50 * (high - low);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(high / step + 1e-9) - first + 1) }, (_, i) => {
    const at = (first + i) * step;
    const plain = (alike || most < LARGE_TICK) && step >= SMALL_STEP;
    return { at, text: plain ? fixedNumber(at, Math.min(decimals, 20), 1e15) : significantNumber(at, 4) };
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

/** @param {object} axis as Plotly has filled it in @returns {{at: number, text: string}[]} `at` as Plotly writes ranges */
export function ticksOf(axis) {
  const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  if (axis.tickmode === "array") {
    const words = axis.ticktext || [];
    return Array.from(axis.tickvals || [], (at, i) => ({ at, text: words[i] || "" })).filter(({ at }) => at >= low && at <= high);
  }
  if (axis.type === "log") return logarithmicTicks([low, high]);
  const count = Math.min(Math.max(axis._length / ROOM[axis._name[0]], FEWEST), MOST) + 1;
  return linearTicks([low, high], (high - low) / count);
}
