"""One descent: from a start, step by step, to a finished trajectory with its outcome and reason."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression

from .landscape import Landscape, Point
from .measures import Measures
from .newton import backtrack, newton_direction
from .noise import normal
from .optimiser import Optimiser, as_number
from .reasons import Facts, explain
from .registry import find_optimiser
from .scalar import scalar_program
from .summed import Summed
from .trajectory import Ending, Outcome, Path, Trajectory
from .verdicts import judge

MOST_STEPS = 100_000


def descend(
    optimiser: str | Optimiser,
    loss: Expression | Summed,
    start: float | Sequence[float] | NDArray[np.float64],
    learning_rate: float,
    max_steps: int,
    *,
    max_evaluations: int | None = None,
    **settings: float,
) -> Trajectory:
    """The trajectory of an optimiser (a name or a row of the registry) on a loss in any number of variables.

    `start` is a number, or one number for each of `loss.variables`; `settings` are those of the optimiser's
    row. At most `max_steps` steps are taken, and none once `max_evaluations` gradient evaluations are spent
    (see `Trajectory`). The descent ends earlier only where nothing can follow: outside the domain, without a
    gradient, beyond the largest numbers, or where a line search finds nothing lower. Whether it converged is
    judged afterwards, from the finished path; one that rests keeps its point for the steps that remain.

    Raises ValueError, with a sentence, for an unknown optimiser or setting, a rate that is not a positive
    number, a number of steps that is not a whole number ≥ 0, or a start that does not fit the loss.
    """
    row = find_optimiser(optimiser)
    values = row.resolve(settings)
    rate = _positive(learning_rate)
    steps = _whole(max_steps)
    landscape = loss.landscape() if isinstance(loss, Summed) else Landscape(loss)
    begin = start_point(start, loss)
    path = walk(landscape, row, values, begin, rate, max_steps=steps, max_evaluations=max_evaluations)
    return assess(landscape, row, values, rate, path)


def assess(
    landscape: Landscape, row: Optimiser, values: Mapping[str, float], rate: float, path: Path
) -> Trajectory:
    """A walked path with its outcome, behaviour and reason."""

    def onward(steps: int) -> Path:
        begin: Point = tuple(path.points[0].tolist())
        return walk(landscape, row, values, begin, rate, max_steps=steps)

    # A path may end at numbers whose squares overflow; they compare as they should all the same.
    with np.errstate(all="ignore"):
        noise = values.get("noise", 0.0)
        watched = row.watched(values, seams=landscape.has_seams())
        measures = Measures(landscape, path, noise, onward, watched=watched)
        verdict = judge(measures)
        reason = explain(Facts(landscape, row, values, rate, measures, verdict, onward))
        settled = measures.settled if verdict.outcome is Outcome.CONVERGED else None
        period = measures.period if verdict.outcome is Outcome.CYCLING else 0
    return Trajectory(
        optimiser=row.name,
        learning_rate=rate,
        settings=tuple(values.items()),
        variables=landscape.loss.variables,
        points=path.points,
        losses=path.losses,
        gradients=path.gradients,
        steps=path.steps,
        rates=path.rates,
        spent=path.spent,
        next_step=path.next_step,
        outcome=verdict.outcome,
        behaviour=verdict.behaviour,
        reason=reason,
        settled=settled,
        period=period,
    )


def start_point(start: Any, loss: Expression | Summed) -> Point:
    """The start as a tuple of floats, one for each variable; ValueError otherwise."""
    wanted = len(loss.variables)
    names = ", ".join(loss.variables)
    try:
        array = np.atleast_1d(np.asarray(start, dtype=np.float64))
    except (TypeError, ValueError):
        raise ValueError(f"The start must be made of numbers, one for each of {names}.") from None
    if array.shape != (wanted,):
        raise ValueError(f"The start has {array.size} numbers, but the loss needs {wanted}: {names}.")
    if not np.isfinite(array).all():
        raise ValueError("The start must be made of finite numbers.")
    return tuple(array.tolist())


def _positive(rate: Any) -> float:
    value = as_number(rate)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"The learning rate must be a positive number, not {rate}.")
    return value


def _whole(steps: Any) -> int:
    value = as_number(steps)
    if isinstance(steps, bool) or not 0 <= value <= MOST_STEPS or int(value) != value:
        raise ValueError(f"The number of steps must be a whole number from 0 to {MOST_STEPS}, not {steps}.")
    return int(value)


class Stepper:
    """Turns a look at the loss into the next step; holds what the optimiser remembers between steps."""

    def __init__(
        self, landscape: Landscape, optimiser: Optimiser, values: Mapping[str, float], rate: float
    ) -> None:
        self.landscape, self.optimiser, self.rate = landscape, optimiser, rate
        self.arguments = tuple(values[setting.name] for setting in optimiser.settings)
        self.decay = values.get("decay", 0.0)
        self.noise, self.seed = values.get("noise", 0.0), int(values.get("seed", 0))
        self.searches = optimiser.second_order or bool(values.get("backtracking"))
        self.memories = [optimiser.initial] * landscape.dimension
        if not optimiser.second_order:
            self.rule = scalar_program(optimiser.tape)
            (_, self.move), *kept = optimiser.tape.outputs
            self.kept = [register for _, register in kept]
        self.taken = 0

    def step(self, point: Point, loss: float, gradient: Point) -> tuple[Point, float, int] | None:
        """The next step, the rate it uses and the evaluations it costs; None where no gradient leads on."""
        rate, cost = self.rate / (1 + self.decay * self.taken), 0
        if self.noise:
            first = self.taken * len(gradient)
            gradient = tuple(g + self.noise * normal(self.seed, first + i) for i, g in enumerate(gradient))
        self.taken += 1
        if self.searches:
            direction = tuple(-g for g in gradient)
            if self.optimiser.second_order:
                hessian = self.landscape.hessian(point)
                cost = len(gradient)
                if not all(math.isfinite(entry) for line in hessian for entry in line):
                    return None
                direction = newton_direction(gradient, hessian)
            slope = sum(g * d for g, d in zip(gradient, direction, strict=True))
            if slope != 0:
                rate, trials = backtrack(self.landscape.loss_at, point, loss, direction, slope, rate=rate)
                cost += trials
            return tuple(rate * d for d in direction), rate, cost
        moved: list[float] = []
        for i, slope in enumerate(gradient):
            registers = self.rule((slope, rate, *self.memories[i], *self.arguments))
            self.memories[i] = tuple(registers[register] for register in self.kept)
            moved.append(registers[self.move])
        return tuple(moved), rate, cost

    @property
    def overflowed(self) -> bool:
        """Whether what it remembers has grown too large: divided by it, every further step is 0, far from any rest."""
        return any(math.isinf(value) for memory in self.memories for value in memory)


def walk(
    landscape: Landscape,
    optimiser: Optimiser,
    values: Mapping[str, float],
    start: Point,
    rate: float,
    *,
    max_steps: int,
    max_evaluations: int | None = None,
) -> Path:
    """The bare path: look, step, add, until the steps are taken or nothing can follow."""
    stepper = Stepper(landscape, optimiser, values, rate)
    loss, gradient = landscape.look(start)
    points, losses, gradients, rates, spent = [start], [loss], [gradient], list[float](), [1]
    budget = math.inf if max_evaluations is None else max_evaluations
    next_step: Point | None = None
    ending: Ending | None = _first_ending(landscape, start, loss)
    for taken in range(max_steps + 1):
        if ending is not None:
            break
        point = points[-1]
        if any(map(math.isnan, gradient)):
            ending = Ending.NO_GRADIENT
            break
        stepped = stepper.step(point, loss, gradient)
        if stepped is None:
            ending = Ending.NO_GRADIENT
            break
        next_step, used, cost = stepped
        if stepper.overflowed:
            ending, next_step = Ending.OVERFLOW, None
            break
        if stepper.searches and not any(next_step):
            ending = Ending.NO_LOWER_POINT if any(gradient) else Ending.RESTING
            break
        if taken == max_steps or spent[-1] + cost + 1 > budget:
            ending = Ending.RAN
            break
        after = tuple(p + s for p, s in zip(point, next_step, strict=True))
        loss, gradient = landscape.look(after)
        finite = all(map(math.isfinite, after)) and math.isfinite(loss)
        if not finite and (
            math.isinf(loss) or not all(map(math.isfinite, after)) or landscape.overflows(after)
        ):
            ending, next_step = Ending.OVERFLOW, None
            break
        points.append(after)
        losses.append(loss)
        gradients.append(gradient)
        rates.append(used)
        spent.append(spent[-1] + cost + 1)
        if not finite:
            ending, next_step = Ending.OUTSIDE, None
    assert ending is not None  # the last turn ends by itself
    kept = next_step if ending in (Ending.RAN, Ending.RESTING) else None
    return Path(
        points=_frozen(points),
        losses=_frozen(losses),
        gradients=_frozen(gradients),
        rates=_frozen(rates),
        spent=np.array(spent, dtype=np.int64),
        next_step=None if kept is None else _frozen(kept),
        ending=ending,
    )


def _first_ending(landscape: Landscape, start: Point, loss: float) -> Ending | None:
    if math.isfinite(loss):
        return None
    return Ending.OVERFLOW if math.isinf(loss) or landscape.overflows(start) else Ending.OUTSIDE


def _frozen(values: Any) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array
