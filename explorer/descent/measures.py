"""What is measured of a finished path, each number when it is asked for; the verdicts are conditions on them.

Measured on the finished path, after the fact: a descent is never cut short because it looks converged. Lengths are
told in units of the path's extent and slopes in those of its steepest, so they do not depend on units. A question
with yes or no is 1 or 0. The browser's twin is assets/live/descent/measures.js, name by name.
"""

import math
from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .bends import FLAT
from .blurred import rounding_ahead
from .edges import is_bottom_of_a_kink, jump_beside
from .landscape import Landscape
from .lookahead import leaps_at, turn_ahead
from .stability import ROUNDING, Stability, bends_along, curvatures
from .swings import HOPS, extent_of, grows, hops, lengths_of, narrows, period_of, repeats_as, shrinks
from .trajectory import Ending, Path

Array = NDArray[np.float64]

NEAR = 1e-3
"""What is near, in parts of the extent."""
THERE = 1e-5
"""What is so near has arrived, in parts of the extent, however slowly a decaying rate brings it nearer still."""
CLOSE_BY = 1e-2
"""What is near beside 1 and the place, however far a path has been away."""
STILL = 1e-6
"""Steps of this part of the extent move nothing in ten times as many."""
STRAIGHT = 1e-6
"""Over the whole extent the slope changes by less than this part of it: it is constant."""
SHARP = 1e3
"""So sharp a bottom has no curvature of its own: it grows without end towards it."""
SHARES = (1.0, 0.75, 0.5)
"""Of Newton's way: at the farthest of these places at which a curvature is known it is looked at."""
TIMES_AS_LONG, FEWEST_ONWARD, MOST_ONWARD = 9, 400, 2000
"""So many times its steps, within these bounds, is a path walked on that has to be watched."""


