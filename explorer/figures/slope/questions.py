"""Questions about a learner's own function of x: a register of kinds, each asked only where its answer is sure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.figures.curve import analyse, span_of, within
from explorer.numeric import (
    Analysis,
    Break,
    BreakKind,
    Description,
    Window,
    derivative_values,
    number_text,
    place_text,
    values,
)
from explorer.numeric.results import Array, Span
from explorer.presets import Challenge, Reason

PLACES = 601
"""So many places of the window are looked at: a kind of question is asked where all of them agree."""

HALVED = 45
"""So many times the space between two of them is halved, to find where a stretch ends."""

MOST_QUESTIONS = 4
MOST_PLACES = 4
NEAR = 0.02
"""How far from a place an answer may be, as a part of the window's width."""

ROUNDED = 1e-12
"""What lies so near to 0, as a part of the window's width, is 0 but for rounding."""

LEAST_SHARE, MOST_SHARE = 0.06, 0.6
"""Stretches that are asked for are neither hard to hit nor nearly everywhere."""

STARTS = (0.35, 0.65, 0.2, 0.8, 0.5, 0.1, 0.9)
"""Where a question may begin, as parts of the window, if the point stands on its answer."""

CLEARLY = 1.5
"""One slope is steeper than another where it is so many times as large."""

CLOSE_BY = (1e-4, 1e-5)
AGREE = 0.01
"""Difference quotients from both sides, so close (in windows), differ from the slope by no larger part than this."""


@dataclass(frozen=True)
class Seen:
    """What is known of f in its window; `slope` is f′ at `x`, NaN where the curve is out of the picture."""

    f: Expression
    window: Window
    start: float
    analysis: Analysis
    x: Array
    y: Array
    slope: Array

    @property
    def width(self) -> float:
        """Of the window."""
        return self.window.x[1] - self.window.x[0]

    @property
    def whole(self) -> bool:
        """Whether the curve has a value and a slope everywhere in the window."""
        return bool(np.isfinite(self.y).all() and np.isfinite(self.slope).all()) and not self.breaks

    @property
    def breaks(self) -> list[float]:
        """Where f has no derivative, within the window."""
        return [b.x for b in self.analysis.breaks if within(b.x, self.window)]

    def told(self, x: float) -> str:
        """A place in words; one that was found as close to 0 as doubles come is 0."""
        return number_text(0.0 if abs(x) < ROUNDED * self.width else x, 3)

    def away(self, places: list[float]) -> float | None:
        """The start, or another round place in the picture, that is no answer already; None where there is none."""
        for x in (self.start, *(round_place(self.window.x, share, self.width) for share in STARTS)):
            height = float(values(self.f, x))
            seen = within(x, self.window) and self.window.y[0] <= height <= self.window.y[1]
            if seen and min(abs(x - place) for place in places) > 3 * NEAR * self.width:
                return x
        return None

    def ask(self, question: str, reveal: str, reasons: tuple[Reason, ...], **more: object) -> Challenge:
        """A challenge about this function, which begins at the start."""
        settings: dict[str, object] = {"control": "x0", "start": self.start} | more
        return Challenge(question, self.f.text, reveal=reveal, reasons=reasons, **settings)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Kind:
    """A kind of question; `ask` gives none where the function has no such question or its answer is not sure."""

    name: str
    ask: Callable[[Seen], Challenge | None]


def seen_of(f: Expression, window: Window, start: float) -> Seen | None:
    """What questions are made of; None where the curve breaks or turns too often to be sure of anything."""
    analysis = analyse(f, span_of(f, window))
    if analysis.description is not Description.ORDINARY or analysis.crowded:
        return None
    x = np.linspace(*window.x, PLACES)
    y, slope = values(f, x), derivative_values(f, x, 1)
    known = np.isfinite(y) & np.isfinite(slope)
    if np.count_nonzero(known) < PLACES // 2 or not within(start, window):
        return None
    return Seen(f, window, start, analysis, x, y, slope)


def made(kinds: tuple[Kind, ...], seen: Seen | None) -> tuple[Challenge, ...]:
    """The questions of these kinds about a function, the first few in the register's order."""
    if seen is None:
        return ()
    asked = (kind.ask(seen) for kind in kinds)
    return tuple(question for question in asked if question is not None)[:MOST_QUESTIONS]


