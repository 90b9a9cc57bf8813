"""Functions put together from pieces: the absolute value, steps, min and max; and the factorial."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from explorer.expression.functions.row import (
    AT_ZERO,
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
from explorer.expression.operations import Operation, total, with_nan
from explorer.expression.tidy import ZERO
from explorer.expression.tree import (
    Call,
    Comparison,
    Divide,
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
CHOICE = Rule(
    "minimum and maximum", "The slope of whichever is taken; where both are equal there may be a corner."
)


_abs, _floor, _ceil = map(of, ("abs", "floor", "ceil"))


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


def _sign(a: float) -> float:
    return a if math.isnan(a) else float((a > 0) - (a < 0))


def _levels_of_abs(level: float) -> tuple[Level, ...]:
    return (Level(level), Level(-level)) if level > 0 else (AT_ZERO,) if level == 0 else ()


ROWS = (
    Function(name="abs", near=("fabs",),
             operation=Operation(25, np.abs, abs), breaks=(AT_ZERO,), meets=_levels_of_abs,
             rule=ABSOLUTE, slope=times(lambda u: Divide(u, _abs(u))), sympy="Abs",
             look=Fences("|", "|")),
    # Steps: flat between the jumps, undefined on them.
    Function(name="sign", aliases=("sgn", "signum"), near=("signo",),
             operation=Operation(26, np.sign, _sign), breaks=(AT_ZERO,),
             rule=JUMP, slope=times(lambda u: Divide(ZERO, u)), sympy="sign", look=Name("sign")),
    Function(name="floor", near=("int", "round"),
             operation=Operation(27, np.floor, total(math.floor, odd=True)), breaks=(Level(0.0, 1.0),),
             rule=JUMP, slope=times(lambda u: Divide(ZERO, Subtract(u, _floor(u)))), sympy="floor",
             look=Fences("⌊", "⌋")),
    Function(name="ceil", aliases=("ceiling",),
             operation=Operation(28, np.ceil, total(math.ceil, odd=True)), breaks=(Level(0.0, 1.0),),
             rule=JUMP, slope=times(lambda u: Divide(ZERO, Subtract(_ceil(u), u))), sympy="ceiling",
             look=Fences("⌈", "⌉")),
    Function(name="min", near=("minimum",), arity=(2, 8),
             takes="The function min compares two to eight things: min(x, 1).",
             operation=Operation(29, np.minimum, with_nan(min), 2),
             rule=CHOICE, slope=_slope_of_the_taken("<"), sympy="Min", look=Name("min", r"\min")),
    Function(name="max", near=("maximum",), arity=(2, 8),
             takes="The function max compares two to eight things: max(x, 1).",
             operation=Operation(30, np.maximum, with_nan(max), 2),
             rule=CHOICE, slope=_slope_of_the_taken(">"), sympy="Max", look=Name("max", r"\max")),
    # Of whole numbers only, so there is nothing to differentiate.
    Function(name="factorial",
             definition=_factorial,
             rule=Rule("constant", "A constant does not change: its slope is 0."),
             slope=lambda call, inner: ZERO, look=Behind("!")),
)  # fmt: skip
