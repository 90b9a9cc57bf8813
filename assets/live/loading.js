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

const liveStyles = new CSSStyleSheet();

/** LIVE_CSS stands in front of the joined script. */
export function addStyles() {
  if (document.adoptedStyleSheets.includes(liveStyles)) return;
  liveStyles.replaceSync(LIVE_CSS);
  document.adoptedStyleSheets.push(liveStyles);
}
