// Descents as quantities: the path from the present start at the present rate, walked anew in the frame in which
// something changed, and everything that is said about its present step.
import { meets } from "../tape/conditions.js";
import { leapOf } from "./edges.js";
import { scalarProduct } from "./bends.js";
import { Landscape } from "./landscape.js";
import { minimumBelow } from "./newton.js";
import { Measures } from "./measures.js";
import { isShort, roundedDown } from "../words/numbers.js";
import { Rule } from "./rules.js";
import { extentOf, rangeOf } from "./swings.js";
import { kinkBetween } from "./turning.js";
import { Path, walk } from "./walk.js";

/** What a descent tells, each as a quantity `<name>_<word>`; the meaning stands in explorer/figures/descent/run.py. */
const WORDS = [
  "k", "count", "x", "y", "loss", "excess", "dx", "dy", "norm", "sx", "sy", "size", "nx", "ny", "nloss", "plain_x",
  "plain_y", "px", "py", "predicted", "actual", "rate", "outcome", "behaviour", "settled", "final_x",
  "final_y", "final_loss", "final_norm", "before_x", "before_y", "bound", "told", "condition", "curvature", "minimum_x",
  "minimum_y", "fresh", "evaluations", "share", "left", "rise", "kink", "last",
  "climb", "ahead", "crossed", "wall", "torn", "level", "root", "floor", "minimum_root", "resting", "beyond", "one",
  "period", "swing",
];

/** In a frame with a hand on the figure so many rows are looked at: more steps over more rows are judged at rest, and walked at rest. */
const LIVE_ROWS = { judged: 4_000, walked: 25_000 };

/** What is known of a path that is judged only. */
const JUDGED = ["bound", "told", "share", "condition", "last", "minimum_x", "minimum_y", "minimum_root", "floor"];

/** The first row of the table whose conditions all hold: explorer/descent/verdicts.py. */
export function judge(measures, table) {
  return table.find((row) => row.when.every((condition) => meets(Number(measures[condition[0]]), condition)));
}

/** What a jump is called among walls: explorer/descent/walls.py. */
const JUMP = 2;

/** The number of the first outcome. */
const CONVERGED = 0;

export class Descent {
  /**
   * @param {object} spec as Python's `Descent` @param {(quantity: string|number) => () => number} reader
   * @param {(group: string) => string} chosen the switch of a group that is on
   * @param {import("../tape/columns.js").Columns|null} columns over whose rows a loss may be a mean
   */
  constructor(spec, reader, chosen, columns, errorReader) {
    this.spec = spec;
    this.landscape = new Landscape(spec.landscape, reader, columns, errorReader);
    this.path = new Path(this.landscape.dimension, spec.steps);
    this.start = spec.start.map(reader);
    this.rate = reader(spec.rate);
    this.step = reader(spec.step);
    this.lowest = reader(spec.lowest);
    this.settings = Object.entries(spec.settings).map(([rule, settings]) => (
      [rule, Object.entries(settings).map(([name, quantity]) => [name, reader(quantity)])]
    ));
    this.rules = Object.fromEntries(Object.entries(spec.rules).map(([name, rule]) => [name, new Rule(rule)]));
    this.optimiser = spec.group ? () => chosen(spec.group) : () => spec.optimiser;
    this.fresh = Object.entries(spec.fresh).map(([name, value]) => [reader(name), value]);
    this.told = new Map(WORDS.map((word) => [word, NaN]));
    /** What the path and its verdict are of. */
    this.walked = "";
    this.judged = "";
  }

  /** Walks anew only when something changed that the path depends on; what would take too long for a frame waits while a hand holds. */
  evaluate(held = false) {
    const optimiser = this.optimiser();
    const row = this.settings.find(([rule]) => rule === optimiser);
    const settings = Object.fromEntries((row ? row[1] : []).map(([name, read]) => [name, read()]));
    const start = this.start.map((read) => read());
    const rate = this.rate();
    const key = `${optimiser} ${rate} ${start.join(" ")} ${Object.values(settings).join(" ")} ${this.landscape.refresh()}`;
    const rule = this.rules[optimiser];
    const work = held && this.walked !== "" ? this.landscape.work * this.spec.steps : 0;
    if (key !== this.walked && work <= LIVE_ROWS.walked) {
      this.walked = key;
      walk(this.landscape, rule, settings, start, rate, this.spec.steps, this.path, this.spec.budget ?? Infinity);
    }
    if (key !== this.judged && work <= LIVE_ROWS.judged) {
      this.judged = key;
      const onward = (most) => {
        const far = new Path(this.landscape.dimension, most);
        walk(this.landscape, rule, settings, start, rate, most, far);
        return far;
      };
      this.judge(rule, settings, rate, onward);
    } else if (key !== this.judged) {
      this.judged = "";
      for (const word of JUDGED) this.told.set(word, NaN);
    }
    this.told.set("resting", Number(key !== this.judged) + Number(key !== this.walked));
    this.tellStep(settings, rate, key === this.walked ? null : start);
  }

