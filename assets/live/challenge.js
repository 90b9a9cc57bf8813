// Challenges: a question, the learner's commitment, the reveal with the error, and the reasons.
import { carriedOver } from "./carried.js";
import { element, setShown, setText } from "./dom.js";
import { significantNumber } from "./numbers.js";

/** Distance from a value to the nearest of some intervals; 0 inside. */
function distanceTo(intervals, value) {
  return Math.min(...intervals.map(([low, high]) => Math.max(low - value, value - high, 0)));
}

export class Challenges {
  constructor(figure) {
    this.figure = figure;
    this.number = 0;
    this.node = element("section", { class: "live-card live-challenge", "data-challenge": "", "aria-label": "Challenge" });
  }

  describe(scene) {
    const written = JSON.stringify([scene.id, scene.challenges]);
    if (written === this.written) return;
    this.written = written;
    this.challenges = scene.challenges;
    this.number = 0;
    this.asked = false;
    this.told = null;
    setShown(this.node, this.challenges.length > 0);
    if (this.challenges.length > 0) this.resume(carriedOver(this));
  }

  /** How far the learner is: nothing yet, asked, or what they were told. */
  carried() {
    return { number: this.number, question: this.challenge && this.challenge.question, asked: this.asked, told: this.told };
  }

  /** Goes on where the page before was left, if the same was asked there. */
  resume(left) {
    const same = left && this.challenges[left.number] && this.challenges[left.number].question === left.question;
    if (same) this.number = left.number;
    if (same && left.told) this.tell(left.told);
    else if (same && left.asked) this.ask();
    else this.invite();
  }

  get carriedName() {
    return "challenge";
  }

  get challenge() {
    return this.challenges[this.number];
  }

  heading() {
    const count = this.challenges.length;
    return element("h2", { class: "live-card__title", text: count > 1 ? `Challenge ${this.number + 1} of ${count}` : "Challenge" });
  }

  show(...parts) {
    this.node.replaceChildren(this.heading(), ...parts);
  }

  question() {
    return element("p", { class: "live-challenge__question", text: this.challenge.question });
  }

  button(text, onclick, main = false) {
    return element("button", { type: "button", class: `live-button${main ? " live-button--main" : ""}`, text, onclick });
  }

  invite() {
    this.asked = false;
    this.told = null;
    this.show(this.question(), this.row([this.button("Try it", () => this.open(), true), this.another()]));
  }

  row(parts) {
    return element("div", { class: "live-challenge__row" }, parts);
  }

  another() {
    return this.challenges.length > 1 ? this.button("Another", () => this.turnTo(this.number + 1)) : null;
  }

  turnTo(number) {
    this.number = (number + this.challenges.length) % this.challenges.length;
    this.invite();
  }

  open() {
    const { challenge, figure } = this;
    figure.state.assign(challenge.start, challenge.start_toggles);
    figure.switched();
    this.ask();
  }

  ask() {
    this.asked = true;
    this.told = null;
    const ways = { place: () => this.askPlace(), choice: () => this.askChoice() };
    this.show(this.question(), ...ways[this.challenge.kind]());
  }

  askPlace() {
    const { control } = this.challenge;
    const commit = this.button("This is my answer", () => {
      const { values, quantities } = this.figure.state;
      const value = quantities.reader(control)();
      const here = values.has(control) ? "You chose" : "There it is";
      const off = distanceTo(this.challenge.intervals, value) - this.challenge.tolerance;
      const missed = `${here} ${significantNumber(value, 3)}: off by ${significantNumber(Math.max(off, 0), 2)}.`;
      this.reveal(off <= 1e-12, off <= 1e-12 ? `${here} ${significantNumber(value, 3)}.` : missed);
    }, true);
    const turned = Object.keys(this.challenge.start).map((name) => this.figure.state.controls.get(name))
      .find((one) => one && one.handle && one.handle.moves.angle);
    const act = turned ? `Turn ${turned.handle.letter}` : "Drag the point";
    return [element("p", { class: "live-quiet", text: `${act}, then commit.` }), commit];
  }

  askChoice() {
    return [this.row(this.challenge.choices.map((text, i) => this.button(text, () => {
      this.reveal(i === this.challenge.choice, `You said: ${text}.`);
    })))];
  }

  /** What was chosen stays as the ghost in the picture; the answer takes its place. */
  reveal(right, said) {
    const { challenge, figure } = this;
    figure.state.assign(challenge.reveal, challenge.reveal_toggles);
    figure.switched();
    const played = challenge.plays && figure.controls.get(challenge.plays);
    if (played && played.player) played.player.start(null);
    this.tell({ right, said });
  }

  /** @param {{right: boolean, said: string}} told the verdict, and what the learner had said */
  tell(told) {
    const { right, said } = told;
    const { challenge } = this;
    this.told = told;
    const reply = element("p", { class: "live-quiet" });
    const reasons = element("div", { class: "live-challenge__reasons" }, challenge.reasons.map((reason) => {
      const button = this.button(reason.text, () => {
        button.classList.add(reason.right ? "live-button--right" : "live-button--wrong");
        button.setAttribute("aria-pressed", "true");
        setText(reply, reason.says || (reason.right ? "Yes." : "No."));
      });
      return button;
    }));
    this.show(
      element("p", { class: `live-challenge__verdict live-challenge__verdict--${right ? "right" : "wrong"}`, role: "status" }, [
        element("strong", { text: right ? "Right. " : "Not quite. " }), said ? `${said} ` : "", challenge.answer_text,
      ]),
      challenge.reasons.length > 0 ? element("p", { text: "…because…" }) : "",
      reasons, reply,
      this.row([this.button("Again", () => this.open()), this.another()]),
    );
  }
}
