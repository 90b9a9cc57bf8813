// Building the document without ever reading text as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag @param {object} [attributes] class, text, and attributes; on… are listeners
 * @param {Array<Node|string|null>} [children] @returns {HTMLElement}
 */
export function element(tag, attributes = {}, children = []) {
  return furnish(document.createElement(tag), attributes, children);
}

/** The same for SVG. @returns {SVGElement} */
export function svgElement(tag, attributes = {}, children = []) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

/** Sets text only when it is new, and keeps its node: a fresh one is styled and laid out as if the page had grown. */
export function setText(node, text) {
  const only = node.firstChild;
  if (!(only instanceof Text) || only !== node.lastChild) node.textContent = text;
  else if (only.data !== text) only.data = text;
}

/** Sets an attribute only when it is new: what is written again is styled and drawn again. */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

const POWER = /\^(?:\(([^()]*)\)|([\p{L}\p{N}]+))/u;
const SPOKEN_POWER = " to the power ";

/** A text cut at its powers: every second part is raised, without the ^ and the brackets around it. @param {string} text */
export function raisedParts(text) {
  return text.split(POWER).filter((part) => part !== undefined);
}

/** Words without a space outside brackets, and such that a plus or a minus joins. */
const WORDS_RUN = /((?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+(?: [+−] (?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+)*)/u;
/** What makes a formula of them, which a line is not broken in where it is not longer than so many letters. */
const WORDS_FORMULA = /\/| [+−] |[^(]\(|\)[^.,:;?!]/u;
const LONGEST_WHOLE = 24;

const WORDS_SET = {
  unseen: (text) => element("span", { class: "live-unseen", text }),
  raised: (text) => element("sup", { text }),
  whole: (text) => element("span", { class: "live-whole", text }),
};

/** The pieces of words without a power: each is plain, or a formula that is kept together. */
function wholeParts(words) {
  const parts = [];
  for (const text of words.split(WORDS_RUN)) {
    const kind = WORDS_FORMULA.test(text) && text.length <= LONGEST_WHOLE ? "whole" : "plain";
    const last = parts[parts.length - 1];
    if (kind === "plain" && last?.kind === kind) last.text += text;
    else if (text !== "") parts.push({ kind, text });
  }
  return parts;
}

/** By the first nodes of words, what they are apart from numbers. */
const WORDS_SHAPES = new WeakMap();

/**
 * Words in which what stands behind ^, a name or all in its brackets, is raised, so that who hears them hears a power, and a formula is kept on its line.
 * Where only numbers have changed, only what is new is written; a formula of other words is another one, and has not moved there.
 */
export function setWords(node, text) {
  const parts = raisedParts(text).flatMap((part, i) => (i % 2 ? [{ kind: "unseen", text: SPOKEN_POWER }, { kind: "raised", text: part }] : wholeParts(part)));
  if (parts.every(({ kind }) => kind === "plain")) return setText(node, text);
  const shape = parts.map((part) => part.kind + part.text.replace(/[\d.]+/gu, "0")).join("|");
  if (node.firstChild === null || WORDS_SHAPES.get(node.firstChild) !== shape) {
    node.replaceChildren(...parts.map((part) => (part.kind === "plain" ? part.text : WORDS_SET[part.kind](part.text))));
    return WORDS_SHAPES.set(node.firstChild, shape);
  }
  return parts.forEach((part, i) => {
    const there = node.childNodes[i];
    if (part.kind !== "plain") setText(there, part.text);
    else if (there.data !== part.text) there.data = part.text;
  });
}

/** The same where only text can stand. */
export function spokenWords(text) {
  return text.replaceAll("^", SPOKEN_POWER);
}

/** @param {Element} node @param {boolean} shown */
export function setShown(node, shown) {
  if (node.hidden === shown) node.hidden = !shown;
}

/** Typeset formula from Python's own printing of a tree; anything but MathML is refused. */
export function mathElement(mathml) {
  const parsed = new DOMParser().parseFromString(mathml, "application/xml").documentElement;
  const allowed = parsed.namespaceURI === "http://www.w3.org/1998/Math/MathML"
    && !parsed.querySelector("script, semantics, annotation-xml, [href]")
    && [parsed, ...parsed.querySelectorAll("*")].every((one) => one.namespaceURI === parsed.namespaceURI
      && one.getAttributeNames().every((name) => !name.startsWith("on")));
  return allowed ? document.importNode(parsed, true) : element("span", { text: "" });
}

/** A small line icon on a 20 × 20 grid. @param {string} path an SVG path */
export function icon(path) {
  return svgElement("svg", { viewBox: "0 0 20 20", class: "live-icon", "aria-hidden": "true", focusable: "false" }, [
    svgElement("path", { d: path }),
  ]);
}

let serial = 0;

/** An id that no other element on the page has. */
export function freshId(stem) {
  serial += 1;
  return `live-${stem}-${serial}`;
}

/** Where a pointer is, in pixels of a node. @returns {[number, number]} */
export function placeIn(node, { clientX, clientY }) {
  const { left, top } = node.getBoundingClientRect();
  return [clientX - left, clientY - top];
}
