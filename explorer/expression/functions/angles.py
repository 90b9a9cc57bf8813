"""Functions of angles and of hyperbolas, and their inverses."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from explorer.expression.functions.row import (
    DIVISION_BY_ZERO,
    NEVER_ZERO,
    ZERO_AT_ZERO,
    Abbreviation,
    Domain,
    Function,
    Level,
    Name,
    Rule,
    levels,
    of,
    over,
    square,
    times,
)
from explorer.expression.operations import Array, Operation, total, undefined_where
from explorer.expression.tidy import ONE, add, negate, subtract
from explorer.expression.tree import Call, Divide, Multiply, Negate

TRIGONOMETRIC = Rule(
    "trigonometric", "From the table: (sin u)′ = cos u, (cos u)′ = −sin u, (tan u)′ = sec² u."
)
INVERSE_TRIGONOMETRIC = Rule(
    "inverse trigonometric", "From the table: (arcsin u)′ = 1/√(1 − u²), (arctan u)′ = 1/(1 + u²)."
)
HYPERBOLIC = Rule("hyperbolic", "From the table: (sinh u)′ = cosh u, (cosh u)′ = sinh u.")
INVERSE_HYPERBOLIC = Rule(
    "inverse hyperbolic", "From the table: (arsinh u)′ = 1/√(u² + 1), (artanh u)′ = 1/(1 − u²)."
)

UP_TO_ONE = "This inverse function needs a number from −1 to 1."

POLES_OF_TAN = Level(math.pi / 2, math.pi, defined=False)
POLES_OF_COT = Level(0.0, math.pi, defined=False)
MULTIPLES, ODD_MULTIPLES = Level(0.0, math.pi), Level(math.pi / 2, math.pi)
TURN = 2 * math.pi
TOPS, BOTTOMS = Level(math.pi / 2, TURN), Level(-math.pi / 2, TURN)

HALF_ULP = 2.0**-53
LARGEST_SNAPPED_ANGLE = 1e6
NEXT_TO_ZERO = 2 * LARGEST_SNAPPED_ANGLE * HALF_ULP

_sin, _cos, _tan, _sec, _csc, _cot = map(of, ("sin", "cos", "tan", "sec", "csc", "cot"))
_sinh, _cosh, _tanh, _sqrt = map(of, ("sinh", "cosh", "tanh", "sqrt"))


def _wave(array: Callable[[Array], Array], scalar: Callable[[float], float], code: int) -> Operation:
    """A sine or cosine; it is 0 where the true zero is within rounding of the angle (up to 10⁶)."""

    def snapped(a: Array) -> Array:
        values = np.asarray(array(a))
        near = np.abs(values) < NEXT_TO_ZERO
        if near.any():
            size, close = np.abs(np.asarray(a)[near]), values[near]
            zero = (np.abs(close) <= size * HALF_ULP) & (size <= LARGEST_SNAPPED_ANGLE)
            values[near] = np.where(zero, 0.0, close)
        return values

    def snapped_one(a: float) -> float:
        if math.isinf(a):
            return math.nan
        value, size = scalar(a), abs(a)
        return 0.0 if abs(value) <= size * HALF_ULP and size <= LARGEST_SNAPPED_ANGLE else value

    return Operation(code, snapped, snapped_one)


SINE, COSINE = _wave(np.sin, math.sin, 13), _wave(np.cos, math.cos, 14)


def _tangents(a: Array) -> Array:
    values = np.asarray(np.tan(a))
    size = np.abs(values)
    near = (size < NEXT_TO_ZERO) | (size > 1 / NEXT_TO_ZERO)
    if near.any():  # only there sine or cosine can be taken for 0
        angle = np.asarray(a)[near]
        zero = np.where(SINE.array(angle) == 0, 0.0, values[near])
        values[near] = undefined_where(COSINE.array(angle) == 0, zero)
    return values


def _tangent(a: float) -> float:
    if COSINE.scalar(a) == 0 or math.isinf(a):
        return math.nan
    return 0.0 if SINE.scalar(a) == 0 else math.tan(a)


def _arctanh(a: Array) -> Array:
    return undefined_where(np.abs(a) >= 1, np.arctanh(a))


ROWS = (
    Function(name="sin", near=("sen", "seno"), inverse="arcsin",
             operation=SINE,
             meets=levels({0: (MULTIPLES,), 1: (TOPS,), -1: (BOTTOMS,)}),
             rule=TRIGONOMETRIC, slope=times(_cos), sympy="sin", look=Name("sin", r"\sin")),
    Function(name="cos", near=("cosine", "cosin"), inverse="arccos",
             operation=COSINE,
             meets=levels({0: (ODD_MULTIPLES,), 1: (Level(0.0, TURN),), -1: (Level(math.pi, TURN),)}),
             rule=TRIGONOMETRIC, slope=times(lambda u: Negate(_sin(u))), sympy="cos",
             look=Name("cos", r"\cos")),
    Function(name="tan", aliases=("tg",), near=("tangent",), inverse="arctan",
             operation=Operation(15, _tangents, _tangent), outside=DIVISION_BY_ZERO,
             breaks=(POLES_OF_TAN,), meets=levels({0: (MULTIPLES,)}),
             rule=TRIGONOMETRIC, slope=times(lambda u: square(_sec(u))), sympy="tan",
             look=Name("tan", r"\tan")),
    Function(name="sec", inverse="arcsec",
             definition=lambda u: Divide(ONE, _cos(u)), outside=DIVISION_BY_ZERO, breaks=(POLES_OF_TAN,),
             rule=TRIGONOMETRIC, slope=times(lambda u: Multiply(_sec(u), _tan(u))), sympy="sec",
             look=Name("sec", r"\sec")),
    Function(name="csc", aliases=("cosec",), inverse="arccsc",
             definition=lambda u: Divide(ONE, _sin(u)), outside=DIVISION_BY_ZERO, breaks=(POLES_OF_COT,),
             rule=TRIGONOMETRIC, slope=times(lambda u: Negate(Multiply(_csc(u), _cot(u)))), sympy="csc",
             look=Name("csc", r"\csc")),
    Function(name="cot", aliases=("cotan", "ctg"), inverse="arccot",
             definition=lambda u: Divide(_cos(u), _sin(u)), outside=DIVISION_BY_ZERO,
             breaks=(POLES_OF_COT,), meets=levels({0: (ODD_MULTIPLES,)}),
             rule=TRIGONOMETRIC, slope=times(lambda u: Negate(square(_csc(u)))), sympy="cot",
             look=Name("cot", r"\cot")),
    Function(name="arcsin", rising=True, aliases=("asin", "arcsen"),
             operation=Operation(16, np.arcsin, total(math.asin)), domain=Domain(-1, 1),
             outside=UP_TO_ONE, meets=ZERO_AT_ZERO,
             rule=INVERSE_TRIGONOMETRIC, slope=over(lambda u: _sqrt(subtract(ONE, square(u)))),
             sympy="asin", look=Name("arcsin", r"\arcsin")),
    Function(name="arccos", aliases=("acos",),
             operation=Operation(17, np.arccos, total(math.acos)), domain=Domain(-1, 1),
             outside=UP_TO_ONE,
             rule=INVERSE_TRIGONOMETRIC,
             slope=lambda call, inner: negate(over(lambda u: _sqrt(subtract(ONE, square(u))))(call, inner)),
             sympy="acos", look=Name("arccos", r"\arccos")),
    Function(name="arctan", rising=True, aliases=("atan", "arctg"),
             operation=Operation(18, np.arctan, math.atan), meets=ZERO_AT_ZERO,
             rule=INVERSE_TRIGONOMETRIC, slope=over(lambda u: add(ONE, square(u))), sympy="atan",
             look=Name("arctan", r"\arctan")),
    Function(name="sinh", rising=True, inverse="arcsinh",
             operation=Operation(19, np.sinh, total(math.sinh, odd=True)), meets=ZERO_AT_ZERO,
             grows=True,
             rule=HYPERBOLIC, slope=times(_cosh), sympy="sinh", look=Name("sinh", r"\sinh")),
    Function(name="cosh", inverse="arccosh",
             operation=Operation(20, np.cosh, total(math.cosh)), meets=NEVER_ZERO, grows=True,
             rule=HYPERBOLIC, slope=times(_sinh), sympy="cosh", look=Name("cosh", r"\cosh")),
    Function(name="tanh", rising=True, inverse="arctanh",
             operation=Operation(21, np.tanh, math.tanh), meets=ZERO_AT_ZERO,
             rule=HYPERBOLIC, slope=times(lambda u: subtract(ONE, square(_tanh(u)))), sympy="tanh",
             look=Name("tanh", r"\tanh")),
    Function(name="arcsinh", rising=True, aliases=("asinh", "arsinh"),
             operation=Operation(22, np.arcsinh, math.asinh), meets=ZERO_AT_ZERO,
             rule=INVERSE_HYPERBOLIC, slope=over(lambda u: _sqrt(add(square(u), ONE))), sympy="asinh",
             look=Name("arsinh")),
    Function(name="arccosh", aliases=("acosh", "arcosh"),
             operation=Operation(23, np.arccosh, total(math.acosh)), domain=Domain(low=1),
             rule=INVERSE_HYPERBOLIC, slope=over(lambda u: _sqrt(subtract(square(u), ONE))),
             sympy="acosh", look=Name("arcosh")),
    Function(name="arctanh", aliases=("atanh", "artanh"),
             operation=Operation(24, _arctanh, total(math.atanh)), domain=Domain(-1, 1, closed=False),
             rule=INVERSE_HYPERBOLIC, slope=over(lambda u: subtract(ONE, square(u))), sympy="atanh",
             look=Name("artanh")),
)  # fmt: skip

ABBREVIATIONS = (
    Abbreviation(name="arcsec", aliases=("asec",), meaning=lambda u: Call("arccos", (Divide(ONE, u),))),
    Abbreviation(name="arccsc", aliases=("acsc",), meaning=lambda u: Call("arcsin", (Divide(ONE, u),))),
    Abbreviation(name="arccot", aliases=("acot",), meaning=lambda u: Call("arctan", (Divide(ONE, u),))),
)
