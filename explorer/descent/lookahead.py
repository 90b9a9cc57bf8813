"""What lies straight ahead of a path that still moves: whether the loss turns up again, and after how many steps."""

import math

import numpy as np
from numpy.typing import NDArray

from .landscape import Landscape
from .trajectory import Path

FARTHEST = 20
"""2²⁰ steps of the present length are looked ahead."""
NOTHING = 1e-9
"""A slope below this part of the present one is flat."""
ROUNDING = 1e-12
"""A loss is known to this part of itself."""
BESIDE, LEAP = 1e-9, 1e-6
"""So near beside a turn, in parts of the way to it, no slope climbs this part of what the present one makes of it."""
STEEPEST = 1e3
"""A slope that grows so many times on the way leads into a pole, not to a minimum."""


def turn_ahead(landscape: Landscape, path: Path, flat: bool) -> float:
    """After how many steps like the next one the loss turns up, 0 if it leads up, infinite if that is not seen.

    Looked for at 1, 2, 4, 8 … steps along a straight line, then by bisection. With `flat` it is enough that the
    gradient vanishes; only after a constant slope, for that of a sigmoid is lost in rounding somewhere.
    """
    here = _slope_ahead(landscape, path, 0.0)
    if not here < 0:
        return 0.0
    assert path.next_step is not None
    step = path.next_step
    lowest = NOTHING * float(np.linalg.norm(path.gradients[-1])) if flat else -math.inf

    def turned(steps: float, since: float) -> bool:
        gradient = _gradient_ahead(landscape, path, steps)
        up = float(np.dot(gradient, step)) > -NOTHING * here
        return up or float(np.linalg.norm(gradient)) <= lowest or _higher(landscape, path, steps, since)

    reaches = (2.0**power for power in range(FARTHEST + 1))
    high = next((reach for reach in reaches if turned(reach, reach / 2)), math.inf)
    if math.isinf(high):
        return high
    low = since = high / 2 if high > 1 else 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if turned(middle, since):
            high = middle
        else:
            low = middle
    return high if _slope_ahead(landscape, path, high) <= -STEEPEST * here else math.inf


def leaps_at(landscape: Landscape, path: Path, turn: float) -> bool:
    """Whether the loss turns up after so many steps by a jump, and not by its slope."""
    if not 0 < turn < math.inf:
        return False
    before, after = (_loss_ahead(landscape, path, turn * (1 + side * BESIDE)) for side in (-1, 1))
    return after - before > -LEAP * turn * _slope_ahead(landscape, path, 0.0)


def _higher(landscape: Landscape, path: Path, steps: float, since: float) -> bool:
    """Whether the loss is higher, beyond its rounding, after so many steps than after fewer: slopes hide a jump."""
    before, after = (_loss_ahead(landscape, path, reach) for reach in (since, steps))
    return after - before > ROUNDING * (abs(before) + abs(after))


def _loss_ahead(landscape: Landscape, path: Path, steps: float) -> float:
    assert path.next_step is not None
    return landscape.loss_at(tuple((path.points[-1] + steps * path.next_step).tolist()))


def _slope_ahead(landscape: Landscape, path: Path, steps: float) -> float:
    """The slope along the next step, so many of its lengths ahead; NaN where there is none."""
    assert path.next_step is not None
    return float(np.dot(_gradient_ahead(landscape, path, steps), path.next_step))


def _gradient_ahead(landscape: Landscape, path: Path, steps: float) -> NDArray[np.float64]:
    assert path.next_step is not None
    return np.array(landscape.look(tuple((path.points[-1] + steps * path.next_step).tolist()))[1])
