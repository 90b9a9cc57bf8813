"""Level lines of a surface that is given by triangles, as straight pieces on the surface itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from explorer.numeric.results import Array

HALVINGS = 8


def level_segments(triangles: Array, levels: Sequence[float]) -> list[Array]:
    """Pieces of each level's lines, shape (k, 2, 3): two ends, each with x, y and z = level.

    In each of the `triangles` (t, 3, 3) a level line is straight and joins the two sides that leave the corner which
    lies alone on its side of the level.
    """
    found = []
    for level in levels:
        turned = crossed(triangles, level)
        z = turned[:, :, 2]
        found.append(_ends(turned, np.array(level), (level - z[:, :1]) / (z[:, 1:] - z[:, :1])))
    return found


def exact_segments(turned: Array, level: Array, height: Callable[[Array], Array]) -> Array:
    """Pieces of the lines at a `level` (k,) of its own in each of the triangles that `crossed` gave, (k, 3, 3).

    Their ends lie where `height` of places (n, 2) meets the level, which is found by halving.
    """
    near, far = np.zeros((len(turned), 2)), np.ones((len(turned), 2))
    tip = turned[:, :1]
    above = tip[:, :, 2] > level[:, None]
    for _ in range(HALVINGS if len(turned) else 0):
        middle = (near + far) / 2
        places = (tip + middle[:, :, None] * (turned[:, 1:] - tip))[:, :, :2]
        same = (height(places.reshape(-1, 2)).reshape(-1, 2) > level[:, None]) == above
        near, far = np.where(same, middle, near), np.where(same, far, middle)
    return _ends(turned, level, (near + far) / 2)


def crossed(triangles: Array, level: float) -> Array:
    """The triangles that the level crosses, each with the corner first that lies alone on its side."""
    above = triangles[:, :, 2] > level
    count = above.sum(axis=1)
    across = np.flatnonzero((count == 1) | (count == 2))
    high = above[across]
    lonely = np.where(count[across] == 1, high.argmax(axis=1), high.argmin(axis=1))
    turned: Array = triangles[across[:, None], (lonely[:, None] + np.arange(3)) % 3]
    return turned


def _ends(turned: Array, level: Array, shares: Array) -> Array:
    """On both sides that leave the first corner, at their `shares` (k, 2)."""
    tip = turned[:, :1]
    pieces: Array = tip + shares[:, :, None] * (turned[:, 1:] - tip)
    pieces[:, :, 2] = level[..., None]
    return pieces
