// Whether an answer is right, how far it is off, and what a first wrong one is told.
import { givenNumber, significantNumber } from "../words/numbers.js";

/** Rounding of a place that was dragged to. */
const PLACE_ROUNDING = 1e-12;

/** From these shares of the track on an answer lies some way off, or far. */
const SOME_WAY = 0.04;
const FAR = 0.2;

/**
 * The right place that is nearest to a value, inside an interval the value itself; how far off it is, and on which side of
 * the value (−1 or 1) its interval lies. On a control that `wraps`, the shorter way round.
 */
export function nearestTo(intervals, value, wraps) {
  const turns = wraps ? [-wraps, 0, wraps] : [0];
  const places = intervals.flatMap(([low, high]) => turns.map((turn) => {
    const at = Math.min(Math.max(value - turn, low), high);
    return { at, off: Math.abs(at + turn - value), side: (low + high) / 2 + turn < value ? -1 : 1 };
  }));
  return places.reduce((best, one) => (one.off < best.off ? one : best));
}

/** The verdict on an answer, and what is said of it: how far it is from the nearest right one, or to which it is near enough. */
export function judged({ intervals, tolerance, open }, value, wraps) {
  const { at, off } = nearestTo(intervals, value, wraps);
  const inside = intervals.some(([low, high]) => value > low && value < high);
  const right = open && tolerance === 0 ? inside : off <= tolerance + PLACE_ROUNDING;
  const same = significantNumber(at, 3) === significantNumber(value, 3);
  if (right) return { right, said: same ? "" : `: near enough to ${givenNumber(at)}` };
  return { right, said: off > 0 ? `: off by ${significantNumber(off, 2)}` : ", which is just the edge" };
}

/** Which side, and how far in words: by the track of the control that is asked for, where it has one, else by the size. */
export function hintAt({ intervals, hints, far }, scale, value, wraps) {
  if (hints.length === 0) return "";
  const { off, side } = nearestTo(intervals, value, wraps);
  const share = (at) => (scale ? scale.toShare(at) : at / (Math.abs(at) + Math.abs(value) || 1));
  const way = Math.abs(share(value + side * off) - share(value));
  return hints[side < 0 ? 0 : 1].replace("{far}", far[way < SOME_WAY ? 0 : way < FAR ? 1 : 2]);
}
