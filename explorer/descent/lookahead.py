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

    def turned(steps: float) -> bool:
        gradient = _gradient_ahead(landscape, path, steps)
        up = float(np.dot(gradient, step)) > -NOTHING * here
        return up or float(np.linalg.norm(gradient)) <= lowest

    high = next((2.0**power for power in range(FARTHEST + 1) if turned(2.0**power)), math.inf)
    if math.isinf(high):
        return high
    low = high / 2 if high > 1 else 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if turned(middle):
            high = middle
        else:
            low = middle
    return high if _slope_ahead(landscape, path, high) <= -STEEPEST * here else math.inf


def _slope_ahead(landscape: Landscape, path: Path, steps: float) -> float:
    """The slope along the next step, so many of its lengths ahead; NaN where there is none."""
    assert path.next_step is not None
    return float(np.dot(_gradient_ahead(landscape, path, steps), path.next_step))


def _gradient_ahead(landscape: Landscape, path: Path, steps: float) -> NDArray[np.float64]:
    assert path.next_step is not None
    return np.array(landscape.look(tuple((path.points[-1] + steps * path.next_step).tolist()))[1])
