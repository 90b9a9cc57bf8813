// The moving layer: SVG above the picture, one group per mark, clipped to its subplot. A state costs a few attributes.
import { setAttribute, setText, svgElement } from "../document/dom.js";
import { clipLine, pixel } from "../document/geometry.js";
import { labelPlace, MEETS_LABEL, textWidth } from "./labels.js";
import { resolveColour } from "../document/theme.js";
import { PRESENT_SCALE } from "../document/type.js";
import { compileTemplate } from "../words/text.js";
import { areaMark, inscriptionMark } from "./areas.js";
import { curveMark } from "./curves.js";
import { outsideMark, pathMark } from "./paths.js";
import { symbolNode } from "./symbols.js";
import { trailMark } from "./trails.js";
import { levelMark } from "./levels.js";
import { rowsMark } from "./row_marks.js";
import { squareMark, squareScaleMark } from "./squares.js";
import { setAttributes, strokeEnds } from "./strokes.js";

/** In the Present view dots are so many times as large. */
const DOTS_PROJECTED = 1.3;

/** Pixels between a dot and a short arrow beside it. */
const RIM = 2;

/** An arrow longer than so many pixels ends outside every picture. */
const FAR_AWAY = 5000;

/** Pairs of readers for a place given as [quantity, quantity]. */
function placeReader(place, quantities) {
  const x = quantities.reader(place[0]);
  const y = quantities.reader(place[1]);
  return (mapping, target) => {
    target[0] = mapping.x(x());
    target[1] = mapping.y(y());
    return Number.isFinite(target[0]) && Number.isFinite(target[1]);
  };
}

function setLine(node, x1, y1, x2, y2) {
  setAttribute(node, "x1", pixel(x1));
  setAttribute(node, "y1", pixel(y1));
  setAttribute(node, "x2", pixel(x2));
  setAttribute(node, "y2", pixel(y2));
}

/** Each kind of mark: (mark, quantities, controls) → {nodes, draw(mapping) → boolean: is there something to see}. */
const KINDS_OF_MARK = {
  point: pointMark,
  segment: segmentMark,
  line: lineMark,
  polyline: polylineMark,
  curve: curveMark,
  trail: trailMark,
  level: levelMark,
  square: squareMark,
  square_scale: squareScaleMark,
  rows: rowsMark,
  region: polylineMark,
  area: areaMark,
  inscription: inscriptionMark,
  path: pathMark,
  outside: outsideMark,
  arrow: arrowMark,
  label: labelMark,
  vertical: (mark, quantities) => ruleMark(mark, quantities, true),
  horizontal: (mark, quantities) => ruleMark(mark, quantities, false),
};

function pointMark(mark, quantities) {
  const read = placeReader(mark.at, quantities);
  const place = [0, 0];
  const shape = mark.shape || "dot";
  const node = symbolNode(shape, (mark.size || 12) / 2);
  return {
    nodes: [node],
    paint: shape === "ring" ? "ring" : shape === "dot" ? "fill" : "symbol",
    draw(mapping) {
      if (!read(mapping, place)) return false;
      setAttribute(node, "transform", `translate(${pixel(place[0])} ${pixel(place[1])})`);
      if (mapping.room) mapping.room.point(place[0], place[1], (mark.size || 12) / 2);
      return true;
    },
  };
}

/** A segment is so long at least, in pixels. */
const LEAST_SEGMENT = 0.5;

function segmentMark(mark, quantities) {
  const readFrom = placeReader(mark.from, quantities);
  const readTo = placeReader(mark.to, quantities);
  const [from, to] = [[0, 0], [0, 0]];
  const node = svgElement("line");
  return {
    nodes: [node],
    paint: "line",
    draw(mapping) {
      if (!readFrom(mapping, from) || !readTo(mapping, to)) return false;
      // Of no length it would be the dot of its round ends.
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) < LEAST_SEGMENT) return false;
      return drawClipped(node, mapping, from[0], from[1], to[0] - from[0], to[1] - from[1], 0, 1, mark.width);
    },
  };
}

