// Whether conditions hold, which come with the scene: the twin of explorer/conditions.py.

/** In parts of its range, and of where it is, a control is so near to what it is exactly at; what is computed is there or is not. */
export const EXACT = 1e-9;

const isUnsure = (value, least, error) => error > Math.max(Math.abs(value) / 2, least || 0);

/**
 * A bound of null is none; [quantity, value] and low = high mean exactly there, [quantity, kind] has no bounds. "unsure" holds where rounding may be more
 * than half of the value, and more than `high`; "sure" where there is a value and that is not so.
 * @param {number} value of the quantity @param {[string|number, number|string|null, number|null?, string?]} condition "closed" without a kind
 * @param {number} width the range of a control, else 0 @param {() => number} error how far the value may be from the true one
 */
export function meets(value, [, low, high = typeof low === "string" ? null : low, kind = low], width = 0, error = () => 0) {
  switch (kind) {
    case "undefined": return !Number.isFinite(value);
    case "defined": return Number.isFinite(value);
    case "infinite": return Math.abs(value) === Infinity;
    case "unsure": return isUnsure(value, high, error());
    case "sure": return Number.isFinite(value) && !isUnsure(value, high, error());
    case "open": return !Number.isNaN(value) && (low === null || value > low) && (high === null || value < high);
    default: {
      const slack = low === high ? EXACT * Math.min(width, Math.max(1, Math.abs(low))) : 0;
      return !Number.isNaN(value) && (low === null || value >= low - slack) && (high === null || value <= high + slack);
    }
  }
}
