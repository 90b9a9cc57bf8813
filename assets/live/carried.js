// Where the learner looks from, and how far the pictures are zoomed, carried over a loading of the page: the other colours
// come with one, and what no link holds would be lost.

const PLACE = "calculus-explorer.views";

/** Kept for this tab and taken once: a page that is loaded for another reason begins with its own view. */
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

function nameOf(panel) {
  return `${panel.figure.state.scene.page}/${panel.spec.name}`;
}

/** Keeps the views of these panels for the page that comes. */
export function carryViews(panels) {
  try {
    window.sessionStorage.setItem(PLACE, JSON.stringify(Object.fromEntries(panels.map((panel) => [nameOf(panel), panel.carried()]))));
  } catch {
    // Without storage the page that comes begins with its own view.
  }
}

/** What the page before left for this panel, or null. */
export function carriedView(panel) {
  const view = carried.get(nameOf(panel)) || null;
  carried.delete(nameOf(panel));
  return view;
}