class Measures:
    """The numbers of one path; `noise` is σ, for what is kept moving neither rests nor repeats.

    `onward` takes the same walk with so many steps; it is taken where a path has to be `watched`
    (`Optimiser.watched`), and where a slope, however small, leads down from a top or a saddle.
    """

    def __init__(
        self,
        landscape: Landscape,
        path: Path,
        noise: float = 0.0,
        onward: Callable[[int], Path] | None = None,
        *,
        watched: bool = True,
    ) -> None:
        self.landscape, self.path, self.noise = landscape, path, noise
        self.onward, self.watched = onward, watched

    def __getitem__(self, name: str) -> float:
        return float(getattr(self, name))

    @cached_property
    def lengths(self) -> Array:
        """How long each step was."""
        return lengths_of(self.path.steps)

    @cached_property
    def extent(self) -> float:
        """The diagonal of the box around the path."""
        return extent_of(self.path.points)

    @cached_property
    def here(self) -> Stability:
        """The curvatures at the end."""
        return curvatures(self.landscape, self.path.points[-1])

    @cached_property
    def slopes(self) -> Array:
        """The gradient norm at each iterate."""
        return lengths_of(self.path.gradients)

    @property
    def ending(self) -> int:
        """Which of the `Ending`s it was."""
        return ENDINGS[self.path.ending]

    @property
    def steps(self) -> int:
        """How many were taken."""
        return len(self.path.points) - 1

    @property
    def fell(self) -> bool:
        """Whether the loss is lower than at the start."""
        return bool(self.path.losses[-1] < self.path.losses[0])

    @property
    def rise(self) -> float:
        """How much higher the loss is than at the start, in parts of itself."""
        last = float(self.path.losses[-1])
        return _ratio(last - float(self.path.losses[0]), abs(last))

    @cached_property
    def remaining(self) -> float:
        """‖|H|⁻¹∇L‖: how far the nearest flat point of the local quadratic is; infinite along flat directions."""
        gradient, here = self.path.gradients[-1], self.here
        if not (np.isfinite(gradient).all() and np.isfinite(here.eigenvalues).all()):
            return np.inf
        if here.middle or here.leans:
            return np.inf if here.leans else float(np.linalg.norm(here.newton_step(gradient)))
        along = np.abs(here.eigenvectors.T @ gradient)
        sizes = np.abs(here.eigenvalues)
        if not along.any():
            return 0.0
        flat = sizes <= self.here.flat * sizes.max()
        steepest = max(along.max(), (self.next_length <= STILL * self.extent) * self.slopes.max())
        if (along[flat] > FLAT * steepest).any() or flat.all():
            return np.inf
        return float(np.linalg.norm(along[~flat] / sizes[~flat]))

    @property
    def left(self) -> float:
        """What remains, in parts of the extent. A path that rests has nothing left."""
        return 0.0 if self.rests else _ratio(self.remaining, self.extent)

    @property
    def half_left(self) -> float:
        """What remains against the second half of the path, or against four times what counts as there."""
        half = extent_of(self.path.points[len(self.path.points) // 2 :])
        return 0.0 if self.rests else _ratio(self.remaining, max(half, 4 * THERE * self.extent))

    @property
    def slope_left(self) -> float:
        """The slope at the end in parts of the steepest: it grows where a path falls into a pole."""
        return 0.0 if self.rests else _ratio(self.slope, float(self.slopes.max()))

    @property
    def step_left(self) -> float:
        """The next step, and while noise moves it the last ones too, in parts of the extent."""
        return _ratio(self._last_step, self.extent)

    @property
    def aside(self) -> float:
        """What remains, or such a step, beside 1 and the place: after an excursion the extent tells nothing."""
        away = 0.0 if self.rests else max(self.remaining, self._last_step)
        return float(away / (1 + np.abs(self.path.points[-1]).max()))

    @property
    def _last_step(self) -> float:
        if self.rests or self.path.ending is Ending.NO_LOWER_POINT:
            return 0.0
        if self.path.next_step is None:
            return np.inf
        last = self.lengths[-8:].max(initial=0.0) if self.noise else 0.0
        return max(self.next_length, float(last))

    @cached_property
    def strays(self) -> float:
        """How far it gets from the end if it walks on, beside 1 and the place; 0 where nobody asked."""
        later = self.later
        if later is None and self.here.smallest < 0 and self.path.gradients[-1].any():
            later = self._walked_on()
        if later is None:
            return 0.0
        point = self.path.points[-1]
        ahead = later.points[self.steps :]
        return float(np.abs(ahead - point).max() / (1 + np.abs(point).max()))

    @cached_property
    def later(self) -> Path | None:
        """The walk that goes on; None where nobody asked, or where nothing can follow."""
        return self._walked_on() if self.watched else None

    def _walked_on(self) -> Path | None:
        if self.onward is None or self.path.next_step is None:
            return None
        return self.onward(self.steps + min(max(TIMES_AS_LONG * self.steps, FEWEST_ONWARD), MOST_ONWARD))

    @property
    def returns(self) -> bool:
        """Whether it is nearer to its start in the end, if it walks on, than it has been before."""
        if self.later is None or self.later.ending is not Ending.RAN:
            return False
        start = self.path.points[0]
        last = self.later.points[-max(self.steps, 1) :]
        return bool(np.abs(last - start).max() < np.abs(self.path.points - start).max())

    @property
    def lost(self) -> bool:
        """Whether numbers grow too large if it walks on."""
        return self.later is not None and self.later.ending is Ending.OVERFLOW

    @property
    def rests(self) -> bool:
        """Whether gradient and step are exactly zero."""
        return self.path.ending is Ending.RESTING

    @property
    def next_length(self) -> float:
        """How long the next step would be; NaN where there is none."""
        return np.nan if self.path.next_step is None else float(np.linalg.norm(self.path.next_step))

    @cached_property
    def around(self) -> tuple[float, list[float]]:
        """How steep it is a little to either side of the end, along each axis, and how far that is."""
        point = self.path.points[-1]
        reach = 0.05 * (self.extent or max(1.0, float(np.abs(point).max())))
        sides = (point + side * axis for axis in np.eye(len(point)) for side in (-reach, reach))
        return reach, [math.hypot(*self.landscape.look(tuple(place.tolist()))[1]) for place in sides]

    @property
    def relief(self) -> float:
        """What the slopes around amount to against rounding: eˣ far to the left is flat in floats, yet no floor."""
        loss, steepest = abs(float(self.path.losses[-1])), float(self.slopes.max())
        reach, slopes = self.around
        return _ratio(float(np.max(slopes)) * reach, max(ROUNDING * loss, 1e-12 * steepest * self.extent))

    @property
    def level(self) -> bool:
        """Whether the slope is exactly 0 at the end and around, and the loss is the lowest that was met."""
        if self.path.gradients[-1].any() or not self.path.losses[-1] <= self.path.losses.min():
            return False
        return not any(self.around[1])

    @property
    def least_bend(self) -> float:
        """The least curvature at the end in parts of what counts as zero."""
        return _ratio(self.here.smallest, self.here.flat * self.bend) if np.isfinite(self.bend) else np.nan

    @property
    def most_bend(self) -> float:
        """The largest one in the same parts."""
        return _ratio(self.here.largest, self.here.flat * self.bend) if np.isfinite(self.bend) else np.nan

    @property
    def bend(self) -> float:
        """The largest curvature in size at the end."""
        return float(np.abs(self.here.eigenvalues).max())

    @property
    def sharpness(self) -> float:
        """The curvature at the end beside what the steepest slope makes of the extent: enormous at a cusp."""
        return _ratio(self.bend * self.extent, float(self.slopes.max()))

    @property
    def hollow(self) -> float:
        """The least curvature in parts of the largest; −∞ where there are none."""
        found = _ratio(self.here.smallest, abs(self.here.largest))
        return -np.inf if np.isnan(found) else found

    @cached_property
    def fading(self) -> float:
        """By which part of itself a curvature changes on Newton's way, as beside the flat spot of x³.

        Where rounding leaves nothing of it at the end of the way, as at 0 of sin(x)/x, it is the last that is known.
        """
        here, way = self.here, self.here.newton_step(self.path.gradients[-1])
        if here.quadratic:
            return 0.0
        places = [here.point + share * way for share in SHARES]
        known = (at for at in places if self.landscape.bend_error(tuple(at.tolist())) <= self.bend / 2)
        found = bends_along(self.landscape, next(known, places[0]), here.eigenvectors)
        changes = zip(np.abs(found - here.eigenvalues), here.eigenvalues, strict=True)
        return float(np.max([_ratio(c, abs(v)) for c, v in changes]))

    @property
    def lowest(self) -> bool:
        """Whether the loss is higher a little to either side, along each axis of curvature."""
        reach = NEAR * self.extent
        sides = (
            self.here.point + side * axis for axis in self.here.eigenvectors.T for side in (-reach, reach)
        )
        return all(self.landscape.loss_at(tuple(place.tolist())) > self.path.losses[-1] for place in sides)

    @property
    def astride(self) -> bool:
        """In one variable: the last step is short and the slope is up at one end of it and down at the other."""
        path = self.path
        if path.points.shape[1] != 1 or len(path.points) < 3:
            return False
        room = min(NEAR * self.extent, CLOSE_BY * (1 + abs(float(path.points[-1, 0]))))
        short = abs(float(path.steps[-1, 0])) <= room
        slopes = path.gradients[-2:, 0]
        left, right = slopes if path.steps[-1, 0] > 0 else slopes[::-1]
        across = short and left < 0 < right
        return bool(across and (np.abs(slopes) > self.landscape.slope_errors(path.points[-2:])[0]).all())

    @cached_property
    def period(self) -> int:
        """The least p ≤ 8 with which the last iterates repeat, 0 if there is none, or noise keeps it moving.

        What is watched keeps it if it walks on; a slow drift along a wave of kinks only looks like a cycle.
        """
        found = 0 if self.noise else period_of(self.path.points)
        if found == 0 or self.later is None:
            return found
        kept = self.later.ending is Ending.RAN and repeats_as(self.path.points, self.later.points, found)
        return found if kept else 0

    @cached_property
    def kink_row(self) -> int:
        """Which iterate of the cycle, or the last, is to rounding the bottom of a kink: 1 − 2·10⁻¹⁵ for |x − 1|."""
        if self.here.quadratic or self.here.middle:
            return -1
        last = 0 if self.noise else max(self.period, 1)
        rows = range(self.steps, self.steps - last, -1)
        return next((row for row in rows if is_bottom_of_a_kink(self, self.path.points[row])), -1)

    @property
    def blur(self) -> float:
        """How far rounding may shift the flat place that is come to, beside 1 and the place."""
        return rounding_ahead(self)

    @cached_property
    def edge(self) -> Array | None:
        """Where the loss jumps at the end, or at the flat place that is come to."""
        return jump_beside(self)

    @property
    def jump(self) -> bool:
        """Whether it does."""
        return self.edge is not None

    @property
    def growing(self) -> bool:
        """Whether steps and losses grow, and the growth does not die down: no cycle is being approached."""
        return self.path.next_step is not None and grows(
            self.path.losses, np.append(self.lengths, self.next_length)
        )

    @property
    def runaway(self) -> bool:
        """Downhill in growing steps, a thousand times farther than the start was from the origin."""
        points, lengths = self.path.points, self.lengths
        if len(lengths) < 3 or not self.fell:
            return False
        far = float(np.abs(points[-1] - points[0]).max())
        return bool(
            lengths[-1] >= lengths[-3:].max() and far > 1e3 * max(1.0, float(np.abs(points[0]).max()))
        )

    @property
    def turning(self) -> float:
        """Which share of consecutive steps point against each other, until they drown in rounding."""
        steps = self.path.steps
        visible = steps[self.lengths > 1e-9 * (self.lengths.max(initial=0.0) or 1.0)]
        if len(visible) < 3:
            return 0.0
        return float((np.einsum("ij,ij->i", visible[1:], visible[:-1]) < 0).mean())

    @property
    def shrinking(self) -> bool:
        """Whether the last steps get shorter from stretch to stretch, or the envelope of all narrows."""
        return shrinks(self.lengths) or self.narrowing

    @property
    def narrowing(self) -> bool:
        """Whether the envelope of the steps narrows over fifths of the path."""
        return narrows(self.lengths)

    @property
    def plunging(self) -> bool:
        """Whether it falls into a pole: the steps shrink, the slope grows, and the loss is a million times lower."""
        first, last = self.path.losses[0], self.path.losses[-1]
        return bool(self.slope_left == 1 and self.last_share < 0.01 and last < -1e6 * (1 + abs(first)))

    @property
    def hopping(self) -> bool:
        """Whether the last steps often turn back and often climb, and neither they nor their stretch get smaller."""
        return self.steps >= HOPS and hops(self.path, self.lengths[-HOPS:])

    @property
    def slope(self) -> float:
        """The gradient norm at the end."""
        return float(self.slopes[-1])

    @property
    def scale(self) -> float:
        """How far from the origin it ended, 1 at least."""
        return max(1.0, float(np.abs(self.path.points[-1]).max()))

    @cached_property
    def stride(self) -> float:
        """How long a step is at the end."""
        return max(self.next_length, float(np.median(self.lengths[-10:])))

    @property
    def pace(self) -> float:
        """The same beside the place, or beside 1."""
        return self.stride / self.scale

    @property
    def moved(self) -> float:
        """The extent beside the place, or beside 1."""
        return self.extent / self.scale

    @property
    def strides_left(self) -> float:
        """What remains, in such steps; 0 where it is infinite."""
        return _ratio(self.remaining, self.stride) if self.remaining < np.inf else 0.0

    @property
    def last_share(self) -> float:
        """The last step in parts of the longest."""
        return _ratio(float(self.lengths[-1]), float(self.lengths.max()))

    @property
    def bottom_ahead(self) -> bool:
        """Whether the slope turns up within twenty times Newton's estimate: never in the tail of a sigmoid."""
        gradient = self.path.gradients[-1]
        if not (self.here.smallest > 0 and self.remaining < np.inf and gradient.any()):
            return False
        beyond = self.path.points[-1] - 20 * self.remaining * gradient / np.linalg.norm(gradient)
        return bool(np.dot(self.landscape.look(tuple(beyond.tolist()))[1], gradient) < 0)

    @property
    def curving(self) -> float:
        """By which part of itself the slope changes over the extent."""
        return _ratio(self.bend * self.extent, self.slope)

    @cached_property
    def turn(self) -> float:
        """After how many steps like the next one the loss turns up, or a constant slope ends; infinite if never."""
        return turn_ahead(self.landscape, self.path, flat=self.curving <= STRAIGHT)

    @property
    def leap(self) -> bool:
        """Whether it turns up there by a jump."""
        return leaps_at(self.landscape, self.path, self.turn)

    @property
    def settled(self) -> int:
        """The row from which on the iterates stay at the last one."""
        points = self.path.points
        away = np.linalg.norm(points - points[-1], axis=1) > 2 * NEAR * self.extent
        return int(np.flatnonzero(away)[-1]) + 1 if away.any() else 0


ENDINGS = {ending: code for code, ending in enumerate(Ending)}


def _ratio(part: float, whole: float) -> float:
    """part/whole; of nothing, nothing is no part, and anything is infinitely much."""
    if whole == 0:
        return part if part == 0 or np.isnan(part) else float(np.copysign(np.inf, part))
    return float(part / whole)
