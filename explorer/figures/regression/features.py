"""The tab of two features: points of two classes in a plane, and the line w·x + w₀ = 0 that is dragged among them.

There is no descent: the line is held by hand where it lies, where it turns and at the tip of w; the colouring follows
σ(w·x + w₀), and so do every point's distance and J. The best plane is that of the points as they were let go.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import Condition, is_above, is_at, is_below, is_within
from explorer.data import DataError
from explorer.data.columns import CLASSED
from explorer.data.features import Plane, Triples, checked, logistic_plane
from explorer.data.headings import PLACED, Headings
from explorer.data.rows import LARGEST as FARTHEST
from explorer.data.rows import LOST, MOST_LINKED, MOST_LIVE
from explorer.data.sums import COUNT
from explorer.expression import Expression, parse
from explorer.figures.regression.classes_loss import SHRINKING, shrinking_control
from explorer.figures.regression.features_held import (
    BANDS,
    FAR,
    LONGEST,
    NEAR,
    Frame,
    features_passes,
    features_tape,
    moved,
    row_distance,
    steepened,
    turned,
    wrong_side,
)
from explorer.figures.regression.features_words import readouts, sentence, story
from explorer.figures.regression.residuals import MANY, dot_size, of_each_row, thin
from explorer.numeric import significant_text
from explorer.numeric.results import Span
from explorer.scene import marks, theme
from explorer.scene.counted import Columns
from explorer.scene.digits import axis_digits, short
from explorer.scene.scene import Case, Control, Handle, Panel, Picture, Scene, Toggle
from explorer.scene.theme import Role
from explorer.scene.wire import identity_of

DISTANCES, BEST, ASK = "distances", "best", "ask"
STAYING = (DISTANCES, BEST, ASK, SHRINKING)
"""What the learner has chosen for whatever data: others leave it as it is."""

ALIKE = 4.0
"""Axes whose ranges differ no more than so have the same unit on the screen."""

FIRST_STEEP, STEEPEST = 3.0, 60.0
"""How z grows over half of the picture, at first and at most."""

LARGEST = 1e100
"""Of numbers beyond, or of their inverses, the squares are none."""

TINT = 0.08

WRONG = 12.0
"""A point on the other side stands in a ring that is so much wider (px)."""

ASIDE = 0.06
"""So many halves of the picture beside its middle, where a point may stand, the line begins."""


@dataclass(frozen=True)
class Standing:
    """For which points and λ the best line is drawn."""

    rows: Triples
    shrinking: float = 0.0


def told_apart(rows: Triples) -> Triples:
    """The rows, and one point more where there is nothing to tell apart: for a picture to be made."""
    try:
        checked(rows)
    except DataError:
        (x, y, label), *_ = rows
        return (*rows, (x + max(1.0, abs(x)), y + max(1.0, abs(y)), 1 - label))
    return rows


def frame_of(rows: Triples) -> Frame:
    """The picture about the points, with room for them to be dragged. Raises DataError where none can be made."""
    first, second, _ = checked(told_apart(rows))
    return _about(*((float(values.min()), float(values.max())) for values in (first, second)))


def _about(*ends: Span) -> Frame:
    halves = [0.62 * (high - low) for low, high in ends]
    if not all(1 / LARGEST < half < LARGEST for half in halves):
        raise DataError("These numbers lie too far apart, or too close together, for a picture.")
    if max(halves) <= ALIKE * min(halves):
        halves = [max(halves)] * 2
    centre = tuple((low + high) / 2 for low, high in ends)
    return Frame((centre[0], centre[1]), (halves[0], halves[1]))


def seen_frame(rows: Triples, standing: Triples) -> Frame:
    """The picture of rows that began as `rows`: wider only where some point lies outside now."""
    begun = frame_of(rows)
    columns = list(zip(*standing, strict=True))[:2]
    inside = [
        low <= min(values) and max(values) <= high
        for values, (low, high) in zip(columns, begun.spans, strict=True)
    ]
    return begun if all(inside) else _about(*(
        (min(*values, low), max(*values, high)) for values, (low, high) in zip(columns, begun.spans, strict=True)
    ))  # fmt: skip


@computed_once(64)
def features_scene(rows: Triples, standing: Standing | None = None, *, named: Headings = PLACED) -> Scene:
    """The scene for rows that begin as `rows`, one at least, with the best line of those that are `standing`.

    The columns are so `named`.

    The scene's identity leaves out what is standing. Raises DataError where no picture can be made of the numbers.
    """
    frame, now = frame_of(rows), standing or Standing(rows)
    seen = seen_frame(rows, now.rows)
    start = _start(frame)
    best = _best(now)
    still: tuple[Condition, ...] = (
        is_at("data_drawn", 1.0),
        is_at(SHRINKING, now.shrinking),
    )
    fresh: tuple[Condition, ...] = tuple(
        is_at(name, value) for name, value in start.items() if name in ("w1", "w2", "w0")
    )
    return Scene(
        id=identity_of(("features", rows, *(() if named == PLACED else (named,)))),
        page="features",
        title="Two classes in a plane of two features, and a line between them",
        url={"tab": "features", **dict.fromkeys(("loss", "scale", "rate", "steps", "step"))},
        controls=(
            *_line_controls(frame, seen, start),
            shrinking_control(),
            *_asked(frame, start, named),
        ),
        tape=features_tape(seen),
        panels=(_panel(len(rows), seen, best, still, named),),
        readouts=readouts(_best_words(best, still)),
        sentence=sentence(fresh, seen.alike),
        toggles=(
            Toggle(name=DISTANCES, label="Distances", help="From each point to the line, with a sign"),
            Toggle(
                name=ASK, label="Ask a point", on=True, help="What the line says of a place that you choose"
            ),
            Toggle(name=BEST, label="Best line", help="The line with the least J"),
        ),
        columns=_columns(rows, now.rows, seen, named),
        story=story(),
    )


def _columns(rows: Triples, now: Triples, frame: Frame, named: Headings) -> Columns:
    """The points; a tap on one turns its class."""
    common: dict[str, Any] = {"value": 0.0, "role": "f", "place": "rows", "url": False}
    places = (
        Control(name=letter, label=heading.title, min=-FARTHEST, max=FARTHEST, **axis_digits(span), **common)
        for letter, heading, span in zip(CLASSED, named, frame.spans, strict=False)
    )
    label = Control(
        name=CLASSED[-1],
        label=named[-1].title,
        min=0.0,
        max=1.0,
        values=(0.0, 1.0),
        step=1.0,
        decimals=0,
        **common,
    )
    return Columns(
        name="data",
        count=COUNT,
        panel="data",
        cells=(*places, label),
        flips=CLASSED[-1],
        start=tuple(np.array(rows, dtype=np.float64).T),
        drawn=None if now == rows else tuple(np.array(now, dtype=np.float64).T),
        live=True,
        most=MOST_LIVE,
        linked=MOST_LINKED,
        lost=LOST,
        before=features_passes(),
    )


def _best(standing: Standing) -> Plane | str:
    """The plane with the least J, or why there is none."""
    try:
        return logistic_plane(standing.rows, standing.shrinking)
    except DataError as error:
        return str(error)


def _best_words(best: Plane | str, still: tuple[Condition, ...]) -> tuple[Case, ...]:
    later = Case("follows when you let go")
    if isinstance(best, str):
        return Case(best, still), later
    w1, w2, w0, loss = (said(value) for value in (best.w1, best.w2, best.w0, best.loss))
    return Case(f"w = ({w1}, {w2}), w₀ = {w0}, J = {loss}", still), later


def said(value: float, digits: int = 5) -> str:
    """A number with a true minus sign; what a fit leaves of 0 is 0."""
    return significant_text(0.0 if abs(value) < NOTHING else value, digits)


NOTHING = 1e-12


def _start(frame: Frame) -> dict[str, float]:
    """A line straight up near the middle, and the point that is asked about at its right."""
    (a, e), (g, h) = frame.centre, frame.halves
    w1 = float(f"{FIRST_STEEP / g:.2g}")
    return {
        "w1": w1,
        "w2": 0.0,
        "w0": float(f"{-w1 * (a + ASIDE * g):.4g}"),
        "p1": float(f"{a + 0.5 * g:.3g}"),
        "p2": float(f"{e + 0.5 * h:.3g}"),
    }


def _line_controls(frame: Frame, seen: Frame, start: dict[str, float]) -> tuple[Control, ...]:
    """They reach as far as the data ask that were begun with, and are held in the picture that is `seen`."""
    grip = Handle(
        panel="data",
        at=("grip_x", "grip_y"),
        moves={"x": "w0", "y": "w0"},
        by=moved(),
        label="moves the line",
    )
    turn = Handle(
        panel="data",
        at=("turn_x", "turn_y"),
        moves={"x": "w1", "y": "w2"},
        by=turned(seen),
        label="turns the line",
    )
    tip = Handle(
        panel="data", at=("tip_x", "tip_y"), moves={"x": "w2", "y": "w1"}, by=steepened(seen), shape="ring",
        label="the tip of w: pulled in, w gets longer and the change steeper",
    )  # fmt: skip
    farthest = [max(abs(c) + h, 1e-300) for c, h in zip(frame.centre, frame.halves, strict=True)]
    most = [short(STEEPEST / h) for h in frame.halves]
    far = short(sum(m * f for m, f in zip(most, farthest, strict=True)))
    found = []
    for k, (name, handle) in enumerate((("w1", turn), ("w2", tip))):
        digits = axis_digits((-10 / frame.halves[k], 10 / frame.halves[k]))
        found.append(
            Control(
                name=name, label=f"w{'₁₂'[k]}", min=-most[k], max=most[k], value=start[name], role="slope",
                place="rail", handle=handle, quantum=_fine(1e-4 / farthest[k]), **digits,
            )
        )  # fmt: skip
    found.append(
        Control(
            name="w0", label="w₀", min=-far, max=far, value=start["w0"], role="slope", place="rail", handle=grip,
            quantum=1e-4, step=0.1, decimals=2,
        )
    )  # fmt: skip
    return tuple(found)


def _fine(size: float) -> float:
    """The power of ten that is not above it."""
    return 10.0 ** math.floor(math.log10(size))


def _asked(frame: Frame, start: dict[str, float], named: Headings) -> tuple[Control, Control]:
    handle = Handle(
        panel="data", at=("p1", "p2"), moves={"x": "p1", "y": "p2"}, shape="ring", letter="?",
        label="the point that you ask about", toggle=ASK,
    )  # fmt: skip
    first, second = (
        Control(
            name=name, label=f"{heading.name} of ?", min=short(low - (high - low)), max=short(high + (high - low)),
            value=start[name], role="ink", place="rail", toggle=ASK, handle=handle if name == "p1" else None,
            **axis_digits((low, high)),
        )
        for name, heading, (low, high) in zip(("p1", "p2"), named, frame.spans, strict=False)
    )  # fmt: skip
    return first, second


def _panel(
    count: int, frame: Frame, best: Plane | str, still: tuple[Condition, ...], named: Headings
) -> Panel:
    """The colouring, the line, w on it, and the points with what lies between them and the line."""
    at = dict(zip("xy", map(Expression.variable, CLASSED), strict=False))
    far, label, wrong = row_distance(), Expression.variable(CLASSED[-1]), wrong_side()
    steps = marks.EachRow(
        shape="segments", tape=of_each_row(**at, across=far["foot_x"], to=far["foot_y"]), role="step",
        toggle=DISTANCES, **thin(count, 2.0),
    )  # fmt: skip
    # Among many no number has room.
    numbers: tuple[marks.AnyMark, ...] = (
        ()
        if count > MANY
        else (
            marks.EachRow(
                shape="numbers",
                tape=of_each_row(**at, to=far["away"]),
                role="step_text",
                size=theme.TICK_SIZE,
                toggle=DISTANCES,
            ),
        )
    )

    def some(shape: Literal["dots", "rings"], of: Expression, role: Role, size: float) -> marks.EachRow:
        """Those points for which that is 1."""
        chosen = parse("{o > 0.5: a}", ("o", "a")).substitute({"o": of, "a": at["x"]})
        return marks.EachRow(shape=shape, tape=of_each_row(x=chosen, y=at["y"]), role=role, size=size)

    dot = dot_size(count)
    points = (some("rings", 1.0 - label, "f", dot), some("dots", label, "f", dot))
    ends: tuple[marks.Place, marks.Place] = ("enda1_x", "enda1_y"), ("endb1_x", "endb1_y")
    drawn: list[marks.AnyMark] = [
        *_colouring(),
        *_best_line(frame, best, still),
        steps,
        marks.Segment(
            from_=("p1", "p2"), to=("ask_x", "ask_y"), role="step", width=2, dash="dash", toggle=ASK
        ),
        marks.Segment(from_=ends[0], to=ends[1], role="slope", width=4),
        marks.Arrow(from_=("grip_x", "grip_y"), to=("tip_x", "tip_y"), role="gradient", width=3),
        some("rings", wrong, "ink", dot + WRONG),
        *points,
        *_at_the_tip(frame),  # after the points: its words leave them free
        *numbers,
    ]
    equal: dict[str, Any] = {"scaleanchor": "x", "scaleratio": 1, "constrain": "range"} if frame.alike else {}
    layout = theme.layout(
        (10, 16, 40, 64),
        xaxis=theme.axis(named[0].title, frame.spans[0], **({"constrain": "range"} if equal else {})),
        yaxis=theme.axis(named[1].title, frame.spans[1], **equal),
    )
    return Panel(
        name="data",
        label="The points in the plane of their two features, with the line between the classes",
        figure=Picture((), layout),
        marks=tuple(drawn),
        height=520,
        height_narrow=330,
        apart=True,
    )


def _at_the_tip(frame: Frame) -> list[marks.AnyMark]:
    """What the arrow is, where it looks as w does, and where its tip stands."""
    name, here = "w" if frame.alike else "", "σ = 0.9"
    told = ((f"{name}: {here}" if name else here, AT_SURE), (name, SURE_IS_NEARER), (name, SURE_IS_FARTHER))
    return [
        marks.Label(at=("tip_x", "tip_y"), text=text, anchor="middle", offset=(0, 34), when=(when,))
        for text, when in told
        if text
    ]


AT_SURE: Condition = is_within("sure", NEAR, LONGEST)
SURE_IS_NEARER: Condition = is_below("sure", NEAR)
SURE_IS_FARTHER: Condition = is_above("sure", LONGEST)


def _colouring() -> list[marks.AnyMark]:
    """One tint upon another, the surer the deeper: of class 1 on its side, grey on the other."""
    found: list[marks.AnyMark] = []
    for k in range(len(BANDS)):
        for name, role in (("one", "f"), ("zero", "guide")):
            corners = tuple((f"{name}{k}_{corner}_x", f"{name}{k}_{corner}_y") for corner in range(4))
            found.append(marks.Region(points=corners, role=role, opacity=TINT))  # type: ignore[arg-type]
    return found


def _best_line(frame: Frame, best: Plane | str, still: tuple[Condition, ...]) -> list[marks.AnyMark]:
    """Where the best plane is 0, right across the picture."""
    if isinstance(best, str):
        return []
    (a, e), (g, h) = frame.centre, frame.halves
    across, up = best.w1 * g, best.w2 * h
    steep = math.hypot(across, up)
    if not steep > FLAT:
        return []
    n, m = across / steep, up / steep
    shift = -(best.w1 * a + best.w2 * e + best.w0) / steep
    ends = [(a + g * (shift * n - t * m), e + h * (shift * m + t * n)) for t in (-FAR, FAR)]
    if not all(math.isfinite(value) for end in ends for value in end):
        return []
    return [
        marks.Segment(from_=ends[0], to=ends[1], role="ink", width=2, dash="dash", toggle=BEST, when=still)
    ]


FLAT = 1e-6
"""A best plane that rises less than so over half of the picture has no line worth drawing."""
