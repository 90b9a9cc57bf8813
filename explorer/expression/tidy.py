"""Building nodes tidily: what a careful hand writes down, no more.

0·u, 1·u, u + 0 and u¹ vanish, and numeric coefficients combine and stand in front: 3·(2x) becomes 6x. Nothing
else is simplified, so a derivative still shows the rule that made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from explorer.expression.rebuild import with_children
from explorer.expression.tree import (
    Add,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Power,
    Subtract,
    Variable,
    fold,
    is_short,
    rational_value,
)

__all__ = [
    "ONE",
    "ZERO",
    "add",
    "divide",
    "exact",
    "is_monomial",
    "is_zero",
    "multiply",
    "negate",
    "power",
    "subtract",
    "tidied",
]

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))

Coefficient = tuple[Fraction, bool, Node | None]
"""A number, whether it was written with decimals, and what it multiplies (None: nothing)."""


def _has_short_decimals(value: Fraction) -> bool:
    return 10**12 % value.denominator == 0


def exact(value: Fraction | int, decimals: bool = False) -> Node:
    """The tree of an exact number, as the reader would build it: −(2/3), or 0.4 with `decimals`."""
    value = Fraction(value)
    if value < 0:
        return Negate(exact(-value, decimals))
    if value.denominator == 1 or (decimals and _has_short_decimals(value)):
        return Number(value)
    return Divide(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def is_zero(node: Node) -> bool:
    """Whether a node is literally 0."""
    return isinstance(node, Number) and node.value == 0


def _literal(node: Node) -> tuple[Fraction, bool] | None:
    """A number as the reader or `exact` writes it, with no operation left to do but a fraction bar."""
    match node:
        case Number(value):
            return value, value.denominator != 1
        case Negate(operand):
            inner = _literal(operand)
            return inner and (-inner[0], inner[1])
        case Divide(Number(top), Number(bottom)) if bottom:
            return top / bottom, top.denominator != 1 or bottom.denominator != 1
    return None


def _split(node: Node) -> Coefficient:
    """A node as coefficient · rest."""
    number = _literal(node)
    if number is not None:
        return (*number, None)
    match node:
        case Negate(operand):
            value, decimals, rest = _split(operand)
            return -value, decimals, rest
        case Multiply(left, right):
            number = _literal(left)
            if number is not None and not is_zero(left):
                value, decimals, rest = _split(right)
                if rest is not None:
                    return number[0] * value, number[1] or decimals, rest
            value, decimals, rest = _split(left)
            if rest is not None and value != 1:
                return value, decimals, Multiply(rest, right)
        case Divide(top, bottom):
            number = _literal(bottom)
            if number is not None and number[0]:
                value, decimals, rest = _split(top)
                return value / number[0], number[1] or decimals, rest
    return Fraction(1), False, node


def _join(value: Fraction, decimals: bool, rest: Node | None) -> Node:
    if rest is None:
        return exact(value, decimals)
    if value == 0:
        return ZERO
    if value < 0:
        return Negate(_join(-value, decimals, rest))
    if value == 1:
        return rest
    if value.denominator == 1 or (decimals and _has_short_decimals(value)):
        return _in_front(Number(value), rest)
    top = rest if value.numerator == 1 else _in_front(Number(Fraction(value.numerator)), rest)
    return Divide(top, Number(Fraction(value.denominator)))


def _in_front(factor: Node, rest: Node, depth: int = 0) -> Node:
    """Factor · rest, written 2·x·y rather than 2·(x·y).

    Only in short products: a long one would have to be copied, and f′ would no longer share it with f.
    """
    if isinstance(rest, Multiply) and depth < 4:
        return Multiply(_in_front(factor, rest.left, depth + 1), rest.right)
    return Multiply(factor, rest)


def is_monomial(node: Node) -> bool:
    """Whether a node is a plain thing such as 2x, x²/3 or 5: a number times powers of variables."""
    for _ in range(4):
        match node:
            case Variable() | Number() | Power(Variable(), Number()):
                return True
            case Negate(inner) | Divide(inner, Number()) | Multiply(Number(), inner):
                node = inner
            case Multiply(inner, Variable() | Power(Variable(), Number())):
                node = inner
            case _:
                return False
    return False


def multiply(left: Node, right: Node) -> Node:
    """Left · right, tidied."""
    if is_zero(left) or is_zero(right):
        return ZERO
    (a, a_decimals, u), (b, b_decimals, v) = _split(left), _split(right)
    if not is_short(a * b):
        return Multiply(left, right)
    rest = v if u is None else u if v is None else _in_front(u, v)
    return _join(a * b, a_decimals or b_decimals, rest)


def divide(left: Node, right: Node) -> Node:
    """Left / right, tidied; a literal 0 on top goes only over a non-zero number."""
    (a, a_decimals, u), (b, b_decimals, v) = _split(left), _split(right)
    if b == 0 or not is_short(a / b):
        return Divide(left, right)
    if v is None:
        return _join(a / b, a_decimals or b_decimals, u)
    if a == 0:
        return Divide(ZERO, right)
    value, decimals = a / b, a_decimals or b_decimals
    sign, size = (value < 0), abs(value)
    if decimals and _has_short_decimals(size):
        top, bottom = _join(size, True, u), v
    else:
        top = _join(Fraction(size.numerator), False, u)
        bottom = _join(Fraction(size.denominator), False, v)
    return Negate(Divide(top, bottom)) if sign else Divide(top, bottom)


def negate(node: Node) -> Node:
    """−node, tidied."""
    value, decimals, rest = _split(node)
    return _join(-value, decimals, rest)


def add(left: Node, right: Node) -> Node:
    """Left + right, tidied."""
    if is_zero(left):
        return right
    if is_zero(right):
        return left
    a, b = _literal(left), _literal(right)
    if a is not None and b is not None and is_short(a[0] + b[0]):
        return exact(a[0] + b[0], a[1] or b[1])
    if isinstance(right, Negate):
        return Subtract(left, right.operand)
    return Add(left, right)


def subtract(left: Node, right: Node) -> Node:
    """Left − right, tidied."""
    if is_zero(right):
        return left
    if is_zero(left):
        return negate(right)
    a, b = _literal(left), _literal(right)
    if a is not None and b is not None and is_short(a[0] - b[0]):
        return exact(a[0] - b[0], a[1] or b[1])
    if isinstance(right, Negate):
        return Add(left, right.operand)
    return Subtract(left, right)


def power(base: Node, exponent: Node) -> Node:
    """Base ^ exponent; u¹ is u, and a whole power of a whole number is not worked out."""
    return base if rational_value(exponent) == 1 else Power(base, exponent)


def tidied(root: Node) -> Node:
    """A tree built up once more by a careful hand: 0·u is 0, also where u has no value."""

    def combine(node: Node, below: Sequence[Node]) -> Node:
        if isinstance(node, Negate):
            return negate(below[0])
        build = {Add: add, Subtract: subtract, Multiply: multiply, Divide: divide, Power: power}.get(
            type(node)
        )
        return build(*below) if build else with_children(node, below)

    return fold(root, combine)
