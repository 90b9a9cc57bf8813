"""A surface as triangles that end where it ends: at the edge of its domain, at a leap, at the heights shown.

A regular grid is halved into triangles. Where the surface ends on a side of a triangle, the place is found by halving
and the triangle is cut there. So edges and poles are smooth in any direction, and nothing is drawn across them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.results import Array, Span, Window

Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]

FINE, MIDDLE, COARSE = 81, 65, 33
"""Corners along a side: where the surface is whole, where it is cut, and where that makes too many pieces."""

MOST_PLACES = 8000

LEAP = 0.01
"""A rise along a side above this share of the heights is looked into."""
FEW_HALVINGS = 6
HALVINGS = 18
MOST_SIDES = 5000
"""Where the surface ends on more sides, each place is found to a part of a cell that nobody sees, and no closer."""
THIN = 1e-7  # of the window
TALLEST = 1e300
"""Higher places, infinite ones too, are as high as this: differences of heights stay numbers."""
FLAT = 1e-6  # of a cell: triangles without an area
SLIT = 0.25
"""Of a side: how far the surface stays away from a single corner without a value, so that the gap is seen."""


@dataclass(frozen=True, eq=False)
class Facets:
    """Triangles: `places` (v, 3) with x, y and z, and `corners` (t, 3), three places each, anticlockwise from above.

    `edges` (k, 2) are the sides, from place to place, along which the surface was cut: where the domain ends, on both
    banks of a leap, and where the heights end; not the window's own frame.

    `whole` is the height at every corner of the regular grid, rows along x, where nothing had to be cut. `cut` tells
    whether the surface leaves the heights shown, `open` whether it has no value somewhere, `torn` whether it leaps.
    """

    places: Array
    corners: Rows
    edges: Rows
    whole: Array | None
    cut: bool
    open: bool
    torn: bool

    @property
    def triangles(self) -> Array:
        """The corners' x, y and z, shape (t, 3, 3)."""
        triangles: Array = self.places[self.corners]
        return triangles


def surface_facets(f: Expression, window: Window, band: Span, rise: float, least: int = MIDDLE) -> Facets:
    """The surface over a window, cut where it leaves the `band` of heights; a `rise` may hide a leap.

    Where it is cut it has the `least` corners along a side, unless that makes too many pieces.
    """
    surface = _Surface(f, window, band)
    if surface.shows(surface.height(_corners(window, FINE))).all():
        fine = facets(f, window, band, rise, FINE)
        if fine.whole is not None:
            return fine
    middle = facets(f, window, band, rise, least)
    return middle if len(middle.places) <= MOST_PLACES else facets(f, window, band, rise, COARSE)


def facets(f: Expression, window: Window, band: Span, rise: float, n: int) -> Facets:
    """The same on a grid of n × n corners."""
    surface = _Surface(f, window, band)
    net = _net(n)
    grid = _corners(window, n)
    z = surface.solid(grid)
    kept = surface.shows(z)
    start, end = net.ends.T
    split, *torn_at = _torn(surface, grid, z, net, rise)
    half = np.flatnonzero(kept[start] != kept[end])
    near = np.where(kept[start[half]], start[half], end[half])
    far = start[half] + end[half] - near
    reached = surface.reach(grid[near], grid[far])
    lone = _lone(np.isnan(z), kept, n)[far] & (np.abs(reached - grid[far]).max(axis=1) < surface.aside)
    lone[lone] = surface.levels_off(grid[near[lone]], reached[lone])
    reached[lone] += SLIT * (grid[near[lone]] - reached[lone])
    added = [reached, *(surface.reach(grid[net.ends[split, k]], torn_at[k]) for k in (0, 1))]
    # The new place next to the start and the end of every side, −1 where the surface does not end on it.
    beside = np.full((len(net.ends), 2), -1)
    numbers = len(grid) + np.arange(len(half) + 2 * len(split))
    beside[half, (near == end[half]).astype(int)] = numbers[: len(half)]
    beside[split] = numbers[len(half) :].reshape(2, -1).T
    flat = np.concatenate([grid, *added])
    height = np.concatenate([z, *(surface.height(points) for points in added)])
    corners, edges = _pieces(net, kept, beside)
    corners = corners[_area(flat, corners) > FLAT * float(np.prod(np.ptp(grid, axis=0))) / n**2]
    used = np.zeros(len(flat), dtype=bool)
    used[corners], used[edges] = True, True
    counted = np.cumsum(used) - 1
    missing = np.isnan(z)
    return Facets(
        np.column_stack([flat, height])[used],
        counted[corners],
        counted[edges],
        z.reshape(n, n) if kept.all() and not len(split) else None,
        cut=bool((~kept & ~missing).any()),
        open=bool(missing.any()),
        torn=bool(len(split)),
    )


