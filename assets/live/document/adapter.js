// The only place that knows Plotly from the inside: where a value stands in pixels, and the data of a trace.
// Plotly keeps for every drawn axis its offset and length in the picture and the line px = _m·value + _b,
// where value is the logarithm on a logarithmic axis.

/** "x2" → "xaxis2". */
export function axisName(reference) {
  return `${reference[0]}axis${reference.slice(1)}`;
}

/**
 * The rectangle of a subplot and the mapping of its axes, as plain numbers so that a mark is placed with two
 * multiplications.
 */
export class Mapping {
  /** @param {import("../marks/labels.js").LabelRoom|null} room where labels keep apart */
  constructor(room = null) {
    this.room = room;
    this.left = 0;
    this.top = 0;
    this.width = 0;
    this.height = 0;
    this.xScale = 0;
    this.xShift = 0;
    this.yScale = 0;
    this.yShift = 0;
    this.xLog = false;
    this.yLog = false;
  }

  /** @param {number} value @returns {number} pixels from the left of the picture, NaN where the axis has no place */
  x(value) {
    return this.xScale * (this.xLog ? Math.log10(value) : value) + this.xShift;
  }

  /** @returns {number} pixels from the top of the picture */
  y(value) {
    return this.yScale * (this.yLog ? Math.log10(value) : value) + this.yShift;
  }

  /** The value at a pixel. */
  xValue(pixels) {
    const value = (pixels - this.xShift) / this.xScale;
    return this.xLog ? Math.pow(10, value) : value;
  }

  yValue(pixels) {
    const value = (pixels - this.yShift) / this.yScale;
    return this.yLog ? Math.pow(10, value) : value;
  }

  /** Spreads two ranges, as Plotly writes them, over the width and the height. */
  spread([left, right], [bottom, top]) {
    this.xScale = this.width / (right - left);
    this.xShift = this.left - this.xScale * left;
    this.yScale = -this.height / (top - bottom);
    this.yShift = this.top - this.yScale * top;
  }

  /** @returns {[number, number]} the values at both ends, in increasing order */
  xRange() {
    const ends = [this.xValue(this.left), this.xValue(this.left + this.width)];
    return ends[0] <= ends[1] ? ends : [ends[1], ends[0]];
  }

  yRange() {
    const ends = [this.yValue(this.top + this.height), this.yValue(this.top)];
    return ends[0] <= ends[1] ? ends : [ends[1], ends[0]];
  }
}

/**
 * Reads the present mapping of a subplot.
 * @param {object} graph a div that Plotly has drawn into @param {[string, string]} axes e.g. ["x", "y2"]
 * @param {Mapping} mapping is refilled @returns {boolean} false when the subplot is not drawn
 */
export function readMapping(graph, axes, mapping) {
  const layout = graph._fullLayout;
  const x = layout && layout[axisName(axes[0])];
  const y = layout && layout[axisName(axes[1])];
  if (!x || !y || !(x._length > 0) || !(y._length > 0)) return false;
  mapping.left = x._offset;
  mapping.top = y._offset;
  mapping.width = x._length;
  mapping.height = y._length;
  mapping.xScale = x._m;
  mapping.xShift = x._b + x._offset;
  mapping.yScale = y._m;
  mapping.yShift = y._b + y._offset;
  mapping.xLog = x.type === "log";
  mapping.yLog = y.type === "log";
  return true;
}

/** @returns {Object<string, [number, number]>} range of every cartesian axis, by Plotly's name, as Plotly writes it */
export function axisRanges(graph) {
  const ranges = {};
  for (const name of Object.keys(graph._fullLayout || {})) {
    if (/^[xy]axis\d*$/.test(name)) ranges[name] = graph._fullLayout[name].range.map(Number);
  }
  return ranges;
}

/** Moves an axis before Plotly draws it anew, as its own dragging does. @param {[number, number]} range as Plotly writes it */
export function shiftAxis(graph, name, range) {
  const axis = graph._fullLayout[name];
  axis.range = range.slice();
  axis.setScale();
  if (graph.layout[name]) graph.layout[name].range = range.slice();
}

/** What Plotly wrote along an axis: where the words stand across it, and their look. Null where it wrote none. */
export function tickWriting(graph, name) {
  const word = graph.querySelector(`.${name.replace("axis", "")}tick text`);
  if (!word) return null;
  const letter = name[0] === "x" ? "y" : "x";
  return { across: Number(word.getAttribute(letter)), style: word.getAttribute("style") || "", anchor: word.getAttribute("text-anchor") || "middle" };
}

/** The level lines of a subplot as Plotly drew them, or null. @param {[string, string]} axes */
export function drawnLevels(graph, axes) {
  return graph.querySelector(`.cartesianlayer .subplot.${axes.join("")} .contourlayer`);
}

/** Where words stand on the paper of a picture, in its pixels: what an axis is called, and notes. @returns {object[]} */
export function writtenBoxes(graph) {
  const from = graph.getBoundingClientRect();
  return [...graph.querySelectorAll(".annotation-text-g")].map((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return { left: left - from.left, top: top - from.top, right: right - from.left, bottom: bottom - from.top };
  });
}

const KINDS = { f8: Float64Array, f4: Float32Array, i4: Int32Array, i2: Int16Array, u1: Uint8Array };

/** Plotly's typed array {dtype, bdata} or a plain list → numbers. */
export function decodeArray(array) {
  if (!array || array.bdata === undefined) return array || [];
  const text = atob(array.bdata);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new KINDS[array.dtype](bytes.buffer);
}
