"""Functions of two variables over a window: which window suits, and which heights to show."""

from __future__ import annotations

import math

import numpy as np

from explorer.expression import Expression
from explorer.numeric.critical2d import critical_points
from explorer.numeric.results import HUGE, Array, Span, Window

USUAL = 2.0
FAR = (2.0, 10.0, 100.0, 1000.0)
LOOK = 61
ABSURD = 1e6  # a spread of heights that nobody reads, where a function runs away on every scale
NEAREST = 4.0
MOST_WANTED = 12


def choose_plane(f: Expression) -> Window:
    """A square window for f(x, y): ±2, or what holds its critical points near the origin, or its domain."""
    for reach in FAR:
        side = np.linspace(-reach, reach, LOOK)
        x, y = np.meshgrid(side, side)
        defined = np.isfinite(f(x, y))
        share = float(defined.mean())
        if share == 0:
            continue
        if share > 0.3 and reach == USUAL:
            return _square(0.0, 0.0, max(USUAL, _critical_reach(f)))
        where = np.column_stack([x[defined], y[defined]])
        low, high = where.min(axis=0), where.max(axis=0)
        middle, half = (low + high) / 2, float(max(high - low)) / 2 + 2 * reach / LOOK
        unit = 10.0 ** math.floor(math.log10(half)) / 4
        x0, y0 = (round(float(m) / unit) * unit + 0.0 for m in middle)
        return _square(x0, y0, math.ceil(half * 1.05 / unit) * unit)
    return _square(0.0, 0.0, USUAL)


def _square(x: float, y: float, half: float) -> Window:
    return Window((x - half, x + half), (y - half, y + half), equal=True)


def _critical_reach(f: Expression) -> float:
    """Half the width that holds the isolated critical points near the origin, with room around them."""
    found = critical_points(f, (-NEAREST, NEAREST), (-NEAREST, NEAREST))
    if not 0 < len(found.points) <= MOST_WANTED:
        return 0.0
    farthest = max(max(abs(point.x), abs(point.y)) for point in found.points)
    return math.ceil(2 * 1.35 * farthest) / 2


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
    spread = bulk_high - bulk_low
    if high > bulk_high + 3 * spread:
        high = bulk_high + 0.8 * spread
    if low < bulk_low - 3 * spread:
        low = bulk_low - 0.8 * spread
    if start is not None:
        own = float(f(*start))
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
