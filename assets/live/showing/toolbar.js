// The small tools: undo, reset, the view, copy link, export, Present.
import { shareAddress, themedAddress } from "./address.js";
import { carryOver } from "../document/carried.js";
import { toggleCode, watchCode } from "./code_drawer.js";
import { reachFormulas } from "./reach.js";
import { element, icon, setShown, setText } from "../document/dom.js";
import { exportFile } from "./export.js";
import { InClass } from "./in_class.js";
import { MoreTools } from "./more_tools.js";
import { Skip } from "../document/skip.js";

const UNDO = "M8 5L4 9l4 4M4 9h7a5 5 0 0 1 0 10H9";
const RESET = "M4 10a6 6 0 1 0 2-4.500M6 2v4h4";
const LARGER = "M9 4a5 5 0 1 0 0 10a5 5 0 0 0 0-10M13 13l4 4M7 9h4M9 7v4";
const SMALLER = "M9 4a5 5 0 1 0 0 10a5 5 0 0 0 0-10M13 13l4 4M7 9h4";
const SAVE = "M10 3v9M6 9l4 4 4-4M4 16h12";
const LINK = "M8 12a3 3 0 0 0 4 0l3-3a3 3 0 0 0-4-4l-1 1M12 8a3 3 0 0 0-4 0l-3 3a3 3 0 0 0 4 4l1-1";
const CODE = "M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12v2h2M17 12v2M12 17h2M16 16v1h1";
const BRACKETS = "M7 5L2 10l5 5M13 5l5 5-5 5";
const HALVES = "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14v14M10 6l5 1M10 10h7M10 14l5-1";
const SCREEN = "M3 4h14v9H3zM10 13v4M6 17h8";

/** On a screen narrower than this the page's top row has no room for tools. */
const NARROW = 700;

/** How long "copied" stays. */
const COPIED_FOR = 2500;

function lineIcon(path) {
  const node = icon(path);
  node.classList.add("live-icon--line");
  return node;
}

export class Toolbar {
  constructor(figure) {
    this.figure = figure;
    const tool = (name, label, path, onclick, text = "", word = null) => element("button", {
      type: "button", class: `live-button live-button--quiet${text ? "" : " live-button--icon"}`, "data-tool": name, "data-word": word,
      "aria-label": label, title: label, onclick,
    }, [lineIcon(path), text ? element("span", { text }) : null]);
    this.undo = tool("undo", "Undo the last move", UNDO, () => figure.state.undo(), "", "Undo");
    this.message = element("span", { class: "live-tools__message", role: "status" });
    this.field = element("input", { class: "live-tools__field", type: "text", readonly: true, "aria-label": "Link to this state", hidden: true });
    this.numbers = element("button", {
      type: "button", class: "live-button live-button--quiet", "data-tool": "numbers", text: "Show numbers", onclick: () => figure.present.hideNumbers(false),
    });
    this.inClass = new InClass(figure);
    this.menu = this.makeMenu();
    this.more = new MoreTools();
    this.skip = new Skip(figure);
    this.near = element("div", { class: "live-tools", role: "group", "aria-label": "Tools" }, [
      this.undo,
      tool("reset", "Reset to the first state", RESET, () => this.reset(), "", "Reset"),
      tool("larger", "Zoom in (or Ctrl and the wheel, two fingers, +)", LARGER, () => figure.framing.zoom(0.5), "", "Zoom in"),
      tool("smaller", "Zoom out (or Ctrl and the wheel, two fingers, −)", SMALLER, () => figure.framing.zoom(2), "", "Zoom out"),
      this.menu,
    ]);
    this.far = element("div", { class: "live-tools live-tools--page", role: "group", "aria-label": "Share and show" }, [
      this.message, this.field,
      tool("link", "Copy link to exactly this", LINK, () => this.copy(), "Copy link"),
      tool("class", "In class: this link as a QR code", CODE, () => this.inClass.open(), "", "QR code"),
      tool("code", "Code: the same numbers in Python", BRACKETS, () => toggleCode(), "Code"),
      tool("theme", "Light or dark", HALVES, () => this.recolour(), "", "Light or dark"),
      tool("present", "Present", SCREEN, () => figure.present.toggle(), "Present"),
    ]);
  }

