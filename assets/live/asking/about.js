// Whether the questions of a scene are about what stands; what waits for a reason, and the buttons for the reasons of an answer.
import { element, setText } from "../document/dom.js";

export class About {
  constructor(figure) {
    this.figure = figure;
    this.describe([]);
  }

  /** Other questions, all about the same. */
  describe(challenges) {
    this.when = challenges[0]?.when;
    this.stands = true;
    this.asked = null;
  }

  /** Looks again. @returns {boolean} whether it is another than before */
  changed() {
    const { quantities } = this.figure.state;
    if (this.asked !== quantities) this.holds = quantities.test(this.when);
    this.asked = quantities;
    const before = this.stands;
    this.stands = this.holds();
    return this.stands !== before;
  }

  /** Whether a control plays what is asked: while the answer waits it would tell it. */
  playsAnswer(name) {
    const { asked, challenge } = this.figure.challenges;
    return Boolean(asked && challenge) && challenge.kind === "choice" && challenge.plays === name;
  }

  /** Reasons are offered, and none has been chosen: what would say the right one waits. */
  weigh(on) {
    const { root, state } = this.figure;
    if (state.weighed === on) return;
    state.weighed = on;
    if (root.dataset.ready) this.figure.switched();
  }
}

/** A button for each reason, and what is replied to the one that is chosen. @param {Function} button makes one @param {Function} chosen */
export function reasonButtons(reasons, button, chosen) {
  const reply = element("p", { class: "live-quiet" });
  const buttons = reasons.map((reason) => {
    const one = button(reason.text, () => {
      chosen();
      one.classList.add(reason.right ? "live-button--right" : "live-button--wrong");
      one.setAttribute("aria-pressed", "true");
      setText(reply, reason.says || (reason.right ? "Yes." : "No."));
    });
    return one;
  });
  return [element("div", { class: "live-challenge__reasons" }, buttons), reply];
}
