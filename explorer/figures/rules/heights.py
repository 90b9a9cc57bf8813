"""How high the curve of a part is shown."""

from __future__ import annotations

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import choose_window
from explorer.figures.rules.drawing import Span
from explorer.numeric import values

__all__ = ["heights_of"]

FARTHEST_SEEN = 8
"""So many heights of those values beside them a point is left outside: it would draw the curve flat."""
FARTHEST_CLIMBED = 5
"""So many heights of its own window a part is followed: farther up an exponential all else of it would be flat."""
CUT = (0.03, 0.97)
"""Of the values of a part's curve those between these quantiles are sure to be in its window."""


def heights_of(part: Expression, x: Span, points: tuple[float, float]) -> Span:
    """The span of most of a part's values over x, or what its own window holds; with both points, where near."""
    seen = values(part, np.linspace(*x, 601))
    seen = seen[np.isfinite(seen)]
    own = values(part, np.array(points))
    own = own[np.isfinite(own)]
    if not seen.size:
        return -1.0, 1.0
    bulk = np.quantile(seen, CUT)
    reach = FARTHEST_SEEN * float(bulk[1] - bulk[0])
    own = own[(own >= bulk[0] - reach) & (own <= bulk[1] + reach)] if reach > 0 else own
    usual = choose_window(part).y
    if bulk[1] - bulk[0] > FARTHEST_CLIMBED * (usual[1] - usual[0]):
        bulk = np.array(usual)
    low, high = float(min(bulk[0], *own, seen.max())), float(max(bulk[1], *own, seen.min()))
    size = high - low
    if size <= 1e-9 * max(1.0, abs(high)):
        return low - 1.0, high + 1.0
    return low - 0.12 * size, high + 0.15 * size
