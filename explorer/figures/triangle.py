"""The run and the rise of a secant, named beside its triangle."""

from __future__ import annotations

from itertools import product
from typing import Literal

from explorer.conditions import Condition, is_at_least, is_at_most, is_below, is_known
from explorer.numeric import Window
from explorer.scene import marks
from explorer.scene.digits import length_format

NEAR = 0.09
"""Up to this part of the width between them the handles hide the triangle: it is not named."""

Anchor = Literal["start", "middle", "end"]


def triangle_labels(window: Window, rise: str, *only: Condition) -> tuple[marks.Label, ...]:
    """Δx on the other side of the run than the rise, Δy away from the first point.

    Needs the quantities h, f, x1, mid_x, mid_y and the one named `rise`, from (x0, f) to (x1, f1); Δy is shown where
    all of `only` hold as well.
    """
    width, height = window.x[1] - window.x[0], window.y[1] - window.y[0]
    there: Condition = is_known("f1")
    right: Condition = is_at_least("h", NEAR * width)
    left: Condition = is_at_most("h", -NEAR * width)
    up: Condition = is_at_least(rise, 0.0)
    down: Condition = is_below(rise, 0.0)
    sides: tuple[tuple[Condition, Anchor, float], ...] = ((right, "start", 12.0), (left, "end", -12.0))
    return (
        *(
            marks.Label(
                at=("mid_x", "f"),
                text=f"Δx = {{h:{length_format(width)}}}",
                role="step",
                anchor="middle",
                offset=(0.0, shift),
                when=(side, way, there),
            )
            for (side, _, _), (way, shift) in product(sides, ((up, 32.0), (down, -22.0)))
        ),
        *(
            marks.Label(
                at=("x1", "mid_y"),
                text=f"Δy = {{{rise}:{length_format(height)}}}",
                role="step",
                anchor=anchor,
                offset=(across, 5.0),
                when=(side, *only),
            )
            for side, anchor, across in sides
        ),
    )
