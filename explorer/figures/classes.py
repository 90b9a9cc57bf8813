"""The classes tab's scene: two classes on an axis, σ(wx + b) between them, its place in the plane (w, b), and J.

The points are controls, as they are beside a line: J, the curve, the path and the verdict follow one under the finger
in the same frame; the level lines are of the points as they were let go.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.data.classes import Classes, classes, logistic
from explorer.data.line import DataError
from explorer.data.rows import Rows
from explorer.data.sums import row_names
from explorer.expression import Expression, compile_tape, parse
from explorer.expression.tape import Tape
from explorer.figures import marks, scene, theme
from explorer.figures.classes_words import readouts, sentence, story
from explorer.figures.descending import chosen_descent
from explorer.figures.descent import STAYING as DESCENT_STAYS
from explorer.figures.descent import descent_toggles, rate_control, settings_controls, step_control
from explorer.figures.descent_panels import level_lines, loss_panels, pad_marks
from explorer.figures.descent_view import View
from explorer.figures.descents import Valley
from explorer.figures.digits import step_for
from explorer.figures.regression import BOUNDED
from explorer.figures.scene import Control, Handle, MarkedValue, Panel, Picture, Scene, Toggle
from explorer.numeric.once import computed_once
from explorer.numeric.results import Span

STEPS = 200
SHRINKING, SQUARES = "lam", "squareloss"
RESIDUALS, BEST, EXACT = "residuals", "best", "exact"
REACH = 3.0
"""w reaches so many times as far as its window."""

LIFTED = 1.5
"""The curve is turned where its z is so far from that of its middle, or at the picture's right end."""

LARGEST_SHRINKING = 10.0
STAYING = (
    *(name for name in DESCENT_STAYS if name not in ("flat", "solid")),
    RESIDUALS, BEST, SQUARES, "logloss", SHRINKING,
)  # fmt: skip
"""What the learner has chosen for whatever data: others leave it as it is."""


@dataclass(frozen=True)
class Cost:
    """What J is made of: whether it is the mean of squares instead of log losses, and λ in λw²."""

    squares: bool = False
    shrinking: float = 0.0


def class_loss(rows: Rows, cost: Cost) -> Expression:
    """J(w, b) of rows of x and a class: the mean of −ln of the probability given to the class, or of (σ − y)²."""
    names = ("w", "b")
    z, label = parse("w x + b", ("w", "b", "x")), Expression.number
    one = parse("(sigmoid(z) - y)^2" if cost.squares else "softplus((1 - 2y) z)", ("z", "y"))
    terms = [one.substitute({"z": z.substitute({"x": label(x)}), "y": label(y)}, names) for x, y in rows]
    weight = Expression.variable("w")
    loss = _mean(terms)
    return (loss + weight * weight * cost.shrinking if cost.shrinking else loss).over(names)


def _mean(terms: list[Expression]) -> Expression:
    """Summed in pairs of pairs: neither deep nor as inexact as one after the other."""
    level = list(terms)
    while len(level) > 1:
        paired = [a + b for a, b in zip(level[::2], level[1::2], strict=False)]
        level = [*paired, *level[2 * len(paired) :]]
    return level[0] / float(len(terms))


@lru_cache(maxsize=64)
def _valley(count: int) -> Valley:
    """J on which the browser walks: a function of (w, b), given λ, the loss that is chosen, and the rows."""
    names = row_names(count)
    given = (SHRINKING, f"switch:{SQUARES}", *(name for row in names for name in row))
    variables = ("w", "b", "lam", "squares", *given[2:])
    one = parse(
        "{s > 0.5: (sigmoid(w x + b) - y)^2, softplus((1 - 2y) (w x + b))}", ("s", "w", "b", "x", "y")
    )
    terms = [
        one.substitute({"s": Expression.variable("squares"), "x": Expression.variable(x), "y": Expression.variable(y)})
        for x, y in names
    ]  # fmt: skip
    loss = (_mean(terms) + parse("l w^2", ("l", "w")).substitute({"l": Expression.variable("lam")})).over(
        variables
    )
    slopes = {name: loss.derivative(name) for name in ("w", "b")}
    second = {f"d_{a}_{b}": slopes[a].derivative(b) for a, b in ("ww", "wb", "bb")}
    return Valley(
        value=compile_tape({"loss": loss}, variables),
        gradient=compile_tape({"loss": loss, "d_w": slopes["w"], "d_b": slopes["b"]}, variables),
        hessian=compile_tape(second, variables),
        quadratic=False,
        given=given,
    )


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
            replace(rate_control(view), marks=_bounds()),
            step_control(view, fresh),
            _shrinking(),
            *settings_controls(),
            *_point_controls(rows, span),
        ),
        tape=_tape(len(rows), span, _flat_place(view)),
        panels=(
            _data_panel(rows, span),
            _plane_panel(rows, Cost(), view),
            *_loss_panels(rows, view),
        ),
        readouts=readouts(steps),
        sentence=sentence(),
        toggles=_toggles(),
        rows=scene.Rows(name="data", controls=row_names(len(rows))),
        descents=(chosen_descent(_valley(len(rows)), ("w", "b"), steps, 0.0, fresh),),
        story=story(view),
    )


