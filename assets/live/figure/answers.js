// Whether the page has answered a release; an answer that is late is spoken of.
import { setText } from "../document/dom.js";

/** A release that is not answered within this time is spoken of. */
const PATIENCE = 3000;
const LATE = "The server is slow: the formulas wait, the picture goes on.";

export class Answers {
  constructor(figure) {
    this.figure = figure;
  }

  /** Whether the last release is answered, by an element of class `answered-<seq>`, where the page answers at all. */
  get come() {
    return !document.querySelector('[class^="answered-"]') || document.querySelector(`.answered-${this.figure.state.seq}`) !== null;
  }

  /** Says so where the answer to the release `seq` is late, until it comes. */
  watch(seq) {
    const { state, sentence, root } = this.figure;
    if (state.scene.main === false) return;
    this.silence();
    setText(sentence.notice, "");
    const look = () => {
      if (seq !== state.seq || !root.isConnected) return;
      setText(sentence.notice, this.come ? "" : LATE);
      if (!this.come) this.timer = setTimeout(look, 500);
    };
    this.timer = setTimeout(look, PATIENCE);
  }

  silence() {
    clearTimeout(this.timer);
  }
}
