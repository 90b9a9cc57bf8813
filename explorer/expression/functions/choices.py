"""Functions put together from pieces: the absolute value, steps, min and max; and the factorial."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from explorer.expression.functions.row import (
    AT_ZERO,
    TWO,
    Behind,
    Fences,
    Function,
    Level,
    Name,
    Rule,
    Slope,
    of,
    times,
)
from explorer.expression.operations import Array, Operation, total, undefined_where, with_nan
from explorer.expression.tidy import ONE, ZERO, add, multiply, subtract
from explorer.expression.tree import (
    Add,
    Call,
    Comparison,
    Divide,
    Multiply,
    Node,
    Number,
    Piecewise,
    Subtract,
    rational_value,
)

ABSOLUTE = Rule(
    "absolute value", "u/|u| is 1 where u is positive, −1 where it is negative, undefined at the corner."
)
JUMP = Rule("jump", "Level between the jumps, no derivative on them.")
RECTIFIER = Rule("rectifier", "The slope of u where u is positive, 0 where it is negative; a corner between.")
REMAINDER = Rule("remainder", "mod(u, v) = u − v·⌊u/v⌋, and between its jumps ⌊u/v⌋ does not change.")
CHOICE = Rule(
    "minimum and maximum", "The slope of whichever is taken; where both are equal there may be a corner."
)


HALF = Divide(ONE, TWO)

_abs, _sign, _floor, _ceil, _max = map(of, ("abs", "sign", "floor", "ceil", "max"))


def _slope_of_the_taken(sign: str) -> Slope:
    """The derivative of whichever is taken, undefined on ties."""

    def slope(call: Call, inner: Sequence[Node]) -> Node:
        u, du = call.arguments[0], inner[0]
        for v, dv in zip(call.arguments[1:], inner[1:], strict=True):
            if u != v:
                du = Piecewise(((Comparison(sign, u, v), du), (Comparison(sign, v, u), dv)), None)
            u = Call(call.function, (u, v))
        return du

    return slope


def _factorial(u: Node) -> Node:
    n = rational_value(u)
    whole = n is not None and n.denominator == 1 and 0 <= n <= 170
    return Number(Fraction(math.factorial(int(n)))) if n is not None and whole else Divide(ZERO, ZERO)


def _off_whole(u: Node) -> Node:
    """0, and nothing where u is a whole number."""
    return Divide(ZERO, Subtract(u, _floor(u)))


def _slope_of_relu(call: Call, inner: Sequence[Node]) -> Node:
    (u,), (du,) = call.arguments, inner
    return Piecewise(((Comparison(">", u, ZERO), du), (Comparison("<", u, ZERO), ZERO)), None)


def _slope_of_mod(call: Call, inner: Sequence[Node]) -> Node:
    """u′ − v′·⌊u/v⌋, undefined where u/v is whole."""
    times_v = Divide(*call.arguments)
    du, dv = (*inner, ZERO)[:2]
    return add(subtract(du, multiply(dv, _floor(times_v))), _off_whole(times_v))


def _remainders(a: Array, b: Array) -> Array:
    return undefined_where(b == 0, np.mod(a, b))


def _remainder(a: float, b: float) -> float:
    return a % b if b and not math.isinf(a) else math.nan


def _rounded(a: Array) -> Array:
    """Half away from zero; |a| + ½ would round 0.49999999999999994 up."""
    whole = np.trunc(a)
    return whole + np.where(np.abs(a - whole) >= 0.5, np.sign(a), 0.0)


def _rounded_one(a: float) -> float:
    if not math.isfinite(a):
        return a
    whole = float(math.trunc(a))
    return whole + (math.copysign(1.0, a) if abs(a - whole) >= 0.5 else 0.0)


def _sign_of(a: float) -> float:
    return a if math.isnan(a) else float((a > 0) - (a < 0))


def _levels_of_abs(level: float) -> tuple[Level, ...]:
    return (Level(level), Level(-level)) if level > 0 else (AT_ZERO,) if level == 0 else ()


ROWS = (
    Function(name="abs", near=("fabs",),
             operation=Operation(25, np.abs, abs, exact=True), breaks=(AT_ZERO,), meets=_levels_of_abs,
             rule=ABSOLUTE, slope=times(lambda u: Divide(u, _abs(u))), sympy="Abs",
             look=Fences("|", "|")),
    # Steps: flat between the jumps, undefined on them.
    Function(name="sign", rising=True, aliases=("sgn", "signum"), near=("signo",),
             operation=Operation(26, np.sign, _sign_of, exact=True), breaks=(AT_ZERO,), steps=True,
             rule=JUMP, slope=times(lambda u: Divide(ZERO, u)), sympy="sign", look=Name("sign")),
    Function(name="floor", rising=True, near=("int",),
             operation=Operation(27, np.floor, total(math.floor, odd=True), exact=True),
             breaks=(Level(0.0, 1.0),), steps=True,
             rule=JUMP, slope=times(_off_whole), sympy="floor",
             look=Fences("⌊", "⌋")),
    Function(name="ceil", rising=True, aliases=("ceiling",),
             operation=Operation(28, np.ceil, total(math.ceil, odd=True), exact=True),
             breaks=(Level(0.0, 1.0),), steps=True,
             rule=JUMP, slope=times(lambda u: Divide(ZERO, Subtract(_ceil(u), u))), sympy="ceiling",
             look=Fences("⌈", "⌉")),
    Function(name="round", rising=True,
             operation=Operation(40, _rounded, _rounded_one, exact=True), breaks=(Level(0.5, 1.0),), steps=True,
             rule=JUMP, slope=times(lambda u: _off_whole(Subtract(u, HALF))),
             sympy=lambda u: Multiply(_sign(u), _floor(Add(_abs(u), HALF))), look=Name("round")),
    Function(name="heaviside", rising=True, near=("unitstep", "step"),
             definition=lambda u: Divide(Add(ONE, _sign(u)), TWO), breaks=(AT_ZERO,), steps=True,
             rule=JUMP, slope=times(lambda u: Divide(ZERO, u)), look=Name("H", brackets=True)),
    Function(name="mod", near=("fmod", "rem"), arity=(2, 2),
             takes="The function mod takes two things: mod(x, 2) is what is left of x when twos are taken away.",
             watched=Divide, operation=Operation(41, _remainders, _remainder, 2), breaks=(Level(0.0, 1.0),), steps=True,
             rule=REMAINDER, slope=_slope_of_mod,
             sympy=lambda u, v: Subtract(u, Multiply(v, _floor(Divide(u, v)))), look=Name("mod")),
    Function(name="relu", rising=True, near=("rectifier",),
             definition=lambda u: _max(u, ZERO), breaks=(AT_ZERO,),
             rule=RECTIFIER, slope=_slope_of_relu, sympy=lambda u: Divide(Add(u, _abs(u)), TWO),
             look=Name("ReLU")),
    Function(name="min", near=("minimum",), arity=(2, 8),
             takes="The function min compares two to eight things: min(x, 1).",
             operation=Operation(29, np.minimum, with_nan(min), 2, exact=True),
             rule=CHOICE, slope=_slope_of_the_taken("<"), sympy="Min", look=Name("min", r"\min")),
    Function(name="max", near=("maximum",), arity=(2, 8),
             takes="The function max compares two to eight things: max(x, 1).",
             operation=Operation(30, np.maximum, with_nan(max), 2, exact=True),
             rule=CHOICE, slope=_slope_of_the_taken(">"), sympy="Max", look=Name("max", r"\max")),
    # Of whole numbers only, so there is nothing to differentiate.
    Function(name="factorial",
             definition=_factorial,
             rule=Rule("constant", "A constant does not change: its slope is 0."),
             slope=lambda call, inner: ZERO, look=Behind("!")),
)  # fmt: skip
