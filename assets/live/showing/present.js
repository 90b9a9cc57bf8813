// The Present view: the picture fills the screen, one number, keys for a teacher, and the page's story stage by stage.
import { followed, searchOf } from "./address.js";
import { element, mathElement, setShown, setText } from "../document/dom.js";
import { codeOpen } from "./in_class.js";
import { Paper } from "./paper.js";
import { compileCases } from "../words/text.js";

/** A screen from this width on (px) may hang on a wall; the style sheets ask the same. */
const WALL = 860;

/** More letters than these are written smaller. */
const LONG = 90;

/** What a stage says where it does not say it. */
const UNSAID = { controls: {}, toggles: {}, asks: false, answer: "", shows: {}, tells: [] };

const NO_STORY = "The link asks for a stage; this page has no story.";

/** Elements that use the space bar themselves. */
function typesOrPresses(node) {
  return Boolean(node && node.closest("button, summary, select, textarea, a, [contenteditable], input:not([type=range])"));
}

/** A switch, and the others of its group, which a press on it turns. */
function together(name, { toggles }) {
  const { group } = toggles.find((toggle) => toggle.name === name) || {};
  return group ? toggles.filter((toggle) => toggle.group === group).map((toggle) => toggle.name) : [name];
}

export class Present {
  constructor(figure) {
    this.figure = figure;
    this.stage = -1;
    this.asked = false;
    this.paper = new Paper(figure);
    this.former = {};
    this.home = {};
    this.told = "";
    this.remark = "";
    this.letters = true;
    this.formula = element("div", { class: "live-presentformula" });
    this.words = element("p", { class: "live-presentbar__words", role: "status" });
    const button = (text, label, onclick, key = null) => element("button", {
      type: "button", class: "live-button live-button--quiet", text, title: label, "aria-label": label, "data-key": key, onclick,
    });
    this.keys = button("", "The letter keys H and R: press to switch them off, or on again", () => this.switchLetters());
    this.keys.classList.add("live-presentbar__keys");
    this.sayLetters();
    this.place = element("span", { class: "live-presentbar__place" });
    this.back = button("‹", "Previous stage (Page Up)", () => this.turn(-1));
    this.forth = button("›", "Next stage (Page Down)", () => this.turn(1));
    this.numbers = button("Numbers", "Hide the numbers (H)", () => this.hideNumbers(), "H");
    this.bar = element("div", { class: "live-presentbar", role: "group", "aria-label": "Present" }, [
      this.words, this.back, this.place, this.forth, this.numbers, button("Reset", "Reset to the first state (R)", () => figure.toolbar.reset(), "R"),
      button("QR", "In class: this link as a QR code", () => figure.toolbar.inClass.open()), this.keys, button("✕", "Leave (Escape)", () => this.toggle()),
    ]);
    this.listen = (event) => this.press(event);
  }

  /** Whether this is a wall, where everything is larger; in the hand the same link is not. */
  get projected() {
    return this.figure.presenting && this.figure.root.clientWidth >= WALL;
  }

  get story() {
    return (this.figure.state.scene.story || []).map((stage) => ({ ...UNSAID, ...stage }));
  }

  /** Enters once when the address asks for it. */
  start() {
    if (this.figure.state.scene.main === false) return;
    const search = searchOf(this.figure.state.scene);
    if (new URLSearchParams(search).get("present") === "1" || followed(search).stage) this.toggle(true);
  }

  /** What is explored stands typeset beside the story, for the page's own row with it is away. */
  describe({ formula }) {
    if (formula === this.typeset) return;
    this.typeset = formula;
    this.formula.replaceChildren(...(formula ? [mathElement(formula)] : []));
  }

