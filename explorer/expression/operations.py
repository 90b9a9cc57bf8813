"""The operations of a tape: what each of them does to arrays, and to single floats.

Arithmetic is real and strict: what a textbook calls undefined is NaN, and NaN propagates. What merely
overflows stays infinite, so 1/(1 + e^(−x)) saturates instead of vanishing. Nothing raises, nothing warns. For a
single point NumPy's bookkeeping costs ten times the arithmetic, hence the second column, which means the same.
The JavaScript machine does exactly the same. What functions do stands in their rows (see `functions`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ARITHMETIC", "Array", "Operation", "strict", "total", "undefined_where", "with_nan"]

Array = NDArray[np.float64]
Scalar = Callable[..., float]


@dataclass(frozen=True, eq=False)
class Operation:
    """An instruction of a tape; `code` is part of the wire format, so numbers are never reused."""

    code: int
    array: Callable[..., Any]
    scalar: Scalar
    arity: int = 1
    exact: bool = False
    """Whether the result has no rounding of its own: one of its operands, or a whole number."""


def undefined_where(bad: NDArray[np.bool_], values: Array) -> Array:
    """The values, NaN where they are bad."""
    return np.where(bad, np.nan, values)


def strict(function: Callable[..., Any]) -> Callable[[Array, Array], Array]:
    """A test of two arrays as 1 and 0, NaN where one of them is."""
    return lambda a, b: undefined_where(np.isnan(a) | np.isnan(b), np.asarray(function(a, b), np.float64))


def with_nan(function: Callable[[float, float], float]) -> Scalar:
    """The same for two floats."""
    return lambda a, b: math.nan if math.isnan(a) or math.isnan(b) else float(function(a, b))


def total(function: Callable[[float], float], odd: bool = False) -> Scalar:
    """A function of `math` that answers NaN outside its domain and infinity beyond the largest float.

    An `odd` one keeps the sign of its argument there; floor and ceil of an infinity end there as well.
    """

    def answer(value: float) -> float:
        try:
            return float(function(value))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.copysign(math.inf, value) if odd else math.inf

    return answer


def _divide(a: float, b: float) -> float:
    return a / b if b else math.nan


def _quotients(a: Array, b: Array | np.float64) -> Array:
    if isinstance(b, np.float64) and b != 0:  # by a constant, as in most formulas: nothing to look for
        return a / b
    return undefined_where(b == 0, a / b)


def _powers(a: Array, b: Array | np.float64) -> Array:
    if isinstance(b, np.float64) and 0 < b < math.inf:  # NaN stays NaN, and nothing else is undefined
        return np.power(a, b)
    bad = np.isnan(a) | np.isnan(b) | ((a == 0) & (b <= 0)) | ((np.abs(a) == 1) & np.isinf(b))
    return undefined_where(bad, np.power(a, b))


def _power(a: float, b: float) -> float:
    if (a == 0 and b <= 0) or math.isnan(a) or math.isnan(b) or (abs(a) == 1 and math.isinf(b)):
        return math.nan
    try:
        return math.pow(a, b)
    except ValueError:
        return math.nan
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf


def _select(condition: Array, a: Array, b: Array) -> Array:
    return undefined_where(np.isnan(condition), np.where(condition != 0, a, b))


ADD = Operation(0, np.add, operator.add, 2)
SUBTRACT = Operation(1, np.subtract, operator.sub, 2)
MULTIPLY = Operation(2, np.multiply, operator.mul, 2)
DIVIDE = Operation(3, _quotients, _divide, 2)
"""NaN where b = 0."""
NEGATE = Operation(4, np.negative, operator.neg)
POWER = Operation(5, _powers, _power, 2)
"""NaN at 0⁰, 0^negative, a < 0 with b not whole, |a| = 1 with b infinite."""
SIGNED_POWER = Operation(
    6,
    lambda a, b: np.copysign(_powers(np.abs(a), b), a),
    lambda a, b: math.copysign(_power(abs(a), b), a),
    2,
)
"""The odd real root's power, sign(a)·|a|ᵇ; NaN at 0^(b ≤ 0)."""
LESS = Operation(31, strict(np.less), with_nan(operator.lt), 2, exact=True)
LESS_EQUAL = Operation(32, strict(np.less_equal), with_nan(operator.le), 2, exact=True)
LOGICAL_AND = Operation(33, strict(np.logical_and), with_nan(lambda a, b: a != 0 and b != 0), 2, exact=True)
SELECT = Operation(34, _select, lambda a, b, c: math.nan if math.isnan(a) else b if a else c, 3)
"""a ? b : c; NaN where a is NaN; the branch that is not taken does not matter."""
GIVEN = Operation(
    35, lambda a, b: undefined_where(np.isnan(b), a), lambda a, b: math.nan if math.isnan(b) else a, 2
)
"""a where b is not NaN."""

ARITHMETIC = (
    *(ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, POWER, SIGNED_POWER),
    *(LESS, LESS_EQUAL, LOGICAL_AND, SELECT, GIVEN),
)
