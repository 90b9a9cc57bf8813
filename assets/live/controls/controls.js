// A control: a native slider with label, exact number box, marks that can be jumped to, and its play buttons.
import { captionsOf, markName } from "./captions.js";
import { element, freshId, setShown, setText } from "../document/dom.js";
import { slideByFinger } from "../document/finger.js";
import { controlFormat, heldNumber, LOGARITHMIC_DIGITS, readNumber, refusalOf, roundedDown } from "../words/numbers.js";
import { outOfOrder } from "./ordered.js";
import { Player } from "./play.js";
import { scaleOf } from "./scales.js";
import { compileCases } from "../words/text.js";

/** Positions of the native slider: finer than any screen. */
const POSITIONS = 20000;

/** Width of the thumb in the style sheet; the thumb's middle travels the track less one thumb. */
export const THUMB = 28;

/** Letters for which the number box is wide enough by itself. */
const WIDE = 6;

/** Whether two values are the same but for rounding: a bound that a link brings back is computed anew. */
const isSame = (one, other) => Math.abs(one - other) <= 1e-9 * Math.abs(one);

export class Control {
  /** @param {object} control its description @param {object} figure the live figure */
  constructor(control, figure) {
    this.figure = figure;
    this.id = freshId("control");
    this.input = element("input", {
      type: "range", min: 0, max: POSITIONS, step: 1, id: this.id, class: "live-range", "data-control": control.name,
      "aria-keyshortcuts": "N Shift+N",
    });
    this.caption = element("label", { class: "live-control__label", for: this.id });
    this.box = element("input", {
      class: "live-control__box", type: "text", autocomplete: "off", spellcheck: "false",
    });
    this.unit = element("span", { class: "live-control__unit" });
    this.note = element("span", { class: "live-control__note", role: "status", hidden: true });
    this.ticks = element("div", { class: "live-control__ticks" });
    this.marked = [];
    this.track = element("div", { class: "live-control__track" }, [this.input, this.ticks]);
    this.head = element("div", { class: "live-control__head" }, [this.caption, this.box, this.unit, this.note]);
    this.node = element("div", { class: "live-control" }, [this.head, this.track]);
    this.listen();
    this.describe(control);
    this.sayWhyHere();
  }

  /** What could not stay where it stood on another function says so, until it moves. */
  sayWhyHere() {
    const { start } = this.figure.state.scene;
    const { name } = this.control;
    const moved = start && start.words && start.words[name] && start.controls[name] === this.figure.state.values.get(name);
    if (moved) this.say(start.words[name]);
  }

  /** Takes over a (new) description; the elements stay, so that focus and a drag in progress do. */
  describe(control) {
    const written = JSON.stringify(control);
    if (written === this.written) return;
    this.written = written;
    this.control = control;
    this.scale = scaleOf(control);
    this.format = controlFormat(control);
    this.ends = [control.min, control.max];
    this.marksMove = control.on_rows || (control.marks || []).some((mark) => mark.toggle || typeof mark.value === "string");
    this.quantities = null;
    /** Nothing but its value makes it look another way: in a long table most cells are done with at once. */
    this.plain = !(this.marksMove || control.unit || control.toggle || (control.when || []).length);
    this.listed = Boolean(control.values && control.values.length > 0);
    this.node.dataset.role = control.role;
    this.node.dataset.kind = control.kind || "value";
    setText(this.caption, control.label);
    this.box.setAttribute("aria-label", `${control.label}, exact value`);
    if (this.player) this.player.remove();
    this.player = control.play ? new Player(control, this.figure) : null;
    if (this.player) this.note.before(this.player.node);
    // What was refused, and the word about it, belong to what was asked: late formulas for the marks ask nothing new.
    const asked = JSON.stringify([this.figure.state.scene.id, control.name, control.label, control.min, control.max]);
    if (asked !== this.asked) this.forget();
    this.asked = asked;
    this.drawTicks();
    this.shown = null;
  }