  judge(rule, settings, rate, onward) {
    const { landscape, path, told } = this;
    const measures = new Measures(landscape, path, settings.noise || 0, onward, rule.watched(settings, landscape.seams));
    const verdict = judge(measures, this.spec.verdicts);
    const last = path.count;
    told.set("count", last);
    told.set("evaluations", path.spent[last]);
    this.tellPlace("final", path.point(last));
    this.tellPlace("before", path.point(Math.max(last - 1, 0)));
    told.set("final_loss", path.losses[last]);
    told.set("final_norm", Math.hypot(...landscape.sure(path.point(last), path.gradient(last))));
    this.tellCrossing();
    this.tellBound(rule, settings, rate, verdict);
    if (verdict) this.tellVerdict(verdict, measures);
  }

  /** How the path ended, and the measures that the sentences name; a racer is not judged. */
  tellVerdict({ outcome, behaviour, kink }, measures) {
    const { landscape, path, told } = this;
    const converged = outcome === CONVERGED;
    told.set("outcome", outcome);
    told.set("behaviour", behaviour);
    told.set("settled", converged ? measures.settled : 0);
    told.set("kink", Number(kink));
    told.set("period", measures.period);
    told.set("swing", extentOf(path, path.count - Math.max(measures.period, 1) + 1));
    told.set("level", Number(measures.level));
    told.set("ahead", Math.max(1, Math.round(path.next === null ? 0 : measures.turn)));
    told.set("curvature", measures.here.values[0]);
    if (kink) this.tellPlace("minimum", measures.edge ?? (converged ? [kinkBetween(landscape, path)] : path.point(measures.kink_row)), true);
  }

  /** The first step from one piece of the loss onto another, and the pole or gap that it meets first; else the first leap over a jump. */
  tellCrossing() {
    const { path, spec, told } = this;
    const { walls = [] } = spec.landscape;
    const [xs] = path.points;
    const tell = (step, x, torn) => [["crossed", step], ["wall", x], ["torn", torn]].forEach(([word, value]) => told.set(word, value));
    tell(NaN, NaN, NaN);
    for (let row = 0; row < path.count && walls.length > 0 && Number.isFinite(path.losses[row + 1]); row += 1) {
      const [low, high] = [Math.min(xs[row], xs[row + 1]), Math.max(xs[row], xs[row + 1])];
      const met = walls.filter(([x]) => low < x && x < high);
      if (met.length > 0) {
        const [x, torn] = xs[row] === low ? met[0] : met[met.length - 1];
        tell(row + 1, x, Number(torn));
        return;
      }
    }
    const leapt = leapOf(this.landscape, path);
    if (leapt !== null) tell(leapt.step, leapt.x, JUMP);
  }

  /** The optimiser's bound c/λmax, with the curvatures at the minimum below the end, or below the lowest iterate. */
  tellBound(rule, settings, rate, verdict) {
    const { landscape, path, told } = this;
    let lowest = 0;
    for (let row = 1; row <= path.count; row += 1) if (path.losses[row] < path.losses[lowest]) lowest = row;
    if (verdict && verdict.outcome === CONVERGED) lowest = path.count;
    const minimum = Number.isFinite(path.losses[lowest]) ? minimumBelow(landscape, path.point(lowest)) : null;
    const bound = minimum === null ? NaN : asKnown(rule.boundFactor(settings) / minimum.largest);
    told.set("bound", bound);
    const last = rate / (1 + (settings.decay || 0) * Math.max(path.count - 1, 0));
    // At the bound itself rounding must not decide: equal within 1e−9 is equal.
    const share = Math.abs(last / bound - 1) < 1e-9 ? 1 : last / bound;
    told.set("share", share);
    told.set("condition", minimum ? minimum.largest / minimum.smallest : NaN);
    const [said, saidBound] = saidBeside(share === 1 ? bound : last, bound);
    told.set("last", said);
    told.set("told", saidBound);
    this.tellPlace("minimum", minimum ? minimum.point : [NaN]);
    told.set("minimum_root", minimum ? rootOf(minimum.point) : NaN);
    told.set("floor", minimum ? landscape.lossAt(minimum.point) : NaN);
    this.floor = minimum ? Math.min(landscape.lossAt(minimum.point), path.losses[lowest]) : this.lowest();
  }

  /** A place to be said: what is tiny is 0 where the loss is defined there; a kink has no slope. */
  tellPlace(word, point, kink = false) {
    let said = rounded(point, this.path);
    if (!this.defined(said, kink) && this.defined(point, kink)) said = Array.from(point);
    this.told.set(`${word}_x`, said[0]);
    this.told.set(`${word}_y`, said.length > 1 ? said[1] : NaN);
  }

  defined(point, kink) {
    const slopes = new Float64Array(point.length);
    return Number.isFinite(this.landscape.look(point, slopes)) && (kink || slopes.every(Number.isFinite));
  }

