// The Present view: the picture fills the screen, one number, keys for a teacher, and the page's story stage by stage.
import { searchOf } from "./address.js";
import { element, setShown, setText } from "./dom.js";
import { codeOpen } from "./in_class.js";
import { Paper } from "./paper.js";

/** How much larger lines, ticks and labels are for the last row. */
export const PRESENT_SCALE = { line: 1.25, label: 30, tick: 20, margin: 1.6 };

/** A screen from this width on (px) may hang on a wall; the style sheets ask the same. */
const WALL = 860;

/** Elements that use the space bar themselves. */
function typesOrPresses(node) {
  return Boolean(node && node.closest("button, summary, select, textarea, a, [contenteditable], input:not([type=range])"));
}

export class Present {
  constructor(figure) {
    this.figure = figure;
    this.stage = -1;
    this.asked = false;
    this.paper = new Paper(figure);
    this.former = {};
    this.letters = true;
    this.words = element("p", { class: "live-presentbar__words", role: "status" });
    const button = (text, label, onclick) => element("button", {
      type: "button", class: "live-button live-button--quiet", text, title: label, "aria-label": label, onclick,
    });
    this.keys = button("Keys H, R: on", "Letter keys", () => this.switchLetters());
    this.keys.classList.add("live-presentbar__keys");
    this.place = element("span", { class: "live-presentbar__place" });
    this.back = button("‹", "Previous stage (Page Up)", () => this.turn(-1));
    this.forth = button("›", "Next stage (Page Down)", () => this.turn(1));
    this.numbers = button("123", "Hide the numbers (H)", () => this.hideNumbers());
    this.bar = element("div", { class: "live-presentbar", role: "group", "aria-label": "Present" }, [
      this.words, this.back, this.place, this.forth, this.numbers, button("↺", "Reset to the first state (R)", () => figure.toolbar.reset()),
      button("QR", "In class: this link as a QR code", () => figure.toolbar.inClass.open()), this.keys, button("✕", "Leave (Escape)", () => this.toggle()),
    ]);
    this.listen = (event) => this.press(event);
  }

  /** Whether this is a wall, where everything is larger; in the hand the same link is not. */
  get projected() {
    return this.figure.presenting && this.figure.root.clientWidth >= WALL;
  }

  get story() {
    return this.figure.state.scene.story || [];
  }

  /** Enters once when the address asks for it. */
  start() {
    if (this.figure.state.scene.main === false) return;
    if (new URLSearchParams(searchOf(this.figure.state.scene)).get("present") === "1") this.toggle(true);
  }

  toggle(on = !this.figure.presenting) {
    const { figure } = this;
    figure.presenting = on;
    figure.box.classList.toggle("live-box--present", on);
    this.withhold(false);
    if (!on) this.apply({}, this.former);
    document.documentElement.classList.toggle("live-presenting", on);
    setShown(this.bar, on);
    this.begin();
    if (on) document.addEventListener("keydown", this.listen, { capture: true });
    else document.removeEventListener("keydown", this.listen, { capture: true });
    this.writeAddress(on);
    figure.rescale();
    if (on) figure.focusControl(figure.state.scene.controls[0].name);
  }

  /** The page's story is at its beginning. */
  begin() {
    this.stage = -1;
    this.former = {};
    this.tell("");
    this.withhold(false);
    if (this.figure.presenting) this.figure.challenges.offer.take();
  }

  /** A link leads to a stage while the story is shown. */
  goTo(stage) {
    if (!this.figure.presenting || stage > this.story.length) return;
    this.stage = stage - 2;
    this.turn(1);
  }

  /** While a stage asks, what would answer it is quiet, until it is shown or turned on. */
  withhold(on) {
    this.asked = on;
    this.figure.quiet.set("stage", on);
    this.hideNumbers(on);
  }

  /** What the present stage asks, and where it stands in the story; both ends of the story are seen. */
  tell(words) {
    setText(this.words, words);
    this.count();
    this.figure.state.lead("stage", this.stage < 0 ? "" : String(this.stage + 1));
  }

  /** Where the present stage stands in the story, which grows where questions come to it. */
  count() {
    const { length } = this.story;
    this.words.dataset.hint = length > 0 ? `A story in ${length} stages: tap ›` : "";
    setText(this.place, this.stage < 0 ? "" : `${this.stage + 1} of ${length}`);
    this.back.disabled = this.stage <= 0;
    this.forth.disabled = this.stage >= length - 1 && !this.asked;
  }

  hideNumbers(on = !this.figure.root.classList.contains("live--numberless")) {
    this.figure.root.classList.toggle("live--numberless", on);
    this.figure.quiet.hide();
    this.numbers.setAttribute("aria-pressed", String(on));
    if (this.asked && !on) this.reveal();
    this.figure.state.lead("hide", on && !this.asked ? "1" : "");
    this.figure.request();
  }

  /** The answer of the present stage: what was quiet is seen, and its words, where it has some, take the question's place. */
  reveal() {
    const { text, answer, shows } = this.story[this.stage];
    this.withhold(false);
    this.tell(answer || text);
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
    setText(this.keys, `Keys H, R: ${this.letters ? "on" : "off"}`);
  }

  turn(direction) {
    const { story, figure } = this;
    if (story.length === 0) return;
    if (direction > 0 && this.asked) {
      this.reveal();
      return;
    }
    this.stage = Math.min(Math.max(this.stage + direction, 0), story.length - 1);
    const stage = story[this.stage];
    // Numbers that the teacher hid stay hidden.
    if (stage.asks || this.asked) this.withhold(Boolean(stage.asks));
    this.tell(stage.text);
    // What an earlier stage had switched is as it was, unless this one switches it too.
    const before = this.former;
    this.former = Object.fromEntries(Object.keys(stage.toggles).map((name) => (
      [name, name in before ? before[name] : Boolean(figure.state.toggles.get(name))])));
    this.apply(stage.controls, { ...before, ...stage.toggles });
    figure.state.leaveNoTrace();
  }

  apply(controls, toggles) {
    const { state } = this.figure;
    if (Object.keys(controls).length + Object.keys(toggles).length === 0) return;
    state.assign(controls, toggles);
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
    const playing = [...this.figure.controls.values()].find((control) => control.player);
    if (playing) playing.player.toggle();
  }

  remove() {
    this.paper.remove();
    document.removeEventListener("keydown", this.listen, { capture: true });
    document.documentElement.classList.remove("live-presenting");
  }
}
