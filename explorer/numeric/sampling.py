"""Honest curves: dense where they bend, cut where they break, ended exactly where they end."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.breaks import Findings, derivative_sides, find_breaks, probe_distances
from explorer.numeric.calculus import derivative_values, jet_with_errors, values_with_errors
from explorer.numeric.crowded_breaks import crowded_stretches
from explorer.numeric.places import find_places
from explorer.numeric.refine import GOLDEN, grid
from explorer.numeric.results import Array, Band, Break, Curve, Point, SmoothPlace, Span

__all__ = ["bands", "sample", "slope_ends"]

BEND = 8e-4
"""A chord is refined while the curve leaves it by more than this part of the picture's height."""

FAR = 0.1
"""Chords that miss the curve by more than this part of the height are wrong, not just coarse."""

TRIFLE = 1e-3
"""What rounding makes of a curve is no shape where it is so small beside the curve of f, over the window's width."""

ROUNDS = 6
MOST_POINTS = 2
"""A curve has at most so many times the points that were asked for, however often it breaks and bends."""

LOOK = 401
CUT = 1e4
"""Poles are followed to this multiple of the picture's height."""

BAND_COLUMNS = 400
PROBES_PER_COLUMN = 24
BAND_REACH = 100
"""A band ends so many heights of its curve away, far outside any picture of it."""

BLURRED = grid(-1.0, 1.0, 64)
"""In these parts of a blur f is asked for its own error, and its steps."""
MOST_BLURRED = 20
BESIDE = 1.1
"""So many times as far as rounding hides a step from its place, it is seen again."""

Function = Callable[[Array], Array]


@dataclass(frozen=True)
class _Frame:
    """The window across, and what a picture would show of the values: robust against poles."""

    lo: float
    hi: float
    middle: float
    height: float

    @staticmethod
    def of(lo: float, hi: float, y: Array) -> _Frame:
        seen = y[np.isfinite(y)]
        if not seen.size:
            return _Frame(lo, hi, 0.0, 1.0)
        low, middle, high = (float(v) for v in np.quantile(seen, [0.06, 0.5, 0.94]))
        height, whole = high - low, float(np.ptp(seen))
        if height <= 1e-9 * whole:
            height = whole
        return _Frame(lo, hi, middle, height if 0 < height < np.inf else max(1.0, abs(middle)))


@dataclass(frozen=True, eq=False)
class _Points:
    """Samples in increasing x; `piece` numbers the stretches between possible gaps."""

    x: Array
    y: Array
    piece: NDArray[np.intp]

    def chords(self) -> NDArray[np.bool_]:
        """Which neighbours are joined."""
        return np.asarray((self.piece[1:] == self.piece[:-1]) & (self.x[1:] > self.x[:-1]))

    def with_more(self, after: NDArray[np.intp], x: Array, y: Array) -> tuple[_Points, NDArray[np.bool_]]:
        """Rows of points put in after some of these, and which points of the result are new."""
        slots = np.repeat(after + 1, x.shape[1])
        fresh = np.zeros(self.x.size + slots.size, dtype=bool)
        fresh[slots + np.arange(slots.size)] = True
        piece = np.insert(self.piece, slots, np.repeat(self.piece[after], x.shape[1]))
        return _Points(np.insert(self.x, slots, x.ravel()), np.insert(self.y, slots, y.ravel()), piece), fresh


@dataclass(frozen=True)
class _End:
    """A place where the curve may be cut: what it reaches from the left and from the right (NaN: nothing)."""

    x: float
    left: float
    right: float
    gap: bool
    steep: bool


@np.errstate(all="ignore")
def sample(
    f: Expression,
    window: tuple[float, float],
    breaks: tuple[Break, ...] | None = None,
    n: int = 800,
    order: int = 0,
    *,
    smooth: tuple[SmoothPlace, ...] | None = None,
) -> Curve | Band:
    """The curve of f, f′ or f″ (`order` 0, 1, 2) over a window, with a NaN gap at every break.

    One-sided end points lie exactly on the breaks; f′ and f″ have gaps at corners, cusps and vertical
    tangents as well. About `n` points, and never more than 2n, but for very many breaks. Above
    `MAX_BREAKS` breaks a `Band`, or a gap where they crowd (see `bands`). Nothing is searched for where the `breaks`
    and the `smooth` places of a wider window are given, which do not crowd there.
    """
    lo, hi = float(window[0]), float(window[1])
    if breaks is not None and smooth is not None:
        findings = Findings(breaks, tuple(place for place in smooth if lo <= place.x <= hi), too_many=False)
    else:
        findings = find_breaks(f, lo, hi)
    plain = breaks == () and smooth == ()
    function = partial(derivative_values, f, order=order) if plain else _sharp(f, order, lo, hi)
    crowded = crowded_stretches(f, lo, hi) if findings.too_many else ()
    if findings.too_many and not crowded:
        return _band(function, lo, hi, BAND_COLUMNS)
    known = findings.breaks if breaks is None else breaks
    inside = [b for b in known if lo <= b.x <= hi and not _in_any(b.x, crowded)]
    ends = _curve_ends(inside) if order == 0 else _derivative_ends(f, order, inside, findings.smooth, hi - lo)
    borders = [end for a, b in crowded for end in (_border(function, a, -1), _border(function, b, 1))]
    ends = sorted([*ends, *borders], key=lambda end: end.x)
    return _curve(_outside(function, crowded), lo, hi, ends, n, rounding=partial(_rounding, f, order))


