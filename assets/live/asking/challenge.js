// Challenges: a question, the learner's commitment, the reveal with the error, and the reasons.
import { carriedOver, hasCarriedOver } from "../document/carried.js";
import { element, setShown, setText } from "../document/dom.js";
import { About, reasonButtons } from "./about.js";
import { hintAt, judged, nearestTo } from "./judging.js";
import { givenNumber } from "../words/numbers.js";
import { Offer } from "./offer.js";
import { askable, ownChallenge, ownForm, readOwn } from "./own_question.js";
import { Seat } from "./rail.js";

const OFFERED = "A question about this function, to be answered before it is shown.";
const ON_ITS_WAY = "The question is being made …";
const NOTHING_SURE = "There is no question about this function whose answer is sure.";

export class Challenges {
  constructor(figure) {
    this.figure = figure;
    this.number = 0;
    this.tried = "";
    this.offer = new Offer(figure);
    this.begun = false;
    this.own = null;
    this.kept = null;
    this.challenges = [];
    this.about = new About(figure);
    this.node = element("section", { class: "live-card live-challenge", "data-challenge": "", "aria-label": "Challenge" });
    this.seat = new Seat(figure, this.node);
  }

  describe(scene) {
    const written = JSON.stringify([scene.id, scene.challenges, scene.offers]);
    if (written === this.written) return;
    this.written = written;
    const { challenge } = this;
    this.challenges = scene.challenges;
    const again = this.about.describe(scene.challenges);
    const wanted = this.offer.settle(scene).wanted || again;
    // A question of one's own goes on while others come.
    if (this.own && scene.id === this.scene) return;
    // What was told stays to be read; what still waits is put away with what it was about.
    if (this.begun && challenge && scene.id === this.scene) {
      this.kept = challenge;
      return;
    }
    this.kept = null;
    this.scene = scene.id;
    this.begun = false;
    this.former = null;
    this.own = null;
    this.number = 0;
    this.tried = "";
    this.wait(false);
    setShown(this.node, this.challenges.length > 0 || wanted || this.offer.stands || this.mayAsk);
    if (this.challenges.length > 0) this.resume(carriedOver(this), wanted);
    else this.invite(wanted ? NOTHING_SURE : "");
  }

  /** Questions about a function of the learner's own are made when they want one; where they had one, at once. */
  offered() {
    if (hasCarriedOver(this)) queueMicrotask(() => this.offer.take());
    const question = element("p", { class: "live-challenge__question live-challenge__offer", text: OFFERED });
    const take = this.button("Try it", () => {
      setText(question, ON_ITS_WAY);
      take.setAttribute("aria-disabled", "true");
      this.offer.take(true);
    }, true);
    return [question, this.row([take, this.ownButton()], true)];
  }

  /** How far the learner is: nothing yet, asked, or what they were told. */
  carried() {
    return { number: this.number, question: !this.own && this.challenge && this.challenge.question, asked: this.asked, told: this.told, tried: this.tried };
  }

  /** Goes on where the page before was left, if the same was asked there; one that is `wanted` is asked at once. */
  resume(left, wanted = false) {
    const same = left && this.challenges[left.number] && this.challenges[left.number].question === left.question;
    if (same) this.number = left.number;
    if (same && left.told) this.tell(left.told);
    else if (same && left.asked) this.ask(left.tried);
    else if (wanted) this.open();
    else this.invite();
  }

  /** Asks the question that a link names; for one that there is not, the nearest one, and says so. */
  goTo(number) {
    const { length } = this.challenges;
    const nearest = Math.min(Math.max(number, 1), length);
    if (this.asked && this.number === number - 1) return;
    if (length === 0) return this.invite(NOTHING_SURE);
    this.number = nearest - 1;
    this.open(nearest === number ? "" : `The link asks for a challenge that is not there; of ${length}, this is number ${nearest}.`);
  }

  /** Whether a question of one's own can be asked here. */
  get mayAsk() {
    return askable(this.figure.state).size > 0;
  }

  /** Asks what a link says in a teacher's words. */
  goToOwn(said) {
    const { own, wrong } = readOwn(said, this.figure.state);
    if (own) this.openOwn(own);
    else this.write(`The link's question could not be asked. ${wrong}`);
  }

  openOwn(own) {
    this.own = { ...own, challenge: ownChallenge(own, this.figure.state) };
    this.open();
  }

  /** A question is typed; nothing that was asked before waits meanwhile. */
  write(word = "") {
    this.wait(false);
    this.fill(
      element("h2", { class: "live-card__title", text: "A question of your own" }),
      element("p", { class: "live-quiet", text: word }),
      ownForm(this.figure.state, (own) => this.openOwn(own), () => this.turnTo(this.number)),
    );
  }

