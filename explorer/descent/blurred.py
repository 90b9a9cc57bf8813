"""What rounding makes of the slopes on the way that is left: where numbers cancel, it alone may lead a path away.

Between the end of a path and the flat place that it comes to, 1 − cos(x) over x² loses all digits: there the slope is
whatever rounding leaves of it. The browser's twin is assets/live/descent/blurred.js.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .bends import FLAT

if TYPE_CHECKING:
    from .measures import Measures

Array = NDArray[np.float64]

HALVINGS = 20
"""So many places are looked at, each at half the distance that the one before has left."""
ADRIFT = 1e-4
"""A shift by less, beside 1 and the place, is not seen, however little is left of the way."""
NEAREST = 1e-12
"""Nearer to the flat place than this part of 1 and of itself nobody looks: on a seam rounding chooses the side."""


def rounding_ahead(of: Measures) -> float:
    """How far rounding may shift the flat place, seen from the way to it, beside 1 and the place.

    Infinite where it may be all of the curvature, or more than is left of the way: then nothing is known of it. The
    slopes of a quadratic are straight.
    """
    here, point = of.here, of.path.points[-1]
    axes, sizes = here.eigenvectors, np.abs(here.eigenvalues)
    if of.landscape.is_quadratic() or not np.isfinite(sizes).all():
        return 0.0
    bends = np.where(sizes > FLAT * sizes.max(), here.eigenvalues, np.inf)
    ahead = -axes @ (axes.T @ of.path.gradients[-1] / bends)
    room, left = 1 + float(np.abs(point).max()), float(np.linalg.norm(ahead))
    if of.landscape.has_seams() and left <= NEAREST * room:
        return 0.0
    if of.landscape.bend_error(tuple(point.tolist())) > sizes.max() / 2:
        return math.inf
    parts = [2.0**-k for k in range(HALVINGS + 1) if k == 0 or 2.0**-k * left > NEAREST * room]
    errors = of.landscape.slope_errors(point + (1 - np.array(parts))[:, None] * ahead)
    shift = float((np.abs(axes.T) @ errors / np.abs(bends)[:, None]).max())
    return math.inf if shift > max(left, ADRIFT * room) else shift / room
