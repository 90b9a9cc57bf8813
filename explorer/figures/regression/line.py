"""The regression page's scene: a line among points, its place in the plane of slope and height, and J at every step.

The points are the learner's own rows, and everything follows one under the finger in the same frame: the best line and
what J is made of come from sums over the rows, and the descent walks on a loss that takes them as given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import Condition, Quantity, is_at, is_unknown
from explorer.data import Line
from explorer.data.columns import LETTERS
from explorer.data.headings import PLAIN, Headings
from explorer.data.losses import AS_IT_STANDS, Setting, best_line
from explorer.data.rows import LARGEST, LOST, MOST_LINKED, MOST_LIVE, Rows, sent_columns
from explorer.data.sums import COUNT, SUMS, fit_passes, fit_quantities
from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures.descent.panels import TORN_GRID, level_lines, named_loss_panels, pad_marks
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
from explorer.figures.regression.questions import line_challenges
from explorer.figures.regression.residuals import (
    AREAS,
    MANY,
    PLOT,
    PREDICT,
    RESIDUALS,
    plot_panel,
    points_mark,
    prediction_control,
    prediction_marks,
    residual_marks,
    rest_passes,
    rest_readouts,
    rest_tape,
    rest_toggles,
)
from explorer.figures.regression.story import descent_stages
from explorer.figures.regression.view import (
    STEPS,
    first_delta,
    loss_of,
    regression_view,
    valley_for,
    with_a_line,
)
from explorer.figures.regression.words import (
    HAS_LINE,
    NO_LINE,
    best_readout,
    levels_readout,
    readouts,
    sentence,
)
from explorer.numeric.results import Span
from explorer.scene import marks, scene, theme
from explorer.scene.counted import Columns
from explorer.scene.digits import axis_digits, short
from explorer.scene.scene import Control, Handle, Panel, Picture, Scene, Stage, Toggle
from explorer.scene.wire import identity_of

LEVELS = (0.1, 0.25, 0.45, 0.7, 1.0, 1.35)
"""Level lines, by their size beside the one through the flat line at 0."""

REACH = 3.0
"""Slope and height reach so many times as far as their window."""

PIVOTS = {"raw": "0", "standard": "the mean of {x}", "normal": "the least {x}"}
SLOPES = {
    "raw": "slope m",
    "standard": "slope m, for a deviation of {x}",
    "normal": "slope m, over the range of {x}",
}

BEST = "best"

SHOWN = (BEST, RESIDUALS, AREAS, PLOT, PREDICT)
"""Chips of this page that a link may hold."""

STAYING = (*(name for name in DESCENT_STAYS if name not in ("flat", "solid")), *SHOWN, "delta")
"""What the learner has chosen for whatever data: others leave it as it is."""


def _span(values: Sequence[float], *others: float) -> Span:
    """An axis for these numbers with room about them; 0 belongs to it where it is near."""
    low, high = min([*values, *others]), max([*values, *others])
    width = high - low or max(abs(high), 1.0)
    if low > 0 and low < 0.5 * width:
        low = 0.0
    room = 0.12 * (high - low or width)
    return low - room, high + room


def spans_of(rows: Rows) -> tuple[Span, Span]:
    """The axes of a picture of these points."""
    return _span([x for x, _ in rows]), _span([y for _, y in rows], 0.0)


def seen_spans(rows: Rows, standing: Rows) -> tuple[Span, Span]:
    """The axes for rows that began as `rows`: wider only where some point lies outside now."""
    begun, now = spans_of(rows), spans_of(standing)
    columns = zip(*standing, strict=True)
    return tuple(  # type: ignore[return-value]
        first if _within(column, first) else (min(first[0], second[0]), max(first[1], second[1]))
        for column, first, second in zip(columns, begun, now, strict=True)
    )


def _within(values: Sequence[float], span: Span) -> bool:
    """Whether all of them lie on the axis."""
    return span[0] <= min(values) and max(values) <= span[1]


@computed_once(64)
def regression_scene(
    rows: Rows,
    steps: int = STEPS,
    setting: Setting = AS_IT_STANDS,
    drawn: tuple[Rows, float] | None = None,
    seen: tuple[Span, Span] | None = None,
    *,
    named: Headings = PLAIN,
) -> Scene:
    """The scene for rows that begin as `rows`, one at least, and so many steps, in columns that are so `named`.

    Where they stand above each other the figure says why there is no line, and is ready for more. Under a loss that is
    no paraboloid the level lines and the best line stand still: they are those of the rows and of the δ that are
    `drawn`. The axes are those that are `seen`, which the scene's identity leaves out. Raises DataError as
    `regression_view` does.
    """
    shown = with_a_line(rows)
    view = regression_view(shown, steps, setting)
    as_it_stands = regression_view(shown, steps)
    now, delta = drawn or (rows, first_delta(shown))
    best, plane = None, view
    if setting.loss != "square":
        x, y = map(np.array, zip(*with_a_line(now), strict=True))
        best = best_line(x, y, setting.loss, delta)
        # The window stays, whatever is drawn in it.
        plane = replace(regression_view(with_a_line(now), steps, setting, delta), windows=view.windows)
    spans = seen or spans_of(rows)
    count = len(rows)
    fresh = {"step": 0.0, "rate": view.rate, "m": 0.0, "c": 0.0}
    rate = rate_control(view)
    settled = _settled(delta, setting)
    identity = ("regression", rows, steps, setting, *(() if named == PLAIN else (named,)))
    own, lowest = setting == AS_IT_STANDS, "j_best" if setting.loss == "square" else view.lowest
    return Scene(
        id=identity_of(identity),
        page="regression",
        title="A line through data, and the descent of its slope and height",
        url={
            "tab": None,
            "steps": str(steps),
            "loss": None if own else setting.loss,
            "scale": None if own else setting.scale,
        },
        controls=(
            replace(rate, marks=() if setting.loss == "absolute" else run_bounds()),
            step_control(view, fresh),
            prediction_control(rows, spans[0], spans[1][0], named[0].name),
            *_line_controls(view, spans[0], setting, named[0].name),
            *_delta_control(shown, setting),
            *settings_controls(),
        ),
        tape=_tape(_grips(spans[0]), setting, _radius(view)),
        panels=(
            _data_panel(count, spans, setting, best, settled, named=named),
            _plane_panel(view, setting, None if best is None else (now, delta, plane), settled, named=named),
            plot_panel(count, spans[0], named),
            *named_loss_panels(loss_of(shown, ("x", "y"), setting, first_delta(shown)), view),
        ),
        readouts=(
            *readouts(steps, setting, named),
            *rest_readouts(setting.loss == "square", named, spans),
            *(() if best is None else (levels_readout(_stands(delta, setting)),)),
            best_readout(setting, best, settled, (as_it_stands.windows, spans), named),
        ),
        sentence=sentence(named),
        toggles=_toggles(count, setting),
        columns=_columns(rows, now, spans, named),
        descents=(chosen_descent(valley_for(setting.loss), ("m", "c"), steps, lowest, fresh),),
        story=_story(view),
        challenges=line_challenges(rows, steps, setting.scale, view.rates)
        if setting.loss == "square"
        else (),
        afterwards=rest_tape(setting.loss == "square"),
    )


def _columns(rows: Rows, now: Rows, spans: tuple[Span, Span], named: Headings) -> Columns:
    """The points; more than MOST_LIVE stand still, and travel packed."""
    live = len(rows) <= MOST_LIVE
    return Columns(
        name="data",
        count=COUNT,
        panel="data",
        cells=tuple(
            Control(
                name=letter, label=heading.title, min=-LARGEST, max=LARGEST, value=0.0, role="f", place="rows",
                url=False, **axis_digits(span),
            )
            for letter, heading, span in zip(LETTERS, named, spans, strict=True)
        ),
        start=sent_columns(rows),
        drawn=None if now == rows else tuple(np.array(now, dtype=np.float64).T),
        live=live,
        most=MOST_LIVE,
        linked=MOST_LINKED,
        lost=LOST,
        before=fit_passes(),
        afterwards=rest_passes(),
    )  # fmt: skip


def _settled(delta: float, setting: Setting) -> tuple[Condition, ...]:
    """While everything stands for which the picture at rest was drawn."""
    return tuple(is_at(name, value) for name, value in _stands(delta, setting).items())


def _stands(delta: float, setting: Setting) -> dict[str, float]:
    """On what the picture at rest depends, as it was when it was drawn; nothing where all moves."""
    if setting.loss == "square":
        return {}
    return {"data_drawn": 1.0, **({"delta": delta} if setting.loss == "huber" else {})}


def _delta_control(rows: Rows, setting: Setting) -> tuple[Control, ...]:
    """Up to which residual a point pulls the more, the farther it lies; the browser's walk asks for it in any case."""
    if setting.loss == "square":
        return ()
    value = first_delta(rows)
    shown: tuple[Condition, ...] = () if setting.loss == "huber" else (is_unknown("delta"),)
    return (
        Control(
            name="delta", label="Huber’s δ", min=value / 100, max=value * 100, value=value, scale="log", step=0.02,
            role="f", place="rail", when=shown, url=setting.loss == "huber",
        ),
    )  # fmt: skip


