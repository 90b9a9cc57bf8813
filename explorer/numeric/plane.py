"""Functions of two variables over a window: which window suits, and which heights to show."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, compile_tape
from explorer.numeric.critical2d import (
    CriticalKind2D,
    CriticalPoint2D,
    CriticalPoints,
    critical_points,
)
from explorer.numeric.curvature2d import bending_of
from explorer.numeric.families2d import FamilyKind
from explorer.numeric.peaks import peaks
from explorer.numeric.results import HUGE, Array, Span, Window
from explorer.numeric.seams import seams_of
from explorer.numeric.sharp2d import level_creases, sharp_places
from explorer.numeric.waves import outruns, turns_across

USUAL = 2.0
FAR = (2.0, 10.0, 100.0, 1000.0)
LOOK = 61
ABSURD = 1e6  # a spread of heights that nobody reads, where a function runs away on every scale
NEAREST, BEYOND = 4.0, (20.0, 200.0)
"""So far from the origin something is looked for; and where there is nothing, as far as that."""

MOST_WANTED = 12
ROOM = 1.35
NARROW, NARROWEST = 6.0, 1e-9
"""A peak on a plain is shown with so many times its own width to each side, where that is a window of round numbers."""

LEVEL = 10.0
"""A slope of no more than so many roundings of its formula is none: the place itself is known to a double."""

LEAST_BEND = 1e-6
AWAY = 0.2
"""The sine of the angle by which a curve that passes by the origin may miss the right one, as its places are apart."""

CLOSER = (0.75, 0.6, 0.5, 0.35, 0.25, 0.15, 0.1)
WIDE, WIDEST, GLIMPSE = (5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0), (2e3, 2e4), 0.1
"""Windows of wide features, what holds all of any, and the part of a rise that is a glimpse of it or all but one."""

MIDDLE, ENORMOUS, NOTHING = 0.6, 500.0, 1e-3
"""Parts of a window that are tried; its middle; a rise that is enormous beside its width; next to nothing beside it."""

PLAIN = 0.1
"""Heights of a plain differ by less than this part of what stands out of it."""


def choose_plane(f: Expression, *, far: bool = True) -> Window:
    """A square window for f(x, y): ±2, or what holds its critical points, or its domain.

    Where nothing is near it is looked for `far` away too; of a map's components only values are wanted.
    """
    for reach in FAR:
        side = np.linspace(-reach, reach, LOOK)
        x, y = np.meshgrid(side, side)
        defined = np.isfinite(f(x, y))
        share = float(defined.mean())
        if share == 0:
            continue
        if share > 0.3 and reach == USUAL:
            window = _around_what_is_there(f, far)
            wide = _all_of_a_wide_one(f) if far and window == _square(0.0, 0.0, USUAL) else None
            return wide or window
        where = np.column_stack([x[defined], y[defined]])
        low, high = where.min(axis=0), where.max(axis=0)
        middle, half = (low + high) / 2, float(max(high - low)) / 2 + 2 * reach / LOOK
        unit = 10.0 ** math.floor(math.log10(half)) / 4
        x0, y0 = (round(float(m) / unit) * unit + 0.0 for m in middle)
        return _square(x0, y0, math.ceil(half * 1.05 / unit) * unit)
    return _square(0.0, 0.0, USUAL)


def _square(x: float, y: float, half: float) -> Window:
    return Window((x - half, x + half), (y - half, y + half), equal=True)


def _around_what_is_there(f: Expression, far: bool) -> Window:
    """±2, or wider, around the origin with what is near; where nothing is, around the nearest that is farther away."""
    if outruns(max(turns_across(f, _square(0.0, 0.0, NEAREST), 0.0)), LOOK - 1):
        # There are far more than fit a window, and none of them tells where it should be.
        return _below_the_walls(f, _square(0.0, 0.0, USUAL), CriticalPoints((), (), complete=False))
    found = critical_points(f, (-NEAREST, NEAREST), (-NEAREST, NEAREST), looked_around=False)
    near = _telling(f, found, NEAREST)
    if len(near):
        farthest = float(np.abs(near).max()) if len(near) <= MOST_WANTED else 0.0
        usual = _square(0.0, 0.0, max(USUAL, math.ceil(2 * ROOM * farthest) / 2))
        return _on_a_plain(f, found, usual) or _below_the_walls(f, usual, found)
    if found.nowhere or not far:
        return _below_the_walls(f, _square(0.0, 0.0, USUAL), found)
    for reach in BEYOND:
        there = _telling(f, critical_points(f, (-reach, reach), (-reach, reach), looked_around=False), reach)
        if len(there):
            return _far_away(there)
    return _below_the_walls(f, _square(0.0, 0.0, USUAL), found)


@np.errstate(all="ignore")
def _all_of_a_wide_one(f: Expression) -> Window | None:
    """As wide as what f does, where that is bounded and next to nothing of it is seen in the usual window.

    None of e^(−(x² + y²)/900) but its tip is within ±2; of a polynomial there is no whole.
    """

    def rise(reach: float) -> float:
        side = np.linspace(-reach, reach, LOOK)
        return float(np.ptp(f(*np.meshgrid(side, side))))

    whole = rise(WIDEST[0])
    if not (
        0 < whole < ABSURD and rise(USUAL) <= GLIMPSE * whole and rise(WIDEST[1]) <= (1 + GLIMPSE) * whole
    ):
        return None
    return next((_square(0.0, 0.0, reach) for reach in WIDE if rise(reach) >= (1 - GLIMPSE) * whole), None)


def _below_the_walls(f: Expression, window: Window, found: CriticalPoints) -> Window:
    """Closer, where heights run away to the window's sides: beside 2⁴⁰ all of x⁴⁰ + y⁴⁰ is flat.

    Closer around what is there; where none is close enough the window stays as it is.
    """
    places = np.array([(p.x, p.y) for p in found.points]).reshape(-1, 2)
    places = np.vstack([places, *(family.points for family in found.families)])
    low, high = (places.min(axis=0), places.max(axis=0)) if len(places) else (np.zeros(2), np.zeros(2))
    least = float((high - low).max()) / 2 * ROOM if len(found.points) > 1 else 0.0
    if not _walled(f, window):
        return window
    halves = (part * window.x[1] for part in CLOSER if part * window.x[1] >= least)
    closer = (_rounded((low + high) / 2, half) for half in halves)
    return next((near for near in closer if _rise(f, near) <= ENORMOUS * (near.x[1] - near.x[0])), window)


def _walled(f: Expression, window: Window) -> bool:
    """Whether its heights are enormous beside its width, and next to nothing in its middle beside its sides."""
    rise = _rise(f, window)
    return rise > ENORMOUS * (window.x[1] - window.x[0]) and _rise(f, window, MIDDLE) < NOTHING * rise


def _rise(f: Expression, window: Window, part: float = 1.0) -> float:
    """How far heights are from the middle one in such a part of a window, but for a few."""
    (left, right), (bottom, top) = window.x, window.y
    shares = np.linspace(-part, part, LOOK)
    x, y = (left + right + (right - left) * shares) / 2, (bottom + top + (top - bottom) * shares) / 2
    heights = f(*np.meshgrid(x, y))
    known = heights[np.isfinite(heights)]
    return float(np.quantile(np.abs(known - np.median(known)), 0.98)) if len(known) else math.nan


def _telling(f: Expression, found: CriticalPoints, reach: float) -> Array:
    """Critical points, lowest and highest places without a gradient, and the nearest place of each curve of such."""
    curves = [_nearest(family.points) for family in found.families if family.kind is not FamilyKind.FLAT]
    curves = [place for place in curves if reach <= NEAREST or _passes(f, place)]
    # Still farther away what fades is as level as what is: only what bends both ways counts.
    points = [p for p in found.points if reach <= BEYOND[0] or _bends(p)]
    level = [np.array([point.x, point.y]) for point in points] + (curves if reach <= BEYOND[0] else [])
    places = np.array(level).reshape(-1, 2)
    if reach > NEAREST and len(places):
        places = places[_are_level(f, places)]
    if not seams_of(f):
        return places
    span = (-reach, reach)
    creases = [_nearest(crease.points) for crease in level_creases(f, span, span)]
    sharp = [np.array([place.x, place.y]) for place in sharp_places(f, span, span)]
    return np.vstack([places, *creases, *sharp])


def _nearest(places: Array) -> Array:
    """The one nearest to the origin."""
    nearest: Array = places[np.argmin(np.hypot(*places.T))]
    return nearest


def _bends(point: CriticalPoint2D) -> bool:
    """Whether no curvature there is next to nothing beside the other one."""
    sizes = [abs(value) for value in point.eigenvalues or (1.0,)]
    return min(sizes) > LEAST_BEND * max(sizes)


@np.errstate(all="ignore")
def _are_level(f: Expression, places: Array) -> NDArray[np.bool_]:
    """Where the slopes are no more than what rounding makes of nothing: that of e^y fades, but is no rounding."""
    tape = compile_tape({name: f.derivative(name) for name in f.variables}, f.variables)
    slopes = tape.run_with_errors(*places.T).values()
    return np.asarray(np.all([np.abs(slope) <= LEVEL * error for slope, error in slopes], axis=0))


def _passes(f: Expression, place: Array) -> bool:
    """Whether a level curve passes by the origin there; one that only fades away, as e^y does, leads towards it."""
    now = bending_of(f)(place[None])
    c, s = float(now.c[0]), float(now.s[0])
    along = (-s, c) if abs(now.high[0]) >= abs(now.low[0]) else (c, s)
    return bool(abs(np.dot(along, place)) <= AWAY * np.hypot(*place))


def _far_away(places: Array) -> Window:
    """Around the place nearest to the origin and those beside it, so wide that the way to the origin is half of it.

    Around the origin itself where others lie as near on its other sides.
    """
    away = np.abs(places).max(axis=1)
    alike = places[away <= 1.001 * away.min()]
    if len(alike) > 1 and (alike.min(axis=0) <= 0).all() and (alike.max(axis=0) >= 0).all():
        return _square(0.0, 0.0, math.ceil(2 * ROOM * float(away.min())) / 2)
    nearest = places[np.argmin(away)]
    half = max(USUAL, float(away.min()) / 2)
    beside = places[(np.abs(places - nearest).max(axis=1) <= half)]
    if len(beside) <= MOST_WANTED:
        nearest = (beside.min(axis=0) + beside.max(axis=0)) / 2
    return _rounded(nearest, half)


def _on_a_plain(f: Expression, found: CriticalPoints, window: Window) -> Window | None:
    """Closer around peaks and pits that are narrow on an otherwise level plain; None where there are none."""
    ends = [
        p
        for p in found.points
        if p.kind in (CriticalKind2D.MINIMUM, CriticalKind2D.MAXIMUM) and p.eigenvalues
    ]
    if not 0 < len(ends) <= MOST_WANTED or len(ends) < len(found.points):
        return None
    values = f(*np.meshgrid(np.linspace(*window.x, LOOK), np.linspace(*window.y, LOOK)))
    low, plain, high = (float(q) for q in np.nanquantile(values, (0.03, 0.5, 0.97)))
    tall = min(abs(p.value - plain) for p in ends)
    if not (tall > 0 and high - low <= PLAIN * tall):
        return None
    wide = max(math.sqrt(2 * abs(p.value - plain) / min(map(abs, p.eigenvalues or (1.0,)))) for p in ends)
    places = np.array([(p.x, p.y) for p in ends])
    first, last = places.min(axis=0), places.max(axis=0)
    half = float((last - first).max()) / 2 + NARROW * wide
    return _rounded((first + last) / 2, half) if NARROWEST < half < window.x[1] else None


def _rounded(middle: Array, half: float) -> Window:
    """A square about so large about there, on round numbers."""
    unit = round_step(half, 20)
    half = math.ceil(half / unit - 1e-9) * unit
    x, y = (round(float(m) / unit) * unit for m in middle)
    x0, x1, y0, y1 = (round(v, 12) + 0.0 for v in (x - half, x + half, y - half, y + half))
    return Window((x0, x1), (y0, y1), equal=True)


def heights(f: Expression, window: Window, start: tuple[float, float] | None = None) -> Span:
    """The heights worth showing over a window: all of them, unless a pole or an overflow runs away.

    The height at `start` is among them where it is not absurd.
    """
    x, y = np.meshgrid(np.linspace(*window.x, LOOK), np.linspace(*window.y, LOOK))
    values = f(x, y)
    values = np.clip(values[np.isfinite(values)], -HUGE, HUGE)
    if not len(values):
        return (-1.0, 1.0)
    low, high = float(values.min()), float(values.max())
    for tail in (0.06, 0.12, 0.2, 0.27):
        bulk_low, bulk_high = (float(q) for q in np.quantile(values, (tail, 1 - tail)))
        inner_low, inner_high = (float(q) for q in np.quantile(values, (1.8 * tail, 1 - 1.8 * tail)))
        if bulk_high - bulk_low <= 10 * (inner_high - inner_low):
            break
    else:
        if bulk_high - bulk_low > ABSURD:
            bulk_low, bulk_high = _densest(values)
    # What is no higher than the window is wide is shown whole: x⁴⁰ over ±1.
    spread = max(bulk_high - bulk_low, (window.x[1] - window.x[0]) / 3)
    if high > bulk_high + 3 * spread:
        high = bulk_high + 0.8 * spread
    if low < bulk_low - 3 * spread:
        low = bulk_low - 0.8 * spread
    # What stands out is shown to its tip, wherever the grid met it.
    tips = np.clip(peaks(f, window.x, window.y).heights, -HUGE, HUGE)
    low, high = min([low, *tips]), max([high, *tips])
    if start is not None:
        own = float(np.clip(f(*start), -HUGE, HUGE))
        if math.isfinite(own) and low - 3 * spread < own < high + 3 * spread:
            low, high = min(low, own), max(high, own)
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        # A level surface still has a height; give it room.
        room = max(1.0, abs(high))
        return (low - room, high + room)
    return (low, high)


def _densest(values: Array) -> Span:
    """The shortest span that holds a third of the values, where they run away on every scale."""
    ordered = np.sort(values)
    third = len(ordered) // 3
    first = int(np.argmin(ordered[third:] - ordered[: len(ordered) - third]))
    return float(ordered[first]), float(ordered[first + third])


def round_step(width: float, pieces: int) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that divides `width` into about so many pieces."""
    raw = width / pieces
    power = 10.0 ** math.floor(math.log10(raw))
    return float(next(k * power for k in (1, 2, 5, 10) if raw <= k * power * 1.001))
