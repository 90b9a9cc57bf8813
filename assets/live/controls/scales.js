// A control's scale: value ↔ position on the track (0…1), linear, logarithmic, or logarithmic on both sides of zero.
import { withDecimals } from "../words/numbers.js";

/** Share of a symmetric logarithmic half track that means exactly zero. */
const ZERO_ZONE = 0.03;

/** What an arrow key reaches has so many decimals at least: a tenth of a step is finer than a drag may be. */
const KEY_DECIMALS = 12;

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

function logarithmicSide(share, smallest, largest) {
  return smallest * Math.pow(largest / smallest, share);
}

/**
 * @param {{scale: string, min: number, max: number, smallest?: number, decimals: number, step: number}} control
 * @returns {{toShare: (value: number) => number, toValue: (share: number) => number,
 *            tidy: (value: number) => number, keep: (value: number) => number,
 *            move: (value: number, steps: number) => number}}
 *   `keep` brings a value into range, `tidy` also rounds it to what a drag can mean; `move` is the arrow keys' stepping.
 */
export function scaleOf(control) {
  if (control.values && control.values.length > 0) return scaleOfValues(control);
  if (control.scale === "log") return logarithmicScale(control);
  if (control.scale === "symlog") return symmetricScale(control);
  return linearScale(control);
}

function linearScale({ min, max, decimals, step, quantum, wraps }) {
  const places = quantum === undefined || quantum === null ? decimals + 1 : Math.max(0, Math.round(-Math.log10(quantum)));
  const once = max - min;
  const keep = (value) => (wraps && (value < min || value > max) ? value - once * Math.floor((value - min) / once) : clamp(value, min, max));
  const tidy = (value) => keep(Number(withDecimals(value, places)));
  return {
    toShare: (value) => clamp((value - min) / (max - min), 0, 1),
    toValue: (share) => tidy(min + share * (max - min)),
    tidy,
    keep,
    move: (value, steps) => keep(Number(withDecimals(value + steps * step, Math.max(places, KEY_DECIMALS)))),
  };
}

function logarithmicScale({ min, max, step }) {
  const decades = Math.log10(max / min);
  const tidy = (value) => clamp(Number(value.toPrecision(3)), min, max);
  return {
    toShare: (value) => clamp(Math.log10(value / min) / decades, 0, 1),
    toValue: (share) => tidy(logarithmicSide(share, min, max)),
    tidy,
    keep: (value) => clamp(value, min, max),
    move: (value, steps) => clamp(Number((value * Math.pow(10, steps * step)).toPrecision(4)), min, max),
  };
}

function symmetricScale({ min, max, smallest = 1e-6, step }) {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const decades = Math.log10(largest / smallest);
  const signedShare = (value) => {
    const size = Math.abs(value);
    if (size < smallest * 0.999) return 0;
    return Math.sign(value) * (ZERO_ZONE + (1 - ZERO_ZONE) * (Math.log10(size / smallest) / decades));
  };
  const fromSigned = (signed) => {
    const size = Math.abs(signed);
    if (size < ZERO_ZONE * 0.999) return 0;
    return Math.sign(signed) * logarithmicSide((size - ZERO_ZONE) / (1 - ZERO_ZONE), smallest, largest);
  };
  const [low, high] = [signedShare(min), signedShare(max)];
  const tidy = (value) => {
    const kept = clamp(value, min, max);
    return Math.abs(kept) < smallest * 0.999 ? 0 : Number(kept.toPrecision(3));
  };
  return {
    toShare: (value) => clamp((signedShare(value) - low) / (high - low), 0, 1),
    toValue: (share) => tidy(fromSigned(low + share * (high - low))),
    tidy,
    keep: (value) => (value !== 0 && Math.abs(value) < smallest ? Math.sign(value) * smallest : clamp(value, min, max)),
    move: (value, steps) => symmetricMove(value, steps * step, smallest, tidy),
  };
}

/** A key press on a symmetric scale: a factor away from zero; through zero the two smallest values are neighbours of 0. */
function symmetricMove(value, decades, smallest, tidy) {
  if (value === 0) return decades === 0 ? 0 : Math.sign(decades) * smallest;
  const away = Math.sign(value) * decades;
  const size = Math.abs(value) * Math.pow(10, away);
  if (size < smallest * 0.999) return Math.abs(value) > smallest * 1.001 ? Math.sign(value) * smallest : 0;
  return tidy(Math.sign(value) * Number(size.toPrecision(4)));
}

/** A linear track on which only the listed values can be taken, as they are at the time; an arrow key goes to the next one. */
function scaleOfValues(control) {
  const { min, max } = control;
  const nearest = (value) => control.values.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best));
  return {
    toShare: (value) => clamp((value - min) / (max - min), 0, 1),
    toValue: (share) => nearest(min + share * (max - min)),
    tidy: nearest,
    keep: nearest,
    move: (value, steps) => {
      const { values } = control;
      const hops = Math.sign(steps) * Math.max(1, Math.round(Math.abs(steps)));
      return values[clamp(values.indexOf(nearest(value)) + hops, 0, values.length - 1)];
    },
  };
}
