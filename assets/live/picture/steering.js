// How a picture's window is moved: by hand and by keys; the layer shows it at once, Plotly when the hand rests.
import { axisRanges } from "../document/adapter.js";
import { listenToHands } from "./gestures.js";
import { MovingPicture, shiftAxes } from "./moving.js";
import { dragged, panBy } from "./zooming.js";

/** So long (ms) after the last turn of a wheel or press of a key the hand rests. */
const HAND_RESTS = 150;

/** A key moves the window by this share of it, and makes it so many times as wide. */
const [KEY_PAN, KEY_ZOOM] = [0.1, 1.25];

/** What the keys on a picture do, for whoever hears it. */
export const KEYS_TOLD = "Arrow keys move the window, plus and minus zoom, 0 brings it back.";

export class Steering {
  /** @param {object} panel that is steered @param {(place: [number, number]) => void} reset what two taps do */
  constructor(panel, reset) {
    this.panel = panel;
    this.moving = null;
    this.starts = null;
    this.resting = 0;
    this.byHand = false;
    listenToHands(panel.node, { drag: (from, to, factor) => this.drag(from, to, factor), drop: () => this.drop(), reset });
    panel.node.addEventListener("keydown", (event) => this.press(event));
  }

  /** What stood under the hand when it came down stays under it. */
  drag(from, to, factor) {
    if (!this.panel.graph._fullLayout) return;
    if (this.starts === null) this.starts = axisRanges(this.panel.graph);
    this.moveTo(dragged(this.panel, this.starts, from, to, factor), true);
  }

  /** The hand has let go of the picture. */
  drop() {
    this.starts = null;
    this.rest();
  }

  /**
   * Another window: at once in the layer, in Plotly's picture when the hand rests. One that only follows a path is not
   * the learner's: nobody is told of it. @param {Object<string, [number, number]>} ranges
   */
  moveTo(ranges, held = false, byHand = true) {
    clearTimeout(this.resting);
    if (!held) this.resting = setTimeout(() => this.rest(), HAND_RESTS);
    if (Object.keys(ranges).length === 0) return;
    if (this.moving === null) this.moving = new MovingPicture(this.panel);
    shiftAxes(this.panel.graph, ranges);
    this.panel.choose(ranges);
    this.panel.layout();
    this.byHand = this.byHand || byHand;
    if (byHand) this.panel.figure.framing.moved(this.panel);
    this.panel.figure.request();
  }

  /** Plotly draws the window where the hand left it. */
  rest() {
    clearTimeout(this.resting);
    if (this.moving === null) return;
    this.panel.takeDown();
    this.panel.draw();
    if (this.byHand) this.panel.figure.framing.rests(this.panel);
    else this.panel.figure.receiving.idle();
    this.byHand = false;
  }

  stop() {
    clearTimeout(this.resting);
    this.starts = null;
    if (this.moving !== null) this.moving.remove();
    this.moving = null;
  }

  /** Keys on the picture itself: arrows move the window, + and − make it narrower and wider, 0 brings it back. */
  press(event) {
    if (event.target !== this.panel.node || event.ctrlKey || event.metaKey || event.altKey || !this.panel.graph._fullLayout) return;
    const fine = event.shiftKey && event.key.startsWith("Arrow") ? 0.1 : 1;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way) this.moveTo(panBy(this.panel, way.map((part) => part * fine * KEY_PAN)));
    else if (event.key === "+" || event.key === "=") this.panel.zoom(1 / KEY_ZOOM);
    else if (event.key === "-" || event.key === "\u2212") this.panel.zoom(KEY_ZOOM);
    else if (event.key === "0") this.panel.figure.framing.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
