// Where a dragged control holds on: marked values, and quantities that tell more than their neighbours.
import { EXACT } from "../tape/conditions.js";

/** A thumb or handle within so many pixels of such a value takes it. */
const SNAP = 6;

export class Snapping {
  /** @param {import("../figure/state.js").LiveState} state with the scene to play */
  constructor(state) {
    this.state = state;
    this.moving = new Map(state.scene.controls.map((control) => (
      [control.name, (control.snaps || []).map((quantity) => state.quantities.reader(quantity))]
    )));
  }

  /** What a control holds on to while it moves: nothing, while a question about it waits. */
  telling(name) {
    return this.state.asked ? [] : this.moving.get(name).map((read) => read());
  }

  /** The value of a control that is nearest by `distance` (in pixels), or null when none is near. */
  near(name, distance) {
    let best = null;
    let least = Infinity;
    const marked = this.state.markedValues(name);
    for (const value of [...marked, ...this.telling(name)]) {
      const away = distance(value);
      if (away <= SNAP && away < least) [best, least] = [value, away];
    }
    return best;
  }

  /** The next marked value to the right (way 1) or to the left (−1) that the track shows from…to, or null. */
  nextMark(name, way, [low, high]) {
    const from = this.state.values.get(name);
    const ahead = this.state.markedValues(name).filter((value) => (
      value >= low && value <= high && (value - from) * way > EXACT * (high - low)));
    return ahead.length === 0 ? null : way * Math.min(...ahead.map((value) => way * value));
  }

  /** The first quantity that so many arrow keys' steps would pass, or null: keys reach exactly what a drag does. */
  onTheWay(name, steps) {
    const { step, wraps, min, max } = this.state.controls.get(name);
    const from = this.state.values.get(name);
    let first = null;
    let least = Math.abs(steps) * step;
    for (const value of this.telling(name)) {
      const ahead = (value - from) * Math.sign(steps);
      const away = wraps && ahead < 0 ? ahead + max - min : ahead;
      if (away > EXACT * (max - min) && away < least) [first, least] = [value, away];
    }
    return first;
  }
}
