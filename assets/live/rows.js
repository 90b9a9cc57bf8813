// Rows of numbers that are points of a picture: added and taken away by taps, keys and in a table that leads and follows.
import { element, setShown, setText } from "./dom.js";
import { carriedOver } from "./carried.js";

/** A new point beside others stands so many arrow keys' steps to the right of one that is there already. */
const ASIDE = 5;

export class Rows {
  /** @param {object} figure the live figure */
  constructor(figure) {
    this.figure = figure;
    this.spec = null;
    this.chosen = 0;
    this.note = element("span", { class: "live-rows__note", role: "status" });
    this.summary = element("summary", { text: "Table of points" });
    this.body = element("tbody");
    const head = ["", "x", "y", ""].map((text) => element("th", { scope: "col", text }));
    this.node = element("details", { class: "live-fold live-rows", "data-rows": "" }, [
      this.summary,
      element("div", { class: "live-fold__body" }, [
        element("div", { class: "live-rows__tools" }, [
          element("button", { type: "button", class: "live-button", "data-add": "", text: "Add a point", onclick: () => this.addSomewhere() }), this.note,
        ]),
        element("table", { class: "live-table" }, [element("thead", {}, [element("tr", {}, head)]), this.body]),
      ]),
    ]);
    // One stop for the Tab key, whatever the number of points.
    this.ring = element("div", {
      class: "live-rows__ring", role: "slider", tabindex: "0", "aria-label": "Points of the data", "aria-valuemin": 1,
      "aria-description": "Arrow keys move the point, N goes to the next one, Insert adds one beside it, Delete takes it away.",
      "aria-keyshortcuts": "N Shift+N Insert Delete",
    });
    this.ring.addEventListener("keydown", (event) => this.press(event));
    this.node.open = carriedOver(this) === true;
  }

  get carriedName() {
    return "rows";
  }

  carried() {
    return this.node.open;
  }

  /** @returns {number} how many points there are */
  get count() {
    return Math.round(this.figure.state.values.get(this.spec.count));
  }

  describe(scene) {
    this.spec = scene.rows && scene.rows.count ? scene.rows : null;
    setShown(this.node, this.spec !== null);
    this.ring.remove();
    this.lines = [];
    if (this.spec === null) return;
    this.panel = this.figure.panels.get(this.spec.panel);
    this.panel.node.append(this.ring);
    const { controls } = this.figure;
    this.lines = this.spec.controls.map((names, k) => {
      const drop = element("button", {
        type: "button", class: "live-button live-button--icon", text: "×", "aria-label": `Take point ${k + 1} away`, onclick: () => this.remove(k),
      });
      const cells = [...names.map((name) => controls.get(name).node), drop].map((node) => element("td", {}, [node]));
      return element("tr", {}, [element("th", { scope: "row", text: String(k + 1) }), ...cells]);
    });
    this.body.replaceChildren(...this.lines);
  }

  /** Whether a control is a number of one of the rows. */
  owns(name) {
    return this.rowOf(name) >= 0;
  }

  rowOf(name) {
    return this.spec === null ? -1 : this.spec.controls.findIndex((names) => names.includes(name));
  }

  /** A point has been taken hold of: the keys are its own from now on. @returns {boolean} whether it is one of a row */
  choose(name) {
    const row = this.rowOf(name);
    if (row < 0) return false;
    this.chosen = row;
    this.say("");
    this.ring.focus({ preventScroll: true });
    this.figure.request();
    return true;
  }

  /** Two taps on the picture add a point there. @returns {boolean} whether they were meant so */
  tapped(panel, [x, y]) {
    if (this.spec === null || panel !== this.panel) return false;
    const { mapping } = panel.subplot(["x", "y"]);
    const inside = x >= mapping.left && x <= mapping.left + mapping.width && y >= mapping.top && y <= mapping.top + mapping.height;
    if (inside) this.add([mapping.xValue(x), mapping.yValue(y)]);
    return inside;
  }

  /** In the middle of the picture. */
  addSomewhere() {
    const middle = this.spec.controls[0].map((name) => {
      const { min, max } = this.figure.state.controls.get(name);
      return (min + max) / 2;
    });
    this.add(middle);
  }

  /** One more point at the end of the rows, as near to the place as the axes and the other points let it stand. */
  add(place) {
    const { state } = this.figure;
    const { controls, count, most } = this.spec;
    const now = this.count;
    if (now === controls.length) {
      this.say(now < most ? "One moment: room for more points is being made." : `${most} points at most can be dragged; more are shown by Own data.`);
      return;
    }
    const names = controls[now];
    const values = names.map((name, i) => this.figure.scale(name).tidy(place[i]));
    const taken = (at) => controls.slice(0, now).some((row) => row.every((name, i) => state.values.get(name) === at[i]));
    const aside = ASIDE * state.controls.get(names[0]).step;
    for (let k = 0; k < now && taken(values); k += 1) values[0] = this.figure.scale(names[0]).tidy(values[0] + aside);
    state.assign({ [count]: now + 1, [names[0]]: values[0], [names[1]]: values[1] });
    this.chosen = now;
    this.say(`Point ${now + 1} is added.`);
  }

  /** The point goes, and those after it move up. */
  remove(row) {
    const { state } = this.figure;
    const { controls, count } = this.spec;
    const now = this.count;
    if (now === 1) {
      this.say("The last point stays.");
      return;
    }
    const changes = { [count]: now - 1 };
    for (let k = row; k < now - 1; k += 1) {
      controls[k].forEach((name, i) => { changes[name] = state.values.get(controls[k + 1][i]); });
    }
    state.assign(changes);
    this.chosen = Math.min(this.chosen > row ? this.chosen - 1 : this.chosen, now - 2);
    this.say(`Point ${row + 1} is gone; Undo brings it back.`);
  }

  /** Keys on the point that is chosen. */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { state } = this.figure;
    const names = this.spec.controls[this.chosen];
    const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] }[event.key];
    if (way) {
      const name = names[way[0]];
      state.set(name, this.figure.scale(name).move(state.values.get(name), way[1] * (event.shiftKey ? 0.1 : 1)));
      state.release(true);
    } else if (event.key === "n" || event.key === "N") {
      this.chosen = (this.chosen + (event.shiftKey ? this.count - 1 : 1)) % this.count;
      this.figure.request();
    } else if (event.key === "Insert" || event.key === "+") {
      this.add(names.map((name) => state.values.get(name)));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.remove(this.chosen);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  say(text) {
    setText(this.note, text);
  }

  update() {
    if (this.spec === null) return;
    const { count } = this;
    this.chosen = Math.min(this.chosen, count - 1);
    this.lines.forEach((line, k) => setShown(line, k < count));
    const [x, y] = this.spec.controls[this.chosen];
    const handle = this.panel.handles.find((one) => one.control.name === x);
    const seen = Boolean(handle) && handle.node.style.display !== "none";
    this.ring.classList.toggle("live-rows__ring--away", !seen);
    if (seen) this.ring.style.transform = `translate(${handle.place[0]}px, ${handle.place[1]}px)`;
    const told = [x, y].map((name) => this.figure.controls.get(name).input.getAttribute("aria-valuetext"));
    this.ring.setAttribute("aria-valuemax", count);
    this.ring.setAttribute("aria-valuenow", this.chosen + 1);
    this.ring.setAttribute("aria-valuetext", `point ${this.chosen + 1} of ${count}: x = ${told[0]}, y = ${told[1]}`);
  }
}
