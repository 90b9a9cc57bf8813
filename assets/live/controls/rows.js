// Rows of numbers that are points of a picture: added and taken away by taps, keys and in a table that leads and follows.
import { cellNames } from "../tape/columns.js";
import { Control } from "./controls.js";
import { element, placeIn, setShown, setText } from "../document/dom.js";
import { carriedOver } from "../document/carried.js";
import { chordAt, firstCells } from "./ordered.js";
import { ASIDE, heardValue, Ring } from "./ring.js";
import { scaleOf } from "./scales.js";

/** So many rows of the table are seen at once. */
const PAGE = 20;

export class Rows {
  /** @param {object} figure the live figure */
  constructor(figure) {
    this.figure = figure;
    this.spec = null;
    this.chosen = 0;
    this.first = 0;
    this.lines = [];
    this.note = element("span", { class: "live-rows__note", role: "status" });
    this.body = element("tbody");
    this.head = element("tr");
    const turn = (text, label, by) => element("button", { type: "button", class: "live-button live-button--icon", text, "aria-label": label, onclick: () => this.turn(by) });
    this.pages = element("div", { class: "live-rows__tools" }, [
      this.back = turn("‹", "Rows before these", -PAGE), this.seen = element("span", { role: "status" }), this.on = turn("›", "Rows after these", PAGE),
    ]);
    this.node = element("details", { class: "live-fold live-rows", "data-rows": "" }, [
      element("summary", { text: "Table of points" }),
      element("div", { class: "live-fold__body" }, [
        element("div", { class: "live-rows__tools" }, [
          element("button", { type: "button", class: "live-button", "data-add": "", text: "Add a point", onclick: () => this.addSomewhere() }), this.note,
        ]),
        this.pages, element("table", { class: "live-table" }, [element("thead", {}, [this.head]), this.body]),
      ]),
    ]);
    this.ring = new Ring({
      move: (axis, steps) => this.move(axis, steps), turn: (by) => this.goOn(by), drop: () => this.remove(this.chosen),
      add: () => this.addNear(this.namesOfChosen.map((name) => figure.state.values.get(name))),
    });
    /** How the table was left where the page is loaded anew for other colours, until it is described. */
    this.left = carriedOver(this);
    this.node.open = this.left === "open";
  }

  get carriedName() {
    return "rows";
  }

  carried() {
    return this.node.open ? "open" : "shut";
  }

  /** @returns {number} how many points there are */
  get count() {
    return this.figure.state.values.get(this.spec.count);
  }

  /** Of the panel's handles the one of the points. */
  get handle() {
    return this.panel.handles[this.panel.handles.length - 1];
  }

  describe(scene) {
    const live = Boolean(scene.columns && scene.columns.live);
    const written = live ? JSON.stringify([scene.id, scene.columns.cells]) : "";
    setShown(this.node, live);
    const panel = live ? this.figure.panels.get(scene.columns.panel) : null;
    if (panel !== this.panel) {
      this.ring.standIn(panel);
      this.panel = panel;
      if (panel) this.follow(panel);
    }
    if (written === this.written) return;
    const same = live && scene.id === this.described;
    if (!same) {
      [this.chosen, this.first] = [0, 0];
      if (live && scene.columns.open) this.node.open = this.left !== "shut";
      if (live) this.left = null;
    }
    this.described = scene.id;
    this.written = written;
    this.spec = live ? scene.columns : null;
    this.scales = live ? scene.columns.cells.map(scaleOf) : [];
    if (live) this.name(scene.columns);
    else this.clear();
    // The same rows by other digits: their lines stay, with what was said in them.
    if (same) this.describeLines();
    else this.shown = "";
  }

  describeLines() {
    this.lines.forEach(({ controls }, k) => {
      const names = cellNames(this.spec, this.first + k);
      controls.forEach((control, i) => control.describe(this.figure.state.controls.get(names[i])));
    });
  }

