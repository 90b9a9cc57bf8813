// Formulas that are wider than their place scroll: around the figure, where the page draws them, and in its rail. Keys reach them too.
// Nobody scrolls a wall: what the page says beside the figure there is written smaller instead.

const FORMULA = ".katex-display, .live-readout__label, .live-presentformula, .st-key-verdicts pre";

/** What stands beside the figure on a wall, and the smallest part of its size in which it is written there. */
const [ON_THE_WALL, SMALLEST_ON_WALL] = [".live-presenting :is(.st-key-verdicts :is(.katex-display, pre), .live-presentformula)", 0.4];

/** What is too wide is written smaller on a wall, and can be focused anywhere else. */
function fitFormula(node) {
  node.style.removeProperty("--fits");
  const share = node.clientWidth / node.scrollWidth;
  if (share < 1 && node.matches(ON_THE_WALL)) node.style.setProperty("--fits", Math.max(Math.floor(100 * share) / 100, SMALLEST_ON_WALL));
  if (node.scrollWidth > node.clientWidth) node.setAttribute("tabindex", "0");
  else node.removeAttribute("tabindex");
}

/** Formulas that scroll can be focused, those that come later and those that no longer fit too. @returns {() => void} an end to it */
export function reachFormulas() {
  const known = new WeakSet();
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (!target.isConnected) sizes.unobserve(target);
      // Not within this answer: what is written smaller is lower as well.
      else requestAnimationFrame(() => fitFormula(target));
    }
  });
  const watch = (formula) => {
    if (known.has(formula)) return;
    known.add(formula);
    sizes.observe(formula);
  };
  /** Only what has come is looked through: a frame that moves a text asks nothing of the whole page. */
  const find = (changes) => {
    for (const { target, addedNodes } of changes) {
      // What holds another formula now is measured anew, once it is laid out.
      if (known.delete(target)) {
        sizes.unobserve(target);
        watch(target);
      }
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(FORMULA)) watch(node);
        if (node.firstElementChild) node.querySelectorAll(FORMULA).forEach(watch);
      }
    }
  };
  const coming = new MutationObserver(find);
  coming.observe(document.body, { childList: true, subtree: true });
  document.querySelectorAll(FORMULA).forEach(watch);
  return () => {
    coming.disconnect();
    sizes.disconnect();
  };
}
