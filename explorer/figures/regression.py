"""The regression page's scene: a line among points, its place in the plane of slope and height, and J at every step.

The points are controls, so that everything follows one under the finger in the same frame: the best line and what J is
made of are sums over the rows, and the descent walks on a loss that takes them as given.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from explorer.data.line import least_squares
from explorer.data.rows import Rows
from explorer.data.sums import GIVEN, fit_quantities, mean_square, row_names
from explorer.descent import OPTIMISERS
from explorer.expression import Expression, compile_tape, parse
from explorer.expression.tape import Tape
from explorer.figures import marks, scene, theme
from explorer.figures.descending import chosen_descent
from explorer.figures.descent import STAYING as DESCENT_STAYS
from explorer.figures.descent import descent_toggles, rate_control, settings_controls, step_control
from explorer.figures.descent_panels import loss_panels, pad_marks
from explorer.figures.descent_view import View
from explorer.figures.descents import Valley
from explorer.figures.digits import step_for
from explorer.figures.regression_words import readouts, sentence
from explorer.figures.scene import Control, Handle, MarkedValue, Panel, Picture, Scene, Stage, Toggle
from explorer.numeric.once import computed_once
from explorer.numeric.results import Span

STEPS = 100
LEVELS = (0.1, 0.25, 0.45, 0.7, 1.0, 1.35)
"""Level lines, by their size beside the one through the flat line at 0."""

SEEN = 0.8
"""So much of the level line through the flat line is in the window of the plane."""

REACH = 3.0
"""Slope and height reach so many times as far as their window."""

BOUNDED = tuple(name for name, row in OPTIMISERS.items() if row.bound is not None)
RESIDUALS, BEST, EXACT = "residuals", "best", "exact"

STAYING = (*(name for name in DESCENT_STAYS if name not in ("flat", "solid")), RESIDUALS, BEST)
"""What the learner has chosen for whatever data: others leave it as it is."""


def loss_of(rows: Rows, names: tuple[str, str] = ("m", "c")) -> Expression:
    """J of these rows as a function of slope and height."""
    given = _given(rows)
    return mean_square(names).substitute(
        {name: Expression.number(value) for name, value in given.items()}, names
    )


def _given(rows: Rows) -> dict[str, float]:
    found = _fit(len(rows)).run(*(value for row in rows for value in row))
    return {name: float(found[name]) for name in GIVEN}


@lru_cache(maxsize=64)
def _fit(count: int) -> Tape:
    return compile_tape(fit_quantities(count), _variables(count))


def _variables(count: int) -> tuple[str, ...]:
    return tuple(name for row in row_names(count) for name in row)


@lru_cache(maxsize=1)
def _valley() -> Valley:
    """J on which the browser walks, whatever the data: a paraboloid about the best line."""
    loss = mean_square()
    slopes = {name: loss.derivative(name) for name in ("x", "y")}
    second = {f"d_{a}_{b}": slopes[a].derivative(b) for a, b in ("xx", "xy", "yy")}
    return Valley(
        value=compile_tape({"loss": loss}, loss.variables),
        gradient=compile_tape({"loss": loss, "d_x": slopes["x"], "d_y": slopes["y"]}, loss.variables),
        hessian=compile_tape(second, loss.variables),
        quadratic=True,
        given=GIVEN,
    )


@computed_once(128)
def regression_view(rows: Rows, steps: int = STEPS) -> View:
    """The plane of (m, c) about the best line and the flat one at 0, and a rate well below the bound.

    Raises DataError where the rows have no line.
    """
    line = least_squares(*zip(*rows, strict=True))
    given = _given(rows)
    spread, middle = given["spread"], given["x_mean"]
    flat = math.fsum(y * y for _, y in rows) / len(rows)
    radius = math.sqrt(max(flat - line.loss, 0.0)) or math.sqrt(line.loss) or 1.0
    halves = (radius / math.sqrt(spread), radius * math.sqrt(1 + middle * middle / spread))
    best = (given["m_best"], given["c_best"])
    windows = tuple(_window(centre, SEEN * half) for centre, half in zip(best, halves, strict=True))
    trace, part = spread + middle * middle + 1, math.hypot(spread + middle * middle - 1, 2 * middle)
    largest = trace + part
    smallest = 4 * spread / largest
    rate = float(f"{0.4 * 2 / largest:.1g}")
    top = math.ceil(math.log10(4 * 2 / largest))
    return View(
        windows=windows,
        heights=(line.loss, line.loss + 1.25 * radius * radius),
        start=(0.0, 0.0),
        rate=rate,
        rates=(float(f"1e{top - 4}"), float(f"1e{max(top, 0)}")),
        steps=steps,
        minima=(best,),
        curvatures=((smallest, largest),),
        quadratic=True,
        lowest=line.loss,
    )


def _window(centre: float, half: float) -> Span:
    low, high = min(centre - half, -0.15 * half), max(centre + half, 0.15 * half)
    return low, high


def _span(values: list[float], *others: float) -> Span:
    """An axis for these numbers with room about them; 0 belongs to it where it is near."""
    low, high = min([*values, *others]), max([*values, *others])
    width = high - low or max(abs(high), 1.0)
    if low > 0 and low < 0.5 * width:
        low = 0.0
    room = 0.08 * (high - low or width)
    return low - room, high + room


@computed_once(64)
def regression_scene(rows: Rows, steps: int = STEPS) -> Scene:
    """The scene for rows that begin as `rows`, two at least, and so many steps. Raises DataError where no line is."""
    view = regression_view(rows, steps)
    spans = _span([x for x, _ in rows]), _span([y for _, y in rows], 0.0)
    fresh = {"step": 0.0, "rate": view.rate, "m": 0.0, "c": 0.0}
    rate = rate_control(view)
    return Scene(
        id=hashlib.sha256(repr(("regression", rows, steps)).encode()).hexdigest()[:16],
        page="regression",
        title="A line through data, and the descent of its slope and height",
        url={"tab": None, "steps": str(steps)},
        controls=(
            replace(rate, marks=_bounds()),
            step_control(view, fresh),
            *_line_controls(view, spans[0]),
            *settings_controls(),
            *_point_controls(rows, spans),
        ),
        tape=_tape(len(rows), _grips(spans[0])),
        panels=(_data_panel(rows, spans), _plane_panel(view), *_loss_panels(rows, view)),
        readouts=readouts(steps, _decimals(view.windows[0]), _decimals(view.windows[1])),
        sentence=sentence(),
        toggles=_toggles(),
        rows=scene.Rows(name="data", controls=row_names(len(rows))),
        descents=(chosen_descent(_valley(), ("m", "c"), steps, view.lowest, fresh),),
        story=_story(view),
    )


def _bounds() -> tuple[MarkedValue, ...]:
    """The bound of the optimiser that is on, which moves with the data."""
    text = "bound {run_bound:g5}"
    return tuple(
        MarkedValue("run_bound", text, toggle="gd&!backtracking" if name == "gd" else name)
        for name in BOUNDED
    )


def _toggles() -> tuple[Toggle, ...]:
    return (
        Toggle(name=RESIDUALS, label="Residuals", on=True, help="How far each point lies from the line"),
        Toggle(name=BEST, label="Best line", help="The line with the least J, and how much it explains"),
        *descent_toggles(),
        Toggle(name=EXACT, label="Exact points", help="Numbers and keys for every point", url=False),
    )


def _tape(count: int, grips: tuple[float, float]) -> Tape:
    """The fit, and where the line is held."""
    found = dict(fit_quantities(count))
    m, c = Expression.variable("m"), Expression.variable("c")
    found["lift"] = m * grips[0]
    found["held"], found["turned"] = m * grips[0] + c, m * grips[1] + c
    names = ("m", "c", *_variables(count))
    return compile_tape({name: quantity.over(names) for name, quantity in found.items()}, names)


def _grips(span: Span) -> tuple[float, float]:
    """Where the line is lifted, at 0 where that is seen, and where it is turned: at the end that is farther from 0."""
    low, high = span
    inset = 0.06 * (high - low)
    ends = low + inset, high - inset
    turn = max(ends, key=abs)
    lift = 0.0 if low <= 0 <= high else min(ends, key=abs)
    return lift, turn


def _line_controls(view: View, span: Span) -> tuple[Control, Control]:
    lift, turn = _grips(span)
    ends = [
        (low - (REACH - 1) / 2 * (high - low), high + (REACH - 1) / 2 * (high - low))
        for low, high in view.windows
    ]
    plane = Handle(
        panel="pad", at=("m", "c"), moves={"x": "m", "y": "c"}, shape="ring", label="where the line starts"
    )
    slope = Handle(
        panel="data", at=(turn, "turned"), moves={"y": "m"}, offset="c", over=turn, label="turns the line about 0",
    )  # fmt: skip
    height = Handle(panel="data", at=(lift, "held"), moves={"y": "c"}, offset="lift", label="lifts the line")
    return (
        Control(
            name="m", label="slope m", min=ends[0][0], max=ends[0][1], value=0.0, role="slope", place="rail",
            handle=slope, other_handle=plane, **_digits(view.windows[0]),
        ),
        Control(
            name="c", label="height c", min=ends[1][0], max=ends[1][1], value=0.0, role="partial_y", place="rail",
            handle=height, **_digits(view.windows[1]),
        ),
    )  # fmt: skip


def _digits(span: Span) -> dict[str, Any]:
    return {"step": step_for(span[1] - span[0]), "decimals": _decimals(span)}


def _decimals(span: Span) -> int:
    """So many that a tenth of an arrow key's step is seen."""
    return max(0, 1 - round(math.log10(step_for(span[1] - span[0]))))


