"""What stands around a point of a surface, told by values alone: looked at on circles, not proven.

On each of three circles the lowest and the highest places are looked for between the directions of a first look, so
that the narrow strip between two parabolas is not stepped over. Differences as small as the rounding of f say nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.results import Array

CIRCLES = (1.0, 1 / 8, 1 / 64)
DIRECTIONS = 720
MOST_TURNS = 32
TOLD = 30
"""Heights on a circle that differ by less than so many roundings tell nothing."""

JITTER = 1e-13


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


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def surroundings(f: Expression, place: tuple[float, float], radius: float) -> Surroundings:
    """What f does on circles of that radius and of smaller ones; the smallest two that tell something count."""
    own, noise = _own(f, place, radius)
    circles = [circle - own for circle in _circles(f, place, [radius * share for share in CIRCLES])]
    whole = bool(np.isfinite(own) and all(np.isfinite(circle).all() for circle in circles))
    if not whole:
        return Surroundings(False, False, 0, False)
    telling = [
        circle for circle in circles if np.abs(circle).max() > TOLD * (noise + 1e-15 * np.abs(circle).max())
    ][-2:]
    lower = any(bool((circle < -2 * noise).any()) for circle in telling)
    higher = any(bool((circle > 2 * noise).any()) for circle in telling)
    return Surroundings(lower, higher, _ways(telling[0], 2 * noise) if telling else 0, True)


def _own(f: Expression, place: tuple[float, float], radius: float) -> tuple[float, float]:
    """The height of the place, and how much rounding blurs it: as it does in the places next to it."""
    angle = np.linspace(0.3, 2 * np.pi, 24)
    near = 1 + np.arange(24) / 8
    x, y = (
        at + JITTER * max(radius, abs(at)) * near * way
        for at, way in zip(place, (np.cos(angle), np.sin(angle)), strict=True)
    )
    own = float(f(*place))
    beside = np.abs(f(x, y) - own)
    return own, float(np.max(beside[np.isfinite(beside)], initial=0.0)) + 4e-16 * abs(own)


def _circles(f: Expression, place: tuple[float, float], radii: Sequence[float]) -> list[Array]:
    """Heights once around on each circle, in order.

    Between the directions of a first look, the lowest and highest places are narrowed down, on all circles at once:
    a call of f costs more than the points it is asked for.
    """
    step = 2 * math.pi / DIRECTIONS
    angle = np.linspace(0.1234 * step, 2 * math.pi + 0.1234 * step, DIRECTIONS, endpoint=False)

    def heights(turn: Array, radius: Array) -> Array:
        return np.asarray(f(place[0] + radius * np.cos(turn), place[1] + radius * np.sin(turn)), dtype=float)

    first = heights(angle, np.array(radii)[:, np.newaxis])
    turns = [
        (middle, sign, k)
        for k, values in enumerate(first)
        for sign in (1.0, -1.0)
        for middle in angle[_lowest(sign * values)]
    ]
    middle, sign, circle = np.array(turns).reshape(-1, 3).T
    radius = np.array(radii)[circle.astype(int)]
    low, high = middle - step, middle + step
    for _ in range(60 if turns else 0):
        third = (high - low) / 3
        a, b = low + third, high - third
        at_a, at_b = sign * heights(np.stack([a, b]), radius)
        low, high = np.where(at_a <= at_b, low, a), np.where(at_a <= at_b, b, high)
    turned = (low + high) / 2
    found = heights(turned, radius)
    return [
        np.append(values, found[circle == k])[
            np.argsort(np.append(angle, turned[circle == k]) % (2 * np.pi), kind="stable")
        ]
        for k, values in enumerate(first)
    ]


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
