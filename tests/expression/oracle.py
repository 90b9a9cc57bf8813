"""An independent evaluator: the tree walked directly in 50-digit arithmetic, None where undefined."""

import mpmath
from hypothesis import reject
from mpmath import mpf

from explorer.expression import FUNCTIONS
from explorer.expression import tree as t

mpmath.mp.dps = 50


LONGEST = 1100
"""bits before the point, beyond every float: the sine or a power of a longer number takes all time, and all memory."""


class UndefinedError(Exception):
    pass


def _told(*values):
    """The example is given up where a function is asked of a number that is too long."""
    if any(mpmath.mag(value) > LONGEST for value in values):
        reject()
    return values


def _real(value):
    if isinstance(value, mpmath.mpc):
        raise UndefinedError
    if not mpmath.isfinite(value):
        raise UndefinedError
    return value


def _divide(a, b):
    if b == 0:
        raise UndefinedError
    return a / b


def _power(base, exponent, exact):
    if exact is not None and exact.denominator % 2 == 1 and exact.denominator > 1:
        if base == 0 and exact <= 0:
            raise UndefinedError
        size = mpmath.power(abs(base), mpf(exact.numerator) / exact.denominator)
        return -size if base < 0 and exact.numerator % 2 else size
    if base == 0:
        if exponent <= 0:
            raise UndefinedError
        return mpf(0)
    whole = mpmath.nint(exponent)
    if base < 0:
        # A float's exponent may be rounded to a whole number.
        if abs(exponent - whole) > mpf("1e-14") * (1 + abs(whole)):
            raise UndefinedError
        exponent = whole
    return mpmath.power(base, exponent)


MPMATH = {"Abs": abs, "ceiling": mpmath.ceil, "Min": min, "Max": max}
"""What mpmath calls otherwise than SymPy does."""


def _call(function, arguments, values):
    row = FUNCTIONS[function]
    meaning = row.sympy or row.definition
    if not isinstance(meaning, str):
        return _value(meaning(*arguments), values)
    try:
        known = _told(*(_value(u, values) for u in arguments))
        return (MPMATH.get(meaning) or getattr(mpmath, meaning))(*known)
    except (ZeroDivisionError, ValueError):
        raise UndefinedError from None


def evaluate(node, values):
    """The value as an mpf, or None."""
    try:
        return _value(node, values)
    except UndefinedError:
        return None


def _value(node, values):
    match node:
        case t.Number(value):
            return mpf(value.numerator) / value.denominator
        case t.Constant(name):
            return +mpmath.pi if name == "pi" else +mpmath.e
        case t.Variable(name):
            return mpf(values[name])
        case t.Negate(u):
            return -_value(u, values)
        case t.Add(u, v):
            return _value(u, values) + _value(v, values)
        case t.Subtract(u, v):
            return _value(u, values) - _value(v, values)
        case t.Multiply(u, v):
            return _value(u, values) * _value(v, values)
        case t.Divide(u, v):
            return _divide(_value(u, values), _value(v, values))
        case t.Power(u, v):
            return _real(_power(*_told(_value(u, values), _value(v, values)), t.rational_value(v)))
        case t.Call(function, arguments):
            return _real(_call(function, arguments, values))
        case t.Piecewise(branches, otherwise):
            for condition, value in branches:
                if _holds(condition, values):
                    return _value(value, values)
            if otherwise is None:
                raise UndefinedError
            return _value(otherwise, values)
    raise TypeError(node)


def _holds(condition, values):
    match condition:
        case t.And(a, b):
            first, second = _holds(a, values), _holds(b, values)
            return first and second
        case t.Comparison(sign, a, b):
            u, v = _value(a, values), _value(b, values)
            return {"<": u < v, "<=": u <= v, ">": u > v, ">=": u >= v, "=": u == v, "!=": u != v}[sign]
    raise TypeError(condition)
