// From how far a box is looked at: as near as its corners and what is written beside them allow.

/** Half the angle of view, up and down, of Plotly's perspective. */
const HALF_VIEW = Math.PI / 8;

/** Pixels on each side in which ticks and names of axes stand, and how often the distance is halved to find the least. */
const BESIDE_BOX = { across: 40, up: 28 };
const HALVINGS = 24;
const MOST_TIMES = 8;

/** @typedef {{eye: object, center: object, up: object}} Camera as Plotly writes it */

/**
 * @param {Camera} camera
 * @param {number} times
 * @returns {Camera} the same view from so many times the distance
 */
export function fromAfar(camera, times) {
  const { eye, center } = camera;
  return { ...camera, eye: Object.fromEntries(["x", "y", "z"].map((k) => [k, center[k] + times * (eye[k] - center[k])])) };
}

/**
 * @param {Camera} camera which way one looks
 * @param {{x: number, y: number, z: number}} sides of the box, whose middle is the origin
 * @param {number} width of the panel in pixels
 * @param {number} height
 * @returns {Camera} the same view from the least distance at which the whole box is in the panel
 */
export function fitCamera(camera, sides, width, height) {
  const room = { across: Math.max(0.5, 1 - (2 * BESIDE_BOX.across) / width), up: Math.max(0.5, 1 - (2 * BESIDE_BOX.up) / height) };
  const rise = Math.tan(HALF_VIEW);
  const holds = (times) => corners(fromAfar(camera, times), sides)
    .every(([x, y, depth]) => depth > 0 && Math.abs(x) <= room.across * depth * rise * (width / height) && Math.abs(y) <= room.up * depth * rise);
  let [near, far] = [0, MOST_TIMES];
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = (near + far) / 2;
    if (holds(middle)) far = middle;
    else near = middle;
  }
  return fromAfar(camera, far);
}

/** The eight corners of a box as seen from the eye: to the right, up, and away. */
function corners({ eye, center, up }, sides) {
  const list = ({ x, y, z }) => [x, y, z];
  const from = list(eye);
  const away = unit(list(center).map((c, k) => c - from[k]));
  const right = unit(cross(away, list(up)));
  const above = cross(right, away);
  const seen = [];
  for (let corner = 0; corner < 8; corner += 1) {
    const way = list(sides).map((side, k) => ((corner >> k) & 1 ? side / 2 : -side / 2) - from[k]);
    seen.push([right, above, away].map((axis) => dot(axis, way)));
  }
  return seen;
}

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a) => a.map((value) => value / Math.hypot(...a));