/** Draws p + t·d for t in [low, high] as far as it lies near the subplot; far ends would overflow the renderer. */
function drawClipped(node, mapping, px, py, dx, dy, low, high, width) {
  const room = 40;
  const span = clipLine(px, py, dx, dy, mapping.left - room, mapping.top - room,
    mapping.left + mapping.width + room, mapping.top + mapping.height + room, low, high);
  if (span === null) return false;
  if (mapping.room) mapping.room.line(px + span[0] * dx, py + span[0] * dy, px + span[1] * dx, py + span[1] * dy, width);
  setLine(node, px + span[0] * dx, py + span[0] * dy, px + span[1] * dx, py + span[1] * dy);
  return true;
}

function lineMark(mark, quantities) {
  const read = placeReader(mark.through, quantities);
  const slope = quantities.reader(mark.slope);
  const place = [0, 0];
  const node = svgElement("line");
  return {
    nodes: [node],
    paint: "line",
    draw(mapping) {
      const steepness = slope();
      if (!Number.isFinite(steepness) || !read(mapping, place)) return false;
      const rise = steepness * mapping.yScale;
      const length = Math.hypot(mapping.xScale, rise);
      return drawClipped(node, mapping, place[0], place[1], mapping.xScale / length, rise / length, -Infinity, Infinity);
    },
  };
}

function ruleMark(mark, quantities, upright) {
  const read = quantities.reader(upright ? mark.x : mark.y);
  const node = svgElement("line");
  return {
    nodes: [node],
    paint: "line",
    draw(mapping) {
      const at = upright ? mapping.x(read()) : mapping.y(read());
      if (!Number.isFinite(at)) return false;
      const ends = upright ? [at, mapping.top, at, mapping.top + mapping.height] : [mapping.left, at, mapping.left + mapping.width, at];
      if (mapping.room) mapping.room.line(...ends, mark.width);
      setLine(node, ...ends);
      return true;
    },
  };
}

/** A region paler than this is a tint: its edge is no line, and words can be read on it. */
const PALE = 0.2;

function polylineMark(mark, quantities) {
  const readers = mark.points.map((point) => placeReader(point, quantities));
  const edged = mark.type !== "region" || !(mark.opacity < PALE);
  const place = [0, 0];
  const node = svgElement(mark.type === "region" ? "polygon" : "polyline");
  return {
    nodes: [node],
    paint: mark.type === "region" ? "region" : "line",
    draw(mapping) {
      let points = "";
      let before = null;
      for (const read of readers) {
        if (!read(mapping, place)) return false;
        if (mapping.room && before) mapping.room.line(...before, ...place, mark.width);
        if (mapping.room && edged) before = [...place];
        const far = 1e5;
        points += `${pixel(Math.min(Math.max(place[0], -far), far))},${pixel(Math.min(Math.max(place[1], -far), far))} `;
      }
      setAttribute(node, "points", points);
      return true;
    },
  };
}