@computed_once(128)
def released_scene(rows: Rows, steps: int, standing: Rows, cost: Cost) -> Scene:
    """The same scene with level lines for the rows as they are `standing`, and for that `cost`."""
    scene = classes_scene(rows, steps)
    if standing == rows and cost == Cost():
        return scene
    data, _, *others = scene.panels
    return replace(scene, panels=(data, _plane_panel(standing, cost, classes_view(rows, steps)), *others))


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


def _bounds() -> tuple[MarkedValue, ...]:
    """The bound of the optimiser that is on, at the minimum below its path."""
    return tuple(
        MarkedValue("run_bound", "bound {run_bound:g5}", toggle="gd&!backtracking" if name == "gd" else name)
        for name in BOUNDED
    )


def _flat_place(view: View) -> float:
    """A b in sight at which the flat curve is so near 0 or 1 that the square loss of σ is nearly flat."""
    low, high = view.windows[1]
    return max(0.9 * low, -FLAT) if -low >= high else min(0.9 * high, FLAT)


FLAT = 8.0


def _tape(count: int, span: Span, flat: float) -> Tape:
    """What the points are, and where the curve is held."""
    names = row_names(count)
    variables = ("w", "b", *(name for row in names for name in row))
    found = {**_points(names), **_grips(span, names)}
    xs, ys = ([Expression.variable(name) for name in column] for column in zip(*names, strict=True))
    # Of squares at w = 0, where every σ is p: the gradient is 2p(1 − p) times the means of (p − y)x and of p − y.
    along = parse("2 p (1-p) sqrt((p m - c)^2 + (p - o)^2)", ("p", "m", "c", "o"))
    found["flat_slope"] = along.substitute(
        {
            "p": parse("sigmoid(t)", ("t",)).substitute({"t": Expression.number(flat)}),
            "m": _mean(xs),
            "c": _mean([x * y for x, y in zip(xs, ys, strict=True)]),
            "o": _mean(ys),
        }
    )
    return compile_tape({name: quantity.over(variables) for name, quantity in found.items()}, variables)


FAR = 1e300


def _points(names: tuple[tuple[str, str], ...]) -> dict[str, Expression]:
    """How many belong to class 1; between which x each class lies, and whether a threshold parts them.

    `parted` is how far the classes lie apart, negative where neither lies below the other; `threshold` is between them.
    """
    xs, labels = ([Expression.variable(name) for name in column] for column in zip(*names, strict=True))
    ends = {}
    for label, name in ((0, "zero"), (1, "one")):
        for end, far in (("min", FAR), ("max", -FAR)):
            one = parse("{y > 0.5: a, c}", ("y", "a", "c"))
            beyond = Expression.number(far)
            own = [
                one.substitute({"y": y, "a": x if label else beyond, "c": beyond if label else x})
                for x, y in zip(xs, labels, strict=True)
            ]
            ends[f"{name}_{end}"] = _extreme(own, end)
    put = {**ends, "x_min": _extreme(xs, "min"), "x_max": _extreme(xs, "max"), "ones": _mean(labels)}
    return put | {
        "x_width": _formula("x_max - x_min", put),
        "parted": _formula("max(one_min - zero_max, zero_min - one_max)", put),
        "threshold": _formula("{one_min < zero_max: (zero_min + one_max)/2, (one_min + zero_max)/2}", put),
    }


