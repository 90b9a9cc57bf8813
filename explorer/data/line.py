"""The line of least squares, and what a fit needs of its data."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explorer.data.headings import Heading, X
from explorer.numeric import significant_text

Numbers = npt.NDArray[np.float64]
MOST_POINTS = 10_000


class DataError(ValueError):
    """Data to which nothing can be fitted; the message is a sentence for a learner."""


@dataclass(frozen=True)
class Line:
    """A fitted line slope·x + intercept, and the mean loss that it leaves."""

    slope: float
    intercept: float
    loss: float

    @property
    def root(self) -> float | None:
        """Where the line is 0; None where it is level, or where that lies beyond the numbers of a computer."""
        if self.slope == 0:
            return None
        place = -self.intercept / self.slope
        return place if math.isfinite(place) else None


def column(values: npt.ArrayLike, name: str) -> Numbers:
    """The values as a column of finite numbers. Raises DataError, which names the first row that is none."""
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise DataError(f"The column {name} holds something that is not a number.") from None
    if numbers.ndim != 1:
        raise DataError(f"The column {name} is to be a list of numbers.")
    bad = np.flatnonzero(~np.isfinite(numbers))
    if len(bad):
        raise DataError(f"Row {bad[0] + 1}: {name} is not a finite number.")
    return numbers


def paired(x: npt.ArrayLike, y: npt.ArrayLike, names: tuple[str, str]) -> tuple[Numbers, Numbers]:
    """Two columns of finite numbers, equally long, of one row at least. Raises DataError."""
    first, second = column(x, names[0]), column(y, names[1])
    if len(first) != len(second):
        raise DataError(f"There are {len(first)} values of {names[0]} and {len(second)} of {names[1]}.")
    if len(first) == 0:
        raise DataError("There is no point yet: two are needed.")
    if len(first) > MOST_POINTS:
        raise DataError(f"There are {len(first)} points; {MOST_POINTS} at most can be fitted.")
    return first, second


def columns(x: npt.ArrayLike, y: npt.ArrayLike, named: Heading = X) -> tuple[Numbers, Numbers]:
    """Two columns of finite numbers, equally long, that a line can be fitted to. Raises DataError."""
    first, second = paired(x, y, ("x", "y"))
    if len(first) == 1:
        raise DataError("One point alone fixes no line: every direction through it fits.")
    if np.all(first == first[0]):
        raise DataError(
            f"All points have {named.name} = {named.valued(significant_text(first[0], 6))}: every slope fits as well "
            "as any other, so none is the best."
        )
    return first, second


def least_squares(x: npt.ArrayLike, y: npt.ArrayLike, *, named: Heading = X) -> Line:
    """The line with the least mean square of y − (slope·x + intercept); `loss` is that mean.

    `x` and `y` have shape (n,), n from 2 to 10,000. The slope is Σ(x − x̄)(y − ȳ) / Σ(x − x̄)², from deviations that are
    summed exactly (Shewchuk's sums, `math.fsum`): raw sums of squares lose the digits that large means have in common.
    Raises DataError, which calls x as it is `named`, where there is no answer: one point, all x equal, or numbers
    beyond those of a computer.
    """
    u, v = columns(x, y, named)
    # A power of two changes no digit: the squares of what is left neither overflow nor vanish.
    across, up = _scale(u), _scale(v)
    u, v = u / across, v / up
    middle, height = mean(u), mean(v)
    du, dv = u - middle, v - height
    slope = math.fsum(du * dv) / math.fsum(du * du)
    residuals = dv - slope * du
    mean_square = mean(residuals * residuals)
    line = Line(
        _product(slope, up, 1 / across),
        _product(height - slope * middle, up),
        _product(mean_square, up, up),
    )
    if not all(map(math.isfinite, (line.slope, line.intercept, line.loss))):
        raise DataError("These numbers lie so far apart that the line is beyond those of a computer.")
    return line


def _scale(values: Numbers) -> float:
    """The power of two next to the largest deviation from the first value."""
    with np.errstate(over="ignore"):
        reach = float(np.max(np.abs(values - values[0])))
    if not math.isfinite(reach):
        reach = float(np.max(np.abs(values)))
    return math.ldexp(1.0, min(max(math.frexp(reach)[1], -1000), 1000)) if reach else 1.0


def _product(number: float, *scales: float) -> float:
    """The number back in its own units; infinite where it is beyond those of a computer."""
    for scale in sorted(scales):
        number *= scale
    return number


def mean(values: Numbers) -> float:
    """The mean, of a sum that is not rounded on its way."""
    return math.fsum(values) / len(values)
