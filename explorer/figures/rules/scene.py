"""The rules page's scene: a rule's picture, the part's curve with its secant, and the increment as named pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import Condition, is_known, is_unknown, is_unsure
from explorer.expression import (
    Expression,
    Mark,
    compile_tape,
    marked_mathml,
    part_at,
)
from explorer.figures import equation
from explorer.figures.curve import (
    analyse,
    asymptotes,
    choose_window,
    curve_traces,
    end_circles,
    sample,
)
from explorer.figures.limit.increment_control import increment_control
from explorer.figures.limit.quotient import largest_h
from explorer.figures.limit.start import start_for
from explorer.figures.rules.drawing import LONGEST, REACH, ROLES, Drawing, Span, Values, axes_of, layout_of
from explorer.figures.rules.heights import heights_of
from explorer.figures.rules.limits import limits_of
from explorer.figures.rules.lines import rule_lines
from explorer.figures.rules.pictures import drawing_of
from explorer.figures.rules.words import NOTHING_SURE, sentences, story
from explorer.figures.triangle import triangle_labels
from explorer.increments import (
    X0,
    H,
    Increment,
    Way,
    here,
    increment_of,
    made,
    path_of,
    there,
    way_text,
)
from explorer.numeric import BreakKind, Window, values
from explorer.numeric.results import Array
from explorer.scene import marks, theme
from explorer.scene.axis_control import axis_control
from explorer.scene.marks import AnyMark
from explorer.scene.scene import (
    Case,
    Derivation,
    Handle,
    Panel,
    Picture,
    Readout,
    Row,
    Scene,
    Table,
)
from explorer.scene.wire import identity_of

NONE = "–"
BESIDE = 1e-7
"""So far beside x₀ it is asked whether there are values."""
MOST_BREAKS = 12
FARTHEST = 1e6
"""A link's place that is farther out is left to be refused."""
LENS_FROM = 0.3
"""Stretches that are shorter than this part of what they were are magnified."""
SHORT_RISE = 0.05
"""A rise of a smaller part of the value, and of the picture, says nothing at first: that over an even curve."""
SHORT_SIDE = 0.2
"""An area whose side is shorter than this part of what it becomes says little at first."""
BESIDE_SECOND = 0.06
"""Beyond a second point outside the window the curve goes on for this part of it."""


@dataclass(frozen=True)
class Stand:
    """Where the point and the increment stand: for these the pictures' axes are chosen."""

    x0: float
    h: float


