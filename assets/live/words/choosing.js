// A typeset formula whose parts are chosen: by mouse, finger or keys. What is chosen goes to the page, which shows it.
import { addStyles } from "../document/loading.js";
import { element, mathElement, setText } from "../document/dom.js";
import { applyTheme, presentTheme } from "../document/theme.js";

const formulas = new Map();
const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "before", ArrowRight: "after", Home: "whole", Enter: "next" };

/** A button with a typeset formula, or a word, that leads to a part. */
function leadingTo(choose, target) {
  return element("button", {
    type: "button", class: `live-button live-part${target.here ? " live-part--here" : ""}`, "data-leads": target.part,
    "aria-current": target.here ? "true" : null, "aria-label": target.says, onclick: () => choose(target.part),
  }, target.mathml ? [mathElement(target.mathml)] : [target.says]);
}

class ChosenFormula {
  constructor(place) {
    this.formula = element("div", {
      class: "live-parts__formula", tabindex: "0", role: "group", "aria-keyshortcuts": Object.keys(WAYS).join(" "),
      onclick: (event) => this.click(event), onkeydown: (event) => this.press(event),
    });
    this.crumbs = element("nav", { class: "live-parts__crumbs", "aria-label": "From the whole to this part" });
    this.below = element("div", { class: "live-parts__below", role: "group", "aria-label": "Its parts" });
    this.word = element("p", { class: "live-unseen", "aria-live": "polite" });
    this.onward = element("div", { class: "live-parts__onward" });
    this.root = element("section", { class: "live live-parts", "data-testid": "parts", "aria-label": "The parts of the formula" }, [
      this.formula, element("div", { class: "live-parts__row" }, [this.crumbs, this.below, this.onward]), this.word,
    ]);
    place.append(this.root);
    this.choose = (part) => this.tell("part", { part, turn: this.data.turn + 1 });
  }

  show(data, tell) {
    this.tell = tell;
    const written = JSON.stringify(data);
    const focused = this.root.contains(document.activeElement) && document.activeElement !== this.formula
      ? document.activeElement.closest(".live-parts__onward") !== null : false;
    applyTheme(this.root, presentTheme(this.root.parentElement), data.palette[presentTheme(this.root.parentElement)]);
    if (written === this.written) return;
    this.written = written;
    this.data = data;
    this.formula.replaceChildren(mathElement(data.mathml));
    this.formula.setAttribute("aria-label", data.label);
    const chosen = this.formula.querySelector(`[data-part="${data.part}"]`);
    if (chosen) chosen.classList.add("live-part--chosen");
    const whole = data.derivative && [element("span", { text: "f′(x) =" }), mathElement(data.derivative)];
    this.crumbs.classList.toggle("live-parts__crumbs--whole", Boolean(whole));
    this.crumbs.classList.toggle("live-parts__crumbs--alone", !whole && data.crumbs.length === 1);
    this.crumbs.replaceChildren(...whole || data.crumbs.flatMap((crumb, i) => [i ? element("span", { text: "›", "aria-hidden": "true" }) : "", leadingTo(this.choose, crumb)]).filter(Boolean));
    this.below.replaceChildren(...data.below.map((target) => leadingTo(this.choose, target)));
    this.onward.replaceChildren(leadingTo(this.choose, data.next));
    this.onward.firstElementChild.classList.add("live-button--main");
    setText(this.word, data.label);
    if (focused) this.onward.firstElementChild.focus({ preventScroll: true });
  }

  click(event) {
    const part = event.target.closest("[data-part]");
    if (part && part.dataset.part !== this.data.part) this.choose(part.dataset.part);
  }

  press(event) {
    const target = this.data.keys[WAYS[event.key]];
    if (target === undefined || target === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(target);
  }
}

/** Shows the formula in an element, or what is new in it. @returns {() => void} takes it away */
export function mountFormula({ parentElement, data, setStateValue }) {
  addStyles();
  for (const [place, shown] of formulas) if (!shown.root.isConnected) formulas.delete(place);
  if (!formulas.has(parentElement)) formulas.set(parentElement, new ChosenFormula(parentElement));
  const mine = formulas.get(parentElement);
  mine.show(data.parts, setStateValue);
  const call = {};
  mine.lastCall = call;
  return () => {
    if (mine.lastCall !== call) return;
    mine.root.remove();
    if (formulas.get(parentElement) === mine) formulas.delete(parentElement);
  };
}
