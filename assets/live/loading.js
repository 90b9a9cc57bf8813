// What the page loads once: Plotly's script and the style sheet.
import { element } from "./dom.js";

let plotlyLoading = null;

/** Plotly as a classic script, once per page. @param {string} url @returns {Promise<void>} */
export function loadPlotly(url) {
  if (window.Plotly) return Promise.resolve();
  if (plotlyLoading === null) {
    plotlyLoading = new Promise((resolve, reject) => {
      const script = element("script", { src: new URL(url, document.baseURI).href, onload: resolve, onerror: reject });
      document.head.append(script);
    }).catch((error) => {
      plotlyLoading = null;
      throw error;
    });
  }
  return plotlyLoading;
}

/** LIVE_CSS stands in front of the joined script. */
export function addStyles() {
  const present = document.getElementById("live-styles");
  if (present && present.textContent === LIVE_CSS) return;
  if (present) present.remove();
  document.head.append(element("style", { id: "live-styles", text: LIVE_CSS }));
}
