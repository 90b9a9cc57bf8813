"""Extreme places on seams that are none for themselves: a row of them, and the end of a level line."""

from __future__ import annotations

import numpy as np

from explorer.numeric.newton2d import Search
from explorer.numeric.results import Array

__all__ = ["continues", "is_row"]

ROW = 5
"""So many places in a line, at one height and with nothing else between them, are a row."""

STRAIGHT = 1e-6
"""A row is no wider than this part of its length."""

NEAR_END = 0.1
"""A level line ends so near to the last place that is known of it, in parts of the window."""


def is_row(search: Search, places: Array, value: float) -> bool:
    """Whether places (k, 2), in order, lie on a straight line and f has the value between them too."""
    if len(places) < ROW or not (search.f(*((places[1:] + places[:-1]) / 2).T) == value).all():
        return False
    sizes = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)
    return bool(sizes[1] <= STRAIGHT * sizes[0])


def continues(search: Search, place: Array, value: float, line: Array) -> bool:
    """Whether f has the value on the whole way from a place to the nearest of a level line, which is not far."""
    apart = np.hypot(*(line - place).T)
    nearest = line[np.argmin(apart)]
    between = search.f(*(nearest + np.array([[0.25], [0.5], [0.75]]) * (place - nearest)).T)
    return bool(apart.min() <= NEAR_END * search.size and (between == value).all())
