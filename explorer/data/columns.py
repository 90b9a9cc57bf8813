"""Sums over rows of numbers: tapes of one row, run for every row by NumPy here and by the browser in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from explorer.expression import Tape

Numbers = npt.NDArray[np.float64]
How = Literal["mean", "sum", "least", "largest"]

LETTERS = ("x", "y")
"""What a row's numbers are called in a tape of one row."""

CLASSED = (*LETTERS, "k")
"""The same for rows of two features and a class."""

NEXT = tuple(f"{letter}_next" for letter in LETTERS)
"""In a tape that is drawn for each of rows in order, what the next row's numbers are called."""


@dataclass(frozen=True)
class Pass:
    """One walk over the rows: of each of the tape's outputs, in their order, its mean, sum, least or largest value.

    The tape's variables are those of CLASSED that a row has, and quantities that are known before.
    """

    tape: Tape
    how: tuple[How, ...]

    def run(self, columns: Sequence[Numbers], known: Mapping[str, float]) -> dict[str, float]:
        """The results by name, over columns of shape (n,), n ≥ 1; NaN where a row has no value."""
        of_a_row = dict(zip(CLASSED, columns, strict=False))
        taken = [of_a_row[name] if name in of_a_row else known[name] for name in self.tape.variables]
        found = self.tape.run(*taken)
        with np.errstate(all="ignore"):
            return {
                name: float(WAYS[how](np.broadcast_to(values, columns[0].shape)))
                for (name, values), how in zip(found.items(), self.how, strict=True)
            }


WAYS: Mapping[How, Callable[[Numbers], np.float64]] = {
    "mean": np.mean,
    "sum": np.sum,
    "least": np.min,
    "largest": np.max,
}


def sums_over(
    passes: Sequence[Pass], columns: Sequence[Numbers], known: Mapping[str, float] | None = None
) -> dict[str, float]:
    """The results of all passes; each knows those of the ones before it."""
    found = dict(known or {})
    for one in passes:
        found |= one.run(columns, found)
    return found
