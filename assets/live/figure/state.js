// What the learner has set: control values, switches, places seen; undo, ghost, and the one message per release.
import { roomOf, rowControls, rowValues, toldRows } from "../tape/columns.js";
import { reaching } from "../showing/framing.js";
import { goAlong, inOrder, rowTicks, standOnRows, takeRows } from "../controls/ordered.js";
import { Quantities } from "./quantities.js";
import { compileTemplate } from "../words/text.js";

const KEY_PAUSE = 300;
const UNDO_DEPTH = 100;

/** Where a control starts: what the page asks for, else the scene's own value. */
function startValues(scene, room) {
  const start = (scene.start && scene.start.controls) || {};
  return new Map([...scene.controls.map((control) => [control.name, startOf(control, start[control.name], scene)]), ...rowValues(scene, room)]);
}

/** Under a window that the learner moves a control may stand out of sight: the page has judged what it asks for. */
function startOf(control, asked, { frame }) {
  if (!Number.isFinite(asked)) return control.value;
  return (frame && control.align) || control.on_rows ? asked : Math.min(Math.max(asked, control.min), control.max);
}

function startToggles(scene) {
  const start = (scene.start && scene.start.toggles) || {};
  return new Map(scene.toggles.map((toggle) => [toggle.name, toggle.name in start ? start[toggle.name] : toggle.on]));
}

export class LiveState {
  /** @param {object} scene @param {{changed: Function, released: Function, idle: Function}} listener */
  constructor(scene, listener) {
    this.listener = listener;
    this.seq = 0;
    this.asked = false;
    this.weighed = false;
    this.onPaper = false;
    /** Switches whose sight a press did not wait for. */
    this.hastened = new Set();
    /** The formula about which questions are to be made, once the learner has asked for some. */
    this.asks = "";
    /** What a link leads to beside the values: a question, a stage, hidden numbers; and where a question starts. */
    this.leads = new Map();
    this.starts = new Map();
    this.timer = 0;
    this.adopt(scene);
  }

  /** Takes a scene over. One with the same id keeps everything that the learner has done. */
  adopt(scene) {
    const same = this.scene && this.scene.id === scene.id;
    this.room = Math.max(same ? this.room : 0, roomOf(scene));
    const fresh = startValues(scene, this.room);
    if (same) for (const name of fresh.keys()) if (this.values.has(name)) fresh.set(name, this.values.get(name));
    const toggles = startToggles(scene);
    if (same) for (const name of toggles.keys()) if (this.toggles.has(name)) toggles.set(name, this.toggles.get(name));
    // The window is the learner's own until the page sets another.
    if (!same || scene.turn !== this.scene.turn) this.window = scene.frame ? scene.frame.seen : null;
    if (!same) {
      this.ends = new Map();
      this.hastened.clear();
    }
    this.scene = scene;
    this.controls = new Map([...scene.controls, ...rowControls(scene, this.room)].map((control) => [control.name, control]));
    for (const [name, ends] of this.ends) if (this.controls.has(name)) this.reach(name, ends);
    this.values = fresh;
    takeRows(this);
    standOnRows(this);
    this.toggles = toggles;
    if (!same) this.forget();
    // What computes the same is kept, and with it everything drawn from it: a late formula disturbs no drag.
    const { start: _, drawn: __, ...columns } = scene.columns || {};
    const computed = JSON.stringify([scene.id, scene.tape, scene.controls, scene.descents, scene.afterwards, columns]);
    if (computed !== this.computed) {
      this.quantities = this.fresh();
      this.ghost = this.fresh();
    }
    for (const one of [this.quantities, this.ghost]) one.columns.describe(scene.columns);
    this.computed = computed;
    this.marks = new Map();
    this.quantities.evaluate(this.values);
    this.evaluateGhost();
  }

  /** The scene's quantities, to be evaluated for whatever values. */
  fresh() {
    const { tape, controls, descents, afterwards, columns } = this.scene;
    return new Quantities(tape, controls, descents, this, afterwards, columns);
  }

  /** A trial of where a handle would be: descents are walked only where something is made of them. */
  trial() {
    return this.scene.afterwards ? this.fresh() : new Quantities(this.scene.tape, this.scene.controls, [], null, null, this.scene.columns);
  }

