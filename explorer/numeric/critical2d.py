"""Critical points of a function of two variables in a window: found, told apart, and honest about families.

Newton's method on ∇f = 0 runs from every point of a coarse grid at once. Where the Hessian is singular the
step is the shortest one (the pseudo-inverse), so starts fall straight onto a valley floor. Points that lie on
a whole curve of critical points (x², sin x, (xy)²) are reported as a family, not one by one. Points are
classified by the signs of the Hessian's eigenvalues; where one of them is zero the test is silent. On a seam of the
formula there is no Hessian: there the slopes along both slices must be 0, and values around say what it is. A point
counts only where f has a value.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Divide,
    Expression,
    Multiply,
    Negate,
    Power,
    Subtract,
    Variable,
    free_variables,
)
from explorer.numeric.bounds import bounds_of
from explorer.numeric.curvature2d import bending_of
from explorer.numeric.families2d import Family, FamilyKind, families_of
from explorer.numeric.newton2d import (
    MOST_POINTS,
    Search,
    distinct,
    followed,
    grid,
    has_zero_curvature,
    merge,
    newton,
    on_a_curve,
    on_floors,
    polish,
    settled,
    typical,
)
from explorer.numeric.peaks import height_of, passes, peaks, sunk
from explorer.numeric.rests import rested
from explorer.numeric.results import Array, Span, Window
from explorer.numeric.rows2d import continues, is_row
from explorer.numeric.seams import holes_near, seam_distance, slopes_on
from explorer.numeric.surroundings import NEIGHBOURHOOD, Surroundings, surroundings
from explorer.numeric.veils import BARE, Veil

TAIL, BESIDE = 1e-4, 1e-3
HOLE, SEAM = 1e-4, 1e-7
"""So near to a place without a value, or to a seam, in parts of the window: the formula's slopes say nothing there."""

NEEDLE, MOST_NEEDLES = 10.0, 12
"""An extremum that bends so many times as much as is typical is a needle; so many are looked around."""

RAYS, RINGS, FOOT, DEEPEST = 24, 14, 12, 12
MOST_ON_SEAMS = 60