  listen() {
    const { input } = this;
    const { state } = this.figure;
    const fingered = slideByFinger(input, THUMB, {
      begin: () => state.begin(), slide: (share) => this.slide(share),
      end: () => { if (!state.letGo()) state.release(); }, abandon: () => { state.abandon(); this.replace(); },
    });
    input.addEventListener("pointerdown", (event) => { this.free = event.altKey; if (!fingered()) state.begin(); });
    input.addEventListener("pointermove", (event) => { this.free = event.altKey; });
    input.addEventListener("input", () => (fingered() ? this.replace() : this.slide(Number(input.value) / POSITIONS)));
    input.addEventListener("change", () => { if (!fingered()) state.release(); });
    for (const name of ["pointerup", "pointercancel"]) {
      input.addEventListener(name, () => { if (!fingered()) setTimeout(() => state.letGo()); });
    }
    input.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && this.typed) this.type();
      if (event.key === "Escape") { this.say(""); this.leaveBox(); }
    });
    this.box.addEventListener("focus", () => this.box.select());
    this.box.addEventListener("blur", () => { if (this.typed) this.type(); this.leaveBox(); });
    this.box.addEventListener("input", () => { this.typed = true; });
  }

  /** Its value as the box has it; where it stands on a mark, with the digits of the mark's caption; as long as it moves, with as many as do not tremble. */
  textOf(value) {
    const marked = this.control.scale !== "linear" && this.marked.some((mark) => isSame(mark.value, value));
    if (marked) return this.format(roundedDown(value, LOGARITHMIC_DIGITS));
    return this.moves ? this.format(value) : heldNumber(value, this.format(value));
  }

  /** Puts the thumb back where the value is. */
  replace() {
    this.input.value = this.position(this.figure.state.values.get(this.control.name));
  }

  leaveBox() {
    this.typed = false;
    this.box.removeAttribute("aria-invalid");
    this.shown = null;
    this.update();
  }

  /** The exact number that was typed; what is no number, or lies outside, is answered beside the box. */
  type() {
    const text = this.box.value.trim();
    const value = readNumber(text);
    const { name, label, min, max, wraps } = this.control;
    const refused = Number.isNaN(value) ? refusalOf(text) : outOfOrder(this.figure.state, this.control, value);
    if (refused !== "") {
      this.box.setAttribute("aria-invalid", "true");
      this.say(refused);
      return;
    }
    this.typed = false;
    this.box.removeAttribute("aria-invalid");
    const kept = this.scale.keep(value);
    this.figure.state.set(name, kept);
    this.figure.state.release();
    const outside = !wraps && (value < min || value > max);
    const near = kept !== 0 && Math.abs(value) < Math.abs(kept) ? `${label} comes no closer to 0 than ${this.ending(Math.abs(kept))}; or type 0.` : "";
    this.say(outside ? `${label} stays between ${this.ending(min)} and ${this.ending(max)}.` : near);
    this.shown = null;
    this.update();
  }

  /** An end of the range, without the zeros that the box shows. */
  ending(value) {
    const text = this.format(value);
    return text.includes("·") ? text : text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  }

  /** The value, or what is asked, is another now: what was refused, and the word about it, go. */
  forget() {
    this.say("");
    if (!this.box.hasAttribute("aria-invalid")) return;
    this.box.removeAttribute("aria-invalid");
    this.typed = false;
  }

  /** A word beside the box, until the value changes. */
  say(text) {
    this.answered = this.figure.state.values.get(this.control.name);
    setText(this.note, text);
    setShown(this.note, text !== "");
  }

  /** The track's share (0…1) of a value; an aligned track shows the axis, whatever the learner zoomed to. */
  share(value) {
    if (!this.control.align) return this.scale.toShare(value);
    return (value - this.ends[0]) / (this.ends[1] - this.ends[0]);
  }

  slide(share) {
    const { state } = this.figure;
    const width = this.input.clientWidth - THUMB;
    const near = this.free ? null : this.figure.snapping.near(
      this.control.name, (value) => Math.abs(this.share(value) - share) * width,
    );
    const [low, high] = this.ends;
    const raw = this.control.align ? this.scale.tidy(low + share * (high - low)) : this.scale.toValue(share);
    state.set(this.control.name, near === null ? raw : near);
    if (near !== null || this.listed) this.input.value = this.position(state.values.get(this.control.name));
  }

  press(event) {
    const small = event.shiftKey ? 0.1 : 1;
    const steps = {
      ArrowRight: small, ArrowUp: small, ArrowLeft: -small, ArrowDown: -small, PageUp: 10, PageDown: -10,
    }[event.key];
    const { state } = this.figure;
    const { name, kind } = this.control;
    if (event.ctrlKey || event.metaKey || (this.figure.presenting && event.key.startsWith("Page"))) return;
    if (steps !== undefined) {
      const whole = kind === "iteration" ? Math.sign(steps) * Math.max(1, Math.abs(steps)) : steps;
      const stop = event.altKey ? null : this.figure.snapping.onTheWay(name, whole);
      state.set(name, stop === null ? this.scale.move(state.values.get(name), whole) : stop);
    } else if (event.key === "Home" || event.key === "End") {
      const [low, high] = this.ends;
      state.set(name, this.scale.tidy(event.key === "Home" ? low : high));
    } else if (event.key === "n" || event.key === "N") {
      const mark = this.figure.snapping.nextMark(name, event.shiftKey ? -1 : 1, this.ends);
      if (mark !== null) state.set(name, mark);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    state.release(true);
  }

  position(value) {
    return String(Math.round(Math.min(Math.max(this.share(value), 0), 1) * POSITIONS));
  }

  /** Takes over how far the window lets it reach: range, step and digits. */
  reach(control) {
    if (control === this.control) return;
    this.control = control;
    this.scale = scaleOf(control);
    this.format = controlFormat(control);
    this.shown = null;
  }

  /** Lines the thumb's travel up with an axis. @param {number} left @param {number} width in pixels @param {Array} ends */
  align(left, width, ends) {
    const outer = [`${Math.round(left - THUMB / 2)}px`, `${Math.round(width + THUMB)}px`];
    this.track.style.marginLeft = outer[0];
    this.track.style.width = outer[1];
    if (ends[0] === this.ends[0] && ends[1] === this.ends[1] && width === this.width) return;
    this.ends = ends;
    this.width = width;
    this.shown = null;
    if (this.figure.windowMoves) this.placeTicks();
    else this.drawTicks();
    this.update();
  }

  /** No picture to line up with: the track has its whole width, and its own ends. */
  spread() {
    if (this.width === undefined) return;
    this.track.style.marginLeft = "";
    this.track.style.width = "";
    this.ends = [this.control.min, this.control.max];
    this.width = undefined;
    this.shown = null;
    this.drawTicks();
    this.update();
  }

  drawTicks() {
    this.ticked = this.track.clientWidth;
    this.makeTicks();
  }

  /** Whose width is known already: in the middle of a frame it would cost a layout. */
  makeTicks() {
    const marks = this.figure.state.marksOf(this.control.name);
    const width = (this.ticked || 600) - THUMB;
    const captions = captionsOf(marks, marks.map((mark) => this.share(mark.value) * width), this.figure.present.projected);
    this.marked = marks.map((mark, i) => {
      const tick = this.marked[i] ? this.marked[i].tick : this.newTick();
      const name = `Go to ${markName(mark)}${this.control.label} = ${this.format(mark.value)}`;
      for (const [attribute, text] of [["title", name], ["aria-label", name], ["data-mark", String(mark.value)]]) {
        if (tick.getAttribute(attribute) !== text) tick.setAttribute(attribute, text);
      }
      setText(tick, captions[i]);
      return { tick, value: mark.value, label: mark.label };
    });
    this.placeTicks();
    if (this.ticks.childElementCount !== marks.length) this.ticks.replaceChildren(...this.marked.map(({ tick }) => tick));
  }

  /** The button of a mark; it stays while the mark moves: no frame of a drag builds the track anew. */
  newTick() {
    const go = (tick) => { this.figure.state.set(this.control.name, this.marked.find((one) => one.tick === tick).value); this.figure.state.release(); };
    return element("button", { type: "button", class: "live-tick", tabindex: "-1", onclick: ({ currentTarget }) => go(currentTarget) });
  }

  /** The marks where they are on the present track; those beyond its ends are not there. */
  placeTicks() {
    for (const { tick, value } of this.marked) {
      const share = this.share(value);
      tick.style.left = `calc(${THUMB / 2}px + ${share} * (100% - ${THUMB}px))`;
      tick.hidden = share < -1e-9 || share > 1 + 1e-9;
    }
  }

  /** Marks that depend on other controls and switches are drawn anew where they have changed. */
  followMarks() {
    const marks = this.figure.state.marksOf(this.control.name);
    const same = marks.length === this.marked.length
      && marks.every((mark, i) => mark.value === this.marked[i].value && mark.label === this.marked[i].label);
    if (same) return;
    this.makeTicks();
    this.shown = null;
  }

  /** Captions have more or less room after a new size. */
  resized() {
    if (this.track.clientWidth !== this.ticked) this.drawTicks();
    this.shown = null;
    this.update();
  }

  remove() {
    if (this.player) this.player.remove();
    this.node.remove();
  }

  /** Shows the present value. */
  update() {
    const { state } = this.figure;
    const value = state.values.get(this.control.name);
    const moves = state.held !== null && state.held.get(this.control.name) !== value;
    if (moves !== this.moves) this.shown = null;
    this.moves = moves;
    this.node.inert = this.figure.challenges.about.playsAnswer(this.control.name);
    if (this.plain && value === this.shown) return;
    if (this.quantities !== state.quantities) {
      this.quantities = state.quantities;
      this.holds = this.quantities.test(this.control.when);
      this.unitText = compileCases(this.control.unit || "", this.quantities, this.figure.state.controls);
    }
    const unit = this.unitText();
    setText(this.unit, unit);
    setShown(this.node, state.shows(this.control.toggle) && this.holds());
    if (this.marksMove) this.followMarks();
    if (value === this.shown && unit === this.unitShown) return;
    [this.shown, this.unitShown] = [value, unit];
    if (value !== this.answered) this.forget();
    const position = this.position(value);
    if (this.input.value !== position) this.input.value = position;
    this.input.dataset.value = String(value);
    const text = this.textOf(value);
    this.input.setAttribute("aria-valuetext", `${text} ${unit}`.trim());
    if (document.activeElement !== this.box || !this.typed) this.box.value = text;
    this.box.style.minWidth = text.length > WIDE ? `${text.length + 2}ch` : "";
    for (const { tick, value: at } of this.marked) tick.classList.toggle("live-tick--here", isSame(at, value));
  }
}
