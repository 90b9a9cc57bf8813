"""Numbers and places as the sentences about a descent say them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.numeric import significant_text as number

__all__ = ["grouped", "number", "place", "tiny"]


Numbers = Sequence[float] | NDArray[np.float64]


def place(
    point: Numbers, variables: Sequence[str], *, ranges: Numbers | None = None, exact: bool = False
) -> str:
    """`x = −1`, or `(x, y) = (1, 2)`; unless `exact`, what is `tiny` is 0."""
    least = np.zeros(len(point)) if exact else tiny(point, ranges)
    shown = [number(0.0 if abs(value) < room else value) for value, room in zip(point, least, strict=True)]
    if len(shown) == 1:
        return f"{variables[0]} = {shown[0]}"
    return f"({', '.join(variables)}) = ({', '.join(shown)})"


def tiny(point: Numbers, ranges: Numbers | None = None) -> NDArray[np.float64]:
    """What is so small is said as 0, for each coordinate of a point.

    Beside 1, or beside how far a path ranges in it (`ranges`) where that is less; and what rounding makes of the
    others, which may have another unit.
    """
    far = np.ones(len(point)) if ranges is None else np.asarray(ranges)
    beside = np.where(far > 0, np.minimum(far, 1.0), 1.0)
    least: NDArray[np.float64] = np.maximum(1e-9 * beside, ROUNDED * np.abs(np.asarray(point)).max())
    return least


ROUNDED = 1e-13
"""Rounding in the largest coordinate may make this part of it in another one."""


def grouped(count: int) -> str:
    """A count with its thousands apart: 2 000."""
    return f"{count:,}".replace(",", " ")
