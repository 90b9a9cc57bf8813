// Where a loss turns: ahead of a path, along its next step, and between its last two iterates.

const FARTHEST = 2 ** 20;
const NOTHING = 1e-9;
const STEEPEST = 1e3;

/** After how many steps like the next one the loss turns up, or with `flat` its gradient vanishes: descent/ahead.py. */
export function turnAlong(landscape, path, point, flat) {
  const gradient = new Float64Array(path.dimension);
  const slope = (steps) => {
    landscape.look(point.map((p, i) => p + steps * path.next[i]), gradient);
    return gradient.reduce((sum, part, i) => sum + part * path.next[i], 0);
  };
  const here = slope(0);
  if (!(here < 0)) return 0;
  const lowest = flat ? NOTHING * Math.hypot(...gradient) : -Infinity;
  const turned = (steps) => slope(steps) > -NOTHING * here || Math.hypot(...gradient) <= lowest;
  let [low, high] = [0, 1];
  while (!turned(high)) {
    if (high >= FARTHEST) return Infinity;
    [low, high] = [high, 2 * high];
  }
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2;
    if (turned(middle)) high = middle;
    else low = middle;
  }
  return slope(high) <= -STEEPEST * here ? high : Infinity;
}

/** Where the slope jumps from down to up between the last two iterates, by bisection. */
export function kinkBetween(landscape, path) {
  const [xs] = path.points;
  const slopes = new Float64Array(1);
  let [low, high] = [xs[path.count - 1], xs[path.count]].sort((a, b) => a - b);
  for (let turn = 0; turn < 100; turn += 1) {
    const middle = (low + high) / 2;
    landscape.look([middle], slopes);
    if (!(slopes[0] < 0 || slopes[0] > 0) || middle === low || middle === high) return middle;
    if (slopes[0] < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
