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
    const button = (text, onclick) => element("button", { type: "button", class: "live-button", text, onclick });
    this.copied = element("span", { class: "live-class__said", role: "status" });
    const row = element("div", { class: "live-class__row" }, [
      this.copied, button("Copy link", () => this.copy()), button("Close", () => this.node.close()),
    ]);
    this.node = element("dialog", {
      class: "live-class", "aria-label": "This link as a QR code",
      onclick: ({ target }) => target === this.node && this.node.close(),
    }, [element("div", { class: "live-class__sheet" }, [this.place, this.word, this.link, row])]);
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
    this.link.classList.remove("live-class__link--whole");
    setText(this.copied, "");
    if (!this.node.isConnected) this.figure.root.append(this.node);
    this.node.showModal();
  }

  /** Where the clipboard refuses, the whole link is marked to be copied by hand. */
  async copy() {
    try {
      await navigator.clipboard.writeText(this.link.textContent);
      setText(this.copied, "copied");
    } catch {
      this.link.classList.add("live-class__link--whole");
      window.getSelection().selectAllChildren(this.link);
      setText(this.copied, "copy it from here");
    }
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
