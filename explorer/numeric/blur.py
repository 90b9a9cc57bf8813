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

__all__ = ["CLEAR", "Levels", "centred", "hidden", "hidden_beside", "untold"]

FIRST = 1e-12
"""What is told from its level so close to the place, as a part of the window, is not blurred."""

DOUBLINGS = 42

OFF_CENTRE = 0.125
"""The place meant is the middle of its blur, but for so much of it: rounding decides where it ends."""

LEAST = 0.25
"""Of levels in a row, those are told apart that lie so many errors from each other: else all would be one blur."""

BETWEEN = np.array([0.83, 0.61, 0.47, 0.34, 0.23])
"""Where it is looked at, in parts of the way: rounding happens to be small at one of them, hardly at all."""

CLEAR = 4.0
"""What is so many times its error away from a level is clear of it; in between, rounding makes it flicker."""

Bools = NDArray[np.bool_]


def untold(value: Array, error: Array, level: Array, spacing: Array | float) -> Bools:
    """Whether a value is on its level only as far as rounding can tell; exactly on it is no doubt."""
    with np.errstate(all="ignore"):
        close = np.abs(value - level) <= CLEAR * error
    return np.asarray(close & (error > 0) & ~hidden(error, spacing))


def hidden(error: Array, spacing: Array | float) -> Bools:
    """Whether rounding hides even which level of a row is the nearest."""
    return np.asarray((np.asarray(spacing) > 0) & (error > LEAST * np.asarray(spacing)))


@dataclass(frozen=True, eq=False)
class Levels:
    """For each of several places the number of the tape's output that meets a level there, the level, its spacing.

    `steps`: whether f jumps there. Where it only bends, as at a zero of a denominator, the place is known by its slope.
    """

    node: NDArray[np.intp]
    level: Array
    spacing: Array
    steps: Bools

    def at(self, some: Bools) -> Levels:
        """Those of some places."""
        return Levels(self.node[some], self.level[some], self.spacing[some], self.steps[some])


def centred(tape: Tape, met: Levels, x: Array, ends: tuple[float, float]) -> tuple[Array, Array]:
    """The places meant by x, and the half-widths of the stretches in which they cannot be told (0: none).

    Nothing beyond `ends` is looked at.
    """
    blur = np.zeros(x.size)
    first = FIRST * np.maximum(ends[1] - ends[0], np.abs(x))
    near = np.asarray(_blurred(tape, met, untold)(np.stack([x - first, x + first], axis=1)).any(axis=1))
    if not near.any():
        return x, blur
    doubtful = _blurred(tape, met.at(near), _doubtful)
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
    otherwise = np.where(met.steps[near], middle, x[near])
    placed[near], blur[near] = np.where(np.isfinite(nice), nice, otherwise), half
    return placed, blur


def hidden_beside(tape: Tape, met: Levels, x: Array, hole: Array) -> Bools:
    """Whether what is met at x is made by rounding that a place without a value nearby brings about.

    Then rounding has the say in between as well, where (1 + x)^(1/x) comes back to e at 10⁻⁸.
    """
    between = hole[:, None] + (x - hole)[:, None] * BETWEEN
    found = _blurred(tape, met, _doubtful)(between).any(axis=1)
    return np.asarray(found & (x != hole))


def _doubtful(value: Array, error: Array, level: Array, spacing: Array | float) -> Bools:
    """Whether a value may be on its level: what hides beside it which level is the nearest ends no blur."""
    return untold(value, error, level, spacing) | hidden(error, spacing)


def _blurred(tape: Tape, met: Levels, unclear: Callable[..., Bools]) -> Callable[[Array], Bools]:
    """For x of shape (places, points): whether the node of each place is on its level but for rounding."""

    def doubtful(x: Array) -> Bools:
        found = rounded(tape, x)
        both = np.array([found[str(k)] for k in range(len(found))])
        value, error = (both[met.node, part, np.arange(met.node.size)] for part in (0, 1))
        return unclear(value, error, met.level[:, None], met.spacing[:, None])

    return doubtful