  /** What the cells are called, and what the keys do. */
  name({ cells, flips }) {
    this.head.replaceChildren(...["", ...cells.map(({ label }) => label), ""].map((text) => element("th", { scope: "col", text })));
    this.ring.name("Points of the data", "the point", flips ? "turns it to the other class" : "");
    this.ring.deeds.enter = flips ? () => this.flip(this.chosen) : null;
  }

  /** No lines in the table. */
  clear() {
    this.lines.forEach(({ controls }) => controls.forEach((control) => control.remove()));
    this.lines = [];
    this.body.replaceChildren();
  }

  /** A mouse over the picture finds the handle at the point that it is on. */
  follow(panel) {
    panel.node.addEventListener("pointermove", (event) => {
      if (this.spec === null || this.panel !== panel || event.pointerType !== "mouse" || event.buttons !== 0) return;
      this.handle.follow(...placeIn(panel.layer, event));
    });
  }

  /** The table shows other rows. */
  turn(by) {
    this.first = Math.max(0, Math.min(this.first + by, PAGE * Math.floor((this.count - 1) / PAGE)));
    this.figure.request();
  }

  /** The lines of the table, for the rows that are seen. */
  buildLines() {
    this.clear();
    const { state } = this.figure;
    const count = Math.min(PAGE, state.room - this.first);
    this.lines = Array.from({ length: count }, (_, k) => {
      const row = this.first + k;
      const controls = cellNames(this.spec, row).map((name) => new Control(state.controls.get(name), this.figure));
      const drop = element("button", {
        type: "button", class: "live-button live-button--icon", text: "×", "aria-label": `Take point ${row + 1} away`, onclick: () => this.remove(row),
      });
      const cells = [...controls.map(({ node }) => node), drop].map((node) => element("td", {}, [node]));
      return { node: element("tr", {}, [element("th", { scope: "row", text: String(row + 1) }), ...cells]), controls };
    });
    this.body.replaceChildren(...this.lines.map(({ node }) => node));
    this.shown = JSON.stringify([this.first, count]);
  }

  /** The point that the keys mean; the table shows its row. */
  pick(row) {
    this.chosen = row;
    this.first = PAGE * Math.floor(row / PAGE);
  }

  /** A point has been taken hold of: the keys are its own from now on. */
  choose(row) {
    this.pick(row);
    this.say("");
    this.ring.focus();
    this.figure.request();
  }

  /** Two taps on the picture add a point there, and the keys are its own. @returns {boolean} whether they were meant so */
  tapped(panel, [x, y]) {
    if (this.spec === null || panel !== this.panel) return false;
    const { mapping } = panel.subplot(["x", "y"]);
    const inside = x >= mapping.left && x <= mapping.left + mapping.width && y >= mapping.top && y <= mapping.top + mapping.height;
    if (inside) {
      this.add([mapping.xValue(x), mapping.yValue(y)]);
      this.ring.focus();
    }
    return inside;
  }

  /** In the middle of the picture. */
  addSomewhere() {
    const { mapping } = this.panel.subplot(["x", "y"]);
    this.addNear([mapping.xRange(), mapping.yRange()].map(([low, high]) => (low + high) / 2));
  }

  /** Nobody has pointed at the place: among rows in order the point changes none of their chords. */
  addNear(place) {
    this.add(this.spec.order ? place.slice(0, 1) : place);
  }

  /** One more point at the end of the rows, or where their order wants it, as near to the place as the others let it stand. */
  add(place) {
    const { state } = this.figure;
    const { cells, count, most, order } = this.spec;
    const now = this.count;
    if (now === most) {
      this.say(`${most} points at most can be dragged.`);
      return;
    }
    if (now === state.room) state.grow();
    const { arrays } = state.quantities.columns;
    // What the place does not say, such as a class, it has from the point that was chosen last.
    const values = this.scales.map((scale, i) => scale.tidy(place[i] ?? arrays[i][this.chosen]));
    const taken = () => Array.from({ length: now }, (_, k) => k).some((k) => arrays[0][k] === values[0] && (order || arrays[1][k] === values[1]));
    for (let k = 0; k < now && taken(); k += 1) values[0] = this.scales[0].tidy(values[0] + ASIDE * cells[0].step);
    if (order && place.length === 1) values[1] = this.scales[1].tidy(chordAt(arrays, now, values[0]));
    const row = order ? firstCells(this.spec, state.values).filter((one) => one < values[0]).length : now;
    const changes = { [count]: now + 1 };
    for (let k = now; k > row; k -= 1) this.copy(changes, k, k - 1);
    cellNames(this.spec, row).forEach((name, i) => { changes[name] = values[i]; });
    state.assign(changes);
    this.pick(row);
    this.say(`Point ${row + 1} is added.`);
  }

