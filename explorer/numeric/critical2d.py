"""Critical points of a function of two variables in a window: found, told apart, and honest about families.

Newton's method on ∇f = 0 runs from every point of a coarse grid at once. Where the Hessian is singular the
step is the shortest one (the pseudo-inverse), so starts fall straight onto a valley floor. Points that lie on
a whole curve of critical points (x², sin x, (xy)²) are reported as a family, not one by one. Points are
classified by the signs of the Hessian's eigenvalues; where one of them is zero the test is silent.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.bending import Bending, bending_of
from explorer.numeric.results import Array

Window = tuple[float, float]
Way = tuple[NDArray[np.bool_], Array]
"""Which of some points are left along it, and the unit vector (k, 2) of each."""

GRID = 24
ROUNDS = 25
FOLLOWED = 40
"""So many hops lead from the middle of a window past its corners."""

MOST_POINTS = 120
MOST_FAMILIES = 12
MOST_LEVELS = 60
FLOOR = 0.05
"""A direction that bends less than this part of the other one is that of a floor or a crest."""
FLAT = 1e-5
"""An eigenvalue below this part of the curvature typical of the window is looked at more closely."""


class CriticalKind(StrEnum):
    """What the second-derivative test says."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    SILENT = "silent"


class FamilyKind(StrEnum):
    """What a whole curve (or region) of critical points is."""

    VALLEY = "valley"
    RIDGE = "ridge"
    MIXED = "mixed"
    FLAT = "flat"


@dataclass(frozen=True)
class CriticalPoint2D:
    """An isolated critical point; eigenvalues of the Hessian ascending."""

    x: float
    y: float
    value: float
    kind: CriticalKind
    eigenvalues: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Family:
    """A curve, several curves or a region where the gradient is zero throughout, all at one height.

    `points` (k, 2) are some of its points in the window.
    """

    kind: FamilyKind
    value: float
    points: Array


@dataclass(frozen=True)
class CriticalPoints:
    """Isolated points ordered by value, and families; `complete` is False when there were too many."""

    points: tuple[CriticalPoint2D, ...]
    families: tuple[Family, ...]
    complete: bool

    def of_kind(self, kind: CriticalKind) -> tuple[CriticalPoint2D, ...]:
        """The isolated points of one kind."""
        return tuple(point for point in self.points if point.kind is kind)

    @property
    def sentence(self) -> str:
        """What was found, for a learner."""
        counts = [(kind, len(self.of_kind(kind))) for kind in CriticalKind]
        said = [f"{n} {_PLURALS[kind] if n > 1 else _SINGULARS[kind]}" for kind, n in counts if n]
        said += sorted({_FAMILIES[family.kind] for family in self.families})
        if not said:
            return "No critical point in this window."
        if not self.complete:
            return f"Very many critical points; near the middle: {', '.join(said)}."
        return f"{', '.join(said)}."


_SINGULARS = {
    CriticalKind.MINIMUM: "minimum",
    CriticalKind.MAXIMUM: "maximum",
    CriticalKind.SADDLE: "saddle",
    CriticalKind.SILENT: "point where the test is silent",
}
_PLURALS = {
    CriticalKind.MINIMUM: "minima",
    CriticalKind.MAXIMUM: "maxima",
    CriticalKind.SADDLE: "saddles",
    CriticalKind.SILENT: "points where the test is silent",
}
_FAMILIES = {
    FamilyKind.VALLEY: "a valley whose whole floor is level",
    FamilyKind.RIDGE: "a ridge whose whole crest is level",
    FamilyKind.MIXED: "a level line that is a valley on one part and a ridge on another",
    FamilyKind.FLAT: "a level stretch where every point is critical",
}


_FAMILY_OF = {
    (True, False): FamilyKind.VALLEY,
    (False, True): FamilyKind.RIDGE,
    (True, True): FamilyKind.MIXED,
    (False, False): FamilyKind.FLAT,
}
"""Whether some of its points bend up across it, and whether some bend down."""


