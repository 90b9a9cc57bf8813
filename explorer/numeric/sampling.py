"""Honest curves: dense where they bend, cut where they break, ended exactly where they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.breaks import derivative_sides, find_breaks
from explorer.numeric.calculus import derivative_values
from explorer.numeric.refine import grid
from explorer.numeric.results import Array, Band, Break, Curve, SmoothPlace

__all__ = ["sample"]

BEND = 4e-4
"""A chord is refined while the curve leaves it by more than this part of the picture's height."""

ROUNDS = 6
CUT = 1e4
"""Poles are followed to this multiple of the picture's height."""

BAND_COLUMNS = 400
PROBES_PER_COLUMN = 12

Function = Callable[[Array], Array]


@dataclass(frozen=True)
class _End:
    """A place where the curve may be cut: what it reaches from the left and from the right (NaN: nothing)."""

    x: float
    left: float
    right: float
    gap: bool
    steep: bool


def sample(
    f: Expression,
    window: tuple[float, float],
    breaks: tuple[Break, ...] | None = None,
    n: int = 800,
    order: int = 0,
) -> Curve | Band:
    """The curve of f, f′ or f″ (`order` 0, 1, 2) over a window, with a NaN gap at every break.

    One-sided end points lie exactly on the breaks; f′ and f″ have gaps at corners, cusps and vertical tangents as
    well. About `n` points, at most 3n/2 besides those that lead up to the breaks. Above 200 breaks a `Band`.
    """
    lo, hi = float(window[0]), float(window[1])

    def function(x: Array) -> Array:
        return derivative_values(f, x, order)

    findings = find_breaks(f, lo, hi)
    if findings.too_many:
        return _band(function, lo, hi)
    known = findings.breaks if breaks is None else breaks
    inside = [b for b in known if lo <= b.x <= hi]
    ends = _curve_ends(inside) if order == 0 else _derivative_ends(f, order, inside, findings.smooth, hi - lo)
    return _curve(function, lo, hi, ends, n)


def _curve_ends(breaks: list[Break]) -> list[_End]:
    return [
        _End(
            b.x,
            b.value if b.continuous else b.left_value,
            b.value if b.continuous else b.right_value,
            not b.continuous,
            True,
        )
        for b in breaks
    ]


def _derivative_ends(
    f: Expression, order: int, breaks: list[Break], smooth: tuple[SmoothPlace, ...], width: float
) -> list[_End]:
    """Gaps at every break; at smooth places, where only the formula of f′ fails, the curve runs on if it can."""
    x = np.array(sorted([b.x for b in breaks] + [place.x for place in smooth]))
    if not x.size:
        return []
    gaps = np.diff(x, prepend=-np.inf, append=np.inf)
    left, right = derivative_sides(f, order, x, np.minimum(0.4 * np.minimum(gaps[:-1], gaps[1:]), width / 8))
    through = {place.x for place in smooth}
    found = []
    for at, a, b in zip(x.tolist(), left.tolist(), right.tolist(), strict=True):
        joined = at in through and abs(a - b) <= 1e-6 * (1 + abs(a) + abs(b))
        found.append(_End(at, a, a if joined else b, not joined, at not in through))
    return found


def _curve(function: Function, lo: float, hi: float, ends: list[_End], n: int) -> Curve:
    x, piece = _first_points(lo, hi, ends, n)
    y = _finite(function(x))
    middle, height = _picture(y)
    x, y, piece = _refined(function, x, y, piece, height, middle, n)
    return _joined(x, y, piece, lo, hi, ends, (middle, CUT * height))


def _first_points(lo: float, hi: float, ends: list[_End], n: int) -> tuple[Array, NDArray[np.intp]]:
    """Even points, and halved distances towards the places where the curve may be steep."""
    borders = [lo, *(end.x for end in ends if lo < end.x < hi), hi]
    steep = {end.x for end in ends if end.steep}
    halvings = np.ldexp(1.0, -np.arange(1, 34))
    xs, pieces = [], []
    for k, (a, b) in enumerate(zip(borders[:-1], borders[1:], strict=True)):
        count = max(12, round(0.5 * n * (b - a) / (hi - lo)))
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


def _picture(y: Array) -> tuple[float, float]:
    """Middle and height of what a picture would show: robust against poles."""
    seen = y[np.isfinite(y)]
    if not seen.size:
        return 0.0, 1.0
    low, middle, high = np.quantile(seen, [0.06, 0.5, 0.94])
    height = float(high - low)
    if height <= 1e-9 * float(np.ptp(seen)):
        height = float(np.ptp(seen))
    return float(middle), height if 0 < height < np.inf else max(1.0, abs(float(middle)))


