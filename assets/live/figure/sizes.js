// What is drawn for its size is drawn anew where that is another, and not where only its words have wrapped.

/**
 * An observer of parts, of which pictures count with both sides and all else with its width alone.
 * @param {() => void} changed @returns {ResizeObserver}
 */
export function sizeObserver(changed) {
  const extents = new WeakMap();
  const isAnother = ({ target, contentRect: { width, height } }) => {
    const extent = target.classList.contains("live-panel") ? `${width} ${height}` : `${width}`;
    const another = extents.get(target) !== extent;
    extents.set(target, extent);
    return another;
  };
  return new ResizeObserver((entries) => {
    if (entries.filter(isAnother).length > 0) changed();
  });
}