  /** Ctrl+Z within the figure takes back the last move; in a box, what was typed there. @param {KeyboardEvent} event */
  press(event) {
    const meant = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (!meant || event.target.matches('input[type="text"], textarea')) return;
    event.preventDefault();
    this.figure.state.undo();
  }

  /** The drawer belongs to the page's own figure, as the button does; so do the formulas around it. */
  watchPage() {
    if (!this.watched) this.watched = [watchCode(this.far.querySelector('[data-tool="code"]')), reachFormulas()];
  }

  makeMenu() {
    const choice = (kind, text) => element("button", {
      type: "button", class: "live-menu__item", "data-export": kind, text,
      onclick: () => { details.open = false; exportFile(this.figure, kind).catch((error) => this.say(error.message)); },
    });
    const summary = element("summary", { class: "live-button live-button--quiet live-button--icon", title: "Save", "aria-label": "Save", "data-tool": "export", "data-word": "Save" }, [lineIcon(SAVE)]);
    const details = element("details", { class: "live-menu" }, [summary, element("div", { class: "live-menu__list" }, [
      choice("png", "Picture (PNG)"), choice("svg", "Drawing (SVG)"), choice("html", "Live page (HTML, works offline)"),
    ])]);
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      summary.focus();
    });
    details.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
    });
    return details;
  }

  /** What may stand outside the figure, and needs its colours there. */
  get abroad() {
    return [this.far, this.more.node, this.skip.node];
  }

  /** Puts the page's own tools into the place that the page keeps for them, else beside the others; on a phone all behind "⋯". */
  settle(top) {
    const main = this.figure.state.scene.main !== false;
    const slot = main && !document.querySelector("[data-live-export]") ? document.querySelector(".st-key-tools") : null;
    const narrow = main && window.innerWidth < NARROW;
    const put = (node, home) => node.parentNode !== home && home.append(node);
    put(this.numbers, top);
    if (narrow) {
      this.more.hold([this.near, this.far]);
      put(this.more.node, slot || top);
    } else {
      this.more.remove();
      put(this.near, top);
      put(this.far, slot || top);
    }
    setShown(this.far, main);
    this.skip.settle(main);
    if (main) this.watchPage();
    for (const name of ["link", "class", "code", "theme"]) setShown(this.far.querySelector(`[data-tool="${name}"]`), window.location.protocol !== "file:");
  }

  /** Views first: the one message of a reset says the window too. */
  reset() {
    this.figure.framing.reset();
    this.figure.state.reset();
    this.figure.switched();
  }

  recolour() {
    const { panels, tables, derivations, challenges, rows, state, theme } = this.figure;
    carryOver([...panels.values(), ...tables.values(), ...derivations.values(), challenges, rows]);
    window.location.assign(themedAddress(state, theme === "dark" ? "light" : "dark"));
  }

  say(text) {
    setText(this.message, text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.message, ""), COPIED_FOR);
  }

  /** Where the clipboard refuses, the link stands in a field to be copied by hand. */
  async copy() {
    const address = shareAddress(this.figure.state);
    try {
      await navigator.clipboard.writeText(address);
      setShown(this.field, false);
      this.say("copied");
    } catch {
      this.field.value = address;
      setShown(this.field, true);
      this.field.focus();
      this.field.select();
      this.say("copy it from here");
    }
  }

  update() {
    setShown(this.numbers, this.figure.root.classList.contains("live--numberless"));
    const idle = this.figure.state.past.length === 0;
    if (this.undo.disabled !== idle) this.undo.disabled = idle;
  }

  remove() {
    clearTimeout(this.timer);
    for (const end of this.watched || []) end();
    for (const part of [this.far, this.more, this.skip]) part.remove();
  }
}
