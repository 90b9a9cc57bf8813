"""Low and high places of a surface, sought on a grid and followed on ever smaller ones: narrow ones are not missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explorer.expression import Expression, compile_tape
from explorer.numeric.results import Array, Window

Height = Callable[[Array], Array]

LOOK = 61
MOST = 80
FIRST_HALVINGS, MORE_HALVINGS = 12, 8
BOUNDED = 1e-2
"""A place whose height grows by more than this, in parts of how far it stands out, leads to a pole."""


@dataclass(frozen=True, eq=False)
class Peaks:
    """Places (k, 2) within a window with no lower (or no higher) one beside them, and their heights."""

    places: Array
    heights: Array


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def peaks(f: Expression, window: Window) -> Peaks:
    """Inner lowest and highest places that are bounded, to about a millionth of the window."""
    bounds = np.array([window.x, window.y])
    step = (bounds[:, 1] - bounds[:, 0]) / (LOOK - 1)
    found, heights = [np.empty((0, 2))], [np.empty(0)]
    tape = compile_tape({"height": f}, f.variables)
    for sign in (1.0, -1.0):

        def height(points: Array, sign: float = sign) -> Array:
            return np.asarray(sign * f(points[..., 0], points[..., 1]), dtype=float)

        starts = candidates(height, bounds)
        near = sunk(height, starts, step / 2, FIRST_HALVINGS)
        there = sunk(height, near, step / 2**FIRST_HALVINGS, MORE_HALVINGS)
        first, then, at_last = (height(points) for points in (starts, near, there))
        bounded = np.isfinite(at_last) & (
            then - at_last <= BOUNDED * (first - at_last) + 1e-12 * np.abs(at_last)
        )
        # Beside a pole a height may be rounding only.
        error = np.broadcast_to(tape.run_with_errors(*there.T)["height"][1], len(there))
        bounded &= error <= BOUNDED * (first - at_last) + 1e-12 * np.abs(at_last)
        found.append(there[bounded])
        heights.append(sign * at_last[bounded])
    return Peaks(np.concatenate(found), np.concatenate(heights))


def candidates(height: Height, window: Array) -> Array:
    """Inner points of a grid that are not above any neighbour, and below one of them."""
    axes = [np.linspace(low, high, LOOK) for low, high in window]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    z = height(grid)
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
    return np.asarray(grid[1:-1, 1:-1][tuple(rows[order[spread]].T)])


def sunk(height: Height, points: Array, step: Array, halvings: int) -> Array:
    """Every point walked to the lowest place of a little grid around it, the grid halved every time."""
    pattern = np.stack(np.meshgrid(*[np.linspace(-1, 1, 5)] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
    for _ in range(halvings if len(points) else 0):
        near = points[:, None] + step * pattern
        values = height(near)
        best = np.argmin(np.where(np.isfinite(values), values, np.inf), axis=1)
        lower = values[np.arange(len(points)), best] < height(points)
        points = np.where(lower[:, None], near[np.arange(len(points)), best], points)
        step = step / 2
    return points
