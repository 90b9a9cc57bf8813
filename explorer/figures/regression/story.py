"""What a teacher pages through where a line or a curve descends to data: the verdict on the path answers.

The learner drags the data while the story is told, so that no stage says in advance what will become of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from explorer.figures.descent.view import View
from explorer.scene.marks import Condition
from explorer.scene.scene import Case, Stage

_QUIETLY = {"ahead": False}
_PLAIN: tuple[Condition, ...] = (("switch:gd", 1.0, 1.0, "closed"),)
_BOUNDED: Condition = ("run_bound", None, None, "defined")
_LARGE, _SMALL = 1.05, 4.0
"""A rate so far above the bound, where there is one; else so many times the usual rate."""


def descent_stages(
    question: str, begin: Mapping[str, float], view: View, quadratic: bool
) -> tuple[Stage, ...]:
    """Where the path begins, its first step, and what becomes of it at the usual rate and at a large one."""
    bound = 2 / view.curvatures[0][1] if view.curvatures else None
    large = _SMALL * view.rate if bound is None else _LARGE * bound
    large = float(f"{min(max(large, view.rates[0]), view.rates[1]):.3g}")
    start = {**begin, "step": 0.0, "rate": view.rate}
    step = Case("One step: η times the slope of J in each of the two, against it.", _PLAIN)
    return (
        Stage(question, start, _QUIETLY, asks=True),
        Stage((step, Case("One step.")), {**start, "step": 1.0}),
        *(_predict({**start, "rate": rate}, view.steps, quadratic) for rate in (view.rate, large)),
    )


def _predict(begin: Mapping[str, float], steps: int, quadratic: bool) -> Stage:
    """What will the whole way be like? The rate is said beside the bound of these data, where they have one."""
    bound = f"the {'' if quadratic else 'local '}bound {{run_bound:g4}}"
    asks = f"What will {steps} steps do?"
    text = (
        Case(f"η = {{rate:g3}}, above {bound}. {asks}", (_BOUNDED, ("run_share", 1.0, None, "open"))),
        Case(f"η = {{rate:g3}}, below {bound}. {asks}", (_BOUNDED, ("run_share", None, 1.0, "open"))),
        Case(f"η = {{rate:g3}}. {asks}"),
    )
    shows = {"step": float(steps)}
    return Stage(text, begin, _QUIETLY, asks=True, shows=shows, tells=("verdict", "reason"))
