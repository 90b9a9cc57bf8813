// In class: the present link as a QR code, as large as the screen allows, made anew each time it is opened.
import { shareAddress } from "./address.js";
import { element, setShown, setText } from "../document/dom.js";

const TOO_LONG = "This link is too long for a code that a phone reads from afar: copy it instead.";

export class InClass {
  constructor(figure) {
    this.figure = figure;
    this.place = element("div", { class: "live-class__place" });
    this.link = element("p", { class: "live-class__link" });
    this.word = element("p", { role: "status", text: TOO_LONG });
    const leave = element("button", { type: "button", class: "live-button", text: "Close", onclick: () => this.node.close() });
    this.node = element("dialog", {
      class: "live-class", "aria-label": "This link as a QR code",
      onclick: ({ target }) => target === this.node && this.node.close(),
    }, [element("div", { class: "live-class__sheet" }, [this.place, this.word, this.link, leave])]);
  }

  /** The code says what the address says at this moment. */
  open() {
    const link = shareAddress(this.figure.state);
    const maker = new URL("app/code.svg", document.baseURI);
    maker.searchParams.set("link", link);
    this.fail(false);
    const picture = element("img", {
      class: "live-class__code", alt: "QR code of the link below", src: maker.href,
      onload: () => picture.setAttribute("data-ready", ""), onerror: () => this.fail(true),
    });
    this.place.replaceChildren(picture);
    setText(this.link, link);
    if (!this.node.isConnected) this.figure.root.append(this.node);
    this.node.showModal();
  }

  fail(failed) {
    setShown(this.place, !failed);
    setShown(this.word, failed);
  }
}

/** Whether the code lies over everything, and has the keys. */
export function codeOpen() {
  return document.querySelector("dialog.live-class[open]") !== null;
}
