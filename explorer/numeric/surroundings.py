"""What stands around a point of a surface, told by values alone: looked at on circles, not proven.

On each of three circles the lowest and the highest places are looked for between the directions of a first look, so
that the narrow strip between two parabolas is not stepped over. Differences as small as the rounding of f say nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.results import Array

NEIGHBOURHOOD = 0.02
"""How far around a point it is looked, in parts of the window's width."""

CIRCLES = (1.0, 1 / 8, 1 / 64)
DIRECTIONS = 720
MOST_TURNS = 32
GOLDEN, NARROWINGS = (math.sqrt(5) - 1) / 2, 50  # to about 10⁻¹² of a turn
TOLD = 30
"""Heights on a circle that differ by less than so many roundings tell nothing."""

JITTER = 1e-13
AT_ONCE = 40


@dataclass(frozen=True)
class Surroundings:
    """Whether places near by are lower, or higher; how often they change, once around; False without values."""

    lower: bool
    higher: bool
    ways: int
    whole: bool

    @property
    def told(self) -> bool:
        """Whether anything could be told at all."""
        return self.whole and (self.lower or self.higher)


@lru_cache(maxsize=64)
@np.errstate(all="ignore")
def surroundings(
    f: Expression, places: tuple[tuple[float, float], ...], radius: float
) -> tuple[Surroundings, ...]:
    """What f does around each place, on circles of that radius and of smaller ones.

    The smallest two circles that tell something count. A call of f costs more than the points it is asked for, so
    `AT_ONCE` places are looked at together.
    """
    found: list[Surroundings] = []
    for k in range(0, len(places), AT_ONCE):
        some = np.array(places[k : k + AT_ONCE])
        own, noise = _own(f, some, radius)
        found += map(_told, _circles(f, some, radius), own.tolist(), noise.tolist())
    return tuple(found)


def _told(circles: list[Array], own: float, noise: float) -> Surroundings:
    """What the heights on the circles of one place say, with its own height and how much rounding blurs it."""
    changes = [circle - own for circle in circles]
    if not (np.isfinite(own) and all(np.isfinite(change).all() for change in changes)):
        return Surroundings(False, False, 0, False)
    telling = [
        change for change in changes if np.abs(change).max() > TOLD * (noise + 1e-15 * np.abs(change).max())
    ][-2:]
    lower = any(bool((change < -2 * noise).any()) for change in telling)
    higher = any(bool((change > 2 * noise).any()) for change in telling)
    return Surroundings(lower, higher, _ways(telling[0], 2 * noise) if telling else 0, True)


def _own(f: Expression, places: Array, radius: float) -> tuple[Array, Array]:
    """The heights of places (rows), and how much rounding blurs them: as it does in the places next to them."""
    angle = np.linspace(0.3, 2 * np.pi, 24)
    near = 1 + np.arange(24) / 8
    x, y = (
        at[:, np.newaxis] + JITTER * np.maximum(radius, np.abs(at))[:, np.newaxis] * near * way
        for at, way in zip(places.T, (np.cos(angle), np.sin(angle)), strict=True)
    )
    own = np.asarray(f(*places.T), dtype=float)
    beside = np.abs(f(x, y) - own[:, np.newaxis])
    noise = np.max(np.where(np.isfinite(beside), beside, 0.0), axis=1)
    return own, noise + 4e-16 * np.abs(own)


def _circles(f: Expression, places: Array, radius: float) -> list[list[Array]]:
    """For each place, the heights once around on each of its circles, in order.

    Between the directions of a first look, the lowest and highest places are narrowed down.
    """
    step = 2 * math.pi / DIRECTIONS
    angle = np.linspace(0.1234 * step, 2 * math.pi + 0.1234 * step, DIRECTIONS, endpoint=False)
    x, y = np.repeat(places, len(CIRCLES), axis=0).T
    radii = np.tile(radius * np.array(CIRCLES), len(places))

    def heights(turn: Array, circle: NDArray[np.intp]) -> Array:
        r = radii[circle]
        return np.asarray(f(x[circle] + r * np.cos(turn), y[circle] + r * np.sin(turn)), dtype=float)

    first = heights(angle, np.arange(len(radii))[:, np.newaxis])
    turns = [
        (sign, k, turn)
        for k, values in enumerate(first)
        for sign in (1.0, -1.0)
        for turn in _lowest(sign * values)
    ]
    sign, circle, turn = np.array(turns).reshape(-1, 3).T
    circle, middle = circle.astype(np.intp), angle[turn.astype(np.intp)]
    # The golden section keeps one of two looks for the next round.
    low, high = middle - step, middle + step
    a, b = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_a, at_b = sign * heights(np.stack([a, b]), circle)
    for _ in range(NARROWINGS if turns else 0):
        left = at_a <= at_b
        low, high = np.where(left, low, a), np.where(left, b, high)
        new = np.where(left, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        at_new = sign * heights(new, circle)
        a, b = np.where(left, new, b), np.where(left, a, new)
        at_a, at_b = np.where(left, at_new, at_b), np.where(left, at_a, at_new)
    turned = (low + high) / 2
    found = heights(turned, circle)
    whole = [
        _in_order(np.append(angle, turned[circle == k]), np.append(values, found[circle == k]))
        for k, values in enumerate(first)
    ]
    return [whole[k : k + len(CIRCLES)] for k in range(0, len(whole), len(CIRCLES))]


def _in_order(angles: Array, heights: Array) -> Array:
    return np.asarray(heights[np.argsort(angles % (2 * np.pi), kind="stable")])


def _lowest(values: Array) -> NDArray[np.intp]:
    """Where values once around turn upwards: the lowest of these places."""
    before, after = np.roll(values, 1), np.roll(values, -1)
    turns = np.flatnonzero((values <= before) & (values <= after) & (before != after))
    return turns[np.argsort(values[turns], kind="stable")[:MOST_TURNS]]


def _ways(change: Array, noise: float) -> int:
    """How often, once around, the surface rises above the point and falls below it."""
    signs = np.sign(np.where(np.abs(change) <= noise, 0, change))
    signs = signs[signs != 0]
    return int((signs != np.roll(signs, 1)).sum()) // 2 if len(signs) else 0
