"""A walk as a program takes it up, the numbers where it has arrived, and whether their digits hang on rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from explorer.code.program import numbers_of
from explorer.descent import OPTIMISERS, Summed, Trajectory, descend
from explorer.expression import Expression

__all__ = ["DOUBT", "Arrived", "Walk", "arrival"]

BITS, UNSTEADY, KEPT = 2.0**-51, 1e-10, 1e-12
"""By how little a walk is changed that is to be the same; which share of a number, and of all its way, may change."""
EDGE, AROUND, TORN = 2.0**-48, 2.0**-10, 1e3
"""So near an edge, in parts of the numbers there, its side is rounding; there slopes part, for their distance, by so
much more than they do farther around."""
DOUBT = "rounding decides its digits after so many steps: other programs have others"

Array = NDArray[np.float64]
Loss = TypeVar("Loss", bound=Expression | Summed)


@dataclass(frozen=True)
class Walk(Generic[Loss]):
    """A descent as it stands in the figure: its path, and the `steps` of it that are shown.

    At its start (0) a program takes all of them, and says the loss there besides.
    """

    loss: Loss
    path: Trajectory
    optimiser: str
    rate: float
    settings: Mapping[str, float]
    steps: int = 0

    @property
    def shown(self) -> int:
        """How many steps the program is to take."""
        return self.steps if 0 < self.steps < len(self.path.points) else len(self.path.points) - 1

    @property
    def is_short(self) -> bool:
        """Whether a few lines make its steps on a sum over points: an update of its own needs no curvatures."""
        return OPTIMISERS[self.optimiser].update is not None


class Arrived(NamedTuple):
    """Numbers of a walk, what prints them, and those of them whose digits hang on rounding.

    `compiled` are those that hang on it where operations are put together otherwise than they are written.
    """

    numbers: dict[str, float]
    prints: dict[str, str]
    unsure: frozenset[str]
    compiled: frozenset[str]


def arrival(walk: Walk[Any], names: Sequence[str], loss: str) -> Arrived:
    """The numbers after the steps that are shown; at the start its loss, then those after all."""
    told = {name: f"w[{k}]" for k, name in enumerate(names)} | {loss: "loss(*w)"}
    values = dict(zip(told, _stands(walk.path, walk.shown), strict=True))
    unsure = [name for name, lost in zip(told, _unsteady(walk), strict=True) if lost]
    compiled = list(told) if _meets_an_edge(walk) else unsure
    if walk.steps == 0:
        after = f"{{}} after {walk.shown} steps".format
        values = {f"{loss} at the start": walk.path.losses[0]} | {after(a): b for a, b in values.items()}
        told = {f"{loss} at the start": "loss(*start)"} | {after(a): b for a, b in told.items()}
        unsure, compiled = list(map(after, unsure)), list(map(after, compiled))
    return Arrived(numbers_of(values), told, frozenset(unsure), frozenset(compiled))


def _stands(path: Trajectory, steps: int) -> Array:
    """Where a path is after so many steps, and its loss there."""
    return np.append(path.points[steps], path.losses[steps])


def _unsteady(walk: Walk[Any]) -> list[bool]:
    """Which numbers another program would have otherwise: those that change with the last bits of the walk's own.

    It is walked twice more, with a rate and rows that are other by a few bits to either side. Where steps divide by
    slopes that have been small, or leap about an edge, each of them may double what rounding has left.
    """
    way = np.append(walk.path.points, walk.path.losses[:, None], axis=1)[: walk.shown + 1]
    lost = np.zeros(way.shape[1], dtype=bool)
    for side in (1, -1):
        again = _again(walk, side)
        if len(again.points) <= walk.shown:
            return [True] * len(lost)
        with np.errstate(all="ignore"):
            change = np.abs(_stands(again, walk.shown) - way[-1])
            lost |= change > UNSTEADY * np.abs(way[-1]) + KEPT * np.max(np.abs(way), axis=0)
    return [bool(one) for one in lost]


def _meets_an_edge(walk: Walk[Any]) -> bool:
    """Whether a step begins so near an edge of the loss, such as a point that an absolute value is taken of, that its
    side is rounding: there the slope beside it is another.
    """
    if not isinstance(walk.loss, Summed) or walk.shown == 0:
        return False
    loss, begins = walk.loss, walk.path.points[: walk.shown]
    size = max(float(np.max(np.abs(begins))), float(np.max(np.abs(loss.rows))))

    def bends(reach: float) -> Array:
        beside = np.array([0.0, reach])
        with np.errstate(all="ignore"):
            return np.abs(loss.slopes_at(begins + beside) - loss.slopes_at(begins - beside)) / reach

    return bool(np.any(bends(EDGE * size) > TORN * np.max(bends(AROUND * size))))


def _again(walk: Walk[Any], side: int) -> Trajectory:
    """The same walk but for some bits; what they do to the rows adds up to nothing."""
    loss, settings = walk.loss, cast(dict[str, Any], dict(walk.settings))
    if isinstance(loss, Summed):
        bits = side * BITS * np.sin(np.arange(1, len(loss.rows) + 1) ** 2)
        moved = np.array(loss.rows) * (1 + bits[:, None])
        loss = replace(loss, rows=tuple(map(tuple, moved.tolist())))
    start, rate = walk.path.points[0].tolist(), walk.rate * (1 + side * 16 * BITS)
    return descend(walk.optimiser, loss, start, rate, walk.shown, **settings)
