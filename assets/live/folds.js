// What is folded away until asked for: live tables, and derivations that open line by line.
import { carriedOver } from "./carried.js";
import { element, mathElement, setShown, setText } from "./dom.js";
import { compileCases, compileTemplate } from "./text.js";

export class Table {
  constructor(spec, figure) {
    this.figure = figure;
    this.summary = element("summary");
    this.head = element("tr");
    this.body = element("tbody");
    this.node = element("details", { class: "live-fold", "data-table": spec.name, ontoggle: () => this.update() }, [
      this.summary,
      element("div", { class: "live-fold__body" }, [
        element("table", { class: "live-table" }, [element("thead", {}, [this.head]), this.body]),
      ]),
    ]);
    this.describe(spec);
    this.node.open = carriedOver(this) === true;
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
    this.head.replaceChildren(...spec.head.map((text) => element("th", { scope: "col", text })));
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
    const node = element("tr", chosen ? { class: "live-table__row", onclick: () => state.assign(row.sets) } : {},
      cells.map((cell) => element("td", {}, [cell.node])));
    return { node, cells, here: row.when.length > 0 ? state.quantities.test(row.when) : () => false };
  }

  /** A folded table costs nothing. */
  update() {
    setShown(this.node, this.figure.state.shows(this.spec.toggle));
    if (!this.node.open) return;
    for (const { node, cells, here } of this.rows) {
      for (const cell of cells) setText(cell.node, cell.text());
      if (here()) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
  }
}

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
