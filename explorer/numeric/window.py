"""The window: one rule for presets and for functions nobody has seen.

It holds the zeros, extrema, inflections and breaks near the origin with room around them, follows a
function that levels off until it has done so, cuts poles, and uses equal scales where that costs little,
since angles are slopes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.caching import computed_once
from explorer.expression import Expression
from explorer.numeric.analysis import analyse
from explorer.numeric.calculus import derivative_values, values
from explorer.numeric.distant_features import far_places
from explorer.numeric.places import find_places
from explorer.numeric.refine import grid
from explorer.numeric.rests import without_noise
from explorer.numeric.results import HUGE, Analysis, Array, BreakKind, Description, Window
from explorer.numeric.ripples import Places, under_ripples
from explorer.numeric.swells import breadth

__all__ = ["ASPECT", "choose_window"]

ASPECT = 2.2
"""Width over height of the picture that equal scales are meant for."""

LADDER = (10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 1e-4, 1e-5)
HALVES = (3.0, 2.0, 1.5, 1.2, 1.0, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.003, 0.001, 1e-4)
WIDE_HALVES = (3.0, 6.0, 12.0, 24.0, 48.0, 100.0, 200.0, 500.0, 1000.0)
WALLS, TAME = tuple(3.0 * 1.2**k for k in range(33)), 12.0
"""Half-widths up to a thousand, in which the walls of a wide floor are sought; what stays below so high climbs none."""
WIDER = (100.0, 1000.0)
BEYOND_FAR = 1.3
CLEAR_OF = 100.0
"""So many times as wide as a stretch that rounding hides is a window at least."""

MOST_FAR = 4
"""Far places are many where a part of the formula waves: so many of the nearest are looked at."""

WAVES = 14
"""More turns than this in a window are too dense to start with."""

MANY = 9
"""So many features are shown at once; of more, as in a wave, only the `FEW` nearest."""

FEW = 7
OUTER = 12
"""Of features that crowd at the origin without end, so many of the outer ones."""

FINITE = 20
"""So many are still shown when they all lie well inside: then they are all there is."""

ROOM = 1.55
POLE_ROOM = 2.5
BOTH_AXES = 10_000.0
"""A line is shown where it crosses both axes, unless it crosses one of them farther out: then where it is 0."""
BEYOND = 1.03
"""What is looked at is a little wider than a round number, where zeros like to be."""

SAME = 1e-9
"""Heights of features that differ by less than this part of their size are one height, rounded."""

STEEP = 12.0
"""Near a pole: a height so many times the next lower one would squash everything else."""

WALL, FLOOR = 1.2, 1e-2
"""What climbs like a wall is followed so high, on equal scales; a floor differs by less from a level line."""

WIDER_BY = 4.0
"""So much wider than a detail the whole must be that comes before it."""

NOWHERE = Window((-5.0, 5.0), (-2.3, 2.3), True)


@dataclass(frozen=True)
class _Features:
    """Where something happens, and how high; `more` when there is more of it beyond."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    more: bool
    poles: bool
    edges: bool


@computed_once(256)
@np.errstate(all="ignore")
def choose_window(f: Expression) -> Window:
    """The window in which f is first shown: finite, increasing, round limits, for every f."""
    f = without_noise(f, (-LADDER[0], LADDER[0]))
    reach = _reach(f)
    rippled = under_ripples(f, (half for half in LADDER if half >= WIDER_BY * reach), WAVES)
    if rippled is not None:
        half, places = rippled
        return _window_of(f, analyse(f, (-BEYOND * half, BEYOND * half)), places) or NOWHERE
    analysis = _looked_at(f, reach)
    if not (_places(analysis) or _overflows(analysis)):
        for far in far_places(f)[:MOST_FAR]:
            # Far out the same is seen from there as near the origin from here.
            moved = f.substitute({"x": Expression.variable("x") + far}, f.variables)
            seen = _looked_at(moved, _reach(moved))
            there = None if seen.description is Description.CONSTANT else _window_of(moved, seen)
            if there is not None:
                x = _rounded(there.x[0] + far, there.x[1] + far)
                return Window(x, there.y, there.equal)
    return _window_of(f, analysis) or NOWHERE