  /** Whether an answer is awaited, or what was told of one; a link holds the question as long as it waits. */
  wait(asked, told = null) {
    this.asked = asked;
    this.told = told;
    this.about.weigh(told !== null && this.challenge.reasons.length > 0);
    this.figure.quiet.set("challenge", asked);
    const { state } = this.figure;
    const { question, of, low, high } = (asked && this.own) || {};
    state.lead("challenge", asked && !this.own ? String(this.number + 1) : "", asked ? this.challenge.start : {});
    for (const [name, said] of Object.entries({ ask: question, of, low, high })) state.lead(name, said === undefined ? "" : String(said));
  }

  /** @param {HTMLElement} front where it is seen with the picture @returns {HTMLElement[]} what of it stands in the rail */
  placed(front) {
    return this.seat.settle(front, this.begun);
  }

  get carriedName() {
    return "challenge";
  }

  /** The present question; none that is not about what stands, but for one that is gone through. */
  get challenge() {
    if (this.own) return this.own.challenge;
    return this.kept || (this.about.stands || this.begun ? this.challenges[this.number] : undefined);
  }

  /** What the questions are about has moved, or is there again; all of a scene are about the same. */
  update() {
    if (this.figure.state.held !== null) return;
    const changed = this.about.changed();
    if (this.asked && !this.own && (this.kept || !this.about.stands)) this.putAway();
    else if (changed && !this.begun && !this.own) this.invite();
  }

  /** The learner has moved what a question was about: it goes with all that it had set, and what they moved stays. */
  putAway() {
    const { values } = this.figure.state;
    const back = Object.entries(this.former?.values || {}).filter(([name]) => values.get(name) === this.stood.get(name));
    this.leave(Object.fromEntries(back));
  }

  show(...parts) {
    const count = this.own ? 1 : this.challenges.length;
    this.fill(element("h2", { class: "live-card__title", text: count > 1 ? `Challenge ${this.number + 1} of ${count}` : "Challenge" }), ...parts);
  }

  fill(...parts) {
    this.seat.keepKeys(() => this.toDrag, () => this.node.replaceChildren(...parts));
  }

  /** What is to be dragged for an answer, where one is awaited. */
  get toDrag() {
    const { asked, challenge, figure } = this;
    return asked && challenge.kind === "place" && [challenge.control, ...Object.keys(challenge.start)].find((name) => figure.controls.has(name));
  }

  question() {
    return element("p", { class: "live-challenge__question", text: this.challenge.question });
  }

  button(text, onclick, main = false) {
    return element("button", { type: "button", class: `live-button${main ? " live-button--main" : ""}`, text, onclick });
  }

  /** The present question, or what there is instead of one. */
  invite(word = "") {
    this.wait(false);
    if (this.challenge) this.show(this.question(), this.row([this.button("Try it", () => this.open(), true), this.another(), this.ownButton()], true));
    else if (this.offer.stands) this.show(...this.offered());
    else this.show(element("p", { class: "live-quiet", role: "status", text: word }), this.row([this.ownButton()], true));
  }

  ownButton() {
    return this.mayAsk ? this.button("Ask your own", () => this.write()) : null;
  }

  row(parts, leadsOn = false) {
    return element("div", { class: `live-challenge__row${leadsOn ? " live-challenge__nav" : ""}` }, parts);
  }

  another() {
    return this.challenges.length > (this.own ? 0 : 1) ? this.button("Another", () => this.turnTo(this.number + (this.own ? 0 : 1))) : null;
  }

  /** What a question alone had put into the picture goes with it. */
  turnTo(number) {
    const { state } = this.figure;
    const own = Object.keys(this.challenge?.start_toggles || {}).filter((name) => state.scene.toggles.some((one) => one.name === name && !one.label));
    if (own.length > 0) {
      state.assign({}, Object.fromEntries(own.map((name) => [name, false])));
      this.figure.switched();
    }
    this.own = null;
    this.kept = null;
    this.number = (number + this.challenges.length) % Math.max(this.challenges.length, 1);
    this.invite();
  }

  /** @param {string} [word] what is said before the question */
  open(word = "") {
    this.kept = null;
    if (!this.own) this.number = Math.min(this.number, Math.max(this.challenges.length - 1, 0));
    const { challenge, figure } = this;
    if (!challenge || !(this.own || this.about.stands)) return this.later();
    figure.present.leaveStory();
    const { values, toggles } = figure.state;
    if (this.former) this.about.follow(this.former, this.stood);
    this.former = this.former || { values: Object.fromEntries(values), toggles: Object.fromEntries(toggles), steps: figure.state.past.length };
    const first = !this.begun;
    this.seat.keepKeys(() => this.toDrag, () => {
      this.begun = true;
      if (first) figure.arrange(figure.state.scene);
      this.ask("", word);
    });
    this.stand(challenge.start, challenge.start_toggles);
    this.stood = new Map(figure.state.values);
    if (first && this.node.parentNode === figure.ask) this.seat.show();
  }

