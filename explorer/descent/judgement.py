"""How a path ended: the outcome and the behaviour behind it, from the iterates and the curvature at the end.

Judged on the finished path, after the fact: a descent is never cut short because it looks converged. All
tests are relative to the extent of the path, so they do not depend on units.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ahead import turn_ahead
from .landscape import Landscape
from .stability import ROUNDING, Stability, curvatures
from .trajectory import Behaviour, Ending, Outcome, Path

Array = NDArray[np.float64]

NEAR = 1e-3
"""Converged: Newton's estimate of the distance left and the next step are below this part of the extent."""
GAIN = 4
"""Converged: the second half of the path is so many times longer than what is left, or nothing is left."""
FLAT = 1e-7
"""Curvatures below this part of the largest one count as zero."""
LONGEST_PERIOD = 8
HOPS = 24
"""So many of the last steps tell whether a path hops about."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What `explain` puts into words. `remaining` is Newton's estimate of the way to go, maybe infinite.

    `at_kink`: it converged to a place where the slope jumps from down to up. `ahead`: after how many more
    steps like the next one a constant slope ends at a bottom. `kink_row`: an iterate of the cycle, or the last
    one, which is the bottom of a kink to rounding. `level`: the slope of a plateau is exactly 0 where it ended, and
    around, and the loss is the lowest that was met: level ground, or a tail whose slope is lost in floats.
    """

    outcome: Outcome
    behaviour: Behaviour
    here: Stability
    remaining: float
    settled: int | None = None
    period: int = 0
    back_and_forth: bool = False
    at_kink: bool = False
    ahead: float = np.inf
    kink_row: int | None = None
    level: bool = False


def judge(landscape: Landscape, path: Path, values: Mapping[str, float]) -> Verdict:
    """The outcome of a path; `values` are the optimiser's settings (only the noise matters)."""
    here = curvatures(landscape, path.points[-1])
    remaining = _newton_distance(path.gradients[-1], here)
    zigzag = _back_and_forth(path)

    kink_row: int | None = None

    def verdict(outcome: Outcome, behaviour: Behaviour, period: int = 0, at_kink: bool = False) -> Verdict:
        settled = _settled(path) if outcome is Outcome.CONVERGED else None
        ahead = turn_ahead(landscape, path, flat=True) if behaviour is Behaviour.SLIDING else np.inf
        level = behaviour is Behaviour.PLATEAU and _rests_on_zeros(landscape, path)
        return Verdict(
            outcome, behaviour, here, remaining, settled, period, zigzag, at_kink, ahead, kink_row, level
        )

    match path.ending:
        case Ending.OVERFLOW:
            falling = len(path.losses) > 1 and path.losses[-1] < path.losses[0]
            return verdict(Outcome.DIVERGED, Behaviour.UNBOUNDED if falling else Behaviour.GROWING)
        case Ending.OUTSIDE:
            return verdict(Outcome.LEFT_DOMAIN, Behaviour.OUTSIDE)
        case Ending.NO_GRADIENT:
            return verdict(Outcome.STOPPED, Behaviour.NO_GRADIENT)
    noisy = values.get("noise", 0.0) > 0
    if path.ending is Ending.RESTING or _has_converged(path, remaining, noisy):
        if _is_level(landscape, path):
            return verdict(Outcome.STOPPED, Behaviour.PLATEAU)
        return verdict(Outcome.CONVERGED, _stationary(landscape, path, here))
    if path.ending is Ending.NO_LOWER_POINT and not _encloses_a_kink(path):
        return verdict(Outcome.STOPPED, Behaviour.NO_LOWER_POINT)
    period = 0 if noisy else _period(path.points)
    kink_row = None if noisy else _row_on_a_kink(landscape, path, max(period, 1))
    if period:
        return verdict(Outcome.CYCLING, Behaviour.CYCLE, period)
    if _encloses_a_kink(path):
        return verdict(Outcome.CONVERGED, Behaviour.MINIMUM, at_kink=True)
    if kink_row is not None and path.next_step is not None:
        return verdict(Outcome.STOPPED, Behaviour.KINK)
    if _is_growing(path):
        return verdict(Outcome.DIVERGED, Behaviour.GROWING)
    if _falls_for_ever(path):
        return verdict(Outcome.DIVERGED, Behaviour.UNBOUNDED)
    if noisy:
        return verdict(Outcome.STOPPED, Behaviour.NOISY)
    return verdict(Outcome.STOPPED, _still_moving(landscape, path, here, remaining, zigzag))