@dataclass(frozen=True)
class _Search:
    """The window and the scales that the tolerances are relative to."""

    at: Callable[[Array], Bending]
    low: Array
    high: Array
    slope: float
    curvature: float
    height: float

    @property
    def flat(self) -> float:
        return FLAT * self.curvature

    @property
    def size(self) -> float:
        return float(np.linalg.norm(self.high - self.low))

    def inside(self, points: Array) -> NDArray[np.bool_]:
        margin = 1e-9 * (self.high - self.low)
        above, below = points >= self.low - margin, points <= self.high + margin
        found: NDArray[np.bool_] = np.all(above & below, axis=1)
        return found


@np.errstate(all="ignore")
def critical_points(f: Expression, x_window: Window, y_window: Window) -> CriticalPoints:
    """The critical points of f(x, y) with x and y in closed windows; needs f in exactly two variables.

    Kinks and edges of the domain are no critical points here: both partial derivatives must be zero.
    Raises ValueError for another number of variables or an empty window.
    """
    if len(f.variables) != 2:
        raise ValueError(f"Critical points are sought in two variables, not {len(f.variables)}.")
    low, high = np.array([x_window[0], y_window[0]]), np.array([x_window[1], y_window[1]])
    if not (np.isfinite([low, high]).all() and (low < high).all()):
        raise ValueError("The window must be two intervals, each from a smaller to a larger number.")
    at = bending_of(f)
    starts = _grid(low, high)
    first = at(starts)
    spread = np.abs(first.value - np.nanmedian(first.value)) if first.defined.any() else np.zeros(1)
    search = _Search(
        at,
        low,
        high,
        slope=_typical(first.slope),
        curvature=_typical(np.maximum(-first.low, first.high)),
        height=_typical(spread),
    )
    usable = starts[first.defined]
    found = np.vstack([_newton(search, usable), _on_floors(search, usable[::2])])
    if not len(found):
        return CriticalPoints((), (), complete=True)
    zero = _has_zero_curvature(search, found)
    slow = _merge(search, found[zero], 2e-3)
    on_curve, walked = _on_a_curve(search, slow)
    families = _families(search, _followed(search, np.vstack([slow[on_curve], walked])))
    isolated = _polish(search, slow[~on_curve], families)
    sharp = _merge(search, found[~zero], 1e-6)
    complete = len(sharp) <= MOST_POINTS
    if not complete:
        centre = np.abs((sharp - (low + high) / 2) / (high - low)).max(axis=1)
        sharp = sharp[np.argsort(centre)[:MOST_POINTS]]
    return CriticalPoints(_classify(search, np.vstack([sharp, isolated])), families, complete)


def _grid(low: Array, high: Array) -> Array:
    """A coarse grid, slightly off centre, so that symmetric functions are not met on their axes only."""
    steps = (np.arange(GRID) + 0.5 + 0.07 * np.sin(np.arange(GRID))) / GRID
    x, y = np.meshgrid(low[0] + steps * (high[0] - low[0]), low[1] + steps * (high[1] - low[1]))
    return np.column_stack([x.ravel(), y.ravel()])


def _typical(sizes: Array) -> float:
    usable = sizes[np.isfinite(sizes) & (sizes > 0)]
    return float(np.median(usable)) if len(usable) else 0.0


def _newton(search: _Search, points: Array, part: float = 1e-8) -> Array:
    """Where Newton's method arrives in the window; starts that lead out or nowhere are left out."""
    reach, arrived = 0.25 * search.size, [np.empty((0, 2))]
    middle, room = (search.low + search.high) / 2, 0.8 * (search.high - search.low)
    for turn in range(ROUNDS):
        now = search.at(points)
        step = now.newton_step(part)
        length = np.hypot(step[:, 0], step[:, 1])
        # A multiple zero of the gradient is approached slowly: its last steps may be larger.
        last = turn == ROUNDS - 1
        done = (length <= (1e-3 if last else 1e-10) * search.size) & (
            now.slope <= (1e-7 if last else 1e-9) * search.slope
        )
        step *= np.minimum(1.0, reach / np.maximum(length, 1e-300))[:, None]
        moved = points + step
        near = (np.abs(moved - middle) <= room).all(axis=1)
        arrived.append(moved[done])
        points = moved[near & ~done]
        if not len(points):
            break
    found = np.vstack(arrived)
    return found[search.inside(found) & search.at(found).defined]


