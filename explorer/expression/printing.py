"""The canonical text of a tree: the one that the reader reads back to the same tree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from explorer.expression.tree import (
    Add,
    And,
    Call,
    Comparison,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
)

__all__ = ["number_text", "text_of"]

SUM, PRODUCT, POWER, ATOM = range(4)

Printed = tuple[str, int]
"""A text and how tightly it holds together."""


def number_text(value: Fraction) -> str:
    """A number with finitely many decimals, written out."""
    if value.denominator == 1:
        return str(value.numerator)
    places = 0
    while 10**places % value.denominator:
        places += 1
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def text_of(root: Node) -> str:
    """The canonical text of a tree."""
    return fold(root, _print)[0]


def _wrap(printed: Printed, least: int) -> str:
    text, level = printed
    return text if level >= least else f"({text})"


def _print(node: Node, below: Sequence[Printed]) -> Printed:
    match node:
        case Number(value):
            return number_text(value), ATOM
        case Constant(name) | Variable(name):
            return name, ATOM
        case Negate():
            return f"-{_wrap(below[0], PRODUCT)}", SUM
        case Add():
            return f"{below[0][0]}+{_wrap(below[1], PRODUCT)}", SUM
        case Subtract():
            return f"{below[0][0]}-{_wrap(below[1], PRODUCT)}", SUM
        case Multiply(left, _):
            first, second = _wrap(below[0], PRODUCT), _wrap(below[1], POWER)
            implied = isinstance(left, Number) and (second[0].isalpha() or second[0] == "(")
            return f"{first}{'' if implied else '*'}{second}", PRODUCT
        case Divide():
            return f"{_wrap(below[0], PRODUCT)}/{_wrap(below[1], POWER)}", PRODUCT
        case Power(_, exponent):
            plain = isinstance(exponent, Number | Constant | Variable)
            return f"{_wrap(below[0], ATOM)}^{below[1][0] if plain else f'({below[1][0]})'}", POWER
        case Call("factorial"):
            return f"{below[0][0]}!", ATOM
        case Call(function):
            return f"{function}({','.join(text for text, _ in below)})", ATOM
        case Comparison(sign):
            return f"{below[0][0]}{sign}{below[1][0]}", SUM
        case And():
            return f"{below[0][0]} and {below[1][0]}", SUM
        case Piecewise(branches, otherwise):
            parts = [f"{below[2 * k][0]}:{below[2 * k + 1][0]}" for k in range(len(branches))]
            if otherwise is not None:
                parts.append(below[-1][0])
            return "{" + ",".join(parts) + "}", ATOM
    raise TypeError(f"not a node of a formula: {type(node).__name__}")
