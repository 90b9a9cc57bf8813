// Taking the figure along: a picture, a drawing, or one HTML file that drags and plays without a server.
import { leadingSearch } from "./address.js";
import { element, svgElement } from "../document/dom.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const PNG_SCALE = 2;
const DRAWING_MARGIN = 24;
const CAPTION_SIZE = 20;

/** In an exported file the script is followed by this line and the call that starts it. */
const START = "\n// The scene of this file.\n";

/** @param {object} figure the live figure @param {"png"|"svg"|"html"} kind */
export async function exportFile(figure, kind) {
  const name = fileName(figure.state.scene);
  if (kind === "html") {
    await figure.challenges.offer.taken();
    save(`${name}.html`, new Blob([await htmlOf(figure)], { type: "text/html" }));
    return;
  }
  const drawing = await drawingOf(figure);
  const text = new XMLSerializer().serializeToString(drawing);
  const blob = new Blob([text], { type: "image/svg+xml" });
  save(`${name}.${kind}`, kind === "svg" ? blob : await rasterOf(blob, drawing));
}

function fileName(scene) {
  const formula = String((scene.url && scene.url.f) || scene.title);
  return formula.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "figure";
}

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** What of a still picture the style sheet may keep quiet while a question waits. */
const QUIETED = ".shapelayer, .annotation";

/** Whether it is to be seen: what answers a question that waits is not, and is left out of what is taken along. */
const isSeen = (node) => getComputedStyle(node).visibility !== "hidden";

/** Takes out of a copy what is not to be seen in the original, where both hold the same of a kind. */
function leaveOutUnseen(original, copy, kind) {
  const copies = [...copy.querySelectorAll(kind)];
  [...original.querySelectorAll(kind)].forEach((node, i) => isSeen(node) || copies[i]?.remove());
}

/** The panels side by side as on the screen, the moving layer above each, and the words beneath. */
export async function drawingOf(figure) {
  const origin = frameOf(figure);
  const { colours } = figure;
  const width = Math.round(origin.width) + 2 * DRAWING_MARGIN;
  const family = getComputedStyle(figure.root).fontFamily;
  const lines = wordsOf(figure, origin.width, family);
  const height = Math.round(origin.height) + 2 * DRAWING_MARGIN + 30 * lines.length;
  const drawing = svgElement("svg", {
    xmlns: NAMESPACE, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": family,
  }, [svgElement("rect", { width, height, fill: colours.paper })]);
  for (const panel of figure.panels.values()) {
    const place = panel.node.getBoundingClientRect();
    if (place.width > 0 && isSeen(panel.node)) {
      const at = { x: place.left - origin.left + DRAWING_MARGIN, y: place.top - origin.top + DRAWING_MARGIN };
      if (panel.graph) drawing.append(await stillPart(panel, at));
      drawing.append(...panel.layers.map((layer) => movingPart(layer, at)), handlesPart(panel, at));
    }
  }
  lines.forEach((line, i) => drawing.append(svgElement("text", {
    x: DRAWING_MARGIN, y: origin.height + 2 * DRAWING_MARGIN + 30 * i, "font-size": CAPTION_SIZE, fill: colours.ink, text: line,
  })));
  return drawing;
}

/** The numbers and the sentence, in lines no wider than the drawing. */
function wordsOf(figure, width, family) {
  const { state } = figure;
  const { f, part } = state.scene.url || {};
  // What is told of a part of f is not told of f.
  const formula = [...(f ? [`f = ${f}`] : []), ...(part ? [state.scene.title] : [])];
  // A readout that is a formula alone has no number to write down.
  const numbers = state.scene.readouts
    .filter((spec) => state.shows(spec.toggle) && figure.readouts.get(spec.name).text() !== "" && isSeen(figure.readouts.get(spec.name).node))
    .map((spec) => `${spec.label} ${figure.readouts.get(spec.name).text()}`.trim());
  const pen = document.createElement("canvas").getContext("2d");
  // Who opens the file may lack the page's own letters: the lines are short enough for the plain ones too.
  const fits = (text) => [family, "sans-serif"].every((letters) => {
    pen.font = `${CAPTION_SIZE}px ${letters}`;
    return pen.measureText(text).width <= width;
  });
  const words = isSeen(figure.sentence.shown) ? figure.sentence.text().split(" ") : [];
  const said = filled([...formula, ...numbers], "   ·   ", fits);
  return [...said.flatMap((line) => (fits(line) ? [line] : filled(line.split(" "), " ", fits))), ...filled(words, " ", fits)];
}

