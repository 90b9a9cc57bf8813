"""The classes tab's scene: two classes on an axis, σ(wx + b) between them, its place in the plane (w, b), and J.

The points are controls, as they are beside a line: J, the curve, the path and the verdict follow one under the finger
in the same frame; the level lines are of the points as they were let go.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.data.classes import Classes, classes, logistic
from explorer.data.line import DataError
from explorer.data.rows import Rows
from explorer.data.sums import row_names
from explorer.expression import Expression, compile_tape, parse
from explorer.expression.tape import Tape
from explorer.figures import marks, scene, theme
from explorer.figures.classes_held import class_tape, moving, turning
from explorer.figures.classes_loss import (
    SHRINKING,
    SQUARES,
    Cost,
    class_loss,
    class_valley,
    shrinking_control,
)
from explorer.figures.classes_words import readouts, sentence, story
from explorer.figures.descending import chosen_descent
from explorer.figures.descent import STAYING as DESCENT_STAYS
from explorer.figures.descent import (
    descent_toggles,
    rate_control,
    run_bounds,
    settings_controls,
    step_control,
)
from explorer.figures.descent_panels import level_lines, named_loss_panels, pad_marks
from explorer.figures.descent_view import View
from explorer.figures.digits import axis_digits
from explorer.figures.regression_words import levels_readout
from explorer.figures.scene import Control, Handle, Panel, Picture, Readout, Scene, Toggle
from explorer.numeric.once import computed_once
from explorer.numeric.results import Span

STEPS = 200
RESIDUALS, BEST, EXACT = "residuals", "best", "exact"
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


@computed_once(64)
def classes_scene(rows: Rows, steps: int = STEPS) -> Scene:
    """The scene for rows that begin as `rows`, with level lines of their log loss.

    Raises DataError where there is nothing to tell apart at the beginning.
    """
    view = classes_view(rows, steps)
    span = _room([x for x, _ in rows])
    fresh = {"step": 0.0, "rate": view.rate, "w": 0.0, "b": 0.0}
    return Scene(
        id=hashlib.sha256(repr(("classes", rows, steps)).encode()).hexdigest()[:16],
        page="regression",
        title="A curve between two classes, and the descent of its steepness and place",
        url={"tab": "classes", "steps": str(steps)},
        controls=(
            *_curve_controls(view, span),
            replace(rate_control(view), marks=run_bounds()),
            step_control(view, fresh),
            shrinking_control(),
            *settings_controls(),
            *_point_controls(rows, span),
        ),
        tape=class_tape(len(rows), span, _flat_place(view)),
        panels=(
            _data_panel(rows, span),
            _plane_panel(rows, Cost(), view),
            *named_loss_panels(class_loss(rows, Cost()), replace(view, lowest=0.0), floor_moves=True),
        ),
        readouts=(*readouts(steps), _levels(rows, Cost())),
        sentence=sentence(),
        toggles=_toggles(),
        rows=scene.Rows(name="data", controls=row_names(len(rows))),
        descents=(chosen_descent(class_valley(len(rows)), ("w", "b"), steps, 0.0, fresh),),
        story=story(view),
    )


@computed_once(128)
def released_scene(rows: Rows, steps: int, standing: Rows, cost: Cost) -> Scene:
    """The same scene with level lines for the rows as they are `standing`, and for that `cost`."""
    scene = classes_scene(rows, steps)
    if standing == rows and cost == Cost():
        return scene
    data, _, *others = scene.panels
    return replace(
        scene,
        panels=(data, _plane_panel(standing, cost, classes_view(rows, steps)), *others),
        readouts=(*scene.readouts[:-1], _levels(standing, cost)),
    )


def _levels(standing: Rows, cost: Cost) -> Readout:
    """A word while the level lines are those of points or of a loss that stood before."""
    names = [name for row in row_names(len(standing)) for name in row]
    values = [value for row in standing for value in row]
    settings = {SHRINKING: cost.shrinking, f"switch:{SQUARES}": float(cost.squares)}
    return levels_readout(dict(zip(names, values, strict=True)) | settings)


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
        Toggle(name=EXACT, label="Exact points", help="Numbers and keys for every point", url=False),
    )


def _flat_place(view: View) -> float:
    """A b in sight at which the flat curve is so near 0 or 1 that the square loss of σ is nearly flat."""
    low, high = view.windows[1]
    return max(0.9 * low, -FLAT) if -low >= high else min(0.9 * high, FLAT)


FLAT = 8.0


def _curve_controls(view: View, span: Span) -> tuple[Control, Control]:
    (low, high), across = view.windows
    more = (REACH - 1) / 2 * (high - low)
    ends = low - more, high + more
    steepest = min(-ends[0], ends[1])
    far = max(abs(end) for end in ends) * max(abs(end) for end in span) + 10
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


def _point_controls(rows: Rows, span: Span) -> tuple[Control, ...]:
    """Two for each row; the first has the point in the picture as its handle, a tap on which turns its class."""
    found = []
    for k, (names, row) in enumerate(zip(row_names(len(rows)), rows, strict=True), 1):
        handle = Handle(
            panel="data", at=names, moves=dict(zip("xy", names, strict=True)), flips=names[1],
            label=f"point {k}: drag it, or tap it for the other class",
        )  # fmt: skip
        common: dict[str, Any] = {"role": "f", "place": "rail", "toggle": EXACT, "url": False}
        found += [
            Control(
                name=names[0], label=f"x of point {k}", min=span[0], max=span[1], value=row[0], handle=handle,
                **axis_digits(span), **common,
            ),
            Control(
                name=names[1], label=f"class of point {k}", min=0.0, max=1.0, value=row[1], values=(0.0, 1.0), step=1.0,
                decimals=0, **common,
            ),
        ]  # fmt: skip
    return tuple(found)


def _sigmoid_of(w: str, b: str) -> Tape:
    curve = parse("sigmoid(w x + b)", ("x", "w", "b"))
    put = {"w": Expression.variable(w), "b": Expression.variable(b)}
    return compile_tape({"p": curve.substitute(put, ("x", w, b))}, ("x", w, b))


def _data_panel(rows: Rows, span: Span) -> Panel:
    """The points at their classes, the curve of the present step with its boundary, and the one that it started as."""
    moving: list[marks.AnyMark] = [
        marks.Curve(
            tape=_sigmoid_of("run_minimum_x", "run_minimum_y"),
            along="x",
            role="ink",
            dash="dash",
            width=2,
            toggle=BEST,
        ),
        marks.Curve(tape=_sigmoid_of("w", "b"), along="x", role="guide", dash="dot", width=1.5),
        *(_residual(*names) for names in row_names(len(rows))),
        _boundary(),
        marks.Curve(tape=_sigmoid_of("run_x", "run_y"), along="x", role="slope", width=4),
    ]
    heights = theme.axis("", (-0.14, 1.14), tickvals=[0, 0.5, 1], ticktext=["0", "½", "1"])
    layout = theme.layout((10, 16, 40, 64), xaxis=theme.axis("x", span), yaxis=heights)
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


def _residual(x: str, y: str) -> marks.Trail:
    """From the point to the curve, straight up or down."""
    names = ("share", x, y, "run_x", "run_y")
    up = parse("y + share (sigmoid(run_x x + run_y) - y)", ("y", "share", "run_x", "x", "run_y"))
    put = {"x": Expression.variable(x), "y": Expression.variable(y)}
    ends = {"x": put["x"], "y": up.substitute(put)}
    tape = compile_tape({name: end.over(names) for name, end in ends.items()}, names)
    return marks.Trail(
        tape=tape, along="share", from_=0.0, to=1.0, samples=2, role="step", width=2, toggle=RESIDUALS
    )


def _plane_panel(rows: Rows, cost: Cost, view: View) -> Panel:
    """Level lines of J in the plane (w, b), with the descent on them."""
    loss = class_loss(rows, cost)
    layout = theme.layout(
        (10, 16, 40, 64), xaxis=theme.axis("w", view.windows[0]), yaxis=theme.axis("b", view.windows[1])
    )
    star = marks.Point(at=("run_minimum_x", "run_minimum_y"), shape="star", role="critical", size=17)
    return Panel(
        name="pad",
        label="Level lines of J for every w and b, with the path of the descent",
        figure=Picture((level_lines(loss, replace(view, lowest=0.0)),), layout),
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
        marks.Label(at=(0.0, b), text=says, role="ink", offset=(12.0, 5.0), size=15.0, toggle=SQUARES),
    )
