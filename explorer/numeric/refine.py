"""Roots narrowed down to neighbouring floats, many at once, and named exactly where they are nice numbers."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explorer.numeric.results import Array

__all__ = ["GOLDEN", "grid", "narrow", "nice_numbers", "section", "snap"]

ROUNDS, AT_ONCE = 64, 4096
GOLDEN = (math.sqrt(5) - 1) / 2


def grid(lo: float, hi: float, count: int) -> Array:
    """Increasing points from lo to hi, slightly uneven so that nothing periodic hides between them."""
    steps = np.arange(count, dtype=np.float64)
    steps[1:-1] += 0.5 * (np.modf(steps[1:-1] * GOLDEN)[0] - 0.5)
    points = lo + (hi - lo) * (steps / (count - 1))
    points[0], points[-1] = lo, hi
    return points


def narrow(
    holds: Callable[[Array], NDArray[np.bool_]], low: Array, high: Array, at_once: int = AT_ONCE
) -> tuple[Array, Array]:
    """Brackets shrunk to a few ulps around a place where `holds` turns from true (at `low`) to false.

    `holds` gets an array of shape (brackets, points) and is asked for many points a round, since one call
    costs about the same for one point as for a hundred. For about `at_once` of all brackets together: of more it is
    asked for their middles only, which takes more rounds and the fewest values.
    """
    low, high = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    if not low.size:
        return low, high
    points = int(np.clip(at_once // low.size, 1, 48))
    fractions = np.arange(1, points + 1) / (points + 1)
    smallest = 1e-9 * np.abs(high - low)
    rows = np.arange(low.size)
    for _ in range(ROUNDS):
        width = high - low
        wide = np.abs(width) > 4e-16 * np.maximum(np.maximum(np.abs(low), np.abs(high)), smallest)
        if not wide.any():
            break
        x = low[:, None] + width[:, None] * fractions
        kept = holds(x)
        first = np.where(kept.all(axis=1), points, np.argmin(kept, axis=1))
        ends = np.concatenate([low[:, None], x, high[:, None]], axis=1)
        low, high = ends[rows, first], ends[rows, first + 1]
    return low, high


def section(
    function: Callable[[Array], Array], low: Array, high: Array, at_once: int = AT_ONCE
) -> tuple[Array, Array]:
    """Brackets of sign changes of a function, narrowed; its signs at `low` and `high` must differ."""
    start = np.sign(function(np.asarray(low)[:, None]))
    return narrow(lambda x: np.sign(function(x)) == start, low, high, at_once)


_DENOMINATORS = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 50, 100, 1000], dtype=np.float64)
_PI_DENOMINATORS = np.array([1, 2, 3, 4, 6, 8, 12, 5, 10, 100], dtype=np.float64)


def nice_numbers(x: Array, tolerance: Array | float) -> Array:
    """The simplest fraction, or multiple of π, within `tolerance` of each x; NaN where there is none."""
    x = np.asarray(x, dtype=np.float64)
    with np.errstate(all="ignore"):
        fractions = np.round(x[..., None] * _DENOMINATORS) / _DENOMINATORS
        turns = np.round(x[..., None] * (_PI_DENOMINATORS / math.pi)) * math.pi / _PI_DENOMINATORS
        both = np.concatenate([fractions, turns], axis=-1)
        close = np.abs(both - x[..., None]) <= np.asarray(tolerance)[..., None]
    first = np.argmax(close, axis=-1)
    found = np.take_along_axis(both, first[..., None], -1)[..., 0]
    # −0.0 is nobody's nice number.
    return np.where(close.any(axis=-1), found + 0.0, np.nan)


def snap(
    x: Array, tolerance: Array | float, confirmed: Callable[[Array], NDArray[np.bool_]]
) -> tuple[Array, NDArray[np.bool_]]:
    """X with its nice neighbours where `confirmed(neighbours)`, and whether that happened."""
    nice = nice_numbers(x, tolerance)
    exact = np.isfinite(nice)
    if exact.any():
        exact &= confirmed(np.where(exact, nice, x))
    return np.where(exact, nice, x), exact
