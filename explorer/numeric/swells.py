"""Waves: of those that go on alike a few say all, of those that grow, die out or drift only many show the shape."""

from __future__ import annotations

import math

import numpy as np

from explorer.expression import Expression
from explorer.numeric.calculus import values
from explorer.numeric.refine import grid
from explorer.numeric.results import Analysis, Array, Break, BreakKind, CriticalKind

__all__ = ["breadth"]

FEWEST_TURNS = 4
"""So many crests and troughs are waves."""

PLAIN, DEAD = 0.1, 0.03
"""A wave is plain to see that goes up or down by so much of all heights, and has died out below so much of them."""

HIGHER = 2.0
"""They are followed until all is so many times as high."""

POINTS = 801

PERIODS = 0.75
"""So much of a period to either side tells the shape of what repeats itself."""

SAME = 1e-6
"""What repeats itself does so but for this part of its height."""

_TURNS = (CriticalKind.MAXIMUM, CriticalKind.MINIMUM)


def breadth(f: Expression, analysis: Analysis, least: float) -> float | None:
    """How far from the origin the waves of f are shown, `least` or farther.

    None where f does not wave, or where poles decide.

    Of all windows that end at a turn it is the closest in which most waves are plain to see (where they grow, the
    inner ones are flat in a wide one), and from there on those that die out.
    """
    turns = sorted((point.x, point.y) for point in analysis.critical if point.kind in _TURNS)
    if len(turns) < FEWEST_TURNS or any(_endless(place) for place in analysis.breaks):
        return None
    period = _period(f, analysis)
    if period is not None:
        return max(least, PERIODS * period)
    x, y = (np.array(row) for row in zip(*turns, strict=True))
    swings, ends = np.abs(np.diff(y)), np.maximum(np.abs(x[:-1]), np.abs(x[1:]))
    distances = np.unique(ends)
    rooms = _rooms(f, (x, y), distances)
    plain = [
        np.count_nonzero(swings[ends <= far] >= PLAIN * room)
        for far, room in zip(distances, rooms, strict=True)
    ]
    best = int(np.argmax(plain))
    far, room = float(distances[best]), rooms[best]
    higher = min((*distances[rooms > HIGHER * room], *ends[(ends > far) & (swings > room)]), default=math.inf)
    far = max(far, float(ends[(ends < higher) & (swings >= DEAD * room)].max(initial=0.0)))
    # Where nothing grows beyond, the first that cannot be seen any more shows that they die out.
    beyond = ends[ends > far].tolist() if higher == math.inf else []
    return max(least, min(beyond, default=far))


def _rooms(f: Expression, turns: tuple[Array, Array], distances: Array) -> Array:
    """From the lowest to the highest value of f, as far from the origin as each of the distances."""
    places = grid(-distances[-1], distances[-1], POINTS)
    x, y = np.append(turns[0], places), np.append(turns[1], values(f, places))
    x, y = np.abs(x[np.isfinite(y)]), y[np.isfinite(y)]
    return np.array([np.ptp(y[x <= distance]) for distance in distances])


def _endless(place: Break) -> bool:
    return place.kind is BreakKind.POLE or math.isinf(place.left_value) or math.isinf(place.right_value)


def _period(f: Expression, analysis: Analysis) -> float | None:
    """What may be added to x without a change of f, as far as is seen; None where nothing may."""
    crests = sorted((p.x for p in analysis.critical if p.kind is CriticalKind.MAXIMUM), key=abs)
    x = grid(*analysis.window, 400)
    y = values(f, x)
    seen = y[np.isfinite(y)]
    room = SAME * float(np.ptp(seen)) if seen.size else 0.0
    for period in sorted(abs(other - crests[0]) for other in crests[1:]):
        here = x + period <= analysis.window[1]
        if here.any() and np.allclose(
            values(f, x[here] + period), y[here], rtol=0, atol=room, equal_nan=True
        ):
            return period
    return None
