"""What is drawn on the slope page's curve: rising and falling, half tangents, the tangent and its triangle."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from explorer.conditions import Condition, is_above, is_at, is_at_least, is_at_most, is_below, is_sure
from explorer.expression import And, Comparison, Expression, Piecewise
from explorer.figures.challenges import KEPT, UNASKED
from explorer.figures.curve import within
from explorer.figures.marked import BESIDE, marked_places, told
from explorer.figures.slope.words import exactly
from explorer.numeric import Analysis, Break, Point, Window, derivative_values, number_text
from explorer.presets import Challenge
from explorer.scene import marks, theme
from explorer.scene.digits import FADED, SIGNIFICANT, Form
from explorer.scene.marks import AnyMark, Label, Segment
from explorer.scene.theme import Role

MOST_CORNERS = 20
REACH, UPRIGHT = 0.22, 0.3
"""How long a half tangent is, as a share of the window's width; of its height if it is upright."""

MOST_STRIPS = 30
"""So many stretches are told rising from falling at the foot; of more only those with that part of the width."""

FOOT_STEPS = 300
WORD_WIDTHS, ARROW_WIDTHS, WORD_HEIGHT = (0.19, 0.1), (0.05,), 0.13
"""Shares of the width that a word takes on a phone and elsewhere, and an arrow; and of the height, at the foot."""

SLOPE_AXES = ("x", "y2")
# "rising" and "falling" stand at the foot: one label, or two, fit between them and a place so high, also on a phone.
FOOT, DEEP_FOOT = 0.17, 0.31
LOW = 0.09  # of the height: a label has no room in a triangle that is lower
WIDE = 0.08  # from this share of the width on the handle leaves a run to be seen

RUN = "run {run:g1}"
RISING: Condition = is_at_least("slope", 0.0)
FALLING: Condition = is_below("slope", 0.0)


def direction_strip(analysis: Analysis, window: Window) -> list[dict[str, object]]:
    """Along the foot of the curve: solid where it rises, dotted where it falls."""
    rows = []
    left, right = window.x
    beyond = BESIDE * (right - left)
    sloped = [p for p in analysis.monotone if p[2] != 0 and p[1] >= left - beyond and p[0] <= right + beyond]
    seen = [part for part in sloped if part[1] >= left and part[0] <= right]
    least = (right - left) / MOST_STRIPS if len(seen) > MOST_STRIPS else 0.0
    long = [part for part in seen if min(part[1], right) - max(part[0], left) >= least]
    for low, high, sign in sloped if len(long) == len(seen) and len(sloped) <= MOST_STRIPS else long:
        line = {"color": "$slope", "width": 4, "dash": "solid" if sign > 0 else "dot"}
        rows.append(
            {
                "type": "line",
                "x0": low,
                "x1": high,
                "yref": "y domain",
                "y0": 0.004,
                "y1": 0.004,
                "line": line,
            }
        )
    return rows


def direction_words(f: Expression, analysis: Analysis, window: Window) -> list[dict[str, object]]:
    """↗ rising, ↘ falling, over each stretch that has room for the word on a phone; over others the arrow alone.

    As near to the middle of the stretch as the curve leaves them room at the foot.
    """
    left, right = window.x
    crossed = _crossed_at_the_foot(f, window)
    words = []
    for start, end, sign in analysis.monotone:
        low, high = max(start, left), min(end, right)
        share = (high - low) / (right - left)
        if sign == 0 or share < 0.05:
            continue
        arrow, word = ("↗", " rising") if sign > 0 else ("↘", " falling")
        widths = [
            part * (right - left) for part in (WORD_WIDTHS if share >= WORD_WIDTHS[0] else ARROW_WIDTHS)
        ]
        words.append(
            {
                "x": _free_middle((low, high), crossed, widths),
                "y": 0.012,
                "yref": "y domain",
                "yanchor": "bottom",
                "text": arrow + word if share >= WORD_WIDTHS[0] else arrow,
                "showarrow": False,
                "font": {
                    "color": "$slope_text",
                    "size": theme.TICK_SIZE if share >= WORD_WIDTHS[0] else theme.SENTENCE_SIZE,
                },
            }
        )
    return words


def _crossed_at_the_foot(f: Expression, window: Window) -> list[tuple[float, float]]:
    """The steps along x in which the curve is where the words stand; two beside a pole may be one too many."""
    xs = np.linspace(*window.x, FOOT_STEPS + 1)
    heights = (derivative_values(f, xs, 0) - window.y[0]) / (window.y[1] - window.y[0])
    low, high = np.fmin(heights[:-1], heights[1:]), np.fmax(heights[:-1], heights[1:])
    crossing = np.flatnonzero((low <= WORD_HEIGHT) & (high >= 0.0))
    return [(float(xs[i]), float(xs[i + 1])) for i in crossing]