def _corners(window: Window, n: int) -> Array:
    """Row by row along x, shape (n², 2)."""
    axes = np.linspace(*window.x, n), np.linspace(*window.y, n)
    return np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)


def _area(places: Array, corners: Rows) -> Array:
    """Twice that of every triangle, seen from above."""
    (ax, ay), (bx, by), (cx, cy) = places[corners].transpose(1, 2, 0)
    twice: Array = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    return twice


class _Surface:
    """Heights over places of shape (k, 2)."""

    def __init__(self, f: Expression, window: Window, band: Span) -> None:
        self.f = f
        self.band = band
        self.lines = False
        self.aside = THIN * max(window.x[1] - window.x[0], window.y[1] - window.y[0])

    def height(self, places: Array) -> Array:
        """NaN where there is no height."""
        if self.lines:
            return self.solid(places)
        return np.clip(self.f(*places.T), -TALLEST, TALLEST)

    def solid(self, places: Array) -> Array:
        """The same, NaN too where there are heights on a line or at a point only: x^y at a whole y, left of 0."""
        x, y = places.T
        z = self.f(x, y)
        missing = np.isnan(z)
        if missing.any():
            alone = np.zeros(z.shape, dtype=bool)
            for dx, dy in ((self.aside, 0.0), (0.0, self.aside)):
                rows = np.flatnonzero(~missing & ~alone)
                for way in (1, -1):  # asked of those only that have none on the first side
                    rows = rows[np.isnan(self.f(x[rows] + way * dx, y[rows] + way * dy))]
                alone[rows] = True
            self.lines |= bool(alone.any())
            z = np.where(alone, np.nan, z)
        return np.clip(z, -TALLEST, TALLEST)

    def shows(self, z: Array) -> Flags:
        """Which heights are drawn."""
        return np.asarray((z >= self.band[0]) & (z <= self.band[1]))

    def levels_off(self, near: Array, far: Array) -> Flags:
        """Whether the second half of the way adds about as much height as the first: so no pole, no logarithm."""
        first, middle, last = (self.height(near + share * (far - near)) for share in (0.0, 0.5, 1.0))
        return np.asarray(np.abs(last - first) <= 4 * np.abs(middle - first) + 1e-9 * np.abs(first))

    def reach(self, near: Array, far: Array) -> Array:
        """From places with a height shown towards others: as far as it is shown."""
        done = self.shows(self.height(far))
        reached, rows = np.where(done[:, None], far, near), np.flatnonzero(~done)
        near, far = near[rows], far[rows]
        halvings = 0 if not len(rows) else HALVINGS if len(rows) <= MOST_SIDES else FEW_HALVINGS
        for _ in range(halvings):
            middle = (near + far) / 2
            inside = self.shows(self.height(middle))[:, None]
            near, far = np.where(inside, middle, near), np.where(inside, far, middle)
        reached[rows] = near
        return reached


@dataclass(frozen=True, eq=False)
class _Net:
    """The triangles of a grid: their corners and sides (t, 3), whether a side runs as it is listed, its two ends."""

    corners: Rows
    sides: Rows
    forward: Flags
    ends: Rows
    slanted: int
    """Sides from this one on are diagonals."""


@lru_cache(maxsize=4)
def _net(n: int) -> _Net:
    at = np.arange(n * n).reshape(n, n)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    pairs = ((at[:, :-1], at[:, 1:]), (at[:-1], at[1:]), (a, c))
    ends = np.concatenate([np.column_stack([start.ravel(), end.ravel()]) for start, end in pairs])
    level = n * (n - 1)
    across, up = np.arange(level).reshape(n, n - 1), level + np.arange(level).reshape(n - 1, n)
    slant = 2 * level + np.arange((n - 1) ** 2).reshape(n - 1, n - 1)
    lower, upper = (a, b, c), (a, c, d)
    sides = (across[:-1], up[:, 1:], slant), (slant, across[1:], up[:, :-1])
    cells = (n - 1) ** 2
    return _Net(
        np.concatenate([np.stack(three, axis=-1).reshape(-1, 3) for three in (lower, upper)]),
        np.concatenate([np.stack(three, axis=-1).reshape(-1, 3) for three in sides]),
        np.repeat([[True, True, False], [True, False, False]], cells, axis=0),
        ends,
        2 * level,
    )


