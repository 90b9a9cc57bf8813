// Whether the questions of a scene are about what stands; what waits for a reason, and the buttons for the reasons of an answer.
import { element, setText } from "../document/dom.js";
import { rowControls } from "../tape/columns.js";

export class About {
  constructor(figure) {
    this.figure = figure;
    /** Whether a question that was not about what stands is asked as soon as it has been made anew. */
    this.again = false;
    this.describe([]);
  }

  /** Other questions, all about the same. @returns {boolean} whether one was waited for */
  describe(challenges) {
    this.when = challenges[0]?.when;
    this.stands = true;
    this.asked = null;
    const { again } = this;
    this.again = false;
    return again;
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

  /** Of what the questions are about all that the learner has moved since stays so when they are left. @param {{values: object}} former @param {Map} stood */
  follow(former, stood) {
    const { scene, room, values } = this.figure.state;
    const own = [...(this.when || []).map(([name]) => name), ...rowControls(scene, room).map(({ name }) => name)];
    for (const name of own) if (values.has(name) && values.get(name) !== stood.get(name)) former.values[name] = values.get(name);
  }

  /** Undo takes back at once what the learner has moved since there were so many steps: what the question had set goes with it. */
  join(steps, leave) {
    leave();
    const { state } = this.figure;
    const first = state.past[steps];
    state.past.length = Math.min(state.past.length, first && state.differs(first) ? steps + 1 : steps);
    state.listener.changed();
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
