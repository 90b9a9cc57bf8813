// The scale of type in pixels, that of type.css, largest first.
const TYPE_SCALE = [84, 56, 40, 36, 30, 24, 22, 20, 17, 15, 13];

/** The largest size of the scale that is no larger; what is smaller than all of them stays. @param {number} size in pixels */
export function onScale(size) {
  return TYPE_SCALE.find((one) => one <= size) ?? size;
}

/** How much larger lines, ticks and labels are for the last row, in the Present view. */
export const PRESENT_SCALE = { line: 1.25, label: 30, tick: 20, margin: 1.6 };
