"""The curve under a small wave: sin x + 0.01 sin 50x is a sine, and the whole of it comes before a detail."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from explorer.expression import Expression
from explorer.numeric.calculus import values
from explorer.numeric.refine import grid
from explorer.numeric.results import Array

__all__ = ["Places", "under_ripples"]

RIPPLE = 0.04
"""A wave is a ripple where it is no higher than this part of the curve's height."""

ASIDE = 1 / 3
"""What happens on a curve under ripples begins no farther from where the curve does, in parts of the half-width."""

POINTS = 4001
STEEP = 12.0
"""A curve that is so many times as high as the bulk of it has a pole, or grows so fast that nothing is a ripple."""

Places = list[tuple[float, float]]
"""(x, y) of what happens on a curve, nearest to the origin first."""


def under_ripples(f: Expression, halves: Iterable[float], most: int) -> tuple[float, Places] | None:
    """The half-width in which most is seen of f, and where it turns and crosses zero; None where all of it is waves.

    But for ripples f turns at most so often there. From too far away x³ − x is one line through 0, and its hills are
    ripples too.
    """
    found = []
    for half in halves:
        x = grid(-half, half, POINTS)
        y = values(f, x)
        x, y = x[np.isfinite(y)], y[np.isfinite(y)]
        if len(y) < POINTS / 4:
            continue
        height = float(np.subtract(*np.quantile(y, [0.95, 0.05])))
        if not 0 < np.ptp(y) < STEEP * height:
            continue
        turns = _large_turns(y, RIPPLE * height)
        if len(turns) <= most:
            sides = np.where(np.abs(y) > RIPPLE * height, np.sign(y), 0.0)
            places = {float(x[k]): float(y[k]) for k in turns}
            places |= {float(x[a + np.argmin(np.abs(y[a : b + 1]))]): 0.0 for a, b in _crossings(sides)}
            # Waves that grow, as those of e^x sin 5x, are all there is: beside the high ones the others look small.
            if min(map(abs, places), default=0.0) - np.abs(x).min() > ASIDE * half:
                continue
            found.append((half, sorted(places.items(), key=lambda item: (abs(item[0]), item[0]))))
    return max(found, key=lambda seen: len(seen[1]), default=None)


def _crossings(sides: Array) -> list[tuple[int, int]]:
    """Where a row of signs, with zeros in between, goes over to the other sign: the last one and the first one."""
    told = np.flatnonzero(sides)
    return [(a, b) for a, b in pairwise(told.tolist()) if sides[a] != sides[b]]


def _large_turns(y: Array, least: float) -> list[int]:
    """The extrema from which a curve goes by at least so much to either side."""
    turns: list[int] = []
    low = high = way = 0
    for k, value in enumerate(y.tolist()):
        low, high = (k if value < y[low] else low), (k if value > y[high] else high)
        if way >= 0 and value < y[high] - least:
            turns += [high] if way else []
            way, low = -1, k
        elif way <= 0 and value > y[low] + least:
            turns += [low] if way else []
            way, high = 1, k
    return turns
