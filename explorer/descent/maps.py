"""Two maps of a descent: what every learning rate would do, and which minimum every start would reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression

from .batch import CODES, ENDINGS, RUNNING, Batch
from .landscape import Landscape
from .measures import Measures
from .newton import newton_directions
from .optimiser import Optimiser
from .registry import find_optimiser
from .stability import minimum_below
from .trajectory import Behaviour, Ending, Outcome, Path
from .verdicts import judge
from .walk import start_point, walk

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

DIVERGED, OUTSIDE, UNSETTLED, NO_MINIMUM = -1, -2, -3, -4
"""Labels of a start that reaches no minimum: too far, out of the domain, not there yet, at rest elsewhere."""

MOST_MINIMA = 64
FAR = 20
"""A start that ends so many windows away counts as diverged."""


@dataclass(frozen=True, eq=False)
class RateMap:
    """For each of `rates` (r,), ascending: loss after `steps` steps (r,), outcome and behaviour.

    A loss is infinite where the descent overflowed and NaN where it left the domain. `bound` is the
    optimiser's bound (exact; `local` unless the loss is quadratic; None where there is none), taken at the
    minimum below the best descent. `best_rate` is 2/(λmin + λmax), for gradient descent on a quadratic only:
    the best *asymptotic* rate; `best_seen` is the rate of this map with the least loss after these steps.
    """

    rates: Array
    losses: Array
    outcomes: tuple[Outcome, ...]
    behaviours: tuple[Behaviour, ...]
    steps: int
    bound: float | None
    local: bool
    best_rate: float | None
    best_seen: float | None

    @property
    def bands(self) -> tuple["Band", ...]:
        """Neighbouring rates with the same outcome, as bands over the whole range.

        Two bands meet at the bound where it lies between their rates, halfway (in the logarithm) otherwise.
        """
        edges = [float(self.rates[0])]
        starts = [0]
        for index in range(1, len(self.rates)):
            if self.outcomes[index] is not self.outcomes[index - 1]:
                low, high = float(self.rates[index - 1]), float(self.rates[index])
                between = self.bound is not None and low <= self.bound <= high
                edges.append(self.bound if between and self.bound is not None else (low * high) ** 0.5)
                starts.append(index)
        edges.append(float(self.rates[-1]))
        return tuple(
            Band(low, high, self.outcomes[first])
            for low, high, first in zip(edges, edges[1:], starts, strict=False)
        )


@dataclass(frozen=True)
class Band:
    """Rates from `low` to `high` that end alike."""

    low: float
    high: float
    outcome: Outcome


def rate_map(
    optimiser: str | Optimiser,
    loss: Expression,
    start: float | Sequence[float],
    steps: int,
    rates: Sequence[float] | Array | None = None,
    **settings: float,
) -> RateMap:
    """What each learning rate does from the same start; by default 241 rates from 10⁻⁵ to 10, log-spaced.

    Raises ValueError as `descend` does.
    """
    row = find_optimiser(optimiser)
    values = row.resolve(settings)
    eta = np.geomspace(1e-5, 10, 241) if rates is None else np.sort(np.asarray(rates, dtype=np.float64))
    if not (eta.ndim == 1 and len(eta) and np.isfinite(eta).all() and eta[0] > 0):
        raise ValueError("Learning rates must be positive numbers.")
    point = start_point(start, loss)
    landscape = Landscape(loss)
    batch = Batch(landscape, row, values, np.repeat(np.array(point)[:, None], len(eta), axis=1), eta)
    points, losses, gradients = [batch.points], [batch.losses], [batch.gradients]
    lengths = np.ones(len(eta), dtype=int)
    for _ in range(steps):
        lengths += batch.advance()
        points.append(batch.points)
        losses.append(batch.losses)
        gradients.append(batch.gradients)
        if not batch.running.any():
            break
    ahead = _next_steps(batch)

    def walked(rate: float, most: int) -> Path:
        return walk(landscape, row, values, point, rate, max_steps=most)

    history = np.array(points), np.array(losses), np.array(gradients)
    with np.errstate(all="ignore"):
        verdicts = [
            judge(
                Measures(
                    landscape,
                    _path(history, batch.endings, ahead, lengths, index),
                    values.get("noise", 0.0),
                    partial(walked, rate) if row.unrest else None,
                )
            )
            for index, rate in enumerate(eta.tolist())
        ]
    final = np.where(batch.endings == CODES[Ending.OVERFLOW], np.inf, batch.losses)
    usable = np.isfinite(final)
    best = int(np.argmin(np.where(usable, final, np.inf))) if usable.any() else None
    minimum = None if best is None else minimum_below(landscape, tuple(batch.points[:, best].tolist()))
    factor = row.bound_factor(values)
    quadratic = landscape.is_quadratic()
    return RateMap(
        rates=eta,
        losses=final,
        outcomes=tuple(verdict.outcome for verdict in verdicts),
        behaviours=tuple(verdict.behaviour for verdict in verdicts),
        steps=steps,
        bound=None if minimum is None or factor is None else factor / minimum.largest,
        local=not quadratic,
        best_rate=minimum.best_rate if minimum is not None and quadratic and row.name == "gd" else None,
        best_seen=None if best is None else float(eta[best]),
    )


def _next_steps(batch: Batch) -> Array:
    """The step that each descent would take next, found by taking it on a copy's behalf."""
    before = batch.points.copy()
    losses, gradients, endings = batch.losses.copy(), batch.gradients.copy(), batch.endings.copy()
    batch.advance()
    ahead = batch.points - before
    # Whoever could not move from here has said so in its ending; the others are as they were.
    stuck = (endings == RUNNING) & np.isin(
        batch.endings, [CODES[Ending.RESTING], CODES[Ending.NO_GRADIENT], CODES[Ending.NO_LOWER_POINT]]
    )
    endings[stuck] = batch.endings[stuck]
    batch.points, batch.losses, batch.gradients, batch.endings = before, losses, gradients, endings
    return ahead


