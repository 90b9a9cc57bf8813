// What a walk that goes on shows of the place where a path ended and of the one where it began.

/** The largest difference in a coordinate between the rows from `first` on and one of its rows. @param {import("./walk.js").Path} path */
export function farthestBetween(path, first, row) {
  let most = 0;
  for (const column of path.points) {
    for (let at = first; at <= path.count; at += 1) most = Math.max(most, Math.abs(column[at] - column[row]));
  }
  return most;
}

/** How far it gets from the end of the judged path, beside 1 and the place. @param {import("./measures.js").Measures} measures */
export function strayed({ later, point, steps }) {
  return farthestBetween(later, steps, steps) / (1 + Math.max(...point.map(Math.abs)));
}
