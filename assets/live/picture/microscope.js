// The microscope: an inset that magnifies both axes equally around the point, until curve and tangent are
// indistinguishable, or, at a corner, never are.
import { THUMB } from "../controls/controls.js";
import { element, freshId, setShown, setText, svgElement } from "../document/dom.js";
import { slideByFinger } from "../document/finger.js";
import { pixel } from "../document/geometry.js";
import { functionOf } from "../tape/machine.js";
import { significantNumber } from "../words/numbers.js";
import { compileCases } from "../words/text.js";

const WIDTH = 300;
const HEIGHT = 220;
const STRONGEST = 1000;
const LENS_SAMPLES = 150;

/** Less than this many pixels apart, nobody tells two lines from each other. */
const INDISTINGUISHABLE = 1;

/** A step between neighbours of more pixels than this is looked into: a steep piece, or a jump. */
const SUSPICIOUS = 25;

/** Whether the function leaps between two places: halving does not make the step smaller. */
function leaps(f, low, high) {
  let [a, b] = [low, high];
  const before = Math.abs(f(b) - f(a));
  for (let i = 0; i < 12; i += 1) {
    const middle = (a + b) / 2;
    const value = f(middle);
    if (!Number.isFinite(value)) return true;
    if (Math.abs(value - f(a)) > Math.abs(f(b) - value)) b = middle;
    else a = middle;
  }
  return Math.abs(f(b) - f(a)) > 0.3 * before;
}

export class Microscope {
  constructor(figure) {
    this.figure = figure;
    const clip = freshId("lens");
    this.curve = svgElement("path", { fill: "none", class: "live-lens__curve" });
    this.tangent = svgElement("line", { class: "live-lens__tangent" });
    this.dot = svgElement("circle", { r: 5, cx: WIDTH / 2, cy: HEIGHT / 2, class: "live-lens__dot" });
    const frame = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
    this.svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "live-lens__picture", role: "img" }, [
      svgElement("clipPath", { id: clip }, [svgElement("rect", frame)]),
      svgElement("g", { "clip-path": `url(#${clip})` }, [this.curve, this.tangent, this.dot]),
    ]);
    const id = freshId("power");
    this.power = element("input", {
      type: "range", class: "live-range", id, min: 0, max: 300, value: 0, step: 5, "data-power": "",
    });
    this.at = 0;
    const fingered = slideByFinger(this.power, THUMB, { begin() {}, end() {}, abandon() {}, slide: (share) => this.set(300 * share) });
    this.power.addEventListener("input", () => this.set(fingered() ? this.at : Number(this.power.value)));
    this.caption = element("label", { for: id, class: "live-card__title" });
    this.verdict = element("p", { class: "live-lens__verdict" });
    this.node = element("section", { class: "live-card live-lens", "data-role": "ink", "data-microscope": "" }, [
      this.caption, this.svg, this.power, this.verdict,
    ]);
  }

  describe(scene) {
    this.spec = scene.microscope;
    setShown(this.node, false);
    if (!this.spec) return;
    this.svg.setAttribute("aria-label", this.spec.label);
    this.node.setAttribute("aria-label", this.spec.label);
    const { quantities, controls } = this.figure.state;
    this.f = functionOf(scene.functions[this.spec.function]);
    this.read = this.spec.at.map((quantity) => quantities.reader(quantity));
    this.slope = quantities.reader(this.spec.slope);
    this.without = compileCases(this.spec.without_slope, quantities, controls);
  }

  /** @param {number} at a place on the slider */
  set(at) {
    this.power.value = String(at);
    this.at = Number(this.power.value);
    this.update();
  }

  update() {
    const { spec, figure } = this;
    const shown = Boolean(spec) && figure.state.shows(spec.toggle);
    setShown(this.node, shown);
    const panel = shown && figure.panels.get(spec.panel);
    if (!panel) return;
    const subplot = panel.subplot(spec.axes);
    if (!subplot.drawn) return;
    const power = Math.pow(STRONGEST, Number(this.power.value) / 300);
    setText(this.caption, `${spec.label} ×${significantNumber(power, 2)}`);
    this.power.setAttribute("aria-valuetext", `times ${significantNumber(power, 2)}`);
    this.draw(subplot.mapping.xScale * power, subplot.mapping.yScale * power);
  }

  /** @param {number} xScale pixels per unit @param {number} yScale likewise, negative because y grows downwards */
  draw(xScale, yScale) {
    const [x0, y0] = [this.read[0](), this.read[1]()];
    const slope = this.slope();
    const toX = (x) => WIDTH / 2 + (x - x0) * xScale;
    const toY = (y) => HEIGHT / 2 + (y - y0) * yScale;
    let path = "";
    let apart = 0;
    let last = null;
    for (let i = 0; i <= LENS_SAMPLES; i += 1) {
      const x = x0 + ((i / LENS_SAMPLES - 0.5) * WIDTH) / xScale;
      const y = toY(this.f(x));
      if (Number.isFinite(y)) {
        const joined = last !== null && (Math.abs(y - last[1]) < SUSPICIOUS || !leaps(this.f, last[0], x));
        path += `${joined ? "L" : "M"}${pixel(toX(x))} ${pixel(Math.min(Math.max(y, -4000), 4000))}`;
        last = [x, y];
        if (Math.abs(y - HEIGHT / 2) < HEIGHT / 2) apart = Math.max(apart, this.distance(x, y, x0, slope, yScale));
      } else {
        last = null;
      }
    }
    this.curve.setAttribute("d", path);
    setShown(this.dot, Number.isFinite(y0));
    this.drawTangent(slope, xScale, yScale);
    this.judge(slope, apart, Number.isFinite(y0));
  }

  /** Pixels between curve and tangent, measured across the tangent. */
  distance(x, y, x0, slope, yScale) {
    const rise = (x - x0) * slope * yScale;
    const steepness = Math.hypot(1, slope);
    return Math.abs(y - HEIGHT / 2 - rise) / steepness;
  }

  drawTangent(slope, xScale, yScale) {
    const [dx, dy] = [xScale, slope * yScale];
    const length = Math.hypot(dx, dy) / 400;
    this.tangent.style.display = Number.isFinite(length) ? "" : "none";
    if (!Number.isFinite(length)) return;
    const ends = { x1: -dx, y1: -dy, x2: dx, y2: dy };
    for (const [name, value] of Object.entries(ends)) {
      this.tangent.setAttribute(name, pixel((name[0] === "x" ? WIDTH : HEIGHT) / 2 + value / length));
    }
  }

  judge(slope, apart, defined) {
    let text = "Curve and tangent still part: look closer.";
    if (Number(this.power.value) >= 300) text = "Curve and tangent still part, even so close.";
    if (!defined || !Number.isFinite(slope)) text = this.without();
    else if (apart < INDISTINGUISHABLE) text = "Curve and tangent are indistinguishable at this magnification.";
    setText(this.verdict, text);
  }
}
