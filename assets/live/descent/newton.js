// Newton's safeguarded direction, the backtracking that goes with it, and the minimum that the two lead to; the twin of
// explorer/descent/newton.py and of the search in stability.py.
import { axesOf, eigenvaluesOf, scalarProduct } from "./bends.js";
import { ROUNDING } from "./landscape.js";

const SHRINK = 0.5;
const SUFFICIENT = 1e-4;
const MOST_TRIALS = 80;
/** A curvature that is so small a part of the terms that make it up is none; and the least that is divided by. */
const [CANCELLED, LEAST_CURVATURE] = [1e-8, 1e-12];
/** A zero that a slope only touches is known to this part of the place: the square root of a double's rounding. */
const TOUCHED = 2 ** -26;
/** So far beside a minimum, in parts of the point, slopes are what its curvatures say, unless a seam runs through it. */
const BESIDE_MINIMUM = 1e-6;
/** Losses that differ by less than this part of themselves are one. */
const SAME_LOSS = 1e-12;
/** A curvature below this part of the largest one may be rounding's alone. */
const UNSURE = 1e-12;

/** −|H|⁻¹∇L: a curvature whose terms have cancelled is lifted to a floor of its own, so that the direction leads downhill. */
export function newtonDirection(gradient, hessian) {
  if (hessian.length === 1) return [-gradient[0] / Math.max(Math.abs(hessian[0]), LEAST_CURVATURE)];
  const { values: [low, high], c, s } = eigenvaluesOf(hessian);
  const [a, b, d] = hessian.map(Math.abs);
  const mixed = 2 * Math.abs(c * s) * b;
  const over = Math.max(Math.abs(high), CANCELLED * (c * c * a + mixed + s * s * d), LEAST_CURVATURE);
  const under = Math.max(Math.abs(low), CANCELLED * (s * s * a + mixed + c * c * d), LEAST_CURVATURE);
  const along = (c * gradient[0] + s * gradient[1]) / over;
  const across = (c * gradient[1] - s * gradient[0]) / under;
  return [s * across - c * along, -c * across - s * along];
}

/** The first of η, η/2, η/4 … that lowers the loss enough (Armijo), 0 when there is none, and the number of trials. */
export function backtrack(landscape, point, loss, direction, slope, rate) {
  let size = rate;
  const candidate = new Float64Array(point.length);
  for (let trial = 1; trial <= MOST_TRIALS; trial += 1) {
    for (let i = 0; i < point.length; i += 1) candidate[i] = point[i] + size * direction[i];
    const after = landscape.lossAt(candidate);
    if (after < loss && after <= loss + SUFFICIENT * size * slope) return [size, trial];
    size *= SHRINK;
  }
  return [0, MOST_TRIALS];
}

/** The minimum that Newton's method reaches from a point, with its curvatures; null where it reaches none. */
export function minimumBelow(landscape, start) {
  const known = landscape.knownMinimum();
  if (known !== null) return known;
  let point = Float64Array.from(start);
  const gradient = new Float64Array(point.length);
  for (let round = 0; round < 40; round += 1) {
    const loss = landscape.look(point, gradient);
    const hessian = landscape.hessian(point);
    if (![loss, ...gradient, ...hessian].every(Number.isFinite)) return null;
    const middle = landscape.middleAt(point);
    const direction = middle ? landscape.stepAt(point, middle) : newtonDirection(gradient, hessian);
    const slope = scalarProduct(direction, gradient);
    const way = partOf(direction, point, middle);
    // The loss cannot tell the ends of a very short step apart: there Newton's step is right as it is.
    const blur = middle ? middle.blur(point, landscape.pullsAt(point)) : 0;
    const size = way > 1e-6 && Math.abs(slope) > ROUNDING * Math.abs(loss) + blur
      ? backtrack(landscape, point, loss, direction, slope, shortOfHump(landscape, point, loss, direction, blur))[0]
      : 1;
    point = point.map((p, i) => p + size * direction[i]);
    if (size === 0 || way <= 1e-9) break;
  }
  // Newton's last digits are rounding, unless rows are far off.
  const said = point.map((p) => Number(p.toFixed(12)) + 0);
  const about = landscape.middleAt(point);
  if (!(about && about.size(said.map((p, i) => p - point[i])) > 1e-9)) point = said;
  const here = landscape.curvatures(point);
  if (!holdsMinimum(landscape, point, here)) return null;
  return { point, smallest: here.values[0], largest: here.values[here.values.length - 1] };
}

