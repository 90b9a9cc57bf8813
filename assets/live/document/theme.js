// Colours by role: which theme is on, and the roles of a figure written out for it.

const ROLE = /^\$([a-z_]+)(?:@([0-9.]+))?$/;

/** Brightness of a CSS colour as the browser understands it, or NaN. */
function brightness(colour) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context || !colour) return NaN;
  context.fillStyle = "#010203";
  context.fillStyle = colour;
  if (context.fillStyle === "#010203") return NaN;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** @param {Element} place an element that inherits the host's variables @returns {"light"|"dark"} */
export function presentTheme(place) {
  const background = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const light = background ? brightness(background) : NaN;
  if (Number.isFinite(light)) return light < 128 ? "dark" : "light";
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** @param {string} text "$f" or "$f@0.3" @param {Object<string, string>} colours hex by role */
export function resolveColour(text, colours) {
  const parts = ROLE.exec(text);
  if (!parts || !(parts[1] in colours)) return text;
  const hex = colours[parts[1]];
  if (parts[2] === undefined) return hex;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${parts[2]})`;
}

/** A copy of Plotly JSON with every role written as a colour. Plotly decodes typed arrays in place, so they are copied. */
export function resolveColours(part, colours) {
  if (typeof part === "string") return part.startsWith("$") ? resolveColour(part, colours) : part;
  if (Array.isArray(part)) {
    if (typeof part[part.length - 1] === "number") return part;
    return part.map((one) => resolveColours(one, colours));
  }
  if (part === null || typeof part !== "object") return part;
  const copy = {};
  for (const key of Object.keys(part)) copy[key] = resolveColours(part[key], colours);
  return copy;
}

/** Hands the colours to the style sheets as custom properties. */
export function applyTheme(root, theme, colours) {
  root.classList.toggle("live--dark", theme === "dark");
  root.classList.toggle("live--light", theme === "light");
  for (const [role, hex] of Object.entries(colours)) {
    root.style.setProperty(`--live-${role.replaceAll("_", "-")}`, hex);
  }
}
