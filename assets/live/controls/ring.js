// One stop of the Tab key for all of some things in a picture, as points or houses: a ring about the one that the keys mean.
import { element } from "../document/dom.js";
import { controlFormat, heldNumber } from "../words/numbers.js";

/** A new one beside others stands so many arrow keys' steps to the right of one that is there already. */
export const ASIDE = 5;

/** Which coordinate an arrow key moves, and which way. */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] };

/** A control's number as it is said; while it moves nobody hears all of it. */
export function heardValue(control, value, moves) {
  const rough = controlFormat(control)(value);
  return moves ? rough : heldNumber(value, rough);
}

export class Ring {
  /**
   * @param {{move: (axis: number, steps: number) => void, turn: (by: number) => void, add: () => void, drop: () => void, enter?: (() => void)|null}} deeds
   *   what the keys do to the chosen one; `turn` goes to another, Enter is only there where it does something
   */
  constructor(deeds) {
    this.deeds = deeds;
    this.panel = null;
    this.node = element("div", { class: "live-ring", role: "slider", tabindex: "0", "aria-valuemin": 1 });
    this.node.addEventListener("keydown", (event) => this.press(event));
  }

  /** In this panel from now on, or in none. */
  standIn(panel) {
    this.node.remove();
    this.panel = panel;
    if (panel) panel.node.append(this.node);
  }

  /** What all of them are called, and what the keys do. @param {string} all @param {string} one @param {string} [enter] what Enter does */
  name(all, one, enter = "") {
    this.node.setAttribute("aria-label", all);
    const other = enter ? ` Enter ${enter},` : "";
    this.node.setAttribute("aria-description", `Arrow keys move ${one},${other} N goes to the next one, Insert adds one beside it, Delete takes it away.`);
    this.node.setAttribute("aria-keyshortcuts", `N Shift+N ${enter ? "Enter " : ""}Insert Delete`);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { deeds } = this;
    const arrow = ARROWS[event.key];
    if (arrow) deeds.move(arrow[0], arrow[1] * (event.shiftKey ? 0.1 : 1));
    else if (event.key === "n" || event.key === "N") deeds.turn(event.shiftKey ? -1 : 1);
    else if (event.key === "Insert" || event.key === "+") deeds.add();
    else if (event.key === "Enter" && deeds.enter) deeds.enter();
    else if (event.key === "Delete" || event.key === "Backspace") deeds.drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** About the one that is chosen, in pixels, or nowhere; the keys that it loses there come back with it. @param {[number, number]|null} place */
  put(place) {
    this.kept = this.kept || this.node === document.activeElement;
    this.node.classList.toggle("live-ring--away", place === null);
    if (place === null) return;
    this.node.style.transform = `translate(${place[0]}px, ${place[1]}px)`;
    if (this.kept && document.activeElement === document.body) this.node.focus({ preventScroll: true });
    this.kept = false;
  }

  /** Which of how many it is, in numbers and in words. */
  tell(now, count, text) {
    this.node.setAttribute("aria-valuemax", count);
    this.node.setAttribute("aria-valuenow", now);
    this.node.setAttribute("aria-valuetext", text);
  }

  /** What is chosen now may stand where it is seen, though what was chosen before does not. */
  focus() {
    this.node.classList.remove("live-ring--away");
    this.node.focus({ preventScroll: true });
  }
}
