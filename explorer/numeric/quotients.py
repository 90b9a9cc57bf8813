"""Difference quotients computed as a learner would, with all the rounding that this brings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from explorer.expression import Expression
from explorer.numeric.calculus import derivative_values, jet, values
from explorer.numeric.results import Array

__all__ = ["Quotient", "QuotientErrors", "difference_quotient", "quotient_errors"]

EPSILON = float(np.finfo(np.float64).eps) / 2
"""The relative rounding error of one operation on doubles."""


class Quotient(StrEnum):
    """Which second point a difference quotient takes."""

    FORWARD = "forward"
    BACKWARD = "backward"
    CENTRED = "centred"


@dataclass(frozen=True, eq=False)
class QuotientErrors:
    """Errors of difference quotients at one point, against f′ from its formula, for each increment `h` > 0.

    `forward`, `centred` are measured; `truncation_…` is theirs from Taylor's formula (h/2·|f″| and
    h²/6·|f‴|) and `rounding` is ε|f|/h. `best_…` is where theory has the sum smallest, NaN where there is
    no truncation error. Source: Press et al., Numerical Recipes, section 5.7.
    """

    h: Array
    slope: float
    forward: Array
    centred: Array
    truncation_forward: Array
    truncation_centred: Array
    rounding: Array
    best_forward: float
    best_centred: float


@np.errstate(all="ignore")
def difference_quotient(
    f: Expression, x0: float, h: ArrayLike, kind: Quotient | str = Quotient.FORWARD
) -> Array:
    """The slope of the secant for each increment h (of either sign); NaN at h = 0 and where f is undefined.

    Nothing is done against cancellation: at h = 1e−16 the quotient of x² at 1 is 0, as on any computer.
    """
    increments = np.asarray(h, dtype=np.float64)
    right = increments if kind != Quotient.BACKWARD else np.zeros_like(increments)
    left = np.zeros_like(increments) if kind == Quotient.FORWARD else increments
    with np.errstate(all="ignore"):
        rise = values(f, x0 + right) - values(f, x0 - left)
        quotient = rise / (left + right)
    return np.where(np.isfinite(quotient), quotient, np.nan)


@np.errstate(all="ignore")
def quotient_errors(
    f: Expression, x0: float, h: ArrayLike | None = None, *, slope: float | None = None
) -> QuotientErrors:
    """The data behind "when computers subtract": error against h, by default from 1 down to 1e−16.

    `slope` is given where the derivative is known better than by its formula.
    """
    increments = np.logspace(0, -16, 129) if h is None else np.asarray(h, dtype=np.float64)
    value, by_formula, curvature = (float(v) for v in jet(f, np.float64(x0)))
    slope = by_formula if slope is None else slope
    third = float(derivative_values(f, np.float64(x0), 3))
    with np.errstate(all="ignore"):
        size = EPSILON * max(abs(value), abs(slope * x0))
        return QuotientErrors(
            h=increments,
            slope=slope,
            forward=np.abs(difference_quotient(f, x0, increments) - slope),
            centred=np.abs(difference_quotient(f, x0, increments, Quotient.CENTRED) - slope),
            truncation_forward=increments / 2 * abs(curvature),
            truncation_centred=increments**2 / 6 * abs(third),
            rounding=size / increments,
            best_forward=_best(size, curvature / 2, 1),
            best_centred=_best(size, third / 3, 2),
        )


def _best(size: float, factor: float, power: int) -> float:
    """The h that makes size/h + |factor|·hᵖ/p smallest: h^(p + 1) = size/|factor|."""
    if not factor or not np.isfinite(factor) or not size:
        return float("nan")
    return float((size / abs(factor)) ** (1 / (power + 1)))
