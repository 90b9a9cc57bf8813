// Second derivatives at a place: their eigenvalues and axes, and those of a mean over rows, about the rows' own middle. The
// twin of explorer/descent/bends.py.

/** A curvature that is no larger a part of what it could be is not known from none. */
export const FLAT = 1e-7;
/** The square of what rounding makes of a deviation that is 0, in parts of the middle. */
const ROUNDED_SPREAD = 2 ** -100;

/** The scalar product. */
export const scalarProduct = (one, other) => one.reduce((sum, part, i) => sum + part * other[i], 0);

/** @param {number[]} hessian [xx] or [xx, xy, yy] @param {number} determinant where it is known better than from these */
export function eigenvaluesOf(hessian, determinant = NaN) {
  if (hessian.length === 1) return { values: hessian, c: 1, s: 0 };
  const [a, b, d] = hessian;
  const middle = (a + d) / 2;
  const half = (a - d) / 2;
  const radius = Math.sqrt(half * half + b * b);
  // The smaller of c and s keeps its digits only as a sine.
  const angle = Math.atan2(b, Math.abs(half)) / 2;
  const [c, s] = half >= 0 ? [Math.cos(angle), Math.sin(angle)] : [Math.sin(angle), Math.cos(angle)];
  // By the determinant: middle − radius would lose the smaller one in the rounding of the larger.
  const largest = Math.abs(middle) + radius;
  const made = Number.isNaN(determinant) ? (a / largest) * d - (b / largest) * b : determinant / largest;
  const other = largest > 0 ? made : 0;
  return { values: middle >= 0 ? [other, largest] : [-largest, -other], c, s };
}

/** The unit eigenvectors; like the eigenvalues they go from the least to the largest. */
export function axesOf({ values, c, s }) {
  return values.length === 1 ? [[1]] : [[-s, c], [c, s]];
}

/** The second derivative along each axis. */
export function bendsAlong(axes, [a, b, d]) {
  return axes.map(([u, v]) => (v === undefined ? a : u * u * a + 2 * u * v * b + v * v * d));
}

/**
 * How a mean over rows bends whose costs are functions of z = x·t + y, and ρx²/2 besides: by mean(w(t², t, 1)), w ≥ 0.
 * Far from 0 nothing but rounding is left of its determinant; about the middle t̄, with x and y + t̄x, it is
 * mean(w) · (mean(w(t − t̄)²) + ρ).
 */
export class Middle {
  /** @param {ArrayLike<number>} weights @param {ArrayLike<number>} places t @param {number} count @param {number} ridge ρ */
  constructor(weights, places, count, ridge) {
    const mean = (of) => { let sum = 0; for (let k = 0; k < count; k += 1) sum += of(k); return sum / count; };
    const about = (sum, size) => { const first = places[0]; return first + sum((k) => places[k] - first) / size; };
    const plain = about(mean, 1);
    this.weight = mean((k) => weights[k]);
    this.place = about((offset) => mean((k) => weights[k] * offset(k)), this.weight);
    const rows = mean((k) => weights[k] * (places[k] - this.place) ** 2);
    this.width = Math.sqrt(mean((k) => (places[k] - plain) ** 2));
    const room = this.weight * this.width ** 2;
    this.spread = rows + ridge;
    this.mean = mean;
    this.places = places;
    /** Whether it bends in both ways, beyond doubt. */
    this.bends = this.weight > 0 && (rows > FLAT * room || ridge > FLAT * room) && this.spread > ROUNDED_SPREAD * this.weight * this.place ** 2;
  }

  /** How far (u, v) moves z, row for row. */
  size([u, v]) { return Math.hypot(u * this.width, v + this.place * u); }

  get determinant() { return this.weight * this.spread; }

  /** The second derivative along (u, v). */
  along([u, v]) {
    return this.weight * (this.place * u + v) ** 2 + this.spread * u * u;
  }

  /** What the rounding of z makes of the loss at (x, y), from the slopes by z. */
  blur([x, y], pulls) {
    return 2 ** -51 * (Math.abs(x * this.place) + Math.abs(y)) * this.mean((k) => Math.abs(pulls[k]));
  }

  /** The slope by x, with y + t̄x held. */
  turn(pulls, ridgePull) {
    return this.mean((k) => pulls[k] * (this.places[k] - this.place)) + ridgePull;
  }

  /** Whether there is one, where nothing bends that way. */
  leans(pulls, ridgePull) {
    return !this.bends && Math.abs(this.turn(pulls, ridgePull)) > FLAT * this.width * this.mean((k) => Math.abs(pulls[k]));
  }

  /** Newton's step, from the slopes by z, row by row, and what the ridge pulls at x. @returns {number[]} */
  step(pulls, ridgePull) {
    const turned = -this.turn(pulls, ridgePull) / this.spread;
    return [turned, -this.mean((k) => pulls[k]) / this.weight - this.place * turned];
  }
}
