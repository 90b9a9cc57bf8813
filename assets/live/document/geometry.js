// Plane geometry in pixels.

/**
 * The part of a line that lies in a rectangle (Liang and Barsky): the parameters t at which p + t·d enters and leaves.
 * @returns {[number, number]|null} null when it passes by
 */
export function clipLine(px, py, dx, dy, left, top, right, bottom, from = -Infinity, to = Infinity) {
  let enter = from;
  let leave = to;
  const sides = [[-dx, px - left], [dx, right - px], [-dy, py - top], [dy, bottom - py]];
  for (const [speed, room] of sides) {
    if (speed === 0) {
      if (room < 0) return null;
    } else {
      const t = room / speed;
      if (speed < 0) enter = Math.max(enter, t);
      else leave = Math.min(leave, t);
    }
  }
  return enter < leave ? [enter, leave] : null;
}

/** One decimal is finer than a screen shows; beyond a million pixels an attribute would be written with an exponent. */
export function pixel(value) {
  return Math.round(Math.min(Math.max(value, -1e6), 1e6) * 10) / 10;
}

/** Pixels beyond the picture's corner to which far values of a sampled curve are cut: the renderer overflows at more. */
export const FARTHEST_PIXEL = 4000;

/** An SVG path through points; NaN lifts the pen. */
export function pathThrough(xs, ys, mapping, limit = 1e5) {
  let path = "";
  let down = false;
  for (let i = 0; i < xs.length; i += 1) {
    const x = mapping.x(xs[i]);
    const y = mapping.y(ys[i]);
    if (Number.isFinite(x) && Number.isFinite(y)) {
      path += `${down ? "L" : "M"}${pixel(x)} ${pixel(Math.min(Math.max(y, -limit), limit))}`;
      down = true;
    } else {
      down = false;
    }
  }
  return path;
}

/** Outlines of the marked places, around (0, 0), with radius r. */
export function symbolPath(shape, r) {
  const corner = (count, first, radius) => Array.from({ length: count }, (_, i) => {
    const angle = first + (2 * Math.PI * i) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const closed = (points) => `M${points.map(([x, y]) => `${pixel(x)} ${pixel(y)}`).join("L")}Z`;
  const up = -Math.PI / 2;
  if (shape === "square") return closed(corner(4, Math.PI / 4, 1.2 * r));
  if (shape === "diamond") return closed(corner(4, up, 1.2 * r));
  if (shape === "triangle") return closed(corner(3, up, 1.25 * r));
  if (shape === "star") {
    const outer = corner(5, up, 1.4 * r);
    const inner = corner(5, up + Math.PI / 5, 0.6 * r);
    return closed(outer.flatMap((point, i) => [point, inner[i]]));
  }
  if (shape === "cross") {
    const a = pixel(0.35 * r);
    const b = pixel(1.15 * r);
    return `M${-b} ${-a}L${-a} ${-a}L${-a} ${-b}L${a} ${-b}L${a} ${-a}L${b} ${-a}L${b} ${a}L${a} ${a}L${a} ${b}`
      + `L${-a} ${b}L${-a} ${a}L${-b} ${a}Z`;
  }
  return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
}