def _window_of(f: Expression, analysis: Analysis, places: Places | None = None) -> Window | None:
    """The window of what was found, or of the `places` that count of it; None where there is no curve."""
    if analysis.description is Description.NOWHERE_DEFINED:
        return None
    features = _nearest(f, analysis, _places(analysis) if places is None else places)
    lo, hi = _rounded(*_with_points(_trimmed(f, *_across(f, features, analysis)), features, analysis))
    return _with_height(f, features, lo, hi)


def _reach(f: Expression) -> float:
    """The widest half-width of the ladder in which f does not turn too often to be followed."""
    x = np.array(LADDER)[:, None] * grid(-1.0, 1.0, 400)
    with np.errstate(all="ignore"):
        turns = np.abs(np.diff(np.sign(derivative_values(f, x, 1)), axis=1)) > 1
    calm = np.count_nonzero(turns, axis=1) <= WAVES
    return LADDER[int(np.argmax(calm))] if calm.any() else 3.0


def _looked_at(f: Expression, start: float) -> Analysis:
    """The analysis around the origin, wider when hardly anything is there, closer when too much breaks."""
    found = first = analyse(f, (-BEYOND * start, BEYOND * start))
    for half in (half for half in LADDER if half < start):
        if not _overflows(found):
            break
        found = analyse(f, (-BEYOND * half, BEYOND * half))
    if _overflows(found):
        return first
    if start < LADDER[0] or found.description is Description.CONSTANT:
        return found
    beyond = (BEYOND_FAR * abs(x) for x in far_places(f)[:MOST_FAR]) if len(_places(found)) < 2 else ()
    for half in (*WIDER, *(half for half in beyond if half > WIDER[-1])):
        count = len(_places(found))
        if count > 1 and (count > MANY or _well_inside(found)):
            break
        wider = analyse(f, (-BEYOND * half, BEYOND * half))
        if found.description is Description.NOWHERE_DEFINED or count < len(_places(wider)) <= MANY:
            found = wider
        elif count < 2 and len(_places(wider)) > MANY:
            return wider
    return found


def _overflows(analysis: Analysis) -> bool:
    """Whether breaks crowd all over what was looked at, or towards its ends: then there are fewer closer by."""
    lo, hi = analysis.window
    return analysis.too_many_breaks or any(a == lo or b == hi for a, b in analysis.crowded)


def _well_inside(analysis: Analysis) -> bool:
    """Whether nothing happens near the limits of what was looked at: then nothing is likely beyond."""
    return all(abs(x) < 0.75 * analysis.window[1] for x, _ in _places(analysis))


def _places(analysis: Analysis) -> Places:
    """(x, y) of every feature, nearest to the origin first; y is NaN where there is none."""
    found = dict.fromkeys(analysis.zeros, 0.0)
    found.update({point.x: point.y for point in analysis.inflections})
    found.update({point.x: point.y for point in analysis.critical})
    for place in analysis.breaks:
        alone = (place.value,) if place.kind is BreakKind.ISOLATED else ()
        sides = [v for v in (place.left_value, place.right_value, *alone) if math.isfinite(v)]
        found[place.x] = sides[0] if sides else math.nan
    return sorted(found.items(), key=lambda item: (abs(item[0]), item[0]))


def _nearest(f: Expression, analysis: Analysis, places: Places) -> _Features:
    kept, more = places, False
    gathering = _gathering(places)
    if gathering:
        kept, more = (places[-OUTER:] if analysis.crowded else places), True
    elif len(places) > MANY and not (len(places) <= FINITE and _well_inside(analysis)):
        few = abs(places[FEW - 1][0])
        far = breadth(f, analysis, few) or few
        # Neighbours at the same distance on both sides belong together.
        kept, more = [place for place in places if abs(place[0]) <= (1 + 1e-6) * far], True
    calm = len(kept) if gathering else _calm(kept)
    kept, more = kept[:calm], more or calm < len(kept)
    edges = any(b.kind is BreakKind.DOMAIN_EDGE for b in analysis.breaks)
    jumps = [b.right_value for b in analysis.breaks if math.isfinite(b.right_value) and b.x in dict(kept)]
    poles = any(
        b.kind is BreakKind.POLE or math.isinf(b.left_value) or math.isinf(b.right_value)
        for b in analysis.breaks
    )
    heights = (*(y for _, y in kept if math.isfinite(y)), *jumps)
    return _Features(tuple(sorted(x for x, _ in kept)), heights, more, poles, edges)


