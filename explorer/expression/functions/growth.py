"""The exponential function, logarithms and roots; and the sigmoid and the error function, made of eᵘ."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from explorer.expression.functions.error_function import error_function, normal_cdf, normal_cdf_of
from explorer.expression.functions.row import (
    AT_ZERO,
    EVEN_ROOT,
    NEVER_ZERO,
    TWO,
    ZERO_AT_ZERO,
    Abbreviation,
    Domain,
    Function,
    Level,
    Name,
    Radical,
    Rule,
    levels,
    of,
    over,
    square,
    times,
)
from explorer.expression.operations import Array, Operation, total, undefined_where
from explorer.expression.tidy import ONE, divide, exact, multiply, power
from explorer.expression.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Power,
    Subtract,
    rational_value,
)

EXPONENTIAL = Rule("exponential", "(aᵘ)′ = aᵘ·ln a, and ln e = 1")
LOGARITHM = Rule("logarithm", "(ln u)′ = 1/u; another base divides by its logarithm.")
ROOT = Rule("root", "A root is a power with a fraction as its exponent: (√u)′ = 1/(2√u).")
SIGMOID = Rule("sigmoid", "(σ(u))′ = σ(u)·(1 − σ(u)), steepest where σ(u) is one half.")
BELL = Rule("error function", "(erf u)′ = 2/√π·e^(−u²), a bell-shaped curve.")

SOFTPLUS = Rule("softplus", "(softplus u)′ = σ(u), for softplus u = ln(1 + eᵘ).")
NORMAL = Rule("normal distribution", "(Φ(u))′ = e^(−u²/2)/√(2π), the bell curve whose area Φ measures.")
GELU = Rule("GELU", "GELU u = u·Φ(u), with the exact Φ, so its slope is Φ(u) + u·e^(−u²/2)/√(2π).")

BELOW_ZERO = "A logarithm needs a number above 0."
ABOVE_ZERO = Domain(low=0, closed=False)
ZERO_AT_ONE = levels({0: (Level(1.0),)})
TEN, E, PI = exact(10), Constant("e"), Constant("pi")

_exp, _ln, _sqrt, _cbrt, _sigma, _erf, _phi = map(
    of, ("exp", "ln", "sqrt", "cbrt", "sigmoid", "erf", "normcdf")
)


def _root_slope(call: Call, inner: Sequence[Node]) -> Node:
    """u′/(n·root(u, n)ⁿ⁻¹)."""
    n = call.arguments[1]
    below = power(call, exact((rational_value(n) or Fraction(1)) - 1))
    return divide(inner[0], multiply(n, below))


def _logarithm(code: int, array: Callable[[Array], Array], scalar: Callable[[float], float]) -> Operation:
    return Operation(code, lambda a: undefined_where(a <= 0, array(a)), total(scalar))


def _sigmoids(a: Array) -> Array:
    small = np.exp(-np.abs(a))
    values: Array = np.where(a < 0, small, 1.0) / (1 + small)
    return values


def _sigmoid(a: float) -> float:
    small = math.exp(-abs(a))
    return (small if a < 0 else 1.0) / (1 + small)


def _softplus(a: float) -> float:
    return max(a, 0.0) + math.log1p(math.exp(-abs(a)))


def _bell(u: Node) -> Node:
    """e^(−u²/2)/√(2π)."""
    return Divide(Power(E, Negate(Divide(square(u), TWO))), _sqrt(Multiply(TWO, PI)))


ROWS = (
    Function(name="exp", rising=True, near=("power",),
             operation=Operation(9, np.exp, total(math.exp)), meets=NEVER_ZERO, grows=True,
             rule=EXPONENTIAL, slope=times(_exp), sympy="exp", look=Name("exp", r"\exp")),
    Function(name="ln", rising=True, near=("nl", "in"),
             operation=_logarithm(10, np.log, math.log), domain=ABOVE_ZERO, outside=BELOW_ZERO,
             meets=ZERO_AT_ONE,
             rule=LOGARITHM, slope=over(lambda u: u), sympy="log", look=Name("ln", r"\ln")),
    Function(name="log10", rising=True, aliases=("lg",),
             operation=_logarithm(11, np.log10, math.log10), domain=ABOVE_ZERO, outside=BELOW_ZERO,
             meets=ZERO_AT_ONE,
             rule=LOGARITHM, slope=over(lambda u: Multiply(u, _ln(TEN))),
             sympy=lambda u: Divide(_ln(u), _ln(TEN)), look=Name("log", r"\log", "10")),
    Function(name="log2", rising=True,
             operation=_logarithm(12, np.log2, math.log2), domain=ABOVE_ZERO, outside=BELOW_ZERO,
             meets=ZERO_AT_ONE,
             rule=LOGARITHM, slope=over(lambda u: Multiply(u, _ln(TWO))),
             sympy=lambda u: Divide(_ln(u), _ln(TWO)), look=Name("log", r"\log", "2")),
    Function(name="sqrt", rising=True, near=("sqr", "sqroot", "squareroot", "wurzel", "raiz", "rad"), sign="√",
             operation=Operation(7, np.sqrt, total(math.sqrt)), domain=Domain(low=0), outside=EVEN_ROOT,
             meets=ZERO_AT_ZERO,
             rule=ROOT, slope=over(lambda u: Multiply(TWO, _sqrt(u))), sympy="sqrt", look=Radical()),
    Function(name="cbrt", rising=True, near=("cuberoot",), sign="∛",
             operation=Operation(8, np.cbrt, math.cbrt), breaks=(AT_ZERO,), meets=ZERO_AT_ZERO,
             rule=ROOT, slope=over(lambda u: Multiply(exact(3), square(_cbrt(u)))),
             sympy=lambda u: Power(u, exact(Fraction(1, 3))), look=Radical("3")),
    Function(name="root", sign="∜", arity=(2, 2),
             takes="The function root takes two things: root(x, 3) is the cube root of x.",
             definition=lambda u, n: Power(u, Divide(ONE, n)), outside=EVEN_ROOT, breaks=(AT_ZERO,),
             rule=ROOT, slope=_root_slope, look=Radical()),
    Function(name="sigmoid", rising=True, aliases=("σ", "sigma", "logistic", "expit"),
             operation=Operation(36, _sigmoids, _sigmoid), meets=levels({0: (), 0.5: (AT_ZERO,), 1: ()}),
             rule=SIGMOID, slope=times(lambda u: Multiply(_sigma(u), Subtract(ONE, _sigma(u)))),
             sympy=lambda u: Divide(ONE, Add(ONE, Power(E, Negate(u)))),
             look=Name("σ", r"\sigma", brackets=True)),
    Function(name="erf", rising=True,
             operation=Operation(37, error_function, math.erf), meets=levels({0: (AT_ZERO,), 1: (), -1: ()}),
             rule=BELL, slope=times(lambda u: Multiply(Divide(TWO, _sqrt(PI)), Power(E, Negate(square(u))))),
             sympy="erf", look=Name("erf")),
    Function(name="softplus", rising=True,
             operation=Operation(38, lambda a: np.maximum(a, 0.0) + np.log1p(np.exp(-np.abs(a))), _softplus),
             meets=NEVER_ZERO,
             rule=SOFTPLUS, slope=times(_sigma), sympy=lambda u: _ln(Add(ONE, Power(E, u))),
             look=Name("softplus")),
    Function(name="normcdf", rising=True, aliases=("Φ",), near=("probit", "ncdf"),
             operation=Operation(39, normal_cdf, normal_cdf_of), meets=levels({0: (), 0.5: (AT_ZERO,), 1: ()}),
             rule=NORMAL, slope=times(_bell),
             sympy=lambda u: Divide(Add(ONE, _erf(Divide(u, _sqrt(TWO)))), TWO),
             look=Name("Φ", r"\Phi", brackets=True)),
    Function(name="gelu",
             definition=lambda u: Multiply(u, _phi(u)), meets=ZERO_AT_ZERO,
             rule=GELU, slope=times(lambda u: Add(_phi(u), Multiply(u, _bell(u)))), look=Name("GELU")),
)  # fmt: skip

ABBREVIATIONS = (
    Abbreviation(
        name="log",
        takes="The logarithm takes one thing; another base is written as in log_2(x).",
        meaning=_ln,
    ),
)
