"""Newton's method for ∇f = 0 in two variables, from many places at once, and what is to be known of where it arrives.

Where the Hessian is singular the step is the shortest one (the pseudo-inverse), so starts fall straight onto a valley
floor; from there whole curves of critical points are walked through the window.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.curvature2d import Bending
from explorer.numeric.results import Array, Window

Way = tuple[NDArray[np.bool_], Array]
"""Which of some points are left along it, and the unit vector (k, 2) of each."""

GRID = 24
ROUNDS = 25
SHRINKING = 0.97
FOLLOWED = 40
"""So many hops lead from the middle of a window past its corners."""

MOST_POINTS = 120
FLOOR = 0.05
"""A direction that bends less than this part of the other one is that of a floor or a crest."""

FLAT = 1e-5
"""An eigenvalue below this part of the curvature typical of the window is looked at more closely."""

ROUNDING, LEVEL = 1e-13, 1e-13
"""Of the larger eigenvalue: the other one is rounding. Of that over the window: a slope along a floor is."""

NO_LESS = 1e-15
"""Of the lesser curvature over the window: the place's own rounding leaves no smaller slope, flat as it is around."""

SETTLING = 6
LEAPS = 12


@dataclass(frozen=True)
class Search:
    """The window and the scales that the tolerances are relative to."""

    f: Expression
    at: Callable[[Array], Bending]
    window: Window
    extremes: Array
    low: Array
    high: Array
    slope: float
    curvature: float
    height: float

    @property
    def flat(self) -> float:
        """A curvature that may be none."""
        return FLAT * self.curvature

    @property
    def size(self) -> float:
        """The window's diagonal."""
        return float(np.linalg.norm(self.high - self.low))

    @property
    def mesh(self) -> Array:
        """How far apart the starts of the coarse grid are, in x and in y."""
        return (self.high - self.low) / GRID

    def inside(self, points: Array) -> NDArray[np.bool_]:
        """Which of the points lie in the window, its border included."""
        margin = 1e-9 * (self.high - self.low)
        above, below = points >= self.low - margin, points <= self.high + margin
        found: NDArray[np.bool_] = np.all(above & below, axis=1)
        return found


def grid(low: Array, high: Array) -> Array:
    """A coarse grid, slightly off centre, so that symmetric functions are not met on their axes only."""
    steps = (np.arange(GRID) + 0.5 + 0.07 * np.sin(np.arange(GRID))) / GRID
    x, y = np.meshgrid(low[0] + steps * (high[0] - low[0]), low[1] + steps * (high[1] - low[1]))
    return np.column_stack([x.ravel(), y.ravel()])


def typical(sizes: Array) -> float:
    """The median of those that are not 0."""
    usable = sizes[np.isfinite(sizes) & (sizes > 0)]
    return float(np.median(usable)) if len(usable) else 0.0


def newton(search: Search, points: Array, part: float = 1e-8) -> tuple[Array, Array]:
    """Where Newton's method arrives in the window; and where it meets a seam, on which there is no next step.

    Starts that lead out or nowhere are left out. On a plateau that only fades away steps do not shrink.
    """
    reach, arrived, stuck = 0.25 * search.size, [np.empty((0, 2))], [np.empty((0, 2))]
    middle, room = (search.low + search.high) / 2, 0.8 * (search.high - search.low)
    before = np.full(len(points), np.inf)
    for turn in range(ROUNDS if len(points) else 0):
        now = search.at(points)
        silent = ~now.defined & np.isfinite(now.value)
        stuck.append(points[silent])
        step = now.newton_step(part)
        length = np.hypot(step[:, 0], step[:, 1])
        # A multiple zero of the gradient is approached slowly: its last steps may be larger.
        last = turn == ROUNDS - 1
        enough = np.maximum((1e-7 if last else 1e-9) * search.slope, NO_LESS * now.least_bend * search.size)
        done = (length <= (1e-3 if last else 1e-10) * search.size) & (now.slope <= enough)
        done &= (length <= SHRINKING * before) | (length <= 1e-10 * search.size)
        step *= np.minimum(1.0, reach / np.maximum(length, 1e-300))[:, None]
        moved = points + step
        near = (np.abs(moved - middle) <= room).all(axis=1)
        arrived.append(moved[done])
        going = near & ~done & ~silent
        points, before = moved[going], length[going]
        if not len(points):
            break
    found, met = np.vstack(arrived), np.vstack(stuck)
    return found[search.inside(found) & search.at(found).defined], met[search.inside(met)]


