"""Second derivatives at a place: their axes, and those of a mean over rows about the rows' own middle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FLAT = 1e-7
"""A curvature that is no larger a part of what it could be is not known from none."""
ROUNDED_SPREAD = 2.0**-100
"""The square of what rounding makes of a deviation that is 0, in parts of the middle."""


def turned_axes(a: float, b: float, d: float) -> tuple[float, float]:
    """The unit eigenvector (c, s) of the larger eigenvalue of [[a, b], [b, d]]: c = cos θ with tan 2θ = 2b/(a−d)."""
    half = (a - d) / 2
    # The smaller of c and s keeps its digits only as a sine.
    angle = math.atan2(b, abs(half)) / 2
    return (math.cos(angle), math.sin(angle)) if half >= 0 else (math.sin(angle), math.cos(angle))


@dataclass(frozen=True, eq=False)
class Middle:
    """How a mean over rows bends whose costs are functions of z = x·t + y, and ρx²/2 besides: by mean(w(t², t, 1)).

    Far from 0 nothing but rounding is left of its determinant; about the middle t̄ of the `places` t, with x and
    y + t̄x, it is mean(w) · (mean(w(t − t̄)²) + ρ). `pulls` are the slopes by z, row by row, and `pull` is ρx.
    """

    weights: Array
    places: Array
    pulls: Array
    ridge: float
    pull: float

    @cached_property
    def weight(self) -> float:
        """mean(w)."""
        return float(self.weights.mean())

    @cached_property
    def place(self) -> float:
        """t̄, NaN where nothing bends."""
        if self.weight == 0:
            return math.nan
        first = float(self.places[0])
        return first + float((self.weights * (self.places - first)).mean()) / self.weight

    @cached_property
    def width(self) -> float:
        """The deviation of t, every row alike."""
        offset = self.places - self.places[0]
        return math.sqrt(float(((offset - offset.mean()) ** 2).mean()))

    @cached_property
    def spread(self) -> float:
        """mean(w(t − t̄)²) + ρ."""
        return float((self.weights * (self.places - self.place) ** 2).mean()) + self.ridge

    @property
    def determinant(self) -> float:
        """Of the Hessian."""
        return self.weight * self.spread

    @property
    def bends(self) -> bool:
        """Whether it does so in both ways, beyond doubt."""
        if not self.weight > 0:
            return False
        room, spread = FLAT * self.weight * self.width**2, self.spread
        known = spread > ROUNDED_SPREAD * self.weight * self.place**2
        return known and (spread - self.ridge > room or self.ridge > room)

    @property
    def turn(self) -> float:
        """The slope by x, with y + t̄x held."""
        return float((self.pulls * (self.places - self.place)).mean()) + self.pull

    @property
    def leans(self) -> bool:
        """Whether there is one, where nothing bends that way: far from 0 the gradient alone does not tell."""
        return not self.bends and abs(self.turn) > FLAT * self.width * float(np.abs(self.pulls).mean())

    def along(self, axes: Array) -> Array:
        """The second derivatives along unit vectors, given as columns."""
        u, v = axes
        found: Array = self.weight * (self.place * u + v) ** 2 + self.spread * u * u
        return found

    def size(self, step: Array) -> float:
        """How far a step moves z, row for row."""
        return math.hypot(float(step[0]) * self.width, float(step[1]) + self.place * float(step[0]))

    def blur(self, point: Array) -> float:
        """What the rounding of z makes of the loss there."""
        size = abs(float(point[0]) * self.place) + abs(float(point[1]))
        return 2.0**-51 * size * float(np.abs(self.pulls).mean())

    def step(self) -> Array:
        """Newton's."""
        turned = -self.turn / self.spread
        return np.array([turned, -float(self.pulls.mean()) / self.weight - self.place * turned])
