// What no link holds (where the learner looks from, how far the pictures are zoomed, open folds, a running challenge),
// carried over a loading of the page: the other colours come with one.

const PLACE = "calculus-explorer.carried";

/** Kept for this tab and taken once: a page that is loaded for another reason begins with its own. */
const carried = new Map(takeAll());

function takeAll() {
  try {
    const written = window.sessionStorage.getItem(PLACE);
    window.sessionStorage.removeItem(PLACE);
    return Object.entries(JSON.parse(written) || {});
  } catch {
    return []; // a framed or exported page may have no storage
  }
}

function nameOf(part) {
  return `${part.figure.state.scene.page}/${part.carriedName}`;
}

/** Keeps what these parts of a figure would lose for the page that comes. */
export function carryOver(parts) {
  try {
    window.sessionStorage.setItem(PLACE, JSON.stringify(Object.fromEntries(parts.map((part) => [nameOf(part), part.carried()]))));
  } catch {
    // Without storage the page that comes begins with its own.
  }
}

/** Whether the page before left something for this part. */
export function hasCarriedOver(part) {
  return Boolean(carried.get(nameOf(part)));
}

/** What the page before left for this part, or null. */
export function carriedOver(part) {
  const left = carried.get(nameOf(part)) || null;
  carried.delete(nameOf(part));
  return left;
}
