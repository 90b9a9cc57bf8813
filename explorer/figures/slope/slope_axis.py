"""The axis of f′: how steep a curve is in its picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import analyse, span_of, within
from explorer.numeric import Break, Window, derivative_values, jet_with_errors
from explorer.numeric.results import HUGE, Array

RANGE_POINTS = 600
STEEPEST, LEAST_BULK = 4.0, 1 / 30
"""An axis holds slopes so many times as high as their bulk; higher ones where the bulk is so small a share of them."""
SETTLED = 0.8  # the closest look has met the greatest slope where it shows none below this part of it, as of tanh(500x)


@lru_cache(maxsize=256)
def derivative_range(f: Expression, window: Window, order: int = 1) -> tuple[float, float]:
    """Limits of an axis for f′ (f″): zero and every slope of the curve in the picture.

    Where the slopes outgrow every number, as next to a vertical tangent, their bulk.
    """
    places = np.linspace(*window.x, RANGE_POINTS)
    slopes = _slopes_in_picture(f, window, order)
    seen = slopes(places)
    if np.count_nonzero(np.isfinite(seen)) <= RANGE_POINTS // 20:
        slopes = partial(_slopes_anywhere, f, order)
        seen = slopes(places)
    if not np.isfinite(seen).any():
        return (-1.0, 1.0)
    # The steepest places of all are inflections and zeros, however narrow the bend is.
    analysis = analyse(f, span_of(f, window))
    known = [x for x in (*(point.x for point in analysis.inflections), *analysis.zeros) if within(x, window)]
    steepest = slopes(np.array(known[:RANGE_POINTS]))
    walled = any(_endless(place) for place in analysis.breaks if within(place.x, window))
    high = _top(slopes, places, seen, steepest, walled=walled)
    low = -_top(lambda x: -slopes(x), places, -seen, -steepest, walled=walled)
    low, high = min(low, 0.0), max(high, 0.0)
    margin = 0.2 * (high - low) or 1.0
    return (low - margin, high + margin)


def _slopes_in_picture(f: Expression, window: Window, order: int) -> Callable[[Array], Array]:
    """The derivative where the curve is in the window, 0 where only its rounding is known; else NaN."""

    def slopes(x: Array) -> Array:
        values, errors = jet_with_errors(f, x)
        derivative = np.where(np.abs(values[order]) <= errors[order], 0.0, values[order])
        with np.errstate(all="ignore"):
            shown = np.isfinite(values[order]) & (values[0] >= window.y[0]) & (values[0] <= window.y[1])
        return np.where(shown, np.clip(derivative, -HUGE, HUGE), np.nan)

    return slopes


def _endless(place: Break) -> bool:
    """Whether f or its slope grows without end there."""
    sides = (place.left_value, place.right_value, place.left_slope, place.right_slope)
    return any(math.isinf(side) for side in sides)


def _slopes_anywhere(f: Expression, order: int, x: Array) -> Array:
    derivative = derivative_values(f, x, order)
    return np.where(np.isfinite(derivative), np.clip(derivative, -HUGE, HUGE), np.nan)


def _top(
    slopes: Callable[[Array], Array], places: Array, seen: Array, steepest: Array, *, walled: bool
) -> float:
    """The greatest slope, or a little above the bulk where that shows more.

    It does where the slopes grow on when looked at 20 and 400 times closer, up to no known greatest one, and where the
    curve is `walled`, as by a pole, and leaves the picture so steeply that the rest would be flat; but not where there
    is hardly any bulk.
    """
    finite = seen[np.isfinite(seen)]
    first = top = float(finite.max())
    low, high = (float(q) for q in np.quantile(finite, (0.1, 0.9)))
    for _ in range(2):
        step = places[1] - places[0]
        places = places[np.nanargmax(seen)] + np.linspace(-step, step, 41)
        seen = slopes(places)
        if not np.isfinite(seen).any():
            break
        top = max(top, float(np.nanmax(seen)))
    bulk = min(first, high + 0.5 * max(high - low, 1e-9 * max(1.0, abs(high))))
    known = float(steepest[np.isfinite(steepest)].max(initial=-np.inf))
    grows = top - high > 1.5 * (first - high) and not SETTLED * top < np.nanmin(seen, initial=np.inf) < np.inf
    if (grows and top > known) or (walled and LEAST_BULK * top < bulk < top / STEEPEST):
        return bulk
    return max(top, known)