def _toggles(count: int, setting: Setting) -> tuple[Toggle, ...]:
    return (
        *rest_toggles(count, setting.loss),
        Toggle(name=BEST, label="Best line", help="The line with the least J, and how much it explains"),
        *descent_toggles(),
    )


def _tape(grips: tuple[float, float], setting: Setting, radius: float) -> Tape:
    """The fit, and where the line is held; `arm` is how far, as x is counted, the line is turned from where x is 0.

    Level lines of a valley meet m = 0 at the lanes.
    """
    found = dict(fit_quantities(setting.scale))
    m, c = Expression.variable("m"), Expression.variable("c")
    lift, arm = ((grip - found["x_shift"]) / found["x_width"] for grip in grips)
    found |= {"lift": m * lift, "held": m * lift + c, "turned": m * arm + c, "arm": arm}
    found["start_slope"] = m / found["x_width"]
    if setting.loss == "square":
        found["valley"] = -found["x_mean"]
        found |= {f"lane{k}": found["c_best"] + reach for k, reach in enumerate(_lanes(radius))}
    names = ("m", "c", *SUMS)
    return compile_tape({name: quantity.over(names) for name, quantity in found.items()}, names)


def _grips(span: Span) -> tuple[float, float]:
    """Where the line is lifted, at 0 where that is seen, and where it is turned: at the end that is farther from 0."""
    low, high = span
    inset = 0.06 * (high - low)
    ends = low + inset, high - inset
    turn = max(ends, key=abs)
    lift = 0.0 if low <= 0 <= high else min(ends, key=abs)
    return lift, turn


