// A panel in three dimensions: a still surface, small traces that move over it, and a camera that is the learner's own.
import { fitCamera, fromAfar } from "./camera.js";
import { carriedOver } from "../document/carried.js";
import { element, setShown, svgElement } from "../document/dom.js";
import { listenToFingers } from "../document/finger.js";
import { PRESENT_SCALE } from "../document/type.js";
import { coarsen, lighten, moveTraces, readBox, readCamera, releaseSpace, SpaceBox } from "./space_adapter.js";
import { makeSpaceMark } from "./space_marks.js";
import { resolveColours } from "../document/theme.js";
import { listenToWheel } from "../picture/zooming.js";

const SPACE_CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false, showTips: false };

/**
 * Two frames of the screen should be over within SLOW_SPACE ms of a redraw. Where they are not (no graphics card), few of a
 * drag's frames are given to space, so that all else stays under the finger: one after each rest, or when the hand pauses.
 * After MANY_SLOW of them in a row space is drawn with fewer pixels.
 */
const SLOW_SPACE = 45;
const SPACE_REST = 500;
const SPACE_PAUSE = 100;
const SPACE_PATIENCE = 400;
/** Who holds still is often about to let go, and the message would wait behind the frame. */
const SPACE_HELD_PAUSE = 600;
const MANY_SLOW = 2;

/** Cameras by page and panel: they outlive the panel, for whoever comes back to it. */
const cameras = new Map();

export class SpacePanel {
  constructor(spec, figure) {
    this.figure = figure;
    this.graph = element("div", { class: "live-panel__graph" });
    this.svg = svgElement("svg", { class: "live-panel__layer", "aria-hidden": "true" });
    this.layers = [this.svg];
    this.node = element("div", { class: "live-panel live-panel--space", "data-panel": spec.name, role: "group" }, [this.graph]);
    this.node.addEventListener("touchstart", (event) => event.stopPropagation(), { passive: true });
    const turns = listenToFingers(this.node, { wants: () => true, take: () => this.node.classList.add("live-panel--held"), rests: () => true });
    // Plotly turns the camera with any finger, and keeps the page from scrolling.
    this.node.addEventListener("touchmove", (event) => { if (!turns()) event.stopPropagation(); }, { capture: true, passive: true });
    for (const name of ["touchend", "touchcancel"]) this.node.addEventListener(name, () => this.letGo());
    this.subplots = new Map();
    this.handles = [];
    this.box = new SpaceBox();
    this.drawn = "";
    this.rest = 0;
    this.slow = 0;
    this.asked = 0;
    this.held = false;
    listenToWheel(this.node, (factor) => this.zoom(factor), () => this.figure.presenting);
    this.describe(spec);
  }

  describe(spec) {
    const { state } = this.figure;
    this.spec = spec;
    this.node.setAttribute("aria-label", spec.label);
    this.node.style.setProperty("--live-height", `${spec.height}px`);
    this.node.style.setProperty("--live-height-narrow", `${spec.height_narrow || Math.round(0.6 * spec.height)}px`);
    this.node.style.setProperty("--live-share", spec.share || 1);
    setShown(this.node, state.shows(spec.toggle));
    this.marks = spec.marks.map((mark) => ({ spec: mark, mark: makeSpaceMark(mark, state.quantities) }));
    this.described = true;
  }

  get cameraKey() {
    return `${this.figure.state.scene.page}/${this.spec.name}`;
  }

  /** Draws or redraws the whole picture; the camera stays where it is. */
  draw() {
    const { colours, theme, state, present: { projected } } = this.figure;
    if (this.node.hidden || this.node.clientWidth === 0) return;
    const { figure } = this.spec;
    const written = JSON.stringify([theme, projected, state.scene.id, figure, this.node.clientWidth, this.node.clientHeight]);
    if (written === this.drawn && !this.described) return;
    this.drawn = written;
    this.described = false;
    const still = resolveColours(figure.data, colours).map((trace, i) => ({ ...trace, visible: this.traceShown(i) }));
    const layout = resolveColours(figure.layout, colours);
    const carried = carriedOver(this);
    if (carried) cameras.set(this.cameraKey, carried);
    const camera = cameras.get(this.cameraKey) || this.firstCamera;
    const size = projected ? PRESENT_SCALE.tick : undefined;
    const axes = Object.fromEntries(["xaxis", "yaxis", "zaxis"].map((name) => [name, size
      ? { ...layout.scene[name], tickfont: { size }, title: { ...layout.scene[name].title, font: { ...layout.scene[name].title.font, size: PRESENT_SCALE.label } } }
      : layout.scene[name]]));
    [this.box.low, this.box.high] = layout.scene.zaxis.range;
    this.marks.forEach(({ mark, spec }) => mark.update(this.box, this.shows(spec)));
    const moving = this.marks.map(({ mark }) => Object.assign(resolveColours({ ...mark.trace, x: null, y: null, z: null }, colours),
      { x: mark.trace.x, y: mark.trace.y, z: mark.trace.z }));
    window.Plotly.react(this.graph, [...still, ...moving], {
      ...layout, scene: { ...layout.scene, ...axes, camera, uirevision: "camera" },
      width: this.node.clientWidth, height: this.node.clientHeight, autosize: false,
    }, SPACE_CONFIG);
    lighten(this.graph);
    this.first = still.length;
    if (!this.listening) this.listen();
    this.move();
  }

