// What rounding makes of the slopes on the way that is left; the twin of explorer/descent/blurred.py.
import { FLAT } from "./bends.js";
import { onNewtonsWay } from "./newton.js";

/** So many places are looked at, each at half the distance that the one before has left. */
const BLUR_HALVINGS = 20;
/** A shift by less, beside 1 and the place, is not seen, however little is left of the way. */
const ADRIFT = 1e-4;
/** Nearer to the flat place than this part of 1 and of itself nobody looks. */
const NEAREST_LOOK = 1e-12;

/** How far rounding may shift the flat place that a path comes to, beside 1 and the place; infinite where it may be all of the curvature, or more than is left of the way. */
export function roundingAhead({ landscape, here, point: end, gradient }) {
  const point = Array.from(end);
  const largest = Math.max(...here.values.map(Math.abs));
  if (landscape.quadratic || !Number.isFinite(largest)) return 0;
  const bends = here.values.map((bend) => (Math.abs(bend) > FLAT * largest ? bend : Infinity));
  const { axes, lengths } = onNewtonsWay(landscape, point, gradient, { ...here, middle: null, values: bends });
  const room = 1 + Math.max(...point.map(Math.abs));
  const left = Math.hypot(...lengths);
  if (landscape.seams && left <= NEAREST_LOOK * room) return 0;
  if (landscape.bendBlur(point) > largest / 2) return Infinity;
  let most = 0;
  for (let k = 0; k <= BLUR_HALVINGS; k += 1) {
    const part = 2 ** -k;
    if (k > 0 && !(part * left > NEAREST_LOOK * room)) break;
    const errors = landscape.slopesBlur(point.map((p, i) => axes.reduce((at, axis, n) => at - (1 - part) * lengths[n] * axis[i], p)));
    axes.forEach((axis, n) => {
      const shift = axis.reduce((sum, share, i) => sum + Math.abs(share) * errors[i], 0) / Math.abs(bends[n]);
      most = Math.max(most, shift);
    });
  }
  return most > Math.max(left, ADRIFT * room) ? Infinity : most / room;
}
