// A rectangle with a sign: hatched where one of its sides, and only one, runs backwards. Its label stands where there is room.
import { freshId, setText, svgElement } from "./dom.js";
import { pixel } from "./geometry.js";
import { textWidth } from "./labels.js";
import { PRESENT_SCALE } from "./present.js";
import { compileTemplate } from "./text.js";

/** Far corners would overflow the renderer. */
const FARTHEST_CORNER = 1e5;
const LABEL_ROOM = 6;
/** So far beyond a label its plate reaches (px), and what it costs another label to stand on hatching. */
const [PLATE, ON_HATCHING] = [3, 3];

const held = (at) => Math.min(Math.max(at, -FARTHEST_CORNER), FARTHEST_CORNER);

export function areaMark(mark, quantities, controls) {
  const corners = [...mark.from, ...mark.to].map((quantity) => quantities.reader(quantity));
  const text = compileTemplate(mark.text, quantities, controls);
  const id = freshId("hatch");
  const line = svgElement("path", { d: "M0 0V8" });
  const hatch = svgElement("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [line]);
  const box = svgElement("rect");
  /** Under the label where it stands on hatching. */
  const plate = svgElement("rect");
  const label = svgElement("text", { "text-anchor": "middle" });
  let [size, width, shown, family, negative] = [16, 0, null, "", null];
  return {
    nodes: [hatch, box, plate, label],
    paint: "area",
    resize(projected) {
      size = projected ? PRESENT_SCALE.label : 16;
      shown = null;
    },
    draw(mapping) {
      const [x1, y1, x2, y2] = corners.map((read) => read());
      const [left, top, right, bottom] = [mapping.x(x1), mapping.y(y1), mapping.x(x2), mapping.y(y2)].map(held);
      if (![left, top, right, bottom].every(Number.isFinite)) return false;
      const place = { x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) };
      for (const [name, value] of Object.entries(place)) box.setAttribute(name, pixel(value));
      const backwards = (x2 - x1) * (y2 - y1) < 0;
      if (backwards !== negative) {
        negative = backwards;
        box.setAttribute("fill", negative ? `url(#${id})` : line.getAttribute("stroke"));
        box.setAttribute("fill-opacity", negative ? 1 : mark.opacity);
      }
      const now = text();
      if (now !== shown) {
        shown = now;
        setText(label, now);
        family = family || getComputedStyle(label).fontFamily;
        width = textWidth(now, size, family);
      }
      const [seenLeft, seenRight] = [Math.max(place.x, mapping.left), Math.min(place.x + place.width, mapping.left + mapping.width)];
      const [seenTop, seenBottom] = [Math.max(place.y, mapping.top), Math.min(place.y + place.height, mapping.top + mapping.height)];
      const fits = seenRight - seenLeft > width + LABEL_ROOM && seenBottom - seenTop > size + LABEL_ROOM;
      const [x, y] = [(seenLeft + seenRight) / 2, (seenTop + seenBottom) / 2 + 0.35 * size];
      label.setAttribute("visibility", fits && now ? "visible" : "hidden");
      label.setAttribute("x", pixel(x));
      label.setAttribute("y", pixel(y));
      const under = { x: x - width / 2 - PLATE, y: y - 0.8 * size - PLATE, width: width + 2 * PLATE, height: size + 2 * PLATE };
      plate.setAttribute("visibility", negative && fits && now ? "visible" : "hidden");
      for (const [name, value] of Object.entries(under)) plate.setAttribute(name, pixel(value));
      if (mapping.room) this.keepFree(mapping.room, place, fits && now ? under : null);
      return true;
    },
    /** Other labels stand beside the area's edges and its own one, and rather not on its hatching. */
    keepFree(room, { x, y, width: across, height }, under) {
      const [right, bottom] = [x + across, y + height];
      for (const [x1, y1, x2, y2] of [[x, y, right, y], [x, bottom, right, bottom], [x, y, x, bottom], [right, y, right, bottom]]) room.line(x1, y1, x2, y2);
      if (negative) room.box(x, y, right, bottom, ON_HATCHING);
      if (under) room.box(under.x, under.y, under.x + under.width, under.y + under.height);
    },
    painted(colour) {
      line.setAttribute("stroke", colour);
      line.setAttribute("stroke-width", 3);
      negative = null;
    },
  };
}