def _refined(
    function: Function, x: Array, y: Array, piece: NDArray[np.intp], height: float, middle: float, n: int
) -> tuple[Array, Array, NDArray[np.intp]]:
    """Points added where a chord misses the curve, the worst first when there is not room for all."""
    room = n
    active = (piece[1:] == piece[:-1]) & (x[1:] > x[:-1])
    shares = np.array([0.25, 0.5, 0.75])
    for turn in range(ROUNDS):
        at = np.flatnonzero(active)
        if not at.size or room <= 0:
            break
        # The first look is a close one, so that a narrow peak between two points is not missed.
        parts = shares if turn == 0 else shares[1:2]
        new = x[at][:, None] + (x[at + 1] - x[at])[:, None] * parts
        values = _finite(function(new))
        bend = _bend(y[at], y[at + 1], values, parts, height, middle)
        wanted = np.flatnonzero(bend > BEND)
        if wanted.size * parts.size > room:
            order = np.argsort(bend[wanted])[::-1]
            wanted = np.sort(wanted[order[: room // parts.size]])
        if not wanted.size:
            break
        room -= wanted.size * parts.size
        slots = np.repeat(at[wanted] + 1, parts.size)
        fresh = np.zeros(x.size + slots.size, dtype=bool)
        fresh[slots + np.arange(slots.size)] = True
        x = np.insert(x, slots, new[wanted].ravel())
        y = np.insert(y, slots, values[wanted].ravel())
        piece = np.insert(piece, slots, np.repeat(piece[at[wanted]], parts.size))
        active = (fresh[1:] | fresh[:-1]) & (piece[1:] == piece[:-1]) & (x[1:] > x[:-1])
    return x, y, piece


def _bend(start: Array, end: Array, values: Array, parts: Array, height: float, middle: float) -> Array:
    chord = start[:, None] + (end - start)[:, None] * parts
    with np.errstate(all="ignore"):
        # Far outside the picture a bend matters as little as it would be seen from there.
        away = np.maximum(np.abs(chord - middle) - 2 * height, 0.0)
        miss = np.abs(values - chord) / (height + away)
    return np.asarray(np.where(np.isfinite(miss), miss, 0.0).max(axis=1))


def _joined(
    x: Array,
    y: Array,
    piece: NDArray[np.intp],
    lo: float,
    hi: float,
    ends: list[_End],
    cut: tuple[float, float],
) -> Curve:
    """The pieces in one polyline: end points on the breaks, NaN between pieces that do not meet."""
    middle, reach = cut
    y = np.where(np.abs(y - middle) <= reach, y, np.where(_next_to_end(piece, y, middle, reach), np.nan, y))
    starts = (
        np.searchsorted(piece, np.arange(1, int(piece[-1]) + 1))
        if piece.size
        else np.array([], dtype=np.intp)
    )
    xs, ys = np.split(x, starts), np.split(y, starts)
    out_x: list[Array] = []
    out_y: list[Array] = []

    def put(at: float, value: float) -> None:
        out_x.append(np.array([at]))
        out_y.append(np.array([value]))

    inner = [end for end in ends if lo < end.x < hi]
    for end in (end for end in ends if end.x == lo and np.isfinite(end.right)):
        put(end.x, end.right)
    for k, (part_x, part_y) in enumerate(zip(xs, ys, strict=True)):
        out_x.append(part_x)
        out_y.append(part_y)
        if k < len(inner):
            end = inner[k]
            if np.isfinite(end.left):
                put(end.x, end.left)
            if end.gap:
                put(end.x, np.nan)
                if np.isfinite(end.right):
                    put(end.x, end.right)
    for end in (end for end in ends if end.x == hi and np.isfinite(end.left)):
        put(end.x, end.left)
    all_x, all_y = np.concatenate(out_x), np.concatenate(out_y)
    # One NaN is a gap; a thousand are only weight.
    missing = np.isnan(all_y)
    keep = ~(missing & np.concatenate([[False], missing[:-1]]))
    return Curve(all_x[keep], all_y[keep])


def _next_to_end(piece: NDArray[np.intp], y: Array, middle: float, reach: float) -> NDArray[np.bool_]:
    """Points beyond the cut with nothing below it between them and an end of their piece."""
    with np.errstate(all="ignore"):
        below = np.abs(y - middle) <= reach
    count = int(piece[-1]) + 1 if piece.size else 0
    index = np.arange(y.size)
    first, last = np.full(count, y.size), np.full(count, -1)
    np.minimum.at(first, piece[below], index[below])
    np.maximum.at(last, piece[below], index[below])
    return np.asarray((index < first[piece]) | (index > last[piece]))


def _band(function: Function, lo: float, hi: float) -> Band:
    edges = np.linspace(lo, hi, BAND_COLUMNS + 1)
    inner = grid(0.0, 1.0, PROBES_PER_COLUMN + 2)[1:-1]
    y = _finite(function(edges[:-1, None] + np.diff(edges)[:, None] * inner))
    seen = np.isfinite(y)
    middle, height = _picture(y)
    low = np.where(seen, np.maximum(y, middle - 3 * height), np.inf).min(axis=1)
    high = np.where(seen, np.minimum(y, middle + 3 * height), -np.inf).max(axis=1)
    band = Band((edges[:-1] + edges[1:]) / 2, low, high)
    empty = ~seen.any(axis=1)
    return replace(band, low=np.where(empty, np.nan, low), high=np.where(empty, np.nan, high))
