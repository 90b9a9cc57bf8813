// Numbers as learners read them: true minus signs, fixed decimals, powers of ten, one word for what has no value.

const MINUS = "\u2212";
const SUPERSCRIPTS = { "-": "\u207b", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** The word that stands for a value which does not exist. */
export const UNDEFINED_WORD = "undefined";

/** @param {string} text an ASCII number @returns {string} with a true minus sign */
function trueMinus(text) {
  return text.replace("-", MINUS);
}

/** @param {number} exponent @returns {string} "10⁻⁶" */
function powerOfTen(exponent) {
  return "10" + Array.from(String(exponent), (digit) => SUPERSCRIPTS[digit]).join("");
}

/** From this power of ten on down to that one a number is written plainly. */
const [LEAST_PLAIN, MOST_PLAIN] = [-6, 7];
/** What is smaller, and would be written as 0 with fixed decimals, is written so: it may be rounding. */
const TRACE = 1e-12;

/** So many decimals are written at most; a double that has more is smaller than all that is told apart with them. */
const MOST_DECIMALS = 100;
/** So many significant digits has a double. */
const SURE_DIGITS = 15;

/** With so many decimals, however many a narrow scale asks for. */
export function withDecimals(value, decimals) {
  return value.toFixed(Math.min(decimals, MOST_DECIMALS));
}

/** Without the zeros at the end of a fraction. */
function tidied(text) {
  return trueMinus(text.includes(".") ? text.replace(/\.?0+$/, "") : text);
}

/** Mantissa and power of ten: 1.5·10⁻⁸. */
function scientific(value, digits) {
  const [mantissa, exponent] = value.toExponential(Math.max(digits - 1, 0)).split("e");
  return `${tidied(mantissa)}·${powerOfTen(Number(exponent))}`;
}

/** The same; 0 has none. */
export function powerNumber(value, digits) {
  return value === 0 ? "0" : scientific(value, digits);
}

/** The one rule for numbers, that of `significant_text` in explorer/numeric/sentences.py: no digit before the point is left out. */
function significant(value, digits) {
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  if (exponent < LEAST_PLAIN || exponent >= MOST_PLAIN) return scientific(value, digits);
  return tidied(value.toFixed(Math.min(Math.max(digits - 1 - exponent, 0), 20)));
}

/** So many decimals are sure; negative where even ones are not. */
function sureDecimals(error) {
  return error > 0 ? Math.floor(-Math.log10(2 * error)) : Infinity;
}

/** Only the digits that are sure; where there are none, how far from 0 the value may be. */
function sureNumber(value, error) {
  if (!Number.isFinite(error)) return "no sure digit";
  const decimals = sureDecimals(error);
  const digits = Math.min(Math.floor(Math.log10(Math.abs(value))) + 1 + decimals, SURE_DIGITS);
  const most = Math.abs(value) + error;
  if (Math.abs(value) < 2 * error || digits < 1) return most <= TRACE ? "0" : `0 ± ${significant(Number(most.toPrecision(1)), 1)}`;
  return decimals < 0 ? scientific(value, digits) : significantNumber(value, digits);
}

/**
 * @param {number} value @param {number} decimals @param {number} large from here on as a power of ten
 * @param {number} error how far the value may be from the true one @returns {string} e.g. "−0.75"; never "−0.00", and
 *   nothing that is not 0 is written as 0.00
 */
export function fixedNumber(value, decimals, large = 1e7, error = 0) {
  if (!Number.isFinite(value)) return UNDEFINED_WORD;
  const asPower = Math.abs(value) >= large;
  if (sureDecimals(error) < (asPower ? 3 - Math.floor(Math.log10(Math.abs(value))) : decimals)) return sureNumber(value, error);
  if (asPower) return scientific(value, 4);
  const text = withDecimals(value, decimals);
  if (Number(text) !== 0) return trueMinus(text);
  return Math.abs(value) > Math.max(TRACE, 2 * error) ? significantNumber(value, 2, error) : text.replace("-", "");
}

/** @param {number} value @param {number} digits significant digits; trailing zeros are dropped @param {number} error @returns {string} */
export function significantNumber(value, digits, error = 0) {
  if (!Number.isFinite(value)) return UNDEFINED_WORD;
  if (value === 0) return error > TRACE ? sureNumber(0, error) : "0";
  if (sureDecimals(error) < digits - 1 - Math.floor(Math.log10(Math.abs(value)))) return sureNumber(value, error);
  return significant(value, digits);
}

/** A number with its sign set apart, to be added to what stands before it: "+ 0.50", "− 0.50". */
function signedNumber(value, decimals, error) {
  if (!Number.isFinite(value)) return `+ ${UNDEFINED_WORD}`;
  const text = fixedNumber(value, decimals, 1e7, error);
  return text.startsWith(MINUS) ? `${MINUS} ${text.slice(1)}` : `+ ${text}`;
}

/** The same with significant digits. */
function signedSignificant(value, digits, error) {
  const text = significantNumber(value, digits, error);
  return text.startsWith(MINUS) ? `${MINUS} ${text.slice(1)}` : `+ ${text}`;
}

/**
 * The formatter of a specification: "2" fixed decimals, "g4" significant digits, "s2" with the sign set apart,
 * "p2" in brackets when negative, "i" a whole number; "t4" and "q4" are "s" and "p" with significant digits; "b5" a bound,
 * whose significant digits are rounded down; "o5" a number that somebody chose, with all of its digits where it has few.
 * What is formatted may come with its error, and only digits that are sure are shown; but "r9" shows what doubles make.
 * @param {string} specification @returns {(value: number, error?: number) => string}
 */
export function numberFormat(specification) {
  const parts = /^([gspiqtrbo]?)(\d*)$/.exec(specification);
  if (!parts) throw new Error(`unknown number format ${specification}`);
  const digits = parts[2] === "" ? 0 : Number(parts[2]);
  const fixed = (value, error) => fixedNumber(value, digits, 1e7, error);
  const significant = (value, error) => significantNumber(value, digits || 4, error);
  const bracketed = (format) => (value, error) => (value < 0 ? `(${format(value, error)})` : format(value, error));
  switch (parts[1]) {
    case "g": return significant;
    case "r": return (value) => significant(value, 0);
    case "b": return (value, error) => significant(roundedDown(value, digits), error);
    case "o": return (value, error) => (isShort(value) ? significantNumber(value, MOST_CHOSEN, error) : significant(roundedDown(value, digits), error));
    case "q": return bracketed(significant);
    case "t": return (value, error) => signedSignificant(value, digits, error);
    case "s": return (value, error) => signedNumber(value, digits, error);
    case "p": return bracketed(fixed);
    default: return fixed;
  }
}

/** A positive number rounded down to so many significant digits, so that a bound that is shown so still holds. */
export function roundedDown(value, digits) {
  if (!(value > 0) || value === Infinity) return value;
  const power = Math.pow(10, digits - 1 - Math.floor(Math.log10(value)));
  return Math.floor(value * power * (1 + 4e-16)) / power;
}

/** A number of no more digits was chosen, by hand or by key; what is computed has more. */
const MOST_CHOSEN = 12;

/** An answer as it was given: all of so many digits; what has more was dragged to, and is rounded. */
export function givenNumber(value) {
  return significantNumber(value, Number(value.toPrecision(GIVEN_DIGITS)) === value ? GIVEN_DIGITS : 3);
}

const GIVEN_DIGITS = 6;

/** Whether a number has so few digits that all of them can be shown. */
export function isShort(value) {
  return Number(value.toPrecision(MOST_CHOSEN)) === value;
}

/** A value on a logarithmic scale: a drag has three of these digits, the arrow keys four, a bound five; typed ones stay. */
export const LOGARITHMIC_DIGITS = 5;

/** From these sizes on, below SHORT, an increment has so many decimals, which stand still while it is dragged. */
const INCREMENTS = [[0.999, 2], [0.0999, 3], [0.00999, 4]];
const SHORT = 99.9;

/** As the limit page's quotient writes Δx, where that is all of it. */
function incrementNumber(value) {
  const size = Math.abs(value);
  const [, decimals] = (size < SHORT && INCREMENTS.find(([least]) => size >= least)) || [0, NaN];
  const whole = decimals > 0 && Number(withDecimals(value, decimals)) === Number(value.toPrecision(LOGARITHMIC_DIGITS));
  return whole ? fixedNumber(value, decimals) : significantNumber(value, LOGARITHMIC_DIGITS);
}

/** Up to here a place is told from its neighbours: 1000000001.50, not 1·10⁹. */
const FARTHEST_PLAIN = 1e12;

/** How a control's value is written: fixed decimals on a linear scale, significant digits on a logarithmic one. */
export function controlFormat(control) {
  const fixed = (value) => fixedNumber(value, control.decimals, FARTHEST_PLAIN);
  // A number of the learner's own rows is no rounding, however small.
  const own = control.place === "rows" || control.on_rows;
  if (control.scale === "linear") return (value) => (own && value !== 0 && Math.abs(value) <= TRACE ? significantNumber(value, 3) : fixed(value));
  if (control.scale === "symlog") return incrementNumber;
  return (value) => significantNumber(value, isShort(value) ? MOST_CHOSEN : LOGARITHMIC_DIGITS);
}

/** What has more digits than a double is sure of, such as ⅓, stands in a box with so many. */
const BOX_DIGITS = 6;

/**
 * The text of a box that holds a value: as a drag has it where that is all of it, else so that it gives the value back, or
 * comes as near to it as there is room. @param {string} rough as a drag has it
 */
export function heldNumber(value, rough) {
  const given = readNumber(rough);
  if (given === value || Math.abs(value) <= TRACE || !Number.isFinite(given)) return rough;
  if (Number(value.toPrecision(SURE_DIGITS)) === value) {
    const far = Math.abs(value) >= 10 ** MOST_PLAIN && Math.abs(value) < FARTHEST_PLAIN;
    return far ? tidied(withDecimals(value, SURE_DIGITS - MOST_PLAIN - 1)) : significantNumber(value, SURE_DIGITS);
  }
  const near = significantNumber(value, BOX_DIGITS);
  return Math.abs(readNumber(near) - value) < Math.abs(given - value) ? near : rough;
}

/** A typed number is no longer than this. */
const LONGEST = 60;

/** Signs that mean the same, as keyboards and typeset pages have them: those of the formula box. */
const SIGNS = Object.fromEntries(Object.entries({
  "-": "−–—‒﹣", "*": "·×⋅∙•∗", "/": "÷∕⁄:", "(": "[", ")": "]", ".": ",", " pi ": "π", " e ": "ℯⅇ", " sqrt ": "√",
}).flatMap(([plain, signs]) => Array.from(signs, (sign) => [sign, plain])));

/** What is pasted along unseen, and the letters and digits of full width or of typeset pages. */
const [UNSEEN, TYPESET] = [/[\u200b-\u200f\u2060-\u2063\ufeff\u00ad]/g, /[\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu];

/** The same in plain letters and digits. */
const inPlainLetters = (text) => text.replace(UNSEEN, " ").trim().replace(TYPESET, (sign) => sign.normalize("NFKC"));

/** "10⁻⁶" as "10^-6". */
function lowered(text) {
  const low = Object.fromEntries(Object.entries(SUPERSCRIPTS).map(([plain, raised]) => [raised, plain]));
  return text.replace(/[⁰¹²³⁴-⁹⁻]+/g, (raised) => `^${Array.from(raised, (sign) => low[sign]).join("")}`);
}

/** "2½" as "(2+1/2)". */
function divided(text) {
  return text.replace(/(\d*)([¼-¾⅐-⅞])/g, (_, whole, sign) => `(${whole || 0}+${sign.normalize("NFKC")})`);
}

/** Numbers, π, e, roots, and + − · / ^ between them, read by hand: nothing that is typed is ever run. */
class Arithmetic {
  constructor(words) {
    this.words = words;
    this.at = 0;
  }

  take(...wanted) {
    return wanted.includes(this.words[this.at]) ? this.words[this.at++] : null;
  }

  sum() {
    let value = this.product();
    for (let sign = this.take("+", "-"); sign; sign = this.take("+", "-")) value += sign === "-" ? -this.product() : this.product();
    return value;
  }

  product() {
    if (this.take("-")) return -this.product();
    if (this.take("+")) return this.product();
    let value = this.power();
    for (;;) {
      if (this.take("*")) value *= this.factor();
      else if (this.take("/")) value /= this.factor();
      else if (/^(?:pi|e|sqrt|\()$/.test(this.words[this.at])) value *= this.power();
      else return value;
    }
  }

  /** Behind · and / a sign may stand. */
  factor() {
    return this.take("-") ? -this.factor() : this.power();
  }

  power() {
    const base = this.atom();
    return this.take("^") ? Math.pow(base, this.factor()) : base;
  }

  atom() {
    if (this.take("(")) {
      const value = this.sum();
      return this.take(")") ? value : NaN;
    }
    if (this.take("sqrt")) return Math.sqrt(this.atom());
    if (this.take("pi")) return Math.PI;
    if (this.take("e")) return Math.E;
    const word = this.words[this.at++];
    return /^[\d.]/.test(word) ? Number(word) : NaN;
  }
}

/** "1,000" is one to half the world and a thousand to the other; "0,125" and "1,5" are decimals to everyone. */
const GROUPED = /(?<![\d.,])[1-9]\d{0,2},\d{3}(?!\d)/;

/** So many characters of what was typed are quoted where it is refused. */
const QUOTED = 20;

/** Why a text was refused, said beside its box. */
export function refusalOf(typed) {
  const text = typed.trim();
  const shown = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  if (text === "") return "Type a number: 0.5, 1/3, pi/2, sqrt(2).";
  if (GROUPED.test(inPlainLetters(text))) return `“${shown}” can mean two numbers. Leave the comma out, or write a point.`;
  return `“${shown}” is no number. Try 0.5, 1/3, pi/2 or sqrt(2).`;
}

/** What a learner typed into a number box: "−0,5", "1/3", "1e-6", "3π/4", "sqrt(2)". @returns {number} NaN when it is no number */
export function readNumber(text) {
  if (text.length > LONGEST) return NaN;
  const letters = inPlainLetters(text);
  if (GROUPED.test(letters)) return NaN;
  const plain = lowered(divided(letters)).replace(/./gu, (sign) => SIGNS[sign] || sign).replace(/\*\*/g, "^");
  const words = plain.match(/(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?|[a-z]+|[-+*/^()]|\S/g) || [];
  const reader = new Arithmetic(words);
  const value = reader.sum();
  return reader.at === words.length && Number.isFinite(value) ? value : NaN;
}
