// The marks of a descent: its path, dot by dot, and an arrow at the edge for what lies outside the picture.
import { setAttribute, setText, svgElement } from "../document/dom.js";
import { clipLine, pixel } from "../document/geometry.js";
import { textWidth } from "./labels.js";
import { Symbols } from "./symbols.js";
import { significantNumber } from "../words/numbers.js";
import { compileTemplate } from "../words/text.js";

/** A line's corners closer together than this, in pixels, are one. */
const CORNER = 0.6;

/** Dots closer together than this, in pixels, are not drawn twice. */
const APART = 3;

/** Of more steps than this the line tells more than the dots: they are smaller, and stand so many of their radii apart. */
const MANY = 60;
const SHRUNK = 0.6;
const RADII_APART = 5;

/** Pixels beyond the picture to which far places are cut: the renderer overflows at more. */
const BEYOND = 4000;

/** Pixels between an arrow at the edge and the edge. */
const INSET = 16;
/** Pixels of paper about words: they stand so far from the edge. */
const HALO = 4;

function cut(value, low, size) {
  return Math.min(Math.max(value, low - BEYOND), low + size + BEYOND);
}

/**
 * The path up to the present step, and faintly the rest of it while `mark.ahead` allows it.
 * @param {object} mark {descent, columns: [word, word], shape, size, ahead: boolean}
 * @param {import("../figure/quantities.js").Quantities} quantities
 */
export function pathMark(mark, quantities) {
  const descent = quantities.descents.all.get(mark.descent);
  const [xs, ys] = mark.columns.map((word) => descent.column(word));
  const lines = ["ahead", "casing", "line"].map((part) => svgElement("path", { "data-part": part }));
  const [ahead, casing, line] = lines;
  const symbols = ["dots", "rest"].map((part) => new Symbols(mark.shape || "dot", { "data-part": part }));

  function draw(mapping) {
    const { told, path } = descent;
    const now = told.get("k");
    const last = quantities.switches.showsAhead(mark, told.get("fresh")) ? path.count : now;
    const many = path.count > MANY;
    const radius = ((mark.size || 8) / 2) * (many ? SHRUNK : 1);
    const apart = many ? RADII_APART * radius : APART;
    const drawn = ["", ""];
    const marked = [[], []];
    let [px, py, cornerX, cornerY, oldX, oldY, down] = [NaN, NaN, NaN, NaN, NaN, NaN, false];
    for (let row = 0; row <= last; row += 1) {
      const x = cut(mapping.x(xs(row)), mapping.left, mapping.width);
      const y = cut(mapping.y(ys(row)), mapping.top, mapping.height);
      const part = row <= now ? 0 : 1;
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        down = false;
        continue;
      }
      if (part === 1 && drawn[1] === "" && down) drawn[1] = `M${pixel(px)} ${pixel(py)}`;
      const same = down && Math.abs(x - cornerX) < CORNER && Math.abs(y - cornerY) < CORNER;
      if (!same || row === now || row === last) {
        drawn[part] += `${down ? "L" : "M"}${pixel(x)} ${pixel(y)}`;
        [cornerX, cornerY] = [x, y];
      }
      down = true;
      [px, py] = [x, y];
      const near = Math.abs(x - oldX) < apart && Math.abs(y - oldY) < apart;
      const inside = x > mapping.left - 9 && x < mapping.left + mapping.width + 9 && y > mapping.top - 9 && y < mapping.top + mapping.height + 9;
      if (!near && inside) {
        marked[part].push(`${pixel(x)} ${pixel(y)}`);
        [oldX, oldY] = [x, y];
      }
    }
    // One corner alone is no line, but drawn as dearly as one.
    for (const [node, way] of [[casing, drawn[0]], [line, drawn[0]], [ahead, drawn[1]]]) setAttribute(node, "d", way.includes("L") ? way : "");
    symbols.forEach((one, part) => one.put(marked[part], radius));
    return drawn[0] !== "" || drawn[1] !== "";
  }

  const [dots, rest] = symbols;
  return { nodes: [...lines, rest.node, dots.node], children: [...lines, ...rest.children, ...dots.children], paint: "path", draw };
}

