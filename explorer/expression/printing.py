"""The canonical text of a tree: the one that the reader reads back to the same tree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from explorer.expression.functions import FUNCTIONS, Behind
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
    Pending,
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
    """A number with finitely many decimals; very large and very small ones as 1E21, 5E-7."""
    if value >= 10**15 or 0 < value < Fraction(1, 10**5):
        digits, power = str(value.numerator), 0
        if value.denominator > 1:
            power = -_decimal_places(value)
            digits = str(value.numerator * 10**-power // value.denominator)
        mantissa = digits.rstrip("0")
        point = f"{mantissa[0]}.{mantissa[1:]}" if len(mantissa) > 1 else mantissa
        return f"{point}E{len(digits) - 1 + power}"
    if value.denominator == 1:
        return str(value.numerator)
    places = _decimal_places(value)
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def _decimal_places(value: Fraction) -> int:
    places = 0
    while 10**places % value.denominator:
        places += 1
    return places


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
            # 2E-1 would be a power of ten, where a variable is called E.
            letter = second[0].isalpha() and second[0] != "E"
            implied = isinstance(left, Number) and (letter or second[0] == "(")
            return f"{first}{'' if implied else '*'}{second}", PRODUCT
        case Divide():
            return f"{_wrap(below[0], PRODUCT)}/{_wrap(below[1], POWER)}", PRODUCT
        case Power(_, exponent):
            plain = isinstance(exponent, Number | Constant | Variable)
            return f"{_wrap(below[0], ATOM)}^{below[1][0] if plain else f'({below[1][0]})'}", POWER
        case Pending(_, variable, partial):
            mark = "∂" if partial else "d"
            return f"{mark}/{mark}{variable}({below[0][0]})", ATOM
        case Call(function):
            look = FUNCTIONS[function].look
            if isinstance(look, Behind):
                return f"{below[0][0]}{look.sign}", ATOM
            return f"{function}({','.join(text for text, _ in below)})", ATOM
        case Comparison(sign):
            # Without the spaces 5! = x would be 5 != x.
            return f"{below[0][0]}{f' {sign} ' if sign in ('=', '!=') else sign}{below[1][0]}", SUM
        case And():
            return f"{below[0][0]} and {below[1][0]}", SUM
        case Piecewise(branches, otherwise):
            parts = [f"{below[2 * k][0]}:{below[2 * k + 1][0]}" for k in range(len(branches))]
            if otherwise is not None:
                parts.append(below[-1][0])
            return "{" + ",".join(parts) + "}", ATOM
    raise TypeError(f"not a node of a formula: {type(node).__name__}")
