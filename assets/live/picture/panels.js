// A panel: a still Plotly picture, the moving layer above it, and the handles.
import { axisName, axisRanges, decodeArray, Mapping, readMapping, writtenBoxes } from "../document/adapter.js";
import { carriedOver } from "../document/carried.js";
import { element, freshId, placeIn, setAttribute, setShown, svgElement } from "../document/dom.js";
import { listenToFingers } from "../document/finger.js";
import { Follower, Keeper } from "./follow.js";
import { calledTo, handleMeant } from "../controls/handles.js";
import { LabelRoom } from "../marks/labels.js";
import { makeMark } from "../marks/marks.js";
import { over, tracedFunction } from "./moving.js";
import { makeReveal } from "../marks/reveals.js";
import { handlesOf } from "../controls/row_handle.js";
import { KEYS_TOLD, Steering } from "./steering.js";
import { enlarged, fullLine, plot, resampled, scatterOn, withinReach } from "./still.js";
import { resolveColours } from "../document/theme.js";
import { listenToWheel, zoomAboutMouse, zoomAboutPoint } from "./zooming.js";

/** Ends of an axis that are nearer than this share of its length are the same: zoomed in and out again. */
const SAME_RANGE = 1e-6;

export class Panel {
  constructor(spec, figure) {
    this.figure = figure;
    this.graph = element("div", { class: "live-panel__graph" });
    this.layers = [0, 1].map(() => svgElement("svg", { class: "live-panel__layer", "aria-hidden": "true" }));
    this.layer = element("div", { class: "live-panel__handles" });
    this.node = element("div", { class: "live-panel", "data-panel": spec.name, role: "group", tabindex: "0", "aria-description": KEYS_TOLD }, [this.graph, this.layers[0], element("div", { class: "live-panel__front" }, [this.layers[1], this.layer])]);
    this.subplots = new Map();
    this.follower = new Follower(this);
    this.keeper = new Keeper(this);
    this.drawn = "";
    this.putAway = { revision: "", traces: [] };
    this.handles = [];
    this.tapped = -1;
    this.steering = new Steering(this, (place) => this.tappedTwice(place));
    listenToFingers(this.node, {
      wants: (event) => { this.wanted = this.meant(event); return this.wanted !== null; },
      take: (event) => this.wanted.grab(event, this.node), rests: () => this.wanted.everyWay, meets: (event) => this.wanted.meets(...placeIn(this.layer, event)),
    });
    this.node.addEventListener("click", (event) => this.jump(event));
    this.node.addEventListener("touchstart", (event) => event.stopPropagation(), { capture: true, passive: true });
    listenToWheel(this.node, (factor, place) => this.zoom(factor, place), () => this.figure.presenting);
    this.describe(spec);
    this.zoomed = carriedOver(this);
  }

  describe(spec) {
    this.spec = spec;
    this.node.setAttribute("aria-label", spec.label);
    this.node.style.setProperty("--live-height", `${spec.height}px`);
    this.node.style.setProperty("--live-height-narrow", `${spec.height_narrow || Math.round(0.6 * spec.height)}px`);
    this.node.style.setProperty("--live-share", spec.share || 1);
    this.appear();
    const picture = JSON.stringify(spec.figure);
    if (picture !== this.picture) this.drawn = "";
    this.picture = picture;
    const written = JSON.stringify(spec);
    if (written === this.written && this.quantities === this.figure.state.quantities) return;
    this.written = written;
    this.quantities = this.figure.state.quantities;
    this.buildLayer();
    for (const one of [this.follower, this.keeper]) one.describe(this.figure.state.quantities);
  }

  /** The subplot of a pair of axes: its mapping and its clip. */
  subplot(axes) {
    const key = axes.join("|");
    let subplot = this.subplots.get(key);
    if (!subplot) {
      const id = freshId("clip");
      const clip = svgElement("rect");
      const [quiet, group] = this.layers.map((layer) => layer.appendChild(svgElement("g", { "clip-path": `url(#${id})` })));
      quiet.before(svgElement("clipPath", { id }, [clip]));
      subplot = { axes, clip, quiet, group, mapping: new Mapping(this.spec.apart ? new LabelRoom() : null), drawn: false };
      this.subplots.set(key, subplot);
    }
    return subplot;
  }