def _torn(surface: _Surface, grid: Array, z: Array, net: _Net, rise: float) -> tuple[Rows, Array, Array]:
    """The sides on which f leaps, and the two places between which it does: halved, a slope shrinks, a leap stays."""
    start, end = net.ends.T
    kept = surface.shows(z)
    steep = kept[start] & kept[end] & (np.abs(z[end] - z[start]) > rise)
    straight = np.flatnonzero(steep[: net.slanted])
    found = _leaps(surface, grid, z, net.ends, straight)
    broken = np.zeros(len(steep), dtype=bool)
    broken[found[0]] = True
    # A leap across a diagonal crosses another side of its triangles as well, on which the surface may end instead.
    crossed = broken | (kept[start] != kept[end])
    near_by = np.zeros(len(steep), dtype=bool)
    near_by[net.sides[crossed[net.sides].any(axis=1)]] = True
    slanted = net.slanted + np.flatnonzero(steep[net.slanted :] & near_by[net.slanted :])
    more = _leaps(surface, grid, z, net.ends, slanted)
    rows, a, b = (np.concatenate(both) for both in zip(found, more, strict=True))
    return rows, a, b


def _leaps(surface: _Surface, grid: Array, z: Array, ends: Rows, rows: Rows) -> tuple[Rows, Array, Array]:
    a, b, za, zb = grid[ends[rows, 0]], grid[ends[rows, 1]], z[ends[rows, 0]], z[ends[rows, 1]]
    first = np.abs(zb - za)
    for halving in range(HALVINGS if len(rows) else 0):
        if halving == FEW_HALVINGS:
            left_over = ~(np.abs(zb - za) < 0.3 * first)
            rows, first = rows[left_over], first[left_over]
            a, b, za, zb = a[left_over], b[left_over], za[left_over], zb[left_over]
            if len(rows) > MOST_SIDES:
                break
        middle = (a + b) / 2
        zm = surface.height(middle)
        none = np.isnan(zm)
        with np.errstate(invalid="ignore"):
            left = np.abs(zb - zm) <= np.abs(zm - za)
        # In a gap both ends meet, and are sent back from there.
        to_a, to_b = none | ~left, none | left
        a, za = np.where(to_a[:, None], middle, a), np.where(to_a, zm, za)
        b, zb = np.where(to_b[:, None], middle, b), np.where(to_b, zm, zb)
    leaps = ~(np.abs(zb - za) < 0.5 * first)
    return rows[leaps], a[leaps], b[leaps]


def _lone(missing: Flags, kept: Flags, n: int) -> Flags:
    """Corners without a value between two with one: a hole, or a line without values along the grid."""
    there = np.pad(kept.reshape(n, n), 1)
    between = np.zeros((n, n), dtype=bool)
    for i, j in ((0, 1), (1, 0), (1, 1), (1, -1)):
        ahead, behind = (there[1 + k * i : 1 + k * i + n, 1 + k * j : 1 + k * j + n] for k in (1, -1))
        between |= ahead & behind
    return missing & between.ravel()


def _pieces(net: _Net, kept: Flags, beside: Rows) -> tuple[Rows, Rows]:
    """The triangles, what is left of those that were cut, and the sides along which they were."""
    cut_sides: Flags = np.asarray((beside >= 0).any(axis=1))
    untouched: Flags = np.asarray(kept[net.corners].all(axis=1) & ~cut_sides[net.sides].any(axis=1))
    corners, sides, forward = (part[~untouched] for part in (net.corners, net.sides, net.forward))
    inside, cut, ends = kept[corners], cut_sides[sides], beside[sides]
    leaving = np.where(forward, ends[..., 0], ends[..., 1])
    coming = np.where(forward, ends[..., 1], ends[..., 0])
    made, edges = [net.corners[untouched]], [np.empty((0, 2), dtype=np.intp)]
    for k in range(3):
        after, last = (k + 1) % 3, (k + 2) % 3
        a, b, c = corners[:, k], corners[:, after], corners[:, last]
        # A corner alone.
        here = inside[:, k] & cut[:, k] & cut[:, last]
        made.append(np.column_stack([a, leaving[:, k], coming[:, last]])[here])
        edges.append(np.column_stack([leaving[:, k], coming[:, last]])[here])
        # Two corners and the whole side between them.
        here = inside[:, k] & inside[:, after] & ~cut[:, k] & cut[:, after] & cut[:, last]
        made.append(np.column_stack([a, b, leaving[:, after]])[here])
        made.append(np.column_stack([a, leaving[:, after], coming[:, last]])[here])
        edges.append(np.column_stack([leaving[:, after], coming[:, last]])[here])
        # A leap that ends inside the triangle.
        here = inside.all(axis=1) & cut[:, k] & ~cut[:, after] & ~cut[:, last]
        made.append(np.column_stack([c, a, leaving[:, k]])[here])
        made.append(np.column_stack([c, coming[:, k], b])[here])
    return np.concatenate(made), np.concatenate(edges)
