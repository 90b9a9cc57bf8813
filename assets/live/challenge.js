// Challenges: a question, the learner's commitment, the reveal with the error, and the reasons.
import { element, setShown, setText } from "./dom.js";
import { readNumber, significantNumber } from "./numbers.js";

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
    setShown(this.node, this.challenges.length > 0);
    if (this.challenges.length > 0) this.invite();
  }

  get challenge() {
    return this.challenges[this.number];
  }

  heading() {
    const count = this.challenges.length;
    return element("h3", { class: "live-card__title", text: count > 1 ? `Challenge ${this.number + 1} of ${count}` : "Challenge" });
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
    const ways = { place: () => this.askPlace(), choice: () => this.askChoice(), number: () => this.askNumber() };
    this.show(this.question(), ...ways[challenge.kind]());
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

  askNumber() {
    const box = element("input", { class: "live-control__box", type: "text", inputmode: "decimal", "aria-label": "Your answer" });
    const commit = () => {
      const value = readNumber(box.value);
      box.setAttribute("aria-invalid", String(Number.isNaN(value)));
      if (Number.isNaN(value)) return;
      const off = Math.abs(value - this.challenge.number);
      const right = off <= this.challenge.tolerance + 1e-12;
      this.reveal(right, right ? "" : `You said ${significantNumber(value, 4)}: off by ${significantNumber(off, 2)}.`);
    };
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") commit();
    });
    return [this.row([box, this.button("Commit", commit, true)])];
  }

  /** What was chosen stays as the ghost in the picture; the answer takes its place. */
  reveal(right, said) {
    const { challenge, figure } = this;
    figure.state.assign(challenge.reveal, challenge.reveal_toggles);
    figure.switched();
    const played = challenge.plays && figure.controls.get(challenge.plays);
    if (played && played.player) played.player.start(null);
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
