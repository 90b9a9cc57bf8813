"""Critical points, inflections, zeros and monotone stretches of an analysed curve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from explorer.expression import Expression
from explorer.numeric.breaks import Findings
from explorer.numeric.calculus import derivative_values, values
from explorer.numeric.results import Array, BreakKind, CriticalKind, CriticalPoint, Point
from explorer.numeric.samples import ROUNDING, Crossings, Jet, crossings, with_sharp_turns
from explorer.numeric.singularities import Met, triggers_of

__all__ = ["Marked", "marked_points"]

FLAT = 1e-7
"""f′ touches 0 when it is smaller than this part of its neighbours."""

BESIDE = np.geomspace(1e-7, 1e-3, 40)
"""So far, in windows, from a flat place its neighbours are looked at: close by, uneven, above rounding."""

SAME = 1e-9
"""Values closer than this relative difference share a global extremum."""


CLOSER = 5
"""So often a far dip is looked at ten times closer: then its depth is known to ten digits."""

MOST_DIPS = 30

MIXED = 0.05
"""A stretch in which f′ has the other sign at more than this part of the points is no stretch of one sign."""


@dataclass(frozen=True)
class Marked:
    """What is marked on a curve, in increasing x."""

    critical: tuple[CriticalPoint, ...]
    inflections: tuple[Point, ...]
    zeros: tuple[float, ...]
    monotone: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True)
class _Extremum:
    x: float
    y: float
    kind: CriticalKind
    smooth: bool
    wild: bool = False


def marked_points(f: Expression, window: tuple[float, float], findings: Findings, samples: Jet) -> Marked:
    """All marked points of f in the window, given its breaks and its values on a grid between them."""
    turning = crossings(lambda x: derivative_values(f, x, 1), samples, 1)
    finer = with_sharp_turns(f, samples, turning, 2)
    bending = crossings(lambda x: derivative_values(f, x, 2), finer, 2)
    twice = with_sharp_turns(f, finer, bending, 1)
    if twice is not finer:
        samples = twice
        turning = crossings(lambda x: derivative_values(f, x, 1), samples, 1)
    turning = _at_known_places(turning, findings, samples)
    bending = _at_known_places(bending, findings, finer)
    found = _smooth_extrema(f, turning) + _flat_points(f, bending, finer)
    found += _smooth_places(f, findings, window[1] - window[0])
    found += _corner_extrema(findings, samples) + _endpoint_extrema(findings, samples)
    extrema = _without_twins(found, window[1] - window[0])
    critical = _with_global(f, extrema, findings, samples, window)
    turns = [point.x for point in extrema if point.kind is not CriticalKind.FLAT]
    return Marked(
        critical,
        _inflections(f, bending),
        _zeros(f, samples, extrema, findings, window),
        _monotone(window, findings, turns, samples),
    )


def _at_known_places(found: Crossings, findings: Findings, samples: Jet) -> Crossings:
    """Sign changes next to a smooth place happen at it: the formula of f′ just says nothing there."""
    if not findings.smooth or not found.x.size:
        return found
    places = np.array([place.x for place in findings.smooth])
    nearest = places[np.argmin(np.abs(found.x[:, None] - places), axis=1)]
    close = np.abs(found.x - nearest) <= 1e-6 * samples.spacing[found.before]
    return replace(found, x=np.where(close, nearest, found.x))


def _smooth_extrema(f: Expression, turning: Crossings) -> list[_Extremum]:
    y = values(f, turning.x)
    return [
        _Extremum(float(x), float(y), CriticalKind.MINIMUM if left < 0 else CriticalKind.MAXIMUM, True)
        for x, y, left in zip(turning.x, y, turning.left, strict=True)
        if np.isfinite(y)
    ]


def _flat_points(f: Expression, bending: Crossings, samples: Jet) -> list[_Extremum]:
    """Where f′ touches 0 without changing its sign: there f″ changes its own."""
    if not bending.x.size:
        return []
    slope = np.abs(derivative_values(f, bending.x, 1))
    last = samples.x.size - 1
    near = np.clip(bending.before - 1, 0, None), np.clip(bending.after + 1, None, last)
    slopes = samples.values[1]
    scale = np.fmax(np.abs(slopes[near[0]]), np.abs(slopes[near[1]]))
    same = slopes[near[0]] * slopes[near[1]] > 0
    at = np.flatnonzero((slope <= FLAT * scale) & same)
    y = values(f, bending.x[at])
    return [
        _Extremum(float(bending.x[k]), float(v), CriticalKind.FLAT, True)
        for k, v in zip(at, y, strict=True)
        if np.isfinite(v)
    ]


def _sign_beside(samples: Jet, x: float, side: int, order: int = 1) -> float:
    """The sign of the derivative next to x on that side, 0 where it is level or undefined."""
    index = int(np.searchsorted(samples.x, x, side="left" if side < 0 else "right")) + (-1 if side < 0 else 0)
    reach = 12
    ahead = np.arange(index, index + side * reach, side)
    ahead = ahead[(ahead >= 0) & (ahead < samples.x.size)]
    if not ahead.size:
        return 0.0
    ahead = ahead[samples.piece[ahead] == samples.piece[ahead[0]]]
    signs = samples.signs[order][ahead]
    told = signs[signs != 0]
    return float(told[0]) if told.size else 0.0


def _kind_between(left: float, right: float) -> CriticalKind | None:
    if left * right == 0:
        return None
    if left == right:
        return CriticalKind.FLAT
    return CriticalKind.MINIMUM if left < 0 else CriticalKind.MAXIMUM


def _smooth_places(f: Expression, findings: Findings, width: float) -> list[_Extremum]:
    """What f is at flat places on which its formula of f′ is silent, by values: f′ may swing without end there."""
    places = [place for place in findings.smooth if place.slope == 0]
    if not places:
        return []
    x, y = (np.array([getattr(place, name) for place in places]) for name in ("x", "y"))
    height, slope = (
        _signs_beside(f, order, x, level, width) for order, level in ((0, y), (1, np.zeros(y.size)))
    )
    found = []
    for k, place in enumerate(places):
        kind = _kind_between(-height[0][k], height[1][k])
        swings = bool(height[2][k])
        if kind is not None or swings:
            wild = swings if kind in (None, CriticalKind.FLAT) else bool(slope[2][k])
            found.append(_Extremum(place.x, place.y, kind or CriticalKind.FLAT, True, wild))
    return found


def _signs_beside(
    f: Expression, order: int, x: Array, level: Array, width: float
) -> tuple[Array, Array, Array]:
    """The sign of a derivative minus its level on the left and right of places, 0 where it has both, however close.

    And whether it has both on either side. Differences that rounding could make tell nothing.
    """
    reach = width * BESIDE
    sides = []
    for side in (-1, 1):
        y = derivative_values(f, x[:, None] + side * reach, order)
        signs = np.where(
            np.abs(y - level[:, None]) > ROUNDING * np.abs(level[:, None]), np.sign(y - level[:, None]), 0.0
        )
        sides.append((np.any(signs > 0, axis=1), np.any(signs < 0, axis=1)))
    (left_up, left_down), (right_up, right_down) = sides
    mixed = (left_up & left_down) | (right_up & right_down)
    left, right = (up.astype(np.float64) - down for up, down in sides)
    return left, right, np.asarray(mixed, dtype=np.float64)


def _corner_extrema(findings: Findings, samples: Jet) -> list[_Extremum]:
    found = []
    for place in findings.breaks:
        if place.continuous:
            kind = _kind_between(_sign_beside(samples, place.x, -1), _sign_beside(samples, place.x, 1))
            if kind in (CriticalKind.MINIMUM, CriticalKind.MAXIMUM):
                found.append(_Extremum(place.x, place.value, kind, False))
    return found


def _endpoint_extrema(findings: Findings, samples: Jet) -> list[_Extremum]:
    found = []
    for place in findings.breaks:
        if place.kind is not BreakKind.DOMAIN_EDGE or not np.isfinite(place.value):
            continue
        side = -1 if np.isnan(place.right_value) else 1
        limit = place.left_value if side < 0 else place.right_value
        away = side * _sign_beside(samples, place.x, side)
        if away and abs(place.value - limit) <= SAME * (1 + abs(limit)):
            kind = CriticalKind.MINIMUM if away > 0 else CriticalKind.MAXIMUM
            found.append(_Extremum(place.x, place.value, kind, False))
    return found


def _without_twins(found: list[_Extremum], width: float) -> list[_Extremum]:
    kept: list[_Extremum] = []
    for point in sorted(found, key=lambda p: (p.x, p.kind is CriticalKind.FLAT)):
        if not kept or point.x - kept[-1].x > 1e-7 * width:
            kept.append(point)
        elif kept[-1].kind is CriticalKind.FLAT:
            kept[-1] = point
    return kept


def _with_global(
    f: Expression, extrema: list[_Extremum], findings: Findings, samples: Jet, window: tuple[float, float]
) -> tuple[CriticalPoint, ...]:
    if not extrema:
        return ()
    known = np.concatenate([samples.values[0], _far_values(f, window), _values_at(findings)])
    known = np.concatenate([known[~np.isnan(known)], [point.y for point in extrema]])
    least, greatest = float(known.min()), float(known.max())

    def is_global(point: _Extremum) -> bool:
        if point.kind is CriticalKind.FLAT:
            return False
        bound = least if point.kind is CriticalKind.MINIMUM else greatest
        return bool(
            np.isfinite(bound) and abs(point.y - bound) <= SAME * max(abs(point.y), abs(bound)) + 1e-300
        )

    return tuple(CriticalPoint(p.x, p.y, p.kind, p.smooth, is_global(p), p.wild) for p in extrema)


def _values_at(findings: Findings) -> Array:
    return np.array(
        [v for b in findings.breaks for v in (b.value, b.left_value, b.right_value)], dtype=np.float64
    )


def _far_values(f: Expression, window: tuple[float, float]) -> Array:
    """Values far beyond the window, on a logarithmic scale: what is known of the rest of the line."""
    # Never at whole numbers: (−2)^x lives there only.
    far = 1.0123 * np.geomspace(1e-2, 1e6, 160)
    (lo, hi), middle, width = window, sum(window) / 2, window[1] - window[0]
    x = np.concatenate([-far, far, middle - width * far[40:120], middle + width * far[40:120]])
    # Inside, the marks know better than values with all their rounding.
    x = np.unique(np.concatenate([x[(x < lo) | (x > hi)], [lo, middle, hi]]))
    y = np.where(x == middle, np.nan, values(f, x))
    return np.concatenate([y, _closer(f, x, y), -_closer(f, x, y, -1.0)])


def _closer(f: Expression, x: Array, y: Array, sign: float = 1.0) -> Array:
    """How low f (−f for sign −1) comes next to the lowest of the points that lie below both neighbours."""
    with np.errstate(all="ignore"):
        before, after = sign * np.diff(y)[:-1], sign * np.diff(y)[1:]
    at = 1 + np.flatnonzero((before <= 0) & (after >= 0) & (before < after))
    at = at[np.argsort(sign * y[at])[:MOST_DIPS]]
    low, high, rows = x[at - 1], x[at + 1], np.arange(at.size)
    best = sign * y[at]
    for _ in range(CLOSER if at.size else 0):
        inner = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, 21)
        found = sign * values(f, inner)
        least = np.argmin(np.where(np.isnan(found), np.inf, found), axis=1)
        best = np.fmin(best, found[rows, least])
        low, high = inner[rows, np.maximum(least - 1, 0)], inner[rows, np.minimum(least + 1, 20)]
    return best


def _inflections(f: Expression, bending: Crossings) -> tuple[Point, ...]:
    y = values(f, bending.x)
    return tuple(Point(float(a), float(b)) for a, b in zip(bending.x, y, strict=True) if np.isfinite(b))


def _zeros(
    f: Expression, samples: Jet, extrema: list[_Extremum], findings: Findings, window: tuple[float, float]
) -> tuple[float, ...]:
    size = np.abs(samples.values[0])
    size = size[np.isfinite(size)]
    noise = 1e-14 * float(np.median(size)) if size.size else 0.0
    found = [float(x) for x in crossings(lambda x: values(f, x), samples, 0).x]
    found += [point.x for point in extrema if abs(point.y) <= noise]
    found += [place.x for place in findings.smooth if place.y == 0]
    found += [b.x for b in findings.breaks if abs(b.value) <= noise and b.kind is not BreakKind.OSCILLATION]
    kept: list[float] = []
    width = window[1] - window[0]
    # Values that are too small a number are 0 as well, as around the zero of x²⁰⁰: only pieces have level parts.
    stretches = any(trigger.met is not Met.UNDEFINED for trigger in triggers_of(f))
    if not stretches and np.count_nonzero(samples.values[0] == 0) > samples.x.size // 4:
        return ()
    for x in sorted(found):
        if stretches and _beside_zeros(f, x, width):
            continue
        if not kept or x - kept[-1] > 1e-7 * width:
            kept.append(x)
    return tuple(kept)


def _beside_zeros(f: Expression, x: float, width: float) -> bool:
    """Whether f is 0 on the whole way to one side: a stretch of zeros is no zero, and has none in it."""
    sides = values(f, x + np.array([[-width], [width]]) * BESIDE)
    return bool((sides == 0).all(axis=1).any())


def _is_level(y: Array) -> bool:
    """Whether values differ by rounding only: then f′ = sec²x cot x − tan x csc²x of tan x cot x is nothing else."""
    seen = y[np.isfinite(y)]
    return bool(seen.size and np.ptp(seen) <= ROUNDING * np.abs(seen).max())


def _monotone(
    window: tuple[float, float], findings: Findings, turns: list[float], samples: Jet
) -> tuple[tuple[float, float, int], ...]:
    """(lo, hi, sign of f′) between breaks and turns; pieces that rise on through a corner are one.

    A piece whose turns were too many to be found is left out.
    """
    through = {b.x for b in findings.breaks if b.continuous}
    broken = {b.x for b in findings.breaks if not b.continuous}
    marks = sorted({*window, *turns, *through, *broken})
    pieces: list[tuple[float, float, int]] = []
    for a, b in pairwise(marks):
        inside = slice(*np.searchsorted(samples.x, [a, b]))
        if np.isnan(samples.values[0][inside]).mean() > 0.5 if samples.x[inside].size else True:
            continue
        signs = np.zeros(1) if _is_level(samples.values[0][inside]) else samples.signs[1][inside]
        rising, falling = np.count_nonzero(signs > 0), np.count_nonzero(signs < 0)
        if min(rising, falling) > MIXED * (rising + falling):
            continue
        sign = int(np.sign(rising - falling))
        last = pieces[-1] if pieces else None
        if last is not None and last[1] == a and last[2] == sign and a not in broken:
            pieces[-1] = (last[0], b, sign)
        else:
            pieces.append((a, b, sign))
    return tuple(pieces)