@dataclass(frozen=True)
class Shown:
    """A part of a function as the page shows it."""

    f: Expression
    way: Way
    part: Expression
    increment: Increment
    window: Window
    drawing: Drawing

    @property
    def box(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """What the part's own curve is seen in."""
        return self.window.x, choose_window(self.part).y

    def along(self, framed: Stand) -> Span:
        """The x axis of the part's own curve: the places of x₀, and of the second point."""
        (low, high), second = self.window.x, framed.x0 + framed.h
        room = BESIDE_SECOND * (high - low)
        return (low if second >= low else second - room), (high if second <= high else second + room)

    def heights(self, framed: Stand) -> Span:
        """The y axis of the part's own curve."""
        return heights_of(self.part, self.along(framed), (framed.x0, framed.x0 + framed.h))

    def quantities(self, framed: Stand) -> dict[str, Expression]:
        """Everything that the scene shows, in x0 and h; a lens magnifies what is small beside what `framed` has."""
        found = {**_common(self.part, self.increment), **self.drawing.quantities}
        found["crossed"] = _crossed(self.part, self.window.x, BreakKind.POLE)
        found["jumped"] = _crossed(self.part, self.window.x, BreakKind.JUMP)
        found |= limits_of(self.increment, self.window.x)
        found["tangent"] = found["limit"]
        if LONGEST not in found:
            return found
        longest = float(found[LONGEST].over(("x0", "h"))(framed.x0, framed.h))
        reach = LENS_FROM * longest if math.isfinite(longest) and longest > 0 else 1.0
        return {
            name: e.substitute({REACH: reach}) if REACH in e.variables else e for name, e in found.items()
        }

    def values(self, stand: Stand, framed: Stand) -> Values:
        """The numbers as they stand, controls too."""
        found = compile_tape(self.quantities(framed), ("x0", "h")).run(stand.x0, stand.h)
        return {name: float(value) for name, value in found.items()} | {"x0": stand.x0, "h": stand.h}

    def spans(self, framed: Stand) -> tuple[Span, Span]:
        """The axes that hold the picture as it stands at `framed`."""
        return axes_of(self.drawing, self.values(framed, framed))

    def fits(self, framed: Stand, stand: Stand) -> bool:
        """Whether the axes that were chosen for one stand hold the picture of another."""
        low, high = self.along(framed)
        if not low <= stand.x0 + stand.h <= high:
            return False
        (bottom, top), better = self.heights(framed), self.heights(stand)
        ends = self.part(np.array([stand.x0, stand.x0 + stand.h]))
        if any(better[0] <= y <= better[1] and not bottom <= y <= top for y in ends):
            return False
        spans, now = self.spans(framed), self.values(stand, framed)
        seen = [
            (now.get(at, math.nan) if isinstance(at, str) else at, span)
            for place in self.drawing.holds
            for at, span in zip(place, spans, strict=True)
        ]
        return all(low <= at <= high for at, (low, high) in seen if math.isfinite(at))


def window_for(f: Expression, asked: Sequence[float], x: tuple[float, float] | None = None) -> Window:
    """The window over which x₀ moves: `x` where that is given, and wide enough for the places that a link asks for."""
    window = choose_window(f)
    low, high = x or window.x
    places = [place for place in asked if abs(place) <= FARTHEST]
    if places and not (low <= min(places) and max(places) <= high):
        low, high = min(low, *places), max(high, *places)
        room = 0.1 * (high - low)
        low, high = (low - room if low in places else low), (high + room if high in places else high)
    return window if (low, high) == window.x else replace(window, x=(low, high), equal=False)


@computed_once(128)
def shown(f: Expression, way: Way, window: Window) -> Shown:
    """The part at the end of a way, with its rule and its picture. Raises IndexError where there is none."""
    part = Expression(part_at(f.root, path_of(f.root, way)), ("x",))
    increment = increment_of(part.root)
    return Shown(f, way, part, increment, window, drawing_of(increment, window.x))


@computed_once(128)
def stand_for(f: Expression, window: Window, x0: float | None = None) -> Stand:
    """Where point and increment stand first, as far as nobody said: with a rise, and sides that keep their sign."""
    increment = increment_of(f.root)
    sides = (
        [operand.of for operand in increment.operands] if increment.kind in ("product", "quotient") else []
    )

    def lengths(x: float, second: float) -> Array:
        return np.array([side(np.array([x, second])) for side in sides])

    def rises(x: float, second: float) -> bool:
        ends = values(f, np.array([x, second]))
        size = min(float(np.abs(ends).max()), window.y[1] - window.y[0])
        return bool(abs(ends[1] - ends[0]) > SHORT_RISE * size)

    def upright(x: float, second: float) -> bool:
        ends = lengths(x, second)
        return rises(x, second) and bool(
            (ends.min(axis=1) > SHORT_SIDE * ends.max(axis=1)).all() and (ends > 0).all()
        )

    def unturned(x: float, second: float) -> bool:
        return rises(x, second) and bool((np.prod(lengths(x, second), axis=1) > 0).all())

    start = start_for(f, window, x0, (upright, unturned, rises) if sides else (rises,))
    return Stand(start.x0, start.h)


def _common(part: Expression, increment: Increment) -> dict[str, Expression]:
    found = {
        "x1": X0 + H,
        "f": here(part),
        "f1": there(part),
        "total": increment.total,
        "quotient": increment.total / H,
        "mid_x": X0 + H * 0.5,
        "half_h": H * 0.5,
        "mid_y": (here(part) + there(part)) * 0.5,
        "c0": Expression.number(0.0),
        "before": part.substitute({"x": X0 - BESIDE}, ("x0", "h")),
        "beyond": part.substitute({"x": X0 + BESIDE}, ("x0", "h")),
    }
    for k, piece in enumerate(increment.pieces):
        found |= {f"p{k}": piece.value, f"q{k}": piece.quotient}
        found[f"c{k + 1}"] = found[f"c{k}"] + piece.value
    return found


def _crossed(part: Expression, x: Span, kind: BreakKind) -> Expression:
    """How many breaks of a kind there are between the two points, of the first few."""
    places = [place.x for place in analyse(part, x).breaks if place.kind is kind][:MOST_BREAKS]
    counted = [made("{(x-p)(y-p)<0: 1, 0}", x=X0, y=X0 + H, p=Expression.number(place)) for place in places]
    return sum(counted, X0 * 0.0)


@computed_once(128)
def rules_scene(f: Expression, way: Way, window: Window, first: Stand, framed: Stand) -> Scene:
    """The scene of a part: the controls begin at `first`, the rule's axes hold what stands at `framed`.

    Raises IndexError where the way leads nowhere.
    """
    one = shown(f, way, window)
    largest = largest_h(one.window)
    identity = (f.text, way, window, first, "rules")
    return Scene(
        id=identity_of(identity),
        page="rules",
        title=f"{one.increment.rule}: {one.part.text}",
        url={"f": one.f.text, "part": way_text(one.way) or None},
        controls=(
            replace(
                axis_control(
                    "x0",
                    "x₀",
                    one.window.x,
                    first.x0,
                    panel="curve",
                    role="ink",
                    handle=Handle(panel="curve", at=("x0", "f"), moves={"x": "x0"}, label="the point, at x₀"),
                ),
                align=None,
            ),
            increment_control(
                "Δx",
                largest,
                first.h,
                Handle(
                    panel="curve",
                    at=("x1", "f1"),
                    moves={"x": "h"},
                    offset="x0",
                    shape="ring",
                    label="the second point, at x₀ + Δx",
                ),
            ),
        ),
        tape=compile_tape(one.quantities(framed), ("x0", "h")),
        functions={"f": compile_tape({"f": one.part}, ("x",))},
        panels=(_rule_panel(one.drawing, one.spans(framed), one.window.x), _curve_panel(one, framed)),
        readouts=(
            Readout(
                name="increment",
                label="increment Δy",
                text=(
                    Case(NONE, (is_unknown("total"),)),
                    Case("no sure digit", (is_unsure("total", NOTHING_SURE),)),
                    Case("{total:g4}"),
                ),
                size="huge",
            ),
        ),
        sentence=sentences(one.increment, largest),
        tables=(_ledger(one.increment),),
        derivations=(
            Derivation(name="rule", label=_title(one.increment), lines=rule_lines(one.part, one.increment)),
        ),
        story=story(one.increment, first.h),
        formula=_written(one),
    )


def _written(one: Shown) -> str:
    """The formula with the chosen part in its colour, for where the page's own is away; the whole needs no mark."""
    if one.f.size > equation.LONGEST or not one.way:
        return equation.of(one.f)
    chosen = {path_of(one.f.root, one.way): Mark(role="f")}
    return equation.begun(marked_mathml(one.f.root, chosen), equation.VALUE)


def _rule_panel(drawing: Drawing, spans: tuple[Span, Span], window: Span) -> Panel:
    return Panel(
        name="rule",
        label=drawing.label,
        figure=Picture(drawing.traces_over(spans[0], window), layout_of(drawing, spans)),
        marks=_labels_last(drawing.marks),
        apart=True,
        height=560,
        height_narrow=280,
        share=640 / 360,
    )


def _labels_last(drawn: tuple[AnyMark, ...]) -> tuple[AnyMark, ...]:
    """They stand above all else, and know what they keep clear of; those in areas have the least choice: first."""
    order = (marks.Inscription, marks.Label)
    return tuple(
        sorted(drawn, key=lambda mark: order.index(type(mark)) + 1 if isinstance(mark, order) else 0)
    )


def _curve_panel(one: Shown, framed: Stand) -> Panel:
    """The part's own curve with the secant over the increment."""
    x = one.along(framed)
    breaks = analyse(one.part, x).breaks
    curve = sample(one.part, x, breaks)
    y = one.heights(framed)
    rise: Condition = is_known("f1")
    drawn: tuple[AnyMark, ...] = (
        marks.Line(through=("x0", "f"), slope="quotient", role="step", dash="dashdot", width=3),
        marks.Ghost(of=0),
        marks.Region(points=(("x0", "f"), ("x1", "f"), ("x1", "f1")), role="step", opacity=0.12),
        marks.Segment(from_=("x0", "f"), to=("x1", "f"), role="step", width=2.5, when=(rise,)),
        marks.Segment(from_=("x1", "f"), to=("x1", "f1"), role="step", width=5),
        # Under the handles, whose places labels keep off.
        marks.Point(at=("x0", "f"), role="ink", size=20),
        marks.Point(at=("x1", "f1"), role="step", size=20),
        marks.Outside(at=("x0", "f"), role="ink", distance=False),
        marks.Outside(at=("x1", "f1"), role="step", distance=False),
        *triangle_labels(replace(one.window, x=x, y=y), "total"),
    )
    layout = theme.layout(
        xaxis=theme.axis("x", x),
        yaxis=theme.axis("", y, automargin="left"),
        shapes=asymptotes(breaks),
        annotations=[theme.axis_name("this part", "f_text", 1.0)],
    )
    return Panel(
        name="curve",
        label="The curve of the chosen part with the secant over the increment",
        figure=Picture(
            (*curve_traces(curve, "f", function="f", breaks=breaks), *end_circles(breaks)), layout
        ),
        marks=_labels_last(drawn),
        apart=True,
        height=560,
        height_narrow=240,
    )


def _ledger(increment: Increment) -> Table:
    def number(name: str, whole: str) -> tuple[Case, ...]:
        """Where the whole has no value, no piece of it is told."""
        none = tuple(Case(NONE, (is_unknown(one),)) for one in dict.fromkeys((whole, name)))
        return (*none, Case(f"{{{name}:g4}}"))

    rows = [
        Row(
            (
                f"{piece.name}: {piece.formula}",
                number(f"p{k}", "total"),
                number(f"q{k}", "total"),
                number(f"l{k}", "f"),
            ),
            role=ROLES[piece.tone],
        )
        for k, piece in enumerate(increment.pieces)
    ]
    rows.append(
        Row(("together: Δy", number("total", "total"), number("quotient", "total"), number("limit", "f")))
    )
    return Table(
        name="pieces",
        label="The increment in pieces",
        head=("piece", "now", "÷ Δx", "Δx → 0"),
        rows=tuple(rows),
        place="rail",
    )


def _title(increment: Increment) -> str:
    return f"{increment.rule}:  {increment.law}"