def _extreme(values: list[Expression], word: str) -> Expression:
    both, level = parse(f"{word}(a, b)", ("a", "b")), list(values)
    while len(level) > 1:
        paired = [both.substitute({"a": a, "b": b}) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = [*paired, *level[2 * len(paired) :]]
    return level[0]


def _formula(text: str, put: dict[str, Expression]) -> Expression:
    return parse(text, (*put, "w", "b")).substitute(put)


def _grips(span: Span, names: tuple[tuple[str, str], ...]) -> dict[str, Expression]:
    """Where the curve is moved (its boundary, or its middle where that is out of sight) and where it is turned.

    `pivot` is the x about which it turns, `bounded` whether that is the boundary, `lift` its z there.
    """
    low, high = span
    middle = _mean([Expression.variable(x) for x, _ in names])
    put = {
        "m": middle,
        "l": Expression.number(low + 0.04 * (high - low)),
        "h": Expression.number(high - 0.2 * (high - low)),
        "t": Expression.number(_turn(span)),
    }
    put["bounded"] = parse("{w^2 <= 0: 0, -b/w < l: 0, -b/w > h: 0, 1}", ("w", "b", "l", "h")).substitute(put)
    put["pivot"] = parse(
        "{bounded > 0.5: -b/w, min(max(m, l), h)}", ("bounded", "w", "b", "m", "l", "h")
    ).substitute(put)
    put["lift"] = parse("{bounded > 0.5: 0, w pivot + b}", ("bounded", "w", "pivot", "b")).substitute(put)
    put["gone"] = parse("w (t - pivot)", ("w", "t", "pivot")).substitute(put)
    found = {name: put[name] for name in ("bounded", "pivot", "lift")}
    found["held"] = parse("sigmoid(lift)", ("lift",)).substitute(put)
    found["turn_x"] = parse(
        f"{{|gone| <= {LIFTED}: t, pivot + {LIFTED}/|w|}}", ("gone", "t", "pivot", "w")
    ).substitute(put)
    found["turn_y"] = parse(
        f"sigmoid(lift + max(-{LIFTED}, min({LIFTED}, gone)))", ("lift", "gone")
    ).substitute(put)
    return found


def _turn(span: Span) -> float:
    low, high = span
    return high - 0.05 * (high - low)


def _moving() -> Tape:
    """B from the pointer: the boundary comes under it, or the curve's middle up to it."""
    names = ("px", "py", "w", "pivot", "bounded")
    place = parse("{bounded > 0.5: -w px, ln(q/(1-q)) - w pivot}", (*names, "q")).substitute(
        {"q": parse("min(max(py, 0.005), 0.995)", ("py",))}
    )
    return compile_tape({"b": place.over(names)}, names)


def _turning(span: Span, steepest: float) -> Tape:
    """Both from the pointer: the curve turns about its pivot, up or down at the right end and from there inwards."""
    names = ("px", "py", "pivot", "lift")
    put = {
        "t": Expression.number(_turn(span)),
        "k": Expression.number(LIFTED),
        "s": Expression.number(steepest),
    }
    put["d"] = parse("t - pivot", ("t", "pivot")).substitute(put)
    put["held"] = parse("sigmoid(lift)", ("lift",))
    put["up"] = parse("{py >= held: 1, -1}", ("py", "held")).substitute(put)
    put["v"] = parse(
        "(py - held)/(sigmoid(lift + up k) - held)", ("py", "held", "lift", "up", "k")
    ).substitute(put)
    put["z"] = parse("ln(q/(1-q)) - lift", ("q", "lift")).substitute(
        {"q": parse("min(max(py, 0.000001), 0.999999)", ("py",))}
    )
    w = parse(
        "{(t - px)/d < 1 - v: z/d, up k/min(max(px - pivot, k/s), d)}",
        ("t", "px", "d", "v", "z", "up", "k", "pivot", "s"),
    ).substitute(put)
    b = parse("lift - w pivot", ("lift", "w", "pivot")).substitute({"w": w})
    return compile_tape({"w": w.over(names), "b": b.over(names)}, names)


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
        panel="data", at=("turn_x", "turn_y"), moves={"x": "w", "y": "w"}, by=_turning(span, steepest),
        label="turns the curve about its boundary",
    )  # fmt: skip
    carries = Handle(
        panel="data",
        at=("pivot", "held"),
        moves={"x": "b", "y": "b"},
        by=_moving(),
        label="carries the curve along",
    )
    return (
        Control(
            name="w", label="w, how steep", min=ends[0], max=ends[1], value=0.0, role="slope", place="rail",
            handle=turns, other_handle=plane, **_digits(view.windows[0]),
        ),
        Control(
            name="b", label="b", min=-far, max=far, value=0.0, role="partial_y", place="rail", handle=carries,
            **_digits(across),
        ),
    )  # fmt: skip


def _digits(span: Span) -> dict[str, Any]:
    step = step_for(span[1] - span[0])
    return {"step": step, "decimals": max(0, 1 - round(math.log10(step)))}


def _shrinking() -> Control:
    return Control(
        name=SHRINKING, label="λ", min=0.0, max=LARGEST_SHRINKING, value=0.0, scale="symlog", smallest=1e-4,
        step=0.1, role="guide", place="rail",
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
                **_digits(span), **common,
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


def _loss_panels(rows: Rows, view: View) -> tuple[Panel, ...]:
    """J against the step; what it is stands inside."""
    return tuple(
        replace(panel, figure=Picture(panel.figure.data, _named_inside(panel)))
        for panel in loss_panels(class_loss(rows, Cost()), replace(view, lowest=0.0))
    )


def _named_inside(panel: Panel) -> dict[str, Any]:
    layout = panel.figure.layout
    name = "J" if panel.name == "loss" else "J above its minimum"
    return {
        **layout,
        "yaxis": {**layout["yaxis"], "title": {"text": ""}, "nticks": 4},
        "annotations": [theme.axis_name(name, "step_text", 1.0) | {"x": 1, "xanchor": "right", "xshift": -6}],
    }
