"""How far a path swings, whether it comes back, whether it narrows; the twin of assets/live/descent/swings.js."""

import numpy as np
from numpy.typing import NDArray

from .trajectory import Path

Array = NDArray[np.float64]

LONGEST_PERIOD = 8
HOPS = 24
"""So many of the last steps tell whether a path hops about."""
ALIKE = 1e-3
"""Iterates so near to each other, in parts of their swing, are about to repeat."""
KEPT, HALVED = 1e-2, 0.5
"""A cycle is kept where iterates repeat so nearly, in parts of their swing, and that has neither halved nor doubled."""
LAST_BITS = 2.0**-50
"""What moves by this part of itself moves in its last bits only."""
NARROWER = 0.95
"""An envelope that narrows is below this part of itself from fifth to fifth."""


def lengths_of(steps: Array) -> Array:
    """The length of each of some steps (n, d), not by squares: those of 10²⁰⁰ are too large."""
    lengths: Array = np.hypot.reduce(steps, axis=1, initial=0.0)
    return lengths


def extent_of(points: Array) -> float:
    """The diagonal of the box around points (n, d)."""
    return float(np.linalg.norm(np.ptp(points, axis=0)))


def period_of(points: Array) -> int:
    """The least p ≤ 8 with which the last iterates (n, d) repeat, 0 if there is none.

    They repeat exactly, or they close in on a cycle: the misfit |w_k − w_{k−p}| shrinks faster than the swing itself.
    A slow spiral into a minimum keeps the two in proportion, and is no cycle; nor are last bits that rounding turns.
    """
    for period in range(2, LONGEST_PERIOD + 1):
        if len(points) < 2 * period:
            return 0
        swing = extent_of(points[-period:])
        misfit = _misfit(points, period)
        if (np.ptp(points[-period:], axis=0) <= LAST_BITS * np.abs(points[-1])).all():
            return 0
        if misfit <= 1e-9 * swing:
            return period
        earlier = points[: len(points) - max(2 * period, len(points) // 4)]
        if misfit <= ALIKE * swing and len(earlier) >= 2 * period:
            before = _misfit(earlier, period) / extent_of(earlier[-period:])
            if before > 2 * misfit / swing:
                return period
    return 0


def repeats_as(points: Array, later: Array, period: int) -> bool:
    """Whether a longer walk ends in a cycle of that period and about that swing."""
    then, swing = extent_of(points[-period:]), extent_of(later[-period:])
    return min(then, swing) >= HALVED * max(then, swing) and _misfit(later, period) <= KEPT * swing


def shrinks(lengths: Array) -> bool:
    """Whether the last steps get shorter from stretch to stretch: five in a row are no chance."""
    stretches = _stretches(lengths, min(LONGEST_PERIOD, len(lengths) // 5))
    longest, middling = stretches.max(axis=1), np.median(stretches, axis=1)
    falling = (np.diff(longest) < 0).all() and (np.diff(middling) < 0).all()
    return bool(falling and longest[-1] < 0.99 * longest[0])


def narrows(lengths: Array) -> bool:
    """Whether the envelope of the steps narrows over fifths of the path: a swing of a few steps has a beat."""
    part = len(lengths) // 5
    if part < LONGEST_PERIOD:
        return False
    longest = _stretches(lengths, part).max(axis=1)
    return bool((longest[1:] < NARROWER * longest[:-1]).all())


def hops(path: Path, lengths: Array) -> bool:
    """Whether the last steps often turn back and often climb, and neither they nor their stretch get smaller."""
    steps, losses, points = (part[-HOPS:] for part in (path.steps, path.losses, path.points))
    turns = (np.einsum("ij,ij->i", steps[1:], steps[:-1]) < 0).mean()
    climbs = (np.diff(losses) > 0).mean()
    early, late = np.split(points, 2)
    # By chance the stretch or the steps get smaller for a while, hardly both.
    steady = (
        extent_of(late) > 0.75 * extent_of(early)
        or lengths[HOPS // 2 :].sum() > 0.75 * lengths[: HOPS // 2].sum()
    )
    return bool(min(turns, climbs) > 0.2 and steady)


def grows(losses: Array, lengths: Array) -> bool:
    """Whether losses (n+1,) and the lengths of the steps, the next one too, grow, and the growth does not die down."""
    if len(losses) < 3 or not losses[-1] > losses[0]:
        return False
    recent = min(6, len(losses) - 1)
    late, tail = losses[-recent - 1 :], lengths[-recent - 1 :]
    if (np.diff(late) > 1e-10 * np.abs(late[1:])).all() and (tail[1:] > tail[:-1] * (1 + 1e-10)).all():
        older = lengths[-2 * recent - 1 : -recent]
        return len(older) < 2 or not np.log(tail[-1] / tail[0]) / recent < 0.5 * np.log(
            older[-1] / older[0]
        ) / (len(older) - 1)
    if len(losses) < 12:
        return False
    first, middle, last = (float(part.max()) for part in np.array_split(losses - losses.min(), 3))
    return last > 2 * middle > 4 * first > 0


def _stretches(lengths: Array, part: int) -> Array:
    """The last five stretches of so many steps, (5, part)."""
    return lengths[len(lengths) - 5 * part :].reshape(5, part)


def _misfit(points: Array, period: int) -> float:
    return float(np.linalg.norm(points[-period:] - points[-2 * period : -period], axis=1).max())
