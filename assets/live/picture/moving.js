// The picture while its window moves. Plotly takes 15 to 35 ms to draw an axis anew: until the hand rests the layer draws
// grid, numbers, curves and marked places itself, and Plotly's own are out of sight.
import { axisName, decodeArray, drawnLevels, Mapping, shiftAxis, tickWriting } from "../document/adapter.js";
import { setText, svgElement } from "../document/dom.js";
import { FARTHEST_PIXEL, pathThrough, pixel, symbolPath } from "../document/geometry.js";
import { functionOf } from "../tape/machine.js";
import { sampled } from "../marks/sampling.js";
import { ticksOf } from "./ticks.js";

/** Points over the width while it moves, and for Plotly's picture at rest. */
const MOVING_SAMPLES = 300;
const RESTING_SAMPLES = 900;

/** What of Plotly's picture is drawn here instead; its annotations on the paper stay. */
const REPLACED = ".cartesianlayer, .layer-below, .layer-above";

const SYMBOLS_OF_PLOTLY = { star: "star", "triangle-up": "triangle", x: "cross", diamond: "diamond" };
const DASHES_OF_PLOTLY = { dash: "9 9", dot: "3 3", dashdot: "9 3 3 3" };

export class MovingPicture {
  /** @param {object} panel whose picture Plotly has drawn */
  constructor(panel) {
    this.panel = panel;
    this.group = svgElement("g", { class: "live-still" });
    this.subplots = new Map();
    this.parts = [];
    this.axes = new Map();
    const { graph } = panel;
    this.layout = graph.layout;
    this.putAside();
    graph.data.forEach((trace, i) => this.takeTrace(trace, i));
    panel.subplots.forEach((subplot) => this.subplot(subplot.axes));
    for (const shape of this.layout.shapes || []) this.takeShape(shape);
    for (const { axes } of [...this.subplots.values()]) this.takeLevels(axes);
    this.takeAxes();
    panel.layers[0].prepend(this.group);
  }

  /** Plotly's own picture out of sight. */
  putAside() {
    const { graph } = this.panel;
    const notes = this.layout.annotations || [];
    this.aside = [...graph.querySelectorAll(REPLACED), ...[...graph.querySelectorAll(".annotation")].filter((node) => {
      const note = notes[Number(node.dataset.index)];
      return note && note.xref !== "paper";
    })];
    for (const node of this.aside) node.style.visibility = "hidden";
  }

  /** The part of the layer that belongs to a pair of axes. */
  subplot(axes) {
    const key = axes.join("|");
    if (!this.subplots.has(key)) {
      const { clip, mapping } = this.panel.subplot(axes);
      const group = svgElement("g", { "clip-path": `url(#${clip.parentNode.id})` });
      const grid = svgElement("path", { fill: "none" });
      const zero = svgElement("path", { fill: "none" });
      group.append(grid, zero);
      this.group.append(group);
      this.subplots.set(key, { axes, group, grid, zero, mapping });
    }
    return this.subplots.get(key);
  }

  takeTrace(trace, i) {
    if (trace.visible === false || trace.visible === "legendonly" || (trace.type && trace.type !== "scatter")) return;
    const subplot = this.subplot([trace.xaxis || "x", trace.yaxis || "y"]);
    const { data } = this.panel.spec.figure;
    const f = this.panel.functionOfTrace(i);
    const mode = trace.mode || "lines";
    if (mode.includes("lines")) this.takeLine(trace, subplot, f, data[i]);
    if (mode.includes("markers")) this.takeMarkers(trace, subplot, data[i]);
  }

  takeLine(trace, subplot, f, given) {
    const line = trace.line || {};
    const node = svgElement("path", {
      fill: trace.fill === "toself" ? trace.fillcolor : "none", stroke: line.color, "stroke-width": line.width || 2,
      "stroke-dasharray": DASHES_OF_PLOTLY[line.dash], "stroke-linejoin": "round",
    });
    subplot.group.append(node);
    if (f) {
      this.parts.push(() => {
        const { x, y } = over(f, subplot.mapping, false);
        node.setAttribute("d", pathThrough(x, y, subplot.mapping, FARTHEST_PIXEL));
      });
    } else {
      node.setAttribute("d", pathThrough(decodeArray(given.x), decodeArray(given.y), subplot.mapping));
      this.parts.push(stretching(node, subplot.mapping));
    }
  }

  takeMarkers(trace, subplot, given) {
    const { marker } = trace;
    const [xs, ys] = [decodeArray(given.x), decodeArray(given.y)];
    const at = (list, i) => (Array.isArray(list) ? list[i] : list);
    const nodes = Array.from(xs, (x, i) => {
      const node = svgElement("path", {
        d: symbolPath(SYMBOLS_OF_PLOTLY[at(marker.symbol, i)] || "dot", (at(marker.size, i) || 6) / 2), fill: at(marker.color, i),
        stroke: marker.line ? marker.line.color : "none", "stroke-width": marker.line ? marker.line.width : 0,
      });
      subplot.group.append(node);
      return node;
    });
    this.parts.push(() => nodes.forEach((node, i) => {
      const [x, y] = [subplot.mapping.x(xs[i]), subplot.mapping.y(ys[i])];
      if (Number.isFinite(x) && Number.isFinite(y)) node.setAttribute("transform", `translate(${pixel(x)} ${pixel(y)})`);
      else node.setAttribute("display", "none");
    }));
  }

