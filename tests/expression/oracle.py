"""An independent evaluator: the tree walked directly in 50-digit arithmetic, None where undefined."""

import mpmath
from mpmath import mpf

from explorer.expression import tree as t

mpmath.mp.dps = 50


class UndefinedError(Exception):
    pass


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


def _in(low, high, function):
    def checked(u):
        if not low <= u <= high:
            raise UndefinedError
        return function(u)

    return checked


def _log(base):
    def logarithm(u):
        if u <= 0:
            raise UndefinedError
        return mpmath.log(u) / (mpmath.log(base) if base else 1)

    return logarithm


INFINITY = mpmath.inf
FUNCTIONS = {
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sec": mpmath.sec,
    "csc": lambda u: _divide(1, mpmath.sin(u)),
    "cot": lambda u: _divide(mpmath.cos(u), mpmath.sin(u)),
    "arcsin": _in(-1, 1, mpmath.asin),
    "arccos": _in(-1, 1, mpmath.acos),
    "arctan": mpmath.atan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "arcsinh": mpmath.asinh,
    "arccosh": _in(1, INFINITY, mpmath.acosh),
    "arctanh": _in(-1, 1, mpmath.atanh),
    "exp": mpmath.exp,
    "ln": _log(None),
    "log10": _log(10),
    "log2": _log(2),
    "sqrt": _in(0, INFINITY, mpmath.sqrt),
    "cbrt": lambda u: mpmath.sign(u) * mpmath.cbrt(abs(u)),
    "abs": abs,
    "sign": mpmath.sign,
    "floor": mpmath.floor,
    "ceil": mpmath.ceil,
    "min": min,
    "max": max,
    "factorial": mpmath.factorial,
}


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
            return _real(_power(_value(u, values), _value(v, values), t.rational_value(v)))
        case t.Call("root", (u, n)):
            exact = 1 / t.rational_value(n)
            return _real(_power(_value(u, values), mpf(exact.numerator) / exact.denominator, exact))
        case t.Call(function, arguments):
            return _real(FUNCTIONS[function](*(_value(u, values) for u in arguments)))
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
            return {"<": u < v, "<=": u <= v, ">": u > v, ">=": u >= v}[sign]
    raise TypeError(condition)