def _path(
    history: tuple[Array, Array, Array], endings: NDArray[np.int_], ahead: Array, lengths: Array, index: int
) -> Path:
    count = int(lengths[index])
    points, losses, gradients = history
    ending = Ending.RAN if endings[index] == RUNNING else ENDINGS[endings[index]]
    return Path(
        points=points[:count, :, index],
        losses=losses[:count, index],
        gradients=gradients[:count, :, index],
        rates=np.empty(0),
        spent=np.empty(0, dtype=np.int64),
        next_step=ahead[:, index] if ending is Ending.RAN else None,
        ending=ending,
    )


@dataclass(frozen=True, eq=False)
class Basins:
    """Which minimum each start reaches, to within a hundredth of the window.

    `axes` are the coordinates of the starts, one array for each variable; `labels` has the shape (nx,) or
    (ny, nx): an index into `minima` (k, d), which are ordered by `values` (k,), the lowest first, or
    DIVERGED, OUTSIDE, UNSETTLED, NO_MINIMUM. `steps` (same shape) counts the steps taken until then.
    """

    axes: tuple[Array, ...]
    labels: NDArray[np.int8]
    steps: NDArray[np.int32]
    minima: Array
    values: Array


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a map is, 0 … 1; the map itself when it is done."""

    fraction: float
    basins: Basins | None


def map_basins(
    optimiser: str | Optimiser,
    loss: Expression,
    windows: Sequence[tuple[float, float]],
    learning_rate: float,
    *,
    max_steps: int = 300,
    size: int = 200,
    **settings: float,
) -> Iterator[Progress]:
    """Descents from `size` starts along each axis of the windows, one window for each variable (1 or 2).

    Yields progress every few steps, and last the finished map. Raises ValueError as `descend` does.
    """
    row = find_optimiser(optimiser)
    values = row.resolve(settings)
    if len(windows) != len(loss.variables) or len(windows) > 2:
        raise ValueError("A map of basins needs one window for each of one or two variables.")
    if not learning_rate > 0:
        raise ValueError(f"The learning rate must be a positive number, not {learning_rate}.")
    axes = tuple(np.linspace(low, high, size) for low, high in windows)
    grid = np.array([part.ravel() for part in np.meshgrid(*axes)])
    landscape = Landscape(loss)
    extent = max(high - low for low, high in windows)
    batch = Batch(landscape, row, values, grid, float(learning_rate))
    who = np.arange(grid.shape[1])
    ends, steps = grid.copy(), np.full(grid.shape[1], max_steps, dtype=np.int32)
    endings = np.full(grid.shape[1], RUNNING)
    for turn in range(max_steps):
        before = batch.points
        batch.advance()
        if turn % 5 == 4 or turn == max_steps - 1:
            done = ~batch.running | (np.abs(batch.points - before).max(axis=0) <= 1e-10 * extent)
            lost = batch.running & (np.abs(batch.points).max(axis=0) > 1e6 * max(1.0, extent))
            batch.endings[lost] = CODES[Ending.OVERFLOW]
            finished = done | lost
            ends[:, who], endings[who] = batch.points, batch.endings
            steps[who[finished]] = turn + 1
            who = who[~finished]
            batch.keep(~finished)
            if not len(who):
                break
            yield Progress((turn + 1) / max_steps, None)
    yield Progress(1.0, _label(landscape, axes, ends, endings, steps))


def basins(
    optimiser: str | Optimiser,
    loss: Expression,
    windows: Sequence[tuple[float, float]],
    learning_rate: float,
    *,
    max_steps: int = 300,
    size: int = 200,
    **settings: float,
) -> Basins:
    """The finished map of `map_basins`."""
    last = None
    for progress in map_basins(
        optimiser, loss, windows, learning_rate, max_steps=max_steps, size=size, **settings
    ):
        last = progress.basins
    assert last is not None
    return last


def _label(
    landscape: Landscape,
    axes: tuple[Array, ...],
    ends: Array,
    endings: NDArray[np.int_],
    steps: NDArray[np.int32],
) -> Basins:
    """Newton's method carries each end to the minimum next to it; ends that meet there share a label."""
    extent = max(float(np.ptp(axis)) for axis in axes)
    labels = np.full(ends.shape[1], UNSETTLED, dtype=np.int8)
    labels[endings == CODES[Ending.OVERFLOW]] = DIVERGED
    labels[endings == CODES[Ending.OUTSIDE]] = OUTSIDE
    middle = np.array([[(axis[0] + axis[-1]) / 2] for axis in axes])
    labels[(labels == UNSETTLED) & (np.abs(ends - middle).max(axis=0) > FAR * extent)] = DIVERGED
    open_ = np.flatnonzero((labels == UNSETTLED) & np.isfinite(ends).all(axis=0))
    polished, flat, definite = _polish(landscape, ends[:, open_])
    near = np.abs(polished - ends[:, open_]).max(axis=0, initial=0.0) <= 1e-2 * extent
    labels[open_[flat & near & ~definite]] = NO_MINIMUM
    arrived = flat & near & definite
    minima, members = _gather(polished[:, arrived], extent)
    values = landscape.value_tape.run(*minima.T)["loss"] if len(minima) else np.empty(0)
    if len(minima) > MOST_MINIMA:
        minima, values, members = minima[:0], values[:0], np.full(len(members), NO_MINIMUM)
    order = np.lexsort((*minima.T[::-1], np.round(values, 9)))
    rank = np.argsort(order)
    labels[open_[arrived]] = rank[members] if len(minima) else NO_MINIMUM
    shape = tuple(len(axis) for axis in reversed(axes))
    return Basins(axes, labels.reshape(shape), steps.reshape(shape), minima[order], values[order])


