// Live text: templates with quantities in them, and cases of which the first that holds is shown.
import { controlFormat, numberFormat } from "./numbers.js";

const HOLE = /\{([A-Za-z_][A-Za-z0-9_]*)(?::([a-z0-9]+))?\}/g;

/**
 * @param {string} template text with {name} or {name:format} in it
 * @param {import("./quantities.js").Quantities} quantities @param {Map<string, object>} controls
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
  return () => pieces.map((piece) => (typeof piece === "string" ? piece : piece())).join("");
}

/**
 * @param {string|{when?: Array, text: string}[]} cases one template, or cases of which the last has no condition
 * @returns {() => string} "" when no case holds
 */
export function compileCases(cases, quantities, controls) {
  if (typeof cases === "string") return compileTemplate(cases, quantities, controls);
  const rows = cases.map((row) => ({
    holds: quantities.test(row.when),
    text: compileTemplate(row.text, quantities, controls),
  }));
  return () => {
    const row = rows.find((one) => one.holds());
    return row ? row.text() : "";
  };
}