  buildLayer() {
    for (const layer of [...this.layers, this.layer]) layer.replaceChildren();
    this.subplots.clear();
    this.marks = this.spec.marks.map((spec) => this.buildMark(spec, this.figure.state));
    this.handles = handlesOf(this);
    this.handles.forEach((handle) => this.subplot(handle.spec.axes));
  }

  buildMark(spec, state) {
    const ghost = spec.type === "ghost";
    const source = ghost ? { ...this.spec.marks[spec.of], toggle: spec.toggle || this.spec.marks[spec.of].toggle, opacity_of_all: 0.3 } : spec;
    let mark;
    if (source.type === "reveal") {
      const trace = this.spec.figure.data[source.trace];
      const f = this.functionOfTrace(source.trace);
      mark = makeReveal(source, { x: decodeArray(trace.x), y: decodeArray(trace.y) }, f && ((mapping) => over(f, mapping, this.moving === null)));
    } else {
      mark = makeMark(source, ghost ? state.ghost : state.quantities, state.controls);
    }
    const subplot = this.subplot(source.axes);
    const { quiet, group } = subplot;
    // What is dear to draw and seldom changes lies in a layer below the rest, and is drawn again only with its like.
    (source.beside ? this.layers.at(-1) : mark.seldom && group.childElementCount === 0 ? quiet : group).append(mark.group);
    return { mark, spec: source, subplot, ghost };
  }

  /** Draws or redraws the still picture; zoom and hidden legend entries stay as long as the scene's id does. */
  draw() {
    const { colours, theme, state } = this.figure;
    if (!this.seen) return;
    const figure = this.spec.figure;
    const written = JSON.stringify([theme, this.figure.present.projected, state.scene.id, this.node.clientWidth, this.node.clientHeight]);
    if (written !== this.drawn) {
      const { projected } = this.figure.present;
      // From nothing every time: axes of equal scale and margins would depend on the picture that stood before.
      if (this.graph._fullLayout) this.takeDown();
      this.drawn = written;
      const away = this.putAway.revision === this.revision() ? this.putAway.traces : [];
      const data = resolveColours(figure.data, colours).map((trace, i) => (
        fullLine({ ...trace, visible: away.includes(i) && this.traceShown(i) ? "legendonly" : this.traceShown(i) }, projected)));
      const layout = {
        ...(projected ? enlarged : (same) => same)(resolveColours(figure.layout, colours), this.node.clientHeight),
        width: this.node.clientWidth, height: this.node.clientHeight, autosize: false, dragmode: false,
      };
      for (const [name, range] of Object.entries(this.heldRanges())) layout[name] = { ...layout[name], range };
      for (const [name, range] of Object.entries(this.chosenRanges)) layout[name] = { ...layout[name], range };
      const lines = this.pageKnowsWindow ? data : resampled(data, layout, (i) => this.functionOfTrace(i));
      this.offsets = plot(this.graph, withinReach(lines, layout), layout);
      this.shownRevision = this.revision();
      this.listen();
    }
    for (const { mark } of this.marks) mark.paint(colours, this.figure.present.projected);
    this.layout();
  }

  /**
   * Zoom and hidden legend entries are kept as long as the same thing is explored in the same window; where that is the
   * learner's own to move, until the page sets another.
   */
  revision() {
    const { id, frame, turn } = this.figure.state.scene;
    if (frame && frame.panel === this.spec.name) return JSON.stringify([id, turn]);
    const windows = Object.entries(this.spec.figure.layout).filter(([name]) => /^[xy]axis/.test(name));
    return JSON.stringify([id, windows.map(([name, axis]) => [name, axis.range])]);
  }

  listen() {
    const moved = () => { this.layout(); this.figure.request(); };
    for (const event of ["plotly_afterplot", "plotly_relayout"]) this.graph.on(event, moved);
  }

  /** The ranges that the learner chose, or an empty object. */
  get chosenRanges() {
    return this.zoomed && this.zoomed.revision === this.revision() ? this.zoomed.ranges : {};
  }

  /** Whether the lines of the picture were made for the window that is shown. */
  get pageKnowsWindow() {
    const { scene, window: seen } = this.figure.state;
    return Object.keys(this.chosenRanges).length === 0 || Boolean(scene.frame) && JSON.stringify(scene.frame.seen) === JSON.stringify(seen);
  }