  toggle(on = !this.figure.presenting) {
    const { figure } = this;
    this.withhold(false);
    // The story was told at the learner's own place, and leaves it as it was, in the pictures that are still there.
    if (!on && this.stage >= 0) {
      this.apply(this.home, this.former);
      figure.state.leaveNoTrace(() => false);
    }
    figure.presenting = on;
    figure.box.classList.toggle("live-box--present", on);
    document.documentElement.classList.toggle("live-presenting", on);
    setShown(this.bar, on);
    this.begin();
    if (on) document.addEventListener("keydown", this.listen, { capture: true });
    else document.removeEventListener("keydown", this.listen, { capture: true });
    this.writeAddress(on);
    figure.resized();
    if (on) figure.focusControl(figure.state.scene.controls[0].name);
  }

  /** The page's story is at its beginning; it is told at the place where everything stands now. */
  begin() {
    const { scene, values } = this.figure.state;
    this.stage = -1;
    this.former = {};
    this.home = Object.fromEntries(scene.controls.map(({ name }) => [name, values.get(name)]));
    this.tell("");
    this.withhold(false);
    if (this.figure.presenting) this.figure.challenges.offer.take();
  }

  /** Another question is asked: the story waits at its beginning, where it was told. */
  leaveStory() {
    if (this.stage < 0) return;
    this.apply(this.home, this.former);
    this.begin();
  }

  /** A link leads to a stage; for one that there is not, the nearest one is shown, and said to be. */
  goTo(stage) {
    const { length } = this.story;
    const nearest = Math.min(Math.max(stage, 1), length);
    if (!this.figure.presenting) return;
    this.stage = nearest - 2;
    if (length > 0) this.turn(1);
    if (nearest !== stage) this.remark = length > 0 ? `The link asks for a stage that is not there; of ${length}, this is number ${nearest}. ` : NO_STORY;
    this.update();
  }

  /** While a stage asks, what would answer it is quiet, until it is shown or turned on. */
  withhold(on) {
    this.asked = on;
    this.figure.quiet.set("stage", on);
    this.sayNumbers();
  }

  /** What the present stage asks or answers, as it holds where everything stands, and where it is in the story. */
  tell(words, readouts = []) {
    this.told = words;
    this.tells = readouts;
    this.remark = "";
    this.compiled = null;
    this.update();
    this.count();
    this.figure.state.lead("stage", this.stage < 0 ? "" : String(this.stage + 1), this.stage < 0 ? {} : this.home);
  }

  update() {
    const { presenting, state, readouts } = this.figure;
    if (!presenting && this.told === "") return setText(this.words, "");
    if (this.compiled !== state.quantities) this.say = compileCases(this.told, state.quantities, state.controls);
    this.compiled = state.quantities;
    const told = this.tells.map((name) => readouts.get(name)?.text() ?? "");
    const words = [this.say(), ...told].filter(Boolean).map((text) => (told.length > 0 ? text.replace(/(?<![.?!])$/, ".") : text));
    setText(this.words, this.remark + words.join(" "));
    this.words.classList.toggle("live-presentbar__words--long", this.words.textContent.length > LONG);
  }

  /** Where the present stage stands in the story, which grows where questions come to it. */
  count() {
    const { length } = this.story;
    this.words.dataset.hint = length > 0 ? `A story in ${length} stages: tap ›` : "";
    setText(this.place, this.stage < 0 ? "" : `${this.stage + 1} of ${length}`);
    this.back.disabled = this.stage <= 0;
    this.forth.disabled = this.stage >= length - 1 && !this.asked;
  }

  /** Whether the numbers are away: by the teacher's wish, or as long as a stage asks. */
  get silent() {
    return this.asked || this.figure.root.classList.contains("live--numberless");
  }

  sayNumbers() {
    this.numbers.setAttribute("aria-pressed", String(this.silent));
  }

  hideNumbers(on = !this.silent) {
    this.figure.root.classList.toggle("live--numberless", on);
    this.figure.quiet.hide();
    if (this.asked && !on) this.reveal();
    this.figure.state.lead("hide", on ? "1" : "");
    this.sayNumbers();
    this.figure.request();
  }

