// Sketching before seeing: the learner draws where they believe the derivative to be, in one stroke or dot by dot.
import { element, setShown, setText, svgElement } from "../document/dom.js";
import { pixel } from "../document/geometry.js";
import { functionOf } from "../tape/machine.js";
import { fixedNumber } from "../words/numbers.js";
import { Seat } from "./rail.js";
import { Stroke } from "./stroke.js";

/** A dot goes up and down: a hand that leaves it sideways by more than this (px) draws. */
const OFF_THE_DOT = 16;

export class Sketch {
  constructor(figure) {
    this.figure = figure;
    this.started = false;
    this.sketched = [];
    this.revealed = false;
    this.line = svgElement("polyline", { fill: "none", class: "live-sketch__line" });
    this.errors = svgElement("path", { fill: "none", class: "live-sketch__errors" });
    this.dots = [];
    this.stroke = new Stroke((from, to, at) => this.follow(from, to, at));
    this.text = element("p");
    this.verdict = element("p", { class: "live-quiet", role: "status" });
    const button = (text, onclick) => element("button", { type: "button", class: "live-button", text, onclick });
    this.begin = button("", () => this.start());
    this.show = button("Reveal", () => this.reveal());
    this.stop = button("Put away", () => this.end());
    this.node = element("section", { class: "live-card live-sketch", "data-sketch": "" }, [
      this.text, this.verdict, element("div", { class: "live-challenge__row" }, [this.begin, this.show, this.stop]),
    ]);
    this.seat = new Seat(figure, this.node);
  }

  describe(scene) {
    const written = JSON.stringify([scene.id, scene.sketch]);
    this.spec = scene.sketch;
    setShown(this.node, Boolean(this.spec));
    if (!this.spec) {
      this.end();
      return;
    }
    this.f = functionOf(scene.functions[this.spec.function]);
    setText(this.begin, this.spec.label);
    if (written !== this.written) {
      this.values = this.spec.places.map(() => 0);
      this.end();
    }
    this.written = written;
  }

  /** The answer does not lie under the question: what a reveal would show is switched off. */
  start() {
    this.values = this.spec.places.map(() => 0);
    this.dots = this.spec.places.map((place, i) => this.makeDot(place, i));
    this.started = true;
    this.revealed = false;
    this.wait(true);
    const { state } = this.figure;
    if (state.toggles.get(this.spec.reveals)) {
      state.turn(this.spec.reveals, false);
      this.figure.switched();
      state.release();
    }
    this.update();
    this.settle();
    this.figure.request();
  }

  /** @param {HTMLElement} front where it is seen with the picture @returns {HTMLElement[]} what of it stands in the rail */
  placed(front) {
    return this.seat.settle(front, this.started);
  }

  /** Its words and its buttons are in sight together with the picture. */
  settle() {
    const { scene } = this.figure.state;
    if (this.started || this.node.parentNode === this.figure.ask) this.figure.arrange(scene);
    if (this.started) this.seat.show();
  }

  /** A link leads to the sketch, where there is one. */
  goTo() {
    if (this.spec) this.start();
  }

  /** What is known of the slopes waits while they are guessed; a link holds the sketch until it is put away. */
  wait(on) {
    this.figure.quiet.set("sketch", on);
    this.figure.state.lead("sketch", on || this.started ? "1" : "");
  }

  end() {
    this.started = false;
    this.wait(false);
    this.revealed = false;
    this.dots.forEach((dot) => dot.remove());
    this.dots = [];
    this.stroke.remove();
    for (const part of this.sketched) part.classList.remove("live-sketched");
    this.line.remove();
    this.errors.remove();
    setText(this.verdict, "");
    this.settle();
    this.figure.request();
  }