/**
 * An arrow at the edge towards a place outside the subplot, with its distance in the units of the axes.
 * @param {object} mark {at: [q, q], text: template said before the distance, distance: boolean}
 */
export function outsideMark(mark, quantities, controls) {
  const [readX, readY] = mark.at.map((quantity) => quantities.reader(quantity));
  const text = compileTemplate(mark.text || "", quantities, controls);
  const arrow = svgElement("path");
  const words = svgElement("text");
  let family = "";

  function draw(mapping) {
    const [xValue, yValue] = [readX(), readY()];
    const x = cut(mapping.x(xValue), mapping.left, mapping.width);
    const y = cut(mapping.y(yValue), mapping.top, mapping.height);
    if (Number.isNaN(x) || Number.isNaN(y)) return false;
    const { left, top, width, height } = mapping;
    const away = Math.max(left - x, x - left - width, top - y, y - top - height);
    if (away <= 2) return false;
    const [middleX, middleY] = [
      Math.min(Math.max(x, left + INSET), left + width - INSET), Math.min(Math.max(y, top + INSET), top + height - INSET),
    ];
    const [inX, inY] = [x > left && x < left + width ? x : left + width / 2, y > top && y < top + height ? y : top + height / 2];
    const span = clipLine(inX, inY, x - inX, y - inY, left + INSET, top + INSET, left + width - INSET, top + height - INSET, 0, 1);
    const at = span ? [inX + span[1] * (x - inX), inY + span[1] * (y - inY)] : [middleX, middleY];
    const size = Math.hypot(x - at[0], y - at[1]) || 1;
    const [ux, uy] = [(x - at[0]) / size, (y - at[1]) / size];
    const tip = [at[0] + 13 * ux, at[1] + 13 * uy];
    setAttribute(arrow, "d", `M${pixel(tip[0])} ${pixel(tip[1])}L${pixel(at[0] - 9 * uy)} ${pixel(at[1] + 9 * ux)}`
      + `L${pixel(at[0] + 9 * uy)} ${pixel(at[1] - 9 * ux)}Z`);
    const [low, high] = mapping.xRange();
    const [bottom, ceiling] = mapping.yRange();
    const sideways = Math.max(low - xValue, xValue - high);
    const beyond = sideways > 0 ? sideways : Math.max(bottom - yValue, yValue - ceiling);
    const distance = mark.distance ? significantNumber(beyond, 3) : "";
    family = family || getComputedStyle(words).fontFamily;
    const tall = Number(words.getAttribute("font-size"));
    const wide = (one) => textWidth(one, tall, family);
    // Where the whole sentence is wider than the picture, the number alone says how far.
    const said = [distance && " beyond the edge", distance && " beyond", ""].map((more) => `${text()} ${distance}${more}`.trim());
    setText(words, said.find((one) => wide(one) <= width - 2 * HALO) || said[2]);
    const anchor = at[0] > left + width / 2 ? "end" : "start";
    const room = (anchor === "end" ? at[0] - left : left + width - at[0]) - 14 - HALO;
    const beside = wide(words.textContent) <= room;
    // Where it does not fit beside its arrow it stands above or below it.
    const level = at[1] + (beside ? tall / 3 : at[1] < top + height / 2 ? 13 + tall : -18);
    const edge = anchor === "end" ? left + width - HALO : left + HALO;
    setAttribute(words, "text-anchor", anchor);
    setAttribute(words, "x", pixel(beside ? at[0] + (anchor === "end" ? -14 : 14) : edge));
    setAttribute(words, "y", pixel(Math.min(Math.max(level, top + 1.2 * tall), top + height - 0.4 * tall)));
    return true;
  }

  return { nodes: [arrow, words], paint: "outside", draw };
}
