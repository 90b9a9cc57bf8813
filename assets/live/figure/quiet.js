// While a question waits for its answer, what would tell it is quiet: numbers, words, formulas, and marks that say so.

import { followed, searchOf } from "../showing/address.js";

/** The page's own formulas follow one of the boxes that the figure lies in; the style sheet finds them by this. */
const AROUND = '[data-testid="stElementContainer"], [data-testid="stLayoutWrapper"]';
const BOX_ASKS = "data-live-asking";

/** The page's own code holds the numbers too. */
const PAGE_HIDES = "live-hiding";

export class Quiet {
  /** @param {import("./live.js").LiveFigure} figure */
  constructor(figure) {
    this.figure = figure;
    this.askers = new Set();
  }

  /** @param {string} who asks ("challenge", "stage", "sketch", "link") @param {boolean} on whether they wait for an answer */
  set(who, on) {
    if (this.askers.has(who) === on) return;
    if (on) this.askers.add(who);
    else this.askers.delete(who);
    const { root, state } = this.figure;
    const asked = this.askers.size > 0;
    state.asked = asked;
    root.classList.toggle("live--asking", asked);
    this.hide();
    if (root.dataset.ready) this.figure.switched();
  }

  /** Told to the boxes: a style sheet that asks what lies in them (`:has`) is asked again at every new number. */
  hush(asked) {
    if (this.figure.state.scene.main === false) return;
    for (let box = this.figure.box.closest(AROUND); box; box = box.parentElement?.closest(AROUND)) box.toggleAttribute(BOX_ASKS, asked);
  }

  /** The page's formulas and its code stand for the numbers: they are away as long as those are. */
  hide() {
    const { root, state } = this.figure;
    const hidden = this.askers.size > 0 || root.classList.contains("live--numberless");
    this.hush(hidden);
    if (state.scene.main !== false) document.documentElement.classList.toggle(PAGE_HIDES, hidden);
  }

  /** A link that leads somewhere is quiet until the picture is there. */
  arrive() {
    const main = this.figure.state.scene.main !== false;
    this.leads = main ? followed(searchOf(this.figure.state.scene)) : null;
    this.set("link", main && Object.values(this.leads).some(Boolean));
  }

  /** Goes, once, where the link leads that was followed. */
  follow() {
    const { figure, leads } = this;
    this.leads = null;
    if (!leads) return;
    if (leads.stage) figure.present.goTo(leads.stage);
    if (leads.challenge) figure.challenges.goTo(leads.challenge);
    if (leads.own) figure.challenges.goToOwn(leads.own);
    if (leads.sketch) figure.sketch.goTo();
    if (leads.hide) figure.present.hideNumbers(true);
    this.set("link", false);
  }

  remove() {
    this.hush(false);
    if (this.figure.state.scene.main !== false) document.documentElement.classList.remove(PAGE_HIDES);
  }
}
