"""A tape run on plain floats, for one point at a time.

A descent asks for one point after another, and for a single point NumPy's bookkeeping costs ten times the
arithmetic. Each instruction becomes a closure over its registers. The meaning is that of
`explorer.expression.operations`: undefined is NaN, overflow is infinite, nothing raises, nothing warns.
"""

import math
from collections.abc import Callable, Sequence

from explorer.expression import Tape
from explorer.expression.operations import HALF_ULP, LARGEST_SNAPPED_ANGLE, Operation

Registers = list[float]
Program = Callable[[Sequence[float]], Registers]


def _total(function: Callable[[float], float], overflow: float = math.inf) -> Callable[[float], float]:
    """A function of `math` that answers NaN outside its domain and `overflow` beyond the largest float."""

    def answer(value: float) -> float:
        try:
            return float(function(value))
        except ValueError:
            return math.nan
        except OverflowError:
            # floor and ceil of an infinity end here as well; sinh keeps its sign.
            return math.copysign(overflow, value) if function in _ODD else overflow

    return answer


_ODD = (math.sinh, math.floor, math.ceil)


def _divide(a: float, b: float) -> float:
    return a / b if b else math.nan


def _power(a: float, b: float) -> float:
    if (a == 0 and b <= 0) or math.isnan(a) or math.isnan(b) or (abs(a) == 1 and math.isinf(b)):
        return math.nan
    try:
        return math.pow(a, b)
    except ValueError:
        return math.nan
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf


def _snapped(function: Callable[[float], float]) -> Callable[[float], float]:
    def wave(angle: float) -> float:
        if math.isinf(angle):
            return math.nan
        value, size = function(angle), abs(angle)
        return 0.0 if abs(value) <= size * HALF_ULP and size <= LARGEST_SNAPPED_ANGLE else value

    return wave


_sin, _cos = _snapped(math.sin), _snapped(math.cos)


def _tan(angle: float) -> float:
    if _cos(angle) == 0 or math.isinf(angle):
        return math.nan
    return 0.0 if _sin(angle) == 0 else math.tan(angle)


def _sign(value: float) -> float:
    return value if math.isnan(value) else float((value > 0) - (value < 0))


def _with_nan(function: Callable[[float, float], float]) -> Callable[[float, float], float]:
    return lambda a, b: math.nan if math.isnan(a) or math.isnan(b) else float(function(a, b))


_UNARY: dict[Operation, Callable[[float], float]] = {
    Operation.SQRT: _total(math.sqrt),
    Operation.CBRT: math.cbrt,
    Operation.EXP: _total(math.exp),
    Operation.LN: _total(math.log),
    Operation.LOG10: _total(math.log10),
    Operation.LOG2: _total(math.log2),
    Operation.SIN: _sin,
    Operation.COS: _cos,
    Operation.TAN: _tan,
    Operation.ARCSIN: _total(math.asin),
    Operation.ARCCOS: _total(math.acos),
    Operation.ARCTAN: math.atan,
    Operation.SINH: _total(math.sinh),
    Operation.COSH: _total(math.cosh),
    Operation.TANH: math.tanh,
    Operation.ARCSINH: math.asinh,
    Operation.ARCCOSH: _total(math.acosh),
    Operation.ARCTANH: _total(math.atanh),
    Operation.ABS: abs,
    Operation.SIGN: _sign,
    Operation.FLOOR: _total(math.floor),
    Operation.CEIL: _total(math.ceil),
}

_BINARY: dict[Operation, Callable[[float, float], float]] = {
    Operation.DIVIDE: _divide,
    Operation.POWER: _power,
    Operation.SIGNED_POWER: lambda a, b: math.copysign(_power(abs(a), b), a),
    Operation.MINIMUM: _with_nan(min),
    Operation.MAXIMUM: _with_nan(max),
    Operation.LESS: _with_nan(lambda a, b: a < b),
    Operation.LESS_EQUAL: _with_nan(lambda a, b: a <= b),
    Operation.LOGICAL_AND: _with_nan(lambda a, b: a != 0 and b != 0),
    Operation.GIVEN: lambda a, b: math.nan if math.isnan(b) else a,
}


def _closure(operation: Operation, a: int, b: int, c: int) -> Callable[[Registers], float]:
    match operation:
        case Operation.ADD:
            return lambda r: r[a] + r[b]
        case Operation.SUBTRACT:
            return lambda r: r[a] - r[b]
        case Operation.MULTIPLY:
            return lambda r: r[a] * r[b]
        case Operation.NEGATE:
            return lambda r: -r[a]
        case Operation.SELECT:
            return lambda r: math.nan if math.isnan(r[a]) else r[b] if r[a] else r[c]
    if operation in _UNARY:
        unary = _UNARY[operation]
        return lambda r: unary(r[a])
    binary = _BINARY[operation]
    return lambda r: binary(r[a], r[b])


def scalar_program(tape: Tape) -> Program:
    """A function from the variables' values to all registers of the tape, as floats."""
    constants = [float(constant) for constant in tape.constants]
    closures = [_closure(Operation(code), a, b, c) for code, a, b, c in tape.code]

    def run(values: Sequence[float]) -> Registers:
        registers = [*values, *constants]
        push = registers.append
        for closure in closures:
            push(closure(registers))
        return registers

    return run
