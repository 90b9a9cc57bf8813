"""What the tape of a scene gives in a state of its controls."""

from collections.abc import Mapping

import numpy as np

from explorer.data.columns import sums_over
from explorer.scene.scene import Scene


def outputs_of(
    scene: Scene, state: Mapping[str, float] | None = None, rows: tuple[tuple[float, ...], ...] = ()
) -> dict[str, float]:
    """Every control and every output of the tape, as numbers; `state` and `rows` are what was moved."""
    values = {"switch:paper": 0.0} | {control.name: float(control.value) for control in scene.controls}
    values |= dict(state or {})
    if scene.columns:
        columns = list(np.array(rows or scene.columns.rows).T)
        drawn = np.array(scene.columns.start if scene.columns.drawn is None else scene.columns.drawn)
        same = drawn.shape == np.shape(columns) and bool(np.all(drawn == columns))
        values |= {scene.columns.count: float(len(columns[0])), f"{scene.columns.name}_drawn": float(same)}
        values |= sums_over(scene.columns.before, columns, values)
    outputs = scene.tape.run(*(values[name] for name in scene.tape.variables))
    return values | {name: float(value) for name, value in outputs.items()}
