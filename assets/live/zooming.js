// Nearer and farther: about the point that is explored or, by the wheel, about the mouse.
import { axisName, axisRanges } from "./adapter.js";

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

/** The axes of the subplot under a place of the panel, each with where the place stands on it, as Plotly writes it. */
function pointedAt(panel, [x, y]) {
  const found = {};
  for (const { axes, mapping, drawn } of panel.subplots.values()) {
    const across = (x - mapping.left) / mapping.width;
    const up = 1 - (y - mapping.top) / mapping.height;
    if (!drawn || !(across >= 0 && across <= 1 && up >= 0 && up <= 1)) continue;
    for (const [i, share] of [across, up].entries()) {
      const { range, matches } = panel.graph._fullLayout[axisName(axes[i])];
      found[axisName(matches || axes[i])] = range[0] + share * (range[1] - range[0]);
    }
  }
  return found;
}

/** What the ranges of these axes become. @param {Object<string, number>} about the place on each that stays */
function scaled(panel, about, factor) {
  const changes = {};
  for (const [name, [low, high]] of Object.entries(axisRanges(panel.graph))) {
    const place = about[name];
    if (place === undefined || panel.graph._fullLayout[name].matches) continue;
    changes[`${name}.range`] = [place + (low - place) * factor, place + (high - place) * factor];
  }
  return changes;
}

/** All axes about the point, so that it does not leave the picture; about the middle where none is in the picture. */
export function zoomAboutPoint(panel, factor) {
  const points = anchors(panel);
  const about = Object.fromEntries(Object.entries(axisRanges(panel.graph)).map(([name, [low, high]]) => {
    const seen = points[name] >= Math.min(low, high) && points[name] <= Math.max(low, high);
    return [name, seen ? points[name] : (low + high) / 2];
  }));
  return scaled(panel, about, factor);
}

/** The axes under the mouse, about the mouse. */
export function zoomAboutMouse(panel, factor, place) {
  return scaled(panel, pointedAt(panel, place), factor);
}

/**
 * The wheel with Ctrl or ⌘, and two fingers on a trackpad, which browsers report as the same. Without Ctrl it scrolls the page.
 * @param {HTMLElement} node @param {(factor: number, place: [number, number]) => void} zoom at most once a frame
 */
export function listenToWheel(node, zoom) {
  let turned = 0;
  node.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
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
