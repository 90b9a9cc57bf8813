// What a walk that goes on shows of the place where a path ended and of the one where it began.
import { extentOf, misfit, periodOf } from "./swings.js";
import { ENDED } from "./walk.js";

/** A cycle is kept where its iterates repeat so nearly, in parts of their swing, and it has neither halved nor doubled. */
const KEPT = 1e-2;
const HALVED = 0.5;

/** The largest difference in a coordinate between the rows from `first` on and one of its rows. @param {import("./walk.js").Path} path */
export function farthestBetween(path, first, row) {
  let most = 0;
  for (const column of path.points) {
    for (let at = first; at <= path.count; at += 1) most = Math.max(most, Math.abs(column[at] - column[row]));
  }
  return most;
}

/** How far it gets from the end of the judged path, beside 1 and the place. @param {import("./walk.js").Path} later @param {import("./measures.js").Measures} measures */
export function strayed(later, { point, steps }) {
  return farthestBetween(later, steps, steps) / (1 + Math.max(...point.map(Math.abs)));
}

/** After how many steps the judged path comes back to where it was, and does so if it walks on; else 0. */
export function keptPeriod({ path, later }) {
  const period = periodOf(path);
  if (period === 0 || later === null) return period;
  const [then, swing] = [path, later].map((walked) => extentOf(walked, walked.count - period + 1));
  const kept = later.ending === ENDED.RAN && swing >= HALVED * then && then >= HALVED * swing
    && misfit(later, period, later.count) <= KEPT * swing;
  return kept ? period : 0;
}
