// Live text: templates with quantities in them, and cases of which the first that holds is shown.
import { controlFormat, numberFormat, readNumber } from "./numbers.js";

const HOLE = /\{([A-Za-z_][A-Za-z0-9_]*)(?::([a-z0-9]+))?\}/g;

/** In a template: whether a division holds as it is written, "a/b ≟ c". */
const ASKED = "≟";

/** A number as it is written, and what a unit of its last digit is worth. */
function writtenNumber(text) {
  const plain = text.replace(/[\s\u200b\u00a0]/g, "");
  const [mantissa] = plain.split("·");
  const [value, front] = [readNumber(plain), readNumber(mantissa)];
  return { value, unit: Math.abs(front === 0 ? 1 : value / front) / 10 ** (mantissa.split(".")[1] || "").length };
}

/** "=" where a/b is c to the digits that are shown, or is said in words, else "≈". @param {string} text */
function judgedDivision(text) {
  const [division, shown] = text.split(ASKED);
  const [a, b] = division.split("/").map((part) => writtenNumber(part).value);
  const { value, unit } = writtenNumber(shown);
  const off = Math.abs(a / b - value);
  return text.replace(ASKED, off > 0.5 * unit * (1 + 1e-9) ? "≈" : "=");
}

/**
 * @param {string} template text with {name} or {name:format} in it
 * @param {import("../figure/quantities.js").Quantities} quantities @param {Map<string, object>} controls
 * @returns {() => string}
 */
export function compileTemplate(template, quantities, controls) {
  const pieces = [];
  let end = 0;
  for (const hole of template.matchAll(HOLE)) {
    pieces.push(template.slice(end, hole.index));
    const read = quantities.reader(hole[1]);
    const error = quantities.errorReader(hole[1]);
    const control = controls.get(hole[1]);
    let format = numberFormat(hole[2] || "g4");
    if (!hole[2] && control) format = controlFormat(control);
    pieces.push(() => format(read(), error()));
    end = hole.index + hole[0].length;
  }
  pieces.push(template.slice(end));
  if (pieces.length === 1) return () => template;
  const joined = () => pieces.map((piece) => (typeof piece === "string" ? piece : piece())).join("");
  return template.includes(ASKED) ? () => judgedDivision(joined()) : joined;
}

/**
 * @param {string|(string|{when?: Array, text: string|Array})[]} cases one template, or cases of which the last has no condition
 * @returns {() => string} "" when no case holds
 */
export function compileCases(cases, quantities, controls) {
  const said = compileText(cases, quantities, controls);
  return () => said() ?? "";
}

/** A template, or the first case that holds, where each may be cases again: null when none does. */
function compileText(text, quantities, controls) {
  if (typeof text === "string") return compileTemplate(text, quantities, controls);
  const rows = text.map((row) => ({ holds: quantities.test(row.when), text: compileText(row.text ?? row, quantities, controls) }));
  return () => {
    for (const { holds, text: now } of rows) {
      const said = holds() ? now() : null;
      if (said !== null) return said;
    }
    return null;
  };
}
