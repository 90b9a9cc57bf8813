// Axes that follow: around a path that has left them, while the learner wants it so; and around what stands at rest.

/** Room left beyond the place, as a share of the new width. */
const FOLLOW_ROOM = 0.12;

/** How many times wider than at first a view may become: farther out there is nothing to see. */
const WIDEST_VIEW = 1e8;

/** How many times higher than at first an axis may become for what stands at rest: more would draw all else flat. */
const FLATTEST_VIEW = 8;

/** The ends of an axis widened to hold an interval, or null when it holds it already (in the axis' own units). */
function widened([low, high], [least, most]) {
  if (least >= low && most <= high) return null;
  const room = FOLLOW_ROOM * (Math.max(high, most) - Math.min(low, least));
  return [least < low ? least - room : low, most > high ? most + room : high];
}

/** Where a column of a path lies up to a row, and where the next step lands. */
function reach(column, last, next, log) {
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row <= last + 1; row += 1) {
    const place = row <= last ? column(row) : next;
    const value = log ? Math.log10(place) : place;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

export class Follower {
  /** @param {object} panel with spec.follow = {descent, columns: [word, word], toggle} */
  constructor(panel) {
    this.panel = panel;
    this.moved = false;
  }

  describe(quantities) {
    const { follow } = this.panel.spec;
    this.descent = follow ? quantities.descents.all.get(follow.descent) : null;
    this.columns = follow ? follow.columns.map((word) => this.descent.column(word)) : [];
  }

  update() {
    const { panel } = this;
    if (!this.descent || !panel.graph._fullLayout) return;
    if (!panel.figure.state.shows(panel.spec.follow.toggle)) {
      if (this.moved) panel.resetView();
      this.moved = false;
      return;
    }
    const { mapping, drawn } = panel.subplot(["x", "y"]);
    if (!drawn) return;
    const { told } = this.descent;
    const last = told.get("k");
    const next = panel.spec.follow.columns.map((word) => (told.has(`n${word}`) && word !== "loss" ? told.get(`n${word}`) : NaN));
    const changes = {};
    const axes = [["xaxis", mapping.xRange(), mapping.xLog], ["yaxis", mapping.yRange(), mapping.yLog]];
    for (const [i, [name, range, log]] of axes.entries()) {
      const wider = widened(log ? range.map(Math.log10) : range, reach(this.columns[i], last, next[i], log));
      const first = panel.spec.figure.layout[name].range;
      if (wider && wider[1] - wider[0] < WIDEST_VIEW * (first[1] - first[0])) changes[name] = wider;
    }
    if (Object.keys(changes).length === 0) return;
    this.moved = true;
    panel.steering.moveTo(changes, false, false);
  }
}

/** At rest the y axis reaches as far as a quantity that has left it, and goes back when that does; the learner's own zoom stays. */
export class Keeper {
  /** @param {object} panel with spec.keeps, the name of a quantity */
  constructor(panel) {
    this.panel = panel;
    this.range = null;
    this.home = "";
  }

  describe(quantities) {
    const { keeps, figure } = this.panel.spec;
    this.read = keeps ? quantities.reader(keeps) : null;
    const home = JSON.stringify(figure.layout.yaxis && figure.layout.yaxis.range);
    if (home !== this.home) this.range = null;
    this.home = home;
  }

  update() {
    const { panel } = this;
    if (!this.read || !panel.graph._fullLayout || panel.moving || panel.figure.state.held !== null) return;
    const first = panel.spec.figure.layout.yaxis.range;
    const place = this.read();
    const wider = Number.isFinite(place) ? widened(first, [place, place]) : null;
    const now = wider && wider[1] - wider[0] < FLATTEST_VIEW * (first[1] - first[0]) ? wider : first;
    const former = this.range || first;
    if (now[0] === former[0] && now[1] === former[1]) return;
    const own = !("yaxis" in panel.untouched({ yaxis: now }));
    this.range = now;
    if (!own) window.Plotly.relayout(panel.graph, { "yaxis.range": now.slice() });
  }
}