class CriticalKind2D(StrEnum):
    """What the second-derivative test says."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    SILENT = "silent"


@dataclass(frozen=True)
class CriticalPoint2D:
    """An isolated critical point; eigenvalues of the Hessian ascending, None where f is on a seam and has none.

    What stands `around` such a place is told by values, where that was asked for.
    """

    x: float
    y: float
    value: float
    kind: CriticalKind2D
    eigenvalues: tuple[float, float] | None
    around: Surroundings | None = None


@dataclass(frozen=True)
class CriticalPoints:
    """Isolated points ordered by value, and families; `complete` is False when there were too many.

    `nowhere`: some slope is bounded away from 0, so that none can be anywhere.
    `beside`: parts of the window are left out, in which f turns too often.
    """

    points: tuple[CriticalPoint2D, ...]
    families: tuple[Family, ...]
    complete: bool
    nowhere: bool = False
    beside: bool = False

    @property
    def more(self) -> bool:
        """Whether there are more than those that are told."""
        return bool(self.points) and not self.complete

    def of_kind(self, kind: CriticalKind2D) -> tuple[CriticalPoint2D, ...]:
        """The isolated points of one kind."""
        return tuple(point for point in self.points if point.kind is kind)

    @property
    def sentence(self) -> str:
        """What was found, for a learner."""
        counts = [(kind, len(self.of_kind(kind))) for kind in CriticalKind2D]
        said = [f"{n} {_PLURALS[kind] if n > 1 else _SINGULARS[kind]}" for kind, n in counts if n]
        said += sorted({_FAMILIES[family.kind] for family in self.families})
        if self.beside:
            found = ", ".join(said) or "no critical point was found"
            return f"Beside the parts where f turns too often: {found}."
        if not said and not self.complete:
            return "Too many critical points to be found in this window: f turns too often."
        if not said:
            return (
                "No critical point in this window."
                if self.nowhere
                else "No critical point was found in this window."
            )
        if not self.complete:
            return f"Very many critical points; near the middle: {', '.join(said)}."
        return f"{', '.join(said)}."


_SINGULARS = {
    CriticalKind2D.MINIMUM: "minimum",
    CriticalKind2D.MAXIMUM: "maximum",
    CriticalKind2D.SADDLE: "saddle",
    CriticalKind2D.SILENT: "point where the test is silent",
}
_PLURALS = {
    CriticalKind2D.MINIMUM: "minima",
    CriticalKind2D.MAXIMUM: "maxima",
    CriticalKind2D.SADDLE: "saddles",
    CriticalKind2D.SILENT: "points where the test is silent",
}
_FAMILIES = {
    FamilyKind.VALLEY: "a valley whose floor is level, as far as can be seen",
    FamilyKind.RIDGE: "a ridge whose crest is level, as far as can be seen",
    FamilyKind.MIXED: "a level line that is a valley on one part and a ridge on another",
    FamilyKind.FLAT: "a level stretch, as far as numbers tell",
}


@np.errstate(all="ignore")
def critical_points(
    f: Expression, x_window: Span, y_window: Span, *, looked_around: bool = True, veil: Veil = BARE
) -> CriticalPoints:
    """The critical points of f(x, y) with x and y in closed windows; needs f in exactly two variables.

    Kinks and edges of the domain are no critical points here: both partial derivatives must be zero. On seams it is
    looked around each point, which is dear; without that their kind is unknown, and the test silent. Under a `veil`
    none is sought.
    Raises ValueError for another number of variables or an empty window.
    """
    if len(f.variables) != 2:
        raise ValueError(f"Critical points are sought in two variables, not {len(f.variables)}.")
    low, high = np.array([x_window[0], y_window[0]]), np.array([x_window[1], y_window[1]])
    if not (np.isfinite([low, high]).all() and (low < high).all()):
        raise ValueError("The window must be two intervals, each from a smaller to a larger number.")
    if has_none(f):
        return CriticalPoints((), (), complete=True, nowhere=True)
    f = rested(f, x_window, y_window)
    search, starts = _search_of(f, low, high)
    usable = starts[search.at(starts).defined & ~veil.covers(*starts.T)]
    found, stuck = newton(search, usable)
    floors, _ = on_floors(search, usable[::2])
    found = np.vstack([found, floors])
    known = np.empty((0, 2))
    for _ in range(2):  # a needle that is found from its foot has its own
        needles, feet = _needles(search, found, known)
        if not len(needles) + len(feet):
            break
        known = np.vstack([needles, feet])
        found = np.vstack([found, newton(search, _around(search, needles, feet))[0]])
    found = found[~holes_near(f, found, HOLE * search.size)]
    met, found = _parted(search, found)
    zero = has_zero_curvature(search, found)
    slow = merge(search, found[zero], 2e-3)
    on_curve, walked = on_a_curve(search, slow)
    families, spots = families_of(search, followed(search, np.vstack([slow[on_curve], walked])))
    isolated = polish(search, np.vstack([slow[~on_curve], spots]), [family.points for family in families])
    # A multiple zero on one side of a seam is known to a few digits before it is polished.
    met_late, isolated = _parted(search, isolated[~holes_near(f, isolated, HOLE * search.size)])
    seams = _on_seams(search, np.vstack([met, met_late, stuck, search.extremes]), looked_around)
    families, seams = _strung(search, families, seams)
    sharp = merge(search, settled(search, found[~zero]), 1e-6)
    # Whoever has walked out onto a plateau was on a slope before.
    sharp = sharp[~has_zero_curvature(search, sharp)]
    sharp = sharp[~veil.covers(*sharp.T)]
    complete = len(sharp) <= MOST_POINTS
    if not complete:
        centre = np.abs((sharp - (low + high) / 2) / (high - low)).max(axis=1)
        sharp = sharp[np.argsort(centre)[:MOST_POINTS]]
    points = (*_classify(search, _off_tails(search, np.vstack([sharp, isolated]))), *seams)
    seen = (point for point in points if not veil.covers(point.x, point.y))
    ordered = tuple(sorted(seen, key=lambda point: (point.value, point.x, point.y)))
    families = tuple(family for family in families if not veil.covers(*family.points.T).any())
    return CriticalPoints(ordered, families, complete, beside=bool(veil))


def has_none(f: Expression) -> bool:
    """Whether some slope is bounded away from 0, so that no critical point can be anywhere."""
    bounds = (bounds_of(f.derivative(name)) for name in f.variables)
    return any(low > 0 or high < 0 for low, high in bounds)


def _search_of(f: Expression, low: Array, high: Array) -> tuple[Search, Array]:
    """The scales of the search, and its starts: a coarse grid, low and high places, and where a part of f is level."""
    at, coarse = bending_of(f), grid(low, high)
    first = at(coarse)
    window = Window((float(low[0]), float(high[0])), (float(low[1]), float(high[1])), equal=False)
    extremes = peaks(f, window.x, window.y).places
    spread = np.abs(first.value - np.nanmedian(first.value)) if first.defined.any() else np.zeros(1)
    search = Search(
        f,
        at,
        window,
        extremes,
        low,
        high,
        slope=typical(first.slope),
        curvature=typical(np.maximum(-first.low, first.high)),
        height=typical(spread),
    )
    coarse = np.vstack([coarse, extremes, passes(f, window.x, window.y)])
    inner = inner_part(f)
    if inner is f:
        return search, coarse
    part = bending_of(inner)
    inside = replace(search, at=part, slope=typical(part(coarse).slope))
    return search, np.vstack([coarse, newton(inside, coarse[part(coarse).defined])[0]])


def _needles(search: Search, found: Array, known: Array) -> tuple[Array, Array]:
    """The sharpest extrema and the sharpest saddles that were found, but for those that are known already."""
    points = distinct(search, found, 1e-6)
    now = search.at(points)
    bend, saddle = np.maximum(-now.low, now.high), (now.low < 0) & (now.high > 0)
    sharpest = np.argsort(-bend, kind="stable")
    needles = points[sharpest[(~saddle & (bend > NEEDLE * search.curvature))[sharpest]]][:MOST_NEEDLES]
    feet = points[sharpest[saddle[sharpest]]][:MOST_NEEDLES]
    needles, feet = (
        some[~(np.abs(some[:, None] - known).max(axis=2) <= 1e-6 * search.size).any(axis=1)]
        for some in (needles, feet)
    )
    return needles, feet


def _around(search: Search, needles: Array, feet: Array) -> Array:
    """Starts where meshes of the grid hide something: rings around needles, and where one comes to from their feet.

    A needle on a slope has a saddle at its foot, and may itself be narrower than a mesh.
    """
    angles = 2 * np.pi * (np.arange(RAYS) + 0.1) / RAYS
    rays = np.column_stack([np.cos(angles), np.sin(angles)]) * search.mesh
    rings = (0.5 ** (0.5 * np.arange(RINGS))[:, None, None] * rays).reshape(-1, 2)
    way = np.repeat((1.0, -1.0), len(feet))
    ends = sunk(height_of(search.f), np.vstack([feet, feet]), way, search.mesh / 4, FOOT)
    return np.vstack([(needles[:, None] + rings).reshape(-1, 2), ends])


def inner_part(f: Expression) -> Expression:
    """What a function of one expression is a function of: of e^(−u) or 1/(1 + u) it is u, and level where u is."""
    node = f.root
    for _ in range(DEEPEST):
        parts = [child for child in node.children if free_variables(child)]
        whole = isinstance(node, (Call, Power, Negate, Add, Subtract, Multiply, Divide))
        if not whole or len(parts) != 1 or isinstance(parts[0], Variable):
            break
        node = parts[0]
    return f if node is f.root else Expression(node, f.variables)


def _parted(search: Search, points: Array) -> tuple[Array, Array]:
    """Those of the points that lie on a seam, and the others."""
    on_seam = seam_distance(search.f, points) <= SEAM * search.size
    return points[on_seam], points[~on_seam]


def _on_seams(search: Search, points: Array, looked_around: bool) -> tuple[CriticalPoint2D, ...]:
    """Those of the points that lie on a seam and where a level plane touches."""
    points = _onto_seams(search, points)
    if not len(points):
        return ()
    fx, fy, plane = slopes_on(search.f, points, search.window.x, search.window.y)
    level = np.isfinite(plane) & (np.maximum(np.abs(fx), np.abs(fy)) <= 1e-6 * search.slope)
    if level.sum() > MOST_ON_SEAMS:
        return ()
    there = tuple((float(x), float(y)) for x, y in points[level])
    near: Sequence[Surroundings | None] = [None] * len(there)
    if looked_around:
        near = surroundings(search.f, there, NEIGHBOURHOOD * (search.window.x[1] - search.window.x[0]))
    heights = np.broadcast_to(search.f(*points.T), len(points))[level].tolist()
    return tuple(
        CriticalPoint2D(at_x, at_y, value, _kind_by(around), None, around)
        for (at_x, at_y), value, around in zip(there, heights, near, strict=True)
    )


def _strung(
    search: Search, families: tuple[Family, ...], seams: tuple[CriticalPoint2D, ...]
) -> tuple[tuple[Family, ...], tuple[CriticalPoint2D, ...]]:
    """Families with the straight rows of extremes on seams between which f has their height too; the other extremes.

    What is at the end of a family, as (0, 0) is of the floor of max(0, x)² + y², belongs to it.
    """
    for kind, family in (
        (CriticalKind2D.MINIMUM, FamilyKind.VALLEY),
        (CriticalKind2D.MAXIMUM, FamilyKind.RIDGE),
    ):
        for value in sorted({point.value for point in seams if point.kind is kind}):
            alike = [point for point in seams if point.kind is kind and point.value == value]
            row = np.array(sorted((point.x, point.y) for point in alike))
            if is_row(search, row, value):
                families = (*families, Family(family, value, row))
    ends = [(one.value, one.points) for one in families]
    return families, tuple(
        point
        for point in seams
        if not any(
            point.value == value and continues(search, np.array([point.x, point.y]), value, points)
            for value, points in ends
        )
    )


def _kind_by(around: Surroundings | None) -> CriticalKind2D:
    """What stands around a place where no second derivative judges."""
    if around is None or not around.told or around.lower == around.higher:
        return CriticalKind2D.SILENT
    return CriticalKind2D.MAXIMUM if around.lower else CriticalKind2D.MINIMUM


def _onto_seams(search: Search, points: Array) -> Array:
    """Places with a value exactly on a seam, next to those of the points that lie on one; each once."""
    near = points[seam_distance(search.f, points) <= 1e-5 * search.size]
    best, distance = near.copy(), seam_distance(search.f, near)
    for decimals in (12, 9, 6, 4):
        scale = 10.0 ** (math.ceil(math.log10(search.size)) - decimals)
        candidate = np.round(np.round(near / scale) * scale, 15) + 0.0
        there = seam_distance(search.f, candidate)
        better = there <= np.maximum(distance, 1e-14 * search.size)
        best[better], distance[better] = candidate[better], there[better]
    best = best[(distance <= 1e-12 * search.size) & np.isfinite(search.f(*best.T)) & search.inside(best)]
    best = best[~holes_near(search.f, best, 1e-12 * search.size)]
    _, first = np.unique(np.round(best / (1e-6 * search.size)), axis=0, return_index=True)
    return best[np.sort(first)][:MOST_POINTS]


def _off_tails(search: Search, points: Array) -> Array:
    """Without those on a tail, as of e^(20x): Newton's whole step there is as long as ever, and leads nowhere.

    And without those where nothing bends and the slope is no less than beside them: a sigmoid has nearly levelled out.
    """
    now = search.at(points)
    length = np.hypot(*now.newton_step(0.0).T)
    angles = 2 * np.pi * (np.arange(RAYS) + 0.1) / RAYS
    ring = BESIDE * search.size * np.column_stack([np.cos(angles), np.sin(angles)])
    beside = search.at((points[:, None] + ring).reshape(-1, 2)).slope.reshape(-1, RAYS)
    fades = has_zero_curvature(search, points) & (beside.min(axis=1, initial=np.inf) <= now.slope)
    return np.asarray(points[(length <= TAIL * search.size) & ~fades])


def _classify(search: Search, points: Array) -> tuple[CriticalPoint2D, ...]:
    if not len(points):
        return ()
    now, zero = search.at(points), has_zero_curvature(search, points)
    found = []
    for (x, y), value, low, high, silent in zip(points, now.value, now.low, now.high, zero, strict=True):
        if silent:
            kind = CriticalKind2D.SILENT
        elif low > 0:
            kind = CriticalKind2D.MINIMUM
        else:
            kind = CriticalKind2D.MAXIMUM if high < 0 else CriticalKind2D.SADDLE
        found.append(CriticalPoint2D(float(x), float(y), float(value), kind, (float(low), float(high))))
    return tuple(found)
