"""The lowest and highest places of a surface where it has no gradient: the tip of a cone, the fold of a roof.

They are no critical points in the sense of a vanishing gradient, so Newton's method never finds them. They are
sought on a grid, walked down (or up) on ever smaller grids, and held only where the surface rises (or falls) on a
small circle all around, in proportion to the circle's radius: a smooth place rises with its square, a leap by as much
on every circle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.peaks import LOOK, Height, candidates, height_of, sunk
from explorer.numeric.results import Array, Span
from explorer.numeric.seams import holes_near

FIRST_HALVINGS = 10
HALVINGS, DEEPER = 36, 44
AROUND = 96
CIRCLES = (1e-3, 1e-5)  # of the window's width
LEVEL = 0.05  # of the steepest rise: less than that, in some direction, is a crease
HOPS, FEWEST = (0.08, 0.02), 3
"""So far along a crease it is looked at again, in parts of the window; of fewer places a level crease is not made."""

SHORT_HOP, LAST_HOP, MOST_HOPS, MOST_FOLLOWED = 1e-3, 1e-8, 28, 6
"""A crease that slopes over a short hop is followed down, in ever shorter ones where none leads down any more."""
SHORTER = 4

NEAR = 3e-12
"""It is as high there as that part of what it rises to its sides over the same way."""

HOLE = 1e-6

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


@dataclass(frozen=True, eq=False)
class Crease:
    """A curve of lowest (or highest) places without a gradient, all at one height; some of its places (k, 2)."""

    value: float
    lowest: bool
    points: Array


def sharp_places(f: Expression, x_window: Span, y_window: Span) -> tuple[SharpPlace, ...]:
    """Those inside the window, the lowest ones first, each by height."""
    places, _ = _extremes(f, x_window, y_window)
    return tuple(sorted(places, key=lambda place: (not place.lowest, place.value, place.x, place.y)))


def level_creases(f: Expression, x_window: Span, y_window: Span) -> tuple[Crease, ...]:
    """Whole curves of such places: the circle of |x² + y² − 1|, both axes of |x y|."""
    return _extremes(f, x_window, y_window)[1]


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def _extremes(
    f: Expression, x_window: Span, y_window: Span
) -> tuple[tuple[SharpPlace, ...], tuple[Crease, ...]]:
    window = np.array([x_window, y_window])
    width = window[:, 1] - window[:, 0]
    step, least, most = width / (LOOK - 1), float(width.min()), float(width.max())
    height = height_of(f)
    found = _Places(height, *candidates(height, window)).walked(step, FIRST_HALVINGS)
    found = found.only(_not_smooth(found, step))
    if not len(found.points):
        return (), ()
    found = _rounded(found.walked(step / 2**FIRST_HALVINGS, HALVINGS), most)
    found = found.only(~holes_near(f, found.points, HOLE * most))
    slope = _slopes_along(found, least)
    if slope.any():
        ends = _rounded(_followed(_spread(found.only(slope)), least), most)
        ends = ends.only(np.all((window[:, 0] < ends.points) & (ends.points < window[:, 1]), axis=1))
        rest = found.only(~slope)
        points, way = np.vstack([rest.points, ends.points]), np.append(rest.way, ends.way)
        found = replace(rest, points=points, way=way)
    rates = _rates(found, least)
    rated = ~np.isnan(rates[:, 0])
    found, rates = found.only(rated), rates[rated]
    goes_on = _go_on(found, rates, least)
    creases = _creases(found.only(goes_on), rates[goes_on])
    places: list[SharpPlace] = []
    alone = found.only(~goes_on)
    for (x, y), way, low, rate in zip(
        alone.points.tolist(), alone.way.tolist(), alone.lows().tolist(), rates[~goes_on], strict=True
    ):
        steepest = float(rate.max())
        place = SharpPlace(x, y, way * low, way > 0, bool(rate.min() < LEVEL * steepest))
        twin = any(p.lowest == place.lowest and math.hypot(x - p.x, y - p.y) < 1e-6 * most for p in places)
        if not twin and not _belongs(place, steepest * least, creases, least):
            places.append(place)
    return tuple(places), creases


@dataclass(frozen=True, eq=False)
class _Places:
    """Points (k, 2) and the way of each (k,): 1 where the lowest is meant, −1 where the highest."""

    height: Height
    points: Array
    way: Array

    def lows(self, there: Array | None = None) -> Array:
        """The heights of the points, or of those `there`, one (k, 2) or several (k, m, 2) for each; down is its way."""
        values = self.height(self.points if there is None else there)
        return np.asarray(self.way.reshape(-1, *[1] * (values.ndim - 1)) * values)

    def only(self, kept: NDArray[np.bool_]) -> _Places:
        """Some of them."""
        return replace(self, points=self.points[kept], way=self.way[kept])

    def walked(self, step: Array, halvings: int) -> _Places:
        """Each walked to the lowest place around it."""
        return replace(self, points=sunk(self.height, self.points, self.way, step, halvings))


def _belongs(place: SharpPlace, rise: float, creases: Sequence[Crease], width: float) -> bool:
    """Whether a place is one of a crease that rounding hid: √|x² + y² − 1| is known to 10⁻⁸ only."""
    return any(
        crease.lowest == place.lowest
        and abs(place.value - crease.value) <= 1e-6 * rise
        and float(np.hypot(*(crease.points - (place.x, place.y)).T).min()) <= 2 * HOPS[0] * width
        for crease in creases
    )


def _slopes_along(found: _Places, width: float) -> NDArray[np.bool_]:
    """Whether a crease leads down from there."""
    rises = _rises(found, CIRCLES[1] * width)
    known: NDArray[np.bool_] = np.all(np.isfinite(rises), axis=1)
    some, rises, falls = found.only(known), rises[known], np.zeros(len(known), dtype=bool)
    hop = np.full(len(rises), SHORT_HOP * width)
    steepest = rises.max(axis=1) / (CIRCLES[1] * width)
    falls[known] = _lower(some, _WAYS[np.argmin(rises, axis=1)], hop, steepest, DEEPER)[1]
    return falls


def _spread(found: _Places) -> _Places:
    """A few of them, from the lowest to the highest."""
    order = np.argsort(found.lows(), kind="stable")
    some = order[np.linspace(0, len(order) - 1, min(MOST_FOLLOWED, len(order))).astype(int)]
    return replace(found, points=found.points[some], way=found.way[some])


def _rises(found: _Places, radius: float) -> Array:
    return found.lows(found.points[:, None] + radius * _WAYS) - found.lows()[:, None]


def _lower(
    found: _Places, ahead: Array, hop: Array, steepest: Array, halvings: int = HALVINGS
) -> tuple[Array, NDArray[np.bool_]]:
    """The lower of the two places so far along each crease, ahead and back, and whether it lies below."""
    if not len(found.points):
        return found.points, np.zeros(0, dtype=bool)
    both = np.concatenate([found.points + side * hop[:, None] * ahead for side in (1.0, -1.0)])
    sides = replace(found, points=both, way=np.tile(found.way, 2))
    sides = sides.walked(np.tile(hop, 2)[:, None] / 4, halvings)
    lows = sides.lows().reshape(2, -1)
    side = np.argmin(np.where(np.isfinite(lows), lows, np.inf), axis=0)
    rows = np.arange(len(side))
    below = lows[side, rows] < found.lows() - NEAR * hop * steepest
    return sides.points.reshape(2, -1, 2)[side, rows], np.asarray(below)


def _followed(found: _Places, width: float) -> _Places:
    """Where creases that slope have their lowest places; without those whose end is not reached."""
    rises = _rises(found, CIRCLES[1] * width)
    points, ahead = found.points.copy(), _WAYS[np.argmin(rises, axis=1)]
    hop, steepest = np.full(len(points), HOPS[0] * width), rises.max(axis=1) / (CIRCLES[1] * width)
    for _ in range(MOST_HOPS):
        if (hop < LAST_HOP * width).all():
            break
        there, below = _lower(replace(found, points=points), ahead, hop, steepest)
        way = there - points
        ahead = np.where(below[:, None], way / np.hypot(*way.T)[:, None], ahead)
        points = np.where(below[:, None], there, points)
        hop = np.where(below, hop, hop / SHORTER)
    return replace(found, points=points).only(hop < LAST_HOP * width)


def _go_on(found: _Places, rates: Array, width: float) -> NDArray[np.bool_]:
    """Whether, a little way along a crease, on one of its sides, there is a place just as low; for each place."""
    count = len(found.points)
    if not count:
        return np.zeros(0, dtype=bool)
    ahead = _WAYS[np.argmin(rates, axis=1)]
    hops = np.repeat([side * share * width for share in HOPS for side in (1.0, -1.0)], count)
    every = np.tile(np.arange(count), 2 * len(HOPS))
    starts = replace(found, points=found.points[every] + hops[:, None] * ahead[every], way=found.way[every])
    there = _rounded(starts.walked(np.abs(hops)[:, None] / 4, DEEPER), width)
    level = np.abs(there.lows() - found.lows()[every]) <= NEAR * np.abs(hops) * rates.max(axis=1)[every]
    goes_on: NDArray[np.bool_] = level.reshape(-1, count).any(axis=0)
    return goes_on


def _creases(found: _Places, rates: Array) -> tuple[Crease, ...]:
    """One for each height, lowest and highest ones apart; what has too few places is none."""
    creases: list[Crease] = []
    for way in (1.0, -1.0):
        some, lows = found.points[found.way == way], found.lows()[found.way == way]
        if not len(some):
            continue
        scale = float(rates[found.way == way].max())
        order = np.argsort(lows, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(lows[order]) > 1e-9 * scale) + 1)
        creases += [
            Crease(float(way * np.median(lows[group])), way > 0, some[group])
            for group in groups
            if len(group) >= FEWEST
        ]
    return tuple(creases)


def _not_smooth(found: _Places, step: Array) -> NDArray[np.bool_]:
    """Where a circle of a tenth of the radius rises by much more than a hundredth: the others need no closer look."""
    wide, narrow = (
        np.max(found.lows(found.points[:, None] + share * step * _WAYS) - found.lows()[:, None], axis=1)
        for share in (0.25, 0.025)
    )
    sharp: NDArray[np.bool_] = narrow > 0.04 * wide
    return sharp


def _rounded(found: _Places, width: float) -> _Places:
    """A round place near by that is as low is meant."""
    best, low = found.points.copy(), found.lows()
    for decimals in (9, 6, 3):
        scale = 10.0 ** (math.ceil(math.log10(width)) - decimals - 1)
        candidate = np.round(np.round(found.points / scale) * scale, 15) + 0.0
        good = found.lows(candidate) <= low
        best[good] = candidate[good]
    return replace(found, points=best)


def _rates(found: _Places, width: float) -> Array:
    """How steeply f rises in every direction (k, `AROUND`); NaN where it falls in one, or leaps, or is smooth."""
    own = found.lows()[:, None]
    wide, narrow = (_rises(found, share * width) for share in CIRCLES)
    known = np.isfinite(own[:, 0]) & np.isfinite(wide).all(axis=1) & np.isfinite(narrow).all(axis=1)
    for rise in (wide, narrow):
        top = rise.max(axis=1)
        known &= (rise.min(axis=1) >= -1e-9 * top) & (top > 1e-14 * np.abs(own[:, 0]))
    far, near = wide.max(axis=1), narrow.max(axis=1)
    known &= (near / CIRCLES[1] >= 0.5 * far / CIRCLES[0]) & (near <= 0.5 * far)
    return np.where(known[:, None], narrow / CIRCLES[1], np.nan)