def _gathering(places: list[tuple[float, float]]) -> bool:
    """Whether features crowd towards the origin as in sin(1/x): then the outer ones are shown."""
    distances = np.unique(np.abs([x for x, _ in places]))
    half = len(distances) // 2
    return half > 2 and bool(np.ptp(distances[half:]) > 3 * np.ptp(distances[:half]))


def _calm(places: list[tuple[float, float]]) -> int:
    """How many, from the nearest on, before one is so high that it would flatten the others: e^(2x) cos x."""
    heights: list[float] = []
    for count, (_, y) in enumerate(places):
        if math.isfinite(y):
            span = _span(heights)
            if len(heights) > 3 and max(*heights, y) - min(*heights, y) > 25 * span > 0:
                return count
            heights.append(y)
    return len(places)


def _span(heights: Sequence[float]) -> float:
    """From the lowest to the highest; 0 where only rounding parts them."""
    if not heights:
        return 0.0
    low, high = min(heights), max(heights)
    return high - low if high - low > SAME * max(-low, high) else 0.0


def _across(f: Expression, features: _Features, analysis: Analysis) -> tuple[float, float]:
    """The limits in x."""
    if len(features.x) < 2:
        middle = features.x[0] if features.x else _defined_middle(analysis)
        half = _levelling(f, middle) or _half_width(f, middle)
        lo, hi = middle - half, middle + half
        if not lo < 0 < hi and abs(middle) <= BOTH_AXES and _is_straight(f, middle):
            room = 0.1 * abs(middle)
            lo, hi = min(0.0, middle) - room, max(0.0, middle) + room
    else:
        a, b = features.x[0], features.x[-1]
        room = 1.1 if features.more else POLE_ROOM if features.poles and len(features.x) <= 5 else ROOM
        if a < 0 < b or (a == 0 and features.more):
            reach = room * max(-a, b)
            lo, hi = -reach, reach
        else:
            # Behind an edge of the domain there is nothing to see, so there is room on the other side: much
            # where little tells how the curve goes on.
            beyond_edge = 1.5 if len(features.x) < (4 if features.poles else 3) else 0.8
            spare = (beyond_edge if features.edges else 0.1 if features.more else 0.36) * (b - a)
            if features.poles and not features.edges and len(features.x) == 2:
                spare = POLE_ROOM * (b - a)  # as e^(1/x): what happens beyond the pole wants room too
            lo, hi = a - spare, b + spare
            if 0 < lo < 1.5 * (b - a):
                lo = -0.1 * hi
            elif 0 > hi > -1.5 * (b - a):
                hi = -0.1 * lo
    return (lo, hi) if features.more or features.poles else _levelled(f, lo, hi)


def _is_straight(f: Expression, far: float) -> bool:
    """Whether f is a line, with one slope from the origin to there and as far beyond."""
    slopes = derivative_values(f, far * np.linspace(-1.0, 2.0, 13), 1)
    return bool(np.isfinite(slopes).all() and np.ptp(slopes) <= SAME * np.abs(slopes).max())


def _defined_middle(analysis: Analysis) -> float:
    """0 where f is defined around it, else the end of the nearest stretch of its domain."""
    if not analysis.domain:
        return 0.0
    nearest = min(analysis.domain, key=lambda stretch: max(stretch[0], -stretch[1], 0.0))
    return float(np.clip(0.0, *nearest))


def _levelling(f: Expression, middle: float) -> float | None:
    """The half-width from which on f levels off on both sides, as an S does; None where it never does."""
    halves = np.array(WIDE_HALVES)[:, None]
    y = values(f, middle + halves * np.array([-8.0, -4.0, -1.0, 1.0, 4.0, 8.0]))
    with np.errstate(all="ignore"):
        steps = np.abs(np.diff(y, axis=1))
        near, beyond = steps[:, [1, 3]], steps[:, [0, 4]]
        level = np.all(beyond <= 0.2 * near, axis=1) & np.all(near > 0.04 * steps[:, 2:3], axis=1)
    return float(halves[np.argmax(level), 0]) if level.any() else None


