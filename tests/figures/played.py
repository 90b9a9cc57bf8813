"""What a scene says in a state, as the browser would choose it; numbers stay as the templates that they are."""

import math

from explorer.scene.marks import Condition
from explorer.scene.scene import Cases, Scene
from tests.figures.finite import outputs_of


def said(
    scene: Scene, cases: Cases, state: dict[str, float], rows: tuple[tuple[float, ...], ...] = ()
) -> str:
    """The template that is shown; `state` and `rows` are what was moved."""
    if isinstance(cases, str):
        return cases
    known = outputs_of(scene, state, rows)
    widths = {control.name: control.max - control.min for control in scene.controls}
    return next(case.text for case in cases if all(_holds(one, known, widths) for one in case.when))


def _holds(condition: Condition, known: dict[str, float], widths: dict[str, float]) -> bool:
    quantity, low, high, kind = condition
    value = known[quantity] if isinstance(quantity, str) else quantity
    if kind in ("undefined", "defined"):
        return math.isfinite(value) == (kind == "defined")
    assert kind not in ("unsure", "sure"), "the bounds of rounding are the browser's"
    bottom, top = (-math.inf if low is None else low), (math.inf if high is None else high)
    if kind == "open":
        return bottom < value < top
    slack = 1e-9 * widths.get(str(quantity), 0.0) if low == high else 0.0
    return bottom - slack <= value <= top + slack
