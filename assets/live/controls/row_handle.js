// The handle of a row's point: one for all of them, at the point that is pointed at, or at the one that was chosen last.
import { Handle } from "./handles.js";
import { cellNames, showsRows } from "../tape/columns.js";
import { placeIn } from "../document/dom.js";
import { scaleOf } from "./scales.js";

/** A mouse within so many pixels of a point is on it. */
const ON_POINT = 14;

/** A finger within so many pixels of one means it. */
const TAPPED = 20;

export class RowHandle extends Handle {
  /** @param {object} panel whose points they are @param {object} columns */
  constructor(panel, columns) {
    const { figure } = panel;
    const names = cellNames(columns, 0);
    super(figure.state.controls.get(names[0]), figure, panel, specOf(columns, 0));
    this.columns = columns;
    this.scales = columns.cells.map(scaleOf);
    this.node.classList.add("live-handle--row");
    this.bind(figure.rows.chosen);
  }

  /** Stands for another row from now on. */
  bind(row) {
    const there = Math.min(row, this.count - 1);
    if (there === this.row) return;
    this.row = there;
    this.spec = specOf(this.columns, there);
    this.moves = Object.entries(this.spec.moves);
    this.compile();
    this.node.dataset.handle = this.spec.at[0];
    this.node.title = this.spec.label;
    const { mapping, drawn } = this.panel.subplot(this.spec.axes);
    if (drawn) this.update(mapping);
  }

  get count() {
    return this.figure.state.quantities.columns.count;
  }

  update(mapping) {
    if (this.row >= this.count) this.bind(this.count - 1);
    super.update(mapping);
    const { columns: { flips }, spec } = this;
    const hollow = Boolean(flips) && !spec.at.includes(spec.flips) && this.figure.state.values.get(spec.flips) === 0;
    this.node.classList.toggle("live-handle--ring", hollow);
    // It is asked for a point nearby wherever it stands itself.
    this.node.style.visibility = this.node.style.display === "none" ? "hidden" : "";
    this.node.style.display = "";
  }

  /** The row whose point is nearest, with its distance. @returns {[number, number]} */
  nearest(x, y) {
    const { columns } = this.figure.state.quantities;
    const { mapping } = this.panel.subplot(this.spec.axes);
    let [row, least] = [0, Infinity];
    for (let k = 0; k < columns.count; k += 1) {
      const away = Math.hypot(mapping.x(columns.arrays[0][k]) - x, mapping.y(columns.arrays[1][k]) - y);
      if (away < least) [row, least] = [k, away];
    }
    return [row, least];
  }

  distance(x, y) {
    return this.nearest(x, y)[1];
  }

  /** Every point is one to take hold of, though the handle itself stands at one of them. */
  meets(x, y) {
    return this.distance(x, y) < TAPPED;
  }

  /** A mouse that passes over a point finds the handle there; elsewhere it stands at the point that was chosen. */
  follow(x, y) {
    const [row, away] = this.nearest(x, y);
    this.bind(away < ON_POINT ? row : this.figure.rows.chosen);
  }

  grab(event, holder) {
    this.bind(this.nearest(...placeIn(this.panel.layer, event))[0]);
    super.grab(event, holder);
  }

  focus() {
    this.figure.rows.choose(this.row);
  }

  /** A click elsewhere in the picture calls no point, but for a finger's tap on one whose class it turns. */
  placeNear(x, y) {
    return this.spec.flips && this.distance(x, y) < TAPPED ? [x, y] : null;
  }

  call(x, y) {
    this.bind(this.nearest(x, y)[0]);
    this.focus();
    this.tap();
  }

  /** Held and let go without a move: a class that is 0 or 1 becomes the other. */
  tap() {
    if (this.spec.flips) this.figure.rows.flip(this.row);
  }

  /** The point goes where the pointer is, as far as the axes go. */
  shift(mapping, x, y) {
    const { state } = this.figure;
    const { left, top, width, height } = mapping;
    const values = [mapping.xValue(Math.min(Math.max(x, left), left + width)), mapping.yValue(Math.min(Math.max(y, top), top + height))];
    this.moves.forEach(([, name], i) => state.set(name, this.scales[i].tidy(values[i])));
  }
}

/** Where a row's point stands, and what moves it. */
function specOf(columns, row) {
  const at = cellNames(columns, row).slice(0, 2);
  const flips = columns.flips ? `${columns.flips}${row + 1}` : null;
  const label = flips ? `point ${row + 1}: drag it, or tap it for the other class` : `point ${row + 1}`;
  return { panel: columns.panel, at, axes: ["x", "y"], moves: { x: at[0], y: at[1] }, flips, shape: "dot", label, when: [] };
}

/** The handles of a panel: those of its controls, and one for the rows whose points it shows, unless they stand still. */
export function handlesOf(panel) {
  const { columns, controls } = panel.figure.state.scene;
  const own = controls.flatMap((control) => [control.handle, control.other_handle]
    .filter((spec) => spec && spec.panel === panel.spec.name).map((spec) => new Handle(control, panel.figure, panel, spec)));
  return showsRows(panel) ? [...own, new RowHandle(panel, columns)] : own;
}