function arrowMark(mark, quantities) {
  const readFrom = placeReader(mark.from, quantities);
  const readTo = placeReader(mark.to, quantities);
  const [from, to] = [[0, 0], [0, 0]];
  const size = 4 * (mark.width || 2) + 6;
  const shaft = svgElement("line");
  const head = svgElement("path");
  let rim = 0;
  let width = 0;
  return {
    nodes: [shaft, head],
    paint: mark.hollow ? "hollow arrow" : "arrow",
    resize(projected) {
      rim = mark.foot ? (mark.foot / 2) * (projected ? DOTS_PROJECTED : 1) + RIM : 0;
      width = widthOf(mark, projected);
    },
    draw(mapping) {
      if (!readFrom(mapping, from) || !readTo(mapping, to)) return false;
      let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      let length = Math.hypot(dx, dy);
      if (length < 2) return false;
      if (length > FAR_AWAY) {
        [dx, dy, length] = [(dx / length) * FAR_AWAY, (dy / length) * FAR_AWAY, FAR_AWAY];
        [to[0], to[1]] = [from[0] + dx, from[1] + dy];
      }
      const tip = Math.min(size, 0.7 * length);
      const [ux, uy] = [dx / length, dy / length];
      // One that would lie under the dot at its foot is moved out along itself, as long as it is.
      const out = Math.min(rim, Math.max(0, rim + size - length));
      for (const end of [from, to]) [end[0], end[1]] = [end[0] + out * ux, end[1] + out * uy];
      const [bx, by] = [to[0] - tip * ux, to[1] - tip * uy];
      setLine(shaft, from[0], from[1], bx, by);
      if (mapping.room) mapping.room.line(...from, ...to);
      const half = 0.42 * tip;
      // A small head of strong lines would be a blot.
      for (const node of [shaft, head]) node.style.strokeWidth = tip < size ? pixel(Math.max(1, (width * tip) / size)) : "";
      setAttribute(head, "d", `M${pixel(to[0])} ${pixel(to[1])}L${pixel(bx - half * uy)} ${pixel(by + half * ux)}`
        + `L${pixel(bx + half * uy)} ${pixel(by - half * ux)}Z`);
      return true;
    },
  };
}

/** How large a label's letters are; one that stands beside an axis is a tick's number. */
function lettersOf({ size, beside }, projected) {
  return projected ? PRESENT_SCALE[beside ? "tick" : "label"] : size || 15;
}

function labelMark(mark, quantities, controls) {
  const read = placeReader(mark.at, quantities);
  const text = compileTemplate(mark.text, quantities, controls);
  const place = [0, 0];
  const node = svgElement("text");
  let [shown, family] = ["", ""];
  let [which, most, first, sizes, widths] = [-1, Infinity, 0, [mark.size || 15], []];
  const taken = (mapping, size, width) => {
    const offset = mark.offset || [0, 0];
    if (mark.beside) return { at: [place[0] + offset[0], place[1] + offset[1], mark.anchor], which };
    const growth = Math.max(1, size / (mark.size || 15));
    const words = [place, offset.map((one) => growth * one), mark.anchor || "start", width, size, mapping];
    return mapping.room ? mapping.room.take(...words, which, mark.level, most) : { at: labelPlace(...words), which };
  };
  return {
    nodes: [node],
    paint: "text",
    resize(projected) {
      // On a wall words that find no place are as small as a tick's number before they are left out, until all is drawn anew.
      sizes = [lettersOf(mark, projected), ...(projected && !mark.beside ? [PRESENT_SCALE.tick] : [])];
      // As large as a hall needs them, words that have no place of their own would make others unreadable too.
      most = projected || mark.level ? MEETS_LABEL : Infinity;
      [shown, first] = ["", 0];
    },
    draw(mapping) {
      if (!read(mapping, place)) return false;
      const now = text();
      if (now !== shown) {
        shown = now;
        setText(node, now);
        family = family || getComputedStyle(node).fontFamily;
        widths = sizes.map((size) => textWidth(now, size, family));
      }
      let at = null;
      for (let i = first; i < sizes.length && at === null; i += 1) {
        ({ at, which } = taken(mapping, sizes[i], widths[i]));
        setAttribute(node, "font-size", sizes[i]);
        if (at !== null) first = i;
      }
      if (at === null) return false;
      ["x", "y", "text-anchor"].forEach((name, i) => setAttribute(node, name, i < 2 ? pixel(at[i]) : at[i]));
      return true;
    },
  };
}

function widthOf(mark, projected) {
  return (mark.width || 2) * (projected ? PRESENT_SCALE.line : 1);
}

