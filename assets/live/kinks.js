// How far and how steep a path is, and whether it meets a kink: by the same tests as explorer/descent/judgement.py.

/** What is near beside the extent of a path, or level beside its steepest slope. */
export const NEAR = 1e-3;

/** Length of the diagonal of the box around rows from…to. */
export function extent(path, from = 0, to = path.count) {
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

export function steepest(path) {
  let most = 0;
  for (let row = 0; row <= path.count; row += 1) most = Math.max(most, path.slope(row));
  return most;
}

/** In one variable: the last step is short, the slope is up at one end of it and down at the other. */
export function enclosesKink(path) {
  if (path.dimension !== 1 || path.count < 2) return false;
  const [xs] = path.points;
  const [slopes] = path.gradients;
  const last = path.count;
  if (!(Math.abs(xs[last] - xs[last - 1]) <= NEAR * extent(path))) return false;
  const right = xs[last] > xs[last - 1] ? last : last - 1;
  return slopes[right] > 0 && slopes[2 * last - 1 - right] < 0;
}

/** Which of the last iterates is, to rounding, the bottom of a kink; −1 where none is. */
export function rowOnKink(landscape, path, last) {
  const far = extent(path);
  const most = steepest(path);
  for (let row = path.count; row > path.count - last; row -= 1) if (isBottomOfKink(landscape, path.point(row), far, most)) return row;
  return -1;
}

/** Whether the slope jumps from down to up right there, along an axis at least, and is flat along the others. */
function isBottomOfKink(landscape, point, far, most) {
  const reach = 1e-9 * Math.max(far, ...point.map(Math.abs));
  const slopes = new Float64Array(point.length);
  let kinked = false;
  for (let axis = 0; axis < point.length; axis += 1) {
    const [left, right] = [-reach, reach].map((side) => {
      landscape.look(point.map((part, i) => part + (i === axis ? side : 0)), slopes);
      return slopes[axis];
    });
    if (left < -NEAR * most && right > NEAR * most) kinked = true;
    else if (!(Math.max(Math.abs(left), Math.abs(right)) <= 1e-6 * most)) return false;
  }
  return kinked;
}
