// A function over what is seen: sampled along the axis, with gaps where it has no value, at known breaks and at leaps.

/** How close to a gap the curve is drawn, as a share of the width. */
const NEXT_TO_GAP = 1e-6;

/** A rise between two samples that is larger than this share of the height is looked into. */
const LEAP = 0.02;

/** So many values, at most, are spent on looking into rises: a curve that leaps everywhere is drawn as it comes. */
const CARE = 4000;

/**
 * @param {(at: number) => number} valueAt
 * @param {import("../document/adapter.js").Mapping} mapping
 * @param {number[]} gaps known breaks
 * @param {number} samples over the width
 * @returns {{x: number[], y: number[]}} points from left to right, NaN where the pen is lifted
 */
export function sampled(valueAt, mapping, gaps, samples) {
  const points = { x: [], y: [] };
  let care = CARE;
  const put = (x, y) => { points.x.push(x); points.y.push(y); };
  const lift = () => { if (points.y.length > 0 && points.y[points.y.length - 1] === points.y[points.y.length - 1]) put(points.x[points.x.length - 1], NaN); };
  const heightAt = (at) => mapping.y(valueAt(at));

  /** Whether the curve leaps between two neighbours: halved again and again, a steep piece becomes flat, a leap stays. */
  function leaps(from, start, to, end) {
    let [a, b, ya, yb] = [from, to, start, end];
    const whole = Math.abs(end - start);
    for (let turn = 0; turn < 24; turn += 1) {
      if (Math.abs(yb - ya) < LEAP * mapping.height || care <= 0) return false;
      care -= 1;
      const middle = (a + b) / 2;
      const y = heightAt(middle);
      if (!Number.isFinite(y)) return true;
      if (Math.abs(y - ya) > Math.abs(yb - y)) [b, yb] = [middle, y];
      else [a, ya] = [middle, y];
    }
    return Math.abs(yb - ya) > 0.5 * whole;
  }

  /** Where the curve ends between a place with a value and one without. */
  function lastDefined(defined, missing) {
    let [a, b] = [defined, missing];
    for (let turn = 0; turn < 20; turn += 1) {
      const middle = (a + b) / 2;
      if (Number.isFinite(heightAt(middle))) a = middle;
      else b = middle;
    }
    return a;
  }

  /** One piece without a known gap inside; where there is no value, and at a leap, the pen is lifted. */
  function piece(low, high, count) {
    lift();
    let down = false;
    let [before, last] = [NaN, NaN];
    for (let i = 0; i <= count; i += 1) {
      const at = low + (high - low) * (i / count);
      const value = valueAt(at);
      const y = mapping.y(value);
      const defined = Number.isFinite(y);
      if (i > 0 && defined !== down) {
        const end = defined ? lastDefined(at, before) : lastDefined(before, at);
        put(end, valueAt(end));
        if (!defined) lift();
      } else if (down && leaps(before, last, at, y)) {
        lift();
      }
      if (defined) put(at, value);
      [before, last] = [at, y];
      down = defined;
    }
  }

  const [left, right] = mapping.xRange();
  const margin = NEXT_TO_GAP * (right - left);
  const inside = gaps.filter((x) => x > left && x < right).sort((a, b) => a - b);
  const ends = [left - margin, ...inside, right + margin];
  for (let i = 1; i < ends.length; i += 1) {
    const [low, high] = [ends[i - 1] + margin, ends[i] - margin];
    if (high > low) piece(low, high, Math.max(2, Math.ceil((samples * (high - low)) / (right - left))));
  }
  return points;
}

/** The golden section: multiples of it by squares keep no rhythm that a wave could share. */
const GOLDEN_SHARE = (Math.sqrt(5) - 1) / 2;

/**
 * In each of so many columns the least and the greatest of so many values; NaN where none is defined.
 * @param {(at: number) => number} valueAt @param {number} left @param {number} right
 * @param {number} columns @param {number} probes
 */
export function banded(valueAt, left, right, columns, probes) {
  const width = (right - left) / columns;
  const edges = Array.from({ length: columns + 1 }, (_, i) => left + width * i);
  const [low, high] = [new Array(columns).fill(NaN), new Array(columns).fill(NaN)];
  for (let i = 0; i < columns; i += 1) {
    for (let k = 1; k <= probes; k += 1) {
      const value = valueAt(edges[i] + width * ((GOLDEN_SHARE * k * k) % 1));
      if (Number.isFinite(value)) {
        if (!(low[i] <= value)) low[i] = value;
        if (!(high[i] >= value)) high[i] = value;
      }
    }
  }
  return { edges, low, high };
}
