"""Newton's direction with a safeguard, and the backtracking that goes with it.

Where the Hessian is not safely positive definite, its eigenvalues are replaced by max(|λ|, δ), so the
direction is always downhill (Nocedal and Wright, Numerical Optimization, 2nd ed., section 3.4; the absolute
value after Dauphin et al. 2014). δ = 1e−8·max(|λ|), at least 1e−12.
"""

import math
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Point = tuple[float, ...]

SHRINK = 0.5
SUFFICIENT = 1e-4
MOST_TRIALS = 80


def newton_direction(gradient: Sequence[float], hessian: Sequence[Sequence[float]]) -> Point:
    """−|H|⁻¹∇L with the safeguard above; d = 1 and 2 in closed form, in the written order of operations."""
    if len(gradient) == 1:
        curvature = abs(hessian[0][0])
        return (-gradient[0] / max(curvature, 1e-12),)
    if len(gradient) == 2:
        return _direction_in_the_plane(gradient, hessian)
    values, vectors = np.linalg.eigh(np.array(hessian))
    sizes = np.maximum(np.abs(values), _floor(float(np.abs(values).max())))
    return cast(Point, tuple((-(vectors / sizes) @ (vectors.T @ np.array(gradient))).tolist()))


def _floor(largest: float) -> float:
    return max(1e-8 * largest, 1e-12)


def _direction_in_the_plane(gradient: Sequence[float], hessian: Sequence[Sequence[float]]) -> Point:
    """Through the unit eigenvector (c, s) of the larger eigenvalue, c = cos θ with tan 2θ = 2b/(a−d).

    The turned gradient is divided by the two sizes and turned back.
    """
    a, b, d = hessian[0][0], hessian[0][1], hessian[1][1]
    middle, half = (a + d) / 2, (a - d) / 2
    radius = math.sqrt(half * half + b * b)
    angle = math.atan2(b, half) / 2
    c, s = math.cos(angle), math.sin(angle)
    high, low = middle + radius, middle - radius
    floor = _floor(max(abs(high), abs(low)))
    along = (c * gradient[0] + s * gradient[1]) / max(abs(high), floor)
    across = (c * gradient[1] - s * gradient[0]) / max(abs(low), floor)
    return (s * across - c * along, -c * across - s * along)


def newton_directions(gradient: Sequence[Array] | Array, hessian: Sequence[Sequence[Array]]) -> list[Array]:
    """As `newton_direction`, for many points at once: coordinate by coordinate, entry by entry."""
    if len(gradient) == 1:
        return [-gradient[0] / np.maximum(np.abs(hessian[0][0]), 1e-12)]
    matrices = np.moveaxis(np.array([[np.asarray(entry) for entry in row] for row in hessian]), -1, 0)
    usable = np.isfinite(matrices).all(axis=(1, 2))
    values, vectors = np.linalg.eigh(np.where(usable[:, None, None], matrices, 0.0))
    sizes = np.abs(values)
    sizes = np.maximum(sizes, np.maximum(1e-8 * sizes.max(axis=1), 1e-12)[:, None])
    turned = np.einsum("kij,ik->kj", vectors, np.array(gradient)) / sizes
    directions = -np.einsum("kij,kj->ik", vectors, turned)
    return list(np.where(usable, directions, np.nan))


def backtrack(
    loss_at: Callable[[Point], float],
    point: Point,
    loss: float,
    direction: Point,
    slope: float,
    *,
    rate: float,
) -> tuple[float, int]:
    """The first of η, η/2, η/4 … that lowers the loss enough (Armijo 1966), and the number of trials.

    Enough: L(w + t·d) ≤ L(w) + 1e−4·t·(∇L·d), where `slope` is ∇L·d < 0. An undefined loss never is enough.
    After 80 trials the answer is 0: no lower point was found along d.
    """
    size = rate
    for trial in range(1, MOST_TRIALS + 1):
        candidate = tuple(w + size * d for w, d in zip(point, direction, strict=True))
        after = loss_at(candidate)
        # Strictly lower as well: for a step lost in rounding the two sides of Armijo's condition are equal.
        if after < loss and after <= loss + SUFFICIENT * size * slope:
            return size, trial
        size *= SHRINK
    return 0.0, MOST_TRIALS


def backtracks(
    loss_at: Callable[[Array], Array],
    points: Array,
    losses: Array,
    directions: Array,
    slopes: Array,
    *,
    rates: Array,
) -> Array:
    """As `backtrack`, the sizes for many points at once: points and directions are (d, k), the rest is (k,).

    The trials go on for those that have not found a lower point.
    """
    sizes = rates.copy()
    searching = np.arange(len(sizes))
    for _ in range(MOST_TRIALS):
        after = loss_at(points[:, searching] + sizes[searching] * directions[:, searching])
        here = losses[searching]
        enough = (after < here) & (after <= here + SUFFICIENT * sizes[searching] * slopes[searching])
        searching = searching[~enough]
        if not len(searching):
            break
        sizes[searching] *= SHRINK
    sizes[searching] = 0.0
    return sizes
