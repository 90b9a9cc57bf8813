"""The lowest and highest places of a surface where it has no gradient: the tip of a cone, the fold of a roof.

They are no critical points in the sense of a vanishing gradient, so Newton's method never finds them. They are
sought on a grid, walked down (or up) on ever smaller grids, and held only where the surface rises (or falls) on a
small circle all around, in proportion to the circle's radius: a smooth place rises with its square, a leap by as much
on every circle.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.results import Array, Span

Height = Callable[[Array], Array]

LOOK = 61
MOST_SHARP = 24
FIRST_HALVINGS = 10
HALVINGS = 36
AROUND = 48
CIRCLES = (1e-3, 1e-5)  # of the window's width
LEVEL = 0.05  # of the steepest rise: less than that, in some direction, is a crease

_ANGLES = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
_WAYS = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])


@dataclass(frozen=True)
class SharpPlace:
    """An isolated lowest (or highest) place without a gradient; along a crease it is level to first order."""

    x: float
    y: float
    value: float
    lowest: bool
    crease: bool


@np.errstate(all="ignore")
def sharp_places(f: Expression, x_window: Span, y_window: Span) -> tuple[SharpPlace, ...]:
    """Those inside the window, the lowest ones first, each by height."""
    found = [
        place for lowest in (True, False) for place in _extremes(f, np.array([x_window, y_window]), lowest)
    ]
    return tuple(sorted(found, key=lambda place: (not place.lowest, place.value, place.x, place.y)))


def _extremes(f: Expression, window: Array, lowest: bool) -> list[SharpPlace]:
    sign = 1.0 if lowest else -1.0

    def height(points: Array) -> Array:
        return np.asarray(sign * f(points[..., 0], points[..., 1]), dtype=float)

    width = window[:, 1] - window[:, 0]
    step = width / (LOOK - 1)
    points = _sunk(height, _candidates(height, window), step, FIRST_HALVINGS)
    points = _sunk(height, points[_not_smooth(height, points, step)], step / 2**FIRST_HALVINGS, HALVINGS)
    places: list[SharpPlace] = []
    for point in _rounded(height, points, float(width.max())):
        if any(math.hypot(point[0] - p.x, point[1] - p.y) < 1e-6 * width.max() for p in places):
            continue
        rates = _rates(height, point, float(width.min()))
        if rates is not None:
            crease = bool(rates.min() < LEVEL * rates.max())
            places.append(
                SharpPlace(float(point[0]), float(point[1]), float(sign * height(point)), lowest, crease)
            )
    return places


def _candidates(height: Height, window: Array) -> Array:
    """Inner points of a grid that are not above any neighbour, and below one of them."""
    axes = [np.linspace(low, high, LOOK) for low, high in window]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    z = height(grid)
    middle = z[1:-1, 1:-1]
    around = np.stack(
        [
            z[1 + i : LOOK - 1 + i, 1 + j : LOOK - 1 + j]
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            if (i, j) != (0, 0)
        ]
    )
    deep = np.isfinite(around).all(axis=0) & (middle <= around.min(axis=0)) & (middle < around.max(axis=0))
    rows = np.argwhere(deep)
    order = np.argsort(middle[deep], kind="stable")[:MOST_SHARP]
    return np.asarray(grid[1:-1, 1:-1][tuple(rows[order].T)])


def _sunk(height: Height, points: Array, step: Array, halvings: int) -> Array:
    """Every point walked to the lowest place of a little grid around it, the grid halved every time."""
    pattern = np.stack(np.meshgrid(*[np.linspace(-1, 1, 5)] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
    for _ in range(halvings if len(points) else 0):
        near = points[:, None] + step * pattern
        values = height(near)
        best = np.argmin(np.where(np.isfinite(values), values, np.inf), axis=1)
        lower = values[np.arange(len(points)), best] < height(points)
        points = np.where(lower[:, None], near[np.arange(len(points)), best], points)
        step = step / 2
    return points


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
    """How steeply the surface rises in every direction; None where it does not all around, is smooth, or leaps."""
    own = float(height(point))
    with np.errstate(invalid="ignore"):  # what overflows on both sides has no distance
        wide, narrow = (height(point + share * width * _WAYS) - own for share in CIRCLES)
    if not (np.isfinite(own) and np.isfinite([wide, narrow]).all()):
        return None
    if not all(rise.min() > max(1e-9 * rise.max(), 1e-14 * abs(own)) for rise in (wide, narrow)):
        return None
    steepest = float(narrow.max()) / CIRCLES[1]
    if steepest < 0.5 * float(wide.max()) / CIRCLES[0] or narrow.max() > 0.5 * wide.max():
        return None
    return np.asarray(narrow / CIRCLES[1])