def _point_controls(rows: Rows, spans: tuple[Span, Span]) -> tuple[Control, ...]:
    """Two for each row; the first has the point in the picture as its handle."""
    found = []
    for k, (names, row) in enumerate(zip(row_names(len(rows)), rows, strict=True), 1):
        handle = Handle(panel="data", at=names, moves=dict(zip("xy", names, strict=True)), label=f"point {k}")
        for axis, name, value, span in zip("xy", names, row, spans, strict=True):
            found.append(
                Control(
                    name=name, label=f"{axis} of point {k}", min=span[0], max=span[1], value=value, role="f",
                    handle=handle if axis == "x" else None, place="rail", toggle=EXACT, url=False,
                    **_digits(span),
                )
            )  # fmt: skip
    return tuple(found)


def _data_panel(rows: Rows, spans: tuple[Span, Span]) -> Panel:
    """The points with the line of the present step, the one that it started as, and what is left of each point."""
    moving: list[marks.AnyMark] = [
        marks.Line(through=(0.0, "c_best"), slope="m_best", role="ink", dash="dash", width=2, toggle=BEST),
        marks.Line(through=(0.0, "c"), slope="m", role="guide", dash="dot", width=1.5),
        *(_residual(*names) for names in row_names(len(rows))),
        marks.Line(through=(0.0, "run_y"), slope="run_x", role="slope", width=4),
    ]
    layout = theme.layout((10, 16, 40, 64), xaxis=theme.axis("x", spans[0]), yaxis=theme.axis("y", spans[1]))
    return Panel(
        name="data",
        label="The data, with the line",
        figure=Picture((), layout),
        marks=tuple(moving),
        height=520,
        height_narrow=250,
    )


