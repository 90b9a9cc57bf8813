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

/** Mantissa and power of ten: 1.5·10⁻⁸. */
function scientific(value, digits) {
  const [mantissa, exponent] = value.toExponential(Math.max(digits - 1, 0)).split("e");
  const shown = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${trueMinus(shown)}·${powerOfTen(Number(exponent))}`;
}

/** @param {number} value @param {number} decimals @param {number} large from here on as a power of ten @returns {string} e.g. "−0.75"; never "−0.00" */
export function fixedNumber(value, decimals, large = 1e7) {
  if (!Number.isFinite(value)) return UNDEFINED_WORD;
  if (Math.abs(value) >= large) return scientific(value, 4);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : trueMinus(text);
}

/** @param {number} value @param {number} digits significant digits; trailing zeros are dropped @returns {string} */
export function significantNumber(value, digits) {
  if (!Number.isFinite(value)) return UNDEFINED_WORD;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e7 || size < 0.9999999e-6) return scientific(value, digits);
  const rounded = Number(value.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  const text = rounded.toFixed(Math.min(decimals, 20));
  return trueMinus(text.includes(".") ? text.replace(/\.?0+$/, "") : text);
}

/** A number with its sign set apart, to be added to what stands before it: "+ 0.50", "− 0.50". */
function signedNumber(value, decimals) {
  if (!Number.isFinite(value)) return `+ ${UNDEFINED_WORD}`;
  const text = fixedNumber(value, decimals);
  return text.startsWith(MINUS) ? `${MINUS} ${text.slice(1)}` : `+ ${text}`;
}

/** The same with significant digits. */
function signedSignificant(value, digits) {
  const text = significantNumber(value, digits);
  return text.startsWith(MINUS) ? `${MINUS} ${text.slice(1)}` : `+ ${text}`;
}

/**
 * The formatter of a specification: "2" fixed decimals, "g4" significant digits, "s2" with the sign set apart,
 * "p2" in brackets when negative, "i" a whole number; "t4" and "q4" are "s" and "p" with significant digits.
 * @param {string} specification @returns {(value: number) => string}
 */
export function numberFormat(specification) {
  const parts = /^([gspiqt]?)(\d*)$/.exec(specification);
  if (!parts) throw new Error(`unknown number format ${specification}`);
  const digits = parts[2] === "" ? 0 : Number(parts[2]);
  if (parts[1] === "g") return (value) => significantNumber(value, digits || 4);
  if (parts[1] === "q") return (value) => (value < 0 ? `(${significantNumber(value, digits)})` : significantNumber(value, digits));
  if (parts[1] === "t") return (value) => signedSignificant(value, digits);
  if (parts[1] === "s") return (value) => signedNumber(value, digits);
  if (parts[1] === "p") {
    return (value) => (value < 0 ? `(${fixedNumber(value, digits)})` : fixedNumber(value, digits));
  }
  return (value) => fixedNumber(value, digits);
}

/** How a control's value is written: fixed decimals on a linear scale, significant digits on a logarithmic one. */
export function controlFormat(control) {
  // A place far out is told from its neighbours: 1000000001.50, not 1·10⁹.
  if (control.scale === "linear") return (value) => fixedNumber(value, control.decimals, 1e12);
  return (value) => significantNumber(value, 3);
}

/** What a learner typed into a number box: "−0,5", "1/3", "1e-6". @returns {number} NaN when it is no number */
export function readNumber(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, "-").replace(",", ".").replace("·10^", "e");
  const number = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?";
  const parts = new RegExp(`^(${number})(?:\\s*/\\s*(${number}))?$`).exec(plain);
  if (!parts) return NaN;
  const value = parts[2] === undefined ? Number(parts[1]) : Number(parts[1]) / Number(parts[2]);
  return Number.isFinite(value) ? value : NaN;
}
