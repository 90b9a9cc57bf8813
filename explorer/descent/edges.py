"""Where a path has come to an edge of its loss, the bottom of a kink or a jump, and where it has gone over a jump.

The browser's twin is assets/live/descent/edges.js.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .landscape import Landscape
from .swings import extent_of
from .trajectory import Path

if TYPE_CHECKING:
    from .measures import Measures

Array = NDArray[np.float64]

BESIDE = 1e-9
"""What is so near, in parts of the extent or of the place, is there, to rounding."""
AHEAD, CLOSE = 0.1, 1e-3
"""Newton's step, where it is no longer than this part of the extent, names its end to this part of itself."""
HALVINGS, DIGITS = 52, 12
"""A jump is narrowed down so often, and its place is the number of so many digits there."""
GAP = 1e-9
"""A jump is at least this part of the losses on its sides."""
MOST_LEAPS = 16
"""So many steps that climbed are looked at for a jump."""
STEEP, LEVEL = 1e-3, 1e-6
"""Slopes at a kink, and along it, in parts of the steepest of the path."""


def is_bottom_of_a_kink(of: Measures, point: Array) -> bool:
    """Whether the slope jumps from down to up right there, along an axis at least, and is flat along the others.

    Slopes that rounding alone may turn round make none, nor does a place where the loss jumps as well.
    """
    # Each axis by itself: one may have another unit.
    reach = BESIDE * np.maximum(np.ptp(of.path.points, axis=0), np.abs(point))
    steepest = float(of.slopes.max())
    kinked = False
    for axis, beside in enumerate(np.diag(reach)):
        places = np.array([point - beside, point + beside])
        left, right = (of.landscape.look(tuple(place.tolist()))[1][axis] for place in places)
        if left < -STEEP * steepest and right > STEEP * steepest:
            kinked = True
            if not (of.landscape.slope_errors(places)[axis] < [-left, right]).all():
                return False
            low, high = (of.landscape.loss_at(tuple(place.tolist())) for place in places)
            if abs(high - low) > 2 * reach[axis] * max(-left, right) + GAP * (abs(low) + abs(high)):
                return False
        elif not max(abs(left), abs(right)) <= LEVEL * steepest:
            return False
    return kinked


def jump_beside(of: Measures) -> Array | None:
    """Where the loss jumps at the end of a path, along an axis, or at the flat place that it comes to.

    None where it does not, and where it has its value at the jump from the lower side, on which the path is.
    """
    if not of.landscape.has_seams():
        return None
    point, scale = of.path.points[-1], max(of.extent, float(np.abs(of.path.points[-1]).max()))
    centres = [(point, BESIDE * scale)]
    if 0 < of.remaining <= CLOSE * of.extent:
        centres.append(
            (point + of.here.newton_step(of.path.gradients[-1]), max(BESIDE * scale, AHEAD * of.remaining))
        )
    for centre, reach in centres:
        for axis in np.eye(len(point)):
            found = _jump_between(of.landscape, centre - reach * axis, centre + reach * axis, of.extent)
            if found is not None and not _is_attained(of, *found):
                return found[0]
    return None


def leap(landscape: Landscape, path: Path) -> tuple[int, float] | None:
    """The first step over a jump that came out higher, though downhill by the slopes at both its ends; and the jump.

    In one variable.
    """
    if path.points.shape[1] != 1 or not landscape.has_seams():
        return None
    steps, slopes = path.steps[:, 0], path.gradients[:, 0]
    downhill = (slopes[:-1] * steps < 0) & (slopes[1:] * steps < 0)
    for row in np.flatnonzero(downhill & (np.diff(path.losses) > 0))[:MOST_LEAPS]:
        found = _jump_between(landscape, path.points[row], path.points[row + 1], extent_of(path.points))
        if found is not None:
            return int(row) + 1, float(found[0][0])
    return None


def _jump_between(landscape: Landscape, low: Array, high: Array, extent: float) -> tuple[Array, Array] | None:
    """The place of a jump, and the losses on its sides."""

    def loss(place: Array) -> float:
        return landscape.loss_at(tuple(place.tolist()))

    left, right = loss(low), loss(high)
    gap = abs(right - left)
    if not GAP * (abs(left) + abs(right)) < gap < math.inf:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        here = loss(middle)
        if abs(here - left) > abs(right - here):
            high, right = middle, here
        else:
            low, left = middle, here
    if not abs(right - left) > gap / 2:
        return None
    place = np.array([float(f"{value:.{DIGITS}g}") for value in (low + high) / 2])
    place[np.abs(place) < 10.0**-DIGITS * extent] = 0.0
    return place, np.array([left, right])


def _is_attained(of: Measures, place: Array, sides: Array) -> bool:
    """Whether the loss at a jump is that of its lower side, on which the path is."""
    own, half = float(of.path.losses[-1]), abs(float(np.diff(sides)[0])) / 2
    there = of.landscape.loss_at(tuple(place.tolist()))
    return abs(there - own) <= half and own <= float(sides.min()) + half