def _line_controls(view: View, span: Span, setting: Setting, x: str) -> tuple[Control, Control]:
    lift, turn = _grips(span)
    ends = [
        (short(low - (REACH - 1) / 2 * (high - low)), short(high + (REACH - 1) / 2 * (high - low)))
        for low, high in view.windows
    ]
    plane = Handle(
        panel="pad", at=("m", "c"), moves={"x": "m", "y": "c"}, shape="ring", label="where the line starts"
    )
    slope = Handle(
        panel="data", at=(turn, "turned"), moves={"y": "m"}, offset="c", over="arm",
        label=f"turns the line about {PIVOTS[setting.scale].format(x=x)}",
    )  # fmt: skip
    height = Handle(panel="data", at=(lift, "held"), moves={"y": "c"}, offset="lift", label="lifts the line")
    return (
        Control(
            name="m", label=SLOPES[setting.scale].format(x=x), min=ends[0][0], max=ends[0][1], value=0.0, role="slope",
            place="rail", handle=slope, other_handle=plane, **axis_digits(view.windows[0]),
        ),
        Control(
            name="c", label="height c", min=ends[1][0], max=ends[1][1], value=0.0, role="partial_y", place="rail",
            handle=height, **axis_digits(view.windows[1]),
        ),
    )  # fmt: skip