def _extent(points: Array) -> float:
    return float(np.linalg.norm(np.ptp(points, axis=0)))


def _lengths(steps: Array) -> Array:
    lengths: Array = np.linalg.norm(steps, axis=1)
    return lengths


def _newton_distance(gradient: Array, here: Stability) -> float:
    """‖|H|⁻¹∇L‖: how far the nearest flat point of the local quadratic is; infinite along flat directions."""
    if not (np.isfinite(gradient).all() and np.isfinite(here.eigenvalues).all()):
        return np.inf
    along = np.abs(here.eigenvectors.T @ gradient)
    sizes = np.abs(here.eigenvalues)
    if not along.any():
        return 0.0
    flat = sizes <= FLAT * sizes.max()
    if (along[flat] > FLAT * along.max()).any() or flat.all():
        return np.inf
    return float(np.linalg.norm(along[~flat] / sizes[~flat]))


def _has_converged(path: Path, remaining: float, noisy: bool) -> bool:
    """Near a flat point, coming nearer, and about to stay there: momentum may well fly through a minimum.

    One step far out and back makes the extent large, and anything near beside it.
    """
    extent = _extent(path.points)
    tolerance = NEAR * extent
    if remaining > 1e-9 * extent and GAIN * remaining > _extent(path.points[len(path.points) // 2 :]):
        return False
    # Falling into a pole of the slope (ln x at 0) also leaves little way to go, but the slope grows.
    slopes = _lengths(path.gradients)
    if not remaining <= tolerance or slopes[-1] > 0.5 * slopes.max():
        return False
    if path.next_step is None:
        return path.ending is Ending.NO_LOWER_POINT
    last = _lengths(path.steps[-8:]).max(initial=0.0) if noisy else 0.0
    return max(float(np.linalg.norm(path.next_step)), float(last)) <= tolerance


def _encloses_a_kink(path: Path) -> bool:
    """In one variable: the last step is short and the slope is up at one end of it and down at the other."""
    if path.points.shape[1] != 1 or len(path.points) < 3:
        return False
    short = abs(float(path.steps[-1, 0])) <= NEAR * _extent(path.points)
    rightmost = int(np.argmax(path.points[-2:, 0]))
    slopes = path.gradients[-2:, 0]
    return bool(short and slopes[rightmost] > 0 > slopes[1 - rightmost])


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


def _row_on_a_kink(landscape: Landscape, path: Path, last: int) -> int | None:
    """Which of the last iterates is, to rounding, the bottom of a kink: 1 − 2·10⁻¹⁵ for |x − 1|."""
    rows = range(len(path.points) - 1, len(path.points) - 1 - last, -1)
    return next((row for row in rows if _is_bottom_of_a_kink(landscape, path, row)), None)


def _is_bottom_of_a_kink(landscape: Landscape, path: Path, row: int) -> bool:
    """Whether the slope jumps from down to up right there, along an axis at least, and is flat along the others."""
    point = path.points[row]
    reach = 1e-9 * max(_extent(path.points), float(np.abs(point).max()))
    steepest = float(_lengths(path.gradients).max())
    kinked = False
    for axis, beside in enumerate(reach * np.eye(len(point))):
        left, right = (
            landscape.look(tuple(place.tolist()))[1][axis] for place in (point - beside, point + beside)
        )
        if left < -NEAR * steepest and right > NEAR * steepest:
            kinked = True
        elif not max(abs(left), abs(right)) <= 1e-6 * steepest:
            return False
    return kinked


def _settled(path: Path) -> int:
    away = np.linalg.norm(path.points - path.points[-1], axis=1) > 2 * NEAR * _extent(path.points)
    return int(np.flatnonzero(away)[-1]) + 1 if away.any() else 0


def _is_level(landscape: Landscape, path: Path) -> bool:
    """Whether the slope is lost in rounding all around: eˣ far to the left is flat in floats, yet no floor."""
    steepest = float(_lengths(path.gradients).max())
    lost = max(ROUNDING * abs(float(path.losses[-1])), 1e-12 * steepest * _extent(path.points))
    reach, slopes = _slopes_around(landscape, path)
    return all(slope * reach <= lost for slope in slopes)


def _rests_on_zeros(landscape: Landscape, path: Path) -> bool:
    """Whether the slope is exactly 0 at the end and around, and the loss is the lowest that was met."""
    if path.gradients[-1].any() or not path.losses[-1] <= path.losses.min():
        return False
    return not any(_slopes_around(landscape, path)[1])


def _slopes_around(landscape: Landscape, path: Path) -> tuple[float, list[float]]:
    """How steep it is a little to either side of the end, along each axis, and how far that is."""
    point = path.points[-1]
    reach = 0.05 * (_extent(path.points) or max(1.0, float(np.abs(point).max())))
    sides = (point + side * axis for axis in np.eye(len(point)) for side in (-reach, reach))
    return reach, [float(np.linalg.norm(landscape.look(tuple(place.tolist()))[1])) for place in sides]


def _stationary(landscape: Landscape, path: Path, here: Stability) -> Behaviour:
    values = here.eigenvalues
    if not np.isfinite(values).all():
        return Behaviour.VALLEY
    flat = FLAT * np.abs(values).max()
    if (values >= -flat).all() and not (values > flat).all():
        return Behaviour.VALLEY
    if _fades(landscape, path.gradients[-1], here):
        higher = (values > flat).all() and _is_lowest_around(landscape, path, here)
        return Behaviour.MINIMUM if higher else Behaviour.VALLEY
    if (values > flat).all():
        return Behaviour.MINIMUM
    return Behaviour.MAXIMUM if (values < -flat).all() else Behaviour.SADDLE


def _fades(landscape: Landscape, gradient: Array, here: Stability) -> bool:
    """Whether a curvature changes by more than a quarter on Newton's way, as beside the flat spot of x³."""
    axes, values = here.eigenvectors, here.eigenvalues
    ahead = here.point - axes @ ((axes.T @ gradient) / np.where(values == 0, np.inf, values))
    found = np.array(landscape.hessian(tuple(ahead.tolist())))
    return not (np.abs(np.diag(axes.T @ found @ axes) - values) <= np.abs(values) / 4).all()


def _is_lowest_around(landscape: Landscape, path: Path, here: Stability) -> bool:
    """Whether the loss is no lower a little to either side, along each axis of curvature."""
    reach = NEAR * _extent(path.points)
    sides = (here.point + side * axis for axis in here.eigenvectors.T for side in (-reach, reach))
    return all(landscape.loss_at(tuple(place.tolist())) >= path.losses[-1] for place in sides)


def _back_and_forth(path: Path) -> bool:
    """Whether most consecutive steps point against each other (until they drown in rounding)."""
    steps = path.steps
    lengths = _lengths(steps)
    visible = steps[lengths > 1e-9 * (lengths.max(initial=0.0) or 1.0)]
    if len(visible) < 3:
        return False
    turns = np.einsum("ij,ij->i", visible[1:], visible[:-1]) < 0
    return bool(turns.mean() > 0.5)


def _period(points: Array) -> int:
    """The least p ≤ 8 with which the last iterates repeat, 0 if there is none.

    They repeat exactly, or they close in on a cycle: the misfit |w_k − w_{k−p}| shrinks faster than the
    swing itself. A slow spiral into a minimum keeps the two in proportion, and is no cycle.
    """
    for period in range(2, LONGEST_PERIOD + 1):
        if len(points) < 2 * period:
            return 0
        swing = _extent(points[-period:])
        misfit = _misfit(points, period)
        if swing == 0:
            return 0
        if misfit <= 1e-9 * swing:
            return period
        earlier = points[: len(points) - max(2 * period, len(points) // 4)]
        if misfit <= NEAR * swing and len(earlier) >= 2 * period:
            before = _misfit(earlier, period) / _extent(earlier[-period:])
            if before > 2 * misfit / swing:
                return period
    return 0


def _misfit(points: Array, period: int) -> float:
    return float(_lengths(points[-period:] - points[-2 * period : -period]).max())


def _is_growing(path: Path) -> bool:
    """Whether steps and losses grow, and the growth does not die down: no cycle is being approached."""
    if path.next_step is None or len(path.losses) < 3 or not path.losses[-1] > path.losses[0]:
        return False
    lengths = _lengths(np.vstack([path.steps, path.next_step]))
    recent = min(6, len(path.losses) - 1)
    losses, tail = path.losses[-recent - 1 :], lengths[-recent - 1 :]
    if (np.diff(losses) > 1e-10 * np.abs(losses[1:])).all() and (tail[1:] > tail[:-1] * (1 + 1e-10)).all():
        older = lengths[-2 * recent - 1 : -recent]
        return len(older) < 2 or not np.log(tail[-1] / tail[0]) / recent < 0.5 * np.log(
            older[-1] / older[0]
        ) / (len(older) - 1)
    if len(path.losses) < 12:
        return False
    first, middle, last = (float(part.max()) for part in np.array_split(path.losses - path.losses.min(), 3))
    return last > 2 * middle > 4 * first > 0


def _falls_for_ever(path: Path) -> bool:
    """Downhill in growing steps, a thousand times farther than the start was from the origin."""
    lengths = _lengths(path.steps)
    if len(lengths) < 3 or not path.losses[-1] < path.losses[0]:
        return False
    far = float(np.abs(path.points[-1] - path.points[0]).max())
    return bool(
        lengths[-1] >= lengths[-3:].max() and far > 1e3 * max(1.0, float(np.abs(path.points[0]).max()))
    )


def _shrinks(lengths: Array) -> bool:
    """Whether the last steps get shorter from stretch to stretch: five in a row are no chance."""
    part = min(8, len(lengths) // 5)
    stretches = lengths[len(lengths) - 5 * part :].reshape(5, part)
    longest, middling = stretches.max(axis=1), np.median(stretches, axis=1)
    falling = (np.diff(longest) < 0).all() and (np.diff(middling) < 0).all()
    return bool(falling and longest[-1] < 0.99 * longest[0])


def _hops(path: Path) -> bool:
    """Whether the last steps often turn back and often climb, and neither they nor their stretch get smaller."""
    if len(path.steps) < HOPS:
        return False
    steps, losses, points = path.steps[-HOPS:], path.losses[-HOPS:], path.points[-HOPS:]
    turns = (np.einsum("ij,ij->i", steps[1:], steps[:-1]) < 0).mean()
    climbs = (np.diff(losses) > 0).mean()
    (early, late), lengths = np.split(points, 2), _lengths(steps)
    # By chance the stretch or the steps get smaller for a while, hardly both.
    steady = (
        _extent(late) > 0.75 * _extent(early)
        or lengths[HOPS // 2 :].sum() > 0.75 * lengths[: HOPS // 2].sum()
    )
    return bool(min(turns, climbs) > 0.2 and steady)


def _bottom_ahead(landscape: Landscape, path: Path, here: Stability, remaining: float) -> bool:
    """Whether the slope turns up within twenty times Newton's estimate: never in the tail of a sigmoid."""
    gradient = path.gradients[-1]
    if not (here.smallest > 0 and remaining < np.inf and gradient.any()):
        return False
    beyond = path.points[-1] - 20 * remaining * gradient / np.linalg.norm(gradient)
    return bool(np.dot(landscape.look(tuple(beyond.tolist()))[1], gradient) < 0)


def _still_moving(
    landscape: Landscape, path: Path, here: Stability, remaining: float, zigzag: bool
) -> Behaviour:
    """Neither arrived nor lost: what the path is doing when the steps run out."""
    lengths = _lengths(path.steps)
    if not len(lengths) or path.next_step is None:
        return Behaviour.UNFINISHED
    if zigzag and len(lengths) >= 6:
        return Behaviour.OVERSHOOTING if _shrinks(lengths) else Behaviour.BOUNCING
    if _hops(path):
        return Behaviour.BOUNCING
    size = max(float(np.linalg.norm(path.next_step)), float(np.median(lengths[-10:])))
    gradient = float(np.linalg.norm(path.gradients[-1]))
    scale = max(1.0, float(np.abs(path.points[-1]).max()))
    if gradient < 1e-2 and np.abs(here.eigenvalues).max() < 1e-2 and size < 1e-2 * scale:
        if not _bottom_ahead(landscape, path, here, remaining):
            return Behaviour.PLATEAU
        return Behaviour.FADING if _fades(landscape, path.gradients[-1], here) else Behaviour.CRAWLING
    if path.losses[-1] - path.losses[0] > 1e-10 * abs(path.losses[-1]):
        return Behaviour.ASTRAY
    moved = _extent(path.points) > 0.05 * scale
    falling = path.losses[-1] < path.losses[0] and lengths[-1] >= lengths.max() * 0.999
    if falling and moved and not here.smallest > FLAT * abs(here.largest) and len(lengths) >= 3:
        constant = np.abs(here.eigenvalues).max() * _extent(path.points) <= 1e-6 * gradient
        turn = turn_ahead(landscape, path, flat=bool(constant))
        if not np.isfinite(turn):
            return Behaviour.FALLING
        return Behaviour.SLIDING if constant and turn > 0 else Behaviour.UNFINISHED
    if size * 50 < remaining < np.inf or size < 1e-4 * scale:
        return Behaviour.CRAWLING
    return Behaviour.UNFINISHED
