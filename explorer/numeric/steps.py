"""A tape run with the rounding of every result, so that a step is taken only where it is known to be.

In doubles sin(x)/x is 1 near 0, and ⌊sin(x)/x⌋ with it, though every neighbour is below 1 and its floor 0. So where
the argument of a step (a floor, a sign, a comparison) cannot be told from the level at which it jumps, the step
keeps what it was farther out: from which side the argument comes decides, not how it is rounded. The error of a
result is what those of its operands make of it, and its own: for the four operations as it is and not as a bound, so
that a plateau, which is exactly on a level, is told from a curve that rounding puts there. Source: Muller et al.,
Handbook of Floating-Point Arithmetic, sections 4.3 and 4.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.expression import FUNCTIONS, OPERATIONS, Operation, Tape, operations
from explorer.expression.functions import operation_of
from explorer.expression.functions.row import Domain
from explorer.expression.rounding import error_of_constant
from explorer.numeric.results import Array

__all__ = ["Steps", "rounded"]

UNIT = 2.3e-16
SPLIT = 134217729.0  # 2²⁷ + 1 halves the digits of a double
SHORT = 1024.0
"""What is a whole number of 1/1024 is no result of rounding, if the operands are such numbers too: cos 0 = 1."""

COARSE = 64
TINIEST = 5e-324
"""What underflows to 0 is not 0."""

Bools = NDArray[np.bool_]


_FLOOR, _CEIL, _SIGN, _ROUND, _MOD = (
    operation_of(name).code for name in ("floor", "ceil", "sign", "round", "mod")
)
_STAIRS = {_FLOOR, _CEIL, _ROUND}
_LESS, _LESS_EQUAL = operations.LESS.code, operations.LESS_EQUAL.code
_STEPS = {_FLOOR, _CEIL, _SIGN, _ROUND, _MOD, _LESS, _LESS_EQUAL}
_SUMS = {operations.ADD.code, operations.SUBTRACT.code}
_CLOSED = {
    row.operation.code: (row.domain.low, row.domain.high)
    for row in FUNCTIONS.values()
    if row.operation is not None and row.domain.closed and row.domain != Domain()
}
"""Operations that have a value at the ends of their domain."""


@dataclass(frozen=True, eq=False)
class Steps:
    """A tape of one variable and one output whose steps are taken with care."""

    tape: Tape

    @cached_property
    def stepping(self) -> bool:
        """Whether there is a step in it at all."""
        return any(code in _STEPS for code, *_ in self.tape.code)

    def beside(self, x: Array) -> Array:
        """The output at x of shape (places, probes, …), the probes coming closer to their place.

        A step whose argument is within its rounding of a level keeps what it was at the probe before.
        """
        return _output(_run(self.tape, x, 0.0, _kept)) if self.stepping else self._plain(x)

    def at(self, x: Array, doubt: Array | float) -> Array:
        """The output at places known to within `doubt`: what is within its rounding of a level is on it."""
        careful = self.stepping or any(code in _CLOSED for code, *_ in self.tape.code)
        return _output(_run(self.tape, x, doubt, None)) if careful else self._plain(x)

    def along(self, x: Array) -> Array:
        """The output with what floor, ceil and round step along in their place; NaN where there is none of them."""
        if not any(code in _STAIRS for code, *_ in self.tape.code):
            return np.full_like(x, np.nan)
        given = operations.GIVEN.code
        code = tuple(
            (given, a, a, 0) if step in _STAIRS else (step, a, b, c) for step, a, b, c in self.tape.code
        )
        return Steps(replace(self.tape, code=code))._plain(x)

    def _plain(self, x: Array) -> Array:
        (output,) = self.tape.run(x).values()
        return output


def _output(found: Mapping[str, tuple[Array, Array]]) -> Array:
    ((value, _),) = found.values()
    return value


def rounded(tape: Tape, x: Array) -> dict[str, tuple[Array, Array]]:
    """The outputs of a tape of one variable at x, and how far rounding may have taken each."""
    return _run(tape, x, 0.0, None)


Keep = Callable[[Array, Bools], Array]


def _run(tape: Tape, x: Array, doubt: Array | float, keep: Keep | None) -> dict[str, tuple[Array, Array]]:
    """Values and errors of the outputs; `keep` gives the steps that are not told, else they are on their level."""
    registers: list[tuple[Any, Any]] = [
        (np.asarray(x, dtype=np.float64), np.asarray(doubt, dtype=np.float64))
    ]
    constants = zip(tape.constants, tape.constant_errors, strict=True)
    registers += [(np.float64(constant), _of_constant(constant, error)) for constant, error in constants]
    with np.errstate(all="ignore"):
        for code, *operands in tape.code:
            operation = OPERATIONS[code]
            used = [registers[register] for register in operands[: operation.arity]]
            registers.append(_instruction(operation, used, keep))
    shape = np.shape(x)

    def whole(number: Any) -> Array:
        return np.array(np.broadcast_to(number, shape), dtype=np.float64)

    return {
        name: (whole(registers[register][0]), whole(registers[register][1]))
        for name, register in tape.outputs
    }


def _instruction(operation: Operation, used: Sequence[tuple[Any, Any]], keep: Keep | None) -> tuple[Any, Any]:
    code, values = operation.code, [value for value, _ in used]
    if code in _STEPS:
        return (_remainder if code == _MOD else _step)(operation, used, keep)
    if keep is None and code in _CLOSED:
        used = [_within(*used[0], *_CLOSED[code])]
        values = [used[0][0]]
    value = operation.array(*values)
    if code == operations.SELECT.code:
        return value, np.where(values[0] != 0, used[1][1], used[2][1])
    if code == operations.GIVEN.code:
        return value, used[0][1]
    error = _own_rounding(operation, values, value) + _inherited(operation, used, value)
    return value, np.nan_to_num(error, nan=0.0, posinf=np.inf)


def _within(value: Any, error: Any, low: float, high: float) -> tuple[Any, Any]:
    """A number that may be the end of a domain, and was rounded beyond it, is that end: √(−sin² π) is 0."""
    end = np.clip(value, low, high)
    missed = (end != value) & (np.abs(value - end) <= error)
    return np.where(missed, end, value), error


def _inherited(operation: Operation, used: Sequence[tuple[Any, Any]], result: Any) -> Any:
    """What the errors of the operands do to a result."""
    (a, ea), (b, eb) = used[0], used[-1]
    if operation.code in _SUMS:
        return ea + eb
    if operation.code == operations.MULTIPLY.code:
        return np.abs(a) * eb + np.abs(b) * ea + ea * eb
    if operation.code == operations.DIVIDE.code:
        return (ea + np.abs(result) * eb) / np.maximum(np.abs(b) - eb, 0.0)
    values = [value for value, _ in used]
    error: Any = np.float64(0.0)
    for k, (operand, doubt) in enumerate(used):
        if np.any(doubt):
            # A doubt below the digits of its operand would be lost: what it does is told by a larger one.
            seen = np.maximum(doubt, COARSE * np.spacing(np.abs(operand)))
            ends = [operation.array(*values[:k], operand + way * seen, *values[k + 1 :]) for way in (-1, 1)]
            error = error + np.fmax(np.abs(ends[0] - result), np.abs(ends[1] - result)) * (doubt / seen)
    return error


def _step(operation: Operation, used: Sequence[tuple[Any, Any]], keep: Keep | None) -> tuple[Any, Any]:
    """A step; where its argument is not told from a level, what `keep` makes of it, or its value on the level."""
    (a, ea), (b, eb) = used[0], used[-1]
    if operation.arity == 2:
        value, on_level, doubt = operation.array(a, b), operation.array(0.0, 0.0), ea + eb
        away = np.abs(a - b)
    else:
        level = _level(operation.code, a)
        value, on_level, doubt, away = operation.array(a), operation.array(level), ea, np.abs(a - level)
    told = (away > doubt) | (doubt == 0) | np.isnan(value)
    if np.all(told):
        return value, np.float64(0.0)
    if keep is None:
        return np.where(told, value, on_level), np.float64(0.0)
    return keep(value, np.broadcast_to(told, np.shape(value))), np.float64(0.0)


def _remainder(operation: Operation, used: Sequence[tuple[Any, Any]], keep: Keep | None) -> tuple[Any, Any]:
    """mod(a, b) = a − b·⌊a/b⌋, with the step of ⌊a/b⌋ taken with care."""
    (a, ea), (b, eb) = used
    quotient = (
        a / b,
        _own_rounding(operations.DIVIDE, (a, b), a / b) + _inherited(operations.DIVIDE, used, a / b),
    )
    whole, _ = _step(OPERATIONS[_FLOOR], [quotient], keep)
    told = whole == np.floor(quotient[0])
    value = np.where(told, operation.array(a, b), a - b * whole)
    return value, ea + np.abs(whole) * eb + UNIT * np.abs(a)


def _level(code: int, a: Array) -> Array:
    """The level of a step that is nearest to its argument."""
    if code == _SIGN:
        return np.zeros_like(a)
    return np.rint(a - 0.5) + 0.5 if code == _ROUND else np.rint(a)


def _kept(value: Array, told: Bools) -> Array:
    """Along the second axis: each value that is not told becomes the last one before it that is."""
    if value.ndim < 2:
        return value
    index = np.arange(value.shape[1]).reshape(1, -1, *(1,) * (value.ndim - 2))
    last = np.maximum.accumulate(np.where(told, index, -1), axis=1)
    filled = np.take_along_axis(value, np.maximum(last, 0), axis=1)
    return np.where(last >= 0, filled, value)


def _own_rounding(operation: Operation, values: Sequence[Any], result: Any) -> Any:
    """How far the result is from the exact one of these operands."""
    match operation.code:
        case operations.ADD.code:
            return _of_sum(values[0], values[1], result)
        case operations.SUBTRACT.code:
            return _of_sum(values[0], -values[1], result)
        case operations.MULTIPLY.code:
            lost = np.where((result == 0) & (values[0] != 0) & (values[1] != 0), TINIEST, 0.0)
            return np.abs(_of_product(values[0], values[1], result)) + lost
        case operations.DIVIDE.code:
            times = result * values[1]
            left = (values[0] - times) - _of_product(result, values[1], times)
            return np.abs(left / values[1]) + np.where((result == 0) & (values[0] != 0), TINIEST, 0.0)
        case _ if operation.exact or operation is operations.NEGATE:
            return np.float64(0.0)
    short = np.all([_is_short(value) for value in np.broadcast_arrays(result, *values)], axis=0)
    return np.where(short, 0.0, UNIT * np.abs(result) + TINIEST)


def _of_constant(value: float, error: float) -> np.float64:
    """The error of a constant; 0.25 is what was typed, though 0.1 is not."""
    written = error <= error_of_constant(value)
    return np.float64(0.0 if written and _is_short(value) else error)


def _is_short(value: Any) -> Any:
    return value * SHORT == np.rint(value * SHORT)


def _of_sum(a: Any, b: Any, total: Any) -> Any:
    """|a + b − total|, exactly (Knuth's 2Sum)."""
    part = total - a
    return np.abs((a - (total - part)) + (b - part))


def _of_product(a: Any, b: Any, product: Any) -> Any:
    """a·b − product, exactly (Dekker's product)."""
    a_high, b_high = _upper(a), _upper(b)
    a_low, b_low = a - a_high, b - b_high
    return a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)


def _upper(a: Any) -> Any:
    scaled = SPLIT * a
    return scaled - (scaled - a)
