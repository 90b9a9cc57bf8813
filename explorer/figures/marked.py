"""Which places of a curve are marked, on it and under the track of its control: of each kind all, or it is said."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np

from explorer.figures.curve import LOST, Trace, as_shown, within
from explorer.numeric import Analysis, BreakKind, CriticalKind, Window
from explorer.scene.scene import MarkedValue

SYMBOL = {
    CriticalKind.MINIMUM: "star",
    CriticalKind.MAXIMUM: "triangle-up",
    CriticalKind.FLAT: "x",
}
CRITICAL_LABEL = {CriticalKind.MINIMUM: "min", CriticalKind.MAXIMUM: "max", CriticalKind.FLAT: "flat"}
BREAK_LABEL = {
    BreakKind.POLE: "pole",
    BreakKind.JUMP: "jump",
    BreakKind.HOLE: "hole",
    BreakKind.CORNER: "corner",
    BreakKind.CUSP: "cusp",
    BreakKind.VERTICAL_TANGENT: "vertical",
    BreakKind.DOMAIN_EDGE: "edge",
    BreakKind.OSCILLATION: "wild",
    BreakKind.ISOLATED: "point",
}

MOST_MARKS, MOST_BESIDE = 40, 24
"""So many places are marked in the window, and on either side of it as far as equal scales may show more."""
BESIDE = 0.5
"""Equal scales show so much more than the window on either side, in parts of its width."""
FEW_MARKS = 12
"""So few are marked however close they stand."""
LEAST_GAP = 60
"""A place with more than one neighbour within this part of the window stands in a crowd."""
MOST_CROWD = 1 / 3
"""Where the crowds of a kind reach over more than this part of the window, it is too many as a whole."""
SAME = 1e-9
"""Places closer than this part of the window are one."""


_Row = tuple[float, str, str]
"""A place, its label and its symbol."""


class _Placed(Protocol):
    @property
    def x(self) -> float: ...


P = TypeVar("P", bound=_Placed)


@dataclass(frozen=True)
class Marked:
    """The marked places in increasing order, and the kinds of which not all in the window are marked."""

    places: tuple[MarkedValue, ...]
    incomplete: tuple[str, ...]

    @property
    def word(self) -> str:
        """What is said of places that are not marked; empty where all are."""
        return (
            f"Too many to mark each: {', '.join(self.incomplete)}. Zoom in to see more."
            if self.incomplete
            else ""
        )

    @property
    def symbols(self) -> dict[float, str]:
        """What each place is marked as."""
        return {place.value: place.symbol for place in self.places if isinstance(place.value, float)}


@lru_cache(maxsize=128)
def marked_places(analysis: Analysis, window: Window) -> Marked:
    """The places that a control reaches exactly, in the window and beside it: breaks, extrema, inflections, zeros.

    A place that is two things (a corner that is a minimum) stands once, under its first name. Of breaks that are too
    many those are marked that are far from each other. Any other kind is marked as a whole or, where it is too many
    together with those before it, not at all; but places in one crowd, as of sin(1/x) near 0, are left out by
    themselves. Beside the window of a kind the same is marked as in it.
    """
    window = as_shown(window)
    kinds: dict[str, list[_Row]] = {
        "breaks": [
            (b.x, BREAK_LABEL[b.kind], "corner" if b.kind in LOST else "break") for b in analysis.breaks
        ],
        "extrema": [(p.x, CRITICAL_LABEL[p.kind], p.kind.value) for p in analysis.critical],
        "inflections": [(p.x, "inflection", "inflection") for p in analysis.inflections],
        "zeros": [(x, "", "zero") for x in analysis.zeros],
    }
    (left, right), gap = window.x, (window.x[1] - window.x[0]) / LEAST_GAP
    beyond = BESIDE * (right - left)
    stretches = (
        (left, right, MOST_MARKS),
        (left - beyond, math.nextafter(left, -math.inf), MOST_BESIDE),
        (math.nextafter(right, math.inf), right + beyond, MOST_BESIDE),
    )
    known: list[float] = []
    chosen: list[_Row] = []
    incomplete = []
    for kind, rows in kinds.items():
        new = _new(rows, known, SAME * (right - left))
        known = sorted([*known, *(row[0] for row in new)])
        apart = (
            new if kind == "breaks" else _apart(new, (analysis.window[0], *known, analysis.window[1]), gap)
        )
        for low, high, most in stretches:
            here = [row for row in apart if low <= row[0] <= high]
            crowded = [row[0] for row in new if low <= row[0] <= high and row not in here]
            if crowded and crowded[-1] - crowded[0] > MOST_CROWD * (right - left):
                continue
            room = most - sum(low <= row[0] <= high for row in chosen)
            if len(here) <= room:
                chosen += here
            elif kind == "breaks":
                chosen += _spread(here, room)
        if any(within(row[0], window) for row in new if row not in chosen):
            incomplete.append(kind)
    return Marked(tuple(MarkedValue(*row) for row in sorted(chosen)), tuple(incomplete))


def _new(rows: Iterable[_Row], known: Sequence[float], close: float) -> list[_Row]:
    """Those that are not known under another name, in increasing order."""
    found: list[_Row] = []
    for row in sorted(rows):
        at = bisect_left(known, row[0])
        near = [*known[max(at - 1, 0) : at + 1], *(one[0] for one in found[-1:])]
        if all(abs(row[0] - x) > close for x in near):
            found.append(row)
    return found


def _apart(rows: list[_Row], known: Sequence[float], gap: float) -> list[_Row]:
    """Those with one neighbour at most within the gap, of all that is `known` in increasing order, and its ends."""
    if len(known) <= FEW_MARKS:
        return rows
    return [row for row in rows if bisect_right(known, row[0] + gap) - bisect_left(known, row[0] - gap) <= 2]


def _spread(rows: list[_Row], most: int) -> list[_Row]:
    """So many of them, one after the other the farthest from those that are there already."""
    places = np.array([row[0] for row in rows])
    room = np.minimum(places - places[0], places[-1] - places)
    taken = []
    for _ in range(most):
        k = int(np.argmax(room))
        taken.append(rows[k])
        room = np.minimum(room, np.abs(places - places[k]))
    return taken


def told(places: Sequence[P], marked: Marked, window: Window, most: int) -> tuple[P, ...]:
    """So many places with words of their own, in increasing order: marked ones first, those near the middle first."""
    middle, symbols = sum(window.x) / 2, marked.symbols
    first = sorted(places, key=lambda place: (place.x not in symbols, abs(place.x - middle)))[:most]
    return tuple(sorted(first, key=lambda place: place.x))


def critical_trace(analysis: Analysis, window: Window, toggle: str = "") -> Trace:
    """★ ▲ ✕ on the extrema and flat places, ◇ on the inflections: yellow, outlined in ink; those that are marked."""
    symbols = marked_places(analysis, window).symbols
    points = [(p.x, p.y, SYMBOL[p.kind]) for p in analysis.critical if p.x in symbols]
    points += [(p.x, p.y, "diamond") for p in analysis.inflections if symbols.get(p.x) == "inflection"]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([p[0] for p in points], dtype=float),
        "y": np.array([p[1] for p in points], dtype=float),
        "marker": {
            "symbol": [p[2] for p in points],
            "size": [15 if p[2] == "star" else 12 for p in points],
            "color": "$critical",
            "opacity": 1,
            "line": {"color": "$ink", "width": 1.5},
        },
        "hoverinfo": "skip",
        "meta": {"toggle": toggle} if toggle else {},
    }