def on_floors(search: Search, points: Array) -> tuple[Array, Array]:
    """Where starts arrive that only step across floors and crests, and not along them.

    From those of x y/(x²+y²) Newton's whole step leads away. What is no floor after all, but a long narrow
    valley with its one lowest point, is left to the whole step.
    """
    found, stuck = newton(search, points, FLOOR)
    step = search.at(found).newton_step()
    near = np.linalg.norm(step, axis=1) <= 1e-3 * search.size
    moved: Array = (found + step)[near]
    return moved[search.inside(moved) & search.at(moved).defined], stuck


def settled(search: Search, points: Array) -> Array:
    """Points where f bends little one way, but bends, walked on that way: 10000x² + 0.0001y² has one lowest point."""
    points = _stepped(search, points, SETTLING, 0.25 * search.size, ROUNDING)
    points = points[search.inside(points)]
    step = search.at(points).newton_step(ROUNDING)
    near: Array = points[np.hypot(*step.T) <= 1e-6 * search.size]
    return near


def has_zero_curvature(search: Search, points: Array) -> NDArray[np.bool_]:
    """Whether some eigenvalue is rounding, or so small that a little aside it is another one.

    Small alone is not zero: x² + 100000y² bends by 2 along x wherever one looks. Beside the zero of x⁴ the
    curvature is small because the point is known to a few digits, and on a floor because nothing bends.
    """
    now = search.at(points)
    zero = np.zeros(len(points), dtype=bool)
    noise = 1e-12 * np.maximum(np.abs(now.low), np.abs(now.high))
    high, low = np.column_stack([now.c, now.s]), np.column_stack([-now.s, now.c])
    for values, axis in ((now.high, high), (now.low, low)):
        small = np.flatnonzero(np.abs(values) <= search.flat)
        for side in (-1e-3, 1e-3) if len(small) else ():
            aside = search.at(points[small] + side * search.size * axis[small]).bend_along(axis[small])
            zero[small] |= ~(np.abs(aside - values[small]) <= np.abs(values[small]) / 2)
        zero |= np.abs(values) <= noise
    return zero


def merge(search: Search, points: Array, part: float) -> Array:
    """One point for each cluster of the size `part` · window, on a round number where that is as critical."""
    return _rounded(search, distinct(search, points, part)) if len(points) else np.empty((0, 2))


def distinct(search: Search, points: Array, part: float) -> Array:
    """The most critical point of each cluster of the size `part` · window."""
    points = points[np.argsort(search.at(points).slope, kind="stable")]
    radius = part * search.size
    _, first = np.unique(np.round(points / radius), axis=0, return_index=True)
    candidates = points[np.sort(first)]
    # Rounding may part two neighbours; with many candidates they lie on a curve, where it does not matter.
    if len(candidates) <= 4 * MOST_POINTS:
        apart = np.abs(candidates[:, None] - candidates[None]).max(axis=2) > radius
        candidates = candidates[(apart | ~np.tri(len(candidates), k=-1, dtype=bool)).all(axis=1)]
    return np.asarray(candidates)


def _rounded(search: Search, points: Array) -> Array:
    """(3.0000000000000004, 2) is said as (3, 2) where the gradient there is no larger."""
    best, slope = points.copy(), search.at(points).slope
    open_ = np.ones(len(points), dtype=bool)
    for decimals in (3, 6, 9, 12):
        scale = 10.0 ** (math.ceil(math.log10(search.size)) - decimals - 1)
        candidate = np.round(np.round(points / scale) * scale, 15) + 0.0
        better = open_ & (search.at(candidate).slope <= slope) & search.inside(candidate)
        best[better], open_ = candidate[better], open_ & ~better
    # Of a coordinate next to nothing is left but rounding, whatever the other one is.
    there = np.where(np.abs(best) <= ROUNDING * search.size, 0.0, best)
    return np.where(search.at(there).defined[:, None], there, best)


def on_a_curve(search: Search, points: Array) -> tuple[NDArray[np.bool_], Array]:
    """Whether a short walk along a direction of zero curvature meets critical points again, and which."""
    belongs = np.zeros(len(points), dtype=bool)
    if not len(points):
        return belongs, np.empty((0, 2))
    now = search.at(points)
    flat_low, flat_high = np.abs(now.low) <= search.flat, np.abs(now.high) <= search.flat
    axes = [(flat_high, np.column_stack([now.c, now.s])), (flat_low, np.column_stack([-now.s, now.c]))]
    # Where all curvature is zero the axes say nothing, and the way back to a multiple zero is longer.
    met = []
    for ways, pulls in ((axes, 4), (_fan(flat_low & flat_high), 16)):
        # Of a level stretch that holds many points the axes tell enough.
        asked = ways if len(points) <= MOST_POINTS else [(flat & ~belongs, axis) for flat, axis in ways]
        starts, there = _walked(search, points, asked, pulls)
        belongs[starts] = True
        met.append(there[search.inside(there)])
    return belongs, np.vstack(met)


