"""The reason of a verdict in numbers: what fills the templates of `sentences.py`, and what their conditions ask."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.conditions import all_hold

from .crossings import CROSSING
from .edges import leap
from .landscape import Landscape
from .measures import Measures
from .optimiser import Optimiser
from .sentences import WORDS
from .stability import Stability, as_known, minimum_below, said_beside
from .swings import extent_of
from .templates import Say, on_a_curve
from .trajectory import Outcome, Path
from .verdicts import Verdict
from .walls import JUMP, Wall, first_crossing
from .wording import grouped, number, place, tiny

_HOLE = re.compile(r"\{(\w+)\}")
MOST_AHEAD = 2000
"""So many steps are walked on to count what is still to come."""


@dataclass(frozen=True)
class Facts:
    """The numbers that the sentences' conditions ask for, beside the measures of the path. A missing one is NaN."""

    landscape: Landscape
    optimiser: Optimiser
    values: Mapping[str, float]
    rate: float
    measures: Measures
    verdict: Verdict
    onward: Callable[[int], Path]
    """The same walk with that many steps."""

    def __getitem__(self, name: str) -> float:
        return float(getattr(self if hasattr(type(self), name) else self.measures, name))

    @property
    def path(self) -> Path:
        """The path that is spoken of."""
        return self.measures.path

    @cached_property
    def ranges(self) -> NDArray[np.float64]:
        """From the least to the largest of each coordinate of the path."""
        found: NDArray[np.float64] = np.ptp(self.path.points, axis=0)
        return found

    @cached_property
    def nearest(self) -> Stability | None:
        """The curvatures at the minimum below the end, or the lowest iterate of a path that did not arrive."""
        losses = self.path.losses
        if not np.isfinite(losses).any():
            return None
        row = -1 if self.verdict.outcome is Outcome.CONVERGED else int(np.nanargmin(losses))
        return minimum_below(self.landscape, tuple(self.path.points[row].tolist()))

    @property
    def minimum_x(self) -> float:
        """Its first coordinate."""
        return math.nan if self.nearest is None else float(self.nearest.point[0])

    @property
    def last_rate(self) -> float:
        """The rate of the last step: smaller than η after decay."""
        return self.rate / (1 + self.values.get("decay", 0.0) * max(self.measures.steps - 1, 0))

    @property
    def bound(self) -> float:
        """The optimiser's bound there: there, not on the way, the rate decides whether a descent is held."""
        factor = self.optimiser.bound_factor(self.values)
        if self.nearest is None or factor is None or not self.nearest.largest > 0:
            return math.nan
        return as_known(factor / self.nearest.largest)

    @property
    def share(self) -> float:
        """The rate in parts of the bound. At the bound itself rounding must not decide."""
        share = self.last_rate / self.bound
        return 1.0 if math.isclose(share, 1.0, rel_tol=1e-9) else share

    @cached_property
    def said(self) -> tuple[float, float]:
        """The rate and the bound as they are said beside each other."""
        return said_beside(self.bound if self.share == 1 else self.last_rate, self.bound)

    @property
    def condition(self) -> float:
        """λmax/λmin there."""
        return math.nan if self.nearest is None else self.nearest.condition_number

    @property
    def quadratic(self) -> bool:
        """Whether the bound holds for the whole loss."""
        return self.landscape.is_quadratic()

    @property
    def plane(self) -> bool:
        """Whether there are two variables."""
        return self.landscape.dimension > 1

    @property
    def kink(self) -> bool:
        """Whether it converged to a jump of the slope, or stands on one, or comes by one in its cycle."""
        return self.verdict.kink

    @property
    def swing(self) -> float:
        """How far apart the places of a cycle are: the diagonal of the box around them."""
        return extent_of(self.path.points[-max(self.measures.period, 1) :])

    @property
    def curvature(self) -> float:
        """The least curvature at the end."""
        return self.measures.here.smallest

    @cached_property
    def halving(self) -> float:
        """How many steps half of the rest takes, by walking on: no formula knows it far from the minimum.

        Infinite where it is nearer after so many, yet not by half; NaN where there is nothing to tell.
        """
        if self.nearest is None:
            return math.nan
        ahead = self.onward(self.measures.steps + MOST_AHEAD).points[self.measures.steps :]
        left = np.linalg.norm(ahead - self.nearest.point, axis=1)
        halved = np.flatnonzero(left <= left[0] / 2)
        if len(halved):
            return float(halved[0])
        return math.inf if len(ahead) > MOST_AHEAD and left[-1] < left[0] else math.nan

    @property
    def crosses(self) -> bool:
        """Whether each step ends where the slope is against the one it came from, and lower than it began."""
        gradients = self.path.gradients
        turns = np.einsum("ij,ij->i", gradients[1:], gradients[:-1]) < 0
        return bool(turns.all() and (np.diff(self.path.losses) < 0).all())

    @property
    def overflowing(self) -> bool:
        """Whether the gradient is missing because numbers grew too large."""
        return self.landscape.gradient_overflows(tuple(self.path.points[-1].tolist()))

    @cached_property
    def crossing(self) -> tuple[int, Wall] | None:
        """The first step over a pole or a gap of the domain, and that; else the first leap over a jump."""
        met = first_crossing(self.landscape.loss, self.path)
        leapt = leap(self.landscape, self.path) if met is None else None
        return met if leapt is None else (leapt[0], Wall(leapt[1], JUMP))

    @property
    def crossed(self) -> float:
        """The number of that step."""
        return math.nan if self.crossing is None else self.crossing[0]

    @property
    def torn(self) -> float:
        """What it was: GAP, POLE or JUMP."""
        return math.nan if self.crossing is None else self.crossing[1].torn

    @property
    def ahead(self) -> int:
        """Steps to the bottom of a constant slope."""
        return max(1, round(self.measures.turn))

    @property
    def second_order(self) -> bool:
        """Whether the optimiser divides by the curvature."""
        return self.optimiser.second_order

    @property
    def backtracking(self) -> bool:
        """Whether steps are shortened until they lower the loss."""
        return bool(self.values.get("backtracking"))

    @property
    def remembers(self) -> bool:
        """Whether the optimiser remembers anything."""
        return bool(self.optimiser.initial)

    @property
    def restless(self) -> bool:
        """Whether a constant rate alone keeps it from resting."""
        return bool(self.optimiser.unrest)

    @property
    def bounded(self) -> bool:
        """Whether the optimiser has a bound at all."""
        return self.optimiser.bound is not None

    @property
    def plain(self) -> bool:
        """Whether each step is the slope times the rate, and nothing else."""
        return not (self.optimiser.second_order or self.optimiser.initial)


