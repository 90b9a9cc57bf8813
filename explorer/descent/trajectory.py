"""What a descent leaves behind: every iterate, and how it ended."""

from dataclasses import dataclass
from enum import Enum, StrEnum

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Outcome(StrEnum):
    """How a descent ended, in the five words of the course."""

    CONVERGED = "converged"
    STOPPED = "stopped"
    CYCLING = "cycling"
    DIVERGED = "diverged"
    LEFT_DOMAIN = "left_domain"


class Behaviour(StrEnum):
    """The finer picture behind an outcome."""

    MINIMUM = "minimum"  # converged to a minimum
    VALLEY = "valley"  # converged where some curvature is zero, none negative
    SADDLE = "saddle"  # converged to a point that is a maximum in some direction
    MAXIMUM = "maximum"
    CYCLE = "cycle"
    BOUNCING = "bouncing"  # back and forth without a period
    OVERSHOOTING = "overshooting"  # back and forth, shrinking, not there yet
    CRAWLING = "crawling"
    PLATEAU = "plateau"
    FALLING = "falling"  # downhill with no bottom ahead
    UNFINISHED = "unfinished"
    NOISY = "noisy"  # kept moving by the noise
    NO_GRADIENT = "no_gradient"
    NO_LOWER_POINT = "no_lower_point"  # the line search gave up
    GROWING = "growing"  # each step larger than the one before
    UNBOUNDED = "unbounded"  # the loss falls for ever
    OUTSIDE = "outside"
    SLIDING = "sliding"  # downhill on a constant slope, with a bottom ahead
    KINK = "kink"  # on the bottom of a kink, to rounding, and about to leave it
    JUMP = "jump"  # where the loss jumps, to rounding
    FADING = "fading"  # near a bottom towards which the curvature fades out
    ASTRAY = "astray"  # higher than it began
    LULL = "lull"  # calm, and on its way again some steps later
    BLURRED = "blurred"  # near a flat place where rounding makes the slopes
    LOOSE = "loose"  # held for now, and lost some steps later


class Ending(Enum):
    """Why the loop over the steps came to its end."""

    RAN = "every step was taken"
    RESTING = "the gradient and the step are exactly zero"
    OVERFLOW = "numbers grew too large"
    OUTSIDE = "the loss is undefined at the last point"
    NO_GRADIENT = "the loss has no gradient at the last point"
    NO_LOWER_POINT = "the line search found no lower point"


@dataclass(frozen=True, eq=False)
class Path:
    """The iterates alone, before anyone judges them; shapes as in `Trajectory`."""

    points: Array
    losses: Array
    gradients: Array
    rates: Array
    spent: NDArray[np.int64]
    next_step: Array | None
    ending: Ending

    @property
    def steps(self) -> Array:
        """The vectors moved, shape (n, d)."""
        return np.diff(self.points, axis=0)


@dataclass(frozen=True, eq=False)
class Trajectory:
    """All iterates of one descent over d variables; row 0 is the start, n steps were taken.

    points (n+1, d), losses (n+1,), gradients (n+1, d), steps (n, d) with points[k+1] = points[k] + steps[k],
    rates (n,) the rate each step used (after decay or backtracking). `next_step` (d,) is what would come
    next, None where there is no next step. A descent that left the domain has the point outside as its last
    row, with a loss of NaN; what overflows is not recorded, so every other number is finite, except that
    gradients are NaN where the loss has none.

    `evaluations` counts gradient evaluations: one for each point, one for each trial of a line search, and
    d for each Hessian (which costs about as much as d gradients); `spent` (n+1,) is the count up to each row.
    `settled` is the row from which on the iterates stay at the final point, None if they do not.
    `period` is the length of the cycle, 0 if there is none.
    """

    optimiser: str
    learning_rate: float
    settings: tuple[tuple[str, float], ...]
    variables: tuple[str, ...]
    points: Array
    losses: Array
    gradients: Array
    steps: Array
    rates: Array
    spent: NDArray[np.int64]
    next_step: Array | None
    outcome: Outcome
    behaviour: Behaviour
    reason: str
    settled: int | None
    period: int

    @property
    def evaluations(self) -> int:
        """Gradient evaluations in total."""
        return int(self.spent[-1])

    @property
    def predicted_drops(self) -> Array:
        """How much each step should lower the loss if it were linear: −∇L·step, shape (n,).

        For plain gradient descent this is η‖∇L‖².
        """
        with np.errstate(all="ignore"):
            drops: Array = -np.einsum("ij,ij->i", self.gradients[:-1], self.steps)
        return drops

    @property
    def actual_drops(self) -> Array:
        """How much each step did lower the loss, shape (n,); negative where the loss rose."""
        with np.errstate(all="ignore"):
            return -np.diff(self.losses)