def round_place(span: Span, share: float, width: float) -> float:
    """The place at a share of a span, rounded as suits a picture so wide."""
    step = 10.0 ** math.floor(math.log10(width / 8))
    return round(round((span[0] + share * (span[1] - span[0])) / step) * step, 12) + 0.0


def sure_slope(f: Expression, x: float, width: float) -> float | None:
    """f′(x), where difference quotients from both sides, ever closer, say the same; None where they do not."""
    slope, here = float(derivative_values(f, x, 1)), float(values(f, x))
    if not (math.isfinite(slope) and math.isfinite(here)):
        return None
    for size in CLOSE_BY:
        for h in (size * width, -size * width):
            quotient = (float(values(f, x + h)) - here) / h
            blur = 1e-14 * max(abs(here), 1e-300) / abs(h)
            if not abs(quotient - slope) <= AGREE * abs(slope) + blur + AGREE * size:
                return None
    return slope


def _listed(places: list[float]) -> str:
    texts = [place_text(x) for x in places]
    return texts[0] if len(texts) == 1 else ", ".join(texts[:-1]) + " and " + texts[-1]


def _flat(seen: Seen) -> Challenge | None:
    """A place with slope 0, where the grid's changes of sign are as many as the critical points that are known."""
    flat = [p for p in seen.analysis.critical if within(p.x, seen.window)]
    turns = int(np.count_nonzero(np.diff(np.sign(seen.slope[seen.slope != 0])) != 0))
    level = any(sign == 0 for _, _, sign in seen.analysis.monotone)
    sure = seen.whole and not level and all(p.smooth and not p.wild for p in flat)
    turning = [p for p in flat if p.kind.value != "flat"]
    if not sure or not 1 <= len(flat) <= MOST_PLACES or turns != len(turning):
        return None
    places = [p.x for p in flat]
    start = seen.away(places)
    if start is None:
        return None
    return seen.ask(
        "Find a place where the curve is flat: slope 0.",
        f"At x = {_listed(places)}: the tangent is level.",
        (
            Reason("the tangent is level there, so its slope is 0", right=True),
            Reason(
                "the curve crosses zero there", says="That is its height. What counts is how steep it is."
            ),
            Reason("the curve is at its steepest there", says="The other way round: steep is far from flat."),
        ),
        start=start,
        places=tuple((x, x) for x in places),
        tolerance=NEAR * seen.width,
    )


Holds = Callable[[Array, Array], NDArray[np.bool_]]
"""What is asked for, of heights and slopes."""