def _free_middle(
    stretch: tuple[float, float], crossed: Sequence[tuple[float, float]], widths: Iterable[float]
) -> float:
    """The place nearest to the middle with a free width about it: the first of `widths` that fits, or the middle."""
    low, high = stretch
    middle = (low + high) / 2
    for width in widths:
        ends = [low, *(x for step in crossed if low < step[1] and step[0] < high for x in step), high]
        gaps = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if b - a >= width]
        places = [min(max(middle, a + width / 2), b - width / 2) for a, b in gaps]
        if places:
            return min(places, key=lambda x: abs(x - middle))
    return middle


def half_tangents(analysis: Analysis, window: Window) -> list[AnyMark]:
    """Where there is no slope, the tangent of each side that has one: a half-line with its slope as a number.

    At a corner there are two, at a vertical tangent both are one upright line, at an end of the domain there is one.
    """
    drawn: list[AnyMark] = []
    sided = [b for b in analysis.breaks if within(b.x, window) and b.sided]
    for place in told(sided, marked_places(analysis, window), window, MOST_CORNERS):
        for side, slope in ((-1, place.left_slope), (1, place.right_slope)):
            if not math.isnan(slope):
                drawn += _half_tangent(place, side, slope, window)
    return drawn


def kept_tangents(f: Expression, challenges: Sequence[Challenge]) -> tuple[AnyMark, ...]:
    """The tangents that questions ask about, which stay where they are."""
    places = [c.tangent_at for c in challenges if c.tangent_at is not None]
    drawn: list[AnyMark] = []
    for x in places:
        at = (x, float(derivative_values(f, x, 0)))
        slope = float(derivative_values(f, x, 1))
        drawn.append(marks.Line(through=at, slope=slope, role="slope", dash="dot", width=2.5, toggle=KEPT))
        drawn.append(marks.Point(at=at, role="slope", shape="ring", size=14, toggle=KEPT))
    return tuple(drawn)


def _half_tangent(place: Break, side: int, slope: float, window: Window) -> list[AnyMark]:
    """From the place to one side; upright where the quotients outgrow every number."""
    width, height = window.x[1] - window.x[0], window.y[1] - window.y[0]
    when = exactly(place.x)
    if math.isinf(slope):
        end = (place.x, place.value + math.copysign(UPRIGHT * height, side * slope))
    else:
        end = (place.x + side * REACH * width, place.value + side * REACH * width * slope)
    line = Segment(from_=(place.x, place.value), to=end, role="slope", dash="dash", width=3, when=when)
    if not math.isfinite(end[1]) or math.isinf(slope):
        return [line] if math.isfinite(end[1]) else []
    return [
        line,
        marks.Label(
            at=((place.x + end[0]) / 2, (place.value + end[1]) / 2),
            text=number_text(slope),
            role="slope",
            when=when,
            anchor="end" if side < 0 else "start",
            offset=(side * 10.0, 14.0),
        ),
    ]


def slope_rings(ends: tuple[Point, ...], analysis: Analysis, window: Window) -> list[AnyMark]:
    """In the f′ panel, where a point without a slope stands: what the slopes beside it head for, as open circles."""
    inside = [end for end in ends if within(end.x, window)]
    seen = told(inside, marked_places(analysis, window), window, MOST_CORNERS)
    return [
        marks.Point(
            axes=SLOPE_AXES, at=(end.x, end.y), shape="ring", role="slope", size=12, when=exactly(end.x)
        )
        for end in seen
    ]


def run_lengths(window: Window) -> tuple[float, ...]:
    """1 and the tenths of it that are not too long and not too short for the window, longest first."""
    width = window.x[1] - window.x[0]
    longest = min(0, math.floor(math.log10(width / 2)))
    shortest = min(longest, math.ceil(math.log10(width / 200)))
    return tuple(10.0**power for power in range(longest, shortest - 1, -1))


def run_that_fits(f: Expression, slope: Expression, window: Window) -> Expression:
    """The longest run whose triangle at (x₀, f(x₀)) stays in the picture; where none does, the shortest."""
    right, bottom, top = (Expression.number(float(end)).root for end in (window.x[1], *window.y))
    x0, lengths = Expression.variable("x0"), run_lengths(window)
    fitting = []
    for length in lengths[:-1]:
        end, rise_end = (x0 + length).root, (f + length * slope).root
        height = And(Comparison("<=", bottom, rise_end), Comparison("<=", rise_end, top))
        fitting.append((And(Comparison("<=", end, right), height), Expression.number(length).root))
    shortest = Expression.number(lengths[-1]).root
    return Expression(Piecewise(tuple(fitting), shortest) if fitting else shortest, ("x0",))


