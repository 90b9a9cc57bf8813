// The boxes and wires of a graph: what is written in them, which is computed now, and which are lit.
import { raisedParts, setAttribute, setText, spokenWords, svgElement } from "../document/dom.js";
import { compileCases } from "../words/text.js";
import { onScale } from "../document/type.js";

/** Sizes of a box's texts (px) and where their base lines stand under its middle; the last one's number is a line lower. */
const GRAPH_LINES = [{ size: 15, below: -27 }, { size: 20, below: -3 }, { size: 15, below: 17, broken: 18 }];
/** An exponent's size in its line, and how far it is raised (px). */
const [EXPONENT, RAISED] = [0.8, 6];
const [GRAPH_LABEL_SIZE, GRAPH_LABEL_ROOM] = [15, 52];
/** How far a label stands from its wire and from the box where that arrives (px). */
const GRAPH_LABEL_ASIDE = 6;
/** A letter is about so wide, and a raised or lowered digit or a space, as a share of its size; and a text leaves this much of its box free (px). */
const [LETTER_WIDTH, THIN_WIDTH, BOX_PADDING] = [0.56, 0.36, 12];
const THIN = /[\s.·()₀-₉⁰¹²³⁴-⁹⁻]/gu;
/** What is not on a lit way fades to this. */
const GRAPH_FADED = 0.22;

/**
 * A text that is written only when it is new, and smaller where it would not fit; `broken` at its first space. What stands
 * above has an element of its own: where only the number below changes, only that is laid out anew.
 */
class GraphText {
  /**
   * @param {Array|string} cases @param {() => boolean} holds when it is known @param {() => string} lost what stands in place
   * of its number, where that is not empty @param {string} role
   */
  constructor(cases, state, { holds, lost = () => "", role, size, broken = 0 }, width) {
    this.holds = holds;
    this.lost = lost;
    this.text = compileCases(cases, state.quantities, state.controls);
    this.role = role;
    this.size = size;
    this.width = width;
    this.shown = "";
    const written = () => svgElement("text", { class: "live-graph__number", "font-size": size, "font-weight": 600, "text-anchor": "middle" });
    this.node = written();
    this.broken = broken;
    this.nodes = broken > 0 ? [written(), this.node] : [this.node];
  }

  now() {
    if (!this.holds()) return "";
    const [text, lost] = [this.text(), this.lost()];
    return lost === "" ? text : text.slice(0, this.cutOf(text)) + lost;
  }

  /** Where the number begins. */
  cutOf(text) {
    return this.broken > 0 ? text.indexOf(" ") + 1 : 0;
  }

  place(x, y) {
    this.spot = [x, y];
    this.nodes.forEach((node, i) => {
      node.setAttribute("x", x);
      node.setAttribute("y", y + i * this.broken);
    });
  }

  /** @param {(spot: [number, number]) => boolean} isSeen what is not waits */
  update(isSeen) {
    if (!isSeen(this.spot)) return;
    const now = this.now();
    if (now === this.shown) return;
    const cut = this.cutOf(now);
    const fitting = fittingSize(now.slice(cut), this.size, this.width);
    if (fitting !== this.fitting) this.node.setAttribute("font-size", fitting);
    this.fitting = fitting;
    if (this.broken > 0) setText(this.nodes[0], now.slice(0, cut));
    setText(this.node, now.slice(cut));
    this.shown = now;
  }
}

/** A box's title, in which what stands behind ^ is raised, and what follows it stands on the line again. */
function graphTitle(title, width) {
  const parts = raisedParts(title).map((text, i) => svgElement("tspan", i % 2
    ? { text, dy: -RAISED, "font-size": `${EXPONENT}em` } : { text, dy: i > 0 ? RAISED : 0 }));
  return svgElement("text", { "font-size": fittingSize(title, GRAPH_LINES[0].size, width), "font-weight": 600, "text-anchor": "middle" }, parts);
}

function fittingSize(text, size, width) {
  const thin = (text.match(THIN) || []).length;
  const letters = LETTER_WIDTH * (text.length - thin) + THIN_WIDTH * thin;
  return onScale(Math.min(size, width / Math.max(letters, LETTER_WIDTH))).toFixed(1);
}