def _on_floors(search: _Search, points: Array) -> Array:
    """Where starts arrive that only step across floors and crests, and not along them.

    From those of x y/(x²+y²) Newton's whole step leads away. What is no floor after all, but a long narrow
    valley with its one lowest point, is left to the whole step.
    """
    found = _newton(search, points, FLOOR)
    step = search.at(found).newton_step()
    near = np.linalg.norm(step, axis=1) <= 1e-3 * search.size
    moved: Array = (found + step)[near]
    return moved[search.inside(moved) & search.at(moved).defined]


def _has_zero_curvature(search: _Search, points: Array) -> NDArray[np.bool_]:
    """Whether some eigenvalue is rounding, or so small that a little aside it is another one.

    Small alone is not zero: x² + 100000y² bends by 2 along x wherever one looks. Beside the zero of x⁴ the
    curvature is small because the point is known to a few digits, and on a floor because nothing bends.
    """
    now = search.at(points)
    zero = np.zeros(len(points), dtype=bool)
    noise = 1e-12 * np.maximum(np.abs(now.low), np.abs(now.high))
    high, low = np.column_stack([now.c, now.s]), np.column_stack([-now.s, now.c])
    for values, axis in ((now.high, high), (now.low, low)):
        small = np.abs(values) <= search.flat
        for side in (-1e-3, 1e-3):
            aside = search.at(points + side * search.size * axis).bend_along(axis)
            zero |= small & ~(np.abs(aside - values) <= np.abs(values) / 2)
        zero |= np.abs(values) <= noise
    return zero


def _merge(search: _Search, points: Array, part: float) -> Array:
    """One point for each cluster of the size `part` · window, on a round number where that is as critical."""
    if not len(points):
        return np.empty((0, 2))
    points = points[np.argsort(search.at(points).slope, kind="stable")]
    radius = part * search.size
    _, first = np.unique(np.round(points / radius), axis=0, return_index=True)
    candidates = points[np.sort(first)]
    # Rounding may part two neighbours; with many candidates they lie on a curve, where it does not matter.
    if len(candidates) <= 4 * MOST_POINTS:
        apart = np.abs(candidates[:, None] - candidates[None]).max(axis=2) > radius
        candidates = candidates[(apart | ~np.tri(len(candidates), k=-1, dtype=bool)).all(axis=1)]
    return _rounded(search, candidates)


def _rounded(search: _Search, points: Array) -> Array:
    """(3.0000000000000004, 2) is said as (3, 2) where the gradient there is no larger."""
    best, slope = points.copy(), search.at(points).slope
    open_ = np.ones(len(points), dtype=bool)
    for decimals in (3, 6, 9, 12):
        scale = 10.0 ** (math.ceil(math.log10(search.size)) - decimals - 1)
        candidate = np.round(np.round(points / scale) * scale, 15) + 0.0
        better = open_ & (search.at(candidate).slope <= slope) & search.inside(candidate)
        best[better], open_ = candidate[better], open_ & ~better
    return best


def _on_a_curve(search: _Search, points: Array) -> tuple[NDArray[np.bool_], Array]:
    """Whether a short walk along a direction of zero curvature meets critical points again, and which."""
    belongs = np.zeros(len(points), dtype=bool)
    if not len(points):
        return belongs, np.empty((0, 2))
    now = search.at(points)
    flat_low, flat_high = np.abs(now.low) <= search.flat, np.abs(now.high) <= search.flat
    axes = [(flat_high, np.column_stack([now.c, now.s])), (flat_low, np.column_stack([-now.s, now.c]))]
    # Where all curvature is zero the axes say nothing, and the way back to a multiple zero is longer.
    angles = np.arange(8) * np.pi / 8
    fan = [
        (flat_low & flat_high, np.broadcast_to([np.cos(angle), np.sin(angle)], points.shape))
        for angle in angles
    ]
    met = []
    for ways, pulls in ((axes, 4), (fan, 16)):
        starts, there = _walked(search, points, ways, pulls)
        belongs[starts] = True
        met.append(there[search.inside(there)])
    return belongs, np.vstack(met)


