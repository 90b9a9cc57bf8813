"""Low, high and passing places of a surface, sought on a grid and followed on ever smaller ones: none is too narrow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from explorer.expression import Expression, compile_tape
from explorer.numeric.results import Array, Span

Height = Callable[[Array], Array]

LOOK = 61
MOST = 80
FIRST_HALVINGS, MORE_HALVINGS = 12, 8
PATTERN = np.stack(np.meshgrid(*[np.linspace(-1, 1, 5)] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
STAY = len(PATTERN) // 2  # the one that is no step

RING = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
"""The neighbours of a place on a grid, in turn round it; and the next but one in the same directions."""
RINGS = (1, 2)
INNER = slice(max(RINGS), -max(RINGS))
TURNS = np.array(list(combinations(range(len(RING)), 4))).T
HIGHER, MOST_PASSES, BESIDE = 1e-2, 16, 2
"""A pass parts heights by so much of the bulk of all; so many are followed; so many meshes around tell of each."""
MIDST = np.outer((1, 2, 3, 2, 1), (1, 2, 3, 2, 1))
AROUND, CLOSER, LOOKS = 1.5, 6, 3
"""So many meshes around a pass are looked at first; then so many times closer, so many times in all."""

BOUNDED = 1e-2
"""A place whose height grows by more than this, in parts of how far it stands out, leads to a pole."""


@dataclass(frozen=True, eq=False)
class Peaks:
    """Places (k, 2) within a window with no lower (or no higher) one beside them, and their heights."""

    places: Array
    heights: Array


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def peaks(f: Expression, x_window: Span, y_window: Span) -> Peaks:
    """Inner lowest and highest places that are bounded, to about a millionth of the window."""
    bounds = np.array([x_window, y_window])
    step = (bounds[:, 1] - bounds[:, 0]) / (LOOK - 1)
    height = height_of(f)
    starts, way = candidates(height, bounds)
    near = sunk(height, starts, way, step / 2, FIRST_HALVINGS)
    there = sunk(height, near, way, step / 2**FIRST_HALVINGS, MORE_HALVINGS)
    first, then, at_last = (way * height(points) for points in (starts, near, there))
    bounded = np.isfinite(at_last) & (then - at_last <= BOUNDED * (first - at_last) + 1e-12 * np.abs(at_last))
    # Beside a pole a height may be rounding only.
    tape = compile_tape({"height": f}, f.variables)
    error = np.broadcast_to(tape.run_with_errors(*there.T)["height"][1], len(there))
    bounded &= error <= BOUNDED * (first - at_last) + 1e-12 * np.abs(at_last)
    return Peaks(there[bounded], (way * at_last)[bounded])


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def passes(f: Expression, x_window: Span, y_window: Span) -> Array:
    """Inner places (k, 2) with higher, lower, higher and lower ground in turn round them: where a saddle may be.

    However narrow the pass between two plateaus is, it parts them on the grid; it is followed to about a hundredth
    of a mesh. On the slopes and plateaus beside it there is none.
    """
    bounds = np.array([x_window, y_window])
    step = (bounds[:, 1] - bounds[:, 0]) / (LOOK - 1)
    height, grid = height_of(f), _grid_on(bounds)
    z = height(grid)
    bulk = float(np.subtract(*np.nanquantile(z, (0.95, 0.05)))) if np.isfinite(z).any() else 0.0
    points = grid[INNER, INNER][_foremost(_midst(_parting(z), HIGHER * bulk))]
    reach = np.linspace(-1, 1, 2 * CLOSER + 1)
    around = AROUND * np.stack(np.meshgrid(reach, reach, indexing="ij"), axis=-1)
    for _ in range(LOOKS if len(points) else 0):
        near = points[:, None, None] + step * around
        best = np.argmax(_midst(_parting(height(near))).reshape(len(points), -1), axis=1)
        points = near[:, INNER, INNER].reshape(len(points), -1, 2)[np.arange(len(points)), best]
        step = step / CLOSER
    return points


def _parting(z: Array) -> Array:
    """By how much two higher places on a ring about each inner one stand above two lower that part them, 0 if none do.

    Of grids (…, n, m). Of two rings the better: the inner one falls wholly on the slopes of a pass along a diagonal.
    """
    rows, columns = z.shape[-2:]
    edge = max(RINGS)
    best = np.zeros((*z.shape[:-2], rows - 2 * edge, columns - 2 * edge))
    for reach in RINGS:
        ring = np.stack(
            [
                z[
                    ...,
                    edge + reach * i : rows - edge + reach * i,
                    edge + reach * j : columns - edge + reach * j,
                ]
                for i, j in RING
            ]
        )
        climbs = ring > np.roll(ring, 1, axis=0)
        twice = (climbs & ~np.roll(climbs, -1, axis=0)).sum(axis=0) >= 2
        first, second, third, fourth = ring[:, twice][TURNS]
        apart = np.maximum(
            np.minimum(first, third) - np.maximum(second, fourth),
            np.minimum(second, fourth) - np.maximum(first, third),
        )
        most = np.where(np.isfinite(apart), apart, 0.0).max(axis=0)
        best[twice] = np.maximum(best[twice], most)
    return best


def _midst(parts: Array, least: float = 0.0) -> Array:
    """How much each mesh that parts by more than the least is in the midst of such: all beside a pass tell of it."""
    edges = [(0, 0)] * (parts.ndim - 2) + [(BESIDE, BESIDE)] * 2
    beside = sliding_window_view(np.pad(parts, edges), MIDST.shape, axis=(-2, -1))
    return np.where(parts > least, np.einsum("...ij,ij", beside, MIDST), 0.0)


def _foremost(told: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows and columns of passes, the foremost first, each once."""
    left = told.copy()
    found: list[tuple[int, int]] = []
    for _ in range(MOST_PASSES):
        i, j = divmod(int(np.argmax(left)), left.shape[1])
        if not left[i, j]:
            break
        found.append((i, j))
        left[max(i - BESIDE, 0) : i + BESIDE + 1, max(j - BESIDE, 0) : j + BESIDE + 1] = 0
    rows, columns = np.array(found, dtype=np.intp).reshape(-1, 2).T
    return rows, columns