def _half_width(f: Expression, middle: float) -> float:
    """For a function with at most one feature: where it neither hugs the axis nor climbs a wall."""
    # What rounding makes of a floor beside a 0/0 is no shape.
    blur = max(
        (place.blur for place in find_places(f, middle - HALVES[0], middle + HALVES[0]) or ()), default=0.0
    )
    halves = [half for half in HALVES if half > CLEAR_OF * blur] or [HALVES[0]]
    tame: list[float] = []
    for half, (typical, top) in zip(halves, _rises(f, middle, halves), strict=True):
        if typical > 0 and (typical >= 0.2 * top or (typical >= 1e-3 * top and top <= TAME)):
            return half
        if 0 < top <= TAME:
            tame.append(half)
            if half == HALVES[0] and top < FLOOR * half:
                # Only a floor, and its walls stand farther out: (x/5)⁴⁰.
                wide = [top <= TAME for _, top in _rises(f, middle, WALLS)]
                return WALLS[wide.index(False) - 1] if False in wide[1:] else half
    return tame[0] if tame else HALVES[0]


def _rises(f: Expression, middle: float, halves: Sequence[float]) -> list[tuple[float, float]]:
    """How far f gets from its middle in each half-width, at half the places and at nearly all; NaN without values."""
    y = values(f, middle + np.array(halves)[:, None] * grid(-1.0, 1.0, 120))
    found: list[tuple[float, float]] = []
    for row in np.abs(y - _middle_values(f, middle, y)):
        seen = row[np.isfinite(row)]
        if seen.size < 8:
            found.append((math.nan, math.nan))
            continue
        typical, high, top = (float(q) for q in np.quantile(seen, [0.5, 0.85, 0.95]))
        # Near a pole the highest values say nothing; the next lower ones then tell how it spreads.
        found.append((typical, high if top > 20 * high else top))
    return found


def _middle_values(f: Expression, middle: float, y: Array) -> Array:
    here = float(values(f, np.float64(middle)))
    if math.isfinite(here):
        return np.full((len(y), 1), here)
    return np.array([[np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else 0.0] for row in y])


def _levelled(f: Expression, lo: float, hi: float) -> tuple[float, float]:
    """Wider while f still has some way to go before it levels off, but not where it keeps growing."""
    for _ in range(3):
        middle, half = (lo + hi) / 2, (hi - lo) / 2
        y = values(f, middle + half * grid(-1.0, 1.0, 81))
        seen = y[np.isfinite(y)]
        if seen.size < 8:
            return lo, hi
        height = float(np.ptp(np.quantile(seen, [0.02, 0.98])))
        far = values(f, middle + half * np.array([[-1.0, -4.0, -8.0], [1.0, 4.0, 8.0]]))
        near, beyond = np.abs(np.diff(far, axis=1)).T
        left = np.isfinite(near) & np.isfinite(beyond)
        levels_off = left.any() and bool(np.all(beyond[left] <= 0.35 * near[left]))
        if not levels_off or not 0.04 * height < near[left].max() < 1.2 * height:
            return lo, hi
        lo, hi = middle - 1.6 * half, middle + 1.6 * half
    return lo, hi


def _trimmed(f: Expression, lo: float, hi: float) -> tuple[float, float]:
    """Little room is left to where f is undefined."""
    x = np.linspace(lo, hi, 201)
    defined = np.flatnonzero(~np.isnan(values(f, x)))
    if not defined.size:
        return lo, hi
    first, last, width = float(x[defined[0]]), float(x[defined[-1]]), hi - lo
    if first - lo > 0.25 * width and last > hi - 0.02 * width:
        hi += 0.4 * (first - lo)
        return first - 0.12 * (hi - first), hi
    if hi - last > 0.25 * width and first < lo + 0.02 * width:
        lo -= 0.4 * (hi - last)
        return lo, last + 0.12 * (last - lo)
    return lo, hi


def _with_points(ends: tuple[float, float], features: _Features, analysis: Analysis) -> tuple[float, float]:
    """Room for points that stand alone where f is undefined all around."""
    alone = [b.x for b in analysis.breaks if b.kind is BreakKind.ISOLATED and b.x in features.x]
    lo, hi = min(ends[0], *alone, ends[0]), max(ends[1], *alone, ends[1])
    room = 0.08 * (hi - lo)
    return (lo - room if lo < ends[0] else lo), (hi + room if hi > ends[1] else hi)