def _polish(landscape: Landscape, ends: Array) -> tuple[Array, Mask, Mask]:
    """Where a few Newton steps lead, whether they come to rest there, and whether it is a sharp minimum."""
    points = ends
    with np.errstate(all="ignore"):
        for _ in range(6):
            before = points
            _, *slopes = landscape.tape.run(*points).values()
            steps = newton_directions(slopes, landscape.hessians(points))
            points = points + np.stack(steps)
        curvature: Array = np.moveaxis(np.array(landscape.hessians(points)), -1, 0)
        usable: Mask = np.isfinite(curvature.sum(axis=(1, 2)) + points.sum(axis=0))
        values = np.linalg.eigvalsh(np.where(usable[:, None, None], curvature, 0.0))
        scale = np.maximum(1.0, np.abs(points).max(axis=0, initial=0.0))
        moved: Array = np.abs(points - before).max(axis=0, initial=0.0)
        flat: Mask = np.logical_and(usable, moved <= 1e-6 * scale)
        definite: Mask = values[:, 0] > 1e-7 * np.abs(values[:, -1])
    return points, flat, definite


def _gather(points: Array, extent: float) -> tuple[Array, NDArray[np.int_]]:
    """Distinct minima (k, d) among points (d, m), and for each point the index of its own."""
    rounded = np.round(points / (1e-4 * extent)).T
    _, first, members = np.unique(rounded, axis=0, return_index=True, return_inverse=True)
    candidates = points.T[first]
    target = np.arange(len(candidates))
    # Rounding may part neighbours: those closer than a thousandth of the window are the same minimum.
    if len(candidates) <= 20 * MOST_MINIMA:
        for index in range(len(candidates)):
            close = np.abs(candidates[:index] - candidates[index]).max(axis=1, initial=0.0) <= 1e-3 * extent
            if close.any():
                target[index] = target[int(np.flatnonzero(close)[0])]
    kept, place = np.unique(target, return_inverse=True)
    return candidates[kept] if len(candidates) else np.empty((0, len(points))), place[members.ravel()]
