"""What comes out where a formula is taken for another one first, and that one is derived, or left as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Multiply,
    Negate,
    Node,
    Number,
    Power,
    Subtract,
    differentiate,
    with_children,
)
from explorer.practice.parts import Part
from explorer.practice.slips import Slip, Slips

__all__ = ["power_moved", "sum_taken_apart"]

SUMS = Add | Subtract
HALF = Number(Fraction(1, 2))
THROUGH_POWERS = ("sqrt", "cbrt", "abs")
"""With these (g(u))ⁿ and g(uⁿ) are the same wherever both have values."""


def sum_taken_apart(part: Part) -> Slips:
    """g(u + v) = g(u) + g(v), derived, and as it stands: √(x² + 9) is x + 3 then.

    (u − v)ⁿ becomes uⁿ − vⁿ or uⁿ + (−v)ⁿ.
    """
    if part.is_chain and part.inner is not None:
        inside = part.node.children[part.inner]
        if isinstance(inside, SUMS):
            for signed in (False, True) if isinstance(part.node, Power) else (False,):
                apart = _apart(part, inside, signed)
                yield Slip(part.run(differentiate(apart, part.variable)))
                yield Slip(part.run(apart))


def _apart(part: Part, inside: Node, signed: bool) -> Node:
    """The sum of what the function outside makes of each term; `signed`, of what is taken away with its minus."""
    match inside:
        case Subtract(u, v) if signed:
            return Add(_apart(part, u, signed), _of_term(part, Negate(v)))
        case Add() | Subtract():
            return with_children(inside, [_apart(part, side, signed) for side in inside.children])
    return _of_term(part, inside)


def _of_term(part: Part, term: Node) -> Node:
    """What the function outside makes of a term; a root of a square is what is squared."""
    if part.exponent is not None and np.all(part.exponent == 1 / 2):
        match term:
            case Power(base, Number(value)) if value and value % 2 == 0:
                return Power(base, Number(value / 2))
            case Multiply(Number() as factor, Power(base, Number(value))) if value and value % 2 == 0:
                return Multiply(Power(factor, HALF), Power(base, Number(value / 2)))
    return with_children(
        part.node, [term if k == part.inner else child for k, child in enumerate(part.node.children)]
    )


def power_moved(part: Part) -> Slips:
    """(g(u))ⁿ taken for g(uⁿ), and the other way round."""
    for other in _moved(part.node) if part.moves else ():
        yield Slip(part.run(differentiate(other, part.variable)))


def _moved(node: Node) -> Iterator[Node]:
    match node:
        case Power(Call(function, (u,)), Number() as n) if function not in THROUGH_POWERS:
            yield Call(function, (Power(u, n),))
        case Call(function, (Power(u, Number() as n),)) if function not in THROUGH_POWERS:
            yield Power(Call(function, (u,)), n)