  /** @param {Object<string, [number, number]>} ranges that the learner chose */
  choose(ranges) {
    this.zoomed = { revision: this.revision(), ranges: { ...this.chosenRanges, ...ranges } };
  }

  /** The function that a trace shows, where the scene tells it. */
  functionOfTrace(index) {
    return tracedFunction(this.spec.figure.data[index], this.figure.state.scene.functions);
  }

  traceShown(index) {
    const trace = this.spec.figure.data[index];
    const meta = trace.meta || {};
    return meta.toggle ? this.figure.state.shows(meta.toggle) : trace.visible === undefined ? true : trace.visible;
  }

  /** The ranges of axes that have more to hold: while some trace is switched on, whether it is or not, and at rest. */
  heldRanges(isShown = (i) => this.traceShown(i)) {
    const held = this.keeper.read ? { yaxis: this.keeper.range || this.spec.figure.layout.yaxis.range } : {};
    this.spec.figure.data.forEach((trace, i) => {
      const wanted = trace.meta && trace.meta.range;
      if (!wanted) return;
      const name = axisName(trace.yaxis || "y");
      const [low, high] = held[name] || this.spec.figure.layout[name].range;
      held[name] = isShown(i) ? [Math.min(low, wanted[0]), Math.max(high, wanted[1])] : [low, high];
    });
    return held;
  }

  /** Of these ranges the ones whose axes stand as the picture set them: a switch leaves the learner's own zoom alone. */
  untouched(ranges) {
    const now = axisRanges(this.graph);
    const set = this.heldRanges((i) => Boolean(this.graph.data[i]) && this.graph.data[i].visible === true);
    const stands = ([low, high], held) => [low - held[0], high - held[1]].every((off) => Math.abs(off) <= SAME_RANGE * (high - low));
    return Object.fromEntries(Object.entries(ranges).filter(([name]) => now[name] && stands(set[name], now[name])));
  }

  /** Reads the axes anew after a zoom, a new size or a new picture. */
  layout() {
    if (!this.moving) {
      for (const layer of this.layers) for (const side of ["Width", "Height"]) setAttribute(layer, side.toLowerCase(), this.node[`client${side}`]);
    }
    for (const subplot of this.subplots.values()) {
      subplot.drawn = readMapping(this.graph, subplot.axes, subplot.mapping);
      const { left, top, width, height } = subplot.mapping;
      for (const [name, value] of Object.entries({ x: left, y: top, width, height })) subplot.clip.setAttribute(name, value);
    }
    const shown = this.spec.figure.data.filter((_, i) => this.traceShown(i) === true);
    for (const { axes, mapping } of this.subplots.values()) if (mapping.room) mapping.room.stand(scatterOn(shown, axes), this.moving ? mapping.room.written : writtenBoxes(this.graph), mapping);
    for (const { mark, subplot } of this.marks) if (mark.layout && subplot.drawn) mark.layout(subplot.mapping);
    this.figure.alignControls(this);
  }

  /** What the layer draws of the picture while its window moves, else null. */
  get moving() { return this.steering.moving; }

  get seen() {
    return !this.node.hidden && this.node.clientWidth > 0;
  }

  /** One that is hidden is taken down, and drawn anew when it is seen: nothing can be measured in it. */
  appear() {
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
    if (this.node.hidden && this.graph._fullLayout) this.takeDown();
  }

  /** Nothing is drawn any more; what the learner has put away by the legend is kept for the next time. */
  takeDown() {
    this.steering.stop();
    const traces = this.graph.data.flatMap((trace, i) => (trace.visible === "legendonly" ? [i] : []));
    this.putAway = { revision: this.shownRevision, traces };
    window.Plotly.purge(this.graph);
    this.drawn = "";
    for (const subplot of this.subplots.values()) subplot.drawn = false;
  }

