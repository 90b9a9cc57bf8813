"""Functions of two variables over a window: which window suits, which heights to show, and an honest grid."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.critical2d import critical_points
from explorer.numeric.results import Window

Array = NDArray[np.float64]
Span = tuple[float, float]

USUAL = 2.0
FAR = (2.0, 10.0, 100.0, 1000.0)
LOOK = 61
ABSURD = 1e6  # a spread of heights that nobody reads, where a function runs away on every scale
NEAREST = 4.0
MOST_WANTED = 12
LEAP = 0.01
"""A rise between two neighbours of the grid above this share of the heights is looked into."""
HALVINGS = 30
THIN = 1e-7  # of the window


@dataclass(frozen=True, eq=False)
class SurfaceGrid:
    """Corners of a surface's cells, each array (n, n); NaN in z is a gap.

    Where the domain ends between two corners the outer one stands on its edge, so x and y are no regular grid.
    `cut` tells whether the surface leaves the heights shown, `open` whether it has no value somewhere, `torn`
    whether it leaps.
    """

    x: Array
    y: Array
    z: Array
    cut: bool
    open: bool
    torn: bool


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
    values = values[np.isfinite(values)]
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


def surface_grid(f: Expression, window: Window, shown: Span, n: int = 81) -> SurfaceGrid:
    """The surface on n × n corners, cut at twice the heights shown; poles and jumps are gaps, never walls."""
    x, y = np.meshgrid(np.linspace(*window.x, n), np.linspace(*window.y, n))
    raw = _solid(f, x, y)
    low, high = shown
    torn = _jumps(f, x, y, raw, LEAP * (high - low))
    z = np.where(torn | ~np.isfinite(raw), np.nan, raw)
    outside = ~np.isfinite(raw)
    x, y, z = _to_the_edge(f, x, y, z, outside)
    inside = z[np.isfinite(z)]
    cut = bool(np.isposinf(raw).any() or np.isneginf(raw).any())
    cut = cut or bool(
        len(inside)
        and (inside.max() > high + 0.01 * (high - low) or inside.min() < low - 0.01 * (high - low))
    )
    room = high - low
    return SurfaceGrid(
        x, y, np.clip(z, low - room, high + room), cut, bool(outside.any()), bool((torn & ~outside).any())
    )


def torn_values(f: Expression, x: Array, y: Array, range_of_heights: float) -> Array:
    """The values of f at the corners of a grid (rows along x), NaN where there are none and behind every leap."""
    values = _solid(f, x, y)
    leaps = _jumps(f, x, y, values, LEAP * range_of_heights)
    return np.where(leaps | ~np.isfinite(values), np.nan, values)


def _solid(f: Expression, x: Array, y: Array) -> Array:
    """The values of f, NaN where it has some on a line or at a point only: x^y at a whole y, left of 0."""
    z = f(x, y)
    if np.isfinite(z).all():
        return z
    aside = THIN * max(np.ptp(x), np.ptp(y))
    for dx, dy in ((aside, 0.0), (0.0, aside)):
        alone = ~(np.isfinite(f(x + dx, y + dy)) | np.isfinite(f(x - dx, y - dy)))
        z = np.where(alone, np.nan, z)
    return z


def _jumps(f: Expression, x: Array, y: Array, z: Array, rise: float) -> NDArray[np.bool_]:
    """Corners behind an edge on which f leaps: halved again and again, a slope shrinks, a leap stays."""
    found = np.zeros(z.shape, dtype=bool)
    for here, there in (
        ((slice(None), slice(0, -1)), (slice(None), slice(1, None))),
        ((slice(0, -1),), (slice(1, None),)),
    ):
        with np.errstate(invalid="ignore"):
            steep = np.abs(z[there] - z[here]) > rise
        rows = np.nonzero(steep)
        if not len(rows[0]):
            continue
        a, b = np.stack([x[here][rows], y[here][rows]]), np.stack([x[there][rows], y[there][rows]])
        za, zb = z[here][rows], z[there][rows]
        first = np.abs(zb - za)
        for _ in range(HALVINGS):
            middle = (a + b) / 2
            zm = f(*middle)
            with np.errstate(invalid="ignore"):
                left = ~(np.abs(zb - zm) > np.abs(zm - za))
            b, zb = np.where(left, middle, b), np.where(left, zm, zb)
            a, za = np.where(left, a, middle), np.where(left, za, zm)
        with np.errstate(invalid="ignore"):
            leaps = ~(np.abs(zb - za) < 0.5 * first)
        mark = np.zeros(steep.shape, dtype=bool)
        mark[rows] = leaps
        found[there] |= mark
    return found


def _to_the_edge(
    f: Expression, x: Array, y: Array, z: Array, outside: NDArray[np.bool_]
) -> tuple[Array, Array, Array]:
    """Corners just outside the domain are moved to its edge, towards a neighbour inside."""
    x, y, z = x.copy(), y.copy(), z.copy()
    known = np.isfinite(z)
    framed = np.pad(known, 1)
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        n = len(z)
        ahead = framed[1 + down : 1 + down + n, 1 + right : 1 + right + n]
        behind = framed[1 - down : 1 - down + n, 1 - right : 1 - right + n]
        # With values on both sides it is a pole or a hole, and a corner moved aside would build a wall.
        i, j = np.nonzero(outside & ahead & ~behind & ~np.isfinite(z))
        if not len(i):
            continue
        away, near = np.stack([x[i, j], y[i, j]]), np.stack([x[i + down, j + right], y[i + down, j + right]])
        half = (away + near) / 2
        thin = np.isfinite(f(*half)) & ~np.isfinite(_solid(f, *half))
        i, j, away, near = i[~thin], j[~thin], away[:, ~thin], near[:, ~thin]
        for _ in range(HALVINGS):
            middle = (away + near) / 2
            inside = np.isfinite(f(*middle))
            near, away = np.where(inside, middle, near), np.where(inside, away, middle)
        x[i, j], y[i, j], z[i, j] = near[0], near[1], f(*near)
    return x, y, z


def round_step(width: float, pieces: int) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that divides `width` into about so many pieces."""
    raw = width / pieces
    power = 10.0 ** math.floor(math.log10(raw))
    return float(next(k * power for k in (1, 2, 5, 10) if raw <= k * power * 1.001))
