"""The classes tab's scene: two classes on an axis, σ(wx + b) between them, its place in the plane (w, b), and J.

The points are the learner's own rows, as they are beside a line: J, the curve, the path and the verdict follow one
under the finger in the same frame (of many points the verdict, then the path too, when it is let go); the level lines
are of the points as they were let go.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.caching import computed_once
from explorer.data import Classes, DataError, logistic
from explorer.data.classes import classes
from explorer.data.columns import LETTERS
from explorer.data.headings import CLASS, LABELLED, Headings
from explorer.data.rows import LARGEST, LOST, MOST_LINKED, MOST_LIVE, Rows
from explorer.data.sums import COUNT
from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures.descent.panels import level_lines, named_loss_panels, pad_marks
from explorer.figures.descent.run import chosen_descent
from explorer.figures.descent.scene import STAYING as DESCENT_STAYS
from explorer.figures.descent.scene import (
    descent_toggles,
    rate_control,
    run_bounds,
    settings_controls,
    step_control,
)
from explorer.figures.descent.view import View
from explorer.figures.regression.classes_held import class_passes, class_tape, moving, turning
from explorer.figures.regression.classes_loss import (
    SHRINKING,
    SQUARES,
    Cost,
    class_loss,
    class_valley,
    shrinking_control,
)
from explorer.figures.regression.classes_words import readouts, sentence, story
from explorer.figures.regression.residuals import MANY, of_each_row, points_mark, thin
from explorer.figures.regression.words import levels_readout
from explorer.numeric.results import Span
from explorer.scene import marks, scene, theme
from explorer.scene.counted import Columns
from explorer.scene.digits import axis_digits, short
from explorer.scene.scene import Control, Handle, Panel, Picture, Scene, Toggle
from explorer.scene.wire import identity_of

STEPS = 200
RESIDUALS, BEST = "residuals", "best"
FINE, COARSE = 101, 61
"""Points of the level lines along each side, fewer among many rows: they are as smooth, and all is ready as soon."""

REACH = 3.0
"""w reaches so many times as far as its window."""

STAYING = (
    *(name for name in DESCENT_STAYS if name not in ("flat", "solid")),
    RESIDUALS, BEST, SQUARES, "logloss", SHRINKING,
)  # fmt: skip
"""What the learner has chosen for whatever data: others leave it as it is."""


@computed_once(128)
def classes_view(rows: Rows, steps: int = STEPS) -> View:
    """The plane of (w, b) along its valley b = −w·x̄, from the flat curve to well beyond the best, and a safe rate.

    Raises DataError where there is nothing to tell apart.
    """
    known = classes(*zip(*rows, strict=True))
    middle, width = float(known.x.mean()), float(known.x.std())
    if not (width > 0 and math.isfinite(1 / width)):
        raise DataError("These numbers lie too close together for a computer to tell them apart.")
    slope, lift, lowest = _about(known, middle, width)
    ends = sorted((-0.6 * slope, 2.4 * slope))
    centre = lift + slope * middle
    corners = [centre - end * middle for end in ends]
    low, high = min(*corners, 0.0), max(*corners, 0.0)
    room = 0.08 * (high - low) + 2
    # The curvature of the log loss is nowhere larger than where every σ is ½.
    squares = float(np.mean(known.x**2))
    largest = (squares + 1 + math.hypot(squares - 1, 2 * middle)) / 8
    bound = 2 / largest
    top = math.ceil(math.log10(10 * bound))
    return View(
        windows=((ends[0], ends[1]), (low - room, high + room)),
        heights=(lowest, lowest + 1.25 * (math.log(2) - lowest)),
        start=(0.0, 0.0),
        rate=float(f"{0.4 * bound:.1g}"),
        rates=(float(f"1e{top - 4}"), float(f"1e{max(top, 0)}")),
        steps=steps,
        minima=(),
        curvatures=(),
        quadratic=False,
        lowest=lowest,
    )


def _about(known: Classes, middle: float, width: float) -> tuple[float, float, float]:
    """The best w, b and J; where there is none, a curve that tells the classes apart, and 0."""
    rising = 1.0 if known.x[known.labels == 1].mean() >= known.x[known.labels == 0].mean() else -1.0
    try:
        best = logistic(known.x, known.labels)
    except DataError:
        slope = rising * 4 / width
        return slope, -slope * middle, 0.0
    least = 1 / width
    slope = best.slope if abs(best.slope) > least else math.copysign(least, best.slope or rising)
    return slope, best.intercept, best.loss


def told_apart(rows: Rows) -> Rows:
    """The rows, and one point more of the other class where there is nothing to tell apart: for a window to look at."""
    try:
        classes(*zip(*rows, strict=True))
    except DataError:
        (x, label), *_ = rows
        return (*rows, (x + max(1.0, abs(x)), 1 - label))
    return rows


def spans_of(rows: Rows, standing: Rows) -> Span:
    """The axis of x for rows that began as `rows`: wider only where some point lies outside now."""
    low, high = _room([x for x, _ in told_apart(rows)])
    now = [x for x, _ in standing]
    if low <= min(now) and max(now) <= high:
        return low, high
    wide = _room([*now, low, high])
    return min(low, wide[0]), max(high, wide[1])


@computed_once(64)
def classes_scene(
    rows: Rows,
    steps: int = STEPS,
    standing: Rows | None = None,
    cost: Cost | None = None,
    *,
    named: Headings = LABELLED,
) -> Scene:
    """The scene for rows that begin as `rows`, one at least, with level lines for those `standing` and a `cost`.

    The columns are so `named`.

    The scene's identity leaves out what is standing. Raises DataError where no picture can be made of the numbers.
    """
    shown, now, of = told_apart(rows), standing or rows, cost or Cost()
    view = classes_view(shown, steps)
    span = spans_of(rows, now)
    fresh = {"step": 0.0, "rate": view.rate, "w": 0.0, "b": 0.0}
    settings = {"data_drawn": 1.0, SHRINKING: of.shrinking, f"switch:{SQUARES}": float(of.squares)}
    return Scene(
        id=identity_of(("classes", rows, steps, *(() if named == LABELLED else (named,)))),
        page="regression",
        title="A curve between two classes, and the descent of its steepness and place",
        url={"tab": "classes", "steps": str(steps)},
        controls=(
            *_curve_controls(view, _room([x for x, _ in shown]), span),
            replace(rate_control(view), marks=run_bounds()),
            step_control(view, fresh),
            shrinking_control(),
            *settings_controls(),
        ),
        tape=class_tape(span, _flat_place(view)),
        panels=(
            _data_panel(len(rows), span, named),
            _plane_panel(now, of, view),
            *named_loss_panels(class_loss(shown, Cost()), replace(view, lowest=0.0), floor_moves=True),
        ),
        readouts=(*readouts(steps, named[0], span), levels_readout(settings)),
        sentence=sentence(named[0]),
        toggles=_toggles(),
        columns=_columns(rows, now, span, named),
        descents=(chosen_descent(class_valley(), ("w", "b"), steps, 0.0, fresh),),
        story=story(view),
    )


def _columns(rows: Rows, now: Rows, span: Span, named: Headings) -> Columns:
    """The points; a tap on one turns its class."""
    common: dict[str, Any] = {"value": 0.0, "role": "f", "place": "rows", "url": False}
    place, label = named
    return Columns(
        name="data",
        count=COUNT,
        panel="data",
        cells=(
            Control(name=LETTERS[0], label=place.title, min=-LARGEST, max=LARGEST, **axis_digits(span), **common),
            Control(
                name=LETTERS[1], label=label.title, min=0.0, max=1.0, values=(0.0, 1.0), step=1.0, decimals=0, **common
            ),
        ),
        flips=LETTERS[1],
        start=tuple(np.array(rows, dtype=np.float64).T),
        drawn=None if now == rows else tuple(np.array(now, dtype=np.float64).T),
        live=True,
        most=MOST_LIVE,
        linked=MOST_LINKED,
        lost=LOST,
        before=class_passes(),
    )  # fmt: skip


def _room(values: list[float]) -> Span:
    low, high = min(values), max(values)
    return low - 0.12 * (high - low), high + 0.12 * (high - low)


def _toggles() -> tuple[Toggle, ...]:
    return (
        Toggle(
            name="logloss",
            label="Log loss",
            on=True,
            group="cost",
            help="−ln of the probability given to the class",
        ),
        Toggle(name=SQUARES, label="Square loss", group="cost", help="The square of the distance to 0 or 1"),
        Toggle(name=RESIDUALS, label="Residuals", on=True, help="How far each point lies from the curve"),
        Toggle(name=BEST, label="Best curve", help="The curve with the least J below this path"),
        *descent_toggles(),
    )


def _flat_place(view: View) -> float:
    """A b in sight at which the flat curve is so near 0 or 1 that the square loss of σ is nearly flat."""
    low, high = view.windows[1]
    return max(0.9 * low, -FLAT) if -low >= high else min(0.9 * high, FLAT)


FLAT = 8.0


def _curve_controls(view: View, begun: Span, span: Span) -> tuple[Control, Control]:
    """They reach as far as the data ask that were `begun` with, whatever the `span` that is seen."""
    (low, high), across = view.windows
    more = (REACH - 1) / 2 * (high - low)
    ends = short(low - more), short(high + more)
    steepest = min(-ends[0], ends[1])
    far = short(max(abs(end) for end in ends) * max(abs(end) for end in begun) + 10)
    plane = Handle(
        panel="pad", at=("w", "b"), moves={"x": "w", "y": "b"}, shape="ring", label="where the curve starts"
    )
    turns = Handle(
        panel="data", at=("turn_x", "turn_y"), moves={"x": "w", "y": "w"}, by=turning(span, steepest),
        label="turns the curve about its boundary",
    )  # fmt: skip
    carries = Handle(
        panel="data",
        at=("pivot", "held"),
        moves={"x": "b", "y": "b"},
        by=moving(),
        label="carries the curve along",
    )
    return (
        Control(
            name="w", label="w, how steep", min=ends[0], max=ends[1], value=0.0, role="slope", place="rail",
            handle=turns, other_handle=plane, **axis_digits(view.windows[0]),
        ),
        Control(
            name="b", label="b", min=-far, max=far, value=0.0, role="partial_y", place="rail", handle=carries,
            **axis_digits(across),
        ),
    )  # fmt: skip


def _sigmoid_of(w: str, b: str) -> Tape:
    curve = parse("sigmoid(w x + b)", ("x", "w", "b"))
    put = {"w": Expression.variable(w), "b": Expression.variable(b)}
    return compile_tape({"p": curve.substitute(put, ("x", w, b))}, ("x", w, b))


def _data_panel(count: int, span: Span, named: Headings) -> Panel:
    """The points at their classes, the curve of the present step with its boundary, and the one that it started as."""
    points = points_mark(count)
    moving: list[marks.AnyMark] = [
        marks.Curve(
            tape=_sigmoid_of("run_minimum_x", "run_minimum_y"),
            along="x",
            role="ink",
            dash="dash",
            width=2,
            toggle=BEST,
        ),
        marks.Curve(tape=_sigmoid_of("w", "b"), along="x", role="slope", dash="dot", width=2),
        _residuals(count),
        *((points,) if count > MANY else ()),
        _boundary(),
        marks.Curve(tape=_sigmoid_of("run_x", "run_y"), along="x", role="slope", width=4),
        *((points,) if count <= MANY else ()),
    ]
    title = "" if named[1] == CLASS else named[1].title
    heights = theme.axis(title, (-0.14, 1.14), tickvals=[0, 0.5, 1], ticktext=["0", "½", "1"])
    layout = theme.layout((10, 16, 40, 64), xaxis=theme.axis(named[0].title, span), yaxis=heights)
    return Panel(
        name="data",
        label="The points at their classes, with the curve",
        figure=Picture((), layout),
        marks=tuple(moving),
        height=520,
        height_narrow=250,
    )


def _boundary() -> marks.Trail:
    names = ("share", "run_root")
    ends = {"x": Expression.variable("run_root"), "y": parse("0.5 share", ("share",))}
    tape = compile_tape({name: end.over(names) for name, end in ends.items()}, names)
    return marks.Trail(
        tape=tape, along="share", from_=-0.4, to=1.0, samples=2, role="slope", width=1.5, dash="dash"
    )


def _residuals(count: int) -> marks.EachRow:
    """From each point to the curve, straight up or down."""
    x, y, w, b = map(Expression.variable, (*LETTERS, "run_x", "run_y"))
    curve = parse("sigmoid(z)", ("z",)).substitute({"z": w * x + b})
    tape = of_each_row(x=x, y=y, to=curve)
    return marks.EachRow(shape="segments", tape=tape, role="step", toggle=RESIDUALS, **thin(count, 2.0))


def _plane_panel(rows: Rows, cost: Cost, view: View) -> Panel:
    """Level lines of J in the plane (w, b), with the descent on them."""
    loss = class_loss(rows, cost)
    fine = FINE if len(rows) <= MANY else COARSE
    layout = theme.layout(
        (10, 16, 40, 64), xaxis=theme.axis("w", view.windows[0]), yaxis=theme.axis("b", view.windows[1])
    )
    star = marks.Point(at=("run_minimum_x", "run_minimum_y"), shape="star", role="critical", size=17)
    return Panel(
        name="pad",
        label="Level lines of J for every w and b, with the path of the descent",
        figure=Picture((level_lines(loss, replace(view, lowest=0.0), fine),), layout),
        marks=(star, *_flat_marks(_flat_place(view)), *pad_marks(before=3)),
        height=520,
        height_narrow=250,
        follow=scene.Follow("run", ("x", "y"), "follow"),
    )


def _flat_marks(b: float) -> tuple[marks.AnyMark, ...]:
    """Where the square loss is nearly flat, though far from least."""
    says = "nearly flat: slope {flat_slope:g2}"
    return (
        marks.Point(at=(0.0, b), shape="cross", role="critical", size=15, toggle=SQUARES),
        marks.Label(at=(0.0, b), text=says, role="ink", offset=(12.0, 5.0), toggle=SQUARES),
    )