  makeDot(place, i) {
    const dot = element("div", {
      class: "live-handle live-handle--y live-handle--small", "data-role": "ink", "data-sketch-point": i, tabindex: "0",
      role: "slider", "aria-label": `your value at x = ${fixedNumber(place, 1)}`, "aria-valuenow": "0",
    }, [element("span", { class: "live-handle__dot" })]);
    dot.style.touchAction = "none";
    let from = null;
    const move = (event) => {
      if (!this.revealed && Math.abs(event.clientX - from.clientX) > OFF_THE_DOT) return this.stroke.take(event, from);
      const panel = this.figure.panels.get(this.spec.panel);
      const { mapping } = panel.subplot(this.spec.axes);
      return this.lift(i, mapping.yValue(event.clientY - panel.layer.getBoundingClientRect().top));
    };
    dot.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      event.stopPropagation();
      dot.setPointerCapture(event.pointerId);
      from = event;
      dot.addEventListener("pointermove", move);
    });
    dot.addEventListener("lostpointercapture", () => dot.removeEventListener("pointermove", move));
    dot.addEventListener("keydown", (event) => this.press(event, i));
    return dot;
  }

  press(event, i) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const [low, high] = this.figure.panels.get(this.spec.panel).subplot(this.spec.axes).mapping.yRange();
    this.lift(i, this.values[i] + direction * ((high - low) / (event.shiftKey ? 400 : 40)));
  }

  /** The dots lie on the stroke wherever it went. */
  follow(from, to, at) {
    if (this.revealed) return;
    this.spec.places.forEach((place, i) => place >= from && place <= to && this.place(i, at(place)));
    this.figure.request();
  }

  /** A dot that is moved by itself leaves the stroke: up to its neighbours the line is straight again. */
  lift(i, value) {
    const { places } = this.spec;
    this.stroke.forget(places[i - 1] ?? -Infinity, places[i + 1] ?? Infinity);
    this.place(i, value);
  }

  place(i, value) {
    const [low, high] = this.figure.panels.get(this.spec.panel).subplot(this.spec.axes).mapping.yRange();
    this.values[i] = Math.min(Math.max(value, low), high);
    this.dots[i].setAttribute("aria-valuenow", this.values[i].toFixed(2));
    this.figure.request();
  }

  reveal() {
    this.revealed = true;
    this.stroke.sheet.remove();
    this.wait(false);
    const { state } = this.figure;
    if (state.toggles.has(this.spec.reveals)) state.turn(this.spec.reveals, true);
    this.figure.switched();
    const truth = this.spec.places.map((place) => this.f(place));
    const known = truth.map((value, i) => [value, this.values[i]]).filter(([value]) => Number.isFinite(value));
    const signs = known.filter(([value, guess]) => Math.sign(value) === Math.sign(guess)).length;
    const off = known.reduce((sum, [value, guess]) => sum + Math.abs(value - guess), 0) / Math.max(known.length, 1);
    setText(this.verdict, `The sign is right at ${signs} of ${known.length} points; on average you were off by ${fixedNumber(off, 2)}.`);
    state.release();
  }

  update() {
    if (!this.spec) return;
    this.node.classList.toggle("live-sketch--idle", !this.started);
    setShown(this.begin, !this.started);
    setShown(this.show, this.started && !this.revealed);
    setShown(this.stop, this.started);
    setShown(this.text, this.started && !this.revealed);
    setText(this.text, this.spec.question);
    if (!this.started) return;
    const panel = this.figure.panels.get(this.spec.panel);
    const subplot = panel.subplot(this.spec.axes);
    if (!subplot.drawn) return;
    this.draw(panel, subplot);
  }

  draw(panel, { quiet, group, mapping }) {
    if (this.line.parentNode !== group) {
      group.append(this.errors, this.line);
      this.sketched = [quiet, group];
      for (const part of this.sketched) part.classList.add("live-sketched");
    }
    if (this.dots[0].parentNode !== panel.layer) panel.layer.append(...this.dots);
    if (!this.revealed) this.stroke.lie(panel.layer, mapping);
    let errors = "";
    this.spec.places.forEach((place, i) => {
      const [x, y] = [mapping.x(place), mapping.y(this.values[i])];
      const truth = mapping.y(this.f(place));
      if (this.revealed && Number.isFinite(truth)) errors += `M${pixel(x)} ${pixel(y)}V${pixel(Math.min(Math.max(truth, -1e4), 1e4))}`;
      this.dots[i].style.transform = `translate(${x}px, ${y}px)`;
      this.dots[i].style.display = x < mapping.left || x > mapping.left + mapping.width ? "none" : "";
    });
    const drawn = [...this.stroke.trail, ...this.spec.places.map((place, i) => [place, this.values[i]])].sort(([x], [other]) => x - other);
    this.line.setAttribute("points", drawn.map(([x, y]) => `${pixel(mapping.x(x))},${pixel(mapping.y(y))}`).join(" "));
    this.errors.setAttribute("d", errors);
  }
}
