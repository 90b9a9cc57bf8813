// Numbers and sentences that move with the learner, and the switches that show or hide parts.
import { element, mathElement, setAttribute, setShown, setText, spokenWords } from "../document/dom.js";
import { compileCases, compileTemplate } from "./text.js";
import { onScale } from "../document/type.js";

/** The least time between two sentences read aloud. */
const SPOKEN_PAUSE = 1000;
/** The zero-width space of a template. */
const BREAK_PLACE = "\u200b";
/** A formula with held numbers is not written smaller than this (px); what is wider still can be scrolled. */
const LEAST_FORMULA = 13;

export class Readout {
  constructor(spec, figure) {
    this.figure = figure;
    this.label = element("div", { class: "live-readout__label" });
    this.value = element("output", { class: "live-readout__value", "data-readout": spec.name });
    this.node = element("div", { class: `live-readout live-readout--${spec.size}` }, [this.label, this.value]);
    this.letters = 0;
    this.room = 0;
    this.watch = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === this.room) return;
      this.room = contentRect.width;
      this.unfit = true;
      fitReadouts([this]);
    });
    this.watch.observe(this.node);
    this.describe(spec);
  }

  describe(spec) {
    this.spec = spec;
    this.letters = 0;
    this.node.dataset.role = spec.role;
    this.node.className = `live-readout live-readout--${spec.size}`;
    if (spec.label_mathml) this.label.replaceChildren(mathElement(spec.label_mathml));
    else setText(this.label, spec.label);
    const { state } = this.figure;
    this.text = compileCases(spec.text, state.quantities, state.controls);
    this.held = [...this.label.querySelectorAll("[data-held]")].map((node) => (
      { node, text: compileTemplate(`{${node.dataset.held}}`, state.quantities, state.controls) }));
  }

  update() {
    let letters = 0;
    for (const { node, text } of this.held) {
      const held = text();
      setText(node, held);
      letters += held.length;
    }
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
    const text = this.text();
    this.write(text);
    this.value.classList.toggle("live-readout__value--words", /[a-z]{4}/i.test(text));
    letters += text.length;
    this.unfit = this.unfit || letters !== this.letters;
    this.letters = letters;
  }

  remove() {
    this.watch.disconnect();
    this.node.remove();
  }

  /** Where a line may break inside a number's fraction there is a `<wbr>`: the text that is read or copied has no unseen sign. */
  write(text) {
    if (!text.includes(BREAK_PLACE)) {
      this.figure.terms.write(this.value, text);
      return;
    }
    const parts = text.split(BREAK_PLACE);
    const texts = [...this.value.childNodes].filter((node) => node instanceof Text);
    // Nodes that stay are styled by themselves: a fresh one has every rule that asks for it asked again.
    if (texts.length === parts.length && this.value.childElementCount === parts.length - 1) {
      parts.forEach((part, i) => { if (texts[i].data !== part) texts[i].data = part; });
    } else this.value.replaceChildren(...parts.flatMap((part) => [element("wbr", {}), part]).slice(1));
  }
}

/**
 * What is wider than its place is written in the next smaller size of the scale that fits, never cut. Looked at only where the number of letters has changed, and
 * at all of them together: a look after each change would lay the page out as often.
 * @param {Readout[]} readouts
 */
export function fitReadouts(readouts) {
  const changed = readouts.filter((one) => one.unfit && one.room > 0);
  const written = changed.flatMap(({ value, label, held }) => [{ node: value, least: 0 }, ...held.length > 0 ? [{ node: label, least: LEAST_FORMULA }] : []]);
  for (const one of changed) one.unfit = false;
  for (const { node } of written) if (node.style.fontSize) node.style.fontSize = "";
  const sizes = written.map(({ node, least }) => {
    const { scrollWidth, clientWidth } = node;
    return scrollWidth <= clientWidth ? 0 : Math.max(least, onScale((parseFloat(getComputedStyle(node).fontSize) * clientWidth) / scrollWidth));
  });
  written.forEach(({ node }, i) => { if (sizes[i] > 0) node.style.setProperty("font-size", `${sizes[i]}px`, "important"); });
}

/** The sentence under the picture; a second, hidden copy is read aloud, at most once a second and not while dragging. */
export class Sentence {
  constructor(figure) {
    this.figure = figure;
    this.shown = element("p", { class: "live-sentence__text", "data-sentence": "", "aria-hidden": "true" });
    this.spoken = element("p", { class: "live-unseen", "aria-live": "polite" });
    this.notice = element("p", { class: "live-sentence__notice", role: "status" });
    this.node = element("div", { class: "live-sentence" }, [this.shown, this.spoken, this.notice]);
    this.timer = 0;
    this.said = "";
  }

  describe(cases) {
    const { state } = this.figure;
    this.text = compileCases(cases, state.quantities, state.controls);
  }

  update() {
    const text = this.text();
    if (this.said === text) return;
    this.said = text;
    // What can be tapped is heard where it stands; all else is heard from the copy.
    if (this.figure.terms.write(this.shown, text)) this.shown.removeAttribute("aria-hidden");
    else setAttribute(this.shown, "aria-hidden", "true");
    if (this.timer === 0) this.timer = setTimeout(() => this.speak(), SPOKEN_PAUSE);
  }

  speak() {
    this.timer = 0;
    if (this.figure.state.held !== null) this.timer = setTimeout(() => this.speak(), SPOKEN_PAUSE);
    else setText(this.spoken, spokenWords(this.said));
  }

  remove() {
    clearTimeout(this.timer);
  }
}

/** Switches as chips; those of a group behave like radio buttons. */
export class Toggles {
  constructor(figure) {
    this.figure = figure;
    this.node = element("div", { class: "live-chips", role: "group", "aria-label": "Show" });
    this.chips = new Map();
  }

  /** Chips that stay the same stay: who has one in focus keeps it. */
  describe(toggles) {
    const written = JSON.stringify(toggles);
    if (written === this.written) return;
    this.written = written;
    this.chips.clear();
    this.under = new Map(toggles.map((toggle) => [toggle.name, toggle.toggle]));
    this.waiting = new Map(toggles.map((toggle) => [toggle.name, toggle]));
    const groups = new Map();
    for (const toggle of toggles.filter((one) => one.label)) {
      const chip = element("button", {
        type: "button", class: "live-chip", "data-toggle": toggle.name, text: toggle.label,
        title: toggle.help || null, onclick: () => this.press(toggle),
      });
      this.chips.set(toggle.name, chip);
      const key = toggle.group || "";
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(chip);
    }
    this.node.replaceChildren(...[...groups].map(([key, chips]) => (
      element("div", { class: key ? "live-chips__group live-chips__group--one" : "live-chips__group" }, chips)
    )));
  }

  press(toggle) {
    const { state } = this.figure;
    const waits = this.waits(toggle);
    if (toggle.waits) state.hastened.add(toggle.name);
    const on = toggle.group || waits ? true : !state.toggles.get(toggle.name);
    state.turn(toggle.name, on);
    this.figure.switched();
    state.release();
  }

  /** Whether it shows nothing yet, on or off. */
  waits({ name, waits }) {
    const { state } = this.figure;
    return Boolean(waits) && (state.asked || (!state.hastened.has(name) && state.quantities.reader(waits)() === 1));
  }

  update() {
    for (const [name, chip] of this.chips) {
      setAttribute(chip, "aria-pressed", String(Boolean(this.figure.state.toggles.get(name)) && !this.waits(this.waiting.get(name))));
      setShown(chip, this.figure.state.shows(this.under.get(name)));
    }
  }
}
