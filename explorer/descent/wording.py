"""Numbers and places as the sentences about a descent say them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.numeric import significant_text as number

__all__ = ["grouped", "number", "place", "tiny"]


def place(
    point: Sequence[float] | NDArray[np.float64], variables: Sequence[str], *, exact: bool = False
) -> str:
    """`x = −1`, or `(x, y) = (1, 2)`; unless `exact`, what is tiny beside the rest of it, or beside 1, is 0."""
    least = 0.0 if exact else tiny(point)
    shown = [number(0.0 if abs(value) < least else value) for value in point]
    if len(shown) == 1:
        return f"{variables[0]} = {shown[0]}"
    return f"({', '.join(variables)}) = ({', '.join(shown)})"


def tiny(point: Sequence[float] | NDArray[np.float64]) -> float:
    """What is so small beside the rest of a point, or beside 1, is said as 0."""
    return 1e-9 * max(1.0, *(abs(float(value)) for value in point))


def grouped(count: int) -> str:
    """A count with its thousands apart: 2 000."""
    return f"{count:,}".replace(",", " ")
