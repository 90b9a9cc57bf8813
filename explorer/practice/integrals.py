"""What comes out when somebody integrates where they should derive: the short table of a first course."""

from __future__ import annotations

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


def integrals(root: Node, var: str) -> dict[int, Node | None]:
    """Antiderivatives of a tree and all its parts, by the parts' ids.

    There are some for sums of powers, logarithms, waves and exponentials of lines, and None for anything else.
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
            case Divide(u, Power(v, Number(n))) if var not in free_variables(u) and n != 1:
                rest = Number(1 - n)
                return over_inner(Divide(Multiply(u, Power(v, rest)), rest), v)
            case Divide(u, v) if var not in free_variables(u):
                return over_inner(Multiply(u, Call("ln", (v,))), v)
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
