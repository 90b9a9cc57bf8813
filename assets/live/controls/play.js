// Play, pause, step, speed and loop for a control that is a time, an iteration, or a value worth watching on its way.
import { element, icon } from "../document/dom.js";
import { scaleOf } from "./scales.js";

const PLAY = "M6 4l10 6-10 6z";
const PAUSE = "M5 4h4v12H5zM11 4h4v12h-4z";
const FORWARD = "M5 4l8 6-8 6zM13 4h2v12h-2z";
const BACK = "M15 4l-8 6 8 6zM5 4h2v12H5z";
const LOOP = "M4 9a6 6 0 0 1 10-4l2 2V3h1.500v6.500H11V8h3.500L13 6.500a4.500 4.500 0 0 0-7.500 2.500zM16 11a6 6 0 0 1-10 4l-2-2v4H2.500v-6.500H9V12H5.500L7 13.500a4.500 4.500 0 0 0 7.500-2.500z";
const SPEEDS = [1, 2, 0.5, 0.25];

function button(label, path, onclick, text = "") {
  return element("button", {
    type: "button", class: `live-button${text ? "" : " live-button--icon"}`, "aria-label": label, title: label, onclick,
  }, [icon(path), text ? element("span", { text }) : null]);
}

/** The legs of a run: where it goes, in order. A control without runs goes from one end to the other. */
function legsOf(control, run) {
  return run ? run.legs : [[control.min, control.max]];
}

export class Player {
  constructor(control, figure) {
    this.control = control;
    this.figure = figure;
    this.scale = scaleOf(control);
    this.speed = 1;
    this.looping = Boolean(control.play.loop);
    this.run = (control.play.runs || [])[0] || null;
    this.progress = 0;
    /** Where it has put the control. */
    this.placed = null;
    this.frame = 0;
    const runs = control.play.runs || [];
    const stepped = control.kind === "iteration" || control.kind === "time";
    this.starts = runs.length > 0
      ? runs.map((run) => element("button", {
        type: "button", class: "live-button", "data-play": run.label, text: run.label, onclick: () => this.start(run),
      }))
      : [button("Play", PLAY, () => this.toggle())];
    this.starter = runs.length > 0 ? null : this.starts[0];
    this.pauser = runs.length > 0 ? button("Pause", PAUSE, () => this.toggle()) : null;
    if (this.pauser) this.pauser.hidden = true;
    this.pace = element("button", {
      type: "button", class: "live-button live-button--quiet", text: "1×", "aria-label": "Speed", title: "Speed",
      onclick: () => this.faster(),
    });
    this.loop = button("Loop", LOOP, () => this.setLoop(!this.looping));
    this.node = element("div", { class: "live-play", role: "group", "aria-label": `Play ${control.label}` }, [
      stepped ? button("Step back", BACK, () => this.step(-1)) : null,
      ...this.starts, this.pauser,
      stepped ? button("Step", FORWARD, () => this.step(1), "Step") : null,
      this.pace, this.loop,
    ]);
    this.setLoop(this.looping);
  }

  get playing() {
    return this.frame !== 0;
  }

  setLoop(on) {
    this.looping = on;
    this.loop.setAttribute("aria-pressed", String(on));
  }

  faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.pace.textContent = `${this.speed}×`;
  }

  step(direction) {
    this.pause();
    const { state } = this.figure;
    const { name, step } = this.control;
    state.set(name, this.scale.tidy(state.values.get(name) + direction * step));
    state.release();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.start(this.run);
  }

  /** Plays on from where it paused, if the control has not been moved; else from where that stands, or from the start. */
  start(run) {
    this.pause();
    const { state } = this.figure;
    const stands = state.values.get(this.control.name);
    const resumed = run === this.run && this.progress > 0 && this.progress < 1 && stands === this.placed;
    this.run = run;
    if (!resumed) this.progress = run ? 0 : this.scale.toShare(stands) % 1;
    state.begin();
    this.show(true);
    if (this.figure.calm) {
      this.finishAtOnce();
      return;
    }
    let last = performance.now();
    const tick = (now) => {
      this.progress += (Math.max(now - last, 0) / 1000 / this.control.play.seconds) * this.speed;
      last = now;
      if (this.progress >= 1 && this.looping) this.progress %= 1;
      this.place(Math.min(this.progress, 1));
      if (this.progress >= 1) this.pause();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  /** Whoever asked for less motion sees the end without the way. */
  finishAtOnce() {
    this.progress = 1;
    this.place(1);
    this.pause();
    this.figure.state.release();
  }

  /** Sets the control to a share of the way; on a logarithmic control the way is travelled evenly on its track. */
  place(share) {
    const legs = legsOf(this.control, this.run);
    const whole = Math.min(Math.floor(share * legs.length), legs.length - 1);
    const [from, to] = legs[whole];
    const along = share * legs.length - whole;
    const [a, b] = [this.scale.toShare(from), this.scale.toShare(to)];
    const value = along >= 1 ? to : this.scale.toValue(a + along * (b - a));
    const { kind, name, step, min } = this.control;
    const { state } = this.figure;
    state.set(name, kind === "iteration" ? min + Math.round((value - min) / step) * step : value);
    this.placed = state.values.get(name);
  }

  pause() {
    if (!this.playing) return;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.show(false);
    this.figure.state.release();
  }

  show(playing) {
    if (this.pauser) {
      this.pauser.hidden = !playing;
    } else {
      this.starter.replaceChildren(icon(playing ? PAUSE : PLAY));
      this.starter.setAttribute("aria-label", playing ? "Pause" : "Play");
      this.starter.title = playing ? "Pause" : "Play";
    }
  }

  remove() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.node.remove();
  }
}
