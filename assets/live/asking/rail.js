// Where the rail stands: beside the picture, or where it cannot be seen together with it.
import { element } from "../document/dom.js";

/** Where the rail stands below the picture, narrower than this (px), or on these pages, a question leaves it. */
const BESIDE = 860;
const RAIL_BELOW = ["surface"];

/** Whether what stands in the rail cannot be seen together with the picture. */
function outOfSight({ root, state, presenting }) {
  return presenting || root.clientWidth < BESIDE || RAIL_BELOW.includes(state.scene.page);
}

/** The seat of a card in the rail, which it leaves for as long as it has to be seen together with the picture. */
export class Seat {
  /** @param {import("../figure/live.js").LiveFigure} figure @param {HTMLElement} card */
  constructor(figure, card) {
    this.figure = figure;
    this.card = card;
    // Below the picture nothing moves up meanwhile.
    this.kept = element("div", { class: "live-kept" });
  }

  /** @param {HTMLElement} front where the card is seen @param {boolean} begun @returns {HTMLElement[]} what stands in the rail */
  settle(front, begun) {
    if (!begun || !outOfSight(this.figure)) return [this.card];
    if (this.card.parentNode !== front) {
      this.kept.style.height = `${this.card.offsetHeight}px`;
      front.append(this.card);
    }
    return [this.kept];
  }

  /** Card and picture are in sight together; where the card lies over the screen's foot, the picture is above it. */
  show() {
    const { ask, panelsNode } = this.figure;
    const lies = this.card.parentNode === ask && getComputedStyle(ask).position === "sticky";
    panelsNode.style.scrollMarginBottom = lies ? `${ask.offsetHeight}px` : "";
    (lies ? panelsNode : this.card).scrollIntoView({ block: "nearest" });
  }

  /** Who was in the card with the keys is there again when something else stands in it: at what is to be dragged, else first. */
  keepKeys(toDrag, change) {
    const { card, figure } = this;
    const held = card.contains(document.activeElement);
    change();
    if (!held || card.contains(document.activeElement)) return;
    const dragged = toDrag();
    if (dragged) figure.focusControl(dragged);
    else card.querySelector("button, textarea")?.focus({ preventScroll: true });
  }
}
