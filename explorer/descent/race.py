"""A race of optimisers in equal terms: the same loss, the same start, the same number of gradient evaluations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric import significant_text

from .registry import find_optimiser
from .trajectory import Trajectory
from .walk import descend

MOST_ENTRANTS = 4


@dataclass(frozen=True)
class Entrant:
    """An optimiser with its rate and settings, each its own."""

    optimiser: str
    learning_rate: float
    settings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Result:
    """One row of the table after a race; the gradient norm is NaN where the loss has no gradient."""

    label: str
    trajectory: Trajectory

    @property
    def loss(self) -> float:
        """The loss at the end."""
        return float(self.trajectory.losses[-1])

    @property
    def gradient_norm(self) -> float:
        """‖∇L‖ at the end."""
        with np.errstate(all="ignore"):
            return float(np.linalg.norm(self.trajectory.gradients[-1]))


def race(
    entrants: Sequence[Entrant],
    loss: Expression,
    start: float | Sequence[float] | NDArray[np.float64],
    evaluations: int,
) -> tuple[Result, ...]:
    """Each entrant's descent until `evaluations` gradient evaluations are spent, in the order of the entrants.

    An entrant whose optimiser runs twice is told apart by its rate. Raises ValueError for no entrant, more
    than four, fewer than one evaluation, and as `descend` does.
    """
    if not 1 <= len(entrants) <= MOST_ENTRANTS:
        raise ValueError(f"A race has from 1 to {MOST_ENTRANTS} entrants, not {len(entrants)}.")
    if evaluations < 1:
        raise ValueError("A race needs at least one gradient evaluation.")
    names = [entrant.optimiser for entrant in entrants]
    results = []
    for entrant in entrants:
        label = find_optimiser(entrant.optimiser).label
        if names.count(entrant.optimiser) > 1:
            label = f"{label}, η = {significant_text(entrant.learning_rate)}"
        trajectory = descend(
            entrant.optimiser,
            loss,
            start,
            entrant.learning_rate,
            evaluations,
            max_evaluations=evaluations,
            **dict(entrant.settings),
        )
        results.append(Result(label, trajectory))
    return tuple(results)
