// The page's own fold of code as a drawer beside the picture, so that it can be read while a point is dragged.

const FOLD = ".st-key-code";

/** @returns {HTMLDetailsElement | null} the fold, which the page draws below the figure */
function codeFold() {
  return document.querySelector(`${FOLD} details`);
}

/** Whether the fold lies in the drawer, in the page's own colour; the style sheet does the rest. @param {boolean} drawn */
function lay(drawn) {
  const page = document.querySelector(".stApp");
  if (drawn && page) document.documentElement.style.setProperty("--code-paper", getComputedStyle(page).backgroundColor);
  document.documentElement.toggleAttribute("data-code-drawer", drawn);
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

/** Escape, and the fold's own summary, shut the drawer; `back` is what then has the focus. @param {HTMLElement} back */
export function watchCode(back) {
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
    for (const kind of kinds) document.removeEventListener(kind, shut, true);
    lay(false);
  };
}
