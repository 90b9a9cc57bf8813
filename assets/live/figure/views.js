// On a phone a surface has one picture at a time: from above, where the point is dragged, or in space.
import { element, setShown } from "../document/dom.js";

/** The style sheet shows space by this, and the pad without it. */
const IN_SPACE = "live--inspace";

export class Views {
  constructor(figure) {
    this.figure = figure;
    this.buttons = [["From above", false], ["3D", true]].map(([text, space]) => element("button", {
      type: "button", class: "live-chip", "data-view": space ? "space" : "pad", text, onclick: () => this.choose(space),
    }));
    this.node = element("div", { class: "live-chips__group live-chips__group--one live-views", role: "group", "aria-label": "View" }, this.buttons);
    this.mark(false);
  }

  /** The surface's page alone stands both pictures side by side, and has these tabs where there is no room for it. */
  describe(scene) {
    setShown(this.node, scene.page === "surface");
  }

  choose(space) {
    if (this.figure.root.classList.contains(IN_SPACE) === space) return;
    this.mark(space);
    this.figure.redraw();
  }

  mark(space) {
    if (this.figure.root) this.figure.root.classList.toggle(IN_SPACE, space);
    this.buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(Boolean(i) === space)));
  }
}