def at(facts: Facts, row: int, *, kink: bool = False) -> str:
    """Where an iterate is; 10⁻¹² is said as 0 only where the loss, and its gradient but for a kink, are defined."""
    point, variables = facts.path.points[row], facts.landscape.loss.variables
    said = np.where(np.abs(point) < tiny(point, facts.ranges), 0.0, point)
    loss, gradient = facts.landscape.look(tuple(said.tolist()))
    if np.isfinite([loss] if kink else [loss, *gradient]).all() or not np.isfinite(facts.path.losses[row]):
        return place(point, variables, ranges=facts.ranges)
    return place(point, variables, exact=True)


def rest(facts: Facts) -> str:
    """The flat point where it comes to rest, to the digits that are settled: (0, 0), not (3·10⁻⁶, 0)."""
    # Beside a multiple zero of the slope Newton's estimate is a few times too short.
    point, left = facts.path.points[-1], 10 * facts.measures.remaining
    digits = math.floor(-math.log10(left)) if 0 < left < 1 else 12
    return place([round(float(value), digits) + 0.0 for value in point], facts.landscape.loss.variables)


def minimum(facts: Facts) -> str:
    """The minimum that the bound belongs to."""
    assert facts.nearest is not None
    return place(facts.nearest.point, facts.landscape.loss.variables, ranges=facts.ranges)


def kink(facts: Facts) -> str:
    """The iterate at the bottom of a kink, or where the slope jumps between the last two, or the loss at the end."""
    if facts.measures.edge is not None:
        return place(facts.measures.edge, facts.landscape.loss.variables)
    if facts.verdict.outcome is not Outcome.CONVERGED:
        return at(facts, facts.measures.kink_row, kink=True)
    return place([kink_between(facts.landscape, facts.path)], facts.landscape.loss.variables)


