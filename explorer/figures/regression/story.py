"""What a teacher pages through where a line or a curve descends to data: the verdict on the path answers.

The learner drags the data while the story is told, so that no stage says in advance what will become of them.
"""

from __future__ import annotations

from explorer.conditions import is_at
from explorer.figures.descent.view import View
from explorer.scene.scene import Case, Stage

_QUIETLY = {"ahead": False}
_ABOVE, _LARGE = 1.05, 4.0
"""A large rate: so far above the bound, where there is one; else so many times the usual rate."""


def descent_stages(question: str, view: View) -> tuple[Stage, ...]:
    """Its first step, and what becomes of it at the usual rate and at a large one, from where the learner has begun."""
    large = _ABOVE * 2 / view.curvatures[0][1] if view.curvatures else _LARGE * view.rate
    large = float(f"{min(max(large, view.rates[0]), view.rates[1]):.3g}")
    start = {"step": 0.0, "rate": view.rate}
    plain = Case(
        "One step: η times each slope of J, against it.",
        (is_at("switch:gd", 1.0),),
    )
    return (
        Stage(question, start, _QUIETLY, asks=True),
        Stage((plain, Case("One step.")), {**start, "step": 1.0}, _QUIETLY),
        *(
            Stage(
                f"{words} What will {view.steps} steps do?",
                {**start, "rate": rate},
                _QUIETLY,
                asks=True,
                shows={"step": float(view.steps)},
                tells=("verdict", "reason"),
            )
            for words, rate in (("η = {rate:g3}.", view.rate), ("A larger η, {rate:g3}.", large))
        ),
    )
