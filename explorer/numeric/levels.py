"""Level lines of a surface that is given by its grid, as straight pieces on the surface itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def level_segments(x: Array, y: Array, z: Array, levels: Sequence[float]) -> list[Array]:
    """Pieces of each level's lines, shape (k, 2, 3): two ends, each with x, y and z = level.

    Every cell of the grid (corners of shape (n, m), NaN for a gap) is halved into two triangles; in a triangle a
    level line is straight and joins the two sides that leave the corner which lies alone on its side of the level.
    """
    corners = np.stack([x, y, z], axis=-1)
    a, b, c, d = corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]
    triangles = np.concatenate(
        [np.stack(three, axis=-2).reshape(-1, 3, 3) for three in ((a, b, c), (a, c, d))]
    )
    triangles = triangles[np.isfinite(triangles[:, :, 2]).all(axis=1)]
    found = []
    for level in levels:
        above = triangles[:, :, 2] > level
        count = above.sum(axis=1)
        crossed = (count == 1) | (count == 2)
        three, high = triangles[crossed], above[crossed]
        lonely = np.where(count[crossed] == 1, high.argmax(axis=1), high.argmin(axis=1))
        rows = np.arange(len(three))
        tip = three[rows, lonely]
        ends = []
        for step in (1, 2):
            other = three[rows, (lonely + step) % 3]
            share = (level - tip[:, 2]) / (other[:, 2] - tip[:, 2])
            ends.append(tip + share[:, None] * (other - tip))
        found.append(np.stack(ends, axis=1))
    return found