  /** What was asked about has moved: the question is asked when it has been made anew, where there is a page to make it. */
  later() {
    this.leave();
    if (document.querySelector("[data-live-export]")) return;
    this.about.again = true;
    this.show(element("p", { class: "live-quiet", role: "status", text: ON_ITS_WAY }), this.row([this.leaveButton(), this.ownButton()], true));
  }

  /** Everything stands so; where it stood before is no answer, and leaves no ghost. */
  stand(values, toggles) {
    const { state } = this.figure;
    this.figure.rest();
    state.assign(values, toggles);
    state.leaveNoTrace(() => false);
    this.figure.switched();
  }

  /** Everything stands as before the questions, which wait to be asked again. @param {Record<string, number>} [values] */
  leave(values = this.former?.values) {
    const { figure, former } = this;
    if (former) this.about.follow(former, this.stood);
    this.about.again = false;
    [this.former, this.own, this.kept, this.begun] = [null, null, null, false];
    this.invite();
    figure.arrange(figure.state.scene);
    if (former) this.about.join(former.steps, () => this.stand(values, former.toggles));
  }

  leaveButton() {
    return this.button("Leave it", () => this.leave());
  }

  /** @param {string} [tried] the hint after a first answer that was wrong @param {string} [word] */
  ask(tried = "", word = "") {
    this.tried = tried;
    this.wait(true);
    const ways = { place: () => this.askPlace(), choice: () => this.askChoice() };
    const hint = tried ? element("p", { class: "live-challenge__hint", role: "status", text: tried }) : "";
    const said = word ? element("p", { class: "live-quiet", role: "status", text: word }) : "";
    this.show(said, this.question(), hint, ...ways[this.challenge.kind]());
  }

  /**
   * The first wrong answer gets a hint, where there is one, and another try.
   * @param {Record<string, number>} [stays] where a right answer leaves the learner: of several right places their own
   */
  judge(right, said, hint, stays = {}) {
    if (!right && hint && !this.tried) this.ask(hint);
    else this.reveal(right, said, right ? stays : {});
  }

  askPlace() {
    const { control } = this.challenge;
    const commit = this.button("This is my answer", () => {
      const { values, quantities } = this.figure.state;
      const value = quantities.reader(control)();
      const here = values.has(control) ? "You chose" : "There it is";
      const turns = this.figure.state.controls.get(control);
      const round = turns && turns.wraps ? turns.max - turns.min : 0;
      const { right, said } = judged(this.challenge, value, round);
      const stays = values.has(control) ? { [control]: nearestTo(this.challenge.intervals, value, round).at } : {};
      const hint = hintAt(this.challenge, this.figure.scale(control), value, round);
      this.judge(right, `${here} ${givenNumber(value)}${said}.`, hint, stays);
    }, true);
    const turned = Object.keys(this.challenge.start).map((name) => this.figure.state.controls.get(name))
      .find((one) => one && one.handle && one.handle.moves.angle);
    const named = turned && !this.own ? `Turn ${turned.handle.letter}` : "Drag the point";
    const act = this.own && !["x0", "y0"].includes(control) ? "Drag" : named;
    return [element("p", { class: "live-quiet", text: `${act}, then commit.` }), this.row([commit, this.leaveButton()])];
  }

  askChoice() {
    const { choices, choice, hints } = this.challenge;
    return [this.row(choices.map((text, i) => this.button(text, () => {
      this.judge(i === choice, `You said: ${text}.`, hints[i]);
    }))), this.row([this.leaveButton()], true)];
  }

  /** What was chosen stays as the ghost in the picture; the answer takes its place. */
  reveal(right, said, stays = {}) {
    const { challenge, figure } = this;
    this.tell({ right, said });
    figure.state.assign({ ...challenge.reveal, ...stays }, challenge.reveal_toggles);
    this.stood = new Map(figure.state.values);
    figure.switched();
    const played = challenge.plays && figure.controls.get(challenge.plays);
    if (played && played.player) played.player.start(null);
  }

  /** @param {{right: boolean, said: string}} told the verdict, and what the learner had said */
  tell(told) {
    const { right, said } = told;
    const { challenge } = this;
    this.wait(false, told);
    this.show(
      // The answer to one of the course says what was asked; a teacher's words stay, and before a class all do.
      this.own || this.figure.presenting ? this.question() : "",
      element("p", { class: `live-challenge__verdict live-challenge__verdict--${right ? "right" : "wrong"}`, role: "status" }, [
        element("strong", { text: right ? "Right. " : "Not quite. " }), said ? `${said} ` : "", challenge.answer_text,
      ]),
      challenge.reasons.length > 0 ? element("p", { text: "…because…" }) : "",
      ...reasonButtons(challenge.reasons, (text, onclick) => this.button(text, onclick), () => this.about.weigh(false)),
      this.row([this.button("Again", () => this.open()), this.another(), this.leaveButton()], true),
    );
  }
}