def _data_panel(
    count: int,
    spans: tuple[Span, Span],
    setting: Setting,
    best: Line | None,
    settled: tuple[Condition, ...],
    *,
    named: Headings,
) -> Panel:
    """The points with the line of the present step, the one that it started as, and what is left of each point."""
    height, slope = ("height_best", "slope_best") if best is None else (best.intercept, best.slope)
    points = points_mark(count)
    moving: list[marks.AnyMark] = [
        marks.Line(
            through=(0.0, height),
            slope=slope,
            role="ink",
            dash="dash",
            width=2,
            toggle=BEST,
            when=(*settled, HAS_LINE),
        ),
        marks.Line(through=("x_shift", "c"), slope="start_slope", role="slope", dash="dot", width=2),
        *residual_marks(count, setting.loss),
        *((points,) if count > MANY else ()),
        _present_line(setting),
        *((points,) if count <= MANY else ()),
        *prediction_marks(spans),
    ]
    x, y = (theme.axis(one.title, span) for one, span in zip(named, spans, strict=True))
    layout = theme.layout((10, 16, 40, 64), xaxis=x, yaxis=y)
    return Panel(
        name="data",
        label="The data, with the line",
        figure=Picture((), layout),
        marks=tuple(moving),
        height=520,
        height_narrow=250,
    )


def _present_line(setting: Setting) -> marks.AnyMark:
    """The line of the present step, whatever its slope and height are counted in."""
    if setting.scale == "raw":
        return marks.Line(through=(0.0, "run_y"), slope="run_x", role="slope", width=4)
    names = ("along", "run_x", "run_y", "x_shift", "x_width")
    along, slope, height, shift, width = map(Expression.variable, names)
    tape = compile_tape({"y": (slope * ((along - shift) / width) + height).over(names)}, names)
    return marks.Curve(tape=tape, along="along", samples=2, role="slope", width=4)


def _plane_panel(
    view: View,
    setting: Setting,
    at_rest: tuple[Rows, float, View] | None,
    settled: tuple[Condition, ...],
    *,
    named: Headings,
) -> Panel:
    """Level lines of J in the plane of slope and height, with the descent on them."""
    levels = [_level(share * _radius(view)) for share in LEVELS] if at_rest is None else []
    still: tuple[Mapping[str, Any], ...] = ()
    best: tuple[Quantity, Quantity] = ("m_best", "c_best")
    if at_rest is not None:
        rows, delta, seen = at_rest
        still = (level_lines(loss_of(rows, ("x", "y"), setting, delta), seen, TORN_GRID),)
        best = seen.kinks[0][0], seen.kinks[0][1]
    star = marks.Point(at=best, shape="star", role="critical", size=17, when=(*settled, HAS_LINE))
    valley = _valley() if at_rest is None else ()
    by_x = named[1].per(named[0]) if setting.scale == "raw" else named[1].unit
    titles = (
        _in_unit(SLOPES[setting.scale].format(x=named[0].name), by_x),
        _in_unit("height c", named[1].unit),
    )
    x, y = (theme.axis(title, span) for title, span in zip(titles, view.windows, strict=True))
    layout = theme.layout((10, 16, 40, 64), xaxis=x, yaxis=y)
    return Panel(
        name="pad",
        label="Level lines of J for every slope and height, with the path of the descent",
        figure=Picture(still, layout),
        marks=(*levels, *valley, star, *pad_marks(before=len(levels) + len(valley) + 1)),
        height=520,
        height_narrow=250,
        follow=scene.Follow("run", ("x", "y"), "follow"),
    )


def _in_unit(what: str, unit: str) -> str:
    return f"{what} ({unit})" if unit else what


def _radius(view: View) -> float:
    """The square root of the height of the level line through the flat line."""
    return math.sqrt(max(view.heights[1] - view.heights[0], 0.0) / 1.25)


def _lanes(radius: float) -> tuple[float, ...]:
    """How far beside a valley's floor its level lines are drawn."""
    return tuple(sign * share * radius for share in LEVELS[1::2] for sign in (-1, 1))


def _valley() -> tuple[marks.AnyMark, ...]:
    """The floor of J where all x are equal, and level lines beside it: lines of the same height there cost the same."""
    ways = [
        marks.Line(through=(0.0, f"lane{k}"), slope="valley", role="f", width=1.5, when=(NO_LINE,))
        for k in range(len(_lanes(1.0)))
    ]
    floor = marks.Line(
        through=("m_best", "c_best"), slope="valley", role="ink", width=3, dash="dash", when=(NO_LINE,)
    )
    says = marks.Label(at=(0.0, "c_best"), text="minima of J", role="ink", offset=(8, -8), when=(NO_LINE,))
    return (*ways, floor, says)  # fmt: skip


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
    question = "Will the line first go up or down, and which way will it turn?"
    return (
        *descent_stages(question, view),
        Stage("Next: drag a point far out. Where does the line go?"),
    )
