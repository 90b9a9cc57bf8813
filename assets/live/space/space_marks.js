// The marks of a space: each is a small Plotly trace whose coordinates are filled in at every frame.
import { trailReader } from "../marks/trails.js";

/** How far towards the eye things are drawn: lines a little, so that the surface they lie on does not swallow them; the
    point so far that nothing hides it. */
const NEARER = { line: 0.02, dot: 0.6 };

/** A rise between two samples above this share of the height is looked into. */
const LEAP_IN_SPACE = 0.01;

/** The barbs of an arrow: their length as a share of the box, and at most of the arrow. */
const BARB = { length: 0.07, most: 0.35 };

/** Strokes of a dashed piece: their number, and the share of each that is drawn. */
const STROKES = { dash: [9, 0.62], dot: [18, 0.5], dashdot: [9, 0.75] };

const SPACE_SHAPES = { dot: "circle", ring: "circle-open", square: "square", diamond: "diamond", cross: "x" };

/** Places this many heights of the box above or below it stay there: Plotly scales everything to the farthest place. */
const FAR_OUT = 1e3;

function spacePlace(place, quantities) {
  const readers = place.map((quantity) => quantities.reader(quantity));
  const at = [NaN, NaN, NaN];
  return () => {
    for (let k = 0; k < 3; k += 1) at[k] = readers[k]();
    return at;
  };
}

function lineTrace(mark) {
  return {
    type: "scatter3d", mode: "lines", hoverinfo: "skip", connectgaps: false,
    line: { color: `$${mark.role}`, width: 2.2 * (mark.width || 2) },
  };
}

/** Each kind: (mark, quantities) → {trace, count, fill(box, put)} where put(i, place, nearer) sets the i-th place. */
const KINDS_OF_SPACE_MARK = {
  point: (mark, quantities) => {
    const read = spacePlace(mark.at, quantities);
    const shape = mark.shape || "dot";
    return {
      trace: {
        type: "scatter3d", mode: "markers", hoverinfo: "skip",
        marker: {
          symbol: SPACE_SHAPES[shape] || "circle", size: (mark.size || 12) * 0.9, color: `$${mark.role}`,
          opacity: 1, line: { color: "$paper", width: 2 },
        },
      },
      count: 1,
      fill: (box, put) => put(0, read(), NEARER.dot),
    };
  },
  segment: (mark, quantities) => {
    const [from, to] = [mark.from, mark.to].map((place) => spacePlace(place, quantities));
    const [strokes, share] = STROKES[mark.dash] || [1, 1];
    const at = [0, 0, 0];
    const gap = [NaN, NaN, NaN];
    return {
      trace: lineTrace(mark),
      count: 3 * strokes - 1,
      fill(box, put) {
        const [a, b] = [from(), to()];
        const between = (t) => {
          for (let k = 0; k < 3; k += 1) at[k] = a[k] + t * (b[k] - a[k]);
          return at;
        };
        for (let i = 0; i < strokes; i += 1) {
          put(3 * i, between(i / (strokes - 1 + share)), NEARER.line);
          put(3 * i + 1, between((i + share) / (strokes - 1 + share)), NEARER.line);
          if (i < strokes - 1) put(3 * i + 2, gap, 0);
        }
      },
    };
  },
  polyline: (mark, quantities) => {
    const places = mark.points.map((place) => spacePlace(place, quantities));
    return { trace: lineTrace(mark), count: places.length, fill: (box, put) => places.forEach((read, i) => put(i, read(), NEARER.line)) };
  },
  trail: (mark, quantities) => {
    const walk = trailReader(mark, quantities);
    return {
      trace: lineTrace(mark),
      count: mark.samples,
      fill(box, put) {
        walk((i, place) => put(i, place, NEARER.line), LEAP_IN_SPACE * (box.high - box.low));
      },
    };
  },
  path: descentInSpace,
  region: (mark, quantities) => {
    const places = mark.points.map((place) => spacePlace(place, quantities));
    const fan = places.slice(2).map((_, i) => [0, i + 1, i + 2]);
    return {
      trace: {
        type: "mesh3d", hoverinfo: "skip", color: `$${mark.role}`, opacity: mark.opacity || 0.5, flatshading: true,
        i: fan.map(([a]) => a), j: fan.map(([, b]) => b), k: fan.map(([, , c]) => c),
        lighting: { ambient: 1, diffuse: 0, specular: 0, fresnel: 0 },
      },
      count: places.length,
      filled: true,
      fill: (box, put) => places.forEach((read, i) => put(i, read(), 0)),
    };
  },
  arrow: arrowInSpace,
};

