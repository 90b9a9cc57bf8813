"""What a part of a formula gains over an increment: the named pieces of which its own rule makes it.

Everything is an expression in x0 and h, the point and the increment Δx. Each piece knows what becomes of it when it is
divided by Δx and Δx goes to 0; these limits add up to the derivative of the named steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Literal

from explorer.expression import (
    Add,
    And,
    Comparison,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    fold,
    parse,
)
from explorer.increments.ways import moves

__all__ = [
    "HIGHEST",
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

Tone = Literal["first", "second", "third", "fourth", "fifth", "sixth", "vanishing"]
"""Which operand a piece belongs to, or that nothing is left of it in the limit."""

X0, H = Expression.variable("x0"), Expression.variable("h")
PLACE = ("x0", "h")
ZERO = Number(Fraction(0))
HIGHEST = 60
"""A higher whole power has its tangent and its bend."""


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
    increment. `links` are, for a chain, the functions of x from the innermost to the whole part; the one that stands
    `between` two operands and the part has that letter. `by` is the form by which a function is told where it has
    another than its own: sinh x as a difference.
    """

    kind: str
    rule: str
    law: str
    part: Expression
    pieces: tuple[Piece, ...]
    operands: tuple[Operand, ...] = ()
    links: tuple[Expression, ...] = ()
    between: str = ""
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
    """The derivative at x₀; undefined at a seam where the branches on both sides do not meet, or not with one slope."""
    return reduce(lambda total, seam: total + here(seam), seams(u), here(u.derivative("x")))


@lru_cache(maxsize=512)
def seams(u: Expression) -> tuple[Expression, ...]:
    """For each seam between branches an expression that is 0, and undefined at the seam unless both sides agree.

    A branch for a single place (x = 0) has no sides and no seam.
    """
    found: list[Expression] = []
    for node in _parts(u.root, Piecewise):
        assert isinstance(node, Piecewise)
        for k, (condition, value) in enumerate(node.branches):
            rest = node.branches[k + 1 :]
            beyond = Piecewise(rest, node.otherwise) if rest else node.otherwise
            agree = None if beyond is None else _agree(of(value), of(beyond))
            for test in _parts(condition, Comparison):
                assert isinstance(test, Comparison)
                if test.operator not in ("=", "!=") and moves(test):
                    apart = (Comparison("!=", test.left, test.right), ZERO)
                    found.append(of(Piecewise((apart, (agree, ZERO)) if agree else (apart,), None)))
    return tuple(found)


def _agree(a: Expression, b: Expression) -> Node:
    """That two functions have one value and one slope, to rounding."""
    slopes = a.derivative("x"), b.derivative("x")
    pairs = ((a, b), slopes)
    tests = (_form("abs(u-v) - 10^-9*(1+abs(u))", ("u", "v")).substitute({"u": u, "v": v}) for u, v in pairs)
    return And(*(Comparison("<", test.root, ZERO) for test in tests))


def _parts(root: Node, kind: type[Node]) -> list[Node]:
    """All parts of one kind."""
    found: list[Node] = []

    def look(node: Node, _: Sequence[None]) -> None:
        if isinstance(node, kind):
            found.append(node)

    fold(root, look)
    return found


@lru_cache(maxsize=512)
def rise(u: Expression) -> Expression:
    """u(x₀ + Δx) − u(x₀), made of the rises of its parts before values can cancel: of 3x + 1000 it is 3·Δx."""
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
        case Multiply(left, right):
            return rise(of(left)) * here(of(right)) + there(of(left)) * rise(of(right))
        case Divide(left, right):
            top, bottom = of(left), of(right)
            return (rise(top) - here(u) * rise(bottom)) / there(bottom)
        case Power(base, Number(n)) if n.denominator == 1 and 2 <= n <= HIGHEST:
            return _rise_of_power(of(base), int(n))
    return there(u) - here(u)


def _rise_of_power(u: Expression, n: int) -> Expression:
    """Of uⁿ, by the binary digits of n: b² − a² = (b − a)(a + b), and one factor u more where the digit is 1."""
    first, second, step = here(u), there(u), rise(u)
    total, low, high = step, first, second
    for digit in f"{n:b}"[1:]:
        total, low, high = total * (low + high), low * low, high * high
        if digit == "1":
            total, low, high = total * second + low * step, low * first, high * second
    return total


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