export class GraphBoxes {
  /**
   * @param {object} graph boxes and wires as Python placed them @param {object} state of the figure
   * @param {() => void} changed when another box is lit
   */
  constructor(graph, state, changed) {
    this.graph = graph;
    this.changed = changed;
    this.lit = null;
    const { quantities } = state;
    const lost = new Map(graph.boxes.map(({ name, lost: cases = "" }) => [name, compileCases(cases, quantities, state.controls)]));
    const [since, exactly] = [(step) => quantities.test([[graph.steps, step, null]]), (step) => quantities.test([[graph.steps, step]])];
    this.wires = graph.wires.map((spec) => {
      const path = svgElement("path", { fill: "none" });
      const label = new GraphText(spec.label, state, {
        holds: since(spec.since), lost: lost.get(spec.target), role: graph.roles.at(-1), size: GRAPH_LABEL_SIZE,
      }, GRAPH_LABEL_ROOM);
      return { spec, path, label, isPresent: exactly(spec.since), node: svgElement("g", {}, [path, label.node]) };
    });
    this.boxes = graph.boxes.map((spec, i) => {
      const room = graph.box[0] - (spec.round ? 3 : 1) * BOX_PADDING;
      const title = graphTitle(spec.title, room);
      const known = spec.since.map(since);
      const lines = spec.lines.map((line, j) => new GraphText(line, state, {
        ...GRAPH_LINES[j + 1], holds: known[j], lost: lost.get(j === 0 ? spec.name : graph.output || spec.name), role: graph.roles[j],
      }, room));
      const frame = svgElement("rect", { width: graph.box[0], height: graph.box[1], rx: spec.round ? graph.box[1] / 2 : 8 });
      const node = svgElement("g", {
        class: "live-graph__box", "data-box": spec.name, role: "button", tabindex: i === 0 ? "0" : "-1", "aria-label": spokenWords(spec.title), "aria-pressed": "false",
        onclick: () => this.light(spec.name),
      }, [frame, title, ...lines.flatMap((line) => line.nodes)]);
      return {
        spec, frame, title, lines, node,
        says: spec.says.map((one, j) => new GraphText(one, state, { holds: known[j] || (() => true), size: 0 }, 0)),
        isPresent: spec.since.filter(Boolean).map(exactly),
      };
    });
    this.nodes = [...this.wires, ...this.boxes].map(({ node }) => node);
  }

  /** The boxes' middles. @param {boolean} tall the flow goes down */
  spots(tall) {
    return this.boxes.map(({ spec }) => (tall ? spec.tall : spec.wide));
  }

  /** Puts everything where the layout has it. @param {boolean} tall the flow goes down */
  place(tall) {
    const [width, height] = this.graph.box;
    for (const { spec, frame, title, lines } of this.boxes) {
      const [x, y] = tall ? spec.tall : spec.wide;
      frame.setAttribute("x", x - width / 2);
      frame.setAttribute("y", y - height / 2);
      title.setAttribute("x", x);
      title.setAttribute("y", y + GRAPH_LINES[0].below);
      lines.forEach((line, i) => line.place(x, y + GRAPH_LINES[i + 1].below));
    }
    const middles = new Map(this.boxes.map(({ spec }) => [spec.name, spec.tall[0]]));
    for (const { spec, path, label } of this.wires) {
      const way = tall ? spec.tall : spec.wide;
      path.setAttribute("d", way);
      const [x, y] = way.match(/-?\d+/g).map(Number);
      // Of the wires that arrive at a box from above, those of its left half have their labels on the left.
      const aside = tall && x >= middles.get(spec.target) ? 1 : -1;
      label.place(x + aside * GRAPH_LABEL_ASIDE, y - GRAPH_LABEL_ASIDE);
      label.node.setAttribute("text-anchor", aside > 0 ? "start" : "end");
    }
    this.tall = tall;
  }

  paint(colours) {
    this.colours = colours;
    for (const { title, lines, node } of this.boxes) {
      title.setAttribute("fill", colours.ink);
      for (const line of lines) for (const written of line.nodes) written.setAttribute("fill", colours[line.role]);
      node.style.setProperty("--live-ring", colours.ink);
    }
    for (const { label } of this.wires) label.node.setAttribute("fill", colours[label.role]);
    for (const part of [...this.boxes, ...this.wires]) part.state = null;
  }

