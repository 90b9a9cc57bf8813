// A rectangle with a sign, hatched where one of its sides, and only one, runs backwards; and words within it, where there is room.
import { freshId, setAttribute, setText, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";
import { MEETS_LABEL, MEETS_LINE, textWidth } from "./labels.js";
import { PRESENT_SCALE } from "../document/type.js";
import { compileTemplate } from "../words/text.js";

/** Far corners would overflow the renderer. */
const FARTHEST_CORNER = 1e5;
/** What words in a rectangle leave free around them, and how far beyond them their plate reaches (px). */
const [INSCRIPTION_ROOM, PLATE] = [6, 3];
/** So far (px) other words keep from those in a rectangle: two numbers side by side read as one. */
const WORDS_APART = 12;
/** Where words stand in a rectangle, in parts of what is free: in the middle, else aside, in the corners last. */
const INSCRIPTION_ASIDE = [0.5, 0.2, 0.8, 0, 1];
const INSCRIPTION_SPOTS = INSCRIPTION_ASIDE.flatMap((down) => INSCRIPTION_ASIDE.map((across) => [across, down]));
/** What is narrower (px) is not named. */
const SLIVER = 3;
/** What it costs other words to stand on hatching. */
const ON_HATCHING = 3;

const held = (at) => Math.min(Math.max(at, -FARTHEST_CORNER), FARTHEST_CORNER);

/** Reads a rectangle in pixels, and whether it is backwards; null where a corner has no place. */
function rectangleReader(mark, quantities) {
  const corners = [...mark.from, ...mark.to].map((quantity) => quantities.reader(quantity));
  return (mapping) => {
    const [x1, y1, x2, y2] = corners.map((read) => read());
    const [left, top, right, bottom] = [mapping.x(x1), mapping.y(y1), mapping.x(x2), mapping.y(y2)].map(held);
    if (![left, top, right, bottom].every(Number.isFinite)) return null;
    const place = { x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) };
    return { place, backwards: (x2 - x1) * (y2 - y1) < 0 };
  };
}

const setPlace = (node, place) => Object.entries(place).forEach(([name, value]) => setAttribute(node, name, pixel(value)));

export function areaMark(mark, quantities) {
  const read = rectangleReader(mark, quantities);
  const id = freshId("hatch");
  const line = svgElement("path", { d: "M0 0V8" });
  const hatch = svgElement("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [line]);
  const box = svgElement("rect");
  let negative = null;
  return {
    nodes: [hatch, box],
    paint: "area",
    draw(mapping) {
      const found = read(mapping);
      if (found === null) return false;
      setPlace(box, found.place);
      if (found.backwards !== negative) {
        negative = found.backwards;
        box.setAttribute("fill", negative ? `url(#${id})` : line.getAttribute("stroke"));
        box.setAttribute("fill-opacity", negative ? 1 : mark.opacity);
      }
      if (mapping.room) mapping.room.rectangle(found.place, negative ? ON_HATCHING : 0);
      return true;
    },
    painted(colour) {
      setAttribute(line, "stroke", colour);
      setAttribute(line, "stroke-width", 3);
      negative = null;
    },
  };
}

export function inscriptionMark(mark, quantities, controls) {
  const read = rectangleReader(mark, quantities);
  const text = compileTemplate(mark.text, quantities, controls);
  const [plate, label] = [svgElement("rect"), svgElement("text", { "text-anchor": "middle" })];
  let [size, width, shown, family, which] = [15, 0, null, "", -1];

  /** Where it has no room within, words stand beside the rectangle, if no other one is there, and no line. */
  function beside({ left, right, top, bottom }, mapping) {
    const [across, down] = [(left + right) / 2, (top + bottom) / 2 + 0.3 * size];
    const spots = [[across, top - INSCRIPTION_ROOM], [across, bottom + size + INSCRIPTION_ROOM / 2],
      [right + INSCRIPTION_ROOM + width / 2, down], [left - INSCRIPTION_ROOM - width / 2, down]];
    const seen = ([x, y]) => x - width / 2 >= mapping.left && x + width / 2 <= mapping.left + mapping.width && y - size >= mapping.top && y <= mapping.top + mapping.height;
    const spot = (k) => {
      const there = [...spots[k], "middle"];
      return seen(there) && mapping.room.isOutside(there, width, size) ? there : null;
    };
    let at = null;
    ({ at, which } = mapping.room.takeOne(spots.length, spot, (k) => 0.1 * k, width, size, which, MEETS_LINE));
    return at;
  }

  return {
    nodes: [plate, label],
    paint: "inscription",
    resize(projected) {
      size = projected ? PRESENT_SCALE.label : 15;
      shown = null;
    },
    draw(mapping) {
      const found = read(mapping);
      if (found === null) return false;
      const now = text();
      if (now !== shown) {
        shown = now;
        setText(label, now);
        family = family || getComputedStyle(label).fontFamily;
        width = textWidth(now, size, family);
      }
      const { place, backwards } = found;
      const [left, right] = [Math.max(place.x, mapping.left), Math.min(place.x + place.width, mapping.left + mapping.width)];
      const [top, bottom] = [Math.max(place.y, mapping.top), Math.min(place.y + place.height, mapping.top + mapping.height)];
      const free = [right - left - width - INSCRIPTION_ROOM, bottom - top - size - INSCRIPTION_ROOM];
      const spot = (k) => {
        const [across, down] = INSCRIPTION_SPOTS[k];
        return [left + INSCRIPTION_ROOM / 2 + across * free[0] + width / 2, top + INSCRIPTION_ROOM / 2 + down * free[1] + 0.85 * size, "middle"];
      };
      const { room } = mapping;
      let at = null;
      if (free[0] >= 0 && free[1] >= 0) {
        if (room) ({ at, which } = room.takeOne(INSCRIPTION_SPOTS.length, spot, (k) => Math.min(k, 1), width, size, which, MEETS_LABEL));
        else at = spot(0);
      }
      if (at === null && room && Math.min(right - left, bottom - top) >= SLIVER) at = beside({ left, right, top, bottom }, mapping);
      if (at === null) return false;
      const [x, y] = at;
      if (room) room.box(x - width / 2 - WORDS_APART, y - 0.8 * size, x + width / 2 + WORDS_APART, y + 0.25 * size);
      setAttribute(label, "x", pixel(x));
      setAttribute(label, "y", pixel(y));
      setAttribute(plate, "visibility", backwards ? "inherit" : "hidden");
      setPlace(plate, { x: x - width / 2 - PLATE, y: y - 0.85 * size - PLATE, width: width + 2 * PLATE, height: size + 2 * PLATE });
      return true;
    },
  };
}
