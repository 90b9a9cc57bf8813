// The live figure: plays a scene, and is handed a new scene whenever the page has one.
import { Panel } from "../picture/panels.js";
import { SpacePanel } from "../space/space.js";
import { GraphPanel } from "../graph/graph_panel.js";
import { Control } from "../controls/controls.js";
import { fitReadouts, Readout, Sentence, Toggles } from "../words/readouts.js";
import { LiveState } from "./state.js";
import { sizeObserver } from "./sizes.js";
import { applyTheme, presentTheme } from "../document/theme.js";
import { scaleOf } from "../controls/scales.js";
import { Snapping } from "../controls/snapping.js";
import { loadLetters, loadPlotly } from "../document/loading.js";
import { Derivation, Table } from "../words/folds.js";
import { Framing } from "../showing/framing.js";
import { Microscope } from "../picture/microscope.js";
import { Challenges } from "../asking/challenge.js";
import { Sketch } from "../asking/sketch.js";
import { Coins } from "../controls/coins.js";
import { Rows } from "../controls/rows.js";
import { ListedControls } from "../controls/listed.js";
import { Toolbar } from "../showing/toolbar.js";
import { Present } from "../showing/present.js";
import { Receiving } from "./receiving.js";
import { Quiet } from "./quiet.js";
import { Views } from "./views.js";
import { Terms } from "../words/terms.js";
import { writeAddress } from "../showing/address.js";
import { Answers } from "./answers.js";
import { element, setShown, setText } from "../document/dom.js";
import { keepTyped } from "../document/typed.js";
import { joinCompany, leaveCompany, releasedByMain, shareValues } from "./company.js";

const KINDS_OF_PANEL = { space: SpacePanel, graph: GraphPanel };

export class LiveFigure {
  constructor(place, scene, tell) {
    this.tell = tell;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.presenting = false;
    this.frame = 0;
    const led = () => this.root && this.root.dataset.ready && writeAddress(this.state);
    this.state = new LiveState(scene, { changed: () => this.request(), released: (seq) => this.released(seq), idle: () => this.receiving && this.receiving.idle(), led });
    this.framing = new Framing(this);
    this.answers = new Answers(this);
    this.quiet = new Quiet(this);
    joinCompany(this);
    this.build(place);
    this.receiving = new Receiving(this);
    this.adopt(scene);
    this.quiet.arrive();
    this.present.start();
  }

  build(place) {
    const part = (name, tag = "div") => element(tag, { class: `live-${name}` });
    [this.top, this.panelsNode, this.lead, this.ask] = ["top", "panels", "lead", "ask"].map((name) => part(name));
    this.rail = part("rail", "aside");
    this.controlsNode = part("controls");
    this.more = part("more");
    this.stage = part("stage");
    this.terms = new Terms(this);
    this.toggles = new Toggles(this);
    this.views = new Views(this);
    this.sentence = new Sentence(this);
    this.microscope = new Microscope(this);
    this.challenges = new Challenges(this);
    this.sketch = new Sketch(this);
    this.coins = new Coins(this);
    this.rows = new Rows(this);
    this.list = new ListedControls(this);
    this.toolbar = new Toolbar(this);
    this.present = new Present(this);
    this.present.bar.hidden = true;
    for (const name of ["panels", "controls", "readouts", "tables", "derivations"]) this[name] = new Map();
    this.top.append(this.toggles.node, this.views.node);
    this.stage.append(this.coins.node, this.panelsNode, this.controlsNode, this.sentence.node);
    this.heading = element("h1", { class: "live-unseen" });
    this.root = element("section", { class: "live", "data-testid": "live-figure", onkeydown: (event) => this.toolbar.press(event) }, [
      this.heading, this.present.bar, this.present.formula, this.top, this.ask, this.lead, this.stage, this.rail, this.more,
    ]);
    this.box = element("div", { class: "live-box" }, [this.root]);
    place.append(this.box);
    this.sizes = sizeObserver(() => this.resized());
  }

  /** Takes a scene over and shows it; only what differs is drawn anew. */
  adopt(scene) {
    this.recolour(scene);
    this.root.setAttribute("aria-label", scene.title);
    this.terms.describe(scene.terms);
    setText(this.heading, scene.title);
    setShown(this.heading, scene.main !== false && !document.querySelector("[data-live-export]"));
    this.keepParts(this.controls, scene.controls, (spec) => new Control(spec, this));
    this.keepParts(this.readouts, scene.readouts, (spec) => new Readout(spec, this));
    this.keepParts(this.panels, scene.panels, (spec) => new (KINDS_OF_PANEL[spec.kind] || Panel)(spec, this));
    this.keepParts(this.tables, scene.tables, (spec) => new Table(spec, this));
    this.keepParts(this.derivations, scene.derivations, (spec) => new Derivation(spec, this));
    for (const part of [this.microscope, this.challenges, this.sketch, this.coins, this.rows, this.list, this.present]) part.describe(scene);
    this.toggles.describe(scene.toggles);
    this.views.describe(scene);
    this.sentence.describe(scene.sentence);
    this.compileNearness(scene);
    keepTyped(scene);
    this.arrange(scene);
    this.toolbar.settle(this.top);
    // The words come first: they decide how much room is left for the pictures.
    this.update();
    this.drawWhenReady(scene);
  }

