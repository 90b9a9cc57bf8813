"""How large a learning rate may be: the curvatures of a loss at a point and the bounds that follow.

On a quadratic with Hessian eigenvalues λmin … λmax > 0, gradient descent multiplies the error along each
eigenvector by 1 − ηλ, so it converges exactly when η < 2/λmax, and fastest in the long run when the two
extreme factors have equal size: η = 2/(λmin + λmax) (Polyak, Introduction to Optimization, 1987, section
1.4; heavy ball: section 3.2). For any other loss the same numbers hold only near the point: local bounds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression

from .bends import FLAT, Middle, turned_axes
from .landscape import Landscape, Point
from .newton import backtrack, backtracks, newton_direction, newton_directions
from .optimiser import Optimiser
from .registry import find_optimiser

Array = NDArray[np.float64]

ROUNDING = 4 * 2.0**-53
"""A loss is known to this part of itself."""
STEPS = 40
"""Newton's method takes at most so many steps."""
SHORT, ARRIVED = 1e-6, 1e-9
"""Newton's step is taken unjudged where it is so short, in parts of the point; and it is the last one."""
TOUCHED = 2.0**-26
"""A zero that a slope only touches is known to this part of the place: the square root of a double's rounding."""
BESIDE = 1e-6
"""So far beside a minimum, in parts of the point, slopes are what its curvatures say, unless a seam runs through it."""
KNOWN = 1e-10
"""To this part of itself a curvature is known at a place that was sought: eˣ at ln 2 is 2."""
ROUNDED = 1e-12
"""A curvature below this part of the largest one may be rounding's alone."""
MOST_CHOSEN = 12
"""A rate of no more digits was chosen, by hand or by key."""
LEVEL = 1e-12
"""Losses that differ by less than this part of themselves are one."""


@dataclass(frozen=True, eq=False)
class Stability:
    """Hessian (d, d) at `point` (d,), eigenvalues (d,) ascending with unit eigenvectors in the columns.

    All NaN where the loss has no second derivatives. `quadratic`: the Hessian is the same everywhere, so
    bounds hold for the whole loss and not only near the point. `middle`: that of the rows, where their Hessian is
    known about it, however far off they are; `leans`: they slope where they do not bend.
    """

    point: Array
    hessian: Array
    eigenvalues: Array
    eigenvectors: Array
    quadratic: bool
    middle: Middle | None = None
    leans: bool = False

    @property
    def smallest(self) -> float:
        """λmin."""
        return float(self.eigenvalues[0])

    @property
    def largest(self) -> float:
        """λmax."""
        return float(self.eigenvalues[-1])

    @property
    def positive_definite(self) -> bool:
        """Whether every curvature is positive, beyond rounding."""
        return self.smallest > (0.0 if self.middle else ROUNDED * abs(self.largest))

    @property
    def flat(self) -> float:
        """Up to which part of the largest one curvatures count as zero: those of a quadratic are known to rounding."""
        if self.middle:
            return 0.0
        return ROUNDED if self.quadratic else FLAT

    @property
    def condition_number(self) -> float:
        """λmax/λmin, NaN unless the Hessian is positive definite."""
        return self.largest / self.smallest if self.positive_definite else math.nan

    @property
    def best_rate(self) -> float | None:
        """2/(λmin + λmax): the best asymptotic rate of gradient descent; None unless positive definite.

        Best in the long run only: after few steps from a given start another rate may be far ahead.
        """
        return 2 / (self.smallest + self.largest) if self.positive_definite else None

    def newton_step(self, gradient: Array) -> Array:
        """Down to the flat point of the local quadratic; not at all along flat directions."""
        if self.middle:
            return self.middle.step()
        axes, values = self.eigenvectors, self.eigenvalues
        step: Array = -axes @ ((axes.T @ gradient) / np.where(values == 0, np.inf, values))
        return step

    def bound(self, optimiser: str | Optimiser = "gd", **settings: float) -> float | None:
        """The largest stable rate of an optimiser here, None where there is none (see `Optimiser.bound`).

        Exact, not rounded; show it with `round_down`.
        """
        row = find_optimiser(optimiser)
        factor = row.bound_factor(row.resolve(settings))
        return factor / self.largest if factor is not None and self.largest > 0 else None


_HALVINGS = 2.0 ** np.arange(-20, 1)


def stability(loss: Expression, point: float | Sequence[float]) -> Stability:
    """Curvatures and bounds of a loss at a point."""
    with np.errstate(all="ignore"):
        return curvatures(Landscape(loss), tuple(float(value) for value in np.atleast_1d(point)))


def curvatures(landscape: Landscape, point: Sequence[float]) -> Stability:
    """As `stability`, for a landscape that is at hand."""
    matrix = np.array(landscape.hessian([float(value) for value in point]))
    about = landscape.about_middle(point)
    middle = about if about and about.bends else None
    if middle:
        c, s = turned_axes(matrix[0, 0], matrix[0, 1], matrix[1, 1])
        largest = float(middle.along(np.array([[c], [s]]))[0])
        values, vectors = np.array([middle.determinant / largest, largest]), np.array([[-s, c], [c, s]])
    elif np.isfinite(matrix).all():
        values, vectors = np.linalg.eigh(matrix)
    else:
        values, vectors = np.full(len(matrix), np.nan), np.full_like(matrix, np.nan)
    return Stability(
        np.array(point, dtype=float),
        matrix,
        values,
        vectors,
        landscape.is_quadratic(),
        middle,
        bool(about and about.leans),
    )


