// On a phone the tools lie on a sheet behind "⋯" in the page's row, each with its word.
import { element } from "../document/dom.js";

/** After these the sheet stays: what it says next stands on it. */
const STAYING = "[data-tool=link], [data-tool=export]";

export class MoreTools {
  constructor() {
    this.summary = element("summary", { class: "live-button live-button--quiet live-button--icon", title: "Tools", "aria-label": "Tools", "data-tool": "more", text: "⋯" });
    this.list = element("div", { class: "live-menu__list", onclick: (event) => this.used(event) });
    this.node = element("details", { class: "live-menu live-moretools" }, [this.summary, this.list]);
    this.node.addEventListener("toggle", () => this.watch(this.node.open));
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !this.node.open) return;
      this.shut();
      this.summary.focus();
    });
    this.outside = ({ target }) => this.node.contains(target) || this.shut();
  }

  /** @param {Element[]} tools what lies on the sheet, in this order */
  hold(tools) {
    for (const tool of tools) if (tool.parentNode !== this.list) this.list.append(tool);
  }

  watch(open) {
    // A picture keeps to itself what is pressed in it: the sheet hears it before.
    if (open) document.addEventListener("pointerdown", this.outside, { capture: true });
    else document.removeEventListener("pointerdown", this.outside, { capture: true });
  }

  used({ target }) {
    const button = target.closest("button, summary");
    if (button && !button.matches(STAYING)) this.shut();
  }

  shut() {
    this.node.open = false;
  }

  remove() {
    this.watch(false);
    this.node.remove();
  }
}