/** The last of 2⁻²⁰, 2⁻¹⁹ … 1 before the loss along the direction no longer falls: not into a valley far away. */
function shortOfHump(landscape, point, loss, direction, blur) {
  const noise = SAME_LOSS * Math.abs(loss) + blur;
  let [size, before] = [2 ** -20, loss];
  while (size <= 1) {
    const after = landscape.lossAt(point.map((p, i) => p + size * direction[i]));
    if (!(after <= before + noise)) return Math.max(size / 2, 2 ** -20);
    size *= 2;
    before = after;
  }
  return 1;
}

/** How long a step is beside 1 and the point; about the middle of rows both are what they make of z. */
function partOf(step, point, middle) {
  const size = (of) => (middle ? middle.size(of) : Math.hypot(...of));
  return size(step) / Math.max(1, size(point));
}

/** Whether every curvature is positive, beyond rounding. */
function positiveDefinite({ values, middle }) {
  return values.every(Number.isFinite) && values[0] > (middle ? 0 : UNSURE * Math.abs(values[values.length - 1]));
}

/** Whether one more Newton step is short and finds the same curvatures, as beside a minimum and not in a far tail. */
function holdsMinimum(landscape, point, here) {
  if (!positiveDefinite(here)) return false;
  const { values, middle } = here;
  const { axes, step, bends } = onNewtonsWay(landscape, point, landscape.slopesAt(point), here);
  if (!(partOf(step, point, middle) <= 1e-6)) return false;
  return bends().every((bend, i) => Math.abs(bend - values[i]) <= values[i] / 4)
    && (Boolean(middle) || bendsAsFarAsItIsKnown(landscape, point, axes, values))
    && (!landscape.seams || bendsOnBothSides(landscape, point, axes, values));
}

/** Whether the curvatures hold as far around as a flat place that is no minimum may be off, as π of x + sin(x). */
function bendsAsFarAsItIsKnown(landscape, point, axes, values) {
  const away = TOUCHED * Math.max(1, Math.hypot(...point));
  return axes.every((axis) => [-away, away].every((way) => (
    landscape.bendsAlong(axes, point.map((p, k) => p + way * axis[k]))
      .every((bend, i) => Math.abs(bend - values[i]) <= values[i] / 4))));
}

/** Whether loss and slopes on both sides along each axis are those of the Hessian there: at a corner they are one side's. */
function bendsOnBothSides(landscape, point, axes, values) {
  const [gradient, slopes] = [new Float64Array(point.length), new Float64Array(point.length)];
  const away = BESIDE_MINIMUM * Math.max(1, Math.hypot(...point));
  const here = landscape.look(point, gradient);
  return axes.every((axis, i) => [-away, away].every((way) => {
    const loss = landscape.look(point.map((p, k) => p + way * axis[k]), slopes);
    const change = axis.reduce((sum, part, k) => sum + part * (slopes[k] - gradient[k]), 0);
    return Math.abs(change - way * values[i]) <= (away * values[i]) / 4
      && Math.abs(loss - here) <= away ** 2 * values[i] + SAME_LOSS * Math.abs(here);
  }));
}

/** Newton's way from a point, by its lengths along the axes of curvature (0 along flat ones), and the curvatures at its end. */
export function onNewtonsWay(landscape, point, gradient, here) {
  const axes = axesOf(here);
  const lengths = axes.map((axis, i) => scalarProduct(axis, gradient) / (here.values[i] === 0 ? Infinity : here.values[i]));
  const step = here.middle ? landscape.stepAt(point, here.middle) : Array.from(point, (_, k) => -axes.reduce((sum, axis, i) => sum + lengths[i] * axis[k], 0));
  const at = (share) => Array.from(point, (p, k) => p + share * step[k]);
  const bends = (share = 1) => landscape.bendsAlong(axes, at(share));
  return { axes, lengths, step, at, bends };
}
