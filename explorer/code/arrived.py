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
        """Whether a few lines make its steps: an update of its own, and nothing that changes the rate."""
        row = OPTIMISERS[self.optimiser]
        modified = any(self.settings.get(one.name) for one in row.modifiers if one.name != "seed")
        return row.update is not None and not modified


class Arrived(NamedTuple):
    """Numbers of a walk, what prints them, and those of them whose digits hang on rounding."""

    numbers: dict[str, float]
    prints: dict[str, str]
    unsure: frozenset[str]


def arrival(walk: Walk[Any], names: Sequence[str], loss: str) -> Arrived:
    """The numbers after the steps that are shown; at the start its loss, then those after all."""
    told = {name: f"w[{k}]" for k, name in enumerate(names)} | {loss: "loss(*w)"}
    values = dict(zip(told, _stands(walk.path, walk.shown), strict=True))
    unsure = [name for name, lost in zip(told, _unsteady(walk), strict=True) if lost]
    if walk.steps == 0:
        after = f"{{}} after {walk.shown} steps".format
        values = {f"{loss} at the start": walk.path.losses[0]} | {after(a): b for a, b in values.items()}
        told = {f"{loss} at the start": "loss(*start)"} | {after(a): b for a, b in told.items()}
        unsure = list(map(after, unsure))
    return Arrived(numbers_of(values), told, frozenset(unsure))


def _stands(path: Trajectory, steps: int) -> Array:
    """Where a path is after so many steps, and its loss there."""
    return np.append(path.points[steps], path.losses[steps])


def _unsteady(walk: Walk[Any]) -> list[bool]:
    """Which numbers another program would have otherwise: those that change with the last bits of the walk's own.

    It is walked once more with another rate and other rows by a few bits. Where steps divide by slopes that have been
    small, or leap about an edge, each of them may double what rounding has left.
    """
    loss = walk.loss
    if isinstance(loss, Summed):
        signs = ([1, -1, -1, 1, 1][k % 5] for k in range(len(loss.rows)))
        moved = (
            tuple(x * (1 + sign * BITS) for x in row) for sign, row in zip(signs, loss.rows, strict=True)
        )
        loss = replace(loss, rows=tuple(moved))
    start, settings = walk.path.points[0].tolist(), cast(dict[str, Any], dict(walk.settings))
    again = descend(walk.optimiser, loss, start, walk.rate * (1 + 16 * BITS), walk.shown, **settings)
    if len(again.points) <= walk.shown:
        return [True] * (len(start) + 1)
    here, there = _stands(walk.path, walk.shown), _stands(again, walk.shown)
    way = np.append(walk.path.points, walk.path.losses[:, None], axis=1)[: walk.shown + 1]
    with np.errstate(all="ignore"):
        lost = np.abs(there - here) > UNSTEADY * np.abs(here) + KEPT * np.max(np.abs(way), axis=0)
    return [bool(one) for one in lost]
