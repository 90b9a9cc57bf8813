"""Where the level of a step is met only to within rounding: a stretch, and the place in it that is meant.

1 + x³ is 1 in doubles for all |x| < 5·10⁻⁶, and 1 − x¹⁰ for |x| < 0.02, though both meet that level at 0 alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Tape
from explorer.numeric.refine import narrow, nice_numbers
from explorer.numeric.results import Array
from explorer.numeric.steps import rounded

__all__ = ["Levels", "centred", "untold"]

FIRST = 1e-12
"""What is told from its level so close to the place, as a part of the window, is not blurred."""

DOUBLINGS = 42

OFF_CENTRE = 0.125
"""The place meant is the middle of its blur, but for so much of it: rounding decides where it ends."""

LEAST = 0.25
"""Of levels in a row, those are told apart that lie so many errors from each other: else all would be one blur."""

CLEAR = 4.0
"""What is so many times its error away from a level is clear of it; in between, rounding makes it flicker."""

Bools = NDArray[np.bool_]


def untold(value: Array, error: Array, level: Array, spacing: Array | float) -> Bools:
    """Whether a value is on its level only as far as rounding can tell; exactly on it is no doubt."""
    with np.errstate(all="ignore"):
        close = np.abs(value - level) <= CLEAR * error
    return np.asarray(close & (error > 0) & ~((np.asarray(spacing) > 0) & (error > LEAST * spacing)))


@dataclass(frozen=True, eq=False)
class Levels:
    """For each of several places the number of the tape's output that meets a level there, the level, its spacing."""

    node: NDArray[np.intp]
    level: Array
    spacing: Array

    def at(self, some: Bools) -> Levels:
        """Those of some places."""
        return Levels(self.node[some], self.level[some], self.spacing[some])


def centred(tape: Tape, met: Levels, x: Array, ends: tuple[float, float]) -> tuple[Array, Array]:
    """The places meant by x, and the half-widths of the stretches in which they cannot be told (0: none).

    Nothing beyond `ends` is looked at.
    """
    blur = np.zeros(x.size)
    first = FIRST * np.maximum(ends[1] - ends[0], np.abs(x))
    near = np.asarray(_blurred(tape, met)(np.stack([x - first, x + first], axis=1)).any(axis=1))
    if not near.any():
        return x, blur
    doubtful = _blurred(tape, met.at(near))
    reach = first[near][:, None] * np.ldexp(1.0, np.arange(DOUBLINGS))
    limits = []
    for side in (-1, 1):
        at = np.clip(x[near][:, None] + side * reach, *ends)
        clear = ~doubtful(at)
        outer = at[np.arange(at.shape[0]), np.where(clear.any(axis=1), np.argmax(clear, axis=1), -1)]
        limits.append(narrow(doubtful, x[near], outer)[0])
    middle, half = (limits[0] + limits[1]) / 2, (limits[1] - limits[0]) / 2
    nice = nice_numbers(middle, OFF_CENTRE * half)
    placed = x.copy()
    placed[near], blur[near] = np.where(np.isfinite(nice), nice, middle), half
    return placed, blur


def _blurred(tape: Tape, met: Levels) -> Callable[[Array], Bools]:
    """For x of shape (places, points): whether the node of each place is on its level but for rounding."""

    def doubtful(x: Array) -> Bools:
        found = rounded(tape, x)
        both = np.array([found[str(k)] for k in range(len(found))])
        value, error = (both[met.node, part, np.arange(met.node.size)] for part in (0, 1))
        return untold(value, error, met.level[:, None], met.spacing[:, None])

    return doubtful