  /** Among the changes: one row becomes what another is now. */
  copy(changes, row, other) {
    const values = cellNames(this.spec, other).map((name) => this.figure.state.values.get(name));
    cellNames(this.spec, row).forEach((name, i) => { changes[name] = values[i]; });
  }

  /** The point goes, and those after it move up. */
  remove(row) {
    const { state } = this.figure;
    const now = this.count;
    const { count, least } = this.spec;
    if (now === least) {
      this.say(least === 1 ? "The last point stays." : `The last ${least} points stay.`);
      return;
    }
    const changes = { [count]: now - 1 };
    for (let k = row; k < now - 1; k += 1) this.copy(changes, k, k + 1);
    state.assign(changes);
    this.chosen = Math.min(this.chosen > row ? this.chosen - 1 : this.chosen, now - 2);
    this.say(`Point ${row + 1} is gone; Undo brings it back.`);
  }

  /** The point belongs to the other class. */
  flip(row) {
    const { state } = this.figure;
    const name = `${this.spec.flips}${row + 1}`;
    state.assign({ [name]: 1 - state.values.get(name) });
  }

  get namesOfChosen() {
    return cellNames(this.spec, this.chosen);
  }

  /** The chosen point goes along an axis by arrow keys' steps. */
  move(axis, steps) {
    const { state } = this.figure;
    const name = this.namesOfChosen[axis];
    state.set(name, this.scales[axis].move(state.values.get(name), steps));
    state.release(true);
  }

  /** Another point is chosen. */
  goOn(by) {
    this.pick((this.chosen + this.count + by) % this.count);
    this.figure.request();
  }

  say(text) {
    setText(this.note, text);
  }

  update() {
    if (this.spec === null) return;
    const { count } = this;
    this.chosen = Math.min(this.chosen, count - 1);
    this.updateTable(count);
    this.updateRing(count);
  }

  updateTable(count) {
    if (this.first >= count) this.turn(-PAGE);
    if (this.shown !== JSON.stringify([this.first, Math.min(PAGE, this.figure.state.room - this.first)])) this.buildLines();
    setShown(this.pages, count > PAGE);
    const last = Math.min(this.first + PAGE, count);
    setText(this.seen, `rows ${this.first + 1} to ${last} of ${count}`);
    [this.back.disabled, this.on.disabled] = [this.first === 0, last === count];
    this.lines.forEach(({ node, controls }, k) => {
      setShown(node, this.first + k < count);
      controls.forEach((control) => control.update());
    });
  }

  updateRing(count) {
    const { state } = this.figure;
    const names = this.namesOfChosen;
    const values = names.map((name) => state.values.get(name));
    const { mapping, drawn } = this.panel.subplot(["x", "y"]);
    const [x, y] = [mapping.x(values[0]), mapping.y(values[1])];
    const seen = drawn && x >= mapping.left && x <= mapping.left + mapping.width && y >= mapping.top && y <= mapping.top + mapping.height;
    this.ring.put(seen ? [x, y] : null);
    if (state.held === null && !this.panel.node.matches(":hover")) this.handle.bind(this.chosen);
    const told = names.map((name, i) => `${this.spec.cells[i].label} = ${heardValue(state.controls.get(name), values[i], state.held !== null)}`);
    this.ring.tell(this.chosen + 1, count, `point ${this.chosen + 1} of ${count}: ${told.join(", ")}`);
  }
}