  /**
   * Everything about the present iterate and the step that follows it. While the path waits, for what is another loss now
   * or another `start`, the iterate stays, with its loss as it is now.
   */
  tellStep(settings, rate, start) {
    const { landscape, path, told } = this;
    const k = Math.min(Math.max(Math.round(this.step()), 0), path.count);
    const point = start && k === 0 ? start : path.point(k);
    const gradient = start ? point.map(() => 0) : path.gradient(k);
    const loss = start ? landscape.look(point, gradient) : path.losses[k];
    const next = start ? null : k < path.count ? path.points.map((column) => column[k + 1]) : path.next && point.map((p, i) => p + path.next[i]);
    const step = next ? next.map((n, i) => n - point[i]) : point.map(() => NaN);
    if (next && k === path.count) path.next.forEach((part, i) => { step[i] = part; });
    const nextLoss = !next ? NaN : k < path.count ? path.losses[k + 1] : landscape.lossAt(next);
    const now = rate / (1 + (settings.decay || 0) * k);
    const set = (word, values) => {
      told.set(`${word}x`, values[0]);
      told.set(`${word}y`, values.length > 1 ? values[1] : NaN);
    };
    told.set("k", k);
    told.set("root", rootOf(point));
    set("", point);
    const sure = landscape.sure(point, gradient);
    set("d", sure);
    set("s", step);
    set("n", next || step);
    set("plain_", gradient.map((g) => -now * g));
    set("p", point.map((p, i) => p - now * gradient[i]));
    told.set("loss", loss);
    told.set("excess", loss - this.floor);
    told.set("norm", Math.hypot(...sure));
    told.set("size", Math.hypot(...step));
    told.set("nloss", nextLoss);
    told.set("predicted", -scalarProduct(step, gradient));
    told.set("climb", -told.get("predicted"));
    told.set("actual", loss - nextLoss);
    told.set("rise", nextLoss - loss);
    told.set("one", Number(next !== null && landscape.isOneLoss([point, loss], [next, nextLoss])));
    told.set("rate", now);
    told.set("left", path.count - k);
    told.set("beyond", start ? 0 : Math.max(this.step() - path.count, 0));
    told.set("fresh", Number(this.fresh.every(([read, value]) => read() === value)));
  }

  /** One of the path's columns: "k", "x", "y", "loss", "excess" (above the minimum that it approaches, else the lowest value known). */
  column(word) {
    const { path } = this;
    if (word === "x") return (row) => path.points[0][row];
    if (word === "y") return (row) => path.points[1][row];
    if (word === "loss") return (row) => path.losses[row];
    if (word === "excess") return (row) => path.losses[row] - this.floor;
    return (row) => row;
  }
}

/** To this part of itself a bound is known from a place that was sought. */
const KNOWN = 1e-10;

/** Where the line x·t + y is 0, for a point (x, y). */
const rootOf = ([x, y]) => (x === 0 || y === undefined ? NaN : -y / x);

/** A place as it is said: what is tiny is 0, as Python's `tiny` has it, for another coordinate may have another unit. */
function rounded(point, path) {
  const rounding = 1e-13 * Math.max(...point.map(Math.abs));
  return Array.from(point, (value, axis) => {
    const range = axis < path.dimension ? rangeOf(path, axis) : 0;
    return Math.abs(value) < Math.max(1e-9 * (range > 0 ? Math.min(range, 1) : 1), rounding) ? 0 : value;
  });
}

/** A bound from a place that was sought: the number of nine digits that it is, as far as it is known. */
function asKnown(bound) {
  const near = Number(bound.toPrecision(9));
  return Math.abs(near / bound - 1) <= KNOWN ? near : bound;
}

/** A rate as it was chosen, and its bound rounded down to five digits, or both in as many as tell which is larger; the twin of Python's `said_beside`. */
function saidBeside(rate, bound) {
  for (let digits = 3; digits < 13; digits += 1) {
    const [said, limit] = [isShort(rate) ? rate : Number(rate.toPrecision(digits)), roundedDown(bound, Math.max(digits, 5))];
    if (rate === bound) return [limit, limit];
    if (Number.isNaN(bound) || (said !== limit && said < limit === rate < bound)) return [said, limit];
  }
  return [rate, bound];
}

/** All descents of a scene, and the quantities that come from them. */
export class Descents {
  constructor(specs, reader, chosen, columns = null, errorReader = undefined) {
    this.all = new Map(specs.map((spec) => [spec.name, new Descent(spec, reader, chosen, columns, errorReader)]));
  }

  /** @param {boolean} held whether a hand is on the figure */
  evaluate(held) {
    for (const descent of this.all.values()) descent.evaluate(held);
  }

  /** @returns {(() => number)|null} "run_loss" → the loss of the descent "run" */
  reader(quantity) {
    const cut = quantity.indexOf("_");
    const descent = this.all.get(quantity.slice(0, cut));
    const word = quantity.slice(cut + 1);
    if (!descent || !descent.told.has(word)) return null;
    const { told } = descent;
    return () => told.get(word);
  }
}
