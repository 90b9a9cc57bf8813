// The window that the learner sees: what the address and the page are told of it, and what a control under it can reach.
import { axisName, axisRanges } from "../document/adapter.js";
import { scaleOf } from "../controls/scales.js";

/** A window that stands so long (ms) is told to the page, with all else that stands. */
const WINDOW_STANDS = 300;

/** So many significant digits of a bound are told. */
const TOLD_DIGITS = 12;

/** Ends that differ by less than this share of the width are the same. */
const SAME_ENDS = 1e-9;

/** The bounds of a panel's first subplot: left, right, bottom, top. @returns {number[]} */
function seenWindow(panel) {
  const { xaxis, yaxis } = axisRanges(panel.graph);
  return [...xaxis, ...yaxis].map((bound) => Number(bound.toPrecision(TOLD_DIGITS)));
}

/** As a link holds it. @param {number[]|null} bounds @param {boolean} equal scales */
export function windowText(bounds, equal) {
  return bounds === null ? "" : bounds.join(",") + (equal ? ",=" : "");
}

/** The ends of an axis, exactly. @returns {[number, number]} */
function axisEnds(panel, reference) {
  const [low, high] = axisRanges(panel.graph)[axisName(reference)];
  return low <= high ? [low, high] : [high, low];
}

/** Decimals that tell places on an axis so wide apart: the twin of `decimals_for` in explorer/scene/digits.py. */
function decimalsFor(width) {
  return Math.max(2, 1 - Math.floor(Math.log10(Math.max(width, 1e-12) / 5)));
}

/** A control with the range, step and digits that suit an axis which is seen from…to. */
export function reaching(control, [low, high]) {
  const width = high - low;
  if (Math.abs(low - control.min) <= SAME_ENDS * width && Math.abs(high - control.max) <= SAME_ENDS * width) return control;
  return { ...control, min: low, max: high, step: 10 ** Math.floor(Math.log10(width / 25)), decimals: decimalsFor(width) };
}

export class Framing {
  /** @param {object} figure whose scene says in which panel the window is */
  constructor(figure) {
    this.figure = figure;
    this.timer = 0;
  }

  /** Whether the window is this panel's. */
  isOf(panel) {
    const { frame } = this.figure.state.scene;
    return Boolean(frame) && frame.panel === panel.spec.name;
  }

  /** The window alone; where the page has none, every picture by itself. */
  zoom(factor) {
    const { panels, state } = this.figure;
    if (state.scene.frame) panels.get(state.scene.frame.panel).zoom(factor);
    else panels.forEach((panel) => panel.zoom(factor));
  }

  moved(panel) {
    if (this.isOf(panel)) this.figure.state.window = seenWindow(panel);
  }

  /** The hand rests: what came meanwhile is shown, and the page is told when the window stands. */
  rests(panel) {
    if (this.isOf(panel)) this.tell();
    this.figure.receiving.idle();
  }

  /** One message, with all else that stands; not while something is held or moves. */
  tell() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { root, state, windowMoves } = this.figure;
      if (!root.isConnected) return;
      if (windowMoves || state.held !== null) this.tell();
      else state.release();
    }, WINDOW_STANDS);
  }

  silence() {
    clearTimeout(this.timer);
  }

  /** Every picture as it was at first. */
  reset() {
    const { panels, state } = this.figure;
    const away = state.window !== null;
    state.window = null;
    panels.forEach((panel) => panel.resetView());
    if (away) this.tell();
  }

  /** The ends of the axis under a control, which reaches as far where the window is the learner's to move. */
  reachedBy(control, panel) {
    const { name, align } = control.control;
    const ends = axisEnds(panel, align.axis);
    if (this.isOf(panel)) {
      const reached = this.figure.state.reach(name, ends);
      this.figure.scales.set(name, scaleOf(reached));
      control.reach(reached);
    }
    return ends;
  }
}