/** Attributes of each way to paint, with the mark's own width and the theme's colours. */
function paintNodes(kind, mark, nodes, colours, projected) {
  const colour = resolveColour(`$${mark.role}`, colours);
  const width = widthOf(mark, projected);
  const round = mark.size * (projected ? DOTS_PROJECTED : 1);
  const line = { stroke: colour, "stroke-width": width, "stroke-linecap": "round", fill: "none" };
  const dashed = strokeEnds(mark);
  const text = {
    fill: colours[`${mark.role}_text`] || colour, stroke: colours.paper, "stroke-width": 4,
    "stroke-linejoin": "round", "paint-order": "stroke", "font-weight": 600,
    "font-size": lettersOf(mark, projected),
  };
  const styles = {
    line: [{ ...line, ...dashed }],
    fill: [{ fill: colour, stroke: colours.paper, "stroke-width": 2 }],
    ring: [{ fill: colours.paper, stroke: colour, "stroke-width": mark.width || 3 }],
    symbol: [{ fill: colour, stroke: colours.ink, "stroke-width": 1.5, "stroke-linejoin": "round" }],
    band: [{ fill: colour, "fill-opacity": 0.35, stroke: "none" }],
    region: [{ fill: colour, "fill-opacity": mark.opacity || 0.14, stroke: "none" }],
    arrow: [line, { fill: colour, stroke: colour, "stroke-linejoin": "round" }],
    "hollow arrow": [line, { fill: colours.paper, stroke: colour, "stroke-width": width, "stroke-linejoin": "round" }],
    path: [
      { ...line, "stroke-width": 1.5, "stroke-opacity": 0.4 },
      { ...line, stroke: colours.paper, "stroke-width": width + 3 }, line,
      { fill: colour, "fill-opacity": 0.4, stroke: colours.paper, "stroke-width": 1 },
      mark.shape === "ring" ? { fill: colours.paper, stroke: colour, "stroke-width": 2 }
        : { fill: colour, stroke: colours.paper, "stroke-width": 1.5, "stroke-linejoin": "round" },
    ],
    outside: [{ fill: colour, stroke: colours.paper, "stroke-width": 1.5 }, { ...text, "font-size": projected ? PRESENT_SCALE.label : 15 }],
    segments: [{ ...line, ...dashed, "stroke-opacity": mark.opacity }],
    dots: [
      { ...line, stroke: colours.paper, "stroke-width": round + 3 }, { ...line, "stroke-width": round },
    ],
    rings: [
      { ...line, "stroke-width": round + width }, { ...line, stroke: colours.paper, "stroke-width": round - width },
    ],
    square: [{ ...line, fill: colour, "fill-opacity": mark.opacity }, text],
    area: [{}, { stroke: colour, "stroke-width": 1.5 * (projected ? PRESENT_SCALE.line : 1) }],
    inscription: [{ fill: colours.paper, rx: 4 }, text],
    text: [text],
  };
  nodes.forEach((node, i) => setAttributes(node, styles[kind][i] || styles[kind][0]));
}

/**
 * One mark, drawn with the present quantities.
 * @param {object} mark @param {import("../figure/quantities.js").Quantities} quantities
 * @param {Map<string, object>} controls @returns {{group: SVGElement, update: Function, paint: Function}}
 */
export function makeMark(mark, quantities, controls) {
  const kind = KINDS_OF_MARK[mark.type];
  if (!kind) throw new Error(`unknown mark ${mark.type}`);
  const body = kind(mark, quantities, controls);
  const holds = quantities.test(mark.when);
  const group = svgElement("g", { class: `live-mark live-mark--${mark.type}`, opacity: mark.opacity_of_all }, body.children || body.nodes);
  let shown = true;
  return {
    group,
    seldom: body.seldom,
    update(mapping, toggled) {
      const now = toggled && holds() && body.draw(mapping);
      if (now !== shown) {
        shown = now;
        if (now) group.removeAttribute("display");
        else setAttribute(group, "display", "none");
      }
    },
    paint(colours, projected) {
      if (body.resize) body.resize(projected);
      paintNodes(body.paint, mark, body.nodes, colours, projected);
      if (body.painted) body.painted(resolveColour(`$${mark.role}`, colours));
    },
  };
}