  /** One more row can be there. */
  grow() {
    this.room += 1;
    for (const control of rowControls(this.scene, this.room, this.room - 1)) {
      this.controls.set(control.name, control);
      this.values.set(control.name, control.value);
    }
  }

  /** A control reaches as far as the axis under it, and no farther. @returns {object} the control as it is now */
  reach(name, ends) {
    this.ends.set(name, ends);
    const control = reaching(this.scene.controls.find((one) => one.name === name), ends);
    this.controls.set(name, control);
    return control;
  }

  forget() {
    // Where the point stood on another function is no start of this one.
    const own = this.scene.start && this.scene.start.kept ? { ...this.scene, start: null } : this.scene;
    this.first = { values: startValues(own, this.room), toggles: new Map(this.toggles) };
    this.before = null;
    this.held = null;
    this.past = [];
    this.seen = new Map();
    this.silence();
  }

  /** What waits to be told is not told any more. */
  silence() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  evaluateGhost() {
    if (this.before && [...this.values.keys()].every((name) => this.before.has(name))) this.ghost.evaluate(this.before);
    else this.before = null;
  }

  /** @returns {boolean} whether something changed */
  set(name, value) {
    const former = this.values.get(name);
    const now = inOrder(this, name, value);
    if (!Number.isFinite(now) || former === now) return false;
    this.begin();
    this.values.set(name, now);
    goAlong(this, name, former);
    this.listener.changed();
    return true;
  }

  /** Keeps the state that the coming change starts from. */
  begin() {
    if (this.held === null) this.held = new Map(this.values);
  }

  /** The drag turned out to be a scroll: as if it had not begun. */
  abandon() {
    if (this.held !== null) this.values = this.held;
    this.held = null;
    this.listener.changed();
    this.listener.idle();
  }

  /** What was held is let go where it stood. @returns {boolean} false when it moved, which is a release */
  letGo() {
    if (this.held !== null && this.differs(this.held)) return false;
    this.held = null;
    this.listener.changed(); // something may have waited for the hand
    this.listener.idle();
    return true;
  }

  /** The learner let go. One message, after a pause when it was a key. */
  release(fromKeys = false) {
    this.silence();
    if (fromKeys) this.timer = setTimeout(() => this.settle(), KEY_PAUSE);
    else this.settle();
  }

  settle() {
    this.silence();
    this.keepStep();
    this.tell();
  }

  /** What has changed since `begin` is a step that Undo takes back. */
  keepStep() {
    if (this.held !== null && this.differs(this.held)) {
      this.past.push(this.held);
      if (this.past.length > UNDO_DEPTH) this.past.shift();
      this.before = this.held;
      this.evaluateGhost();
      this.listener.changed();
    }
    this.held = null;
  }

  /** What the last move has changed, as pairs of a control's name and its value. */
  get moved() {
    return [...this.values].filter(([name, value]) => this.before && this.before.get(name) !== value);
  }

  differs(values) {
    return [...this.values].some(([name, value]) => values.get(name) !== value);
  }

  tell() {
    this.seq += 1;
    this.listener.released(this.seq);
  }

  undo() {
    this.silence();
    // A move by keys that is not told yet is the last one.
    const former = this.held !== null && this.differs(this.held) ? this.held : this.past.pop();
    if (!former) return;
    for (const name of this.values.keys()) if (former.has(name)) this.values.set(name, former.get(name));
    this.before = null;
    this.held = null;
    this.listener.changed();
    this.tell();
  }

  /** Sets several controls and switches at once, as one step that can be undone; a move by keys before it is another. */
  assign(controls = {}, toggles = {}) {
    if (this.timer !== 0) this.keepStep();
    this.begin();
    for (const [name, value] of Object.entries(controls)) if (this.values.has(name)) this.values.set(name, value);
    standOnRows(this);
    for (const [name, on] of Object.entries(toggles)) if (this.toggles.has(name)) this.turn(name, on);
    this.listener.changed();
    this.settle();
  }

  reset() {
    this.hastened.clear();
    this.assign(Object.fromEntries(this.first.values), Object.fromEntries(this.first.toggles));
    this.leaveNoTrace();
  }

  /** What was seen on the way here, and the ghost of where it began, are forgotten. @param {(name: string) => boolean} [forgets] */
  leaveNoTrace(forgets = () => true) {
    for (const name of [...this.seen.keys()]) if (forgets(name)) this.seen.delete(name);
    this.before = null;
    this.listener.changed();
  }

