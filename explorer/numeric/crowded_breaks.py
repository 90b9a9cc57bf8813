"""Where breaks crowd: ⌊1/x⌋ has joins at ±1, ±½, ±⅓ … and only next to 0 are they too many to be drawn."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.places import break_counts
from explorer.numeric.results import Span

__all__ = ["crowded_stretches"]

LISTED = 60
"""So many places are left outside the stretches, half of what a window may hold."""

LARGEST = 0.4
"""A window that is crowded over more than this part is crowded as a whole."""

STRETCHES = 3
UNSEEN = 0.4
"""A grid does not see all of what has more levels to a cell than this."""

NEAR = 9
"""Breaks are counted together over so many cells of the grid: how dense they are is no matter of one cell."""


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def crowded_stretches(f: Expression, lo: float, hi: float) -> tuple[Span, ...]:
    """The stretches of [lo, hi] in which f breaks too often, in increasing x; none where that is all of it."""
    x, met, missed = break_counts(f, lo, hi)
    counts = met + missed
    density = np.convolve(counts, np.ones(NEAR), mode="same")
    densest = np.argsort(-density, kind="stable")
    left = counts.sum() - np.cumsum(counts[densest])
    crowded = np.zeros(counts.size, dtype=np.int8)
    crowded[densest[: 1 + int(np.argmax(left <= LISTED))]] = 1
    # Nor is anything listed where an even grid would not see all of it.
    crowded[np.convolve(missed, np.ones(NEAR), mode="same") >= UNSEEN * NEAR] = 1
    starts, ends = _stretches(crowded)
    # Stretches with next to nothing between them are one.
    apart = starts[1:] - ends[:-1] > NEAR
    starts, ends = starts[np.append(True, apart)], ends[np.append(apart, True)]
    spans = tuple(zip(x[starts].tolist(), x[ends].tolist(), strict=True))
    small = sum(b - a for a, b in spans) <= LARGEST * (hi - lo)
    return spans if small and len(spans) <= STRETCHES else ()


def _stretches(crowded: NDArray[np.int8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The numbers of the grid points at which the crowded cells begin and end."""
    edges = np.diff(np.concatenate([[0], crowded, [0]]))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
