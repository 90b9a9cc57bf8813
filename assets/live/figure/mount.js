// Where the host page comes in: one live figure in each place, shown, handed new scenes, and taken away.
import { mountFormula } from "../words/choosing.js";
import { watchFormulas } from "../document/formula_keys.js";
import { LiveFigure } from "./live.js";
import { addStyles } from "../document/loading.js";

const mounted = new Map();

/** A host may drop a figure without a word; what it held is released when the next one comes. */
function sweep() {
  for (const [place, figure] of mounted) {
    if (figure.box.isConnected) continue;
    figure.remove();
    mounted.delete(place);
  }
}

/**
 * Shows a formula to choose from, or a scene in an element, or hands the scene to the figure that is there already.
 * @param {{parentElement: Element, data: object, setStateValue: Function, key?: string}} component
 * @returns {() => void} takes the figure away
 */
export function mount({ parentElement, data, setStateValue }) {
  if (data.parts) return mountFormula({ parentElement, data, setStateValue });
  addStyles();
  watchFormulas();
  sweep();
  let figure = mounted.get(parentElement);
  if (figure) {
    figure.tell = setStateValue;
    if (figure.received !== JSON.stringify(data)) figure.receiving.receive(data);
    else if (figure.root.dataset.ready) figure.refresh();
    // The host had it out of the page while it was being drawn, and that ended there: it begins again.
    else figure.adopt(figure.state.scene);
  } else {
    figure = new LiveFigure(parentElement, data, setStateValue);
    mounted.set(parentElement, figure);
  }
  figure.received = JSON.stringify(data);
  const mine = figure;
  const call = {};
  figure.lastCall = call;
  return () => {
    // A call that newer data overtook while the script was loading is cleaned up at once: the figure is not its own.
    if (mine.lastCall !== call) return;
    mine.remove();
    if (mounted.get(parentElement) === mine) mounted.delete(parentElement);
  };
}