  /** @param {(spot: [number, number]) => boolean} isSeen whether what stands there has to be written now */
  update(isSeen) {
    const ways = this.lit === null ? null : this.reached(this.lit);
    for (const box of this.boxes) {
      for (const line of box.lines) line.update(isSeen);
      const now = box.isPresent.some((holds) => holds());
      this.frame(box, box.frame, now, ways === null || ways.has(box.spec.name), now ? 3.5 : 1.5, now ? "ink" : "guide");
    }
    for (const wire of this.wires) {
      wire.label.update(isSeen);
      const now = wire.isPresent();
      const lit = ways === null || (ways.has(wire.spec.source) && ways.has(wire.spec.target));
      this.frame(wire, wire.path, now, lit, now || (ways !== null && lit) ? 3.5 : 1.75, now || (ways !== null && lit) ? "ink" : "guide");
    }
  }

  /** How a box or wire is drawn, only where that is new. */
  frame(part, line, now, lit, width, role) {
    const state = `${now}${lit}${width}`;
    if (state === part.state) return;
    part.state = state;
    line.setAttribute("stroke", this.colours[role]);
    line.setAttribute("stroke-width", width);
    if (line.tagName === "rect") line.setAttribute("fill", this.colours.paper);
    part.node.setAttribute("opacity", lit ? 1 : GRAPH_FADED);
  }

  /** The middle of the box that is computed now, or of the letters before the first. @returns {[number, number]} */
  present() {
    const box = this.boxes.find(({ isPresent }) => isPresent.some((holds) => holds()));
    const begin = box ? [box] : this.boxes.filter(({ spec }) => spec.round);
    return [0, 1].map((axis) => begin.reduce((sum, { spec }) => sum + (this.tall ? spec.tall : spec.wide)[axis], 0) / Math.max(begin.length, 1));
  }

  /** A box and all boxes on its ways to the output. */
  reached(name) {
    const found = new Set([name]);
    // Boxes come in an order in which they can be computed.
    for (const { spec } of this.boxes) {
      if (this.graph.wires.some((wire) => wire.target === spec.name && found.has(wire.source))) found.add(spec.name);
    }
    return found;
  }

  /** How much of the lit ways stands between two heights of the layout: the touched box weighs more than all others. */
  litBetween(top, bottom) {
    if (this.lit === null) return 0;
    const [ways, half] = [this.reached(this.lit), this.graph.box[1] / 2];
    return this.boxes.reduce((sum, { spec }) => {
      const middle = (this.tall ? spec.tall : spec.wide)[1];
      const hidden = ways.has(spec.name) && middle - half < bottom && middle + half > top;
      return sum + (hidden ? (spec.name === this.lit ? this.boxes.length : 1) : 0);
    }, 0);
  }

  /** Lights a box and its ways; once more, none. */
  light(name) {
    this.lit = this.lit === name ? null : name;
    for (const { spec, node } of this.boxes) {
      setAttribute(node, "aria-pressed", String(spec.name === this.lit));
      node.setAttribute("tabindex", spec.name === (this.lit || this.boxes[0].spec.name) ? "0" : "-1");
    }
    this.changed();
  }

  /** What is said of the lit box. */
  words() {
    const box = this.boxes.find(({ spec }) => spec.name === this.lit);
    if (!box) return "";
    const said = box.says.map((one) => one.now());
    if (said[0] === "") said[0] = `${box.spec.title}.`;
    return said.filter((text) => text !== "").join(" ");
  }

  /** Keys on a box: Enter and space light it, arrows go to the next one, Escape lights none. @returns {boolean} whether it was one of these */
  press(event) {
    const at = this.boxes.findIndex(({ node }) => node === event.target);
    if (at < 0) return false;
    const to = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (to) this.boxes[Math.min(Math.max(at + to, 0), this.boxes.length - 1)].node.focus();
    else if (event.key === "Enter" || event.key === " ") this.light(this.boxes[at].spec.name);
    else if (event.key === "Escape" && this.lit !== null) this.light(this.lit);
    else return false;
    return true;
  }
}
