"""How a function of two variables bends at many points at once: its slopes, its curvatures and their axes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, compile_tape
from explorer.numeric.results import Array


@dataclass(frozen=True, eq=False)
class Bending:
    """f and its derivatives at points (k, 2): value (k,), gradient (k, 2), the Hessian's eigenvalues.

    `low` ≤ `high` are the eigenvalues, (c, s) the unit eigenvector of `high`; (−s, c) that of `low`.
    """

    value: Array
    gradient: Array
    low: Array
    high: Array
    c: Array
    s: Array

    def newton_step(self, part: float = 1e-8) -> Array:
        """−H⁺∇f: an eigenvalue below that part of the other one is left out.

        Compared with the other one, not with the window: on a plateau both are small, and the step is not.
        """
        gx, gy = self.gradient.T
        floor = part * np.maximum(np.abs(self.low), np.abs(self.high))
        along = (self.c * gx + self.s * gy) * _inverse(self.high, floor)
        across = (self.c * gy - self.s * gx) * _inverse(self.low, floor)
        return np.column_stack([self.s * across - self.c * along, -self.c * across - self.s * along])

    def bend_along(self, axis: Array) -> Array:
        """The second derivative along unit vectors (k, 2)."""
        ax, ay = axis.T
        bend: Array = (
            self.high * (self.c * ax + self.s * ay) ** 2 + self.low * (self.c * ay - self.s * ax) ** 2
        )
        return bend

    @property
    def defined(self) -> NDArray[np.bool_]:
        """Where f and all its derivatives are finite."""
        known: NDArray[np.bool_] = np.isfinite(self.value) & np.isfinite(self.gradient).all(axis=1)
        return known & np.isfinite(self.low) & np.isfinite(self.high)

    @property
    def least_bend(self) -> Array:
        """The lesser curvature in size."""
        return np.asarray(np.minimum(np.abs(self.low), np.abs(self.high)))

    @property
    def slope(self) -> Array:
        """‖∇f‖."""
        return np.hypot(self.gradient[:, 0], self.gradient[:, 1])


def _inverse(values: Array, floor: Array) -> Array:
    usable = np.abs(values) > floor
    return np.where(usable, 1 / np.where(usable, values, 1.0), 0.0)


@lru_cache(maxsize=256)
def bending_of(f: Expression) -> Callable[[Array], Bending]:
    """The function that looks at points (k, 2); its derivatives are written out once."""
    x, y = f.variables
    fx, fy = f.derivative(x), f.derivative(y)
    outputs = {"f": f, "x": fx, "y": fy, "a": fx.derivative(x), "b": fx.derivative(y), "d": fy.derivative(y)}
    tape = compile_tape(outputs, f.variables)

    def at(points: Array) -> Bending:
        value, gx, gy, a, b, d = tape.run(points[:, 0], points[:, 1]).values()
        with np.errstate(all="ignore"):
            half = (a - d) / 2
            radius, angle = np.hypot(half, b), np.arctan2(b, half) / 2
            middle = (a + d) / 2
            gradient = np.column_stack([gx, gy])
            return Bending(value, gradient, middle - radius, middle + radius, np.cos(angle), np.sin(angle))

    return at
