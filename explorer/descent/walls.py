"""Poles and gaps of the domain that a step jumps over: no slope leads across, only the length of the step."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Call, Expression, Node, Power, fold, is_total, rational_value, with_children
from explorer.numeric import BreakKind
from explorer.numeric.breaks import find_breaks

from .trajectory import Path

GAP, POLE, JUMP = range(3)
FARTHEST = 1e6
"""Farther out than this no walls are looked for."""

MOST_SEARCHES = 16
"""So many parts of a path are searched; where each has too many places, corners alone are enough, one gives up."""


@dataclass(frozen=True)
class Wall:
    """A place where a loss in one variable is torn apart: by a GAP in its domain, a POLE, or a JUMP."""

    x: float
    torn: int


def walls_between(loss: Expression, low: float, high: float) -> tuple[Wall, ...] | None:
    """The walls in [low, high], in increasing x; None where they are too many to be told."""
    if _is_whole(loss):
        return ()
    found = find_breaks(loss, low, high)
    if found.too_many:
        return None
    kinds = {BreakKind.DOMAIN_EDGE: GAP, BreakKind.POLE: POLE}
    return tuple(Wall(torn.x, kinds[torn.kind]) for torn in found.breaks if torn.kind in kinds)


@lru_cache(maxsize=64)
def _is_whole(loss: Expression) -> bool:
    """Whether nothing tears the loss: it has a value everywhere, however often it jumps or bends."""
    return not loss.guards and is_total(fold(loss.root, _with_exponentials))


def _with_exponentials(node: Node, children: Sequence[Node]) -> Node:
    """A power of a positive number has a value for every exponent: here eᵘ stands for it."""
    if isinstance(node, Power) and (rational_value(node.base) or 0) > 0:
        return Call("exp", (children[1],))
    return with_children(node, children)


def first_crossing(loss: Expression, path: Path) -> tuple[int, Wall] | None:
    """The first step from one piece of the loss onto another, and the wall that it meets first."""
    points = path.points[np.isfinite(path.losses)]
    if points.shape[1] != 1 or len(points) < 2 or not np.abs(points).max() <= FARTHEST:
        return None
    return _first_crossing(loss, points[:, 0])


def _first_crossing(loss: Expression, xs: NDArray[np.float64]) -> tuple[int, Wall] | None:
    """Searched in halves, the earlier one first, where the walls of the whole are too many."""
    waiting = [(0, len(xs) - 1)]
    for _ in range(MOST_SEARCHES):
        if not waiting:
            return None
        first, last = waiting.pop()
        part = xs[first : last + 1]
        walls = walls_between(loss, float(part.min()), float(part.max())) if np.ptp(part) else ()
        if walls is None:
            half = (first + last) // 2
            if half == first:
                met = _nearest_wall(loss, float(xs[first]), float(xs[last]))
                return None if met is None else (last, met)
            waiting += [(half, last), (first, half)]
            continue
        for step in range(first, last):
            met = _between(walls, float(xs[step]), float(xs[step + 1]))
            if met is not None:
                return step + 1, met
    return None


def _nearest_wall(loss: Expression, begin: float, end: float) -> Wall | None:
    """The wall that a step over too many of them meets first: looked for in its first half, quarter, eighth."""
    for part in (2, 4, 8):
        near = begin + (end - begin) / part
        walls = walls_between(loss, min(begin, near), max(begin, near))
        if walls is not None:
            return _between(walls, begin, near)
    return None


def _between(walls: Sequence[Wall], begin: float, end: float) -> Wall | None:
    inside = [wall for wall in walls if min(begin, end) < wall.x < max(begin, end)]
    return min(inside, key=lambda wall: abs(wall.x - begin), default=None)
