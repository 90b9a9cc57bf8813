"""The operations of a tape and what each of them does to arrays.

Arithmetic is real and strict: what a textbook calls undefined is NaN, and NaN propagates. What merely
overflows stays infinite, so 1/(1 + e^(−x)) saturates instead of vanishing. The JavaScript machine does
exactly the same.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ARITY", "KERNELS", "Array", "Operation"]

Array = NDArray[np.float64]

HALF_ULP = 2.0**-53
LARGEST_SNAPPED_ANGLE = 1e6


class Operation(IntEnum):
    """Operation codes; part of the wire format, so numbers are never reused.

    ============= ===========================================================================================
    divide        a / b; NaN where b = 0
    power         aᵇ; NaN at 0⁰, 0^negative, a < 0 with b not whole, |a| = 1 with b infinite
    signed_power  the odd real root's power, sign(a)·|a|ᵇ; NaN at 0^(b ≤ 0)
    sqrt          NaN for a < 0
    ln log10 log2 NaN for a ≤ 0
    sin cos       0 where |result| ≤ |a|·2⁻⁵³ and |a| ≤ 10⁶: there the true zero is within rounding of a
    tan           NaN where cos is 0, 0 where sin is 0 (in the sense of the line above)
    arcsin arccos NaN for |a| > 1
    arccosh       NaN for a < 1
    arctanh       NaN for |a| ≥ 1
    sign          −1, 0, 1
    less          1 where a < b, else 0; less_equal likewise with ≤ (NaN where an operand is NaN)
    logical_and   1 where both are non-zero, else 0 (NaN where an operand is NaN)
    select        a ? b : c; NaN where a is NaN; the branch that is not taken does not matter
    given         a where b is not NaN, else NaN
    ============= ===========================================================================================
    """

    ADD = 0
    SUBTRACT = 1
    MULTIPLY = 2
    DIVIDE = 3
    NEGATE = 4
    POWER = 5
    SIGNED_POWER = 6
    SQRT = 7
    CBRT = 8
    EXP = 9
    LN = 10
    LOG10 = 11
    LOG2 = 12
    SIN = 13
    COS = 14
    TAN = 15
    ARCSIN = 16
    ARCCOS = 17
    ARCTAN = 18
    SINH = 19
    COSH = 20
    TANH = 21
    ARCSINH = 22
    ARCCOSH = 23
    ARCTANH = 24
    ABS = 25
    SIGN = 26
    FLOOR = 27
    CEIL = 28
    MINIMUM = 29
    MAXIMUM = 30
    LESS = 31
    LESS_EQUAL = 32
    LOGICAL_AND = 33
    SELECT = 34
    GIVEN = 35


def _undefined_where(bad: NDArray[np.bool_], values: Array) -> Array:
    return np.where(bad, np.nan, values)


def _divide(a: Array, b: Array) -> Array:
    return _undefined_where(b == 0, a / b)


def _power(a: Array, b: Array) -> Array:
    bad = np.isnan(a) | np.isnan(b) | ((a == 0) & (b <= 0)) | ((np.abs(a) == 1) & np.isinf(b))
    return _undefined_where(bad, np.power(a, b))


def _signed_power(a: Array, b: Array) -> Array:
    size = np.abs(a)
    return np.copysign(_power(size, b), a)


def _logarithm(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    return lambda a: _undefined_where(a <= 0, function(a))


def _snapped(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    def wave(a: Array) -> Array:
        values, size = function(a), np.abs(a)
        return np.where((np.abs(values) <= size * HALF_ULP) & (size <= LARGEST_SNAPPED_ANGLE), 0.0, values)

    return wave


_sin, _cos = _snapped(np.sin), _snapped(np.cos)


def _tan(a: Array) -> Array:
    return _undefined_where(_cos(a) == 0, np.where(_sin(a) == 0, 0.0, np.tan(a)))


def _arctanh(a: Array) -> Array:
    return _undefined_where(np.abs(a) >= 1, np.arctanh(a))


def _less(a: Array, b: Array) -> Array:
    return _undefined_where(np.isnan(a) | np.isnan(b), np.asarray(a < b, dtype=np.float64))


def _less_equal(a: Array, b: Array) -> Array:
    return _undefined_where(np.isnan(a) | np.isnan(b), np.asarray(a <= b, dtype=np.float64))


def _logical_and(a: Array, b: Array) -> Array:
    return _undefined_where(np.isnan(a) | np.isnan(b), np.asarray((a != 0) & (b != 0), dtype=np.float64))


def _select(condition: Array, a: Array, b: Array) -> Array:
    return _undefined_where(np.isnan(condition), np.where(condition != 0, a, b))


def _given(a: Array, guard: Array) -> Array:
    return _undefined_where(np.isnan(guard), a)


KERNELS: dict[Operation, Callable[..., Any]] = {
    Operation.ADD: np.add,
    Operation.SUBTRACT: np.subtract,
    Operation.MULTIPLY: np.multiply,
    Operation.DIVIDE: _divide,
    Operation.NEGATE: np.negative,
    Operation.POWER: _power,
    Operation.SIGNED_POWER: _signed_power,
    Operation.SQRT: np.sqrt,
    Operation.CBRT: np.cbrt,
    Operation.EXP: np.exp,
    Operation.LN: _logarithm(np.log),
    Operation.LOG10: _logarithm(np.log10),
    Operation.LOG2: _logarithm(np.log2),
    Operation.SIN: _sin,
    Operation.COS: _cos,
    Operation.TAN: _tan,
    Operation.ARCSIN: np.arcsin,
    Operation.ARCCOS: np.arccos,
    Operation.ARCTAN: np.arctan,
    Operation.SINH: np.sinh,
    Operation.COSH: np.cosh,
    Operation.TANH: np.tanh,
    Operation.ARCSINH: np.arcsinh,
    Operation.ARCCOSH: np.arccosh,
    Operation.ARCTANH: _arctanh,
    Operation.ABS: np.abs,
    Operation.SIGN: np.sign,
    Operation.FLOOR: np.floor,
    Operation.CEIL: np.ceil,
    Operation.MINIMUM: np.minimum,
    Operation.MAXIMUM: np.maximum,
    Operation.LESS: _less,
    Operation.LESS_EQUAL: _less_equal,
    Operation.LOGICAL_AND: _logical_and,
    Operation.SELECT: _select,
    Operation.GIVEN: _given,
}

_BINARY = {
    Operation.ADD,
    Operation.SUBTRACT,
    Operation.MULTIPLY,
    Operation.DIVIDE,
    Operation.POWER,
    Operation.SIGNED_POWER,
    Operation.MINIMUM,
    Operation.MAXIMUM,
    Operation.LESS,
    Operation.LESS_EQUAL,
    Operation.LOGICAL_AND,
    Operation.GIVEN,
}

ARITY: dict[Operation, int] = {
    operation: 3 if operation is Operation.SELECT else 2 if operation in _BINARY else 1
    for operation in Operation
}
"""How many registers each operation reads."""
