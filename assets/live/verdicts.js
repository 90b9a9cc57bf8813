// Which row of the table of verdicts, which comes with the scene, a path meets: explorer/descent/verdicts.py.

/** Whether a number meets one of the scene's conditions; without a bound it may be infinite. */
function meets(value, [, low, high = low, kind]) {
  if (kind === "undefined") return !Number.isFinite(value);
  if (kind === "defined") return Number.isFinite(value);
  if (Number.isNaN(value)) return false;
  if (kind === "open") return (low === null || value > low) && (high === null || value < high);
  return (low === null || value >= low) && (high === null || value <= high);
}

/** The first row of the table whose conditions all hold: explorer/descent/verdicts.py. */
export function judge(measures, table) {
  return table.find((row) => row.when.every((condition) => meets(Number(measures[condition[0]]), condition)));
}
