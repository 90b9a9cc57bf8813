// A question of one's own: a teacher's words and the range of right answers. They stand in the link, and lead a class to it.
import { element, setText } from "../document/dom.js";
import { readNumber, refusalOf, significantNumber } from "../words/numbers.js";

export const LONGEST_QUESTION = 200;

/** What may be asked for on a page beside its controls, by the name of the quantity. */
const ASKABLE = {
  slope: { slope: "the slope", f: "the height f(x₀)" },
  limit: { q: "the average slope Δy/Δx" },
  surface: { fx: "∂f/∂x", fy: "∂f/∂y", f: "the height f" },
  descent: { run_loss: "the loss" },
};

/** What a first wrong answer is told: how far it lies from the range, and on which side. */
const OWN_HINTS = ["smaller", "larger"].map((way) => `Not yet: {asked} has to be {far} ${way}.`);
const OWN_FAR = ["a little", "clearly", "much"];

/** What a question of one's own may ask for in this scene. @returns {Map<string, string>} names with their labels */
export function askable({ scene, quantities }) {
  if (!(scene.page in ASKABLE)) return new Map();
  const controls = scene.controls.filter((control) => control.url && !control.toggle).map(({ name, label }) => [name, label]);
  const others = Object.entries(ASKABLE[scene.page]).filter(([name]) => quantities.has(name));
  return new Map([...controls, ...others]);
}

/**
 * A question as it was typed, or as a link says it.
 * @param {{ask: string, of: string, low: string, high: string}} said
 * @returns {{own: object} | {wrong: string}} the question, or a sentence that says what it lacks
 */
export function readOwn({ ask, of, low, high }, state) {
  const question = String(ask).trim();
  const range = [low, high].map((text) => String(text).trim());
  const [least, most] = range.map(readNumber);
  if (!question) return { wrong: "A question needs words." };
  if (question.length > LONGEST_QUESTION) return { wrong: `A question has at most ${LONGEST_QUESTION} characters.` };
  if (!askable(state).has(of)) return { wrong: "It is not said what is asked for here." };
  if (range.includes("")) return { wrong: "The range of right answers needs two numbers." };
  const refused = range.find((text) => Number.isNaN(readNumber(text)));
  if (refused !== undefined) return { wrong: refusalOf(refused) };
  if (least > most) return { wrong: "The range of right answers ends before it begins." };
  return { own: { question, of, low: least, high: most } };
}

/** The same as the figure plays it; it starts where everything stands now. */
export function ownChallenge({ question, of, low, high }, state) {
  const asked = askable(state).get(of);
  const range = low === high ? significantNumber(low, 4) : `from ${significantNumber(low, 4)} to ${significantNumber(high, 4)}`;
  return {
    name: "own", question, kind: "place", control: of, intervals: [[low, high]], tolerance: 0, open: false, reasons: [],
    hints: OWN_HINTS.map((hint) => hint.replace("{asked}", asked)), far: OWN_FAR, answer_text: `Accepted: ${asked} ${range}.`,
    start: Object.fromEntries(state.scene.controls.filter(({ url }) => url).map(({ name }) => [name, state.values.get(name)])),
    reveal: state.controls.has(of) ? { [of]: (low + high) / 2 } : {}, start_toggles: {}, reveal_toggles: {},
  };
}

/** @param {object} state @param {(own: object) => void} asked @param {() => void} left @returns {HTMLElement} */
export function ownForm(state, asked, left) {
  const field = (text, node) => element("label", { class: "live-own__field" }, [element("span", { text }), node]);
  const number = () => element("input", { type: "text", inputmode: "text", autocomplete: "off", class: "live-control__box" });
  const words = element("textarea", { rows: 3, maxlength: LONGEST_QUESTION, class: "live-own__words" });
  const of = element("select", { class: "live-own__of" }, [...askable(state)].map(([value, text]) => element("option", { value, text })));
  const [low, high] = [number(), number()];
  const wrong = element("p", { role: "alert" });
  const send = () => {
    const typed = readOwn({ ask: words.value, of: of.value, low: low.value, high: high.value }, state);
    setText(wrong, typed.wrong || "");
    if (typed.own) asked(typed.own);
  };
  const button = (text, onclick, main) => element("button", { type: "button", class: `live-button${main ? " live-button--main" : ""}`, text, onclick });
  return element("div", { class: "live-own" }, [
    field("Your question", words),
    field("What counts", of),
    element("div", { class: "live-own__range" }, [field("right from", low), field("to", high)]),
    wrong,
    element("div", { class: "live-challenge__row" }, [button("Ask it", send, true), button("Leave it", left)]),
  ]);
}
