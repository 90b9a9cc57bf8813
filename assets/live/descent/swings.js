// How far a path swings, and whether it comes back.

const LONGEST_PERIOD = 8;
const ALIKE = 1e-3;
/** What moves by this part of itself moves in its last bits only. */
const LAST_BITS = 2 ** -50;
const NARROWER = 0.95;

/** From the least to the largest of a coordinate in rows from…to. */
export function rangeOf(path, axis, from = 0, to = path.count) {
  const column = path.points[axis];
  let [low, high] = [Infinity, -Infinity];
  for (let row = from; row <= to; row += 1) {
    low = Math.min(low, column[row]);
    high = Math.max(high, column[row]);
  }
  return high - low;
}

/** Length of the diagonal of the box around rows from…to. */
export function extentOf(path, from = 0, to = path.count) {
  let sum = 0;
  for (let axis = 0; axis < path.dimension; axis += 1) sum += rangeOf(path, axis, from, to) ** 2;
  return Math.sqrt(sum);
}

/** By how much the last `period` rows miss those before them. */
export function misfit(path, period, count) {
  let most = 0;
  for (let i = 0; i < period; i += 1) {
    const row = count - i;
    const away = path.apart(row, row - period);
    // Like the maximum of an array, which a missing number makes missing.
    if (Number.isNaN(away)) return NaN;
    most = Math.max(most, away);
  }
  return most;
}

/** After how many steps a path comes back to where it was; 0 where it does not. @param {import("./walk.js").Path} path */
export function periodOf(path) {
  const length = path.count + 1;
  for (let period = 2; period <= LONGEST_PERIOD; period += 1) {
    if (length < 2 * period) return 0;
    const swing = extentOf(path, path.count - period + 1);
    const now = misfit(path, period, path.count);
    const still = path.points.every((column, axis) => rangeOf(path, axis, path.count - period + 1) <= LAST_BITS * Math.abs(column[path.count]));
    if (still) return 0;
    if (now <= 1e-9 * swing) return period;
    const earlier = length - Math.max(2 * period, Math.floor(length / 4));
    if (now <= ALIKE * swing && earlier >= 2 * period) {
      const before = misfit(path, period, earlier - 1) / extentOf(path, earlier - period, earlier - 1);
      if (before > (2 * now) / swing) return period;
    }
  }
  return 0;
}

export function median(numbers) {
  const sorted = Array.from(numbers).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The last five stretches of so many steps. @param {number[]} lengths */
const stretchesOf = (lengths, part) => [5, 4, 3, 2, 1].map((k) => lengths.slice(lengths.length - k * part).slice(0, part));

const falls = (sizes, below) => sizes.every((size, i) => i === 0 || size < below * sizes[i - 1]);

/** Whether the last steps get shorter from stretch to stretch: five in a row are no chance. @param {number[]} lengths */
export function shrinks(lengths) {
  const stretches = stretchesOf(lengths, Math.min(LONGEST_PERIOD, Math.floor(lengths.length / 5)));
  const longest = stretches.map((stretch) => Math.max(...stretch));
  return falls(longest, 1) && falls(stretches.map(median), 1) && longest[4] < 0.99 * longest[0];
}

/** Whether the envelope of the steps narrows over fifths of the path: a swing of a few steps has a beat. @param {number[]} lengths */
export function narrows(lengths) {
  const part = Math.floor(lengths.length / 5);
  if (part < LONGEST_PERIOD) return false;
  return falls(stretchesOf(lengths, part).map((stretch) => Math.max(...stretch)), NARROWER);
}