def _stretches(seen: Seen, holds: Holds) -> tuple[tuple[float, float], ...]:
    """The stretches on which it holds: each as long as it is, not from one place of the grid to another."""
    wanted = holds(seen.y, seen.slope)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wanted, [False]]).astype(int)))
    last = seen.x.size - 1

    def end(inside: int, outside: int) -> float:
        return _edge(seen, holds, seen.x[inside], seen.x[min(max(outside, 0), last)])

    return tuple((end(a, a - 1), end(b - 1, b)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _edge(seen: Seen, holds: Holds, inside: float, outside: float) -> float:
    """Where it ceases to hold between two places, the last one known to be still inside."""
    for _ in range(HALVED):
        middle = (inside + outside) / 2
        if holds(values(seen.f, middle), derivative_values(seen.f, middle, 1)):
            inside = middle
        else:
            outside = middle
    return float(inside)


def _signs(above: bool) -> Callable[[Seen], Challenge | None]:
    """Above zero and falling, or below zero and rising."""

    def ask(seen: Seen) -> Challenge | None:
        side = 1.0 if above else -1.0

        def holds(y: Array, slope: Array) -> NDArray[np.bool_]:
            return (side * y > 0) & (side * slope < 0)

        wanted = holds(seen.y, seen.slope)
        places = _stretches(seen, holds)
        share = float(np.mean(wanted))
        here = bool(np.interp(seen.start, seen.x, wanted.astype(float)) > 0)
        if not seen.whole or not LEAST_SHARE <= share <= MOST_SHARE or len(places) > MOST_PLACES or here:
            return None
        if any(high - low < NEAR * seen.width for low, high in places):
            return None
        words = ("above zero and yet falling", "above") if above else ("below zero and yet rising", "below")
        sign, other = ("negative", "rises") if above else ("positive", "falls")
        said = " and ".join(f"from {seen.told(low)} to {seen.told(high)}" for low, high in places)
        return seen.ask(
            f"Where is the curve {words[0]}? Leave the point there.",
            f"About {said}, in this picture: there the curve is {words[1]} zero, and its slope is {sign}.",
            (
                Reason(
                    f"its height and its slope have different signs there: the slope is {sign}", right=True
                ),
                Reason(
                    f"a curve {words[1]} zero always {other}",
                    says="The height says nothing of which way it goes.",
                ),
                Reason("the slope is the height at that point", says="A height and a slope are two things."),
            ),
            places=places,
            tolerance=seen.width / PLACES,
        )

    return ask


def _steepest(seen: Seen) -> Challenge | None:
    """The steepest way down within the window, where it is one place and no wide stretch."""
    if not seen.whole:
        return None
    low, high = float(seen.slope.min()), float(seen.slope.max())
    wanted = seen.slope <= low + 0.02 * (high - low)
    places = _stretches(seen, lambda _, slope: slope <= low + 0.02 * (high - low))
    shown = (seen.y[wanted] >= seen.window.y[0]) & (seen.y[wanted] <= seen.window.y[1])
    if (
        low >= 0
        or len(places) != 1
        or np.mean(wanted) > 0.2
        or not shown.all()
        or -low < CLEARLY * abs(high) * 0.2
    ):
        return None
    at = float(seen.x[int(np.argmin(seen.slope))])
    start = seen.away([x for stretch in places for x in stretch])
    if start is None:
        return None
    return seen.ask(
        "Where in this picture does the curve fall most steeply?",
        f"Near x = {seen.told(at)}: its slope is lowest there, about {number_text(low, 3)}.",
        (
            Reason("f′ is lowest there, and negative", right=True),
            Reason(
                "the curve is lowest there", says="Lowest is about the height. Steepest is about the slope."
            ),
            Reason("f′ is closest to 0 there", says="There the curve is nearly flat."),
        ),
        start=start,
        places=places,
        tolerance=NEAR * seen.width,
    )


def _corner(seen: Seen) -> Challenge | None:
    """A place without a slope on a curve that runs on, where all breaks are of that sort."""
    sharp = [b for b in seen.analysis.breaks if within(b.x, seen.window)]
    kinds = {BreakKind.CORNER, BreakKind.CUSP}
    if not 1 <= len(sharp) <= MOST_PLACES or any(b.kind not in kinds for b in sharp):
        return None
    places = [b.x for b in sharp]
    start = seen.away(places)
    if start is None or not np.isfinite(seen.y).all():
        return None
    said, why = _sides(sharp)
    return seen.ask(
        "Find a place where the curve has no slope, though it runs on.",
        f"At x = {_listed(places)}: {said}.",
        (
            Reason(why, right=True),
            Reason("the slope is 0 there", says="0 is a slope: that of a level tangent. Here there is none."),
            Reason("the curve is not defined there", says="It has a value there: only the slope is missing."),
        ),
        start=start,
        places=tuple((x, x) for x in places),
        tolerance=NEAR * seen.width,
    )


def _sides(sharp: list[Break]) -> tuple[str, str]:
    """What the two sides of such places do, and why that leaves no slope: an upright side has none itself."""
    upright = [math.isinf(b.left_slope) + math.isinf(b.right_slope) for b in sharp]
    if all(count == 0 for count in upright):
        return (
            "from the left it arrives with another slope than it leaves with to the right",
            "the two sides have different slopes, and no number is both",
        )
    if all(count == 2 for count in upright):
        return (
            "a spike, on whose two sides the curve stands more and more upright, once down and once up",
            "its steepness grows without bound on both sides, and no number is as large as that",
        )
    if all(count == 1 for count in upright):
        return (
            "on one side it has a slope, and on the other it stands more and more upright",
            "one side has a slope and the other has none: no number suits both",
        )
    return ("there the two sides do not go the same way", "no number is the slope on both sides")


def _steeper(seen: Seen) -> Challenge | None:
    """Which of two places is steeper, the higher one being the other."""
    found = {}
    for share in (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85):
        x = round_place(seen.window.x, share, seen.width)
        slope, height = sure_slope(seen.f, x, seen.width), float(values(seen.f, x))
        if slope is not None and seen.window.y[0] <= height <= seen.window.y[1] and within(x, seen.window):
            found[x] = (slope, height)
    pairs = [
        (a, b)
        for a, (steep, low) in found.items()
        for b, (calm, high) in found.items()
        if abs(steep) > CLEARLY * abs(calm)
        and high > low
        and abs(steep) * seen.width > 0.2 * (seen.window.y[1] - seen.window.y[0])
    ]
    if not pairs:
        return None
    a, b = max(pairs, key=lambda pair: min(abs(pair[0] - pair[1]), 0.4 * seen.width))
    one, other = place_text(a), place_text(b)
    steep, calm = number_text(found[a][0], 3), number_text(found[b][0], 3)
    return seen.ask(
        f"Where is the curve steeper, up or down: at x = {one} or at x = {other}?",
        f"At x = {one}: the slope there is {steep}, at x = {other} it is {calm}. What counts is the size.",
        (
            Reason("what counts is how fast the height changes, whichever way", right=True),
            Reason(
                "the curve is higher there, and higher is steeper",
                says="How high it is, and how steep, are two things.",
            ),
            Reason(
                "the curve has the same formula at both", says="One formula, and at each place its own slope."
            ),
        ),
        choices=(f"at x = {one}", f"at x = {other}", "equally steep"),
        hints=(
            "Not yet: lay a ruler along the curve at both. Which one is more tilted?",
            "Not yet: lay a ruler along the curve at both. Are they tilted alike?",
        ),
        shows=(("x0", a),),
    )


def _same_side(slope: float, off: float) -> Holds:
    return lambda _, other: (other - slope) * off > 0


def _equal(seen: Seen) -> Challenge | None:
    """Another place with the same slope as at the first, where there are few and the grid knows them all."""
    slope = sure_slope(seen.f, seen.start, seen.width)
    if slope is None or not seen.whole:
        return None
    spread = float(seen.slope.max() - seen.slope.min())
    off = seen.slope - slope
    crossed = np.flatnonzero(off[:-1] * off[1:] <= 0)
    if spread == 0 or not 2 <= len(crossed) <= MOST_PLACES or abs(slope) < 0.02 * spread:
        return None
    at = [_edge(seen, _same_side(slope, off[k]), seen.x[k], seen.x[k + 1]) for k in crossed]
    others = [x for x in at if abs(x - seen.start) > 0.1 * seen.width]
    # A slope that is nearly met on a wide stretch has no one place.
    narrow = np.mean(np.abs(off) < 0.02 * spread) < 0.1
    inside = all(seen.window.y[0] <= float(values(seen.f, x)) <= seen.window.y[1] for x in others)
    if len(others) != len(at) - 1 or not others or not narrow or not inside:
        return None
    return seen.ask(
        f"Find another place with the same slope as at x = {place_text(seen.start)}.",
        f"Near x = {', '.join(map(seen.told, others))}: the two tangents have the same direction there.",
        (
            Reason("the tangents are parallel: f′ has the same value at both", right=True),
            Reason("the curve has the same height at both", says="Equal heights are not yet equal slopes."),
            Reason(
                "it lies as far on the other side of 0", says="That holds for some curves, and not by itself."
            ),
        ),
        places=tuple((x, x) for x in others),
        tolerance=NEAR * seen.width,
        tangent_at=seen.start,
    )


SLOPE_KINDS = (
    Kind("above zero, yet falling", _signs(above=True)),
    Kind("a corner", _corner),
    Kind("flat", _flat),
    Kind("which is steeper", _steeper),
    Kind("equal slopes", _equal),
    Kind("the steepest way down", _steepest),
    Kind("below zero, yet rising", _signs(above=False)),
)
"""The kinds of question about slopes."""


def slope_questions(f: Expression, window: Window, start: float) -> tuple[Challenge, ...]:
    """The questions about the slopes of a learner's own function."""
    return made(SLOPE_KINDS, seen_of(f, window, start))
