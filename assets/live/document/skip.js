// The first thing that the keys meet: a way past the page's row to what can be dragged.
import { element } from "./dom.js";

export class Skip {
  /** @param {import("../figure/live.js").LiveFigure} figure */
  constructor(figure) {
    this.node = element("button", {
      type: "button", class: "live-skip", text: "To the picture",
      onclick: () => {
        const { controls, state } = figure;
        const first = state.scene.controls.map(({ name }) => controls.get(name)).find(({ input }) => input.checkVisibility());
        if (first) first.input.focus();
      },
    });
  }

  /** Before everything else in the document, where the figure is the page's own. */
  settle(main) {
    if (!main) this.node.remove();
    else if (document.body.firstChild !== this.node) document.body.prepend(this.node);
  }

  remove() {
    this.node.remove();
  }
}