def _residual(x: str, y: str) -> marks.Trail:
    """From the point to the line, straight up or down."""
    names = ("share", x, y, "run_x", "run_y")
    share, across, up, slope, height = map(Expression.variable, names)
    ends = {"x": across, "y": up + share * (slope * across + height - up)}
    tape = compile_tape({name: end.over(names) for name, end in ends.items()}, names)
    return marks.Trail(
        tape=tape, along="share", from_=0.0, to=1.0, samples=2, role="step", width=2, toggle=RESIDUALS
    )


def _plane_panel(view: View) -> Panel:
    """Level lines of J in the plane of slope and height, with the descent on them."""
    radius = math.sqrt(max(view.heights[1] - view.heights[0], 0.0) / 1.25)
    levels = [_level(share * radius) for share in LEVELS]
    star = marks.Point(at=("m_best", "c_best"), shape="star", role="critical", size=17)
    layout = theme.layout(
        (10, 16, 40, 64),
        xaxis=theme.axis("slope m", view.windows[0]),
        yaxis=theme.axis("height c", view.windows[1]),
    )
    return Panel(
        name="pad",
        label="Level lines of J for every slope and height, with the path of the descent",
        figure=Picture((), layout),
        marks=(*levels, star, *pad_marks(before=len(levels) + 1)),
        height=520,
        height_narrow=250,
        follow=scene.Follow("run", ("x", "y"), "follow"),
    )


def _loss_panels(rows: Rows, view: View) -> tuple[Panel, ...]:
    """J against the step; what it is stands inside, for its numbers may be long."""
    return tuple(
        replace(panel, figure=Picture(panel.figure.data, _named_inside(panel.figure.layout)))
        for panel in loss_panels(loss_of(rows, ("x", "y")), view)
    )


def _named_inside(layout: Mapping[str, Any]) -> dict[str, Any]:
    axis = layout["yaxis"]
    name = "J" if axis["title"]["text"] == "loss" else "J above its minimum"
    return {
        **layout,
        "yaxis": {**axis, "title": {"text": ""}, "nticks": 4},
        "annotations": [theme.axis_name(name, "step_text", 1.0) | {"x": 1, "xanchor": "right", "xshift": -6}],
    }


def _level(radius: float) -> marks.Trail:
    """Where J = J* + radius²: V (m − m*)² and ((c − c*) + x̄ (m − m*))² are the squares of its cosine and sine."""
    names = ("angle", "m_best", "c_best", "x_mean", "spread")
    parts = {name: Expression.variable(name) for name in names} | {"radius": Expression.number(radius)}
    away = parse("r cos(t) / sqrt(v)", ("r", "t", "v")).substitute(
        {"r": parts["radius"], "t": parts["angle"], "v": parts["spread"]}
    )
    rise = parse("r sin(t)", ("r", "t")).substitute({"r": parts["radius"], "t": parts["angle"]})
    ends = {"x": parts["m_best"] + away, "y": parts["c_best"] + rise - parts["x_mean"] * away}
    tape = compile_tape({name: end.over(names) for name, end in ends.items()}, names)
    return marks.Trail(tape=tape, along="angle", from_=0.0, to=2 * math.pi, samples=97, role="f", width=1.5)


def _story(view: View) -> tuple[Stage, ...]:
    begin: Mapping[str, float] = {"step": 0.0, "rate": view.rate, "m": 0.0, "c": 0.0}
    bound = 2 / view.curvatures[0][1]
    high = float(f"{1.05 * bound:.3g}")
    return (
        Stage("Which way will the line move first: up, or round?", begin),
        Stage("One step: the slope moves far, the height hardly.", {**begin, "step": 1.0}),
        Stage(
            "The whole way: down to the valley at once, along it slowly.",
            {**begin, "step": float(view.steps)},
        ),
        Stage(
            "Just above the bound: it overshoots ever farther.",
            {**begin, "rate": high, "step": float(view.steps)},
        ),
    )
