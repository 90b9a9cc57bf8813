"""What comes out when somebody integrates where they should derive: the short table of a first course."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from explorer.expression import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Power,
    Subtract,
    Variable,
    derivatives,
    fold,
    free_variables,
)

__all__ = ["integrals"]

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
OUTER: dict[str, Callable[[Node], Node]] = {
    "sin": lambda u: Negate(Call("cos", (u,))),
    "cos": lambda u: Call("sin", (u,)),
    "exp": lambda u: Call("exp", (u,)),
    "tan": lambda u: Negate(Call("ln", (Call("cos", (u,)),))),
    "ln": lambda u: Subtract(Multiply(u, Call("ln", (u,))), u),
}
OVER_SQUARE: dict[str, Callable[[Node], Node]] = {
    "cos": lambda u: Call("tan", (u,)),
    "sin": lambda u: Negate(Call("cot", (u,))),
}
"""∫ 1/cos² u and ∫ 1/sin² u."""


def integrals(root: Node, var: str) -> dict[int, Node | None]:
    """Antiderivatives of a tree and all its parts, by the parts' ids.

    There are some for sums of powers, logarithms, waves and exponentials of lines, for 1 over a number and a square,
    or their root, and None for anything else.
    """
    found: dict[int, Node | None] = {}
    slopes = derivatives(root, var)

    def over_inner(outer: Node, inner: Node) -> Node | None:
        """∫ g′(ax + b) dx = g(ax + b)/a; nothing where the inside is no line."""
        slope = slopes[id(inner)]
        return None if free_variables(slope) else Divide(outer, slope)

    def keep(node: Node, below: Sequence[Node | None]) -> Node | None:
        return found.setdefault(id(node), of(node, below))

    def of(node: Node, below: Sequence[Node | None]) -> Node | None:
        x = Variable(var)
        if var not in free_variables(node):
            return Multiply(node, x)
        match node:
            case Variable():
                return Divide(Power(x, TWO), TWO)
            case Negate() if below[0]:
                return Negate(below[0])
            case Add() | Subtract() if below[0] and below[1]:
                return type(node)(below[0], below[1])
            case Multiply(u, v) if var not in free_variables(u) and below[1]:
                return Multiply(u, below[1])
            case Multiply(u, v) if var not in free_variables(v) and below[0]:
                return Multiply(below[0], v)
            case Divide(u, v) if var not in free_variables(v) and below[0]:
                return Divide(below[0], v)
            case Divide(u, v) if var not in free_variables(u):
                outer, inner = _one_over(v)
                return over_inner(Multiply(u, outer), inner)
            case Power(u, Negate(Number(n))) if n == 1:
                return over_inner(*_one_over(u))
            case Power(Constant("e"), v):
                return over_inner(node, v)
            case Power(Number() as base, v):
                return over_inner(Divide(node, Call("ln", (base,))), v)
            case Power(u, n) if not free_variables(n):
                higher = Add(n, ONE)
                return over_inner(Divide(Power(u, higher), higher), u)
            case Call("sqrt", (u,)):
                return over_inner(Divide(Multiply(TWO, Multiply(u, node)), Number(Fraction(3))), u)
            case Call(function, (u,)) if function in OUTER:
                return over_inner(OUTER[function](u), u)
        return None

    fold(root, keep)
    return found


def _one_over(below: Node) -> tuple[Node, Node]:
    """∫ 1/v by what stands inside v, and that inside."""
    match below:
        case Power(Call(function, (u,)), Number(n)) if n == 2 and function in OVER_SQUARE:
            return OVER_SQUARE[function](u), u
        case Power(u, Number(n)) if n != 1:
            rest = Number(1 - n)
            return Divide(Power(u, rest), rest), u
    return _arc(below) or (Call("ln", (below,)), below)


def _arc(below: Node) -> tuple[Node, Node] | None:
    """∫ 1/(a + bv²) dv and ∫ 1/√(a + bv²) dv for numbers a > 0 and b, with v; None where it is no inverse function."""
    root = isinstance(below, Call) and below.function == "sqrt"
    match below.children[0] if root else below:
        case Add(Number(a), square) | Add(square, Number(a)):
            sign = 1
        case Subtract(Number(a), square) if root:
            sign = -1
        case _:
            return None
    b, power = (
        (square.left.value, square.right)
        if isinstance(square, Multiply) and isinstance(square.left, Number)
        else (1, square)
    )
    if not isinstance(power, Power) or power.exponent != TWO or a <= 0 or b <= 0:
        return None
    function = ("arcsinh" if sign > 0 else "arcsin") if root else "arctan"
    inside = Multiply(_number(math.sqrt(b / a)), power.base)
    return Divide(Call(function, (inside,)), _number(math.sqrt(b if root else a * b))), power.base


def _number(value: float) -> Number:
    return Number(Fraction(value))