  /** Switched traces cost a redraw, so only when a switch moved. A panel that appears is drawn with them. */
  switchTraces() {
    this.appear();
    const [changed, shown] = [[], []];
    (this.graph.data || []).forEach((trace, i) => {
      const now = this.traceShown(i);
      if (trace.meta && trace.meta.toggle && trace.visible !== now) {
        changed.push(i);
        shown.push(now);
      }
    });
    if (changed.length === 0) return;
    const ranges = changed.some((i) => this.spec.figure.data[i].meta.range) ? this.untouched(this.heldRanges()) : {};
    // They stand as the picture set them: it sets them again.
    if (this.zoomed) for (const name of Object.keys(ranges)) delete this.zoomed.ranges[name];
    if (this.moving) return this.steering.rest();
    const axes = Object.fromEntries(Object.entries(ranges).map(([name, range]) => [`${name}.range`, range]));
    window.Plotly.update(this.graph, { visible: shown }, axes, changed);
  }

  update() {
    const { state } = this.figure;
    if (this.moving) this.moving.draw();
    for (const { mapping } of this.subplots.values()) if (mapping.room) mapping.room.clear();
    // Words keep off what is held: its place is known before theirs.
    for (const handle of this.handles) if (this.subplot(handle.spec.axes).drawn) handle.update(this.subplot(handle.spec.axes).mapping);
    for (const { mark, spec, subplot, ghost } of this.marks) {
      if (!subplot.drawn) continue;
      const toggled = state.shows(spec.toggle) && (!ghost || state.before !== null);
      if (spec.type === "reveal") mark.update(subplot.mapping, toggled, state.seenOf(spec.upto));
      else mark.update(subplot.mapping, toggled);
    }
    for (const one of [this.follower, this.keeper]) one.update();
  }

  get carriedName() {
    return `panel/${this.spec.name}`;
  }

  /** What a page that is loaded anew needs to look the same. */
  carried() {
    return this.zoomed;
  }

  /** The handle that a finger means which comes down on the picture: sideways it moves the point, else it scrolls the page. */
  meant(event) {
    if (event.target.closest(".live-handle, .live-sketch__sheet, button, a, input")) return null;
    return handleMeant(this.handles, ...placeIn(this.layer, event));
  }

  /** A click on a marked place of the curve goes there. */
  jump(event) {
    if (event.target.closest(".live-handle, .live-sketch__sheet, button, a, input")) return;
    const [x, y] = placeIn(this.layer, event);
    for (const handle of this.handles) {
      const value = handle.markedAt(x, y, this.subplot(handle.spec.axes).mapping);
      if (value !== null) {
        this.figure.state.assign({ [handle.control.name]: value });
        this.figure.focusControl(handle.control.name);
        return;
      }
    }
    this.placeAt(x, y, event.altKey);
  }

  /** A click on the curve brings the nearest of its points there; in a plane, where a point goes every way, any click does. */
  placeAt(x, y, free) {
    const { state } = this.figure;
    const called = calledTo(this.handles, x, y, (handle) => this.subplot(handle.spec.axes).mapping, state.scene.follows);
    if (called === null) return;
    called.handle.call(...called.at, free);
    if (!state.letGo()) state.release();
    this.tapped = state.seq;
  }

  /** A new point or house where the learner's own are shown, else the views as they were; the first of two taps meant no place on a curve. */
  tappedTwice(place) {
    if (this.tapped === this.figure.state.seq) this.figure.state.undo();
    const { rows, list, framing } = this.figure;
    if (!rows.tapped(this, place) && !list.tapped(this, place)) framing.reset();
  }

  zoom(factor, place = null) {
    if (!this.graph._fullLayout) return;
    this.steering.moveTo(place ? zoomAboutMouse(this, factor, place) : zoomAboutPoint(this, factor));
  }

  /** The view as it was at first: drawn anew, since axes of equal scale do not come back exactly by their ranges. */
  resetView() {
    const { frame } = this.figure.state.scene;
    if (!this.zoomed && !this.moving && !(frame && frame.seen)) return;
    // The page's window may be one that the learner had chosen: the way back is farther.
    const home = frame && frame.seen && frame.panel === this.spec.name ? { xaxis: frame.home.slice(0, 2), yaxis: frame.home.slice(2) } : null;
    this.zoomed = home && { revision: this.revision(), ranges: home };
    if (!this.graph._fullLayout) return;
    this.takeDown();
    this.draw();
    this.figure.request();
  }

  remove() {
    if (this.graph._fullLayout) this.takeDown();
    this.node.remove();
  }
}
