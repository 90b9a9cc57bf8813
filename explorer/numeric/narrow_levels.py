"""Level lines of valleys narrower than the cells of a grid: sought where the line may pass, on ever smaller cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.levels import level_segments
from explorer.numeric.results import Array

__all__ = ["narrow_lines"]

PARTS, ROUNDS = 4, 2
"""A cell is parted in so many along each side, so many times."""

MOST_CELLS = 3000
"""So many cells are looked into at most in a round: a line that passes through more is not followed."""

FALLS = 0.6
"""From a corner into its cell a valley falls by half of what the slope there says, and by not much more."""

CELLS_ACROSS = 5
"""A valley of more cells from side to side is shown by the grid."""

SEEN = 2e-4
"""A bend that leaves a straight line by less than this part of the window is not seen."""

SAME = 1e-6
"""Ends of pieces nearer to each other than this part of a cell are one."""


@np.errstate(all="ignore")
def narrow_lines(f: Expression, axes: tuple[Array, Array], level: float) -> list[Array]:
    """The lines at a level as polylines (n, 2) where what lies below it is narrow on a grid; where it is wide, none.

    None either where they pass through too many cells to be followed.
    """
    widths = np.array([axis[1] - axis[0] for axis in axes])
    corners, heights, asked = _looked_into(
        f, np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)[None], level
    )
    if (heights <= level).sum() > CELLS_ACROSS / 2 * _met(heights, level).sum() or not asked.any():
        return []
    steps = np.arange(PARTS + 1) / PARTS
    steps = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1)
    for _ in range(ROUNDS):
        cells = corners[:, :-1, :-1][asked]
        if len(cells) > MOST_CELLS:
            return []
        corners, heights, asked = _looked_into(f, cells[:, None, None] + steps * widths, level)
        widths = widths / PARTS
    places = np.concatenate([corners, heights[..., None]], axis=-1)
    a, b, c, d = (part[_met(heights, level)] for part in _corners(places))
    (pieces,) = level_segments(np.concatenate([np.stack(t, axis=1) for t in ((a, b, c), (a, c, d))]), [level])
    seen = SEEN * np.array([axis[-1] - axis[0] for axis in axes])
    return [_straightened(line / seen) * seen for line in _joined(pieces[:, :, :2], widths)]


def _looked_into(f: Expression, corners: Array, level: float) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Blocks of corners (k, n, m, 2), their heights, and the cells among them (k, n−1, m−1) that a line may pass.

    It does where corners lie on both sides of the level. Where all lie above, a valley may be between them: then the
    slopes part there, and lead below the level.
    """
    z, slopes = f.value_and_gradient(corners[..., 0], corners[..., 1])
    ends = [corners[:, 0, 0], corners[:, 1, 1]]
    reach = FALLS * np.abs(ends[1] - ends[0])
    lowest = z - sum(np.abs(slope) * reach[:, k, None, None] for k, slope in enumerate(slopes))
    parted = np.logical_or(*(_met(slope, 0.0) for slope in slopes))
    below = np.min(_corners(lowest), axis=0) < level
    return corners, z, np.asarray(_met(z, level) | (below & parted & (np.min(_corners(z), axis=0) > level)))


def _corners(values: Array) -> tuple[Array, Array, Array, Array]:
    """The values at the four corners of each cell of blocks (k, n, m, …), in turn."""
    return values[:, :-1, :-1], values[:, 1:, :-1], values[:, 1:, 1:], values[:, :-1, 1:]


def _met(values: Array, level: float) -> NDArray[np.bool_]:
    """The cells with values on both sides of a level."""
    above = np.array(_corners(values)) > level
    return np.asarray(above.any(axis=0) & ~above.all(axis=0))


def _joined(pieces: Array, widths: Array) -> list[Array]:
    """Pieces (k, 2, 2) that share their ends, as polylines."""
    keys = np.round(pieces.reshape(-1, 2) / (SAME * widths))
    _, first, names = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    places = pieces.reshape(-1, 2)[first]
    beside: list[list[int]] = [[] for _ in places]
    for a, b in names.reshape(-1, 2).tolist():
        if a != b:
            beside[a].append(b)
            beside[b].append(a)
    fresh = [True] * len(places)
    lines = []
    # From the ends of open lines first; what is left is closed.
    for start in sorted(range(len(places)), key=lambda k: len(beside[k]) != 1):
        if fresh[start]:
            line, now = [start], start
            fresh[start] = False
            for _ in range(len(places)):
                now = next((k for k in beside[now] if fresh[k]), -1)
                if now < 0:
                    break
                fresh[now] = False
                line.append(now)
            if len(line) > 2 and start in beside[line[-1]]:
                line.append(start)
            lines.append(places[line])
    return lines


def _straightened(line: Array) -> Array:
    """The line without places that lie within 1 of the straight line between those beside them."""
    for _ in range(len(line).bit_length()):
        before, middle, after = line[:-2:2], line[1:-1:2], line[2::2]
        count = min(len(before), len(middle), len(after))
        way, off = (part[:count] - before[:count] for part in (after, middle))
        away = np.abs(way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0]) / np.maximum(np.hypot(*way.T), 1e-9)
        kept = np.ones(len(line), dtype=bool)
        kept[1 : 1 + 2 * count : 2] = (away > 1) | (np.hypot(*way.T) < 1e-9)
        if kept.all():
            break
        line = line[kept]
    return line