def _with_height(f: Expression, features: _Features, lo: float, hi: float) -> Window:
    y = values(f, grid(lo, hi, 601))
    seen = y[np.isfinite(y)]
    seen = np.clip(seen if seen.size else np.array(features.y), -HUGE, HUGE)
    if not seen.size:
        return Window((lo, hi), NOWHERE.y, False)
    span = (hi - lo) / ASPECT
    low, high = _height(seen, features, span)
    ratio = span / (high - low)
    equal = 0.7 <= ratio <= 2.1
    if equal and ratio > 1.05:
        middle = (low + high) / 2
        low, high = middle - span / 2, middle + span / 2
    elif equal and ratio < 0.95:
        middle, half = (lo + hi) / 2, (high - low) * ASPECT / 2
        lo, hi = _rounded(middle - half, middle + half)
    return Window((lo, hi), _rounded(low, high), equal)


def _reach_of_pole(seen: Array, middle: float, side: int, equal: float) -> float:
    """How far from the middle a curve with poles is followed upwards or downwards."""
    parts = 0.5 + side * np.array([0.38, 0.25, 0.1])
    eighth, quarter, near = side * (np.quantile(seen, parts) - middle)
    # Where a pole climbs as steeply as that of e^(1/x), even an eighth of the window is too high; that of 1/x⁴⁰ is
    # a wall, and only equal scales say what is high.
    reach = eighth if eighth <= STEEP * quarter else quarter if quarter <= STEEP * near else equal / 3
    return float(side * reach)


def _between_walls(seen: Array, equal: float) -> bool:
    """Whether three fifths of a curve are a level floor on equal scales, and its ends are not, as of x⁴⁰."""
    middle = seen[len(seen) // 5 : -(len(seen) // 5) or None]
    return bool(np.ptp(middle) < FLOOR * equal < WALL * equal / 4 < np.ptp(seen))


def _height(seen: Array, features: _Features, equal: float) -> tuple[float, float]:
    """The limits in y, before rounding; `equal` is their distance on equal scales."""
    marked = np.clip(features.y, -HUGE, HUGE)
    span = _span(features.y)
    if features.poles:
        middle = float(np.median(seen))
        low, high = (middle + 1.5 * _reach_of_pole(seen, middle, side, equal) for side in (-1, 1))
    else:
        low, high = np.quantile(seen, [0.01, 0.99])
        if span == 0 and _between_walls(seen, equal):
            floor = float(np.median(seen))
            low, high = max(seen.min(), floor - WALL * equal), min(seen.max(), floor + WALL * equal)
    bottom, top = (float(marked.min()), float(marked.max())) if marked.size else (0.0, 0.0)
    leaves = low < bottom - 0.4 * span, high > top + 0.4 * span
    if span > 0 and not features.poles and high - low > (3.2 if all(leaves) else 5) * span:
        # A curve that leaves on one side only may be followed farther there.
        down, up = (0.4, 1.5) if not leaves[0] else (1.5, 0.4) if not leaves[1] else (0.4, 0.4)
        return bottom - down * span, top + up * span
    if marked.size:
        low, high = min(low, marked.min()), max(high, marked.max())
    low, high = float(low), float(high)
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        return min(0.0, low) - max(1.0, 0.1 * abs(low)), max(0.0, high) + max(1.0, 0.1 * abs(high))
    # The axis belongs in the picture when it is near.
    if 0 < low < 0.5 * high:
        low = 0.0
    if 0.5 * low < high < 0:
        high = 0.0
    room = 0.08 * (high - low)
    return low - room, high + room


def _rounded(lo: float, hi: float) -> tuple[float, float]:
    """Limits on round numbers, outwards by at most a fortieth of the span each."""
    span = hi - lo
    if not 1e-300 < span < math.inf:
        return NOWHERE.x
    raw = span / 40
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * max(factor for factor in (1, 2, 5) if factor * power <= raw * (1 + 1e-9))
    if max(abs(lo), abs(hi)) > 1e14 * step:
        return lo, hi
    digits = max(0, -math.floor(math.log10(step)))
    low, high = math.floor(lo / step + 1e-9) * step, math.ceil(hi / step - 1e-9) * step
    return (round(low, digits) + 0.0, round(high, digits) + 0.0) if digits < 300 else (low, high)
