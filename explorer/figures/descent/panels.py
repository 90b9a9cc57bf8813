"""The descent page's pictures: the loss as a curve or as level lines, and the loss against the number of steps."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.descent import OPTIMISERS, Summed
from explorer.expression import Expression, compile_tape
from explorer.figures.challenges import UNASKED
from explorer.figures.curve import (
    SAMPLES,
    analyse,
    asymptotes,
    band_traces,
    curve_traces,
    end_circles,
    sample,
    span_of,
)
from explorer.figures.descent.run import Racer, race_marks, race_picture
from explorer.figures.descent.view import View, excess_name, looked_at
from explorer.figures.marked import critical_trace
from explorer.figures.surface.sought import critical_points
from explorer.figures.surface.still import said_in_place_of_lines, surface_picture
from explorer.numeric import Break, Window
from explorer.numeric.narrow_levels import narrow_lines
from explorer.numeric.results import Array
from explorer.numeric.veils import Veil, veil_of
from explorer.scene import marks, theme
from explorer.scene.marks import AnyMark
from explorer.scene.scene import Follow, Panel, Picture
from explorer.scene.wire import single

LEVELS = 16
SPACE = ("scene",)
HEAVY = "&".join(f"!{name}" for name, row in OPTIMISERS.items() if not row.velocity)
"""Shown where a velocity is kept: what the slope alone asks for, beside the step that is taken."""
GRID, TORN_GRID = 141, 93
"""Points of the level lines along each side of the window; fewer where gaps ask for numbers twice as long."""

MOST_NARROW = 6
"""Level lines, at most, that are drawn for themselves where a valley is as narrow as a cell of the grid."""

MOST_NARROW_PLACES = 1000
"""Of so many places together at most: the grid draws the level whose lines would be more, and those above."""

LINE = {"color": "$f@0.55", "width": 1.3}
EQUAL = {"scaleanchor": "x", "scaleratio": 1, "constrain": "range"}

BEYOND = 9
"""Points on each side of the window, for whoever zooms out: a quarter of it each."""

STEPS = 32_000
"""Heights of a picture without gaps are whole numbers up to this: two bytes each."""


def curve_panel(loss: Expression, view: View, window: Window, racers: tuple[Racer, ...] = ()) -> Panel:
    """The loss in one variable over a window, with ball, tangent, next step and path."""
    analysis = analyse(loss, span_of(loss, window))
    curve = sample(loss, span_of(loss, window), analysis.breaks, SAMPLES)
    layout = theme.layout(
        (10, 16, 40, 64),
        separators=".",
        xaxis=theme.axis("w", window.x),
        yaxis=theme.axis("loss", window.y, **(EQUAL if window.equal else {})),
        shapes=asymptotes(analysis.breaks),
    )
    bands = band_traces(loss, span_of(loss, window))
    traces = (
        *curve_traces(curve, "f", function="f", breaks=analysis.breaks),
        *bands,
        *end_circles(analysis.breaks),
        critical_trace(analysis, window),
    )
    return Panel(
        name="curve",
        label="The loss, with the path of the descent on it",
        figure=race_picture(Picture(traces, layout), racers),
        marks=(*_curve_marks(loss, analysis.breaks), *race_marks(racers, ("x", "loss"))),
        height=440,
        height_narrow=250,
        follow=Follow("run", ("x", "loss"), "follow"),
    )


def pad_panel(loss: Expression, view: View, window: Window, racers: tuple[Racer, ...] = ()) -> Panel:
    """Level lines of the loss in two variables over a window; steps are arrows in the plane.

    They stay beside the surface, smaller: there the start is dragged and the path is seen from above.
    """
    equal = {"scaleanchor": "x"} if window.equal else {}
    veil = _veil(loss, window)
    layout = theme.layout(
        (10, 16, 48, 60),
        xaxis=theme.axis("x", window.x, constrain="domain"),
        yaxis=theme.axis("y", window.y, constrain="domain", **equal),
        **({"annotations": [said_in_place_of_lines(veil)]} if veil else {}),
    )
    first, narrow = (1, ()) if veil else _narrow_lines(loss, view.seen(window))
    lines = level_lines(veil.over(loss), view.seen(window), GRID, first)
    drawn = (lines, *narrow, _minima_trace(view))
    return Panel(
        name="pad",
        label="Level lines of the loss, with the path of the descent",
        figure=Picture(() if veil.whole else drawn, layout),
        marks=(*pad_marks(), *race_marks(racers, ("x", "y"))),
        height=560,
        height_narrow=330,
        share=1.15,
        follow=Follow("run", ("x", "y"), "follow"),
    )


def _veil(loss: Expression, window: Window) -> Veil:
    """What the level lines would show falsely: with gaps they are of fewer points."""
    veil = veil_of(loss, window, GRID - 1)
    return veil_of(loss, window, TORN_GRID - 1) if veil and not veil.whole else veil


def space_panel(loss: Expression, view: View, window: Window, racers: tuple[Racer, ...] = ()) -> Panel:
    """The loss over a window as a surface, cut at the heights worth showing there, with the path on it."""
    view = view if (window.x, window.y) == view.windows else looked_at(loss, view, window)
    names = ["run", *(racer.name for racer in racers)]
    roles: list[theme.Role] = ["step", *(racer.role for racer in racers)]
    drawn: list[AnyMark] = []
    for name, role in zip(names, roles, strict=True):
        path: dict[str, Any] = {
            "axes": SPACE,
            "descent": name,
            "columns": ("x", "y", "loss"),
            "role": role,
            "width": 3,
        }
        drawn += [marks.Path(**path, toggle="ahead"), marks.Path(**path, ahead=False, toggle="!ahead")]
        drawn.append(
            marks.Point(axes=SPACE, at=(f"{name}_x", f"{name}_y", f"{name}_loss"), role=role, size=15)
        )
    return Panel(
        name="space",
        kind="space",
        label="The loss as a surface, with the path of the descent; drag to turn it",
        figure=surface_picture(
            loss, window, view.heights, critical_points(loss, window.x, window.y), line_heights(loss, view)
        ),
        marks=tuple(drawn),
        height=560,
        height_narrow=330,
        share=1.15,
        toggle="solid",
    )


@lru_cache(maxsize=64)
def level_lines(loss: Expression | Summed, view: View, inside: int = GRID, first: int = 1) -> dict[str, Any]:
    """Level lines over the window and a quarter more on each side, closer together near the bottom, from the `first`.

    The picture is of ln(1 + (L − lowest)/s), which has the same level lines at heights that suit a descent.
    """
    axes, heights = _grid(loss, view, inside)
    scale, most = _logarithmic(heights[BEYOND:-BEYOND, BEYOND:-BEYOND], view.lowest)
    with np.errstate(all="ignore"):
        levels = np.log1p(np.maximum(heights - view.lowest, 0) / scale)
    levels[~np.isfinite(heights)] = np.nan
    unit, drawn = 1.0, single(levels)
    if np.isfinite(levels).all():
        unit = 2 * most / STEPS
        drawn = np.round(np.minimum(levels, 2 * most) / unit).astype(np.int16)
    return {
        "type": "contour",
        "x": axes[0].astype(np.float32),
        "y": axes[1].astype(np.float32),
        "z": drawn,
        "contours": {
            "coloring": "none",
            "start": first * most / LEVELS / unit,
            "end": 1.6 * most / unit,
            "size": most / LEVELS / unit,
        },
        "autocontour": False,
        "line": LINE,
        "showscale": False,
        "hoverinfo": "skip",
    }


@lru_cache(maxsize=64)
def _narrow_lines(loss: Expression, view: View) -> tuple[int, tuple[dict[str, Any], ...]]:
    """The number of the first level that the grid shows, and the lines below, of valleys as narrow as its cells."""
    _, heights = _grid(loss, view)
    scale, most = _logarithmic(heights[BEYOND:-BEYOND, BEYOND:-BEYOND], view.lowest)
    axes = (np.linspace(*view.windows[0], GRID), np.linspace(*view.windows[1], GRID))
    pieces: list[Array] = []
    for first in range(1, MOST_NARROW + 2):
        with np.errstate(over="ignore"):
            level = view.lowest + scale * float(np.expm1(most / LEVELS * first))
        found = narrow_lines(loss, axes, level) if first <= MOST_NARROW else []
        if not found or sum(map(len, [*pieces, *found])) > MOST_NARROW_PLACES:
            break
        pieces += found
    if not pieces:
        return first, ()
    gap = np.full((1, 2), np.nan)
    x, y = single(np.vstack([part for line in pieces for part in (line, gap)]).T)
    return first, ({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": LINE, "hoverinfo": "skip"},)


def line_heights(loss: Expression, view: View) -> Array:
    """The heights of the level lines on the pad, for those of the surface beside it."""
    _, heights = _grid(loss, view)
    scale, most = _logarithmic(heights[BEYOND:-BEYOND, BEYOND:-BEYOND], view.lowest)
    with np.errstate(over="ignore"):  # a line beyond all doubles is none
        above = view.lowest + scale * np.expm1(most / LEVELS * np.arange(1, 2 * LEVELS))
    low, high = view.heights
    return np.asarray(above[(above > low) & (above < high)])


def _logarithmic(heights: Array, lowest: float) -> tuple[float, float]:
    """The s of the picture's logarithm and its value at the bulk of the highest, for the heights in the window.

    Some of the lines lie below s. A long valley leaves the window not much higher than its bottom: there s is no
    higher than that, so that a line closes around the bottom, if it is one that the grid can show.
    """
    shown = heights[np.isfinite(heights)]
    if not len(shown):
        return 1.0, math.log(2)
    finest, near, high = (float(q) for q in np.quantile(shown, (0.004, 0.04, 0.95)))
    border = np.concatenate([heights[0], heights[-1], heights[:, 0], heights[:, -1]])
    leaves = float(np.nanmin(border)) if np.isfinite(border).any() else near
    valley = finest < leaves < near
    scale = leaves - lowest if valley else max(near - lowest, 1e-3 * (high - lowest))
    if not scale > 0:  # what is lowest cannot be told: beside a pole most heights lie deep below
        scale = 1.0
    return scale, math.log1p(max(high - lowest, 0.0) / scale) or 1.0


def _grid(loss: Expression | Summed, view: View, inside: int = GRID) -> tuple[list[Array], Array]:
    """The axes and the loss on them; fewer places where numbers twice as long have to say which are missing."""
    axes, heights = _heights(loss, view, inside)
    return (axes, heights) if np.isfinite(heights).all() else _heights(loss, view, TORN_GRID)


def _heights(loss: Expression | Summed, view: View, inside: int) -> tuple[list[Array], Array]:
    """The axes, `inside` points in the window and a few beyond each end, and the loss on them, a row for each y."""
    axes = []
    for low, high in view.windows:
        room = np.linspace(0.25, 0, BEYOND, endpoint=False) * (high - low)
        axes.append(np.concatenate([low - room, np.linspace(low, high, inside), high + room[::-1]]))
    with np.errstate(all="ignore"):
        return axes, loss(*np.meshgrid(*axes))


def _minima_trace(view: View) -> dict[str, Any]:
    places = np.array((*view.minima, *view.kinks), dtype=float).reshape(-1, 2)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places[:, 0],
        "y": places[:, 1],
        "marker": {
            "symbol": "star",
            "size": 15,
            "color": "$critical",
            "opacity": 1,
            "line": {"color": "$ink", "width": 1.5},
        },
        "hoverinfo": "skip",
    }


def named_loss_panels(
    loss: Expression | Summed, view: View, *, floor_moves: bool = False
) -> tuple[Panel, ...]:
    """J against the step; what it is stands inside, for its numbers may be long.

    Above a minimum of 0, which does not move, the second panel shows J itself.
    """
    return tuple(
        replace(panel, figure=Picture(panel.figure.data, _named_inside(panel, floor_moves)))
        for panel in loss_panels(loss, view)
    )


def _named_inside(panel: Panel, floor_moves: bool) -> dict[str, Any]:
    layout, axis = panel.figure.layout, panel.figure.layout["yaxis"]
    itself = panel.name == "loss" or (axis["title"]["text"] == "loss" and not floor_moves)
    name = "J" if itself else "J above its minimum"
    return {
        **layout,
        "yaxis": {**axis, "title": {"text": ""}, "nticks": 4},
        "annotations": [theme.axis_name(name, "step_text", 1.0) | {"x": 1, "xanchor": "right", "xshift": -6}],
    }


def loss_panels(loss: Expression | Summed, view: View, racers: tuple[Racer, ...] = ()) -> tuple[Panel, ...]:
    """The loss against the number of steps, on a linear axis and, above the minimum, on a logarithmic one."""
    first = float(loss(*view.start)) - view.lowest
    scale = first if math.isfinite(first) and first > 0 else max(view.heights[1] - view.lowest, 1e-9)
    top = math.ceil(math.log10(scale)) + 1
    steps = (-0.02 * view.steps, 1.02 * view.steps)
    # Wherever a ball can be seen on the curve, its loss can be seen here.
    seen = view.heights[1] - view.lowest if len(loss.variables) == 1 else 0.0
    linear = (view.lowest - 0.06 * scale, view.lowest + max(1.25 * scale, seen))
    floors = [float(loss(*minimum)) for minimum in (*view.minima, *view.kinks)]
    one = all(math.isclose(floor, view.lowest, abs_tol=1e-9 * scale) for floor in floors)
    panels = (
        _loss_panel("loss", "loss", theme.axis("loss", linear), steps, racers),
        _loss_panel(
            "loss_log",
            "excess",
            theme.axis(
                excess_name(view.lowest) if one else "above minimum",
                (top - 14, top),
                type="log",
                dtick=4,
                exponentformat="power",
            ),
            steps,
            racers,
        ),
    )
    if len(loss.variables) == 1 or not racers:
        return panels
    # The names stand here: the square plane would lose more room to them.
    return tuple(
        replace(panel, figure=race_picture(panel.figure, racers), height_narrow=190) for panel in panels
    )


def _loss_panel(
    name: str, word: str, height: dict[str, Any], steps: tuple[float, float], racers: tuple[Racer, ...]
) -> Panel:
    here = ("run_k", f"run_{word}")
    return Panel(
        name=name,
        label="The loss after each step",
        figure=Picture(
            (), theme.layout((8, 16, 40, 64), separators=".", xaxis=theme.axis("step", steps), yaxis=height)
        ),
        marks=(
            *_paths(("k", word)),
            *_ball(here, 15.0, f"{{run_{word}:g3}}", distance=False),
            *race_marks(racers, ("k", word)),
        ),
        height=150,
        height_narrow=130,
        share=0.85,
        toggle="!log" if word == "loss" else "log",
        follow=Follow("run", ("k", word), "follow"),
    )


def _paths(columns: tuple[str, str], before: int = 0) -> tuple[AnyMark, ...]:
    """The path, whole or only as far as it was walked, over the one that stood before the last release.

    `before` counts the marks that come before these.
    """
    common: dict[str, Any] = {"descent": "run", "columns": columns, "role": "step", "width": 2.5}
    return (
        marks.Ghost(of=before + 1),
        marks.Path(**common, toggle="ahead"),
        marks.Path(**common, ahead=False, toggle="!ahead"),
    )


def _ball(
    here: tuple[str, str], size: float = 22.0, says: str = "", distance: bool = True
) -> tuple[AnyMark, ...]:
    return (
        marks.Point(at=here, role="step", size=size),
        marks.Outside(at=here, role="step", text=says, distance=distance),
    )


def _curve_marks(loss: Expression, breaks: tuple[Break, ...]) -> tuple[AnyMark, ...]:
    """The still curve ends where it was sampled; the view that follows needs one that is drawn as far as it goes."""
    here, lands = ("run_x", "run_loss"), ("run_nx", "run_loss")
    whole = compile_tape({"loss": loss}, loss.variables)
    return (
        marks.Curve(tape=whole, along="x", gaps=tuple(b.x for b in breaks[:60]), role="f", toggle="follow"),
        *_paths(("x", "loss"), before=1),
        marks.Line(through=here, slope="run_dx", role="slope", dash="dash", width=2.5),
        marks.Segment(
            from_=lands, to=("run_nx", "run_nloss"), role="guide", dash="dot", width=1.5, toggle=UNASKED
        ),
        marks.Arrow(
            from_=here, to=("run_px", "run_loss"), role="slope", width=1.5, toggle=HEAVY, foot=marks.HANDLE
        ),
        marks.Arrow(
            from_=here, to=lands, role="gradient", width=3, hollow=True, toggle=UNASKED, foot=marks.HANDLE
        ),
        marks.Label(at=lands, text="{run_sx:g3}", role="gradient", anchor="middle", offset=(0, -14)),
        *_ball(here, says="w = {run_x:g4},"),
    )


def pad_marks(before: int = 0) -> tuple[AnyMark, ...]:
    """Path, next step and ball in the plane of a loss in two variables; `before` counts the marks before these."""
    here, lands = ("run_x", "run_y"), ("run_nx", "run_ny")
    return (
        *_paths(("x", "y"), before),
        marks.Arrow(
            from_=here, to=("run_px", "run_py"), role="slope", width=1.5, toggle=HEAVY, foot=marks.HANDLE
        ),
        marks.Arrow(
            from_=here, to=lands, role="gradient", width=3, hollow=True, toggle=UNASKED, foot=marks.HANDLE
        ),
        *_ball(here),
    )
