"""Poles and gaps of the domain that a step jumps over: no slope leads across, only the length of the step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric import BreakKind
from explorer.numeric.breaks import find_breaks

from .trajectory import Path

FARTHEST = 1e6
"""Farther out than this no walls are looked for."""


@dataclass(frozen=True)
class Wall:
    """A place where a loss in one variable is torn apart: a pole, or else the edge of a gap in its domain."""

    x: float
    pole: bool


def walls_between(loss: Expression, low: float, high: float) -> tuple[Wall, ...] | None:
    """The walls in [low, high], in increasing x; None where they are too many to be told."""
    found = find_breaks(loss, low, high)
    if found.too_many:
        return None
    kinds = (BreakKind.POLE, BreakKind.DOMAIN_EDGE)
    return tuple(Wall(torn.x, torn.kind is kinds[0]) for torn in found.breaks if torn.kind in kinds)


def first_crossing(loss: Expression, path: Path) -> tuple[int, Wall] | None:
    """The first step from one piece of the loss onto another, and the wall that it meets first."""
    points = path.points[np.isfinite(path.losses)]
    if points.shape[1] != 1 or len(points) < 2 or not np.abs(points).max() <= FARTHEST:
        return None
    return _first_crossing(loss, points[:, 0], 1)


def _first_crossing(loss: Expression, xs: NDArray[np.float64], first: int) -> tuple[int, Wall] | None:
    if (low := float(xs.min())) == (high := float(xs.max())):
        return None
    walls = walls_between(loss, low, high)
    if walls is None:
        half = len(xs) // 2
        if half == 0 or len(xs) == 2:
            return None
        before = _first_crossing(loss, xs[: half + 1], first)
        return before or _first_crossing(loss, xs[half:], first + half)
    for step, (begin, end) in enumerate(zip(xs[:-1].tolist(), xs[1:].tolist(), strict=True)):
        met = _between(walls, begin, end)
        if met is not None:
            return first + step, met
    return None


def _between(walls: Sequence[Wall], begin: float, end: float) -> Wall | None:
    inside = [wall for wall in walls if min(begin, end) < wall.x < max(begin, end)]
    return min(inside, key=lambda wall: abs(wall.x - begin), default=None)
