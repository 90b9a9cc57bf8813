// Handles: HTML elements over the picture that are dragged by mouse, pen and touch. (SVG elements lose touch drags.)
import { showsRows } from "../tape/columns.js";
import { element, icon, placeIn } from "../document/dom.js";
import { clipLine } from "../document/geometry.js";
import { Machine } from "../tape/machine.js";

const SIDEWAYS = "M6 5.500L1.500 10 6 14.500V11.200h8v3.300L18.500 10 14 5.500v3.300H6z";
const UPWARDS = "M14.500 6L10 1.500 5.500 6h3.300v8H5.500l4.500 4.500 4.500-4.500h-3.300V6z";
const BOTH = "M10 1l3 3h-2v5h5V7l3 3-3 3v-2h-5v5h2l-3 3-3-3h2v-5H4v2l-3-3 3-3v2h5V4H7z";

/** A click within so many pixels of a marked place means it. */
const CLICK_REACH = 14;

/**
 * A knob stands so many pixels beyond its arrow's tip and so far from where it turns about, but so far inside the picture;
 * from a point on the picture's edge it still stands so far apart that both are seen.
 */
const KNOB = { beyond: 15, least: 44, inside: 8, apart: 6 };

const DEGREE = Math.PI / 180;

/** From so many pixels on, what rounding may be of a height leaves no place for a dot. */
const BLURRED = 24;

/** Words keep so far from the middle of what is held. */
const HELD = 13;

/** Distance from the finger within which a handle is meant, when several could be. */
const REACH = 60;

export class Handle {
  /** @param {object} control that owns the handle @param {object} figure the live figure @param {object} panel @param {object} spec */
  constructor(control, figure, panel, spec) {
    this.figure = figure;
    this.panel = panel;
    this.spec = spec;
    this.control = control;
    this.moves = ["x", "y", "angle"].map((way) => [way, spec.moves[way]]).filter(([, name]) => name);
    this.turns = this.moves[0][0] === "angle";
    /** Whether it follows a finger every way: one on the handle itself never scrolls. */
    this.everyWay = this.turns || this.moves.length === 2;
    this.compile();
    const both = this.moves.length === 2;
    const face = spec.letter ? element("b", { text: spec.letter }) : icon(both ? BOTH : this.moves[0][0] === "x" ? SIDEWAYS : UPWARDS);
    this.node = element("div", {
      class: `live-handle live-handle--${spec.shape || "dot"} live-handle--${both ? "both" : this.moves[0][0]}`,
      "data-handle": spec === control.handle ? control.name : `${control.name}-other`, "data-role": control.role, "aria-hidden": "true", title: spec.label || null,
    }, [element("span", { class: "live-handle__dot" }, [face])]);
    this.node.addEventListener("pointerdown", (event) => this.meantBy(event).grab(event, this.node));
    this.node.style.display = "none"; // until it has a place
    panel.layer.append(this.node);
    this.place = [0, 0];
  }

  compile() {
    const { quantities } = this.figure.state;
    this.read = this.spec.at.map((quantity) => quantities.reader(quantity));
    this.blur = quantities.errorReader(this.spec.at[1]);
    this.about = (this.spec.about || []).map((quantity) => quantities.reader(quantity));
    this.offset = quantities.reader(this.spec.offset === null || this.spec.offset === undefined ? 0 : this.spec.offset);
    this.over = quantities.reader(this.spec.over === undefined ? 1 : this.spec.over);
    this.holds = quantities.test(this.spec.when);
    this.leads = this.spec.by ? new Machine(this.spec.by) : null;
    this.known = this.leads ? this.leads.variables.slice(2).map((name) => quantities.reader(name)) : [];
  }

