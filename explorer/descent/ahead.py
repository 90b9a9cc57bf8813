"""What lies straight ahead of a path that still moves: whether the loss turns up again, and after how many steps."""

import math

import numpy as np

from .landscape import Landscape
from .trajectory import Path

FARTHEST = 2.0**20
"""So many steps of the present length are looked ahead."""
NOTHING = 1e-9
"""A slope below this part of the present one is flat."""
STEEPEST = 1e3
"""A slope that grows so many times on the way leads into a pole, not to a minimum."""


def turn_ahead(landscape: Landscape, path: Path) -> float:
    """After how many steps like the next one the loss turns up, infinite where it is not seen to.

    Looked for at 1, 2, 4, 8 … steps along a straight line, then by bisection.
    """
    here = abs(_slope_ahead(landscape, path, 0.0))
    low, high = 0.0, 1.0
    while not _slope_ahead(landscape, path, high) > NOTHING * here:
        if high >= FARTHEST:
            return math.inf
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        if _slope_ahead(landscape, path, middle) > NOTHING * here:
            high = middle
        else:
            low = middle
    return high if _slope_ahead(landscape, path, high) <= STEEPEST * here else math.inf


def slides(landscape: Landscape, path: Path, turn: float) -> bool:
    """Whether the slope on the next step is constant, as far as the turn: it does not tell how far that is."""
    here = _slope_ahead(landscape, path, 0.0)
    return abs(_slope_ahead(landscape, path, min(1.0, turn) / 2) - here) <= 1e-6 * abs(here)


def _slope_ahead(landscape: Landscape, path: Path, steps: float) -> float:
    """The slope along the next step, so many of its lengths ahead; NaN where there is none."""
    assert path.next_step is not None
    gradient = landscape.look(tuple((path.points[-1] + steps * path.next_step).tolist()))[1]
    return float(np.dot(gradient, path.next_step))
