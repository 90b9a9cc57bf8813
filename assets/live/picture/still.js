// The still picture as Plotly is given it: thick lines in full, larger for the last row, sampled for the window that is shown.
import { axisName, decodeArray, Mapping } from "../document/adapter.js";
import { over } from "./moving.js";
import { PRESENT_SCALE } from "../document/type.js";
import { toldApart } from "./ticks.js";

const CONFIG = {
  displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false, showTips: false,
  showAxisDragHandles: false, showAxisRangeEntryBoxes: false,
};

/** Text in the picture for the last row: larger than a label, it is a word to be read; else it is as large as a tick. */
const LARGEST_LABEL = 15;

function grown(font) {
  return { ...font, size: font && font.size > LARGEST_LABEL ? PRESENT_SCALE.label : PRESENT_SCALE.tick };
}

/** What is written on a trace, the numbers of level lines too, larger for the last row. */
function lettered(trace) {
  const larger = { ...trace };
  if (trace.textfont) larger.textfont = grown(trace.textfont);
  if (trace.contours && trace.contours.labelfont) larger.contours = { ...trace.contours, labelfont: grown(trace.contours.labelfont) };
  return larger;
}

/** Plotly's thinning of points leaves visible corners in a thick line. */
export function fullLine(trace, projected) {
  const read = projected ? lettered(trace) : trace;
  if (!read.line || !(read.type === "scatter" || read.type === undefined)) return read;
  const width = (read.line.width || 2) * (projected ? PRESENT_SCALE.line : 1);
  return { ...read, line: { simplify: false, ...read.line, width } };
}

/** Of these traces the lines and points in one subplot. @param {object[]} traces @param {[string, string]} axes */
export function scatterOn(traces, [across, up]) {
  return traces.filter(({ type = "scatter", xaxis = "x", yaxis = "y" }) => type === "scatter" && xaxis === across && yaxis === up);
}

/** Heights of the window beyond which a value is only far away. */
const MOST_HEIGHTS = 1e6;

/**
 * Lines whose values are at most so far away: of a point 10⁹⁹ pixels off Plotly's clipping keeps no direction.
 * @param {object[]} data traces @param {object} layout with the ranges of their axes
 */
export function withinReach(data, layout) {
  return data.map((trace) => {
    const { range, type } = layout[axisName(trace.yaxis || "y")] || {};
    if (!range || type === "log" || !(trace.type === "scatter" || trace.type === undefined)) return trace;
    const [low, high] = [range[0] - MOST_HEIGHTS * (range[1] - range[0]), range[1] + MOST_HEIGHTS * (range[1] - range[0])];
    const values = Array.from(decodeArray(trace.y));
    if (!values.some((value) => value < low || value > high)) return trace;
    return { ...trace, y: values.map((value) => Math.min(Math.max(value, low), high)) };
  });
}

/** So many heights of a number stand on an upright axis for each of its numbers; and with fewer it would tell no scale. */
const [NUMBERS_APART, FEWEST_NUMBERS] = [1.7, 3];

/** A layout for the last row of a lecture hall: larger ticks and margins, and no more numbers than there is room for. @param {number} height in pixels */
export function enlarged(layout, height) {
  const larger = { ...layout, margin: { ...layout.margin } };
  if (layout.annotations) {
    larger.annotations = layout.annotations.map((note) => ({ ...note, font: grown(note.font) }));
  }
  if (layout.legend) larger.legend = { ...layout.legend, font: grown(layout.legend.font) };
  for (const side of ["t", "r", "b", "l"]) larger.margin[side] = (layout.margin[side] || 0) * PRESENT_SCALE.margin;
  for (const [name, axis] of Object.entries(layout)) {
    if (/^[xy]axis\d*$/.test(name)) {
      const title = axis.title && { ...axis.title, font: { ...axis.title.font, size: PRESENT_SCALE.tick } };
      larger[name] = { ...axis, title, tickfont: { ...axis.tickfont, size: PRESENT_SCALE.tick } };
      const [foot, top] = axis.domain || [0, 1];
      const room = (top - foot) * (height - larger.margin.t - larger.margin.b);
      if (name.startsWith("y")) larger[name].nticks = Math.max(FEWEST_NUMBERS, Math.min(axis.nticks || Infinity, Math.floor(room / (NUMBERS_APART * PRESENT_SCALE.tick))));
    }
  }
  return larger;
}

/**
 * Lines of known functions over another window than the page made them for.
 * @param {object[]} data traces @param {object} layout with that window @param {(index: number) => object|null} functionOf
 */
export function resampled(data, layout, functionOf) {
  return data.map((trace, i) => {
    const f = functionOf(i);
    if (!f) return trace;
    const mapping = Object.assign(new Mapping(), { width: layout.width, height: layout.height });
    mapping.spread(...[trace.xaxis || "x", trace.yaxis || "y"].map((axis) => layout[axisName(axis)].range));
    return { ...trace, ...over(f, mapping, true) };
  });
}

/** Draws the picture anew, with numbers that can be told apart. @returns {Object<string, number>} what is left out of an axis' numbers */
export function plot(graph, data, layout) {
  window.Plotly.newPlot(graph, data, layout, CONFIG);
  const { offsets, changes } = toldApart(graph._fullLayout);
  if (Object.keys(offsets).length > 0) window.Plotly.relayout(graph, changes);
  return offsets;
}