  /**
   * Follows the state: at its place, at the edge when the place is outside, on the axis when there is no value, or none
   * that is sure to the size of a dot.
   */
  update(mapping) {
    const value = this.read[1]();
    const none = Number.isNaN(value) || Math.abs(mapping.y(this.blur()) - mapping.y(0)) > BLURRED;
    let [x, y] = [mapping.x(this.read[0]()), mapping.y(none ? 0 : value)];
    if (this.turns) [x, y] = this.beyond(mapping, x, y);
    const [top, bottom] = [mapping.top, mapping.top + mapping.height];
    const room = 1 + (this.turns ? KNOB.apart : 0);
    const outside = y < top - room || y > bottom + room;
    const seen = this.holds() && this.figure.state.shows(this.spec.toggle) && !(this.turns && outside)
      && x > mapping.left - room && x < mapping.left + mapping.width + room;
    this.node.style.display = seen ? "" : "none";
    if (!seen) return;
    this.node.classList.toggle("live-handle--empty", none);
    this.node.classList.toggle("live-handle--outside", outside);
    if (!this.turns) y = Math.min(Math.max(y, top), bottom);
    this.place = [x, y];
    if (mapping.room) mapping.room.point(x, y, HELD);
    this.node.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** Beyond the tip that it turns, or drawn in along the arrow to the picture's edge. */
  beyond(mapping, x, y) {
    const [middleX, middleY] = [mapping.x(this.about[0]()), mapping.y(this.about[1]())];
    const length = Math.hypot(x - middleX, y - middleY);
    const [dx, dy] = [(x - middleX) / length, (y - middleY) / length];
    const { beyond, least, inside, apart } = KNOB;
    const span = clipLine(middleX, middleY, dx, dy, mapping.left + inside, mapping.top + inside,
      mapping.left + mapping.width - inside, mapping.top + mapping.height - inside, 0, Math.max(length + beyond, least));
    const far = Math.max(span === null ? 0 : span[1], apart);
    return [middleX + far * dx, middleY + far * dy];
  }

  /** The marked value of the control whose place in the picture is at these pixels, or null. */
  markedAt(x, y, mapping) {
    const { state } = this.figure;
    const marks = this.everyWay ? [] : state.marksOf(this.control.name);
    if (marks.length === 0) return null;
    const trial = state.trial();
    const place = this.spec.at.map((quantity) => trial.reader(quantity));
    const found = marks.find(({ value }) => {
      trial.evaluate(new Map(state.values).set(this.control.name, value));
      return Math.hypot(mapping.x(place[0]()) - x, mapping.y(place[1]()) - y) < CLICK_REACH;
    });
    return found === undefined ? null : found.value;
  }

  /**
   * The pixels to which a click at these means to bring the point, or null: on its curve, or anywhere in its plane, unless
   * clicks there mean points of the learner's own.
   */
  placeNear(x, y, mapping) {
    const inside = x >= mapping.left && x <= mapping.left + mapping.width && y >= mapping.top && y <= mapping.top + mapping.height;
    if (!inside) return null;
    if (this.everyWay) return showsRows(this.panel) ? null : [x, y];
    if (this.moves[0][0] !== "x") return null;
    const { state } = this.figure;
    const trial = state.trial();
    const place = this.spec.at.map((quantity) => trial.reader(quantity));
    let [nearest, least] = [null, CLICK_REACH];
    for (let shift = -CLICK_REACH; shift <= CLICK_REACH; shift += 1) {
      trial.evaluate(new Map(state.values).set(this.moves[0][1], mapping.xValue(x + shift) - this.offset()));
      const away = Math.hypot(mapping.x(place[0]()) - x, mapping.y(place[1]()) - y);
      if (away < least) [nearest, least] = [[x + shift, y], away];
    }
    return nearest;
  }

  distance(x, y) {
    if (this.node.style.display === "none") return Infinity;
    return Math.hypot(x - this.place[0], y - this.place[1]);
  }

  /** Whether a finger on the picture, beside the handle itself, is on what the handle moves. */
  meets() {
    return false;
  }

  /** Of points so close that their rooms for the finger overlap, the nearest one. @returns {Handle} */
  meantBy(event) {
    if (this.turns) return this;
    const place = placeIn(this.panel.layer, event);
    const away = (handle) => handle.distance(...place);
    const others = this.panel.handles.filter((handle) => handle.everyWay === this.everyWay && !handle.turns);
    return others.reduce((best, handle) => (away(handle) < away(best) ? handle : best), this);
  }

  /** Starts a drag; the grab offset is kept, so that nothing jumps. @param {Element} holder captures the pointer */
  grab(event, holder) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { state } = this.figure;
    const [x, y] = placeIn(this.panel.layer, event);
    const shift = [x - this.place[0], y - this.place[1]];
    holder.setPointerCapture(event.pointerId);
    this.node.classList.add("live-handle--held");
    this.focus();
    state.begin();
    this.grabbed = this.known.map((read) => read());
    const move = (next) => {
      if (next.pointerId !== event.pointerId) return;
      const now = placeIn(this.panel.layer, next);
      this.drag(now[0] - shift[0], now[1] - shift[1], next.altKey);
    };
    const end = (last) => {
      if (last.pointerId !== event.pointerId || (last.type === "lostpointercapture" && last.target !== holder)) return;
      holder.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) holder.removeEventListener(name, end);
      this.node.classList.remove("live-handle--held");
      if (last.type === "pointercancel") state.abandon();
      else if (!state.letGo()) state.release();
      else this.tap();
    };
    holder.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) holder.addEventListener(name, end);
  }

  /** The keys are its own from now on. */
  focus() {
    this.figure.focusControl(this.moves[0][1]);
  }

  drag(x, y, free) {
    const { mapping } = this.panel.subplot(this.spec.axes);
    if (this.turns) this.turn(mapping, x, y, free);
    else if (this.leads) this.lead(mapping.xValue(x), mapping.yValue(y));
    else this.shift(mapping, x, y, free);
  }

  /** The controls become what its tape makes of the pointer's place, and of what stood when it was grabbed. */
  lead(x, y) {
    this.leads.run([x, y, ...this.grabbed]);
    for (const [name, register] of this.leads.outputs) {
      const value = this.leads.registers[register];
      if (Number.isFinite(value)) this.figure.state.set(name, this.figure.scale(name).tidy(value));
    }
  }

  /** Held and let go without a move. */
  tap() {}

  /** A click elsewhere means it. */
  call(x, y, free) {
    this.grabbed = this.known.map((read) => read());
    this.drag(x, y, free);
    this.focus();
  }

  /** The control becomes the direction of the pointer, as seen from where the arrow starts. */
  turn(mapping, x, y, free) {
    const name = this.moves[0][1];
    const [across, up] = this.about.map((read) => read());
    const raw = Math.atan2(mapping.yValue(y) - up, mapping.xValue(x) - across) / DEGREE;
    const reach = Math.hypot(x - mapping.x(across), y - mapping.y(up));
    const turned = (value) => Math.abs((((value - raw + 180) % 360) + 360) % 360 - 180);
    const near = free ? null : this.figure.snapping.near(name, (value) => reach * turned(value) * DEGREE);
    this.figure.state.set(name, near === null ? this.figure.scale(name).tidy(raw) : near);
  }

  shift(mapping, x, y, free) {
    for (const [axis, name] of this.moves) {
      const toPixel = axis === "x" ? (v) => mapping.x(v) : (v) => mapping.y(v);
      const raw = axis === "x" ? mapping.xValue(x) : mapping.yValue(y);
      const offset = axis === "x" || this.moves.length === 1 ? this.offset() : 0;
      const at = axis === "x" ? x : y;
      const near = free ? null : this.figure.snapping.near(name, (v) => Math.abs(toPixel(v * this.over() + offset) - at));
      const scale = this.figure.scale(name);
      const value = near === null ? scale.tidy((raw - offset) / this.over()) : near;
      if (Number.isFinite(value)) this.figure.state.set(name, value);
    }
  }
}

/** The handle that a finger on the picture means: the nearest one, else the only one that moves sideways. */
export function handleMeant(handles, x, y) {
  const usable = handles.filter((handle) => handle.node.style.display !== "none");
  const near = usable.filter((handle) => handle.distance(x, y) < REACH);
  near.sort((a, b) => a.distance(x, y) - b.distance(x, y));
  return near[0] || usable.find((handle) => handle.moves[0][0] === "x") || null;
}

/**
 * The handle that a click calls, and where to: the nearest of those whose curve it meets. On a map (a figure that follows)
 * any click calls the handle that is meant.
 * @param {(handle: Handle) => object} mappingOf @returns {{handle: Handle, at: [number, number]}|null}
 */
export function calledTo(handles, x, y, mappingOf, map) {
  const [found] = handles.filter((handle) => !handle.turns && handle.node.style.display !== "none")
    .map((handle) => ({ handle, at: handle.placeNear(x, y, mappingOf(handle)) }))
    .filter(({ at }) => at !== null)
    .sort((one, other) => one.handle.distance(x, y) - other.handle.distance(x, y));
  const meant = found || !map ? null : handleMeant(handles, x, y);
  return found || (meant && { handle: meant, at: [x, y] });
}