  /** The answer of the present stage: what was quiet is seen, and its words, where it has some, take the question's place. */
  reveal() {
    const { text, answer, shows, tells } = this.story[this.stage];
    this.withhold(false);
    if (this.silent) this.hideNumbers(false);
    this.tell(answer.length > 0 || tells.length > 0 ? answer : text, tells);
    this.apply(shows, {});
  }

  writeAddress(on) {
    if (window.location.protocol === "file:") return;
    const address = new URL(window.location.href);
    if (on) address.searchParams.set("present", "1");
    else address.searchParams.delete("present");
    if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address.href);
  }

  switchLetters() {
    this.letters = !this.letters;
    this.sayLetters();
  }

  sayLetters() {
    setText(this.keys, this.letters ? "Keys on" : "Keys off");
  }

  turn(direction) {
    const { story, figure } = this;
    if (story.length === 0) return;
    if (direction > 0 && this.asked) {
      this.reveal();
      return;
    }
    if (direction > 0 && this.stage === story.length - 1) return;
    // One question at a time: the story goes on without the card's.
    if (figure.challenges.begun) figure.challenges.leave();
    // Where the learner has been before the story is no part of it.
    if (this.stage < 0) figure.state.seen.clear();
    this.stage = Math.min(Math.max(this.stage + direction, 0), story.length - 1);
    const stage = story[this.stage];
    figure.rest();
    // Numbers that the teacher hid stay hidden.
    if (stage.asks || this.asked) this.withhold(Boolean(stage.asks));
    this.tell(stage.text, stage.asks ? [] : stage.tells);
    // What an earlier stage had switched is as it was, unless this one switches it too.
    const before = this.former;
    this.former = Object.fromEntries(Object.keys(stage.toggles).flatMap((name) => together(name, figure.state.scene)).map((name) => (
      [name, name in before ? before[name] : Boolean(figure.state.toggles.get(name))])));
    const back = Object.fromEntries(Object.entries(before).filter(([name]) => !(name in this.former)));
    this.apply(stage.controls, { ...back, ...stage.toggles }, this.home);
    // Dots of a graph that the story draws one by one stay.
    figure.state.leaveNoTrace((name) => figure.traced.get(name));
  }

  /** Sets controls, beside those of `from`, to numbers, or to where quantities are by then; one without a value sets nothing. */
  apply(controls, toggles, from = {}) {
    const { state } = this.figure;
    const entries = Object.entries(controls);
    const numbers = { ...from, ...Object.fromEntries(entries.filter(([, value]) => typeof value === "number")) };
    if (entries.length + Object.keys({ ...numbers, ...toggles }).length === 0) return;
    const named = entries.filter(([, value]) => typeof value === "string");
    if (named.length > 0) {
      const there = state.trial();
      there.evaluate(new Map([...state.values, ...Object.entries(numbers)]));
      for (const [name, quantity] of named) if (Number.isFinite(there.reader(quantity)())) numbers[name] = there.reader(quantity)();
    }
    state.assign(numbers, toggles);
    this.figure.switched();
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.figure.root.isConnected || codeOpen()) return;
    const { figure } = this;
    const typing = document.activeElement && document.activeElement.matches("input:not([type=range]), textarea");
    const control = figure.controls.get(figure.state.scene.controls[0].name);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Escape") this.toggle(false);
    else if (typing) return;
    else if (key === "PageDown") this.turn(1);
    else if (key === "PageUp") this.turn(-1);
    else if (key === " " && !typesOrPresses(document.activeElement)) this.play();
    else if (this.letters && key === "h") this.hideNumbers();
    else if (this.letters && key === "r") figure.toolbar.reset();
    else if (key.startsWith("Arrow") && !figure.root.contains(document.activeElement)) control.press(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  play() {
    const playing = [...this.figure.controls.values()].find((control) => control.player && !control.node.inert);
    if (playing) playing.player.toggle();
  }

  remove() {
    this.paper.remove();
    document.removeEventListener("keydown", this.listen, { capture: true });
    document.documentElement.classList.remove("live-presenting");
  }
}