  /** Switches a toggle; of a group exactly one is on. */
  turn(name, on) {
    const { group } = this.scene.toggles.find((toggle) => toggle.name === name);
    if (group) {
      if (!on) return;
      for (const other of this.scene.toggles) if (other.group === group) this.toggles.set(other.name, false);
    }
    this.toggles.set(name, on);
  }

  /** Whether the rest of a path is seen: not while a question waits for its answer, and before the first step only at a press. */
  showsAhead({ ahead, toggle }, fresh) {
    return Boolean(ahead) && !this.asked && (!fresh || this.hastened.has(toggle));
  }

  /** The switch of a group that is on. */
  chosen(group) {
    const on = this.scene.toggles.find((toggle) => toggle.group === group && this.toggles.get(toggle.name));
    return on ? on.name : "";
  }

  /** @param {string|null|undefined} name of a toggle, "!name" for its opposite; several are joined by "&" */
  shows(name) {
    if (!name) return true;
    return name.split("&").every((one) => (one.startsWith("!") ? !this.isOn(one.slice(1)) : this.isOn(one)));
  }

  /** A switch; or "asked", on while a question waits for its answer, "weighed" for a reason to be chosen, "paper" for a print. */
  isOn(name) {
    const said = { asked: this.asked, weighed: this.weighed, paper: this.onPaper };
    return name in said ? said[name] : Boolean(this.toggles.get(name));
  }

  /** The link says `name=value` from now on, or nothing of it; a question is sent with its start, not with the answer. */
  lead(name, value, from = {}) {
    this.starts.set(name, from);
    if ((this.leads.get(name) || "") === value) return;
    this.leads.set(name, value);
    this.listener.led();
  }

  /** Where whoever follows the link starts, as far as that is not where everything stands now. */
  get leadsFrom() {
    return Object.assign({}, ...this.starts.values());
  }

  /** The marks of a control that are shown now, with readers that are made once a scene. */
  shownMarks(name) {
    const control = this.controls.get(name);
    if (control.on_rows) return rowTicks(control);
    if (!this.marks.has(name)) {
      this.marks.set(name, (control.marks || []).map((mark) => ({
        mark, value: this.quantities.reader(mark.value), label: compileTemplate(mark.label || "", this.quantities, this.controls),
      })));
    }
    return this.marks.get(name).filter(({ mark }) => this.shows(mark.toggle));
  }

  /** The marked values of a control that are shown now, each where it is now. */
  marksOf(name) {
    return this.shownMarks(name).map(({ mark, value, label }) => ({ ...mark, value: value(), label: label() }))
      .filter(({ value }) => Number.isFinite(value));
  }

  /** The same without their words, for every move of a pointer. */
  markedValues(name) {
    return this.shownMarks(name).map(({ value }) => value());
  }

  /** Intervals of a quantity that the learner has visited, in increasing order. */
  visit(name, value, leap) {
    if (!Number.isFinite(value)) return;
    let seen = this.seen.get(name);
    if (!seen) this.seen.set(name, seen = { intervals: [[value, value]], last: value });
    if (value === seen.last) return;
    const jumped = this.held === null && Math.abs(value - seen.last) > leap;
    const added = jumped ? [value, value] : [Math.min(seen.last, value), Math.max(seen.last, value)];
    seen.intervals = joinIntervals([...seen.intervals, added]);
    seen.last = value;
  }

  seenOf(name) {
    const seen = this.seen.get(name);
    return seen ? seen.intervals : [];
  }

  plain() {
    const { columns, controls, frame, turn } = this.scene;
    return {
      controls: Object.fromEntries(controls.map(({ name }) => [name, this.values.get(name)])), ...(columns && columns.live ? { rows: toldRows(columns, this.values) } : {}),
      toggles: Object.fromEntries(this.toggles),
      ...(this.asks ? { asks: this.asks } : {}),
      ...(frame ? { window: this.window, turn: turn || 0 } : {}),
    };
  }
}

/** Union of intervals. */
function joinIntervals(intervals) {
  intervals.sort((a, b) => a[0] - b[0]);
  const joined = [intervals[0].slice()];
  for (const [low, high] of intervals.slice(1)) {
    const last = joined[joined.length - 1];
    if (low <= last[1]) last[1] = Math.max(last[1], high);
    else joined.push([low, high]);
  }
  return joined;
}