def _walked(search: _Search, points: Array, ways: list[Way], pulls: int) -> tuple[NDArray[np.intp], Array]:
    """From which points (by index) a hop to either side of a way leads back to critical points, and to which.

    All ways are walked at once: a look at many points costs hardly more than a look at one.
    """
    hop = 0.013 * search.size
    starts = np.concatenate([np.flatnonzero(flat) for flat, _ in ways for _ in (hop, -hop)])
    there = points[starts] + np.vstack([side * axis[flat] for flat, axis in ways for side in (hop, -hop)])
    for _ in range(pulls if len(there) else 0):
        there = there + _capped(search.at(there).newton_step(), hop / 4)
    away = np.linalg.norm(there - points[starts], axis=1)
    level = search.at(there).slope <= 1e-9 * search.slope
    same = level & (away > hop / 2) & (away < 2 * hop)
    return starts[same], there[same]


def _followed(search: _Search, points: Array) -> Array:
    """Curves of which only a few points are known ((xy)² near its crossing), walked on through the window."""
    ends = points
    for _ in range(FOLLOWED):
        if not 0 < len(points) < 100:
            break
        _, ends = _on_a_curve(search, ends)
        known = np.abs(ends[:, None] - points[None]).max(axis=2) < 4e-3 * search.size
        ends = _merge(search, ends[~known.any(axis=1)], 2e-3)
        if not len(ends):
            break
        points = np.vstack([points, ends])
    return points


def _capped(step: Array, longest: float) -> Array:
    length = np.linalg.norm(step, axis=1)
    return np.where(np.isfinite(step), step * np.minimum(1.0, longest / length)[:, None], 0.0)


def _polish(search: _Search, points: Array, families: tuple[Family, ...]) -> Array:
    """Isolated multiple zeros, found to a few digits so far, to full accuracy; none on a family."""
    for family in families:
        apart = np.abs(points[:, None] - family.points[None]).max(axis=2) > 0.03 * search.size
        points = points[apart.all(axis=1)]
    if not len(points) or not (search.at(points).slope > 0).any():
        return points
    for _ in range(30):
        points = points + _capped(search.at(points).newton_step(1e-15), 1e-2 * search.size)
    return _merge(search, points[search.inside(points)], 2e-3)


def _classify(search: _Search, points: Array) -> tuple[CriticalPoint2D, ...]:
    if not len(points):
        return ()
    now, zero = search.at(points), _has_zero_curvature(search, points)
    found = []
    for (x, y), value, low, high, silent in zip(points, now.value, now.low, now.high, zero, strict=True):
        if silent:
            kind = CriticalKind.SILENT
        elif low > 0:
            kind = CriticalKind.MINIMUM
        else:
            kind = CriticalKind.MAXIMUM if high < 0 else CriticalKind.SADDLE
        found.append(CriticalPoint2D(float(x), float(y), float(value), kind, (float(low), float(high))))
    return tuple(sorted(found, key=lambda point: (point.value, point.x, point.y)))


def _families(search: _Search, points: Array) -> tuple[Family, ...]:
    """Points on curves, grouped by height; the signs of the other curvature say valley, ridge or both."""
    if not len(points):
        return ()
    now = search.at(points)
    height = 1e-6 * search.height or 1.0
    levels = np.round(now.value / height)
    families = []
    known, sizes = np.unique(levels, return_counts=True)
    # A fine staircase has as many levels as points: only the fullest are looked at.
    fullest = np.sort(known[np.argsort(-sizes, kind="stable")[:MOST_LEVELS]])
    for level in fullest:
        members = levels == level
        bend = np.where(np.abs(now.high) >= np.abs(now.low), now.high, now.low)[members]
        kind = _FAMILY_OF[bool((bend > search.flat).any()), bool((bend < -search.flat).any())]
        _, first = np.unique(np.round(points[members] / (1e-5 * search.size)), axis=0, return_index=True)
        families.append(Family(kind, float(np.median(now.value[members])), points[members][first]))
    # Steps and stairs have a level for each tread: the widest ones stand for them.
    widest = sorted(families, key=lambda family: -len(family.points))[:MOST_FAMILIES]
    return tuple(sorted(widest, key=lambda family: family.value))
