// On paper: the figure as a worksheet, as wide as a sheet, in the light colours, with the link that leads back to it.
import { shareAddress } from "./address.js";
import { element, setText } from "../document/dom.js";
import { plainCopy } from "../space/space_adapter.js";

/** The style sheet lays the page out by this while it is printed. */
const ON_PAPER = "live-paper";

export class Paper {
  constructor(figure) {
    this.figure = figure;
    this.on = false;
    this.copies = [];
    this.link = element("p", { class: "live-paper__link" });
    this.print = window.matchMedia("print");
    this.begin = () => this.lay(true);
    this.end = () => this.lay(false);
    this.follow = ({ matches }) => this.lay(matches);
    window.addEventListener("beforeprint", this.begin);
    window.addEventListener("afterprint", this.end);
    this.print.addEventListener("change", this.follow);
  }

  /** Nothing is painted between this and the paper: the pictures are drawn anew at once. */
  lay(on) {
    const { figure } = this;
    if (on === this.on) return;
    this.on = on;
    figure.state.onPaper = on;
    document.documentElement.classList.toggle(ON_PAPER, on);
    if (figure.state.scene.main !== false) document.documentElement.dataset.paper = on ? figure.page : "";
    figure.box.classList.toggle("live-box--present", figure.presenting && !on);
    // Said once: a style sheet that asked for the value would be asked again at every frame of a drag.
    for (const { node, control } of figure.controls.values()) {
      node.toggleAttribute("data-unbegun", on && control.kind === "iteration" && figure.state.values.get(control.name) === 0);
    }
    if (!this.link.isConnected) figure.root.append(this.link);
    setText(this.link, on ? shareAddress(figure.state) : "");
    figure.refresh();
    this.copies.forEach((copy) => copy.remove());
    this.copies = [];
    for (const { graph, node } of on ? figure.panels.values() : []) {
      const copy = graph ? plainCopy(graph) : null;
      if (copy) node.append(copy);
      if (copy) this.copies.push(copy);
    }
  }

  remove() {
    window.removeEventListener("beforeprint", this.begin);
    window.removeEventListener("afterprint", this.end);
    this.print.removeEventListener("change", this.follow);
    document.documentElement.classList.remove(ON_PAPER);
    delete document.documentElement.dataset.paper;
  }
}
