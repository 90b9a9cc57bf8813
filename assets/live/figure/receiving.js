// A scene that comes while a hand is on the figure waits for it; what the hand moved goes along to another scene.

const LIFTED = ["pointerup", "pointercancel"];

export class Receiving {
  /** @param {import("./live.js").LiveFigure} figure */
  constructor(figure) {
    this.figure = figure;
    this.waiting = null;
    /** Whether a pointer is down that came down on the figure. */
    this.pressed = false;
    this.lifted = () => { this.pressed = false; };
    figure.root.addEventListener("pointerdown", () => { this.pressed = true; }, { capture: true });
    for (const name of LIFTED) window.addEventListener(name, this.lifted, { capture: true });
  }

  /** Takes a scene over; it waits for a hand, and one of the same scene for whatever moves there. */
  receive(scene) {
    const { state, windowMoves } = this.figure;
    const busy = (state.held !== null || windowMoves) && (this.pressed || scene.id === state.scene.id);
    this.waiting = busy ? scene : null;
    if (!busy) this.figure.take(scene);
  }

  /** Nothing is held any more. */
  idle() {
    if (this.waiting) this.receive(this.waiting);
  }

  /** Whether a release was of a scene that another one waits to follow: there it is told, as far as there is room for it. */
  takesAlong() {
    const { state } = this.figure;
    if (!this.waiting || this.waiting.id === state.scene.id) return false;
    const { moved } = state;
    this.idle();
    if (this.waiting) return false;
    const fits = ([name, value]) => {
      const control = state.controls.get(name);
      if (!control || control.values?.length > 0) return false;
      return (state.scene.frame && control.align) || (value >= control.min && value <= control.max);
    };
    state.assign(Object.fromEntries(moved.filter(fits)));
    return true;
  }

  remove() {
    for (const name of LIFTED) window.removeEventListener(name, this.lifted, { capture: true });
  }
}
