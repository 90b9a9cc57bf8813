// What is known of Plotly's three-dimensional scenes from the inside: the camera, new coordinates without a new picture,
// and the release of their memory. `Plotly.restyle` draws the whole picture anew, which costs a hundred times as much.
import { element } from "../document/dom.js";

function insideOf(graph) {
  const layout = graph._fullLayout;
  const inside = layout && layout.scene && layout.scene._scene;
  return inside && inside.glplot ? inside : null;
}

/** @returns {object|null} the present camera as Plotly writes it */
export function readCamera(graph) {
  const inside = insideOf(graph);
  return inside ? inside.getCamera() : null;
}

/** The box in which a scene is drawn: coordinate = (value − middle) · scale, with the eye in the same coordinates. */
export class SpaceBox {
  constructor() {
    this.middle = [0, 0, 0];
    this.scale = [1, 1, 1];
    this.half = [0.5, 0.5, 0.5];
    this.eye = [1, 1, 1];
    this.low = 0;
    this.high = 0;
  }

  /**
   * Moves a place the share `nearer` of the way to the eye, as far as the box goes: the same pixel, but in front of the
   * surface that it lies on. Plotly draws nothing outside the box.
   */
  towardsEye(place, nearer) {
    let share = nearer;
    for (let k = 0; k < 3; k += 1) {
      const at = (place[k] - this.middle[k]) * this.scale[k];
      const way = this.eye[k] - at;
      const room = Math.sign(way) * this.half[k] - at;
      if (way !== 0 && Math.sign(room) === Math.sign(way)) share = Math.min(share, (0.995 * room) / way);
    }
    for (let k = 0; k < 3; k += 1) place[k] += share * (this.eye[k] / this.scale[k] + this.middle[k] - place[k]);
  }
}

/** Reads axes and camera. @returns {boolean} false when nothing is drawn yet */
export function readBox(graph, box) {
  const inside = insideOf(graph);
  if (!inside) return false;
  const scene = graph._fullLayout.scene;
  const { eye } = inside.getCamera();
  ["x", "y", "z"].forEach((name, k) => {
    const [low, high] = scene[`${name}axis`].range;
    box.middle[k] = (low + high) / 2;
    box.scale[k] = scene.aspectratio[name] / (high - low);
    box.half[k] = scene.aspectratio[name] / 2;
    box.eye[k] = eye[name];
    if (k === 2) [box.low, box.high] = [low, high];
  });
  return true;
}

/**
 * Draws the present coordinates of some traces.
 * @param {number[]} indices of traces whose x, y, z in graph.data have new contents of the same length
 */
export function moveTraces(graph, indices) {
  const inside = insideOf(graph);
  for (const index of indices) {
    const given = graph.data[index];
    const full = graph._fullData[index];
    const drawn = inside && full ? inside.traces[full.uid] : null;
    if (!drawn) {
      const changes = { x: [], y: [], z: [] };
      for (const one of indices) for (const name of ["x", "y", "z"]) changes[name].push(graph.data[one][name]);
      window.Plotly.restyle(graph, changes, indices);
      return;
    }
    for (const name of ["x", "y", "z"]) full[name] = given[name];
    drawn.update(full);
  }
  lighten(graph);
}

/**
 * Spares the graphics card what nobody sees. Plotly draws every frame a second time, and waits for it, to know what lies
 * under the mouse, but nothing here answers the mouse; and while anything is translucent, all else is drawn twice.
 */
export function lighten(graph) {
  const inside = insideOf(graph);
  if (!inside) return;
  const { glplot, traces } = inside;
  for (const object of [...glplot.objects]) {
    if (!object.pickSlots) continue;
    glplot.remove(object);
    object.pickSlots = 0;
    glplot.add(object);
  }
  for (const { mesh, data } of Object.values(traces)) if (mesh && !spreads(data)) mesh.hasAlpha = false;
}

/** As many pixels as the screen has; Plotly draws twice as many in each direction, which looks a little smoother. */
export function coarsen(graph) {
  const inside = insideOf(graph);
  if (inside) inside.glplot.pixelRatio = Math.min(inside.glplot.pixelRatio, Math.max(1, window.devicePixelRatio));
}

/**
 * What it shows in its present size, on a plain canvas. Of its own one the printer has what the last frame showed, in the
 * size of the screen: before a page is printed no other frame comes. @returns {HTMLCanvasElement|null} null for a flat picture
 */
export function plainCopy(graph) {
  const inside = insideOf(graph);
  if (!inside) return null;
  window.dispatchEvent(new Event("resize")); // its canvas takes its size of this alone
  inside.glplot.redraw();
  const { canvas } = inside.glplot;
  const copy = element("canvas", { class: "live-panel__copy", width: canvas.width, height: canvas.height });
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}

/** Whether a filled mark is shown: one that is not has shrunk to nothing. */
function spreads({ x, y }) {
  return x.some((value) => value !== x[0]) || y.some((value) => value !== y[0]);
}

/** Gives the graphics memory back at once. Purging alone leaves it to the garbage collector, and browsers have few contexts. */
export function releaseSpace(graph) {
  const inside = insideOf(graph);
  if (inside) {
    inside.glplot.oncontextloss = () => {};
    const loss = inside.glplot.gl.getExtension("WEBGL_lose_context");
    if (loss) loss.loseContext();
  }
  if (graph._fullLayout) window.Plotly.purge(graph);
}
