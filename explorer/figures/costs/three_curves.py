"""Three curves one above the other over 0 ≤ p ≤ 1: a product g, ln g with its terms, and −ln g as a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from explorer.expression import Expression, Tape, compile_tape
from explorer.figures.challenges import UNASKED
from explorer.figures.curve import Trace
from explorer.numeric.results import Span
from explorer.scene import marks, theme
from explorer.scene.axis_control import axis_control
from explorer.scene.scene import Control, Handle, Panel, Picture, Toggle

__all__ = ["AXES", "BEST", "STILL", "SWITCHES", "Level", "control_of", "panel_of"]

SPAN: Span = (0.0, 1.0)
AXES = ("y", "y2", "y3")
DOMAINS = ((0.69, 1.0), (0.345, 0.655), (0.0, 0.31))
TITLES = ((0.0, "left", True), (0.5, "center", False), (0.5, "center", True))
BEST, STILL = "best_p", "still"
FINE = 400
"""A logarithm falls steeply at the ends: so many steps show it without a kink."""

SAMPLES = np.linspace(0.0, 1.0, 201)

SWITCHES = (
    Toggle(name=BEST, label="Best p", help="The place that all three curves share"),
    Toggle(name=STILL, url=False),
)
"""`still` is never on: what it hides is the picture for those whose browser cannot play."""


@dataclass(frozen=True)
class Level:
    """One of the three: its name as written, the quantity drawn and its slope, and what its axis shows.

    `curves` are further graphs on the same axes, as (quantity, role, dash).
    """

    name: str
    value: str
    slope: str
    range: Span
    ticks: Mapping[str, Any]
    curves: tuple[tuple[str, theme.Role, marks.Dash], ...] = ()


def control_of(start: float, snaps: tuple[str, ...] = ("best",)) -> Control:
    """The control p under the three curves, with its handle on the first of them; it holds on to `snaps`."""
    on_the_curve, below = (
        Handle(panel="curves", at=("p", height), moves={"x": "p"}, label=f"p, {where}", toggle=shown)
        for height, where, shown in (
            ("share", "on the first curve", UNASKED),
            (0.0, "below the curves", "asked"),
        )
    )
    control = axis_control("p", "p", SPAN, start, panel="curves", role="slope", handle=on_the_curve)
    return Control(**{**control.__dict__, "other_handle": below, "snaps": snaps, "step": 0.01, "decimals": 3})


def panel_of(
    levels: Sequence[Level],
    of: Mapping[str, Expression],
    variables: Sequence[str],
    others: Sequence[marks.AnyMark],
    start: Mapping[str, ArrayLike],
    *,
    best: bool = True,
) -> Panel:
    """The three pictures; `of` are the quantities as expressions in "at" and in `variables`.

    `start` holds the values of the variables for the still picture; `best` says whether there is such a quantity.
    """
    moving: list[marks.AnyMark] = []
    still: list[Trace] = []
    for level, axis in zip(levels, AXES, strict=True):
        axes = ("x", axis)
        if best:
            moving.append(
                marks.Vertical(
                    axes=axes, x="best", role="guide", dash="dash", width=2, toggle=f"{BEST}&{UNASKED}"
                )
            )
        moving.append(marks.Vertical(axes=axes, x="p", role="guide", dash="dot", width=1))
        for name, role, dash in (*level.curves, (level.value, "f", "solid")):
            tape = compile_tape({"value": of[name]}, ("at", *variables))
            width = 4.0 if name == level.value else 2.0
            moving.append(
                marks.Curve(
                    axes=axes,
                    tape=tape,
                    along="at",
                    samples=FINE,
                    role=role,
                    dash=dash,
                    width=width,
                    toggle=UNASKED,
                )
            )
            still.append(_still(tape, axis, role, variables, start))
        moving.append(
            marks.Line(
                axes=axes,
                through=("p", level.value),
                slope=level.slope,
                role="slope",
                dash="dash",
                toggle=UNASKED,
            )
        )
        if axis != AXES[0]:
            moving.append(
                marks.Point(axes=axes, at=("p", level.value), role="slope", size=15, toggle=UNASKED)
            )
    layout = theme.layout(
        (8, 16, 40, 64),
        xaxis=theme.axis("p", SPAN, anchor="y3", dtick=0.1),
        **{
            f"yaxis{axis[1:]}": theme.axis("", level.range, domain=list(domain), **level.ticks)
            for axis, level, domain in zip(AXES, levels, DOMAINS, strict=True)
        },
        annotations=[_title(*titled) for titled in zip(levels, DOMAINS, TITLES, strict=True)],
    )
    return Panel(
        name="curves",
        label="A product of powers, its logarithm, and the loss, over the same p",
        figure=Picture(tuple(still), layout),
        marks=(*moving, *others),
        height=520,
        apart=True,
        height_narrow=430,
    )


def _title(level: Level, domain: tuple[float, float], place: tuple[float, str, bool]) -> dict[str, Any]:
    """What is drawn, where its curve leaves room: at the top or the foot, left or in the middle."""
    x, anchor, top = place
    named = theme.axis_name(level.name, "f_text", domain[1] if top else domain[0])
    return {**named, "x": x, "xanchor": anchor, "yanchor": "top" if top else "bottom"}


def _still(
    tape: Tape, axis: str, role: theme.Role, variables: Sequence[str], start: Mapping[str, ArrayLike]
) -> Trace:
    values = tape.run(SAMPLES, *(start[name] for name in variables))["value"]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": SAMPLES,
        "y": np.where(np.isfinite(values), values, np.nan),
        "yaxis": axis,
        "line": {"color": f"${role}", "width": 2},
        "hoverinfo": "skip",
        "meta": {"toggle": STILL},
    }
