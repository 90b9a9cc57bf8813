// Live tables, folded away until asked for or open in the rail, and derivations that open line by line.
import { carriedOver } from "../document/carried.js";
import { element, mathElement, setShown, setText, setWords } from "../document/dom.js";
import { compileCases, compileTemplate } from "./text.js";

export class Table {
  constructor(spec, figure) {
    this.figure = figure;
    const inRail = spec.place === "rail";
    this.summary = element(inRail ? "h2" : "summary", inRail ? { class: "live-card__title" } : {});
    this.head = element("tr");
    this.body = element("tbody");
    const table = element("table", { class: "live-table" }, [element("thead", {}, [this.head]), this.body]);
    this.node = inRail
      ? element("section", { class: "live-card live-ledger", "data-table": spec.name }, [this.summary, table])
      : element("details", { class: "live-fold", "data-table": spec.name, ontoggle: () => this.update() }, [
        this.summary, element("div", { class: "live-fold__body" }, [table]),
      ]);
    this.describe(spec);
    this.node.open = inRail || carriedOver(this) === true;
  }

  get carriedName() {
    return `table/${this.spec.name}`;
  }

  carried() {
    return this.node.open;
  }

  describe(spec) {
    this.spec = spec;
    setText(this.summary, spec.label);
    this.head.replaceChildren(...spec.head.map((text) => {
      const cell = element("th", { scope: "col" });
      this.figure.terms.write(cell, text);
      return cell;
    }));
    this.rows = spec.rows.map((row) => this.makeRow(row));
    this.body.replaceChildren(...this.rows.map(({ node }) => node));
  }

  makeRow(row) {
    const { state } = this.figure;
    const chosen = Object.keys(row.sets).length > 0;
    const cells = row.cells.map((said, i) => ({
      text: compileCases(said, state.quantities, state.controls),
      node: chosen && i === 0
        ? element("button", { type: "button", class: "live-table__choose", onclick: () => state.assign(row.sets) })
        : element("span"),
    }));
    const attributes = { "data-role": row.role || "ink" };
    const node = element("tr", chosen ? { ...attributes, class: "live-table__row", onclick: () => state.assign(row.sets) } : attributes,
      cells.map((cell) => element("td", {}, [cell.node])));
    return { node, cells, here: row.when.length > 0 ? state.quantities.test(row.when) : () => false };
  }

  /** A folded table costs nothing. */
  update() {
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
    if (!this.node.open) return;
    for (const { node, cells, here } of this.rows) {
      for (const cell of cells) setWords(cell.node, cell.text());
      if (here()) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
  }
}

/** The style sheet's name for lines that are wider than their card. */
const LONG_LINES = "live-lines--long";

export class Derivation {
  constructor(spec, figure) {
    this.figure = figure;
    this.title = element("h2", { class: "live-card__title" });
    this.list = element("ol", { class: "live-lines" });
    this.next = element("button", { type: "button", class: "live-button", text: "Next line", onclick: () => this.advance() });
    this.node = element("section", { class: "live-card live-derivation", "data-derivation": spec.name }, [
      this.title, this.list, this.next,
    ]);
    this.open = 0;
    this.written = "";
    new ResizeObserver(() => this.reach()).observe(this.list);
    this.describe(spec);
    this.open = carriedOver(this) || this.open;
    this.unfold();
  }

  get carriedName() {
    return `derivation/${this.spec.name}`;
  }

  carried() {
    return this.open;
  }

  describe(spec) {
    this.spec = spec;
    const { state } = this.figure;
    const written = JSON.stringify([state.scene.id, spec]);
    setText(this.title, spec.label);
    if (written !== this.written) this.open = spec.one_by_one ? 0 : spec.lines.length;
    this.written = written;
    this.lines = spec.lines.map((line) => {
      const says = element("span", { class: "live-lines__says" });
      return {
        says, text: compileTemplate(line.says, state.quantities, state.controls),
        node: element("li", { class: "live-lines__line" }, [mathElement(line.mathml), says]),
      };
    });
    this.list.replaceChildren(...this.lines.map(({ node }) => node));
    this.unfold();
  }

  /** Lines wider than the card are set smaller; what is wider still can be scrolled, by keys too. */
  reach() {
    this.list.classList.remove(LONG_LINES);
    const open = this.lines.slice(0, this.open);
    this.list.classList.toggle(LONG_LINES, open.some(({ node }) => node.scrollWidth > node.clientWidth));
    for (const { node } of this.lines) {
      if (node.scrollWidth > node.clientWidth) node.setAttribute("tabindex", "0");
      else node.removeAttribute("tabindex");
    }
  }

  advance() {
    this.open += 1;
    this.unfold();
    this.update();
  }

  unfold() {
    this.lines.forEach(({ node }, i) => setShown(node, i < this.open));
    setShown(this.next, this.open < this.lines.length);
    setText(this.next, this.open === 0 ? "Show the first line" : "Next line");
  }

  update() {
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
    this.lines.forEach(({ says, text }, i) => { if (i < this.open) setText(says, text()); });
  }
}
