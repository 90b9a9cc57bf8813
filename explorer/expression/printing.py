"""The canonical text of a tree: the one that the reader reads back to the same tree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

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

__all__ = ["Path", "Span", "number_text", "part_at", "spans_of", "text_of"]

SUM, PRODUCT, POWER, ATOM = range(4)

Printed = tuple[str, int]
"""A text and how tightly it holds together."""
Path = tuple[int, ...]
"""The way from the whole to one occurrence of a part, by the numbers of children."""
Span = tuple[int, int]
"""Where a part begins and ends in a text."""
Piece = str | int


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


def spans_of(root: Node) -> dict[Path, Span]:
    """Where each occurrence of a part stands in the canonical text, by its path from the whole.

    A path counts children from 0; a bracket around a part does not belong to it. Where one node stands twice, as x
    does in x·sin(x), its occurrences have paths of their own.
    """
    printed: dict[int, Printed] = {}

    def remember(node: Node, below: Sequence[Printed]) -> Printed:
        return printed.setdefault(id(node), _print(node, below))

    spans: dict[Path, Span] = {(): (0, len(fold(root, remember)[0]))}
    waiting: list[tuple[Path, Node]] = [((), root)]
    for path, node in waiting:  # grows by the children of what it has come to
        place = spans[path][0]
        below = [printed[id(child)] for child in node.children]
        for piece in _pieces(node, below)[0]:
            if isinstance(piece, str):
                place += len(piece)
                continue
            end = place + len(below[piece][0])
            spans[*path, piece] = (place, end)
            waiting.append(((*path, piece), node.children[piece]))
            place = end
    return spans


def part_at(root: Node, path: Path) -> Node:
    """The part of a tree at a path. Raises IndexError where there is none."""
    return reduce(lambda node, child: node.children[child], path, root)


def _print(node: Node, below: Sequence[Printed]) -> Printed:
    pieces, level = _pieces(node, below)
    return "".join([piece if isinstance(piece, str) else below[piece][0] for piece in pieces]), level


def _pieces(node: Node, below: Sequence[Printed]) -> tuple[Sequence[Piece], int]:
    """What a node's text is made of: its own signs, and the numbers of its children in their places."""

    def wrapped(child: int, least: int) -> tuple[Piece, ...]:
        return (child,) if below[child][1] >= least else ("(", child, ")")

    match node:
        case Number(value):
            return (number_text(value),), ATOM
        case Constant(name) | Variable(name):
            return (name,), ATOM
        case Negate():
            return ("-", *wrapped(0, PRODUCT)), SUM
        case Add():
            return (0, "+", *wrapped(1, PRODUCT)), SUM
        case Subtract():
            return (0, "-", *wrapped(1, PRODUCT)), SUM
        case Multiply(left, _):
            second = wrapped(1, POWER)
            begins = below[1][0][0] if second[0] == 1 else "("
            # 2E-1 would be a power of ten, where a variable is called E.
            letter = begins.isalpha() and begins != "E"
            implied = isinstance(left, Number) and (letter or begins == "(")
            return (*wrapped(0, PRODUCT), "" if implied else "*", *second), PRODUCT
        case Divide():
            return (*wrapped(0, PRODUCT), "/", *wrapped(1, POWER)), PRODUCT
        case Power(_, exponent):
            plain = isinstance(exponent, Number | Constant | Variable)
            return (*wrapped(0, ATOM), "^", *((1,) if plain else ("(", 1, ")"))), POWER
        case Pending(_, variable, partial):
            mark = "∂" if partial else "d"
            return (f"{mark}/{mark}{variable}(", 0, ")"), ATOM
        case Call(function):
            look = FUNCTIONS[function].look
            if isinstance(look, Behind):
                return (0, look.sign), ATOM
            return (f"{function}(", *_listed(range(len(below))), ")"), ATOM
        case Comparison(sign):
            # Without the spaces 5! = x would be 5 != x.
            return (0, f" {sign} " if sign in ("=", "!=") else sign, 1), SUM
        case And():
            return (0, " and ", 1), SUM
        case Piecewise(branches, _):
            pairs: list[Piece] = []
            for child in range(2 * len(branches)):
                pairs += [child, "," if child % 2 else ":"]
            # The last comma stays where something follows.
            pairs = pairs[:-1] if len(below) == 2 * len(branches) else [*pairs, len(below) - 1]
            return ("{", *pairs, "}"), ATOM
    raise TypeError(f"not a node of a formula: {type(node).__name__}")


def _listed(children: Sequence[int]) -> list[Piece]:
    return [piece for child in children for piece in (child, ",")][:-1]
