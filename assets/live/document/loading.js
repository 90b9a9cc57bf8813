// What the page loads once: Plotly's script and the style sheet.
import { element } from "./dom.js";

let plotlyLoading = null;

/** Plotly as a classic script, once per page; after a failure it may be asked for again. */
export function loadPlotly(url) {
  if (window.Plotly) return Promise.resolve();
  plotlyLoading ??= new Promise((resolve, reject) => {
    const script = element("script", { src: new URL(url, document.baseURI).href, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return plotlyLoading.catch((error) => {
    plotlyLoading = null;
    throw error;
  });
}

/** How long a picture waits for the page's own letters: without them its words would be measured in others. */
const LETTERS_IN = 1500;

/** The page's own family, which the host serves; drawn without it where it does not come. */
export function loadLetters() {
  const loaded = document.fonts.load('600 16px "Source Sans"').catch(() => []);
  return Promise.race([loaded, new Promise((resolve) => { setTimeout(resolve, LETTERS_IN); })]);
}

const liveStyles = new CSSStyleSheet();

/** LIVE_CSS stands in front of the joined script. */
export function addStyles() {
  if (document.adoptedStyleSheets.includes(liveStyles)) return;
  liveStyles.replaceSync(LIVE_CSS);
  document.adoptedStyleSheets.push(liveStyles);
}
