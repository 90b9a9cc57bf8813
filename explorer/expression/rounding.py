"""How much of a value is rounding: every operation of a tape with a bound for the error that it may have.

A running error analysis in first order: each result carries what the errors of its operands make of it, and its own
rounding. For sums, products and quotients that is a formula; for a function it is how far its value moves when its
arguments move by their errors, so that a step within reach of its jump is known to a whole step only. Source:
N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), section 3.3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import product

import numpy as np
from numpy.typing import NDArray

from explorer.expression import operations as op
from explorer.expression.functions import operation_of
from explorer.expression.operations import Array, Operation

__all__ = ["error_of", "error_of_constant"]

UNIT = 2.0**-53
FUNCTION = 2.0**-52
"""The relative rounding of arithmetic, and of functions, which libraries compute within about an ulp."""

LEAST = 1e-290
"""Products below it have lost digits that the exact sums of their halves would need."""

WHOLE = 2.0**53
"""Whole numbers below it have a double each."""

VANISHING = frozenset(
    one.code
    for one in (
        *(op.MULTIPLY, op.DIVIDE, op.POWER, op.SIGNED_POWER),
        *(operation_of(name) for name in ("exp", "sigmoid", "softplus", "normcdf")),
    )
)
"""Of numbers that are not 0 these make 0 only where the result is too small for a double."""

SMALLEST, LAST = np.finfo(np.float64).smallest_normal, np.finfo(np.float64).smallest_subnormal
"""Nearer to 0 a double loses digit after digit; its last one is what remains, or does not."""

Errors = Callable[..., Array]


def _own(a: Array, b: Array, ea: Array, eb: Array, result: Array) -> Array:
    """The rounding of a product itself: none where whole numbers without error make one that has its double."""
    exact = (ea == 0) & (eb == 0) & _whole(a) & _whole(b) & _whole(result)
    return np.where(exact, 0.0, UNIT * np.abs(result))


def _whole(value: Array) -> NDArray[np.bool_]:
    return np.asarray((value == np.floor(value)) & (np.abs(value) < WHOLE))


def _of_sum(a: Array, b: Array, ea: Array, eb: Array, result: Array) -> Array:
    return ea + eb + _rounded_sum(a, b, result)


def _of_difference(a: Array, b: Array, ea: Array, eb: Array, result: Array) -> Array:
    return ea + eb + _rounded_sum(a, -b, result)


def _rounded_sum(a: Array, b: Array, result: Array) -> Array:
    """The rounding of a sum: none where nothing was lost, which Knuth's TwoSum tells. 0.5 + 0.5 is exactly 1."""
    moved = result - a
    return np.where((a - (result - moved)) + (b - moved) == 0, 0.0, UNIT * np.abs(result))


def _rounded_quotient(a: Array, b: Array, result: Array) -> Array:
    """The rounding of a quotient: none where it times b, by Dekker's product, is a again."""
    product = result * b
    (high, low), (b_high, b_low) = _halves(result), _halves(b)
    over = ((high * b_high - product) + high * b_low + low * b_high) + low * b_low
    exact = (a - product == 0) & (over == 0) & (np.abs(product) > LEAST)
    return np.where(exact, 0.0, UNIT * np.abs(result))


def _halves(value: Array) -> tuple[Array, Array]:
    """A double as the sum of two with half its digits."""
    spread = (2.0**27 + 1) * value
    high = spread - (spread - value)
    return high, value - high


def _of_product(a: Array, b: Array, ea: Array, eb: Array, result: Array) -> Array:
    return np.abs(a) * eb + np.abs(b) * ea + ea * eb + _own(a, b, ea, eb, result)


def _of_quotient(a: Array, b: Array, ea: Array, eb: Array, result: Array) -> Array:
    left = np.abs(b) - eb
    carried = np.where(left > 0, (ea + np.abs(result) * eb) / left, np.inf)
    return carried + _rounded_quotient(a, b, result)


def _of_opposite(a: Array, ea: Array, result: Array) -> Array:
    """A size is as far off as what it is the size of."""
    return ea


def _of_choice(*known: Array) -> Array:
    chosen, a, b, e, ea, eb, _ = known
    other = np.where(e > 0, np.nan_to_num(np.abs(a - b), nan=np.inf), 0.0)
    return np.where(chosen != 0, ea, eb) + other


def _of_wave(a: Array, ea: Array, result: Array) -> Array:
    """A sine or cosine turns back: probes a period apart would know nothing of it."""
    return np.minimum(ea, 2.0) + FUNCTION * np.abs(result)


def _of_tangent(a: Array, ea: Array, result: Array) -> Array:
    return np.where(ea < 1.0, _moved(operation_of("tan"), [a], [ea], result), np.inf)


def _of_remainder(a: Array, b: Array, ea: Array, eb: Array, result: Array) -> Array:
    """What may shift a/b by half a step leaves nothing of the remainder."""
    moved = _moved(operation_of("mod"), [a, b], [ea, eb], result)
    return np.where(ea + np.abs(a / b) * eb < 0.5 * np.abs(b), moved, np.abs(b))


_KNOWN: dict[Operation, Errors] = {
    op.ADD: _of_sum,
    op.SUBTRACT: _of_difference,
    op.MULTIPLY: _of_product,
    op.DIVIDE: _of_quotient,
    op.NEGATE: _of_opposite,
    operation_of("abs"): _of_opposite,
    op.GIVEN: lambda a, b, ea, eb, result: ea,
    op.SELECT: _of_choice,
    operation_of("sin"): _of_wave,
    operation_of("cos"): _of_wave,
    operation_of("tan"): _of_tangent,
    operation_of("mod"): _of_remainder,
}


def _moved(operation: Operation, arguments: Sequence[Array], errors: Sequence[Array], result: Array) -> Array:
    """How far a value moves when its arguments move by their errors to either side."""
    own = 0.0 if operation.exact else FUNCTION
    worst = own * np.abs(result)
    for signs in product((-1.0, 1.0), repeat=len(arguments)):
        there = operation.array(*(a + sign * e for a, sign, e in zip(arguments, signs, errors, strict=True)))
        worst = np.fmax(worst, np.abs(there - result) + own * np.abs(result))
    return worst


def error_of(
    operation: Operation, arguments: Sequence[Array], errors: Sequence[Array], result: Array
) -> Array:
    """A bound for the error of an operation's result from its operands and theirs; infinite where there is none."""
    known = _KNOWN.get(operation)
    error = known(*arguments, *errors, result) if known else _moved(operation, arguments, errors, result)
    if operation.code in VANISHING and (small := np.abs(result) < SMALLEST).any():
        error = error + np.where(reduce(np.logical_and, (one != 0 for one in arguments), small), LAST, 0.0)
    return np.where(np.isnan(error), np.inf, error)


def error_of_constant(value: float) -> float:
    """How far the double of a written number may be from it."""
    return 0.0 if value == np.floor(value) and abs(value) < WHOLE else UNIT * abs(value)