def wall(facts: Facts) -> str:
    """The pole, gap or jump that was gone over."""
    assert facts.crossing is not None
    return place([facts.crossing[1].x], facts.landscape.loss.variables)


def eta(facts: Facts) -> str:
    """The rate as the sentences name it."""
    decayed = "" if facts.last_rate == facts.rate else " (decayed)"
    return f"η = {number(facts.said[0], 12)}{decayed}"


def bound(facts: Facts) -> str:
    """`the bound 2/λmax = 1`, or the local one with its place."""
    shown = f"{facts.optimiser.bound_formula} = {number(facts.said[1], 12)}"
    return f"the bound {shown}" if facts.quadratic else f"the local bound {shown} at {minimum(facts)}"


def orbit(facts: Facts) -> str:
    """The places of a cycle of two, else how many there are."""
    period = facts.measures.period
    if period != 2:
        return f"through {period} points"
    return f"between {at(facts, -2, kink=True)} and {at(facts, -1, kink=True)}"


def along(facts: Facts) -> str:
    """` along (0, 1)`: the eigenvector of the smallest curvature, nothing for one variable."""
    if facts.landscape.dimension == 1:
        return ""
    axis = facts.measures.here.eigenvectors[:, 0]
    axis = axis * (1.0 if axis[int(np.argmax(np.abs(axis)))] > 0 else -1.0)
    return f" along ({', '.join(number(round(float(part), 3)) for part in axis)})"


def since(facts: Facts) -> str:
    """From when on it has been near: within a five-hundredth of its way."""
    return f", near it from step {facts.measures.settled} on" if facts.measures.settled else ""


def steps(facts: Facts) -> str:
    """`1 step`, `40 steps`."""
    return "1 step" if facts.measures.steps == 1 else f"{facts.measures.steps} steps"


_PHRASES: Mapping[str, Callable[[Facts], str]] = {
    **{told.__name__: told for told in (rest, minimum, kink, wall, eta, bound, orbit, along, since, steps)},
    "now": lambda facts: at(facts, -1),
    "final": lambda facts: at(facts, -1),
    "period": lambda facts: str(facts.measures.period),
    "swing": lambda facts: f"{facts.swing:.2g}",
    "unrest": lambda facts: facts.optimiser.unrest,
    "label": lambda facts: facts.optimiser.label,
    "count": lambda facts: str(facts.measures.steps),
    "crossed": lambda facts: str(int(facts.crossed)),
    "halving": lambda facts: grouped(int(facts.halving)),
    "ahead": lambda facts: grouped(facts.ahead),
    "most": lambda facts: grouped(MOST_AHEAD),
    "norm": lambda facts: number(facts.measures.slope),
    "curvature": lambda facts: number(facts.curvature),
    "condition": lambda facts: number(facts.condition),
    "first_loss": lambda facts: number(float(facts.path.losses[0])),
    "loss": lambda facts: number(float(facts.path.losses[-1])),
    "last_step": lambda facts: number(float(facts.measures.lengths[-1])),
    "next_step": lambda facts: number(facts.measures.next_length),
    "longest": lambda facts: number(float(facts.measures.lengths.max())),
    "longest_row": lambda facts: str(int(facts.measures.lengths.argmax()) + 1),
    "noise": lambda facts: number(facts.measures.noise),
}
"""The named values of the templates, as they are said."""


def explain(facts: Facts) -> str:
    """One sentence or more for a learner: what happened, and the reason in numbers."""

    def first(rows: tuple[Say, ...]) -> str:
        text = next(row.text for row in rows if all_hold(row.when, facts.__getitem__))
        return _HOLE.sub(lambda hole: _PHRASES[hole[1]](facts), text)

    sentences = (*WORDS[facts.verdict.behaviour].reason, CROSSING)
    told = " ".join(filter(None, map(first, sentences)))
    return on_a_curve(told) if facts.landscape.dimension == 1 else told


def kink_between(landscape: Landscape, path: Path) -> float:
    """Where the slope jumps from down to up between the last two iterates, by bisection."""
    low, high = sorted(path.points[-2:, 0].tolist())
    for _ in range(100):
        middle = (low + high) / 2
        slope = landscape.look((middle,))[1][0]
        if not (slope < 0 or slope > 0) or middle in (low, high):
            return float(middle)
        low, high = (middle, high) if slope < 0 else (low, middle)
    return float(low + high) / 2