def _border(function: Function, x: float, side: int) -> _End:
    """Where a crowded stretch begins or ends the curve is only on that side."""
    y = float(function(np.array([x]))[0])
    return _End(x, y if side < 0 else math.nan, y if side > 0 else math.nan, True, False)


@np.errstate(all="ignore")
def bands(f: Expression, window: tuple[float, float]) -> tuple[Band, ...]:
    """The range of f over the stretches of a window in which its breaks crowd and its curve has a gap."""
    lo, hi = float(window[0]), float(window[1])
    crowded = crowded_stretches(f, lo, hi) if find_breaks(f, lo, hi).too_many else ()

    def function(x: Array) -> Array:
        return derivative_values(f, x, 0)

    return tuple(_band(function, a, b, max(8, round(BAND_COLUMNS * (b - a) / (hi - lo)))) for a, b in crowded)


def _sharp(f: Expression, order: int, lo: float, hi: float) -> Function:
    """A derivative of f, with the values beside a blurred place of a step in place of those that rounding made.

    ⌊1 − x¹⁰⌋ is 0 beside 0 and 1 at 0 alone, though doubles draw a plateau at 1 up to |x| = 0.02.
    """
    blurred = [p for p in find_places(f, lo, hi) or () if p.blur > 0 and _is_lost(f, p.x, p.blur)]

    def function(x: Array) -> Array:
        for place in blurred[:MOST_BLURRED]:
            away = np.maximum(np.abs(x - place.x), BESIDE * place.blur)
            x = np.where(
                np.abs(x - place.x) < BESIDE * place.blur, place.x + np.copysign(away, x - place.x), x
            )
        return derivative_values(f, x, order)

    return function


def _is_lost(f: Expression, x: float, blur: float) -> bool:
    """Whether f itself is unsure, or steps, so near to a place; what is not chosen of pieces blurs nothing."""
    y, errors = values_with_errors(f, x + blur * BLURRED)
    return bool((errors > 0).any() or 2 * np.abs(np.diff(y)).max() > np.ptp(y))


def _in_any(x: float, stretches: tuple[Span, ...]) -> bool:
    return any(a < x < b for a, b in stretches)


def _outside(function: Function, stretches: tuple[Span, ...]) -> Function:
    """The function, without a value inside the stretches."""

    def cut(x: Array) -> Array:
        y = function(x)
        for a, b in stretches:
            y = np.where((x > a) & (x < b), np.nan, y)
        return y

    return cut if stretches else function


def _curve_ends(breaks: list[Break]) -> list[_End]:
    found = []
    for b in breaks:
        left, right = (b.value, b.value) if b.continuous else (b.left_value, b.right_value)
        calm = all(math.isfinite(v) for v in (left, right, b.left_slope, b.right_slope))
        found.append(_End(b.x, left, right, not b.continuous, not calm))
    return found


def _derivative_ends(
    f: Expression, order: int, breaks: list[Break], smooth: tuple[SmoothPlace, ...], width: float
) -> list[_End]:
    """Gaps at every break; where only the formula of f′ fails, the curve runs on if it can."""
    x = np.array(sorted([b.x for b in breaks] + [place.x for place in smooth]))
    if not x.size:
        return []
    left, right = derivative_sides(f, order, x, probe_distances(x, width))
    through = {place.x for place in smooth}
    found = []
    for at, a, b in zip(x.tolist(), left.tolist(), right.tolist(), strict=True):
        joined = at in through and abs(a - b) <= 1e-6 * (1 + abs(a) + abs(b))
        calm = math.isfinite(a) and math.isfinite(b)
        found.append(_End(at, a, a if joined else b, not joined, not calm))
    return found


