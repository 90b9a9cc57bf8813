// Nearer and farther: about the point that is explored or, by the wheel, about the mouse.
import { axisName, axisRanges } from "../document/adapter.js";

/** The wheel turned by so many pixels doubles or halves. */
const DOUBLING = 250;
const LINE = 16;

/** Where the point in question stands on each axis, as Plotly writes it: handles before other points. */
function anchors(panel) {
  const places = panel.handles.filter((handle) => !handle.turns).map((handle) => handle.spec);
  for (const { spec, ghost } of panel.marks) {
    if (spec.type === "point" && !ghost && panel.figure.state.shows(spec.toggle)) places.push(spec);
  }
  const found = {};
  for (const { axes, at } of places) {
    axes.forEach((axis, i) => {
      const value = panel.figure.state.quantities.reader(at[i])();
      const place = panel.graph._fullLayout[axisName(axis)].type === "log" ? Math.log10(value) : value;
      if (!(axisName(axis) in found) && Number.isFinite(place)) found[axisName(axis)] = place;
    });
  }
  return found;
}

/** The axes of the subplot under a place: the value that stands there, and at which share of the axis it is to stand. */
function pointedAt(panel, starts, from, to) {
  const found = {};
  const shares = (mapping, [x, y]) => [(x - mapping.left) / mapping.width, 1 - (y - mapping.top) / mapping.height];
  for (const { axes, mapping, drawn } of panel.subplots.values()) {
    const there = shares(mapping, from);
    if (!drawn || there.some((share) => !(share >= 0 && share <= 1))) continue;
    const wanted = shares(mapping, to);
    axes.forEach((axis, i) => {
      const name = axisName(panel.graph._fullLayout[axisName(axis)].matches || axis);
      const [low, high] = starts[name];
      found[name] = { value: low + there[i] * (high - low), share: wanted[i] };
    });
  }
  return found;
}

/** Beyond this an axis has no numbers that could be told apart; what the page itself accepts ends there too. */
const [WIDEST, NARROWEST, FINEST] = [1e12, 2e-6, 4e-9];

/** Whether numbers along an axis can still be told from each other. */
function drawable([low, high]) {
  const [start, end] = [Math.min(low, high), Math.max(low, high)];
  const far = Math.max(Math.abs(start), Math.abs(end));
  return far <= WIDEST && end - start >= Math.max(NARROWEST, FINEST * far);
}

/**
 * What the ranges of these axes become: what stood at a place of them stands at another, so many times as wide. Scales
 * that are equal stay so. Nothing becomes of ranges that could not be drawn.
 * @param {Object<string, [number, number]>} starts the ranges from which the hand started
 * @param {Object<string, {value: number, share: number}>} about for each axis a value, and at which share of it that stands
 */
function scaled(panel, starts, about, factor) {
  const changes = {};
  const { _fullLayout: full } = panel.graph;
  const named = (reference) => (reference ? axisName(reference) : null);
  const moves = (name) => about[name] !== undefined && !full[name].matches;
  for (const [name, [low, high]] of Object.entries(starts)) {
    const width = (high - low) * factor;
    if (moves(name)) {
      const { value, share } = about[name];
      changes[name] = [value - share * width, value + (1 - share) * width];
    } else if (factor !== 1 && !full[name].matches && Object.keys(starts).some((other) => (
      moves(other) && (named(full[name].scaleanchor) === other || named(full[other].scaleanchor) === name)))) {
      const middle = (low + high) / 2;
      changes[name] = [middle - width / 2, middle + width / 2];
    }
  }
  return Object.values(changes).every(drawable) ? changes : {};
}

/** The axes that buttons and keys move: those of the window; the others follow it when the page knows. Without one, all. */
function steeredAxes(panel) {
  const ranges = axisRanges(panel.graph);
  return panel.figure.framing.isOf(panel) ? { xaxis: ranges.xaxis, yaxis: ranges.yaxis } : ranges;
}

/** About the point, so that it does not leave the picture; about the middle where none is in the picture. */
export function zoomAboutPoint(panel, factor) {
  const points = anchors(panel);
  const starts = steeredAxes(panel);
  const about = Object.fromEntries(Object.entries(starts).map(([name, [low, high]]) => {
    const seen = points[name] >= Math.min(low, high) && points[name] <= Math.max(low, high);
    const value = seen ? points[name] : (low + high) / 2;
    return [name, { value, share: (value - low) / (high - low) }];
  }));
  return scaled(panel, starts, about, factor);
}

/** By a share of their length. @param {[number, number]} shares to the right and up */
export function panBy(panel, shares) {
  const starts = steeredAxes(panel);
  const about = Object.fromEntries(Object.entries(starts).map(([name, [low, high]]) => (
    [name, { value: low + shares[name[0] === "x" ? 0 : 1] * (high - low), share: 0 }]
  )));
  return scaled(panel, starts, about, 1);
}

/** The axes under the mouse, about the mouse. */
export function zoomAboutMouse(panel, factor, place) {
  return dragged(panel, axisRanges(panel.graph), place, place, factor);
}

/** The axes under a place, with what stood there at another place. */
export function dragged(panel, starts, from, to, factor) {
  return scaled(panel, starts, pointedAt(panel, starts, from, to), factor);
}

/**
 * The wheel with Ctrl or ⌘, and two fingers on a trackpad, which browsers report as the same. Without Ctrl it scrolls the page,
 * unless there is none to scroll.
 * @param {HTMLElement} node @param {(factor: number, place: [number, number]) => void} zoom at most once a frame
 * @param {() => boolean} alone whether the picture has the wheel for itself
 */
export function listenToWheel(node, zoom, alone) {
  let turned = 0;
  node.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !alone()) return;
    event.preventDefault();
    const box = node.getBoundingClientRect();
    const place = [event.clientX - box.left, event.clientY - box.top];
    if (turned === 0) {
      requestAnimationFrame(() => {
        zoom(2 ** (Math.min(Math.max(turned, -DOUBLING), DOUBLING) / DOUBLING), place);
        turned = 0;
      });
    }
    turned += event.deltaY * (event.deltaMode === 1 ? LINE : 1);
  }, { passive: false });
}
