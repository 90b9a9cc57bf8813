// Where the rail stands: beside the picture, or where it cannot be seen together with it.

/** Where the rail stands below the picture, narrower than this (px), or on these pages, a question goes before it. */
const BESIDE = 860;
const RAIL_BELOW = ["surface"];

/** Whether what stands in the rail cannot be seen together with the picture. */
export function outOfSight({ root, state, presenting }) {
  return presenting || root.clientWidth < BESIDE || RAIL_BELOW.includes(state.scene.page);
}