/** Pieces joined into lines, each as full as `fits` allows. */
function filled(pieces, between, fits) {
  const lines = [];
  for (const piece of pieces) {
    const longer = lines.length > 0 ? lines[lines.length - 1] + between + piece : null;
    if (longer !== null && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

/** The rectangle that holds all panels; a page may lay them out in a grid of its own. */
function frameOf(figure) {
  const places = [...figure.panels.values()].map((panel) => panel.node.getBoundingClientRect()).filter((place) => place.width > 0);
  const [left, top] = [Math.min(...places.map((place) => place.left)), Math.min(...places.map((place) => place.top))];
  const [right, bottom] = [Math.max(...places.map((place) => place.right)), Math.max(...places.map((place) => place.bottom))];
  return { left, top, width: right - left, height: bottom - top };
}

async function stillPart(panel, at) {
  const { clientWidth: width, clientHeight: height } = panel.node;
  const address = await window.Plotly.toImage(panel.graph, { format: "svg", width, height });
  const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const still = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  leaveOutUnseen(panel.graph, still, QUIETED);
  still.setAttribute("x", at.x);
  still.setAttribute("y", at.y);
  return document.importNode(still, true);
}

function movingPart(layer, at) {
  const copy = layer.cloneNode(true);
  leaveOutUnseen(layer, copy, "*");
  copy.setAttribute("xmlns", NAMESPACE);
  copy.removeAttribute("class");
  copy.setAttribute("x", at.x);
  copy.setAttribute("y", at.y);
  return copy;
}

/** The dots that are held, as they look; that of a row is not seen where nobody is near: the row's own mark stands there. */
function handlesPart(panel, at) {
  const seen = panel.handles.filter(({ node }) => node.style.display !== "none" && getComputedStyle(node.firstElementChild).opacity !== "0");
  return svgElement("g", { transform: `translate(${at.x} ${at.y})` }, seen.flatMap(({ node, place: [cx, cy] }) => {
    const dot = node.firstElementChild;
    const { backgroundColor, borderTopColor, borderTopWidth, color } = getComputedStyle(dot);
    const rim = parseFloat(borderTopWidth);
    const letter = dot.querySelector("b");
    return [
      svgElement("circle", { cx, cy, r: (dot.offsetWidth - rim) / 2, fill: backgroundColor, stroke: borderTopColor, "stroke-width": rim }),
      ...(letter ? [svgElement("text", { x: cx, y: cy + 4, "text-anchor": "middle", "font-size": parseFloat(getComputedStyle(letter).fontSize), "font-weight": 600, fill: color, text: letter.textContent })] : []),
    ];
  }));
}

async function rasterOf(blob, drawing) {
  const [width, height] = [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
  const address = URL.createObjectURL(blob);
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const canvas = element("canvas", { width: width * PNG_SCALE, height: height * PNG_SCALE });
  const context = canvas.getContext("2d");
  context.scale(PNG_SCALE, PNG_SCALE);
  context.drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(address);
  return new Promise((resolve, reject) => {
    canvas.toBlob((result) => (result ? resolve(result) : reject(new Error("The picture could not be made."))), "image/png");
  });
}

/** A script's text that no HTML parser ends early. */
function inlined(script) {
  return script.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

async function sourceOf(id, address) {
  const here = document.getElementById(id);
  if (here) return here.textContent.split(START)[0];
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("The page could not be put together: a script is missing.");
  return answer.text();
}

/** The self-contained page: both scripts, and the scene in its present state. */
export async function htmlOf(figure) {
  const { scene } = figure.state;
  const plotly = await sourceOf("plotly-script", new URL(scene.plotly.url, document.baseURI));
  const live = await sourceOf("live-script", import.meta.url);
  const kept = JSON.stringify({ ...scene, start: figure.state.plain(), search: leadingSearch(figure.state, figure.presenting) }).replace(/</g, "\\u003c");
  const { light, dark } = scene.palette;
  return `<!doctype html>
<html lang="en" data-live-export>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(scene.title)}</title>
<style>
body { margin: 0; padding: 16px; background: ${light.paper}; color: ${light.ink}; font-family: system-ui, sans-serif; }
h1 { margin: 0 0 8px; font-size: 22px; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: ${dark.paper}; color: ${dark.ink}; } }
</style>
</head>
<body>
<h1>${escaped(scene.title)}</h1>
<div id="figure"></div>
<script type="application/json" id="live-scene">${kept}</script>
<script id="plotly-script">${inlined(plotly)}</script>
<script type="module" id="live-script">${inlined(live)}${START}mount({
  parentElement: document.getElementById("figure"),
  data: JSON.parse(document.getElementById("live-scene").textContent),
  setStateValue: () => {},
});
</script>
</body>
</html>
`;
}
