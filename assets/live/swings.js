// How far a path swings, and whether it comes back.

const LONGEST_PERIOD = 8;
const ALIKE = 1e-3;

/** Length of the diagonal of the box around rows from…to. */
export function extentOf(path, from = 0, to = path.count) {
  let sum = 0;
  for (const column of path.points) {
    let [low, high] = [Infinity, -Infinity];
    for (let row = from; row <= to; row += 1) {
      low = Math.min(low, column[row]);
      high = Math.max(high, column[row]);
    }
    sum += (high - low) * (high - low);
  }
  return Math.sqrt(sum);
}

function misfit(path, period, count) {
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
    if (swing === 0) return 0;
    if (now <= 1e-9 * swing) return period;
    const earlier = length - Math.max(2 * period, Math.floor(length / 4));
    if (now <= ALIKE * swing && earlier >= 2 * period) {
      const before = misfit(path, period, earlier - 1) / extentOf(path, earlier - period, earlier - 1);
      if (before > (2 * now) / swing) return period;
    }
  }
  return 0;
}
