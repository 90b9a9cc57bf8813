// The formulas that the page draws around the figure: one that is wider than its place scrolls, by keys too.

const FORMULA = ".katex-display";

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
  const find = () => {
    for (const formula of document.querySelectorAll(FORMULA)) {
      if (known.has(formula)) continue;
      known.add(formula);
      sizes.observe(formula);
    }
  };
  const coming = new MutationObserver(find);
  coming.observe(document.body, { childList: true, subtree: true });
  find();
  return () => {
    coming.disconnect();
    sizes.disconnect();
  };
}