def minimum_below(landscape: Landscape, start: Point) -> Stability | None:
    """The curvatures at the minimum that a safeguarded Newton's method reaches from a start, None if none.

    This is where a local bound is quoted: the rate decides there whether a minimum holds a descent.
    """
    point = start
    for _ in range(STEPS):
        loss, gradient = landscape.look(point)
        hessian = landscape.hessian(point)
        if not all(map(math.isfinite, (loss, *gradient, *(entry for row in hessian for entry in row)))):
            return None
        middle = landscape.middle_at(point)
        direction = tuple(middle.step().tolist()) if middle else newton_direction(gradient, hessian)
        slope = sum(g * d for g, d in zip(gradient, direction, strict=True))
        way = _part_of(np.array(direction), np.array(point), middle)
        # The loss cannot tell the ends of a very short step apart: there Newton's step is right as it is.
        size, blur = 1.0, middle.blur(np.array(point)) if middle else 0.0
        if way > SHORT and abs(slope) > ROUNDING * abs(loss) + blur:
            within = _short_of_a_hump(landscape, point, loss, direction, blur)
            size, _ = backtrack(landscape.loss_at, point, loss, direction, slope, rate=within)
        point = tuple(p + size * d for p, d in zip(point, direction, strict=True))
        if size == 0 or way <= ARRIVED:
            break
    return _minimum_at(landscape, _rounded(point, landscape.middle_at(point)))


@np.errstate(all="ignore")
def minima_below(landscape: Landscape, starts: Array) -> list[Stability | None]:
    """As `minimum_below`, for many starts (k, d) at once."""
    points = np.array(starts, dtype=float).T
    failed, moving = np.zeros(len(starts), dtype=bool), np.arange(len(starts))
    for _ in range(STEPS):
        here = points[:, moving]
        losses, *slopes = landscape.tape.run(*here).values()
        gradients, hessians = np.array(slopes), landscape.hessians(here)
        known = np.isfinite([losses, *gradients, *(entry for row in hessians for entry in row)]).all(axis=0)
        failed[moving[~known]] = True
        moving, here, losses, gradients = moving[known], here[:, known], losses[known], gradients[:, known]
        if not len(moving):
            break
        directions = np.array(newton_directions(gradients, [[e[known] for e in row] for row in hessians]))
        falls = (gradients * directions).sum(axis=0)
        way = np.linalg.norm(directions, axis=0) / np.maximum(1.0, np.linalg.norm(here, axis=0))
        sizes = np.ones(len(moving))
        far = np.flatnonzero((way > SHORT) & (np.abs(falls) > ROUNDING * np.abs(losses)))
        if len(far):
            part = here[:, far], losses[far], directions[:, far]
            within = _short_of_humps(landscape, *part)
            sizes[far] = backtracks(
                lambda at: landscape.value_tape.run(*at)["loss"], *part, falls[far], rates=within
            )
        points[:, moving] = here + sizes * directions
        moving = moving[(sizes != 0) & (way > ARRIVED)]
        if not len(moving):
            break
    found: dict[Point, Stability | None] = {}
    ends = [None if lost else _rounded(end) for end, lost in zip(points.T.tolist(), failed, strict=True)]
    for end in ends:
        if end is not None and end not in found:
            found[end] = _minimum_at(landscape, end)
    return [None if end is None else found[end] for end in ends]


def _rounded(point: Sequence[float], middle: Middle | None = None) -> Point:
    """Newton's last digits are rounding: −1 is to be said as −1, not as −0.9999999999999998.

    Where rows are far off they tell, and stay.
    """
    found = tuple(round(value, 12) + 0.0 for value in point)
    tells = middle is not None and middle.size(np.array(found) - np.array(point)) > ARRIVED
    return tuple(point) if tells else found


def _minimum_at(landscape: Landscape, point: Point) -> Stability | None:
    found = curvatures(landscape, point)
    return found if _holds_a_minimum(landscape, found) else None


def _short_of_humps(
    landscape: Landscape, points: Array, losses: Array, directions: Array, blur: float = 0.0
) -> Array:
    """As `_short_of_a_hump`, for many points at once."""
    ahead = landscape.value_tape.run(*(points[..., None] + _HALVINGS * directions[..., None]))["loss"]
    before = np.concatenate([losses[:, None], ahead[:, :-1]], axis=1)
    falls = ahead <= before + LEVEL * np.abs(losses)[:, None] + blur
    last = np.maximum(np.argmin(falls, axis=1) - 1, 0)
    return np.where(falls.all(axis=1), 1.0, _HALVINGS[last])


