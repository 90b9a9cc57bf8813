"""Newton's direction with a safeguard, and the backtracking that goes with it.

Where the Hessian is not safely positive definite, its eigenvalues are replaced by max(|λ|, δ), so the
direction is always downhill (Nocedal and Wright, Numerical Optimization, 2nd ed., section 3.4; the absolute
value after Dauphin et al. 2014). Every direction has a δ of its own: with the unit eigenvector v it is
1e−8·Σ|vᵢ Hᵢⱼ vⱼ|, at least 1e−12. λ is the sum of these terms without the bars: below δ they have cancelled, as
along the floor of (x − y)². What one coordinate bends says nothing against another: beside the cusp of
x² + |y|^1.3 the curvature in y is near infinite, and that in x as good as ever.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .bends import turned_axes

Array = NDArray[np.float64]
Point = tuple[float, ...]

SHRINK = 0.5
SUFFICIENT = 1e-4
MOST_TRIALS = 80
_SHARES = np.split(SHRINK ** np.arange(MOST_TRIALS), (1, 2, 4, 8, 16, 32, 64))
"""Many points are tried at once, and each that needs it at as many sizes as it was tried at before."""
CANCELLED, LEAST_CURVATURE = 1e-8, 1e-12
"""A curvature that is so small a part of the terms that make it up is none; and the least that is divided by."""


def newton_direction(gradient: Sequence[float], hessian: Sequence[Sequence[float]]) -> Point:
    """−|H|⁻¹∇L with the safeguard above; d = 1 and 2 in closed form, in the written order of operations."""
    if len(gradient) == 1:
        curvature = abs(hessian[0][0])
        return (-gradient[0] / max(curvature, LEAST_CURVATURE),)
    if len(gradient) == 2:
        return _direction_in_the_plane(gradient, hessian)
    slopes = [np.array([slope]) for slope in gradient]
    bends = [[np.array([entry]) for entry in row] for row in hessian]
    return tuple(float(entry[0]) for entry in newton_directions(slopes, bends))


def _direction_in_the_plane(gradient: Sequence[float], hessian: Sequence[Sequence[float]]) -> Point:
    """Through the unit eigenvectors: the turned gradient is divided by the two sizes and turned back."""
    a, b, d = hessian[0][0], hessian[0][1], hessian[1][1]
    middle, half = (a + d) / 2, (a - d) / 2
    radius = math.sqrt(half * half + b * b)
    c, s = turned_axes(a, b, d)
    # By the determinant: middle − radius would lose the smaller one in the rounding of the larger.
    largest = max(abs(middle) + radius, LEAST_CURVATURE)
    other = abs(a / largest * d - b / largest * b)
    high, low = (largest, other) if middle >= 0 else (other, largest)
    mixed = 2 * abs(c * s * b)
    high = max(high, CANCELLED * (c * c * abs(a) + mixed + s * s * abs(d)), LEAST_CURVATURE)
    low = max(low, CANCELLED * (s * s * abs(a) + mixed + c * c * abs(d)), LEAST_CURVATURE)
    along = (c * gradient[0] + s * gradient[1]) / high
    across = (c * gradient[1] - s * gradient[0]) / low
    return (s * across - c * along, -c * across - s * along)


def newton_directions(gradient: Sequence[Array] | Array, hessian: Sequence[Sequence[Array]]) -> list[Array]:
    """As `newton_direction`, for many points at once: coordinate by coordinate, entry by entry."""
    if len(gradient) == 1:
        return [-gradient[0] / np.maximum(np.abs(hessian[0][0]), LEAST_CURVATURE)]
    matrices = np.moveaxis(np.array([[np.asarray(entry) for entry in row] for row in hessian]), -1, 0)
    usable = np.isfinite(matrices).all(axis=(1, 2))
    matrices = np.where(usable[:, None, None], matrices, 0.0)
    values, vectors = np.linalg.eigh(matrices)
    shares = np.abs(vectors)
    terms = np.einsum("kij,kil,klj->kj", shares, np.abs(matrices), shares)
    sizes = np.maximum(np.maximum(np.abs(values), CANCELLED * terms), LEAST_CURVATURE)
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

    The trials go on for those that have not found a lower point; the loss is asked of places of shape (d, j, k).
    """
    sizes = np.zeros(len(rates))
    searching = np.arange(len(rates))
    for shares in _SHARES:
        tried = rates[searching, None] * shares
        after = loss_at(points[:, searching, None] + tried * directions[:, searching, None])
        here = losses[searching, None]
        enough = (after < here) & (after <= here + SUFFICIENT * tried * slopes[searching, None])
        found = enough.any(axis=1)
        sizes[searching[found]] = tried[found, enough[found].argmax(axis=1)]
        searching = searching[~found]
        if not len(searching):
            break
    return sizes