/** Iterates of a descent that are drawn in space; of a longer path every so many. */
const MOST_ITERATES = 300;

/** The iterates of a descent up to the present step, and the rest of them while `ahead` allows it. */
function descentInSpace(mark, quantities) {
  const descent = quantities.descents.all.get(mark.descent);
  const columns = mark.columns.map((word) => descent.column(word));
  const count = Math.min(descent.spec.steps + 1, MOST_ITERATES);
  const place = [0, 0, 0];
  const nowhere = [NaN, NaN, NaN];
  return {
    trace: { ...lineTrace(mark), mode: "lines+markers", marker: { size: 4.5, color: `$${mark.role}`, line: { color: "$paper", width: 1 } } },
    count,
    fill(box, put) {
      const last = quantities.switches.showsAhead(mark, descent.told.get("fresh")) ? descent.path.count : descent.told.get("k");
      const stride = last < count ? 1 : last / (count - 1);
      for (let i = 0; i < count; i += 1) {
        const row = Math.round(i * stride);
        if (row <= last) columns.forEach((column, k) => { place[k] = column(row); });
        put(i, row <= last ? place : nowhere, NEARER.line);
      }
    },
  };
}

/** A shaft and two barbs, spread as the eye sees them. */
function arrowInSpace(mark, quantities) {
  const [from, to] = [spacePlace(mark.from, quantities), spacePlace(mark.to, quantities)];
  const [start, tip, end] = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  return {
    trace: lineTrace(mark),
    count: 5,
    fill(box, put) {
      const [a, b] = [from(), to()];
      const along = b.map((value, k) => (value - a[k]) * box.scale[k]);
      const length = Math.hypot(...along);
      const [dx, dy, dz] = along.map((value) => value / (length || 1));
      const [ex, ey, ez] = box.eye.map((eye, k) => eye - (b[k] - box.middle[k]) * box.scale[k]);
      const sideways = [dy * ez - dz * ey, dz * ex - dx * ez, dx * ey - dy * ex];
      const broad = Math.hypot(...sideways) || 1;
      const across = sideways.map((value) => value / broad);
      const barb = Math.min(BARB.length, BARB.most * length);
      const back = (k, side) => b[k] + (-barb * [dx, dy, dz][k] + side * 0.45 * barb * across[k]) / box.scale[k];
      for (let k = 0; k < 3; k += 1) [start[k], tip[k], end[k]] = [back(k, 1), b[k], back(k, -1)];
      put(0, a, NEARER.line);
      put(1, b, NEARER.line);
      put(2, start, NEARER.line);
      put(3, tip, NEARER.line);
      put(4, end, NEARER.line);
    },
  };
}

/**
 * One mark in space.
 * @param {object} mark @param {import("../figure/quantities.js").Quantities} quantities
 * @returns {{trace: object, update: (box: object, shown: boolean) => boolean}} update tells whether something moved
 */
export function makeSpaceMark(mark, quantities) {
  const kind = KINDS_OF_SPACE_MARK[mark.type];
  if (!kind) throw new Error(`unknown mark in space: ${mark.type}`);
  const body = kind(mark, quantities);
  const holds = quantities.test(mark.when);
  const empty = () => new Array(body.count).fill(body.filled ? 0 : null);
  const trace = { ...body.trace, x: empty(), y: empty(), z: empty(), showlegend: false };
  const place = [0, 0, 0];
  let moved = false;
  const put = (i, given, nearer, box) => {
    const defined = Number.isFinite(given[0]) && Number.isFinite(given[1]) && Number.isFinite(given[2]);
    for (let k = 0; k < 3; k += 1) place[k] = given[k];
    const far = FAR_OUT * (box.high - box.low);
    place[2] = Math.min(Math.max(place[2], box.low - far), box.high + far);
    if (defined && nearer > 0) box.towardsEye(place, nearer);
    ["x", "y", "z"].forEach((name, k) => {
      const value = defined ? place[k] : hidden(box, k);
      if (trace[name][i] !== value) {
        trace[name][i] = value;
        moved = true;
      }
    });
  };
  /** A filled mark that is not shown shrinks to nothing, for it cannot have gaps. */
  const hidden = (box, k) => (body.filled ? box.middle[k] : null);
  return {
    trace,
    update(box, toggled) {
      moved = false;
      if (toggled && holds()) body.fill(box, (i, given, nearer) => put(i, given, nearer, box));
      else for (let i = 0; i < body.count; i += 1) put(i, [NaN, NaN, NaN], 0, box);
      return moved;
    },
  };
}
