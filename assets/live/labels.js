// Where the words in a picture stand: beside their place, and whole.

let pen = null;

/** The width of a label, measured beside the page: asking the page itself would lay it out anew. */
export function textWidth(text, size, family) {
  pen = pen || document.createElement("canvas").getContext("2d");
  pen.font = `600 ${size}px ${family}`;
  return pen.measureText(text).width;
}

/**
 * Beside its place, on the other side where it would be cut off, and never beyond the panel's top or foot; null for the
 * label of a place outside, unless it is to be read in full.
 */
export function labelPlace(place, offset, anchor, width, size, mapping) {
  const right = mapping.left + mapping.width, bottom = mapping.top + mapping.height;
  const x = place[0] + offset[0], y = place[1] + offset[1];
  const seen = place[0] >= mapping.left && place[0] <= right && place[1] >= mapping.top && place[1] <= bottom;
  if (!seen) {
    const first = x - { start: 0, middle: width / 2, end: width }[anchor];
    const whole = first >= mapping.left && first + width <= right && y - 0.8 * size >= mapping.top && y <= bottom;
    return whole ? [x, y, anchor] : null;
  }
  const level = Math.min(Math.max(y, mapping.top + 0.8 * size), bottom - 0.25 * size);
  if (anchor === "start" && x + width > right) {
    // A little too far: slid back. Much too far: on the other side.
    return x + width / 2 > right ? [place[0] - offset[0], level, "end"] : [right - width, level, anchor];
  }
  if (anchor === "middle" && width < mapping.width) {
    return [Math.min(Math.max(x, mapping.left + width / 2), right - width / 2), level, anchor];
  }
  if (anchor === "end" && x - width < mapping.left) return [place[0] - offset[0], level, "start"];
  return [x, level, anchor];
}
