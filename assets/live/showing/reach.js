// Formulas that are wider than their place scroll: around the figure, where the page draws them, and in its rail. Keys reach them too.

const FORMULA = ".katex-display, .live-readout__label";

/** Formulas that scroll can be focused, those that come later and those that no longer fit too. @returns {() => void} an end to it */
export function reachFormulas() {
  const known = new WeakSet();
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (!target.isConnected) sizes.unobserve(target);
      else if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  /** What holds another formula now is measured anew, once it is laid out. */
  const find = (changes) => {
    for (const { target } of changes) {
      if (known.delete(target)) sizes.unobserve(target);
    }
    for (const formula of document.querySelectorAll(FORMULA)) {
      if (known.has(formula)) continue;
      known.add(formula);
      sizes.observe(formula);
    }
  };
  const coming = new MutationObserver(find);
  coming.observe(document.body, { childList: true, subtree: true });
  find([]);
  return () => {
    coming.disconnect();
    sizes.disconnect();
  };
}
