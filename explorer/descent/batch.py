"""Many descents side by side, one NumPy operation for all of them: the engine of the maps.

The same rules as one descent at a time (`walk.py`), the same endings; tests hold the two together.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from .landscape import Landscape
from .newton import backtracks, newton_directions
from .noise import normal
from .optimiser import Optimiser
from .trajectory import Ending

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ENDINGS = tuple(Ending)
CODES = {ending: code for code, ending in enumerate(ENDINGS)}
RUNNING = -1


class Batch:
    """A number of descents: `points` (d, k), `losses` (k,), `gradients` (d, k), `endings` (k,) or RUNNING.

    `rate` is one number, or one for each descent (k,).
    """

    def __init__(
        self,
        landscape: Landscape,
        optimiser: Optimiser,
        values: Mapping[str, float],
        starts: Array,
        rate: float | Array,
    ) -> None:
        self.landscape, self.optimiser = landscape, optimiser
        self.arguments = tuple(values[setting.name] for setting in optimiser.settings)
        self.decay, self.noise = values.get("decay", 0.0), values.get("noise", 0.0)
        self.seed = int(values.get("seed", 0))
        self.searches = optimiser.second_order or bool(values.get("backtracking"))
        self.points = np.array(starts, dtype=np.float64)
        count = self.points.shape[1]
        self.rates: Array = np.broadcast_to(np.asarray(rate, dtype=np.float64), (count,))
        self.memories: list[tuple[Array, ...]] = [
            tuple(np.full(count, value) for value in optimiser.initial) for _ in self.points
        ]
        self.endings = np.full(count, RUNNING)
        self.taken = 0
        self.losses, self.gradients = self._look(self.points)
        self._close_lost(self.points, self.losses, np.ones(count, dtype=bool))

    @property
    def running(self) -> Mask:
        """Which descents still move."""
        mask: Mask = self.endings == RUNNING
        return mask

    def keep(self, mask: Mask) -> None:
        """Drop every descent that is not in the mask."""
        self.points, self.gradients = self.points[:, mask], self.gradients[:, mask]
        self.losses, self.endings, self.rates = self.losses[mask], self.endings[mask], self.rates[mask]
        self.memories = [tuple(part[mask] for part in memory) for memory in self.memories]

    def advance(self) -> Mask:
        """One step for every descent that still runs; which of them have a new point."""
        with np.errstate(all="ignore"):
            running = self.running
            self._end(running & np.isnan(self.gradients).any(axis=0), Ending.NO_GRADIENT)
            step = self._steps()
            running = self.running
            still = ~step.any(axis=0)
            resting = still & ~self.gradients.any(axis=0)
            self._end(running & resting, Ending.RESTING)
            self._end(running & still & ~resting, Ending.NO_LOWER_POINT)
            running = self.running
            after = np.where(running, self.points + step, self.points)
            losses, gradients = self._look(after)
            moved = running & ~self._overflowing(after, losses, running)
            self.points = np.where(moved, after, self.points)
            self.losses = np.where(moved, losses, self.losses)
            self.gradients = np.where(moved, gradients, self.gradients)
            self._end(moved & np.isnan(losses), Ending.OUTSIDE)
        self.taken += 1
        return moved

    def _look(self, points: Array) -> tuple[Array, Array]:
        loss, *slopes = self.landscape.tape.run(*points).values()
        gradients = np.array(slopes)
        gradients[~np.isfinite(gradients)] = np.nan
        return loss, gradients

    def _end(self, mask: Mask, ending: Ending) -> None:
        self.endings[mask] = CODES[ending]

    def _close_lost(self, points: Array, losses: Array, candidates: Mask) -> None:
        overflowing = self._overflowing(points, losses, candidates)
        self._end(candidates & np.isnan(losses) & ~overflowing, Ending.OUTSIDE)

    def _overflowing(self, points: Array, losses: Array, candidates: Mask) -> Mask:
        """Ends what has become too large to compute with."""
        overflowing = candidates & (np.isinf(losses) | ~np.isfinite(points).all(axis=0))
        for index in np.flatnonzero(candidates & np.isnan(losses) & ~overflowing):
            overflowing[index] = self.landscape.overflows(points[:, index].tolist())
        self._end(overflowing, Ending.OVERFLOW)
        return overflowing

    def _steps(self) -> Array:
        rates = self.rates / (1 + self.decay * self.taken)
        gradients = self.gradients
        if self.noise:
            first = self.taken * len(gradients)
            draws = [normal(self.seed, first + i) for i in range(len(gradients))]
            gradients = gradients + self.noise * np.array(draws)[:, None]
        if self.searches:
            return self._searched(gradients, rates)
        moves = np.empty_like(gradients)
        for i, slopes in enumerate(gradients):
            found = self.optimiser.tape.run(slopes, rates, *self.memories[i], *self.arguments)
            moves[i], *memory = found.values()
            self.memories[i] = tuple(memory)
        return moves

    def _searched(self, gradients: Array, rates: Array) -> Array:
        """Backtracking for all at once."""
        directions = -gradients
        if self.optimiser.second_order:
            directions = np.array(newton_directions(gradients, self.landscape.hessians(self.points)))
            self._end(self.running & np.isnan(directions).any(axis=0), Ending.NO_GRADIENT)
        slopes = (gradients * directions).sum(axis=0)
        sizes = rates.copy()
        open_ = np.flatnonzero(self.running & (slopes != 0))
        part = self.points[:, open_], self.losses[open_], directions[:, open_], slopes[open_]
        sizes[open_] = backtracks(self._losses, *part, rates=rates[open_])
        return np.where(self.running, sizes * directions, 0.0)

    def _losses(self, points: Array) -> Array:
        return self.landscape.value_tape.run(*points)["loss"]
