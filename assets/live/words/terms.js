// Terms of the field in what the figure says: each is a button where it first stands in a text, and opens its sentence and picture.
import { element, freshId, setWords, svgElement } from "../document/dom.js";

const CARD_GAP = 8;

export class Terms {
  constructor(figure) {
    this.figure = figure;
    this.terms = [];
    this.picture = svgElement("svg", { class: "live-term__picture", viewBox: "0 0 120 84", "aria-hidden": "true" });
    this.words = element("p", {});
    this.card = element("div", { class: "live-term__card", id: freshId("term"), popover: "auto", role: "status" }, [this.picture, this.words]);
  }

  /** @param {{word: string, sentence: string, lines: [string, string][]}[]} terms those that this scene uses */
  describe(terms = []) {
    this.terms = terms.map((term) => ({ ...term, stands: new RegExp(`${term.word}[\\p{L}]*`, "iu") }));
    if (terms.length > 0 && !this.card.isConnected) this.figure.root.append(this.card);
  }

  /** Writes a text into a node; only what is new is drawn. @returns {boolean} whether something of it can be tapped */
  write(node, text) {
    if (this.terms.length > 0 && node.textContent === text) return node.childElementCount > 0;
    const found = this.terms.map((term) => ({ term, at: term.stands.exec(text) })).filter(({ at }) => at)
      .sort((one, other) => one.at.index - other.at.index);
    if (found.length === 0) {
      setWords(node, text);
      return false;
    }
    let end = 0;
    const parts = [];
    for (const { term, at: { 0: word, index } } of found) {
      parts.push(text.slice(end, index), { term, word });
      end = index + word.length;
    }
    this.lay(node, [...parts, text.slice(end)].filter((part) => part !== ""));
    return true;
  }

  /** Numbers between the same terms change alone: a fresh button would lose the focus, and is styled with all around it. */
  lay(node, parts) {
    const kept = [...node.childNodes];
    const same = kept.length === parts.length && parts.every((part, i) => (
      typeof part === "string" ? kept[i] instanceof Text : kept[i] instanceof Element && kept[i].textContent === part.word));
    if (!same) return node.replaceChildren(...parts.map((part) => (typeof part === "string" ? part : this.button(part.term, part.word))));
    return parts.forEach((part, i) => { if (typeof part === "string" && kept[i].data !== part) kept[i].data = part; });
  }

  button(term, word) {
    const button = element("button", { type: "button", class: "live-term", text: word, "aria-haspopup": "true", title: "What is this?", onclick: () => this.open(term, button) });
    return button;
  }

  /** The card stands below its word, or above where there is no room below, and shuts by Escape or a tap beside it. */
  open(term, button) {
    this.picture.replaceChildren(...term.lines.map(([d, form]) => svgElement("path", { d, class: `live-term--${form}` })));
    this.words.replaceChildren(element("strong", { text: term.word }), `: ${term.sentence[0].toLowerCase()}${term.sentence.slice(1)}`);
    this.card.showPopover();
    const word = button.getBoundingClientRect();
    const { width, height } = this.card.getBoundingClientRect();
    const below = word.bottom + CARD_GAP + height <= window.innerHeight;
    this.card.style.left = `${Math.max(CARD_GAP, Math.min(word.left, window.innerWidth - width - CARD_GAP))}px`;
    this.card.style.top = `${below ? word.bottom + CARD_GAP : Math.max(CARD_GAP, word.top - CARD_GAP - height)}px`;
  }
}
