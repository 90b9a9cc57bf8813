"""The start page's scene: one curve, its tangent, one point to drag, and the slope as a number. Nothing else."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from explorer.conditions import Condition, is_at
from explorer.expression import Expression, compile_tape, parse
from explorer.scene import marks, theme
from explorer.scene.live_text import ON_SCREEN, with_paper
from explorer.scene.scene import Case, Control, Handle, MarkedValue, Panel, Picture, Scene

FORMULA = "x^3/3 - x"
WINDOW = ((-2.6, 2.6), (-1.5, 1.5))
FIRST = -0.5
SAMPLES = 161
FLAT: tuple[Condition, ...] = (is_at("slope", 0.0),)
UNTOUCHED: tuple[Condition, ...] = (is_at("x0", FIRST),)


@lru_cache(maxsize=1)
def start_scene() -> Scene:
    """The same for everybody; it owns no address."""
    f = parse(FORMULA, ("x",))
    x0 = Expression.variable("x0")
    slope = f.derivative()
    x = np.linspace(*WINDOW[0], SAMPLES)
    tangent = marks.Line(through=("x0", "f"), slope="slope", role="slope", dash="dash", width=3)
    corner = (WINDOW[0][0] + 0.8, WINDOW[1][0])  # where neither curve nor tangent comes near
    return Scene(
        id="start",
        page="start",
        title=f"The slope of {f.text}",
        main=False,
        controls=(
            Control(
                name="x0",
                label="x₀",
                min=WINDOW[0][0],
                max=WINDOW[0][1],
                value=FIRST,
                role="slope",
                marks=tuple(MarkedValue(flat, symbol="flat") for flat in (-1.0, 1.0)),
                handle=Handle(
                    panel="curve", at=("x0", "f"), moves={"x": "x0"}, label="the point on the curve"
                ),
                url=False,
            ),
        ),
        tape=compile_tape({"f": f.substitute({"x": x0}), "slope": slope.substitute({"x": x0})}, ("x0",)),
        panels=(
            Panel(
                name="curve",
                label="A curve with its tangent at a point that can be dragged",
                figure=Picture(
                    ({"x": x, "y": f(x), "mode": "lines", "line": {"color": "$f", "width": 4}},),
                    theme.layout(
                        (8, 8, 28, 36),
                        xaxis=theme.axis("", WINDOW[0]),
                        yaxis=theme.axis("", WINDOW[1], nticks=4),
                    ),
                ),
                marks=(
                    tangent,
                    marks.Label(
                        at=corner,
                        text="slope {slope:2}",
                        role="slope",
                        offset=(0, -16),
                        size=theme.NUMBER_SIZE,
                    ),
                    marks.Label(
                        at=("x0", "f"),
                        text="drag me",
                        role="slope",
                        offset=(26, 6),
                        when=(*UNTOUCHED, ON_SCREEN),
                        size=theme.SENTENCE_SIZE,
                    ),
                ),
                height=376,
                height_narrow=260,
            ),
        ),
        sentence=(
            Case("Flat. That is what Slope is about.", FLAT),
            *with_paper(Case("⟨Drag the point. ⟩Where is the curve flat?")),
        ),
    )
