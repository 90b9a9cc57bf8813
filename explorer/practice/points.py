"""Where two formulas are compared: places of every scale, and such as are short to write."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, Tape, compile_tape
from explorer.numeric.results import Array

__all__ = ["Comparison", "compare", "places"]

GOLDEN = 0.6180339887498949
RELATIVE = 1e-11
"""Values are told apart from here on, and from so many of their own rounding errors."""
ROUNDINGS = 16.0
LINEAR, DECADES, IN_SPACE, CROWD = 90, 72, 240, 20001
FEW = 12
"""With fewer places where both are defined, more are looked for."""
SHORT = (
    1.0,
    2.0,
    0.0,
    -1.0,
    3.0,
    -2.0,
    0.5,
    4.0,
    5.0,
    -3.0,
    -0.5,
    10.0,
    1.5,
    2.5,
    0.1,
    0.25,
    0.75,
    -1.5,
    20.0,
    100.0,
)
"""Tried in this order where it shows that two formulas differ."""
SHORT_IN_SPACE = (1.0, 2.0, 0.0, -1.0, 3.0, 0.5)
ON_AXIS = 4
VISIBLE = 0.02
"""A difference by such a share of the values is one that shows."""


@lru_cache(maxsize=16)
def places(dimension: int) -> Array:
    """Places of shape (dimension, n), the short ones first: evenly from −10 to 10, and by decades from 10⁻³ to 10³."""
    if dimension <= 1:
        even = np.linspace(-10, 10, LINEAR) + 0.01 * np.sin(np.arange(LINEAR) * 7.3)
        decades = np.logspace(-3, 3, DECADES // 2) * 1.0137
        return np.concatenate([SHORT, even, decades, -decades])[None, :]
    scales = np.resize([0.6, 2.0, 5.0, 12.0], IN_SPACE)
    short = np.array(list(itertools.islice(itertools.product(SHORT_IN_SPACE, repeat=dimension), 216))).T
    return np.concatenate([short, _spread(dimension, IN_SPACE) * scales], axis=1)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two formulas at the same places, of shape (dimension, n); `differs` where that is beyond their rounding.

    `beyond` is where one of them meets numbers that are too large or too small for a double.
    """

    at: Array
    typed: Array
    true: Array
    differs: NDArray[np.bool_]
    beyond: NDArray[np.bool_]

    @property
    def both(self) -> NDArray[np.bool_]:
        """Where both have a value."""
        return np.isfinite(self.typed) & np.isfinite(self.true)

    @property
    def equal(self) -> bool:
        """Whether they agree wherever both are defined, which is somewhere."""
        return bool(self.both.any() and not self.differs.any())

    def shortest(self) -> tuple[tuple[float, ...], float, float] | None:
        """A place where the difference shows and that takes few digits to write, with both values."""
        found = np.flatnonzero(self.differs)
        if not found.size:
            return None
        size = np.maximum(np.abs(self.typed), np.abs(self.true))
        with np.errstate(all="ignore"):
            shows = np.abs(self.typed - self.true) > VISIBLE * size
        index = min(found.tolist(), key=lambda k: (not shows[k], self._length(k), k))
        point = tuple(float(x) for x in self.at[:, index])
        return point, float(self.typed[index]), float(self.true[index])

    def _length(self, k: int) -> int:
        """How many digits the place and both values take, as they are written with two decimals."""
        values = [_digits(float(self.typed[k])), _digits(float(self.true[k]))]
        # In several letters a place on an axis shows little: what is multiplied by 0 is gone.
        still = ON_AXIS * int(np.count_nonzero(self.at[:, k] == 0)) if len(self.at) > 1 else 0
        return sum(values) + still + 2 * sum(_digits(float(x)) for x in self.at[:, k])


def _digits(value: float) -> int:
    """Those of a number that two decimals tell wholly; more for any other, and most for what they cannot show."""
    if abs(value) >= 1e6 or 0 < abs(value) < 0.05:
        return 20
    return len(f"{abs(value):.2f}".rstrip("0").rstrip(".")) if round(value, 2) == value else 7


@lru_cache(maxsize=16)
def _crowd(dimension: int) -> Array:
    """Many places, for what is defined in a small corner only."""
    if dimension <= 1:
        return np.concatenate([places(1), np.linspace(-100, 100, CROWD)[None, :]], axis=1)
    return np.concatenate(
        [places(dimension), _spread(dimension, CROWD) * np.resize([0.3, 1, 4, 12, 40], CROWD)], 1
    )


def _spread(dimension: int, count: int) -> Array:
    """Places that fill the cube from −1 to 1 evenly, one after the other."""
    shares = GOLDEN ** (1 / (1 + np.arange(dimension)))
    return 2 * np.mod(np.arange(1, count + 1) * shares[:, None] + 0.1, 1) - 1


def compare(typed: Expression, true: Expression) -> Comparison:
    """Both formulas at places of every scale, in the variables of the second.

    Where few of them have values, at those of a crowd that do.
    """
    at = places(len(true.variables))
    tape = compile_tape({"typed": typed, "true": true}, true.variables)
    if _known(tape, at).size < FEW:
        crowd = _crowd(len(true.variables))
        found = _known(tape, crowd)
        thin = found[:: max(1, len(found) // LINEAR)]
        at = np.concatenate([at, crowd[:, thin]], axis=1)
    results = tape.run_with_errors(*at)
    (a, rounding_a), (b, rounding_b) = results["typed"], results["true"]
    with np.errstate(all="ignore"):
        allowed = RELATIVE * np.maximum(np.abs(a), np.abs(b)) + ROUNDINGS * (rounding_a + rounding_b)
        differs = np.isfinite(a) & np.isfinite(b) & (np.abs(a - b) > allowed)
    return Comparison(at, a, b, differs, tape.out_of_range(*at))


def _known(tape: Tape, at: Array) -> NDArray[np.intp]:
    """The numbers of the places where all that the tape computes has a value."""
    return np.flatnonzero(np.logical_and.reduce([np.isfinite(values) for values in tape.run(*at).values()]))
