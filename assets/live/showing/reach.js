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
