// The page's own fold of code as a drawer beside the picture, so that it can be read while a point is dragged.

const FOLD = ".st-key-code";
const PICTURE_AT_THE_RIGHT = ".live--check";

/** @returns {HTMLDetailsElement | null} the fold, which the page draws below the figure */
function codeFold() {
  return document.querySelector(`${FOLD} details`);
}

/** Whether the fold lies in the drawer, in the page's own colour; the style sheet does the rest. @param {boolean} drawn */
function lay(drawn) {
  const page = document.querySelector(".stApp");
  if (drawn && page) document.documentElement.style.setProperty("--code-paper", getComputedStyle(page).backgroundColor);
  const side = document.querySelector(PICTURE_AT_THE_RIGHT) ? "left" : "right";
  if (drawn) document.documentElement.setAttribute("data-code-drawer", side);
  else document.documentElement.removeAttribute("data-code-drawer");
}

export function codeDrawn() {
  return document.documentElement.hasAttribute("data-code-drawer");
}

/** Opens the drawer, or shuts it; the fold itself hears of it by its own summary. */
export function toggleCode() {
  const fold = codeFold();
  if (!fold) return;
  const summary = fold.querySelector("summary");
  const drawn = !codeDrawn();
  lay(drawn);
  if (fold.open !== drawn) summary.click();
  if (drawn) summary.focus({ preventScroll: true });
}

/** Escape, and the fold's own summary, shut the drawer; `back`, which is seen once the fold has come, then has the focus. @param {HTMLElement} back */
export function watchCode(back) {
  const come = () => {
    const there = document.querySelector(FOLD) !== null;
    back.style.visibility = there ? "" : "hidden"; // its place is kept
    if (there) coming.disconnect();
  };
  const coming = new MutationObserver(come);
  coming.observe(document.body, { childList: true, subtree: true });
  come();
  const shut = (event) => {
    if (!codeDrawn() || !event.target.closest?.(FOLD)) return;
    if (event.type === "keydown" && event.key === "Escape") toggleCode();
    else if (event.type === "toggle" && !event.target.open) lay(false);
    else return;
    back.focus({ preventScroll: true });
  };
  const kinds = ["keydown", "toggle"]; // a toggle does not bubble: it is heard on its way down
  for (const kind of kinds) document.addEventListener(kind, shut, true);
  return () => {
    coming.disconnect();
    for (const kind of kinds) document.removeEventListener(kind, shut, true);
    lay(false);
  };
}
