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
    rational_value,
)
from explorer.numeric.analysis import analyse
from explorer.numeric.calculus import values
from explorer.numeric.results import CriticalKind

__all__ = ["Best", "Logarithm", "Term", "best_within", "logarithm_of"]

LOOK = np.linspace(0.0, 1.0, 402)[1:-1]
"""Places within 0 < p < 1 at which the sign of a factor is looked at."""

BESIDE = 1e-9
"""So near to 0 and 1 the ends are looked at; ln g has often no value on them."""

ONE = Number(Fraction(1))


@dataclass(frozen=True)
class Term:
    """A summand of ln g: the logarithm of `factor`, times its `exponent`."""

    exponent: Expression
    factor: Expression
    logarithm: Expression


@dataclass(frozen=True)
class Logarithm:
    """ln g as the sum of its terms, and its slope; both undefined where g is not positive."""

    terms: tuple[Term, ...]
    sum: Expression
    slope: Expression


@dataclass(frozen=True)
class Best:
    """Where ln g is greatest within 0 < p < 1, and its value there; None where there is no such place.

    `end` is 0 or 1 where ln g is greater still towards that end.
    """

    p: float | None
    value: float | None
    end: float | None = None


@lru_cache(maxsize=128)
def logarithm_of(g: Expression) -> Logarithm:
    """The logarithm of g in p by ln uv = ln u + ln v, ln u/v = ln u − ln v, ln uⁿ = n ln u, ln eᵘ = u; (ln u)′ = u′/u.

    A factor that is negative somewhere within 0 < p < 1 and has a whole exponent enters by its size, and its slope is
    u′/u all the same; the sign of the whole then decides where there is a logarithm.
    """
    terms, plain, signs = [], [], []
    for exponent, factor in _factors(g.root, ONE):
        whole = rational_value(exponent)
        size = factor
        if whole is not None and whole.denominator == 1 and _goes_below_zero(factor, g):
            size = Call("abs", (factor,))
            signs += [factor] * (whole.numerator % 2)
        if factor in (ONE, Negate(ONE)):
            continue
        logarithm = _logarithm(exponent, size)
        terms.append(Term(*(Expression(node, g.variables) for node in (exponent, factor, logarithm))))
        plain.append(_logarithm(exponent, factor))
    total = Expression(_sum([term.logarithm.root for term in terms]), g.variables, _positive(signs))
    slope = Expression(_sum(plain), g.variables).derivative(*g.variables)
    return Logarithm(tuple(terms), total, replace(slope, guards=(total.root, *total.guards)))


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


def _factors(node: Node, exponent: Node) -> Iterator[tuple[Node, Node]]:
    """The factors of node^exponent as (exponent, factor); the depth of a tree is bounded, so this ends."""
    if isinstance(node, Multiply):
        yield from _factors(node.left, exponent)
        yield from _factors(node.right, exponent)
    elif isinstance(node, Divide):
        yield from _factors(node.left, exponent)
        yield from _factors(node.right, _negative(exponent))
    elif isinstance(node, Negate) and node.operand != ONE:
        yield exponent, Negate(ONE)
        yield from _factors(node.operand, exponent)
    elif isinstance(node, Power) and _is_whole(node.exponent):
        yield from _factors(node.base, _times(exponent, node.exponent))
    elif isinstance(node, Power):
        yield _times(exponent, node.exponent), node.base
    elif isinstance(node, Call) and node.function == "sqrt":
        yield _times(exponent, Divide(ONE, Number(Fraction(2)))), node.arguments[0]
    elif isinstance(node, Call) and node.function == "exp":
        yield _times(exponent, node.arguments[0]), Constant("e")
    else:
        yield exponent, node


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


def _goes_below_zero(factor: Node, g: Expression) -> bool:
    seen = values(Expression(factor, g.variables), LOOK)
    return bool((seen < 0).any())


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
    if highest is None:
        return Best(None, None, end)
    return Best(highest.x, highest.y, end)
