// The view that follows: axes widen around a place that has left them, while the learner wants it so.

/** Room left beyond the place, as a share of the new width. */
const FOLLOW_ROOM = 0.12;

/** How many times wider than at first a view may become: farther out there is nothing to see. */
const WIDEST_VIEW = 1e8;

/** The ends of an axis widened to hold a value, or null when it holds it already (in the axis' own units). */
function widened([low, high], value) {
  if (value >= low && value <= high) return null;
  const [bottom, top] = [Math.min(low, value), Math.max(high, value)];
  const room = FOLLOW_ROOM * (top - bottom);
  return value < low ? [bottom - room, high] : [low, top + room];
}

export class Follower {
  /** @param {object} panel with spec.follow = {at: [q, q], toggle, axes} */
  constructor(panel) {
    this.panel = panel;
    this.busy = false;
    this.moved = false;
  }

  describe(quantities) {
    const { follow } = this.panel.spec;
    this.readers = follow ? follow.at.map((quantity) => quantities.reader(quantity)) : null;
  }

  update() {
    const { panel } = this;
    if (!this.readers || this.busy || !panel.graph._fullLayout) return;
    if (!panel.figure.state.shows(panel.spec.follow.toggle)) {
      if (this.moved) panel.resetView();
      this.moved = false;
      return;
    }
    const { mapping, drawn } = panel.subplot(["x", "y"]);
    const [x, y] = this.readers.map((read) => read());
    if (!drawn || !Number.isFinite(x) || !Number.isFinite(y)) return;
    const ends = (range, log) => (log ? range.map(Math.log10) : range);
    const changes = {};
    for (const [name, range, value, log] of [["xaxis", mapping.xRange(), x, mapping.xLog], ["yaxis", mapping.yRange(), y, mapping.yLog]]) {
      const place = log ? Math.log10(value) : value;
      const wider = Number.isFinite(place) ? widened(ends(range, log), place) : null;
      const first = panel.spec.figure.layout[name].range;
      if (wider && wider[1] - wider[0] < WIDEST_VIEW * (first[1] - first[0])) changes[`${name}.range`] = wider;
    }
    if (Object.keys(changes).length === 0) return;
    this.busy = true;
    this.moved = true;
    window.Plotly.relayout(panel.graph, changes).then(() => { this.busy = false; panel.figure.request(); });
  }
}