  /** Takes a new scene over. */
  take(scene) {
    const another = scene.id !== this.state.scene.id;
    if (another) this.takeDown();
    this.state.adopt(scene);
    this.adopt(scene);
    if (another) this.present.begin();
    else this.present.count();
  }

  /**
   * Another thing is explored from now on: what showed the former one goes, so that the view is the one its own link opens.
   * A space panel stays for its graphics context, which is dear; tables and derivations stay for their folds.
   */
  takeDown() {
    for (const [name, panel] of this.panels) {
      if (isSlow(panel)) continue;
      this.drop(panel);
      this.panels.delete(name);
    }
    for (const parts of [this.controls, this.readouts]) {
      parts.forEach((part) => this.drop(part));
      parts.clear();
    }
  }

  drop(part) {
    this.sizes.unobserve(part.node);
    if (part.remove) part.remove();
    else part.node.remove();
  }

  /** Puts every part where the page wants it. Parts that are in place are not moved: moving ends a drag. */
  arrange(scene) {
    const first = scene.readouts.find((spec) => spec.size === "huge" || spec.place === "above");
    const isLead = (spec) => spec.place === "above" || spec === first;
    const readouts = (wanted) => scene.readouts.filter(wanted).map((spec) => this.readouts.get(spec.name).node);
    const controls = (wanted) => scene.controls.filter(wanted).map((spec) => this.controls.get(spec.name).node);
    const tables = (wanted) => scene.tables.filter(wanted).map((spec) => this.tables.get(spec.name).node);
    const fill = (place, nodes) => {
      if (nodes.length !== place.childNodes.length || nodes.some((node, i) => place.childNodes[i] !== node)) {
        place.replaceChildren(...nodes);
      }
    };
    fill(this.panelsNode, this.nodesOf(this.panels));
    fill(this.lead, readouts(isLead));
    fill(this.controlsNode, controls((spec) => spec.place === "below"));
    fill(this.rail, [
      ...readouts((spec) => !isLead(spec)), ...tables((spec) => spec.place === "rail"), ...controls((spec) => spec.place === "rail"),
      this.microscope.node, ...this.nodesOf(this.derivations), ...this.challenges.placed(this.ask), ...this.sketch.placed(this.ask),
    ]);
    fill(this.more, [this.rows.node, ...tables((spec) => spec.place !== "rail")]);
  }

  /** Keeps the parts that stay (by name), makes those that are new, drops those that are gone; all in the scene's order. */
  keepParts(parts, specs, make) {
    const former = new Map(parts);
    parts.clear();
    for (const spec of specs) {
      const part = former.get(spec.name);
      if (part) part.describe(spec);
      parts.set(spec.name, part || make(spec));
      former.delete(spec.name);
    }
    former.forEach((part) => this.drop(part));
  }

  nodesOf(parts) {
    return [...parts.values()].map((part) => part.node);
  }

  drawWhenReady(scene) {
    const drawn = Promise.all([loadPlotly(scene.plotly.url), loadLetters()]).then(() => this.drawPanels(scene), () => this.failed());
    drawn.then(() => this.root.isConnected && writeAddress(this.state));
  }

  /** Draws every panel. A figure that is new draws one a frame, the slow ones last: the first is seen at once. */
  async drawPanels(scene) {
    const panels = [...this.panels.values()].sort((one, other) => isSlow(one) - isSlow(other));
    for (const panel of panels) {
      if (this.state.scene !== scene || !this.root.isConnected) return;
      panel.draw();
      if (this.root.dataset.ready) continue;
      this.update();
      this.root.dataset.pictured = "true";
      await new Promise(requestAnimationFrame);
    }
    this.alignControls();
    for (const part of [...panels, ...this.controls.values()]) this.sizes.observe(part.node);
    this.sizes.observe(this.root);
    this.update();
    this.root.dataset.ready = "true";
    this.quiet.follow();
  }

  /** Without Plotly the page is told, so that it can show a still picture. */
  failed() {
    this.root.dataset.failed = "true";
    setText(this.sentence.notice, "The picture could not be loaded.");
    this.tell("release", { id: this.state.scene.id, seq: 0, failed: true });
  }

