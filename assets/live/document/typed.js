// The functions that were typed on a page, offered by its box as a list as long as the tab is not loaded anew.
import { element } from "./dom.js";

const MOST_TYPED = 20;
const TYPED_LIST = "live-typed";

/** By page, the newest first. */
const typedOn = new Map();

/** What was shown on the way to a longer text was not typed for its own sake. */
const isOnTheWay = (one, other) => one.startsWith(other) || other.startsWith(one);

/** @param {object} scene the page's own, whose function stands in the box */
export function keepTyped({ page, url, main }) {
  const boxes = document.querySelectorAll(".st-key-formula input[type=text]");
  if (main === false || boxes.length !== 1 || !url.f) return;
  const former = (typedOn.get(page) || []).filter((text, i) => text !== url.f && !(i === 0 && isOnTheWay(text, url.f)));
  const texts = [url.f, ...former].slice(0, MOST_TYPED);
  typedOn.set(page, texts);
  let list = document.getElementById(TYPED_LIST);
  if (!list) document.body.append(list = element("datalist", { id: TYPED_LIST }));
  list.replaceChildren(...texts.map((text) => element("option", { value: text })));
  boxes[0].setAttribute("list", TYPED_LIST);
  // It is still the text box that it was: the list only offers, and any text may be typed.
  boxes[0].setAttribute("role", "textbox");
}