@np.errstate(all="ignore")
def slope_ends(f: Expression, breaks: tuple[Break, ...], width: float) -> tuple[Point, ...]:
    """Where the curve of f′ ends though f′ itself has no value: its limits beside the breaks, in a window so wide."""
    x = np.array([place.x for place in breaks])
    if not x.size:
        return ()
    sides = derivative_sides(f, 1, x, probe_distances(x, width))
    ends = {
        (at, y) for side in sides for at, y in zip(x.tolist(), side.tolist(), strict=True) if math.isfinite(y)
    }
    return tuple(Point(at, y) for at, y in sorted(ends))


def _curve(
    function: Function, lo: float, hi: float, ends: list[_End], n: int, *, rounding: Callable[[Array], float]
) -> Curve | Band:
    look = grid(lo, hi, LOOK)
    frame = _Frame.of(lo, hi, _finite(function(look)))
    x, piece = _first_points(lo, hi, ends, n)
    room = min(round(1.5 * n), MOST_POINTS * n - x.size)
    first = _Points(x, _finite(function(x)), piece)
    points = _refined(function, first, frame, room)
    if _missed(function, points, frame) > 0.25:
        # The quotient (x² − 1)/(x − 1) has the slope 1, give or take rounding, which has no shape.
        noise = rounding(look)
        if not noise > BEND * frame.height:
            return _band(function, lo, hi, BAND_COLUMNS)
        frame = replace(frame, height=noise / BEND)
        points = _refined(function, first, frame, room)
    return _joined(points, frame, ends)


def _rounding(f: Expression, order: int, x: Array) -> float:
    """How far rounding moves f, f′ or f″ at most places; 0 where that is no trifle beside f over the window's width."""
    values, errors = jet_with_errors(f, x)
    seen = np.abs(values[0][np.isfinite(values[0])])
    known = errors[order][np.isfinite(errors[order])]
    if not known.size or not seen.size:
        return 0.0
    error = float(np.quantile(known, 0.9))
    return error if error <= TRIFLE * float(np.median(seen)) / (x[-1] - x[0]) ** order else 0.0