  recolour(scene) {
    this.theme = this.present.paper.on ? "light" : presentTheme(this.box);
    this.colours = scene.palette[this.theme];
    if (scene.page !== this.page) this.root.classList.remove(`live--${this.page}`);
    this.page = scene.page;
    this.root.classList.add(`live--${scene.page}`);
    for (const node of [this.root, ...this.toolbar.abroad]) applyTheme(node, this.theme, this.colours);
  }

  /** A new size or theme: the same scene, drawn anew. */
  refresh() {
    this.recolour(this.state.scene);
    this.arrange(this.state.scene);
    this.toolbar.settle(this.top);
    this.redraw();
  }

  /** Pictures and tracks as large as there is room now. */
  redraw() {
    if (!window.Plotly) return;
    this.panels.forEach((panel) => panel.draw());
    this.alignControls();
    this.controls.forEach((control) => control.resized());
    this.update();
  }

  resized() {
    if (this.root.dataset.ready) requestAnimationFrame(() => this.root.isConnected && this.refresh());
  }

  /** Whether some picture's window moves just now. */
  get windowMoves() {
    return [...this.panels.values()].some((panel) => panel.moving);
  }

  /** Asks for the next animation frame; however many changes come, it is drawn once. */
  request() {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.update());
  }

  update() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { state } = this;
    state.quantities.evaluate(state.values, state.held !== null);
    for (const visit of this.visits) visit();
    // What measures itself comes first: after a picture has moved, its layout would be asked for at once.
    this.readouts.forEach((readout) => readout.update());
    fitReadouts([...this.readouts.values()]);
    this.panels.forEach((panel) => panel.update());
    this.controls.forEach((control) => control.update());
    this.tables.forEach((table) => table.update());
    this.derivations.forEach((derivation) => derivation.update());
    for (const part of [this.toggles, this.sentence, this.microscope, this.sketch, this.coins, this.rows, this.list, this.toolbar, this.present, this.challenges]) part.update();
    shareValues(this);
  }

  /** What depends on the scene's marks once: scales, marked values, and which quantities leave a trace. */
  compileNearness(scene) {
    this.scales = new Map(scene.controls.map((control) => [control.name, scaleOf(control)]));
    this.snapping = new Snapping(this.state);
    const traced = this.traced = new Map();
    for (const panel of scene.panels) {
      for (const mark of panel.marks) if (mark.upto || mark.seen) traced.set(mark.upto || mark.seen, Boolean(mark.upto));
    }
    this.visits = [...traced].map(([name, near]) => {
      const read = this.state.quantities.reader(name);
      const control = this.state.controls.get(name);
      const leap = !near ? 0 : control ? 0.1 * (control.max - control.min) : Infinity;
      return () => this.state.visit(name, read(), leap);
    });
  }

  scale(name) {
    return this.scales.get(name);
  }

  focusControl(name) {
    if (this.list.choose(name)) return;
    const control = this.controls.get(name);
    if (control) control.input.focus({ preventScroll: true });
  }

  /** Lines the thumbs of aligned controls up with their axes; one whose picture is not to be seen has the whole width. */
  alignControls(moved = null) {
    for (const control of this.controls.values()) {
      const { align } = control.control;
      const panel = align ? this.panels.get(align.panel) : null;
      if (!panel || (moved && moved !== panel)) continue;
      const subplot = [...panel.subplots.values()].find((one) => one.drawn && one.axes[0] === align.axis);
      if (subplot) {
        // While its window moves a panel stands where it stood; asking would lay the page out in the middle of a frame.
        if (!panel.moving) control.left = panel.node.getBoundingClientRect().left - control.node.getBoundingClientRect().left;
        control.align(control.left + subplot.mapping.left, subplot.mapping.width, this.framing.reachedBy(control, panel));
      } else {
        control.spread();
      }
    }
  }

  /** What plays stops where it is. */
  rest() {
    for (const { player } of this.controls.values()) if (player) player.pause();
  }

  /** A switch moved. What it shows or hides may leave more or less room for all else. */
  switched() {
    this.panels.forEach((panel) => panel.switchTraces());
    this.update();
    if (this.root.dataset.ready) this.redraw();
  }

  released(seq) {
    const { state } = this;
    if (releasedByMain(this) || this.receiving.takesAlong()) return;
    this.framing.silence();
    writeAddress(state);
    this.tell("release", { id: state.scene.id, seq, ...state.plain() });
    this.answers.watch(seq);
    this.receiving.idle();
  }

  remove() {
    leaveCompany(this);
    cancelAnimationFrame(this.frame);
    for (const part of [this.answers, this.framing, this.state]) part.silence();
    this.sizes.disconnect();
    for (const part of [this.receiving, this.sentence, this.toolbar, this.present, this.quiet]) part.remove();
    for (const parts of [this.controls, this.panels]) parts.forEach((part) => part.remove());
    this.box.remove();
  }
}

/** 1 for what takes a second to draw without a graphics card. */
const isSlow = (panel) => Number(panel instanceof SpacePanel);
