// Controls that are one list, as houses along an axis: keys and two taps on the axis add one and take one away.
import { setText } from "../document/dom.js";
import { ASIDE, heardValue, Ring } from "./ring.js";

/** Two taps within so many pixels of the axis on which they stand mean it. */
const ON_AXIS = 24;

export class ListedControls {
  /** @param {object} figure the live figure */
  constructor(figure) {
    this.figure = figure;
    this.spec = null;
    this.chosen = 0;
    this.ring = new Ring({
      move: (axis, steps) => this.move(steps), turn: (by) => this.goOn(by), drop: () => this.remove(),
      add: () => this.add(this.valueOf(this.chosen) + ASIDE * this.controlOf(this.chosen).step),
    });
  }

  describe(scene) {
    if (scene.id !== this.described) this.chosen = 0;
    this.described = scene.id;
    this.spec = scene.listed || null;
    const panel = this.spec ? this.figure.panels.get(this.controlOf(0).handle.panel) : null;
    if (panel !== this.ring.panel) this.ring.standIn(panel);
    if (panel) this.ring.name(`The ${this.counter.label}, one by one`, "it");
  }

  get counter() {
    return this.figure.state.controls.get(this.spec.count);
  }

  get count() {
    return this.figure.state.values.get(this.spec.count);
  }

  controlOf(k) {
    return this.figure.state.controls.get(this.spec.controls[k]);
  }

  valueOf(k) {
    return this.figure.state.values.get(this.spec.controls[k]);
  }

  handleOf(k) {
    return this.ring.panel.handles.find(({ control }) => control.name === this.spec.controls[k]);
  }

  /** A control has been taken hold of: where it is of the list, the keys are its own. @returns {boolean} whether it is */
  choose(name) {
    const k = this.spec ? this.spec.controls.indexOf(name) : -1;
    if (k < 0) return false;
    this.chosen = k;
    this.ring.focus();
    this.figure.request();
    return true;
  }

  move(steps) {
    const { state } = this.figure;
    const { name } = this.controlOf(this.chosen);
    state.set(name, this.figure.scale(name).move(state.values.get(name), steps));
    state.release(true);
  }

  goOn(by) {
    this.chosen = (this.chosen + this.count + by) % this.count;
    this.figure.request();
  }

  /** Two taps on the axis add one there, and the keys are its own. @returns {boolean} whether they were meant so */
  tapped(panel, [x, y]) {
    if (this.spec === null || panel !== this.ring.panel) return false;
    const handle = this.handleOf(0);
    const { mapping } = panel.subplot(handle.spec.axes);
    const meant = Math.abs(handle.place[1] - y) < ON_AXIS && x >= mapping.left && x <= mapping.left + mapping.width;
    if (meant) {
      this.add(mapping.xValue(x));
      this.ring.focus();
    }
    return meant;
  }

  /** One more at the end of the list, as near to the place as the others leave it free. */
  add(place) {
    const now = this.count;
    if (now === this.counter.max) {
      this.say(`${now} ${this.counter.label} at most.`);
      return;
    }
    const { name, step } = this.controlOf(now);
    const scale = this.figure.scale(name);
    const standing = Array.from({ length: now }, (_, k) => this.valueOf(k));
    let value = scale.tidy(place);
    for (let k = 0; k < now && standing.includes(value); k += 1) value = scale.tidy(value + ASIDE * step);
    this.chosen = now;
    this.figure.state.assign({ [this.spec.count]: now + 1, [name]: value });
  }

  /** The chosen one goes, and those after it move up; its place is kept for the next one that is counted. */
  remove() {
    const now = this.count;
    if (now === this.counter.min) {
      this.say("The last one stays.");
      return;
    }
    const changes = { [this.spec.count]: now - 1, [this.spec.controls[now - 1]]: this.valueOf(this.chosen) };
    for (let k = this.chosen; k < now - 1; k += 1) changes[this.spec.controls[k]] = this.valueOf(k + 1);
    this.chosen = Math.min(this.chosen, now - 2);
    this.figure.state.assign(changes);
  }

  say(text) {
    setText(this.figure.sentence.notice, text);
  }

  update() {
    if (this.spec === null) return;
    const { count } = this;
    this.chosen = Math.min(this.chosen, count - 1);
    const handle = this.handleOf(this.chosen);
    this.ring.put(handle && handle.node.style.display !== "none" ? handle.place : null);
    const control = this.controlOf(this.chosen);
    const heard = heardValue(control, this.valueOf(this.chosen), this.figure.state.held !== null);
    this.ring.tell(this.chosen + 1, count, `${control.label} of ${count}: ${heard}`);
  }
}
