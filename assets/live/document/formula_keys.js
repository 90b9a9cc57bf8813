// Under a finger a formula box has a row of keys for the signs that a phone's keyboard hides; what is typed is left as it is.
import { element } from "./dom.js";

/** Boxes for formulas: a page's function, and a learner's lines. */
const BOXES = ".st-key-formula input[type=text], [class*='st-key-check-lines'] input[type=text]";

/** The keys by what they put in, with their names; y where a function has it. */
const FORMULA_SIGNS = { x: "x", y: "y", "^": "to the power of", "(": "bracket", ")": "bracket shut", "/": "divided by", "√": "root of", "|": "bar", π: "pi" };

let keyRow = null;
let keyedBox = null;

/** A phone corrects words: in a formula that is a mistake. */
function leaveAsTyped(box) {
  for (const [name, value] of Object.entries({ autocapitalize: "none", autocorrect: "off", spellcheck: "false" })) box.setAttribute(name, value);
}

/** Puts a sign where the caret stands, as if it had been typed. */
function typeSign(sign) {
  keyedBox.setRangeText(sign, keyedBox.selectionStart, keyedBox.selectionEnd, "end");
  keyedBox.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: sign }));
}

/** Above the box, over the menu: the reading below it stays in sight. */
function layKeys() {
  const box = keyedBox.getBoundingClientRect();
  const { height } = keyRow.getBoundingClientRect();
  keyRow.style.top = `${box.top >= height ? box.top - height - 2 : box.bottom + 8}px`;
}

function showKeys(box) {
  hideKeys();
  keyedBox = box;
  const several = /\by\b/.test(box.getAttribute("aria-label") || "");
  const keys = Object.entries(FORMULA_SIGNS).filter(([sign]) => sign !== "y" || several).map(([sign, name]) => element("button", {
    type: "button", class: "live-keys__key", text: sign, "aria-label": name, tabindex: "-1",
    onpointerdown: (event) => event.preventDefault(), // the box keeps its caret, and the keyboard stays
    onmousedown: (event) => event.preventDefault(),
    onclick: () => typeSign(sign),
  }));
  keyRow = element("div", { class: "live-keys", role: "group", "aria-label": "Signs for the formula" }, keys);
  document.body.append(keyRow);
  layKeys();
}

function hideKeys() {
  if (keyRow) keyRow.remove();
  keyRow = null;
  keyedBox = null;
}

let keysWatched = false;

/** Waits for fingers on formula boxes, once for the document. */
export function watchFormulas() {
  document.querySelectorAll(BOXES).forEach(leaveAsTyped);
  if (keysWatched) return;
  keysWatched = true;
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    const box = target.closest?.(BOXES);
    if (!box) return;
    leaveAsTyped(box);
    if (pointerType === "touch" && box !== keyedBox) box.addEventListener("focus", () => showKeys(box), { once: true });
    if (pointerType === "touch" && box === document.activeElement && box !== keyedBox) showKeys(box);
  }, { capture: true });
  document.addEventListener("focusout", ({ target }) => { if (target === keyedBox) hideKeys(); });
  // Who has typed looks up: nothing lies over the tools until the box is tapped again.
  document.addEventListener("keydown", ({ key, target }) => { if (key === "Enter" && target === keyedBox) hideKeys(); }, { capture: true });
  for (const kind of ["scroll", "resize"]) window.addEventListener(kind, () => keyRow && layKeys(), { capture: true, passive: true });
}