def _fan(flat: NDArray[np.bool_]) -> list[Way]:
    """Ways in all directions."""
    angles = np.arange(8) * np.pi / 8
    return [(flat, np.broadcast_to([np.cos(angle), np.sin(angle)], (len(flat), 2))) for angle in angles]


def _walked(search: Search, points: Array, ways: list[Way], pulls: int) -> tuple[NDArray[np.intp], Array]:
    """From which points (by index) a hop to either side of a way leads back to critical points, and to which.

    All ways are walked at once: a look at many points costs hardly more than a look at one.
    """
    hop = 0.013 * search.size
    starts = np.concatenate([np.flatnonzero(flat) for flat, _ in ways for _ in (hop, -hop)])
    there = points[starts] + np.vstack([side * axis[flat] for flat, axis in ways for side in (hop, -hop)])
    there = _stepped(search, there, pulls, hop / 4)
    away = np.linalg.norm(there - points[starts], axis=1)
    level = search.at(there).slope <= 1e-9 * search.slope
    same = level & (away > hop / 2) & (away < 2 * hop)
    return starts[same], there[same]


def followed(search: Search, points: Array) -> Array:
    """Curves of which only a few points are known ((xy)² near its crossing), walked on through the window."""
    ends = points
    for _ in range(FOLLOWED):
        if not 0 < len(points) < 100:
            break
        _, ends = on_a_curve(search, ends)
        known = np.abs(ends[:, None] - points[None]).max(axis=2) < 4e-3 * search.size
        ends = merge(search, ends[~known.any(axis=1)], 2e-3)
        if not len(ends):
            break
        points = np.vstack([points, ends])
    return points


def _stepped(search: Search, points: Array, times: int, longest: float, part: float = 1e-8) -> Array:
    """Points after some of Newton's steps, none longer than `longest`; what stands still has arrived, as on plains."""
    there, moving = points.copy(), np.arange(len(points))
    for _ in range(times):
        if not len(moving):
            break
        before = there[moving]
        there[moving] = before + _capped(search.at(before).newton_step(part), longest)
        moving = moving[(there[moving] != before).any(axis=1)]
    return there


def _capped(step: Array, longest: float) -> Array:
    length = np.linalg.norm(step, axis=1)
    return np.where(np.isfinite(step), step * np.minimum(1.0, longest / length)[:, None], 0.0)


def polish(search: Search, points: Array, families: Sequence[Array]) -> Array:
    """Isolated multiple zeros, found to a few digits so far, to full accuracy; none on a family."""
    for family in families:
        points = points[_apart(points, family, 0.03 * search.size)]
    if not len(points) or not (search.at(points).slope > 0).any():
        return points
    # Towards a multiple zero each step is the same part of the one before: their sum is known.
    for _ in range(LEAPS):
        now = search.at(points)
        first = _capped(now.newton_step(1e-15), 1e-2 * search.size)
        second = _capped(search.at(points + first).newton_step(1e-15), 1e-2 * search.size)
        share = np.hypot(*second.T) / np.hypot(*first.T)
        ahead = np.where((share > 0.1) & (share < SHRINKING), share / (1 - share), 0.0)[:, None] * second
        leapt = points + first + second + ahead
        points = np.where((search.at(leapt).slope <= now.slope)[:, None], leapt, points + first)
    return merge(search, points[search.inside(points)], 2e-3)


def _apart(points: Array, family: Array, reach: float) -> NDArray[np.bool_]:
    """Which of the points have none of a family in the square around them; a family may have tens of thousands."""
    across, along = family[np.argsort(family[:, 0])].T
    first = np.searchsorted(across, points[:, 0] - reach)
    last = np.searchsorted(across, points[:, 0] + reach, side="right")
    near = (np.abs(along[a:b] - y) <= reach for a, b, y in zip(first, last, points[:, 1], strict=True))
    return np.array([not beside.any() for beside in near], dtype=bool)


def truly_level(search: Search, points: Array) -> Array:
    """Without those on a floor that still rises along itself, beyond all rounding: (y − 2x)² − x⁷ beside its origin."""
    points = _stepped(search, points, 3, 1e-3 * search.size, FLOOR)
    now = search.at(points)
    strongest = np.maximum(np.abs(now.low), np.abs(now.high))
    bends = strongest > search.flat
    kept = ~bends | (now.slope <= LEVEL * strongest * search.size)
    return points[kept & now.defined & search.inside(points)]
