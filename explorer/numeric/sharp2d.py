"""The lowest and highest places of a surface where it has no gradient: the tip of a cone, the fold of a roof.

They are no critical points in the sense of a vanishing gradient, so Newton's method never finds them. They are
sought on a grid, walked down (or up) on ever smaller grids, and held only where the surface rises (or falls) on a
small circle all around, in proportion to the circle's radius: a smooth place rises with its square, a leap by as much
on every circle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.peaks import LOOK, Height, candidates, sunk
from explorer.numeric.results import Array, Span
from explorer.numeric.seams import holes_near

FIRST_HALVINGS = 10
HALVINGS, DEEPER = 36, 44
AROUND = 48
CIRCLES = (1e-3, 1e-5)  # of the window's width
LEVEL = 0.05  # of the steepest rise: less than that, in some direction, is a crease
HOPS, FEWEST = (0.08, 0.02), 3
"""So far along a crease it is looked at again, in parts of the window; of fewer places a level crease is not made."""

NEAR = 3e-12
"""It is as high there as that part of what it rises to its sides over the same way."""

HOLE = 1e-6

_ANGLES = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
_WAYS = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])


Rated = tuple[Array, Array]
"""A place, and how steeply the surface rises from it in every direction."""


@dataclass(frozen=True)
class SharpPlace:
    """An isolated lowest (or highest) place without a gradient; along a crease it is level to first order."""

    x: float
    y: float
    value: float
    lowest: bool
    crease: bool


@dataclass(frozen=True, eq=False)
class Crease:
    """A curve of lowest (or highest) places without a gradient, all at one height; some of its places (k, 2)."""

    value: float
    lowest: bool
    points: Array


def sharp_places(f: Expression, x_window: Span, y_window: Span) -> tuple[SharpPlace, ...]:
    """Those inside the window, the lowest ones first, each by height."""
    found = [place for places, _ in _both(f, x_window, y_window) for place in places]
    return tuple(sorted(found, key=lambda place: (not place.lowest, place.value, place.x, place.y)))


def level_creases(f: Expression, x_window: Span, y_window: Span) -> tuple[Crease, ...]:
    """Whole curves of such places: the circle of |x² + y² − 1|, both axes of |x y|."""
    return tuple(crease for _, creases in _both(f, x_window, y_window) for crease in creases)


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def _both(
    f: Expression, x_window: Span, y_window: Span
) -> tuple[tuple[tuple[SharpPlace, ...], tuple[Crease, ...]], ...]:
    window = np.array([x_window, y_window])
    return tuple(_extremes(f, window, lowest) for lowest in (True, False))


def _extremes(
    f: Expression, window: Array, lowest: bool
) -> tuple[tuple[SharpPlace, ...], tuple[Crease, ...]]:
    sign = 1.0 if lowest else -1.0

    def height(points: Array) -> Array:
        return np.asarray(sign * f(points[..., 0], points[..., 1]), dtype=float)

    width = window[:, 1] - window[:, 0]
    step = width / (LOOK - 1)
    points = sunk(height, candidates(height, window), step, FIRST_HALVINGS)
    points = sunk(height, points[_not_smooth(height, points, step)], step / 2**FIRST_HALVINGS, HALVINGS)
    points = _rounded(height, points, float(width.max()))
    points = points[~holes_near(f, points, HOLE * float(width.max()))] if len(points) else points
    least = float(width.min())
    rated = [(point, rates) for point in points if (rates := _rates(height, point, least)) is not None]
    goes_on = _go_on(height, rated, least)
    creases = _creases(height, list(compress(rated, goes_on)), sign)
    places: list[SharpPlace] = []
    for point, rates in compress(rated, ~goes_on):
        x, y = point.tolist()
        value, steepest = float(sign * height(point)), float(rates.max())
        twin = any(math.hypot(x - p.x, y - p.y) < 1e-6 * width.max() for p in places)
        if not twin and not _belongs(point, value, steepest * least, creases, least):
            places.append(SharpPlace(x, y, value, lowest, bool(rates.min() < LEVEL * steepest)))
    return tuple(places), creases


def _belongs(point: Array, value: float, rise: float, creases: Sequence[Crease], width: float) -> bool:
    """Whether a place is one of a crease that rounding hid: √|x² + y² − 1| is known to 10⁻⁸ only."""
    return any(
        abs(value - crease.value) <= 1e-6 * rise
        and float(np.hypot(*(crease.points - point).T).min()) <= 2 * HOPS[0] * width
        for crease in creases
    )


def _go_on(height: Height, rated: Sequence[Rated], width: float) -> NDArray[np.bool_]:
    """Whether, a little way along a crease, on one of its sides, there is a place just as low; for each place."""
    found = np.zeros(len(rated), dtype=bool)
    if not rated:
        return found
    points = np.array([point for point, _ in rated])
    ways = np.array([_WAYS[int(np.argmin(rates))] for _, rates in rated])
    steepest = np.array([float(rates.max()) for _, rates in rated])
    for share in HOPS:
        hop = share * width
        for ahead in (points + hop * ways, points - hop * ways):
            there = sunk(height, ahead, np.full(2, hop / 4), DEEPER)
            found |= np.abs(height(there) - height(points)) <= NEAR * hop * steepest
    return found


def _creases(height: Height, creased: Sequence[Rated], sign: float) -> tuple[Crease, ...]:
    """One for each height; what has too few places is none."""
    if not creased:
        return ()
    places, scale = np.array([point for point, _ in creased]), max(float(rates.max()) for _, rates in creased)
    values = height(places)
    order = np.argsort(values, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(values[order]) > 1e-9 * scale) + 1)
    return tuple(
        Crease(float(sign * np.median(values[group])), sign > 0, places[group])
        for group in groups
        if len(group) >= FEWEST
    )


def _not_smooth(height: Height, points: Array, step: Array) -> NDArray[np.bool_]:
    """Where a circle of a tenth of the radius rises by much more than a hundredth: the others need no closer look."""
    wide, narrow = (
        np.max(height(points[:, None] + share * step * _WAYS) - height(points)[:, None], axis=1)
        for share in (0.25, 0.025)
    )
    sharp: NDArray[np.bool_] = narrow > 0.04 * wide
    return sharp


def _rounded(height: Height, points: Array, width: float) -> Array:
    """A round place near by that is as low is meant."""
    best, low = points.copy(), height(points)
    for decimals in (9, 6, 3):
        scale = 10.0 ** (math.ceil(math.log10(width)) - decimals - 1)
        candidate = np.round(np.round(points / scale) * scale, 15) + 0.0
        good = height(candidate) <= low
        best[good] = candidate[good]
    return best


def _rates(height: Height, point: Array, width: float) -> Array | None:
    """How steeply the surface rises in every direction; None where it falls in one, is smooth, or leaps."""
    own = float(height(point))
    with np.errstate(invalid="ignore"):  # what overflows on both sides has no distance
        wide, narrow = (height(point + share * width * _WAYS) - own for share in CIRCLES)
    if not (np.isfinite(own) and np.isfinite([wide, narrow]).all()):
        return None
    if any(rise.min() < -1e-9 * rise.max() or rise.max() <= 1e-14 * abs(own) for rise in (wide, narrow)):
        return None
    steepest = float(narrow.max()) / CIRCLES[1]
    if steepest < 0.5 * float(wide.max()) / CIRCLES[0] or narrow.max() > 0.5 * wide.max():
        return None
    return np.asarray(narrow / CIRCLES[1])
