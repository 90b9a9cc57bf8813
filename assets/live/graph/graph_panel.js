// A panel that draws a graph: boxes and wires as one SVG group under one transform, with live texts in them.
import { carriedOver } from "../document/carried.js";
import { element, setShown, setWords, svgElement } from "../document/dom.js";
import { listenToHands } from "../picture/gestures.js";
import { GraphBoxes } from "./graph_boxes.js";
import { GraphEdges } from "./graph_edges.js";
import { listenToWheel } from "../picture/zooming.js";

/** A panel narrower than this (px) shows the tall layout: the flow goes down. */
const NARROW_GRAPH = 640;

/**
 * Scales at which a graph is shown whole, the smallest and the largest: on a desk or in the hand, and on a wall; and the
 * ones at which a graph that is too large for that anyway is walked along: its texts are as large as ticks, on a wall as
 * large as there is room across the flow, and its numbers 15 px at least.
 */
const [GRAPH_SCALES, GRAPH_SCALES_ON_WALL, GRAPH_FOLLOWED, GRAPH_FOLLOWED_ON_WALL] = [[0.72, 1.3], [0.9, 3], 0.9, [0.75, 1.4]];

/**
 * What is said of a box takes so much of the height (px). It is kept free below the boxes, in the wide and in the tall
 * layout; on a wall it is not: there the words stand where they lie over less of the lit ways, at the foot or at the top.
 */
const [GRAPH_SAID, GRAPH_SAID_TALL, GRAPH_SAID_ON_WALL] = [32, 54, 66];

/** While the present box stands so far from the edges (in parts of the panel), the view stays. */
const GRAPH_IN_VIEW = 0.2;

/** Scales that the learner can reach, and what a key moves or zooms. */
const [GRAPH_FARTHEST, GRAPH_NEAREST, GRAPH_KEY_PAN, GRAPH_KEY_ZOOM] = [0.2, 4, 60, 1.25];

const GRAPH_EDGE = 12;

/** So much of the panel a press at its edge goes on. */
const GRAPH_ONWARD = 0.7;

/** No text reaches farther from its place than this (px). */
const GRAPH_REACH = 64;

const GRAPH_KEYS_TOLD = "Arrow keys move the graph, plus and minus zoom, 0 brings it back. Each box is a button that lights its ways to the output.";

export class GraphPanel {
  constructor(spec, figure) {
    this.figure = figure;
    this.subplots = new Map();
    this.handles = [];
    this.moving = null;
    this.world = svgElement("g");
    this.svg = svgElement("svg", { class: "live-panel__layer live-graph" }, [this.world]);
    this.layers = [this.svg];
    this.edges = new GraphEdges((axis, way) => this.goOn(axis, way));
    this.says = element("p", { class: "live-graph__says", "aria-live": "polite" });
    this.node = element("div", {
      class: "live-panel live-panel--graph", "data-panel": spec.name, role: "group", tabindex: "0", "aria-description": GRAPH_KEYS_TOLD,
    }, [this.svg, this.says, ...this.edges.nodes]);
    listenToHands(this.node, { drag: (from, to, factor) => this.drag(from, to, factor), drop: () => { this.start = null; }, reset: () => this.resetView() });
    listenToWheel(this.node, (factor, place) => this.zoom(factor, place), () => figure.presenting);
    this.node.addEventListener("keydown", (event) => this.press(event));
    this.start = null;
    this.size = [0, 0];
    this.describe(spec);
    /** Where the learner has put the graph; null while it stands of itself. */
    this.view = carriedOver(this);
  }

  describe(spec) {
    const { state } = this.figure;
    this.spec = spec;
    this.node.setAttribute("aria-label", spec.label);
    this.node.style.setProperty("--live-height", `${spec.height}px`);
    this.node.style.setProperty("--live-height-narrow", `${spec.height_narrow || spec.height}px`);
    this.node.style.setProperty("--live-share", spec.share || 1);
    setShown(this.node, state.shows(spec.toggle));
    const written = JSON.stringify(spec.graph);
    if (written === this.written && this.quantities === state.quantities) return;
    this.written = written;
    this.quantities = state.quantities;
    this.boxes = new GraphBoxes(spec.graph, state, () => this.figure.request());
    this.world.replaceChildren(...this.boxes.nodes);
    this.placed = "";
    this.tall = null;
    this.view = null;
    if (this.figure.colours) this.draw();
  }

  /** Places and paints everything for the present size and theme. */
  draw() {
    if (this.node.hidden || this.node.clientWidth === 0) return;
    const { clientWidth: width, clientHeight: height } = this.node;
    // Asked once: between two texts of a state the answer would cost a layout.
    this.size = [width, height];
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", height);
    const tall = this.figure.state.onPaper ? this.fits(this.spec.graph.tall) > this.fits(this.spec.graph.wide) : width < NARROW_GRAPH;
    if (tall !== this.tall) {
      this.boxes.place(tall);
      this.view = null;
    }
    this.tall = tall;
    this.boxes.paint(this.figure.colours);
    this.update();
  }

  switchTraces() {
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
  }

  update() {
    if (this.node.hidden || this.tall === null) return;
    this.show((!this.figure.state.onPaper && this.view) || this.ownView());
    const { held } = this.figure.state;
    this.boxes.update(held === null ? () => true : (spot) => this.isSeen(spot));
    setWords(this.says, this.boxes.words());
    this.says.classList.toggle("live-graph__says--above", this.saysAbove());
  }