def _first_points(lo: float, hi: float, ends: list[_End], n: int) -> tuple[Array, NDArray[np.intp]]:
    """Even points, and halved distances towards the places where the curve may be steep."""
    borders = [lo, *(end.x for end in ends if lo < end.x < hi), hi]
    steep = {end.x for end in ends if end.steep}
    halvings = np.ldexp(1.0, -np.arange(1, np.clip(1 + n // max(1, 2 * len(ends)), 4, 34)))
    least = np.clip(n // len(borders), 2, 12)
    xs, pieces = [], []
    for k, (a, b) in enumerate(pairwise(borders)):
        count = max(least, round(0.75 * n * (b - a) / (hi - lo)))
        points = [np.linspace(a, b, count + 1)]
        closing = (b - a) / count * halvings
        if a in steep:
            points.append(a + closing)
        if b in steep:
            points.append(b - closing)
        inner = np.unique(np.concatenate(points))
        # Breaks themselves are no samples: what is reached there is known, and told by the end.
        keep = (inner >= a) & (inner <= b) & ((inner != a) | (a == lo)) & ((inner != b) | (b == hi))
        keep &= ~np.isin(inner, [end.x for end in ends if end.x in (a, b)])
        xs.append(inner[keep])
        pieces.append(np.full(int(keep.sum()), k))
    return np.concatenate(xs), np.concatenate(pieces)


def _finite(y: Array) -> Array:
    return np.where(np.isfinite(y), y, np.nan)


def _refined(function: Function, points: _Points, frame: _Frame, room: int) -> _Points:
    """Points added where a chord misses the curve, the worst first when there is not room for all."""
    active = points.chords()
    shares = np.array([0.25, 0.5, 0.75])
    for turn in range(ROUNDS):
        at = np.flatnonzero(active)
        # The first look is a close one, so that a narrow peak between two points is not missed.
        parts = shares if turn == 0 else shares[1:2]
        if not at.size or room < parts.size:
            break
        x = points.x[at][:, None] + (points.x[at + 1] - points.x[at])[:, None] * parts
        y = _finite(function(x))
        bend = _bend(points, at, y, parts, frame)
        wanted = np.flatnonzero(bend > BEND)
        if wanted.size * parts.size > room:
            wanted = np.sort(wanted[np.argsort(bend[wanted])[::-1][: room // parts.size]])
        if not wanted.size:
            break
        room -= wanted.size * parts.size
        points, fresh = points.with_more(at[wanted], x[wanted], y[wanted])
        active = (fresh[1:] | fresh[:-1]) & points.chords()
    return points


def _missed(function: Function, points: _Points, frame: _Frame) -> float:
    """The part of the window in which the chords are far from the curve, however many there are."""
    at = np.flatnonzero(points.chords())
    width = points.x[at + 1] - points.x[at]
    if points.x.size < LOOK or not at.size:
        return 0.0
    # Uneven places: a wave may pass through the middle of every chord.
    parts = np.array([0.31, 0.5, 0.73])
    bend = _bend(points, at, _finite(function(points.x[at][:, None] + width[:, None] * parts)), parts, frame)
    return float(width[bend > FAR].sum() / (frame.hi - frame.lo))


def _bend(points: _Points, at: NDArray[np.intp], y: Array, parts: Array, frame: _Frame) -> Array:
    """How far the curve leaves the chords that start at points `at`, as a part of the picture's height."""
    start, end = points.y[at], points.y[at + 1]
    chord = start[:, None] + (end - start)[:, None] * parts
    with np.errstate(all="ignore"):
        # Far outside the picture a bend matters as little as it would be seen from there.
        away = np.maximum(np.abs(chord - frame.middle) - 2 * frame.height, 0.0)
        miss = np.abs(y - chord) / (frame.height + away)
    return np.asarray(np.where(np.isfinite(miss), miss, 0.0).max(axis=1))


def _joined(points: _Points, frame: _Frame, ends: list[_End]) -> Curve:
    """The pieces in one polyline: end points on the breaks, NaN between pieces that do not meet."""
    seen = ~_beyond_the_cut(points, frame)
    points = _Points(points.x[seen], points.y[seen], points.piece[seen])
    inner = [end for end in ends if frame.lo < end.x < frame.hi]
    borders = np.searchsorted(points.piece, np.arange(len(inner) + 2))
    xs: list[Array | list[float]] = [[end.x for end in ends if end.x == frame.lo]]
    ys: list[Array | list[float]] = [[end.right for end in ends if end.x == frame.lo]]
    for k, (first, last) in enumerate(pairwise(borders.tolist())):
        xs.append(points.x[first:last])
        ys.append(points.y[first:last])
        if k < len(inner):
            end = inner[k]
            xs.append([end.x] * (3 if end.gap else 1))
            ys.append([end.left, np.nan, end.right] if end.gap else [end.left])
    xs.append([end.x for end in ends if end.x == frame.hi])
    ys.append([end.left for end in ends if end.x == frame.hi])
    return _tidy(np.concatenate(xs), _finite(np.concatenate(ys)))


def _tidy(x: Array, y: Array) -> Curve:
    """One NaN is a gap, a thousand are only weight; a point alone between gaps draws nothing."""
    padded = np.concatenate([[True], np.isnan(y), [True]])
    y = np.where(padded[:-2] & padded[2:], np.nan, y)
    missing = np.isnan(y)
    keep = ~(missing & np.concatenate([[False], missing[:-1]]))
    return Curve(x[keep], y[keep])


def _beyond_the_cut(points: _Points, frame: _Frame) -> NDArray[np.bool_]:
    """Points on the way to a pole, far outside the picture, with none inside between them and the pole."""
    with np.errstate(all="ignore"):
        below = np.abs(points.y - frame.middle) <= CUT * frame.height
    piece, index = points.piece, np.arange(points.y.size)
    count = int(piece[-1]) + 1 if piece.size else 0
    first, last = np.full(count, points.y.size), np.full(count, -1)
    np.minimum.at(first, piece[below], index[below])
    np.maximum.at(last, piece[below], index[below])
    return np.asarray((index < first[piece]) | (index > last[piece]))


def _band(function: Function, lo: float, hi: float, columns: int) -> Band:
    edges = np.linspace(lo, hi, columns + 1)
    # Quadratic phases keep no rhythm that a wave could share.
    inner = np.modf(GOLDEN * np.arange(1, PROBES_PER_COLUMN + 1) ** 2)[0]
    y = _finite(function(edges[:-1, None] + np.diff(edges)[:, None] * inner))
    seen = np.isfinite(y)
    frame = _Frame.of(lo, hi, y)
    bottom, top = frame.middle - BAND_REACH * frame.height, frame.middle + BAND_REACH * frame.height
    low = np.where(seen, np.clip(y, bottom, top), np.inf).min(axis=1)
    high = np.where(seen, np.clip(y, bottom, top), -np.inf).max(axis=1)
    band = Band((edges[:-1] + edges[1:]) / 2, low, high)
    empty = ~seen.any(axis=1)
    return replace(band, low=np.where(empty, np.nan, low), high=np.where(empty, np.nan, high))
