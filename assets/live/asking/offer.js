// Questions that the page makes when they are asked for: by the card, by the Present view, or by a file that takes them along.

/** A file goes without questions that have not come after this time. */
const PATIENCE_FOR_QUESTIONS = 3000;

export class Offer {
  /** @param {import("../figure/live.js").LiveFigure} figure */
  constructor(figure) {
    this.figure = figure;
    this.id = "";
    this.wanted = false;
    this.told = () => {};
  }

  /** Whether the scene offers questions to whoever asks; an exported file has no page to make them. */
  get stands() {
    return Boolean(this.figure.state.scene.offers) && !document.querySelector("[data-live-export]");
  }

  /** A scene has come. @returns {{wanted: boolean}} whether a question of it is waited for */
  settle(scene) {
    const wanted = this.wanted && scene.id === this.id && !scene.offers;
    if (scene.id !== this.id || !scene.offers) this.wanted = false;
    if (scene.id !== this.id) this.figure.state.asks = "";
    this.id = scene.id;
    if (!scene.offers) this.told();
    return { wanted };
  }

  /** Asks the page for the questions; with `wanted` the first of them is asked when they are there. */
  take(wanted = false) {
    const { state } = this.figure;
    if (!this.stands) return;
    this.wanted = this.wanted || wanted;
    if (state.asks) return;
    state.asks = state.scene.url.f;
    state.tell();
  }

  /** Waits until the questions have come, where there are any to come. */
  async taken() {
    if (!this.stands) return;
    const come = new Promise((resolve) => { this.told = resolve; });
    this.take();
    await Promise.race([come, new Promise((resolve) => setTimeout(resolve, PATIENCE_FOR_QUESTIONS))]);
  }
}