  /** Whether what is said of the lit box hides less of its ways at the top of the panel than at the foot. */
  saysAbove() {
    const { scale, y } = this.shown;
    const [top, foot] = [0, this.size[1] - this.said].map((edge) => this.boxes.litBetween((edge - y) / scale, (edge + this.said - y) / scale));
    return top < foot;
  }

  /** Whether a text that stands there may be in sight; while something is dragged the others wait until it is let go. */
  isSeen(spot) {
    const { scale, x, y } = this.shown;
    return [x, y].every((start, axis) => {
      const at = start + scale * spot[axis];
      return at > -scale * GRAPH_REACH && at < this.size[axis] + scale * GRAPH_REACH;
    });
  }

  show({ scale, x, y }) {
    const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(4)})`;
    const placed = `${transform} in ${this.size} ${this.tall}`;
    this.shown = { scale, x, y };
    if (this.placed === placed) return;
    this.placed = placed;
    this.world.setAttribute("transform", transform);
    const seen = this.figure.state.onPaper ? [] : this.boxes.spots(this.tall);
    this.edges.update(seen.map((spot) => [x + scale * spot[0], y + scale * spot[1]]), this.size);
  }

  /** Most of a panel farther along an axis, towards its beginning or its end, but not beyond the graph. */
  goOn(axis, way) {
    const { scale, x, y } = this.shown;
    const size = scale * this.spec.graph[this.tall ? "tall" : "wide"][axis];
    const to = [x, y][axis] + way * GRAPH_ONWARD * this.size[axis];
    const end = Math.min(Math.max(to, this.room()[axis] + GRAPH_EDGE - size), GRAPH_EDGE);
    this.view = { scale, x: axis === 0 ? end : x, y: axis === 1 ? end : y };
    this.figure.request();
  }

  /** The scale at which a layout is seen whole. @param {[number, number]} layout its width and height */
  fits([width, height]) {
    const [across, down] = this.room();
    return Math.min(across / width, down / height);
  }

  /** How much of the height what is said of a box takes (px). */
  get said() {
    if (this.figure.present.projected) return GRAPH_SAID_ON_WALL;
    return this.tall ? GRAPH_SAID_TALL : GRAPH_SAID;
  }

  /** What a graph may take of the panel: on paper nothing is said of a box, and on a wall it is said over some. */
  room() {
    const said = this.figure.state.onPaper || this.figure.present.projected ? 0 : this.said;
    return [this.size[0] - 2 * GRAPH_EDGE, this.size[1] - 2 * GRAPH_EDGE - said];
  }

  /** The whole graph in the middle, on paper as small as it takes; where it has no room that can be read, the view starts at the letters and follows the box that is computed now. */
  ownView() {
    const [width, height] = this.tall ? this.spec.graph.tall : this.spec.graph.wide;
    const room = this.room();
    const { projected } = this.figure.present;
    const [smallest, largest] = projected ? GRAPH_SCALES_ON_WALL : GRAPH_SCALES;
    const whole = Math.min(this.fits([width, height]), largest);
    const [least, most] = GRAPH_FOLLOWED_ON_WALL;
    const followed = projected ? Math.min(Math.max(this.tall ? room[0] / width : room[1] / height, least), most) : GRAPH_FOLLOWED;
    const scale = whole >= smallest || this.figure.state.onPaper ? whole : followed;
    const now = this.boxes.present();
    const former = this.shown && this.shown.scale === scale ? [this.shown.x, this.shown.y] : null;
    const [x, y] = [0, 1].map((axis) => {
      const size = scale * [width, height][axis];
      if (size <= room[axis] + 1) return GRAPH_EDGE + (room[axis] - size) / 2;
      const middle = scale * now[axis];
      const stands = former ? (former[axis] + middle) / this.size[axis] : 0;
      const start = stands > GRAPH_IN_VIEW && stands < 1 - GRAPH_IN_VIEW ? GRAPH_EDGE - former[axis] : middle - room[axis] / 2;
      return GRAPH_EDGE - Math.min(Math.max(start, 0), size - room[axis]);
    });
    return { scale, x, y };
  }

  /** What stood under the hand when it came down stays under it. */
  drag(from, to, factor) {
    if (this.start === null) this.start = this.shown;
    this.move(this.start, from, to, factor);
  }

  move(start, from, to, factor) {
    const scale = Math.min(Math.max(start.scale / factor, GRAPH_FARTHEST), GRAPH_NEAREST);
    const [x, y] = ["x", "y"].map((axis, i) => to[i] - ((from[i] - start[axis]) * scale) / start.scale);
    this.view = { scale, x, y };
    this.figure.request();
  }

  zoom(factor, place = this.size.map((one) => one / 2)) {
    if (this.shown) this.move(this.shown, place, place, factor);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== this.node) {
      if (!this.boxes.press(event)) return;
    } else {
      const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (way) this.move(this.shown, [0, 0], way.map((part) => part * GRAPH_KEY_PAN), 1);
      else if (event.key === "+" || event.key === "=") this.zoom(1 / GRAPH_KEY_ZOOM);
      else if (event.key === "-" || event.key === "\u2212") this.zoom(GRAPH_KEY_ZOOM);
      else if (event.key === "0") this.resetView();
      else return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  resetView() {
    this.view = null;
    this.figure.request();
  }

  get carriedName() {
    return `panel/${this.spec.name}`;
  }

  /** What a page that is loaded anew needs to look the same. */
  carried() {
    return this.view;
  }

  remove() {
    this.node.remove();
  }
}
