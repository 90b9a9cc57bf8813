"""Rules as rises, bars, number lines, circles and curves.

Marks name the quantities of `rules.quantities`: p0, p1, … are the pieces, c0, c1, … what they add up to one after the
other, f and f1 the part's values at both points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from explorer.conditions import Condition, is_at, is_at_least, is_below, is_known, is_unknown
from explorer.expression import Expression, compile_tape, parse
from explorer.figures.curve import analyse, curve_traces, end_circles, sample
from explorer.figures.rules.drawing import LONGEST, REACH, Drawing, Span, area, label, roles, sum_of
from explorer.figures.triangle import Anchor
from explorer.increments import X0, H, Increment, here, made, rise, there
from explorer.scene import marks
from explorer.scene.marks import AnyMark
from explorer.scene.theme import Role

CURVE_SAMPLES = 241
BROAD, NARROW = 13, 6
MOST_TIMES = 12
"""So many rises stand on each other as notches; more are a length only."""
RATIO = 0.4
"""Beside the lines a ratio is written, Δu₂/Δu₁ = 0.7869, on a wall as well."""
BAR = -0.8
"""Where below the number lines their scale is told."""


def multiple(increment: Increment, window: Span) -> Drawing:
    """One rise over a run, and beside it the same one c times, turned over where c is negative."""
    del window
    du = rise(increment.operands[0].of)
    seen = made("a/b", a=increment.pieces[0].value, b=du)(np.linspace(-3.1, 3.3, 65), 0.37)
    known = seen[np.isfinite(seen)]
    c = float(np.median(known)) if known.size else math.inf
    extra = {"du": du, "times": made("a/b", a=increment.total, b=du)}
    extra |= {"half_u": du * 0.5, "half_y": increment.total * 0.5}
    drawn: list[AnyMark] = [
        marks.Horizontal(y=0.0, role="guide", width=1),
        marks.Region(points=((0.0, 0.0), ("h", 0.0), ("h", "total")), role="f", opacity=0.2),
        marks.Region(points=((0.0, 0.0), ("h", 0.0), ("h", "du")), role="partial_y", opacity=0.3),
        marks.Segment(from_=(0.0, 0.0), to=("h", "total"), role="f", width=2.5),
        marks.Segment(from_=(0.0, 0.0), to=("h", "du"), role="partial_y", width=2.5),
        marks.Segment(from_=("h", 0.0), to=("h", "total"), role="f", width=9),
        marks.Segment(from_=("h", 0.0), to=("h", "du"), role="partial_y", width=5),
        label(("h", "half_u"), "Δu = {du:g4}", "partial_y", "end", (-14, 5)),
        label(("h", "half_y"), "Δy = {p0:g4}", "f", "start", (12, 5)),
        label(("half_h", 0.0), "Δx = {h:g4}", "step", "middle", (0, 22)),
        marks.Segment(from_=(0.0, 0.0), to=("h", 0.0), role="step", width=3),
    ]
    if abs(c) <= MOST_TIMES:
        # A notch where each further Δu ends.
        for k in range(1, int(abs(c)) + 1):
            extra[f"n{k}"] = du * (k if c > 0 else -k)
            drawn.append(marks.Point(at=("h", f"n{k}"), role="ink", shape="ring", size=9))
    return Drawing(
        "One rise, and the same one multiplied by the constant",
        tuple(drawn),
        extra,
        holds=((0.0, 0.0), ("h", "total"), ("h", "du")),
        x_label="Δx",
        y_label="rise",
    )


def bars(increment: Increment, window: Span) -> Drawing:
    """The terms of (x + Δx)ⁿ − xⁿ divided by Δx, as bars: only the first one stays."""
    del window
    count = len(increment.pieces)
    drawn: list[AnyMark] = [marks.Horizontal(y=0.0, role="guide", width=1)]
    for k, role in enumerate(roles(increment)):
        place = k + 1.0
        drawn += [
            marks.Area(from_=(place - 0.35, 0.0), to=(place + 0.35, f"q{k}"), role=role, opacity=0.45),
            label((place, f"q{k}"), f"{{q{k}:g4}}", role, "middle", (0, -8)),
        ]
    ticks = [piece.formula.replace("(Δx)", "Δx") for piece in increment.pieces[:-1]]
    last = increment.pieces[-1].formula
    return Drawing(
        "The terms of the increment, each divided by Δx, as bars",
        tuple(drawn),
        x=(0.4, count + 0.6),
        holds=((1.0, 0.0), *((1.0, f"q{k}") for k in range(count))),
        x_axis={
            "tickvals": [k + 1 for k in range(count)],
            "ticktext": [*(f"{t}" for t in ticks), last],
            "tickangle": 0,
            "showgrid": False,
        },
        y_label="each term/Δx",
    )


def _lens(stretches: list[Expression]) -> tuple[dict[str, Expression], list[AnyMark]]:
    """The stretches d0, d1, … as they are and as they are drawn, e0, e1, …, with a bar that tells the scale.

    They are drawn in one scale, so that lengths can be compared. While the longest shrinks below LENS_FROM of what it
    was when the axes were chosen, a lens keeps it as long as that: what it shows then heads for the derivatives.
    """
    longest = made("abs(a)", a=stretches[0])
    for stretch in stretches[1:]:
        longest = made("max(a, abs(b))", a=longest, b=stretch)
    places = {f"d{k}": stretch for k, stretch in enumerate(stretches)}
    places[LONGEST] = longest
    reach = Expression.variable(REACH)
    lens = parse("{m>0: max(1, r/m), 1}", ("m", "r")).substitute({"m": longest, "r": reach})
    # A step of 0.1 is a power of ten itself: on which side of it doubles see it is not asked.
    bar = made("{m>0: 10^floor(log10(m) + 0.000000001), 0}", m=longest)
    places |= {f"e{k}": stretch * lens for k, stretch in enumerate(stretches)}
    places |= {"lens": lens, "bar": bar, "bar_end": bar * lens}
    places |= {"farthest": longest * lens, "nearest": -(longest * lens)}
    close: Condition = is_at_least("lens", 1.0 + 1e-9)
    drawn: list[AnyMark] = [
        marks.Segment(from_=(0.0, BAR), to=("bar_end", BAR), role="guide", width=4),
        label(("bar_end", BAR), "this long is {bar:g2}", "ink", "start", (10, 5), level=True),
        marks.Label(
            at=(0.0, BAR),
            text="seen through a lens, × {lens:g3}",
            anchor="end",
            offset=(-10, 5),
            when=(close,),
        ),
    ]
    return places, drawn


def lines(increment: Increment, window: Span) -> Drawing:
    """One number line under the other, x → u → … → y, and on each the stretch that the one above makes of it."""
    del window
    links = (parse("x"), *increment.links)
    names = _names(len(links), increment.between or "u")
    told = {increment.between: f"{increment.between} = v·ln u"} if increment.between else {}
    top = float(len(links) - 1)
    places, drawn = _lens([rise(link) for link in links])
    values: list[AnyMark] = []  # in a crowd they give way: what the picture is about stands first
    for k, link in enumerate(links):
        level, moved = top - k, f"e{k}"
        places |= {f"at{k}": here(link), f"to{k}": there(link)}
        role: Role = "step" if k == 0 else "f" if k == len(links) - 1 else "partial_y"
        drawn += [
            marks.Horizontal(y=level, role="guide", width=1.5),
            marks.Segment(from_=(0.0, level), to=(moved, level), role=role, width=9),
            marks.Point(at=(0.0, level), role="ink", size=11),
            marks.Point(at=(moved, level), role=role, size=15),
            label((moved, level), f"Δ{names[k]} = {{d{k}:g4}}", role, "middle", (0, -16), level=True),
        ]
        # The value stands below its place, on the side of the stretch below: on the other one is the ratio. Below the
        # last line are the words on the scale, at the right of it.
        last = k == len(links) - 1
        following = f"d{k + 1}"
        sides: tuple[tuple[Anchor, float, tuple[Condition, ...]], ...] = (
            (("end", -10.0, ()),)
            if last
            else (
                ("start", 10.0, (is_at_least(following, 0.0),)),
                ("end", -10.0, (is_below(following, 0.0),)),
                ("start", 10.0, (is_unknown(following),)),
            )
        )
        value = f"{told.get(names[k], names[k])} = {{at{k}:g4}}"
        values += [
            label((0.0, level), value, "ink", anchor, (across, 24), when=side, level=True)
            for anchor, across, side in sides
        ]
        if k:
            before = f"e{k - 1}"
            places[f"times{k}"] = made("a/b", a=places[f"d{k}"], b=places[f"d{k - 1}"])
            above, middle = level + 1.0, level + 0.5
            # What stretches to the right has its ratio at the left.
            away: tuple[tuple[Anchor, float, Condition], ...] = (
                ("end", -14.0, is_at_least(f"d{k}", 0.0)),
                ("start", 14.0, is_below(f"d{k}", 0.0)),
            )
            known: Condition = is_known(f"times{k}")
            still: Condition = is_at(f"d{k - 1}", 0.0)
            ratio = f"Δ{names[k]}/Δ{names[k - 1]}"
            drawn += [
                marks.Segment(from_=(0.0, above), to=(0.0, level), role="guide", dash="dot", width=1.5),
                marks.Segment(from_=(before, above), to=(moved, level), role="guide", dash="dot", width=1.5),
                *(
                    label((0.0, middle), text, "ink", anchor, (across, 5), when=(side, when), level=True)
                    for text, when in (
                        (f"{ratio} = {{times{k}:g4}}", known),
                        (f"Δ{names[k - 1]} = 0: there is no {ratio}", still),
                    )
                    for anchor, across, side in away
                ),
            ]
    return Drawing(
        "Number lines, one for each link of the chain: a small step on the first makes one on the next",
        (*drawn, *values),
        places,
        y=(BAR - 0.25, top + 0.6),
        beside=RATIO,
        holds=(("nearest", BAR), ("farthest", BAR)),
        x_axis={"showticklabels": False, "zeroline": False, "showgrid": False},
        y_axis={"showticklabels": False, "zeroline": False, "showgrid": False},
    )


def _names(count: int, letter: str) -> list[str]:
    """The letters of the lines: x, u, y; with more links x, u₁, u₂, …, y."""
    middle = (
        [letter]
        if count == 3
        else [f"{letter}{'₀₁₂₃₄₅₆₇₈₉'[k] if k < 10 else k}" for k in range(1, count - 1)]
    )
    return ["x", *middle, "y"]


CIRCLE = (-1.45, 1.45)


def circle(increment: Increment, window: Span) -> Drawing:
    """A point on the unit circle goes on by an arc Δx: along the tangent, and in towards the middle."""
    del window
    sine = "sin" in increment.part.text
    point = {"px": made("cos(x)", x=X0), "py": made("sin(x)", x=X0)}
    point |= {"qx": made("cos(x+h)", x=X0, h=H), "qy": made("sin(x+h)", x=X0, h=H)}
    point |= {
        "tx": made("cos(x) - sin(x) sin(h)", x=X0, h=H),
        "ty": made("sin(x) + cos(x) sin(h)", x=X0, h=H),
    }
    point |= {"mx": made("(cos(x)+cos(x+h))/2", x=X0, h=H), "my": made("(sin(x)+sin(x+h))/2", x=X0, h=H)}
    arc = {"x": parse("cos(t)", ("t",)), "y": parse("sin(t)", ("t",))}
    leg: AnyMark = (
        marks.Segment(from_=("qx", "py"), to=("qx", "qy"), role="ink", width=5)
        if sine
        else marks.Segment(from_=("px", "qy"), to=("qx", "qy"), role="ink", width=5)
    )
    other: AnyMark = (
        marks.Segment(from_=("px", "py"), to=("qx", "py"), role="guide", width=2)
        if sine
        else marks.Segment(from_=("px", "py"), to=("px", "qy"), role="guide", width=2)
    )
    where, offset, anchor = (("qx", "my"), (-10, 5), "end") if sine else (("mx", "qy"), (0, 22), "middle")
    angles = np.linspace(0, 2 * math.pi, CURVE_SAMPLES)
    ring = {
        "x": np.cos(angles),
        "y": np.sin(angles),
        "mode": "lines",
        "line": {"color": "$guide", "width": 1.5},
    }
    name = "sin" if sine else "cos"
    drawn: tuple[AnyMark, ...] = (
        marks.Segment(from_=(0.0, 0.0), to=("px", "py"), role="guide", width=2),
        marks.Segment(from_=(0.0, 0.0), to=("qx", "qy"), role="guide", width=1.5, dash="dash"),
        marks.Trail(tape=compile_tape(arc, ("t",)), along="t", from_="x0", to="x1", role="step", width=6),
        other,
        leg,
        marks.Arrow(from_=("px", "py"), to=("tx", "ty"), role="f", width=3),
        marks.Arrow(from_=("tx", "ty"), to=("qx", "qy"), role="step", width=3),
        marks.Point(at=("px", "py"), role="ink", size=13),
        marks.Point(at=("qx", "qy"), role="step", size=15, shape="ring"),
        label(where, f"Δ{name} = {{total:g4}}", "ink", anchor, offset),
        label(("qx", "qy"), "arc Δx = {h:g4}", "step", "start", (14, -12)),
    )
    return Drawing(
        "A point on the unit circle goes on by a small arc; its two legs are the changes of sine and cosine",
        drawn,
        point,
        x=CIRCLE,
        y=CIRCLE,
        equal=True,
        x_label="cos",
        y_label="sin",
        traces=({**ring, "hoverinfo": "skip"},),
    )


def tangent(increment: Increment, window: Span) -> Drawing:
    """The tangent is cut from the line at 1 by the ray of the angle."""
    del increment, window
    angles = np.linspace(0, 2 * math.pi, CURVE_SAMPLES)
    ring = {
        "x": np.cos(angles),
        "y": np.sin(angles),
        "mode": "lines",
        "line": {"color": "$guide", "width": 1.5},
    }
    arc = {"x": parse("cos(t)", ("t",)), "y": parse("sin(t)", ("t",))}
    drawn: tuple[AnyMark, ...] = (
        marks.Vertical(x=1.0, role="guide", width=1.5),
        marks.Segment(from_=(0.0, 0.0), to=(1.0, "f"), role="guide", width=2),
        marks.Segment(from_=(0.0, 0.0), to=(1.0, "f1"), role="guide", width=1.5, dash="dash"),
        marks.Trail(tape=compile_tape(arc, ("t",)), along="t", from_="x0", to="x1", role="step", width=6),
        marks.Segment(from_=(1.0, "f"), to=(1.0, "rise0"), role="f", width=8),
        marks.Segment(from_=(1.0, "rise0"), to=(1.0, "f1"), role="step", width=8),
        marks.Point(at=(1.0, "f"), role="ink", size=13),
        label((1.0, "mid_y"), "Δtan = {total:g4}", "ink", "start", (14, 5)),
    )
    return Drawing(
        "The ray of an angle cuts the tangent from the line at 1",
        drawn,
        {"rise0": made("tan(x) + h/cos(x)^2", x=X0, h=H)},
        holds=((-1.1, -1.1), (2.2, 1.1), (1.0, "f"), (1.0, "f1"), (1.0, "rise0")),
        equal=True,
        traces=({**ring, "hoverinfo": "skip"},),
    )


def _still(x: Any, y: Any, role: str = "f") -> Mapping[str, Any]:
    line = {"color": f"${role}", "width": 3.5, "simplify": False}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def logarithm(increment: Increment, window: Span) -> Drawing:
    """The area under 1/x: a rectangle at x₀, and the sliver between it and the curve."""
    below = increment.part.derivative()
    t, outer = (
        Expression.variable("t"),
        Expression.variable("x0") + Expression.variable("h") * parse("min(t, 2-t)", ("t",)),
    )
    level = parse("{t<=1: a, b}", ("t", "a", "b")).substitute(
        {"a": below.substitute({"x": X0 + H * t}), "b": below.substitute({"x": X0})}
    )
    sliver = compile_tape({"x": outer, "y": level}, ("t", "x0", "h"))
    x = np.linspace(max(window[0], window[1] / 400), window[1], 2 * CURVE_SAMPLES)
    drawn: tuple[AnyMark, ...] = (
        *area(("x0", 0.0), ("x1", "tangent"), "f", 0.4, "{p0:g4}"),
        marks.Trail(
            tape=sliver, along="t", from_=0.0, to=2.0, samples=120, role="step", opacity=0.6, width=1
        ),
        marks.Vertical(x="x0", role="guide", width=1, dash="dot"),
        label(("right", "tangent"), "{p1:g4}", "step", "start", (12, -8)),
    )
    return Drawing(
        "The area under 1/x between the two points",
        drawn,
        holds=((0.0, 0.0), ("x0", "tangent"), ("x1", "tangent"), ("x1", "tangent1")),
        quantities={
            "tangent1": below.substitute({"x": X0 + H}),
            "right": made("max(x, x+h)", x=X0, h=H),
        },
        x=(min(0.0, window[0] / 20), window[1]),
        x_label="x",
        y_label="1/x" if "ln" in increment.part.text else "y′",
        traces=(_still(x, below(x), "slope"),),
    )


def curve(increment: Increment, window: Span) -> Drawing:
    """The curve itself with its tangent, and the pieces of the increment one on top of the other."""
    drawn: list[AnyMark] = [
        marks.Line(through=("x0", "f"), slope="tangent", role="slope", dash="dash", width=2.5),
        marks.Segment(from_=("x0", "f"), to=("x1", "f"), role="step", width=2.5),
    ]
    extra: dict[str, Expression] = {}
    for k, role in enumerate(roles(increment)):
        extra[f"h{k}"] = here(increment.part) + sum_of(increment, k)
        extra[f"h{k + 1}"] = here(increment.part) + sum_of(increment, k + 1)
        # The second may lead back over the first, which is to be seen beside it.
        width = BROAD if k == 0 else NARROW
        drawn.append(marks.Segment(from_=("x1", f"h{k}"), to=("x1", f"h{k + 1}"), role=role, width=width))
        extra[f"m{k}"] = (extra[f"h{k}"] + extra[f"h{k + 1}"]) * 0.5
        drawn.append(label(("x1", f"m{k}"), f"{{p{k}:g4}}", role, "start", (12, 5)))
    drawn += [
        marks.Point(at=("x0", "f"), role="ink", size=13),
        marks.Point(at=("x1", "f1"), role="step", shape="ring", size=15),
    ]
    if increment.kind == "exponential":
        extra["foot"] = X0 - made("u/v", u=here(increment.part), v=here(increment.part.derivative()))
        extra["sub"] = X0 - extra["foot"]
        extra["half_foot"] = (X0 + extra["foot"]) * 0.5
        drawn += [
            marks.Segment(from_=("foot", 0.0), to=("x0", 0.0), role="partial_y", width=6),
            marks.Segment(from_=("x0", 0.0), to=("x0", "f"), role="guide", width=2, dash="dot"),
            marks.Point(at=("foot", 0.0), role="partial_y", size=11),
            label(("half_foot", 0.0), "{sub:g4}", "partial_y", "middle", (0, 22)),
        ]
    # The curve between both points is to be seen too: a corner may lie there, which is lower than either.
    for k, share in enumerate((-0.8, 0.25, 0.5, 0.75, 1.8)):
        extra[f"seen{k}"] = X0 + H * share
        extra[f"high{k}"] = here(increment.part).substitute({"x0": X0 + H * share})
    ends = tuple(("x1", f"h{k}") for k in range(len(increment.pieces) + 1))
    between = tuple((f"seen{k}", f"high{k}") for k in (1, 2, 3))
    wide = tuple((f"seen{k}", "f") for k in (0, 4))
    foot = (("foot", 0.0), ("x0", 0.0)) if increment.kind == "exponential" else ()

    def traces(x: Span) -> tuple[Mapping[str, Any], ...]:
        breaks = analyse(increment.part, x).breaks
        drawn_curve = curve_traces(sample(increment.part, x, breaks), "f", function="f", breaks=breaks)
        return (*drawn_curve, *end_circles(breaks))

    return Drawing(
        "The curve with its tangent, and the pieces of the increment",
        tuple(drawn),
        extra,
        holds=(("x0", "f"), ("x1", "f1"), *ends, *between, *wide, *foot),
        x_label="x",
        y_label="y",
        traces=traces(window),
        drawn_finely=traces,
    )


def mirror(increment: Increment, window: Span) -> Drawing:
    """The function of which this one is the inverse, read the other way: y across, x upward."""
    assert increment.by is not None
    x = np.linspace(*window, 2 * CURVE_SAMPLES)
    y = increment.part(x)
    drawn: tuple[AnyMark, ...] = (
        marks.Segment(from_=("f", "x0"), to=("f1", "x0"), role="ink", width=5),
        marks.Segment(from_=("f1", "x0"), to=("f1", "x1"), role="step", width=5),
        marks.Point(at=("f", "x0"), role="ink", size=13),
        marks.Point(at=("f1", "x1"), role="step", shape="ring", size=15),
        label(("mid_x_of_y", "x0"), "Δy = {total:g4}", "ink", "middle", (0, 24)),
        label(("f1", "mid_x"), "Δx = {h:g4}", "step", "start", (12, 5)),
    )
    return Drawing(
        f"The same curve read the other way: x = {increment.by.text}",
        drawn,
        {"mid_x_of_y": made("(a+b)/2", a=here(increment.part), b=there(increment.part))},
        holds=(("f", "x0"), ("f1", "x1")),
        x_label="y",
        y_label=f"x = {increment.by.text}",
        traces=(_still(y, x),),
    )
