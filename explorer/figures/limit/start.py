"""Where the two points of the limit page stand first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import analyse, span_of, within
from explorer.figures.limit.quotient import first_h
from explorer.numeric import Analysis, CriticalKind, Window, values

SHORTER = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
NOT_SHORT = 4
"""First steps that are tried, as parts of the usual one; for what is only better, so many of them."""


@dataclass(frozen=True)
class Start:
    """The first point and the first step from it."""

    x0: float
    h: float


def start_for(
    f: Expression,
    window: Window,
    x0: float | None = None,
    suits: Iterable[Callable[[float, float], bool]] = (),
) -> Start:
    """At `x0` if that is in the picture; else at a round place, both points on one unbroken piece of the curve.

    The longest step is taken for which there is such a place, with at most one extremum on the way. What both points
    also should be `suits` says, best first: it yields where steps would have to be very short.
    """
    usual = first_h(window)
    if x0 is not None and within(x0, window):
        return Start(x0, usual)
    left, right = window.x
    analysis = analyse(f, span_of(f, window))
    wishes = [(wish, SHORTER[:NOT_SHORT]) for wish in suits]
    for wish, parts in (*wishes, (lambda x, second: True, SHORTER)):
        for h in (usual * part for part in parts):
            for x in _round_places(left, right):
                if x + h <= right and wish(x, x + h) and _joined(f, analysis, window, x, h):
                    return Start(x, h)
    places = list(_round_places(left, right))
    return Start(next((x for x in places if np.isfinite(values(f, x))), places[0]), usual)


def _round_places(left: float, right: float) -> Iterator[float]:
    """Round numbers from left to right, those near the first third before the others, the roundest first."""
    wanted = left + 0.4 * (right - left)
    coarse = 10.0 ** math.floor(math.log10((right - left) / 4))
    for step in (coarse, coarse / 10):
        near = np.arange(math.ceil(left / step - 1e-9), math.floor(right / step + 1e-9) + 1) * step
        # The address says −0.3, not −0.30000000000000004.
        yield from sorted((round(float(x), 12) for x in near), key=lambda x: abs(x - wanted))


def _joined(f: Expression, analysis: Analysis, window: Window, x: float, h: float) -> bool:
    """Whether a secant from x to x + h is seen whole and its curve runs unbroken, a little to the left as well."""
    here = values(f, np.array([x, x + h, x + h / 10, x - h / 10]))
    if not (np.isfinite(here).all() and window.y[0] < here[:2].min() and here[:2].max() < window.y[1]):
        return False
    if any(x - h / 10 <= b.x <= x + h for b in analysis.breaks if not b.continuous):
        return False
    turns = [p for p in analysis.critical if p.kind is not CriticalKind.FLAT and x < p.x < x + h]
    return len(turns) <= 1