def _grid_on(window: Array) -> Array:
    axes = [np.linspace(low, high, LOOK) for low, high in window]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)


def height_of(f: Expression) -> Height:
    """The heights of f at points, whose last axis holds x and y."""
    return lambda points: np.asarray(f(points[..., 0], points[..., 1]), dtype=float)


def candidates(height: Height, window: Array) -> tuple[Array, Array]:
    """Inner points of a grid that are not above any neighbour, and below one of them; then those not below any.

    And the way that leads on from each: 1 down, −1 up.
    """
    grid = _grid_on(window)
    z = height(grid)
    found = [_deepest(way * z) for way in (1.0, -1.0)]
    points = [grid[1:-1, 1:-1][tuple(rows.T)] for rows in found]
    return np.concatenate(points), np.repeat((1.0, -1.0), [len(rows) for rows in found])


def _deepest(z: Array) -> NDArray[np.intp]:
    """The rows and columns, counted without the border, of what is not above any neighbour, and below one of them."""
    middle = z[1:-1, 1:-1]
    around = np.stack(
        [
            z[1 + i : LOOK - 1 + i, 1 + j : LOOK - 1 + j]
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            if (i, j) != (0, 0)
        ]
    )
    deep = np.isfinite(around).all(axis=0) & (middle <= around.min(axis=0)) & (middle < around.max(axis=0))
    rows = np.argwhere(deep)
    # Of many that are as deep (a whole crease) those kept are spread over all of them.
    order = np.argsort(middle[deep], kind="stable")
    spread = np.linspace(0, len(order) - 1, min(MOST, len(order))).astype(int)
    return np.asarray(rows[order[spread]])


def sunk(height: Height, points: Array, way: Array, step: Array, halvings: int) -> Array:
    """Every point walked to the lowest place of a little grid around it (1), or the highest (−1), ever smaller ones.

    `step` (2,) or (k, 2) is the first reach of the grid. All are walked at once: a call of f costs more than the
    points that it is asked for.
    """
    step, rows = np.broadcast_to(step, points.shape), np.arange(len(points))
    for _ in range(halvings if len(points) else 0):
        near = points[:, None] + step[:, None] * PATTERN
        values = way[:, None] * height(near)
        best = np.argmin(np.where(np.isfinite(values), values, np.inf), axis=1)
        lower = values[rows, best] < values[:, STAY]
        points = np.where(lower[:, None], near[rows, best], points)
        step = step / 2
    return points
