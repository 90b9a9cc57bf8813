"""What a part of a formula gains over an increment: the named pieces of which its own rule makes it.

Everything is an expression in x0 and h, the point and the increment Δx. Each piece knows what becomes of it when it is
divided by Δx and Δx goes to 0; these limits add up to the derivative of the named steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Literal

from explorer.expression import (
    Add,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Subtract,
    parse,
)
from explorer.increments.ways import moves

__all__ = [
    "X0",
    "H",
    "Increment",
    "Operand",
    "Piece",
    "Tone",
    "here",
    "made",
    "of",
    "rise",
    "slope",
    "there",
    "vanishing",
]

Tone = Literal["first", "second", "third", "fourth", "vanishing"]
"""Which operand a piece belongs to, or that nothing is left of it in the limit."""

X0, H = Expression.variable("x0"), Expression.variable("h")
PLACE = ("x0", "h")


@dataclass(frozen=True)
class Operand:
    """A part that a rule names by a letter."""

    letter: str
    of: Expression
    tone: Tone


@dataclass(frozen=True)
class Piece:
    """A piece of the increment: its name in words, its formula, its value, and the limit of value/Δx."""

    name: str
    formula: str
    value: Expression
    limit: Expression
    tone: Tone

    @property
    def quotient(self) -> Expression:
        """The piece divided by Δx; undefined where that is 0."""
        return self.value / H


@dataclass(frozen=True)
class Increment:
    """How a part's increment comes about by its outermost rule.

    `kind` names the picture; `rule` is the rule in words, `law` what it says in letters. `pieces` add up to the part's
    increment. `links` are, for a chain, the functions of x from the innermost to the whole part. `by` is the form by
    which a function is told where it has another than its own: sinh x as a difference.
    """

    kind: str
    rule: str
    law: str
    part: Expression
    pieces: tuple[Piece, ...]
    operands: tuple[Operand, ...] = ()
    links: tuple[Expression, ...] = ()
    by: Expression | None = None

    @property
    def total(self) -> Expression:
        """The increment of the whole part."""
        return rise(self.part)


def of(node: Node) -> Expression:
    """A part as a function of x."""
    return Expression(node, ("x",))


@lru_cache(maxsize=512)
def here(u: Expression) -> Expression:
    """The value at x₀."""
    return u.substitute({"x": X0}, PLACE)


@lru_cache(maxsize=512)
def there(u: Expression) -> Expression:
    """The value at x₀ + Δx."""
    return u.substitute({"x": X0 + H}, PLACE)


@lru_cache(maxsize=512)
def slope(u: Expression) -> Expression:
    """The derivative at x₀."""
    return here(u.derivative("x"))


@lru_cache(maxsize=512)
def rise(u: Expression) -> Expression:
    """u(x₀ + Δx) − u(x₀), constants left out before they can cancel: of 3x + 1000 it is 3·Δx."""
    root = u.root
    if not moves(root):
        return Expression.number(0.0) * here(u)  # undefined where the constant is
    if root == parse("x").root:
        return H
    match root:
        case Negate(inner):
            return -rise(of(inner))
        case Add(left, right):
            return rise(of(left)) + rise(of(right))
        case Subtract(left, right):
            return rise(of(left)) - rise(of(right))
        case Multiply(left, right) if not moves(left):
            return here(of(left)) * rise(of(right))
        case Multiply(left, right) if not moves(right):
            return rise(of(left)) * here(of(right))
        case Divide(left, right) if not moves(right):
            return rise(of(left)) / here(of(right))
    return there(u) - here(u)


def vanishing(part: Expression) -> Expression:
    """0 where the part has a derivative: elsewhere nothing is known of what a piece heads for."""
    return slope(part) * 0.0


@lru_cache(maxsize=256)
def _form(text: str, letters: tuple[str, ...]) -> Expression:
    return parse(text, letters)


def made(text: str, **given: Expression) -> Expression:
    """An expression from a form in single letters, such as u·(v − w), with an expression for each."""
    letters = tuple(given)
    return _form(text, letters).substitute(dict(given), PLACE)


def product_of(factors: Mapping[int, Expression] | list[Expression]) -> Expression:
    """The product of one expression or more."""
    values = list(factors.values()) if isinstance(factors, Mapping) else factors
    return reduce(lambda a, b: a * b, values)