def _short_of_a_hump(
    landscape: Landscape, point: Point, loss: float, direction: Point, blur: float = 0.0
) -> float:
    """The last of 2⁻²⁰, 2⁻¹⁹ … 1 before the loss along the direction no longer falls.

    Beside an inflection Newton's step is as long as one likes: it would land in a valley far away.
    """
    points, directions = np.array([point]).T, np.array([direction]).T
    return float(_short_of_humps(landscape, points, np.array([loss]), directions, blur)[0])


def _holds_a_minimum(landscape: Landscape, found: Stability) -> bool:
    """Whether a minimum is there, with these curvatures, and not a far tail or a floor without curvature.

    One more Newton step has to be short and to find the same curvatures, as in Kantorovich's theorem. In the
    tails of 1/x, eˣ and a sigmoid the gradient is as small as one likes, but that step is long, or finds less
    than half of the curvature; so it does beside the bottom of x⁴.
    """
    if not (np.isfinite(found.eigenvalues).all() and found.positive_definite):
        return False
    axes, sizes, middle = found.eigenvectors, found.eigenvalues, found.middle
    gradient = np.array(landscape.look(tuple(found.point.tolist()))[1])
    step = found.newton_step(gradient)
    if not _part_of(step, found.point, middle) <= SHORT:
        return False
    bends = np.abs(bends_along(landscape, found.point + step, axes) - sizes) <= sizes / 4
    if not (bends.all() and (middle or _bends_as_far_as_it_is_known(landscape, found))):
        return False
    return not landscape.has_seams() or _bends_on_both_sides(landscape, found)


def _part_of(step: Array, point: Array, middle: Middle | None) -> float:
    """How long a step is beside 1 and the point; about the middle of rows both are what they make of z."""
    size = middle.size if middle else np.linalg.norm
    return float(size(step) / max(1.0, size(point)))


def bends_along(landscape: Landscape, point: Array, axes: Array) -> Array:
    """The second derivatives along unit vectors, the columns of `axes`."""
    place = tuple(point.tolist())
    middle = landscape.middle_at(place)
    return middle.along(axes) if middle else np.diag(axes.T @ np.array(landscape.hessian(place)) @ axes)


def _bends_as_far_as_it_is_known(landscape: Landscape, found: Stability) -> bool:
    """Whether the curvatures hold as far around as a flat place that is no minimum may be off.

    Where a slope touches 0, as 1 + cos(x) at π, doubles know the place to the square root of their rounding, and
    between there and here the curvature is only that of the distance.
    """
    axes, sizes = found.eigenvectors, found.eigenvalues
    away = TOUCHED * max(1.0, float(np.linalg.norm(found.point)))
    for i, side in product(range(len(sizes)), (-away, away)):
        there = bends_along(landscape, found.point + side * axes[:, i], axes)
        if not (np.abs(there - sizes) <= sizes / 4).all():
            return False
    return True


def _bends_on_both_sides(landscape: Landscape, found: Stability) -> bool:
    """Whether loss and slopes on both sides along each axis are those of the Hessian there.

    A formula in pieces has the derivatives of one piece at a corner or a jump too: x² for x ≥ 0 beside −x.
    """
    point, away = found.point, BESIDE * max(1.0, float(np.linalg.norm(found.point)))
    here, gradient = landscape.look(tuple(point.tolist()))
    for axis, size in zip(found.eigenvectors.T, found.eigenvalues, strict=True):
        for way in (-away, away):
            loss, slopes = landscape.look(tuple((point + way * axis).tolist()))
            if not abs(float(axis @ (np.array(slopes) - gradient)) - way * size) <= away * size / 4:
                return False
            if not abs(loss - here) <= away**2 * size + LEVEL * abs(here):
                return False
    return True


def round_down(value: float, digits: int = 5) -> float:
    """A positive bound rounded down to so many significant digits, so that what is shown still holds."""
    if not (math.isfinite(value) and value > 0):
        return value
    exponent = digits - 1 - math.floor(math.log10(value))
    # A bound such as 1 must not become 0.99999 because 1/λ was rounded in its last bit.
    whole = math.floor(value * 10.0**exponent * (1 + 4e-16)) if abs(exponent) < 290 else None
    return value if whole is None else float(f"{whole}e{-exponent}")


def as_known(value: float) -> float:
    """A curvature or a bound at a place that was sought: the number of nine digits that it is, as far as is known."""
    near = float(f"{value:.9g}")
    return near if math.isclose(near, value, rel_tol=KNOWN) else value


def said_beside(rate: float, bound: float) -> tuple[float, float]:
    """A rate as it was chosen, and its bound rounded down to five digits, or both in as many as tell which is larger.

    A rate of more than `MOST_CHOSEN` digits was computed, and begins with four.
    """
    chosen = float(f"{rate:.{MOST_CHOSEN}g}") == rate
    for digits in range(4, 13):
        said, limit = rate if chosen else float(f"{rate:.{digits}g}"), round_down(bound, max(digits, 5))
        if rate == bound:
            return limit, limit
        if math.isnan(bound) or (said != limit and (said < limit) == (rate < bound)):
            return said, limit
    return rate, bound
