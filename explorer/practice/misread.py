"""What comes out where a formula is taken for another one first, and that one is derived, or left as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

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
    differentiate,
    with_children,
)
from explorer.practice.parts import Part
from explorer.practice.slips import LOGARITHMS, Others, Slip, Slips, taken_for

__all__ = ["other_function", "power_moved", "product_taken_apart", "sum_taken_apart"]

SUMS = Add | Subtract
HALF = Number(Fraction(1, 2))
THROUGH_POWERS = ("sqrt", "cbrt", "abs")
"""With these (g(u))ⁿ and g(uⁿ) are the same wherever both have values, and so g(u·v) and g(u)·g(v)."""
TAKEN_FOR: Others = {
    "sin": (lambda u: 1 / np.sqrt(1 - u**2),),
    "cos": (lambda u: -1 / np.sqrt(1 - u**2),),
    "tan": (lambda u: -1 / np.sin(u) ** 2, lambda u: np.sin(u) / np.cos(u) ** 2, lambda u: 1 / (1 + u**2)),
    "cot": (lambda u: 1 / np.cos(u) ** 2, lambda u: -np.cos(u) / np.sin(u) ** 2),
    "sec": (lambda u: 1 / np.cos(u) ** 2, lambda u: -np.cos(u) / np.sin(u) ** 2),
    "csc": (lambda u: -1 / np.sin(u) ** 2, lambda u: np.sin(u) / np.cos(u) ** 2),
    "arcsin": (lambda u: 1 / (1 + u**2), lambda u: -1 / np.sqrt(1 - u**2), np.arccos,
               lambda u: -np.cos(u) / np.sin(u) ** 2),
    "arccos": (lambda u: -1 / (1 + u**2), lambda u: 1 / np.sqrt(1 - u**2), lambda u: -np.arcsin(u),
               lambda u: np.sin(u) / np.cos(u) ** 2),
    "arctan": (lambda u: 1 / np.sqrt(1 - u**2), lambda u: 1 / np.sqrt(1 + u**2), lambda u: 1 / np.arccos(u) ** 2,
               lambda u: -1 / np.sin(u) ** 2),
    "arcsinh": (lambda u: 1 / (1 + u**2),),
    "arctanh": (lambda u: 1 / np.sqrt(1 - u**2), lambda u: 1 / np.sqrt(1 + u**2)),
    "sinh": (np.cos,),
    "cosh": (np.sin, lambda u: -np.sin(u)),
    "tanh": (lambda u: 1 / np.cos(u) ** 2,),
    "ln": (np.exp,),
}  # fmt: skip
"""By functions, the slopes of others that are easily taken for them: of the inverse, of 1/g for g⁻¹, of a neighbour."""


def other_function(part: Part) -> Slips:
    """(arctan u)′ = (arcsin u)′, and what else is taken for another function."""
    return taken_for(part, TAKEN_FOR)


def product_taken_apart(part: Part) -> Slips:
    """g(u·v) = g(u)·g(v), g(u/v) = g(u)/g(v), derived; of logarithms also ln u·ln v = ln(u·v), and factor by factor."""
    for other in _parted(part.node) if part.moves else ():
        yield Slip(part.run(differentiate(other, part.variable)))
        match part.node, other:
            case Call(), (Multiply(u, v) | Divide(u, v)) if part.node.function in LOGARITHMS:
                slopes = [part.run(differentiate(side, part.variable)) for side in (u, v)]
                yield Slip(slopes[0] * slopes[1] if isinstance(other, Multiply) else slopes[0] / slopes[1])


def _parted(node: Node) -> Iterator[Node]:
    match node:
        case Call(function, ((Multiply(u, v) | Divide(u, v)) as inside,)) if function not in THROUGH_POWERS:
            yield with_children(inside, [Call(function, (u,)), Call(function, (v,))])
        case Power(Number() | Constant() as base, (Multiply(u, v) | Divide(u, v)) as inside):
            yield with_children(inside, [Power(base, u), Power(base, v)])
        case Multiply(Call(g, (u,)), Call(h, (v,))) | Divide(Call(g, (u,)), Call(h, (v,))) if (
            g == h and g in LOGARITHMS
        ):
            yield Call(g, (with_children(node, [u, v]),))


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
