"""Questions about a line and its squares: what an η will do, and what 1/N changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import is_at
from explorer.data import DataError
from explorer.data.losses import Setting
from explorer.data.rows import Rows
from explorer.descent import number, round_down
from explorer.figures.descent.challenges import rate_challenges
from explorer.figures.descent.view import View
from explorer.figures.regression.view import regression_view, square_loss_of
from explorer.numeric.results import Span
from explorer.scene.scene import Challenge, Reason, Scene


@computed_once(64)
def line_challenges(rows: Rows, steps: int, scale: str, rates: Span) -> tuple[Challenge, ...]:
    """The questions about these rows while they stand, with an η among the `rates`; none where they have no line."""
    try:
        view = replace(regression_view(rows, steps, Setting("square", scale)), rates=rates)
    except DataError:
        return ()
    asked = (*rate_challenges(square_loss_of(rows, scale=scale), view, ("m", "c")), _divided(len(rows), view))
    return tuple(replace(one, when=(is_at("data_drawn", 1.0),)) for one in asked)


def asked_of(scene: Scene, standing: Rows, steps: int, scale: str) -> Scene:
    """The scene of a line and its squares, with questions about the points as they stand."""
    if scene.columns is None or standing == scene.columns.rows:
        return scene
    (low, high) = next((control.min, control.max) for control in scene.controls if control.name == "rate")
    drawn = tuple(np.array(standing, dtype=np.float64).T)
    return replace(
        scene,
        columns=replace(scene.columns, drawn=drawn),
        challenges=line_challenges(standing, steps, scale, (low, high)),
    )


def _divided(count: int, view: View) -> Challenge:
    """That the sum of squares has its least where the mean has, and another bound on η."""
    bound = 2 / view.curvatures[0][1]
    told, part = (number(round_down(value, 3)) for value in (bound, bound / count))
    return Challenge(
        name="divided",
        question=f"J is a mean over N = {count} points. Without 1/N it is their sum: what changes?",
        kind="choice",
        answer_text=f"The sum is {count} times as steep everywhere: level at the same line, and the bound on η is "
        f"{part}, not {told}.",
        reasons=(
            Reason("more points make a line more certain, so larger steps are safe", right=False,
                   says="How sure a line is, and how long a step may be, are two things."),
            Reason("N times 0 is 0, and N times the curvature makes 2/λ an Nth", right=True),
            Reason("a sum is larger than a mean, so its least lies farther out", right=False,
                   says="Its height is larger; the place is the same."),
        ),
        choices=("the best line", f"the bound on η, to 1/{count} of it", "nothing"),
        choice=1,
        hints=("Not yet: where is N times the gradient 0?", "", "Not yet: how long is a step now, with the same η?"),
        start={"m": view.start[0], "c": view.start[1], "step": 0.0},
    )  # fmt: skip
