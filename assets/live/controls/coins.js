// A row of coins that are turned by a click, a tap or a key. Two controls count them; the order is only the row's own.
import { element, setShown, setText } from "../document/dom.js";

const COIN_LETTERS = { heads: "H", tails: "T" };

/** The place of the last coin of a side, or −1. */
const lastCoin = (row, side) => row.lastIndexOf(side);

/**
 * The row with so many of each side, changed as little as can be: the coin that was `turned` last goes back first, then the
 * last ones; what is missing comes at the end.
 * @param {string[]} row @param {{heads: number, tails: number}} wanted @param {number} turned @returns {string[]}
 */
export function recounted(row, wanted, turned = -1) {
  const next = row.slice();
  const surplus = (side) => next.filter((one) => one === side).length - wanted[side];
  for (const [many, few] of [["heads", "tails"], ["tails", "heads"]]) {
    while (surplus(many) > 0 && surplus(few) < 0) {
      next[next[turned] === many ? turned : lastCoin(next, many)] = few;
    }
    while (surplus(many) > 0) next.splice(lastCoin(next, many), 1);
  }
  for (const side of ["heads", "tails"]) while (surplus(side) < 0) next.push(side);
  return next;
}

export class Coins {
  /** @param {object} figure the live figure */
  constructor(figure) {
    this.figure = figure;
    this.row = [];
    this.turned = -1;
    this.place = 0;
    this.list = element("div", { class: "live-coins__row", role: "group", "aria-label": "Coins: press one to turn it" });
    this.words = element("p", { class: "live-coins__words" });
    const button = (text, label, way) => element("button", {
      type: "button", class: "live-button", "aria-label": label, title: label, text, onclick: () => this.grow(way),
    });
    this.less = button("−", "Take the last coin away", -1);
    this.node = element("div", { class: "live-coins", hidden: true }, [
      this.list, this.words, this.less, button("+", "Add a coin", 1),
    ]);
    this.list.addEventListener("keydown", (event) => this.press(event));
  }

  describe(scene) {
    this.spec = scene.coins;
    setShown(this.node, Boolean(this.spec));
  }

  /** So many of each side, as the controls say. */
  get counts() {
    const { values } = this.figure.state;
    return { heads: Math.round(values.get(this.spec.heads)), tails: Math.round(values.get(this.spec.tails)) };
  }

  turn(place) {
    this.row[place] = this.row[place] === "heads" ? "tails" : "heads";
    this.turned = place;
    this.place = place;
    this.tell();
  }

  /** One coin more, heads and tails by turns of what the row ends with; or the last one less. */
  grow(way) {
    const { heads, tails } = this.counts;
    if (this.row.length !== heads + tails) this.row = recounted([], this.counts);
    if (way < 0) this.row.pop();
    else this.row.push("heads");
    this.tell();
  }

  /** The row is told by its counts, as one step that can be undone; an end of a count stops it. */
  tell() {
    const { state } = this.figure;
    const count = (side) => this.row.filter((one) => one === side).length;
    const [heads, tails] = [count("heads"), count("tails")];
    const fits = [[this.spec.heads, heads], [this.spec.tails, tails]].every(([name, value]) => value <= state.controls.get(name).max);
    if (fits) state.assign({ [this.spec.heads]: heads, [this.spec.tails]: tails });
    else this.row = recounted(this.row, this.counts);
  }

  /** Arrows go along the row, which is one stop of the Tab key. */
  press(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (way === undefined) return;
    this.place = Math.min(Math.max(this.place + way, 0), this.row.length - 1);
    this.rove();
    this.list.children[this.place].focus();
    event.preventDefault();
    event.stopPropagation();
  }

  rove() {
    this.place = Math.max(0, Math.min(this.place, this.list.children.length - 1));
    [...this.list.children].forEach((coin, i) => { coin.tabIndex = i === this.place ? 0 : -1; });
  }

  update() {
    if (!this.spec) return;
    const { heads, tails } = this.counts;
    const now = JSON.stringify([heads, tails, this.row]);
    if (now === this.shown) return;
    const many = heads + tails > this.spec.most;
    this.row = many ? [] : recounted(this.row, { heads, tails }, this.turned);
    this.shown = JSON.stringify([heads, tails, this.row]);
    setText(this.words, many ? `${heads} heads and ${tails} tails: too many to draw` : "");
    while (this.list.children.length > this.row.length) this.list.lastChild.remove();
    while (this.list.children.length < this.row.length) this.list.append(this.coin(this.list.children.length));
    this.row.forEach((side, i) => {
      const coin = this.list.children[i];
      setText(coin, COIN_LETTERS[side]);
      coin.dataset.side = side;
      coin.setAttribute("aria-label", `Coin ${i + 1}: ${side}`);
    });
    this.less.disabled = heads + tails === 0;
    this.rove();
  }

  coin(place) {
    return element("button", { type: "button", class: "live-coin", "data-coin": place + 1, onclick: () => this.turn(place) });
  }
}