  /** The camera that the learner has turned. One that nobody touched suits the panel's proportions, which may change. */
  keepCamera() {
    const camera = readCamera(this.graph);
    if (camera && !this.resetting) cameras.set(this.cameraKey, camera);
  }

  /** A finger that had taken hold has turned the camera; one that scrolled has not. */
  letGo() {
    if (!this.node.classList.contains("live-panel--held")) return;
    this.node.classList.remove("live-panel--held");
    this.keepCamera();
  }

  listen() {
    this.listening = true;
    this.graph.on("plotly_relayouting", () => { this.keepCamera(); this.move(); });
    this.graph.on("plotly_relayout", () => { this.keepCamera(); this.figure.request(); });
  }

  shows(mark) {
    return this.figure.state.shows(mark.toggle);
  }

  traceShown(index) {
    const { meta, visible } = this.spec.figure.data[index];
    return meta && meta.toggle ? this.figure.state.shows(meta.toggle) : visible === undefined ? true : visible;
  }

  switchTraces() {
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
    const changed = (this.graph.data || []).slice(0, this.first).map((_, i) => i)
      .filter((i) => this.graph.data[i].visible !== this.traceShown(i));
    if (changed.length > 0) window.Plotly.restyle(this.graph, { visible: changed.map((i) => this.traceShown(i)) }, changed);
  }

  /** Shows the marks where they are now, or later where that takes long: what was let go waits for the page's answer. */
  update() {
    this.asked += 1;
    if (this.node.hidden || this.described || !this.graph._fullLayout || this.rest === Infinity) return;
    const held = this.figure.state.held !== null;
    if (held && !this.held && this.slow > 0) this.rest = performance.now() + SPACE_REST;
    this.held = held;
    if (this.slow > 0 && (!held || performance.now() < this.rest)) this.showInPause(this.asked);
    else this.show();
  }

  /**
   * A pause is one without a frame that asks for more and without an answer that is still on its way; a page that was busy
   * with its last frame has not paused.
   */
  showInPause(asked, patience = SPACE_PATIENCE) {
    const paused = () => {
      if (asked !== this.asked || !this.node.isConnected) return;
      if (patience > 0 && !this.figure.answered) this.showInPause(asked, patience - SPACE_PAUSE);
      else this.show();
    };
    const pause = this.held ? SPACE_HELD_PAUSE : SPACE_PAUSE;
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(paused)), pause);
  }

  /** Moves the marks and finds out how long the browser takes to show it. */
  show() {
    const start = performance.now();
    if (!this.move()) return;
    if (this.slow >= MANY_SLOW) coarsen(this.graph);
    this.rest = Infinity;
    const shown = () => {
      const took = performance.now() - start;
      this.slow = took > SLOW_SPACE ? this.slow + 1 : 0;
      this.rest = this.slow ? performance.now() + Math.max(SPACE_REST, 2 * took) : 0;
      if (this.node.isConnected) this.update();
    };
    requestAnimationFrame(() => requestAnimationFrame(shown));
  }

  /** @returns {boolean} whether any mark moved */
  move() {
    if (!readBox(this.graph, this.box)) return false;
    const moved = [];
    this.marks.forEach(({ mark, spec }, i) => { if (mark.update(this.box, this.shows(spec))) moved.push(this.first + i); });
    if (moved.length > 0) moveTraces(this.graph, moved);
    return moved.length > 0;
  }

  get carriedName() {
    return `panel/${this.spec.name}`;
  }

  /** What a page that is loaded anew needs to look the same. */
  carried() {
    return cameras.get(this.cameraKey) || null;
  }

  get firstCamera() {
    const { camera, aspectratio } = this.spec.figure.layout.scene;
    return fitCamera(camera, aspectratio, this.node.clientWidth, this.node.clientHeight);
  }

  zoom(factor) {
    const camera = readCamera(this.graph);
    if (camera) this.turn(fromAfar(camera, Math.sqrt(factor)));
  }

  resetView() {
    cameras.delete(this.cameraKey);
    if (!this.graph._fullLayout) return;
    this.resetting = true;
    this.turn(this.firstCamera).then(() => { this.resetting = false; });
  }

  turn(camera) {
    return window.Plotly.relayout(this.graph, { "scene.camera": camera });
  }

  remove() {
    releaseSpace(this.graph);
    this.node.remove();
  }
}
