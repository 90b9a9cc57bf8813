"""A product and its logarithm: ln g as the sum of the logarithms of g's factors, found by rule from the tree.

A product may overflow or vanish in double precision where the sum is a plain number. Best places are sought within
0 < p < 1 only, and on the sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, reduce

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Constant,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Number,
    Power,
    Subtract,
    free_variables,
    rational_value,
)
from explorer.numeric.analysis import analyse
from explorer.numeric.calculus import values
from explorer.numeric.corrected import corrected_derivative
from explorer.numeric.results import Array, CriticalKind

__all__ = ["Best", "Logarithm", "Term", "best_within", "logarithm_of", "slope_within"]

BESIDE = 1e-9
"""So near to 0 and 1 the ends are looked at; ln g has often no value on them."""

LOOK = np.array([BESIDE, *np.linspace(0.0, 1.0, 402), 1 - BESIDE])
"""Places in 0 ≤ p ≤ 1 at which the sign of a factor is looked at."""

ONE = Number(Fraction(1))
HALF = Divide(ONE, Number(Fraction(2)))


@dataclass(frozen=True)
class Term:
    """A summand of ln g: the logarithm of `factor`, times its `exponent`."""

    exponent: Expression
    factor: Expression
    logarithm: Expression


@dataclass(frozen=True)
class Logarithm:
    """ln g as the sum of its terms, and its slope; both undefined where g is not positive.

    `exists` says whether a place with g > 0 was found in 0 ≤ p ≤ 1. Where `sized`, the sum as it is written has values
    where g < 0 too, and needs the words “where g > 0”.
    """

    terms: tuple[Term, ...]
    sum: Expression
    slope: Expression
    exists: bool
    sized: bool

    @property
    def is_constant(self) -> bool:
        """Whether its slope is 0 by rule."""
        return self.slope.text == "0"


@dataclass(frozen=True)
class Best:
    """Where ln g is greatest within 0 < p < 1, and its value there; None where there is no such place.

    `end` is 0 or 1 where ln g is greater towards that end than anywhere, and so has no greatest place; `smooth`
    whether there is a slope at p, which is 0.
    """

    p: float | None
    value: float | None
    end: float | None = None
    smooth: bool = True


@lru_cache(maxsize=128)
def logarithm_of(g: Expression) -> Logarithm:
    """The logarithm of g in p by ln uv = ln u + ln v, ln u/v = ln u − ln v, ln uⁿ = n ln u, ln eᵘ = u; (ln u)′ = u′/u.

    g > 0 asks for an even number of negative factors among those with an odd exponent. Where only one of them changes
    its sign it enters with the sign that makes g positive; several enter by their size, and a guard holds the sign of
    their product. The slope of either is u′/u all the same.
    """
    factors = list(_factors(g.root, ONE))
    turning = [
        (exponent, factor)
        for exponent, factor, own in factors
        if _is_real_below_zero(own) and (_seen(factor, g) < 0).any()
    ]
    odd = [factor for exponent, factor in turning if _is_odd(exponent)]
    moving = [factor for factor in odd if free_variables(factor)]
    flipped = len(odd) > len(moving) and _sign_of([one for one in odd if one not in moving], g) < 0
    alone = moving[0] if len(moving) == 1 else None
    guards = () if alone is not None else _positive(odd)
    terms, plain = [], []
    for exponent, factor, _ in factors:
        if factor in (ONE, Negate(ONE)):
            continue
        size = factor
        if factor is alone:
            size = _opposite(factor) if flipped else factor
        elif (exponent, factor) in turning:
            size = Call("abs", (factor,))
        logarithm = _logarithm(exponent, size)
        terms.append(Term(*(Expression(node, g.variables) for node in (exponent, factor, logarithm))))
        plain.append(_logarithm(exponent, factor))
    total = Expression(_sum([term.logarithm.root for term in terms]), g.variables, guards)
    slope = Expression(_sum(plain), g.variables).derivative(*g.variables)
    slope = replace(slope, guards=(total.root, *total.guards))
    exists = bool(np.isfinite(_seen(total.root, g, total.guards)).any())
    return Logarithm(tuple(terms), total, slope, exists, sized=len(moving) > 1)


def _logarithm(exponent: Node, factor: Node) -> Node:
    return exponent if factor == Constant("e") else _times(exponent, Call("ln", (factor,)))


def _sum(nodes: Sequence[Node]) -> Node:
    """The nodes one after the other, with a minus where one has it in front."""
    total = nodes[0] if nodes else Number(Fraction(0))
    for node in nodes[1:]:
        total = Subtract(total, node.operand) if isinstance(node, Negate) else Add(total, node)
    return total


def _positive(factors: Sequence[Node]) -> tuple[Node, ...]:
    """A guard that is defined where the product of the factors is positive."""
    if not factors:
        return ()
    signs: list[Node] = [Call("sign", (factor,)) for factor in factors]
    return (Call("ln", (reduce(Multiply, signs),)),)


def _factors(node: Node, exponent: Node) -> Iterator[tuple[Node, Node, Node]]:
    """The factors of node^exponent as (exponent, factor, the part of the exponent that stands at the factor itself).

    √u² is undefined where u < 0 though its exponent is 1. The depth of a tree is bounded, so this ends.
    """
    if isinstance(node, Multiply):
        yield from _factors(node.left, exponent)
        yield from _factors(node.right, exponent)
    elif isinstance(node, Divide):
        yield from _factors(node.left, exponent)
        yield from _factors(node.right, _negative(exponent))
    elif isinstance(node, Negate) and node.operand != ONE:
        yield exponent, Negate(ONE), ONE
        yield from _factors(node.operand, exponent)
    elif isinstance(node, Power) and _is_whole(node.exponent):
        yield from _factors(node.base, _times(exponent, node.exponent))
    elif isinstance(node, Power):
        yield _times(exponent, node.exponent), node.base, node.exponent
    elif isinstance(node, Call) and node.function == "sqrt":
        yield _times(exponent, HALF), node.arguments[0], HALF
    elif isinstance(node, Call) and node.function == "exp":
        yield _times(exponent, node.arguments[0]), Constant("e"), ONE
    else:
        yield exponent, node, ONE


def _is_whole(exponent: Node) -> bool:
    value = rational_value(exponent)
    return value is not None and value.denominator == 1


def _negative(node: Node) -> Node:
    return node.operand if isinstance(node, Negate) else Negate(node)


def _times(exponent: Node, node: Node) -> Node:
    """The product, with numbers multiplied and a factor 1 or −1 not written."""
    if isinstance(exponent, Negate):
        return _negative(_times(exponent.operand, node))
    if exponent == ONE:
        return node
    if isinstance(node, Negate):
        return _negative(_times(exponent, node.operand))
    if isinstance(exponent, Number) and isinstance(node, Number):
        return Number(exponent.value * node.value)
    return exponent if node == ONE else Multiply(exponent, node)


def _is_real_below_zero(exponent: Node) -> bool:
    """Whether a negative number has a power with this exponent: a whole one, or one with an odd root."""
    value = rational_value(exponent)
    return value is not None and value.denominator % 2 == 1


def _is_odd(exponent: Node) -> bool:
    value = rational_value(exponent)
    return value is not None and value.numerator % 2 == 1


def _opposite(factor: Node) -> Node:
    return Subtract(factor.right, factor.left) if isinstance(factor, Subtract) else _negative(factor)


def _sign_of(constants: Sequence[Node], g: Expression) -> float:
    return float(np.prod([np.sign(Expression(one, g.variables)(0.5)) for one in constants]))


def _seen(node: Node, g: Expression, guards: tuple[Node, ...] = ()) -> Array:
    """Its values where signs are looked at, and where it turns between those places."""
    e = Expression(node, g.variables, guards)
    turns = [point.x for point in analyse(e, (0.0, 1.0)).critical] if free_variables(node) else []
    return values(e, np.append(LOOK, turns))


@lru_cache(maxsize=128)
def best_within(logarithm: Expression) -> Best:
    """The highest place of ln g within 0 < p < 1, an end that is higher still, or neither."""
    found = [
        point
        for point in analyse(logarithm, (0.0, 1.0)).critical
        if point.kind is CriticalKind.MAXIMUM and BESIDE < point.x < 1 - BESIDE
    ]
    highest = max(found, key=lambda point: point.y, default=None)
    beside = values(logarithm, np.array([BESIDE, 1 - BESIDE]))
    beside = np.where(np.isnan(beside), -np.inf, beside)
    middle = values(logarithm, np.array([0.5])) if highest is None else np.array([highest.y])
    end = float(np.argmax(beside)) if beside.max() > np.nan_to_num(middle, nan=-np.inf)[0] else None
    if highest is None or end is not None:
        return Best(None, None, end)
    return Best(highest.x, highest.y, smooth=highest.smooth)


def slope_within(f: Expression, slope: Expression | None = None) -> Expression:
    """The slope of f over 0 ≤ p ≤ 1, by `slope` if that is given, with a value only where there is one."""
    return corrected_derivative(f, analyse(f, (0.0, 1.0)), slope)