def _triangle_labels(slope: Form, window: Window) -> tuple[Label, ...]:
    """Run and rise in numbers, clear of the words at the foot."""
    labels: list[Label] = []
    for length in run_lengths(window):
        tenths = round(-math.log10(length))
        digits = f"g{SIGNIFICANT}" if tenths else slope.plain
        wide = length >= WIDE * (window.x[1] - window.x[0])
        part = f" = slope/{10**tenths}" if wide and tenths else ""
        foot = window.y[0] + (FOOT if wide else DEEP_FOOT) * (window.y[1] - window.y[0])
        here: Condition = is_at("run", length)
        low = LOW * (window.y[1] - window.y[0])
        said = f"rise {{rise:{digits}}}{part}"
        labels += _labels_apart(said, here, foot, low) if wide else _labels_together(said, here, foot)
    return tuple(labels)


def _label(text: str, height: str, offset: tuple[float, float], *when: Condition) -> Label:
    role: Role = "guide" if text == RUN else "slope"
    anchor: Literal["start", "end"] = "start" if offset[0] > 0 else "end"
    return Label(
        at=("run_x", height), text=text, role=role, toggle="triangle", when=when, anchor=anchor, offset=offset
    )


def _labels_apart(rise: str, here: Condition, foot: float, low: float) -> list[Label]:
    """Each at its own side of the triangle, the run on the one that the tangent leaves free.

    Below a tangent that rises by less than `low` lies the curve, where it bends down: there the run is named above.
    """
    above: Condition = is_at_least("rise_y", foot)
    rising: tuple[Condition, ...] = (here, RISING, is_at_least("f", foot))
    flat: Condition = is_at_most("rise", low)
    return [
        _label(RUN, "f", (-6.0, 18.0), *rising, is_above("rise", low)),
        _label(RUN, "f", (-6.0, 18.0), *rising, flat, is_at_least("bend", 0.0)),
        _label(RUN, "rise_y", (-6.0, -8.0), *rising, flat, is_below("bend", 0.0)),
        _label(RUN, "f", (-6.0, -8.0), here, RISING, is_below("f", foot)),
        _label(RUN, "f", (-6.0, -8.0), here, FALLING),
        _label(rise, "rise_y", (8.0, 18.0), here, RISING, above),
        _label(rise, "rise_y", (8.0, -4.0), here, FALLING, above),
        _label(rise, "rise_y", (8.0, -26.0), here, is_below("rise_y", foot)),
    ]


def _labels_together(rise: str, here: Condition, foot: float) -> list[Label]:
    """At a triangle that the handle hides: one below the other, on the side that the curve leaves free."""
    return [
        _label(text, "f", (20.0, down + line), here, *when)
        for when, down in (
            ((RISING, is_at_least("f", foot)), 24.0),
            ((RISING, is_below("f", foot)), -28.0),
            ((FALLING,), -28.0),
        )
        for text, line in ((rise, 0.0), (RUN, 18.0))
    ]


def moving_marks(slope: Form, window: Window, gaps: tuple[float, ...]) -> tuple[AnyMark, ...]:
    """Tangent, triangle and point; in the f′ panel the slope stands as the height of the trace, open at the `gaps`."""
    number = f"{{slope:{slope.plain}}}"
    sure: Condition = is_sure("slope", FADED)
    tangent = marks.Line(through=("x0", "f"), slope="slope", role="slope", dash="dash", width=3, when=(sure,))
    run = Segment(
        from_=("x0", "f"), to=("run_x", "f"), role="guide", width=2.5, toggle="triangle", when=(sure,)
    )
    rise = Segment(
        from_=("run_x", "f"),
        to=("run_x", "rise_y"),
        role="slope",
        width=5,
        toggle="triangle",
        when=(sure,),
    )
    height = Segment(
        axes=SLOPE_AXES,
        from_=("x0", 0.0),
        to=("x0", "slope"),
        role="slope",
        width=5,
        toggle=UNASKED,
        when=(sure,),
    )
    return (
        marks.Ghost(of=5),
        marks.Ghost(of=8),
        marks.Reveal(axes=SLOPE_AXES, trace=0, upto="x0", gaps=gaps, role="slope", width=4, toggle=UNASKED),
        marks.Vertical(x="x0", role="guide", dash="dot", width=1),
        marks.Vertical(axes=SLOPE_AXES, x="x0", role="guide", dash="dot", width=1),
        tangent,
        run,
        rise,
        height,
        marks.Point(axes=SLOPE_AXES, at=("x0", "slope"), role="slope", size=13, toggle=UNASKED, when=(sure,)),
        marks.Label(
            axes=SLOPE_AXES, at=("x0", "slope"), text=number, role="slope", offset=(12, -6), when=(sure,)
        ),
        *(replace(label, when=(*label.when, sure)) for label in _triangle_labels(slope, window)),
    )