  /** A line between two places, each in units of its axis or as a share of the subplot. */
  takeShape(shape) {
    if (shape.type !== "line") return;
    const reference = (name, letter) => (name || letter).split(" ");
    const [x, xShare] = reference(shape.xref, "x");
    const [y, yShare] = reference(shape.yref, "y");
    if (x === "paper" || y === "paper") return;
    const { mapping, group } = this.subplot([x, y]);
    const node = svgElement("line", {
      stroke: shape.line.color, "stroke-width": shape.line.width, "stroke-dasharray": DASHES_OF_PLOTLY[shape.line.dash],
    });
    group.append(node);
    const across = (value) => pixel(xShare ? mapping.left + value * mapping.width : mapping.x(value));
    const up = (value) => pixel(yShare ? mapping.top + (1 - value) * mapping.height : mapping.y(value));
    this.parts.push(() => {
      for (const [name, value] of Object.entries({ x1: across(shape.x0), x2: across(shape.x1), y1: up(shape.y0), y2: up(shape.y1) })) {
        node.setAttribute(name, value);
      }
    });
  }

  /** Level lines are stretched as they are: new ones come at rest. */
  takeLevels(axes) {
    const drawn = drawnLevels(this.panel.graph, axes);
    if (!drawn || drawn.childElementCount === 0) return;
    const { group, mapping } = this.subplot(axes);
    const copy = drawn.cloneNode(true);
    copy.style.visibility = "visible";
    copy.querySelectorAll("[clip-path], text").forEach((node) => (node.tagName === "text" ? node.remove() : node.removeAttribute("clip-path")));
    const inner = svgElement("g", { transform: `translate(${mapping.left} ${mapping.top})` }, [copy]);
    const outer = svgElement("g", {}, [inner]);
    group.prepend(outer);
    this.parts.push(stretching(outer, mapping));
  }

  takeAxes() {
    const { graph } = this.panel;
    for (const { axes } of this.subplots.values()) {
      for (const reference of axes) {
        const name = axisName(reference);
        if (this.axes.has(name)) continue;
        const words = svgElement("g");
        this.group.append(words);
        this.axes.set(name, { reference, words, writing: tickWriting(graph, name), full: graph._fullLayout[name] });
      }
    }
    for (const subplot of this.subplots.values()) {
      const { full } = this.axes.get(axisName(subplot.axes[0]));
      subplot.grid.setAttribute("stroke", full.gridcolor);
      subplot.zero.setAttribute("stroke", full.zerolinecolor);
    }
  }

  /** Everything where it is in the present window. */
  draw() {
    const { panel } = this;
    const ticks = new Map([...this.axes].map(([name, axis]) => [name, ticksOf(axis.full, panel.offsets[name])]));
    for (const { axes, mapping, grid, zero } of this.subplots.values()) {
      const across = ticks.get(axisName(axes[0])).map(({ at }) => pixel(mapping.xScale * at + mapping.xShift));
      const up = ticks.get(axisName(axes[1])).map(({ at }) => pixel(mapping.yScale * at + mapping.yShift));
      const { left, top, width, height } = mapping;
      grid.setAttribute("d", across.map((x) => `M${x} ${top}v${height}`).join("") + up.map((y) => `M${left} ${y}h${width}`).join(""));
      const [x, y] = [mapping.x(0), mapping.y(0)];
      zero.setAttribute("d", (Number.isFinite(x) ? `M${pixel(x)} ${top}v${height}` : "") + (Number.isFinite(y) ? `M${left} ${pixel(y)}h${width}` : ""));
    }
    for (const [name, axis] of this.axes) this.write(axis, ticks.get(name));
    for (const part of this.parts) part();
  }

  /** The numbers along an axis. */
  write({ reference, words, writing, full }, ticks) {
    if (!writing) return;
    while (words.childElementCount < ticks.length) {
      words.append(svgElement("text", { style: writing.style, "text-anchor": writing.anchor, "dominant-baseline": "auto" }));
    }
    while (words.childElementCount > ticks.length) words.lastChild.remove();
    const across = reference[0] === "x";
    ticks.forEach(({ at, text }, i) => {
      const node = words.children[i];
      const along = full._offset + full._m * at + full._b;
      setText(node, text);
      node.setAttribute("x", pixel(across ? along : writing.across));
      node.setAttribute("y", pixel(across ? writing.across : along + 0.35 * full.tickfont.size));
    });
  }

  remove() {
    for (const node of this.aside) node.style.visibility = "";
    this.group.remove();
  }
}

/** Keeps what was drawn in pixels over its place: a line's width is not stretched with it (see the style sheet). */
function stretching(node, mapping) {
  const first = Object.assign(new Mapping(), mapping);
  return () => {
    const [across, up] = [mapping.xScale / first.xScale, mapping.yScale / first.yScale];
    const shift = [mapping.xShift - across * first.xShift, mapping.yShift - up * first.yShift];
    node.setAttribute("transform", `matrix(${across} 0 0 ${up} ${shift[0]} ${shift[1]})`);
  };
}

/** The function that a trace shows, as the scene tells it, with the breaks that are known. @returns {object|null} */
export function tracedFunction(trace, functions) {
  const { meta } = trace;
  const tape = meta && meta.function && functions && functions[meta.function];
  return tape ? { valueAt: functionOf(tape), gaps: meta.gaps || [] } : null;
}

/** Its points over a window: while that moves fewer than where it stands still. */
export function over(f, mapping, still) {
  return sampled(f.valueAt, mapping, f.gaps, still ? RESTING_SAMPLES : MOVING_SAMPLES);
}

/** Moves axes at once, without Plotly's drawing them anew. */
export function shiftAxes(graph, ranges) {
  for (const [name, range] of Object.entries(ranges)) shiftAxis(graph, name, range);
}
