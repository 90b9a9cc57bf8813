"""The sentence that says how a descent ended and why, with the numbers that decide it.

Bounds are rounded down and called local unless the loss is quadratic.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .judgement import Verdict, kink_between
from .landscape import Landscape
from .optimiser import Optimiser
from .stability import Stability, minimum_below, round_down
from .trajectory import Behaviour, Ending, Path
from .walls import first_crossing
from .wording import grouped, number, place, tiny

MOST_AHEAD = 2000
"""So many steps are walked on to count what is still to come."""


@dataclass(frozen=True)
class Case:
    """Everything the sentences draw on."""

    landscape: Landscape
    optimiser: Optimiser
    values: Mapping[str, float]
    rate: float
    path: Path
    verdict: Verdict
    onward: Callable[[int], Path]
    """The same walk with that many steps."""

    @cached_property
    def minimum(self) -> Stability | None:
        """The curvatures at the minimum below the lowest iterate, None if there is none to be found."""
        losses = self.path.losses
        if not np.isfinite(losses).any():
            return None
        return minimum_below(self.landscape, tuple(self.path.points[int(np.nanargmin(losses))].tolist()))

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.path.points) - 1

    @property
    def now(self) -> str:
        """Where the last iterate is."""
        return self.at(-1)

    def at(self, row: int, *, kink: bool = False) -> str:
        """Where an iterate is; 10⁻¹² is said as 0 only where the loss, and its gradient but for a kink, are defined."""
        point, variables = self.path.points[row], self.landscape.loss.variables
        said = np.where(np.abs(point) < tiny(point), 0.0, point)
        loss, gradient = self.landscape.look(tuple(said.tolist()))
        if np.isfinite([loss] if kink else [loss, *gradient]).all() or not np.isfinite(self.path.losses[row]):
            return place(point, variables)
        return place(point, variables, exact=True)

    @property
    def rest(self) -> str:
        """The flat point where it comes to rest, to the digits that are settled: (0, 0), not (3·10⁻⁶, 0)."""
        # Beside a multiple zero of the slope Newton's estimate is a few times too short.
        point, left = self.path.points[-1], 10 * self.verdict.remaining
        digits = math.floor(-math.log10(left)) if 0 < left < 1 else 12
        return place([round(float(value), digits) + 0.0 for value in point], self.landscape.loss.variables)

    @property
    def last_rate(self) -> float:
        """The rate of the last step: smaller than η after decay."""
        decay = self.values.get("decay", 0.0)
        return self.rate / (1 + decay * max(self.steps - 1, 0))

    @property
    def eta(self) -> str:
        """The rate as the sentences name it."""
        decayed = "" if self.last_rate == self.rate else ", decayed,"
        return f"η = {number(self.last_rate)}{decayed}"

    def bound(self, at: Stability) -> float | None:
        """The bound of this optimiser with the curvatures `at`."""
        factor = self.optimiser.bound_factor(self.values)
        return factor / at.largest if factor is not None and at.largest > 0 else None

    @property
    def least_bound(self) -> float | None:
        """The bound at that minimum: there, not on the way, the rate decides whether a descent is held."""
        return self.bound(self.minimum) if self.minimum is not None else None

    def named_bound(self, at: Stability, bound: float) -> str:
        """`the bound 2/λmax = 1`, or the local one with its place."""
        shown = f"{self.optimiser.bound_formula} = {number(round_down(bound), 5)}"
        if at.quadratic:
            return f"the bound {shown}"
        return f"the local bound {shown} at {place(at.point, self.landscape.loss.variables)}"

    def plural(self) -> str:
        """`1 step`, `40 steps`."""
        return "1 step" if self.steps == 1 else f"{self.steps} steps"


def explain(case: Case) -> str:
    """One sentence or two for a learner: what happened, and the reason in numbers."""
    return _SENTENCES[case.verdict.behaviour](case) + _crossing(case)


def _crossing(case: Case) -> str:
    met = first_crossing(case.landscape.loss, case.path)
    if met is None:
        return ""
    step, wall = met
    torn = "a pole" if wall.pole else "a gap in the domain"
    where = place([wall.x], case.landscape.loss.variables)
    return f" Step {step} jumped over {torn} at {where}: what follows is on another piece of the curve."


def _no_bound(case: Case) -> str:
    if case.optimiser.second_order:
        return " Newton's step divides by the curvature and is shortened until the loss falls: no bound on η."
    if case.values.get("backtracking"):
        return " Backtracking halves a step that is too long, so no bound on η is needed."
    return f" {case.optimiser.label} has no bound of the kind 2/λmax: it divides by the slopes it remembers."


def _converged(case: Case) -> str:
    settled = case.verdict.settled
    when = f", there from step {settled} on" if settled else ""
    if case.verdict.at_kink:
        where = place([kink_between(case.landscape, case.path)], case.landscape.loss.variables)
        return f"Converged to {where}{when}: the slope jumps there from down to up, a minimum at a kink."
    minimum = minimum_below(case.landscape, tuple(case.path.points[-1].tolist()))
    if minimum is None:
        return (
            f"Converged to {case.rest}{when}: the curvature fades out towards the bottom, so there is no "
            "bound 2/λmax to hold η against."
        )
    where = place(minimum.point, case.landscape.loss.variables)
    said = f"Converged to the minimum at {where}{when}."
    here, bound = minimum, case.bound(minimum)
    if bound is None:
        return said + _no_bound(case)
    name = case.named_bound(here, bound)
    if case.last_rate < bound:
        said = f"{said[:-1]}: {case.eta} is below {name}."
    if case.verdict.back_and_forth and case.optimiser.name == "gd" and case.last_rate > 1 / here.largest:
        said += " It overshoots on the way: above half of that each step crosses to the other side."
    if here.condition_number >= 20:
        said += (
            f" The condition number is {number(here.condition_number)}: the flat direction is the slow one."
        )
    return said


def _valley(case: Case) -> str:
    gradient = number(float(np.linalg.norm(case.path.gradients[-1])))
    return (
        f"Converged to {case.rest}, where the gradient norm is {gradient} and some curvature is zero: "
        "a valley floor or a flat spot, where the second-derivative test is silent."
    )


def _saddle(case: Case) -> str:
    here = case.verdict.here
    return (
        f"Converged to a saddle at {case.rest}, not to a minimum: the gradient is zero there, but the "
        f"curvature{_direction(case, here)} is {number(here.smallest)}, so a nudge that way leads on down."
    )


def _maximum(case: Case) -> str:
    return (
        f"Resting at {case.rest}, which is a maximum: the gradient is zero, so there is no step; "
        "the smallest nudge would start a descent."
    )


def _cycle(case: Case) -> str:
    period = case.verdict.period
    shown = " and ".join(case.at(row, kink=True) for row in (-2, -1)) if period == 2 else f"{period} points"
    said = f"Cycles {'between' if period == 2 else 'through'} {shown}: "
    if case.verdict.kink_row is not None:
        return (
            f"{said}{case.at(case.verdict.kink_row, kink=True)} is, to rounding, the bottom itself, a kink. "
            "The slope jumps there and is never 0, so a whole step leads away again; a smaller or a decaying η "
            "stays closer."
        )
    minimum, bound = case.minimum, case.least_bound
    if minimum is None or bound is None:
        if case.optimiser.second_order or minimum is not None:
            return f"{said}the steps do not shrink at {case.eta}."
        return (
            f"{said}on both sides the slope is such that at {case.eta} each step jumps back over the bottom. "
            "A smaller or a decaying η comes closer."
        )
    name = case.named_bound(minimum, bound)
    if math.isclose(case.last_rate, bound, rel_tol=1e-9):
        return f"{said}{case.eta} equals {name}, so each step lands just as far on the other side."
    if case.last_rate > bound:
        return (
            f"{said}{case.eta} is above {name}, so the minimum pushes it away, "
            "and farther out the loss brings it back."
        )
    return f"{said}{case.eta} is below {name}, but a local bound promises nothing farther away."


def _growing(case: Case) -> str:
    if case.path.ending is Ending.OVERFLOW and case.steps == 0:
        return f"Diverged at once: around {case.now} the numbers are too large to compute with."
    minimum, bound = case.minimum, case.least_bound
    if minimum is None or bound is None:
        return f"Diverged: at {case.eta} each step overshoots farther than the one before." + (
            "" if case.optimiser.bound else _no_bound(case)
        )
    name = case.named_bound(minimum, bound)
    if case.last_rate > bound:
        said = f"Diverged: {case.eta} exceeds {name}, so each step overshoots farther than the one before."
        return said if minimum.quadratic else f"{said} Local bounds promise nothing far away."
    return (
        f"Diverged, although {case.eta} is not above {name}: a local bound promises nothing far away, "
        "and on the way from this start the loss is too steep."
    )


def _unbounded(case: Case) -> str:
    return (
        f"Diverged: past {case.now} the loss keeps falling, now {number(float(case.path.losses[-1]))}. "
        "In this direction there is no minimum to find, at any η."
    )


def _outside(case: Case) -> str:
    if case.steps == 0:
        return f"The loss is undefined at the start {case.now}; choose a start inside its domain."
    return (
        f"Left the domain: step {case.steps} lands at {case.now}, where the loss is undefined. "
        f"At {case.eta} that step was {number(float(np.linalg.norm(case.path.steps[-1])))} long; "
        "a shorter one may stay inside."
    )


def _no_gradient(case: Case) -> str:
    if case.landscape.gradient_overflows(tuple(case.path.points[-1].tolist())):
        return f"Stopped at {case.now}: the numbers in the gradient grow too large there to compute with."
    return (
        f"Stopped at {case.now}: the loss has no gradient there (a kink, or a slope that is not finite), "
        "so there is no next step."
    )


def _no_lower_point(case: Case) -> str:
    return (
        f"Stopped at {case.now}: along the step no lower point was found even after halving it many times. "
        f"The gradient norm is {_gradient_norm(case)}."
    )


def _gradient_norm(case: Case) -> str:
    return number(float(np.linalg.norm(case.path.gradients[-1])))


def _next_length(case: Case) -> float:
    assert case.path.next_step is not None
    return float(np.linalg.norm(case.path.next_step))


def _more_steps(case: Case) -> str:
    """How long half of the rest takes, counted by walking on: no formula knows it far from the minimum."""
    if case.minimum is None:
        return ""
    ahead = case.onward(case.steps + MOST_AHEAD).points[case.steps :]
    left = np.linalg.norm(ahead - case.minimum.point, axis=1)
    halved = np.flatnonzero(left <= left[0] / 2)
    if len(halved):
        return f" Halving what is left takes {grouped(int(halved[0]))} more steps."
    arrives = len(ahead) > MOST_AHEAD and left[-1] < left[0]
    return f" Halving what is left takes more than {grouped(MOST_AHEAD)} more steps." if arrives else ""


def _plateau(case: Case) -> str:
    if case.verdict.level:
        length = _next_length(case)
        drifts = f"; what is left of earlier slopes makes the next step {number(length)} long"
        return (
            f"Hardly moves: the slope is exactly 0 at {case.now} and around it{drifts if length else ''}. This is "
            "level ground, every point of it as low, or a tail whose slope is too small a number to compute with."
        )
    return (
        f"Hardly moves: this is a plateau. The gradient norm is {_gradient_norm(case)} at {case.now}, "
        f"so the next step has length {number(_next_length(case))}; a flat slope is not yet a minimum."
    )


def _crawling(case: Case) -> str:
    said = f"Stopped after {case.plural()}, crawling: gradient norm {_gradient_norm(case)} at {case.now}."
    minimum, bound = case.minimum, case.least_bound
    if minimum is None or bound is None:
        return said + _more_steps(case)
    name = case.named_bound(minimum, bound)
    if case.last_rate < bound / 20:
        return f"{said} {case.eta} is far below {name}.{_more_steps(case)}"
    if minimum.condition_number < 20:
        return f"{said} {case.eta}; {name}.{_more_steps(case)}"
    return (
        f"{said} The condition number is {number(minimum.condition_number)}: the steep direction sets {name}, "
        f"and along the flat one {case.eta} gets on slowly.{_more_steps(case)}"
    )


def _crosses_at_each_step(path: Path) -> bool:
    """Whether each step ends where the slope is against the one it came from, and lower than it began."""
    turns = np.einsum("ij,ij->i", path.gradients[1:], path.gradients[:-1]) < 0
    return bool(turns.all() and (np.diff(path.losses) < 0).all())


def _overshooting(case: Case) -> str:
    minimum, bound = case.minimum, case.least_bound
    manner = (
        "each step crosses to the other side and lands lower"
        if _crosses_at_each_step(case.path)
        else "it swings back and forth, and the last swings are the smallest"
    )
    said = f"Stopped after {case.plural()}, overshooting: {manner}."
    if minimum is None or bound is None or not case.last_rate < bound:
        return said
    just = "just " if case.last_rate > 0.9 * bound else ""
    said = f"{said} {case.eta} is {just}below {case.named_bound(minimum, bound)}."
    if minimum.condition_number >= 20:
        said += (
            f" The condition number is {number(minimum.condition_number)}, so the flat direction is slow too."
        )
    return said


def _bouncing(case: Case) -> str:
    said = f"Stopped after {case.plural()}, bouncing back and forth without settling"
    minimum, bound = case.minimum, case.least_bound
    if minimum is not None and bound is not None and case.last_rate > bound:
        return f"{said}: {case.eta} is above {case.named_bound(minimum, bound)}."
    return (
        f"{said} at {case.eta}; the last step was {number(float(np.linalg.norm(case.path.steps[-1])))} long."
    )


def _falling(case: Case) -> str:
    here = case.verdict.here
    said = f"Stopped after {case.plural()}, still falling at {case.now}: "
    if here.smallest < 0:
        along = _direction(case, here)
        return f"{said}the curvature{along} is {number(here.smallest)}, so the slope grows on the way down."
    return (
        f"{said}the slope does not flatten, gradient norm {_gradient_norm(case)}, so no minimum is in sight."
    )


def _sliding(case: Case) -> str:
    count = max(1, round(case.verdict.ahead))
    return (
        f"Stopped after {case.plural()}, still on its way at {case.now}: the slope is constant here, gradient norm "
        f"{_gradient_norm(case)}, and at this pace the bottom is about {grouped(count)} more "
        f"{'step' if count == 1 else 'steps'} ahead."
    )


def _on_a_kink(case: Case) -> str:
    return (
        f"Stopped after {case.plural()} at {case.at(-1, kink=True)}, which is, to rounding, the bottom itself, but "
        "not at rest: at a kink the slope jumps and is never 0, so the next step, "
        f"{number(_next_length(case))} long, leaves it."
    )


def _fading(case: Case) -> str:
    return (
        f"Stopped after {case.plural()}, creeping: gradient norm {_gradient_norm(case)} at {case.now}. The curvature "
        "fades out towards the bottom, so the steps fade out as well."
    )


def _astray(case: Case) -> str:
    first, last = (number(float(case.path.losses[row])) for row in (0, -1))
    lengths = np.linalg.norm(case.path.steps, axis=1)
    return (
        f"Stopped after {case.plural()} at {case.now}, higher than it began: the loss went from {first} to {last}. "
        f"The longest step, number {int(lengths.argmax()) + 1}, was {number(float(lengths.max()))} long."
    )


def _direction(case: Case, here: Stability) -> str:
    """` along (0, 1)`: the eigenvector of the smallest curvature, nothing for one variable."""
    variables = case.landscape.loss.variables
    if len(variables) == 1:
        return ""
    axis = here.eigenvectors[:, 0]
    axis = axis * (1.0 if axis[int(np.argmax(np.abs(axis)))] > 0 else -1.0)
    return f" along {place([round(float(part), 3) for part in axis], variables).split('= ')[-1]}"


def _noisy(case: Case) -> str:
    return (
        f"Stopped after {case.plural()} at {case.now}: the noise, σ = {number(case.values['noise'])}, keeps "
        "it moving. A smaller or decaying η narrows the cloud it wanders in."
    )


def _unfinished(case: Case) -> str:
    if case.path.next_step is None:
        return f"Stopped at {case.now}."
    norm, minimum, bound = _gradient_norm(case), case.minimum, case.least_bound
    said = f"Stopped after {case.plural()}, still on its way: gradient norm {norm} at {case.now}."
    if minimum is None or bound is None:
        return said
    relation = "below" if case.last_rate < bound else "not below"
    said = f"{said} {case.eta} is {relation} {case.named_bound(minimum, bound)}."
    if minimum.condition_number >= 20:
        said += f" The condition number is {number(minimum.condition_number)}: the flat direction is slow."
    return said


_SENTENCES = {
    Behaviour.MINIMUM: _converged,
    Behaviour.VALLEY: _valley,
    Behaviour.SADDLE: _saddle,
    Behaviour.MAXIMUM: _maximum,
    Behaviour.CYCLE: _cycle,
    Behaviour.BOUNCING: _bouncing,
    Behaviour.OVERSHOOTING: _overshooting,
    Behaviour.CRAWLING: _crawling,
    Behaviour.PLATEAU: _plateau,
    Behaviour.FALLING: _falling,
    Behaviour.UNFINISHED: _unfinished,
    Behaviour.NOISY: _noisy,
    Behaviour.NO_GRADIENT: _no_gradient,
    Behaviour.NO_LOWER_POINT: _no_lower_point,
    Behaviour.GROWING: _growing,
    Behaviour.UNBOUNDED: _unbounded,
    Behaviour.OUTSIDE: _outside,
    Behaviour.SLIDING: _sliding,
    Behaviour.KINK: _on_a_kink,
    Behaviour.FADING: _fading,
    Behaviour.ASTRAY: _astray,
}
