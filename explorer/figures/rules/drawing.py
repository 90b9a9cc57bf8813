"""What the picture of a rule of differentiation is, and how its axes are chosen."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.conditions import Condition, Quantity, is_known
from explorer.expression import Expression
from explorer.increments import Increment, Tone
from explorer.scene import marks, theme
from explorer.scene.marks import AnyMark
from explorer.scene.theme import Role

ROLES: Mapping[Tone, Role] = {
    "first": "f",
    "second": "partial_y",
    "third": "slope",
    "fourth": "gradient",
    "fifth": "fifth",
    "sixth": "sixth",
    "vanishing": "step",
}
ROOM = 0.28
"""Beyond what is drawn a picture goes on for this part of it."""
FINER = 8.0
"""A picture so many times narrower than the window is drawn from samples of its own."""
UNIT = 1.0
_NAMED = re.compile(r"\{(\w+):")
"""A quantity whose number stands in a text."""
LONGEST, REACH = "longest", "reach"
"""A drawing with a lens has the quantity LONGEST, and others in the variable REACH: below that it magnifies."""

Span = tuple[float, float]
Values = Mapping[str, float]


@dataclass(frozen=True)
class Drawing:
    """A rule's picture: its marks, the quantities that they need besides the common ones, and its axes.

    The spans are None where they are to hold the marks' own places, as these stand, with `beside` free left of them (in
    parts of what is held). `drawn_finely` draws the still curve over a span of x.
    """

    label: str
    marks: tuple[AnyMark, ...]
    quantities: Mapping[str, Expression] = field(default_factory=dict)
    x: Span | None = None
    y: Span | None = None
    holds: tuple[tuple[Quantity, Quantity], ...] = ()
    beside: float = 0.6 * ROOM
    equal: bool = False
    x_axis: Mapping[str, Any] = field(default_factory=dict)
    y_axis: Mapping[str, Any] = field(default_factory=dict)
    x_label: str = ""
    y_label: str = ""
    traces: tuple[Mapping[str, Any], ...] = ()
    drawn_finely: Callable[[Span], tuple[Mapping[str, Any], ...]] | None = None

    def traces_over(self, x: Span, window: Span) -> tuple[Mapping[str, Any], ...]:
        """What stands still, as finely as a picture needs that is much narrower than the window."""
        width = x[1] - x[0]
        if self.drawn_finely is None or FINER * width > window[1] - window[0]:
            return self.traces
        return self.drawn_finely((x[0] - 2 * width, x[1] + 2 * width))


def roles(increment: Increment) -> tuple[Role, ...]:
    """The colour of each piece."""
    return tuple(ROLES[piece.tone] for piece in increment.pieces)


def label(
    at: tuple[Quantity, Quantity],
    text: str,
    role: Role = "ink",
    anchor: Any = "middle",
    offset: Any = (0.0, 0.0),
    *,
    when: tuple[Condition, ...] = (),
    level: bool = False,
) -> marks.Label:
    """A word or number of the picture, left out where the number has no value."""
    known = tuple(is_known(name) for name in _NAMED.findall(text))
    return marks.Label(
        at=at, text=text, role=role, anchor=anchor, offset=offset, when=(*when, *known), level=level
    )


def area(
    from_: tuple[Quantity, Quantity],
    to: tuple[Quantity, Quantity],
    role: Role,
    opacity: float,
    text: str = "",
) -> tuple[AnyMark, ...]:
    """A rectangle, with words in it: in ink, for on its own colour that colour is hard to read."""
    words = (marks.Inscription(from_=from_, to=to, role="ink", text=text),) if text else ()
    return marks.Area(from_=from_, to=to, role=role, opacity=opacity), *words


def sum_of(increment: Increment, count: int) -> Expression:
    """What the first pieces add up to."""
    total = Expression.number(0.0)
    for piece in increment.pieces[:count]:
        total = total + piece.value
    return total


def axes_of(drawing: Drawing, values: Values) -> tuple[Span, Span]:
    """The spans of a picture's axes in which what it draws stands whole, with room around it."""

    def seen(place: Quantity) -> float:
        return float(place) if isinstance(place, (int, float)) else values.get(place, math.nan)

    def span(fixed: Span | None, places: list[float], before: float) -> Span:
        if fixed is not None:
            return fixed
        known = [place for place in places if math.isfinite(place) and abs(place) < 1e12]
        low, high = (min(known), max(known)) if known else (-1.0, 1.0)
        size = high - low
        if size <= 1e-9 * max(1.0, abs(high)):
            size, low, high = UNIT, low - UNIT / 2, high + UNIT / 2
        return low - before * size, high + ROOM * size

    return (
        span(drawing.x, [seen(place[0]) for place in drawing.holds], drawing.beside),
        span(drawing.y, [seen(place[1]) for place in drawing.holds], 0.6 * ROOM),
    )


def layout_of(drawing: Drawing, spans: tuple[Span, Span]) -> dict[str, Any]:
    """The still layout under a drawing's marks."""
    equal = {"scaleanchor": "x", "scaleratio": 1, "constrain": "range"} if drawing.equal else {}
    return theme.layout(
        xaxis=theme.axis(drawing.x_label, spans[0], **drawing.x_axis),
        yaxis=theme.axis(drawing.y_label, spans[1], **{"automargin": "left", **equal, **drawing.y_axis}),
    )
