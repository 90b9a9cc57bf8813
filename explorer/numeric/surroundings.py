"""What stands around a point of a surface, told by values alone: looked at on circles, not proven.

On each of three circles the lowest and the highest places are looked for between the directions of a first look, so
that the narrow strip between two parabolas is not stepped over. Differences as small as the rounding of f say nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

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
    circles = [_circle(f, place, radius * share) - own for share in CIRCLES]
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


def _circle(f: Expression, place: tuple[float, float], radius: float) -> Array:
    """Heights once around, in order, with the lowest and highest places between the directions of a first look."""
    step = 2 * math.pi / DIRECTIONS
    angle = np.linspace(0.1234 * step, 2 * math.pi + 0.1234 * step, DIRECTIONS, endpoint=False)

    def height(turn: Array) -> Array:
        return np.asarray(f(place[0] + radius * np.cos(turn), place[1] + radius * np.sin(turn)), dtype=float)

    values = height(angle)
    before, after = np.roll(values, 1), np.roll(values, -1)
    angles, heights = [angle], [values]
    for sign in (1.0, -1.0):
        turns = (sign * values <= sign * before) & (sign * values <= sign * after) & (before != after)
        order = np.argsort(sign * values[turns], kind="stable")[:MOST_TURNS]
        middle = angle[turns][order]
        low, high = middle - step, middle + step
        for _ in range(60 if len(middle) else 0):
            third = (high - low) / 3
            a, b = low + third, high - third
            left = sign * height(a) <= sign * height(b)
            low, high = np.where(left, low, a), np.where(left, b, high)
        angles.append((low + high) / 2)
        heights.append(height((low + high) / 2))
    return np.asarray(
        np.concatenate(heights)[np.argsort(np.concatenate(angles) % (2 * np.pi), kind="stable")]
    )


def _ways(change: Array, noise: float) -> int:
    """How often, once around, the surface rises above the point and falls below it."""
    signs = np.sign(np.where(np.abs(change) <= noise, 0, change))
    signs = signs[signs != 0]
    return int((signs != np.roll(signs, 1)).sum()) // 2 if len(signs) else 0
