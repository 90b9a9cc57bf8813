"""What a line means with brackets that were forgotten: a/b·c as a/(b·c), e²·x as e^(2x), x³/2 as x^(3/2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from explorer.expression import (
    Constant,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Number,
    Path,
    Power,
    fold,
    part_at,
    spans_of,
    with_children,
)
from explorer.practice.flat import with_parts

__all__ = ["bracketed", "exponents_bracketed"]

MOST_SITES = 4


def bracketed(typed: Expression) -> Expression | None:
    """The line with every factor behind a bar below it; None where there is none."""
    root = fold(typed.root, _below)
    return None if root == typed.root else Expression(root, typed.variables)


def _below(node: Node, below: Sequence[Node]) -> Node:
    match node, below:
        case Multiply(), (Divide(top, bottom), factor):
            return Divide(top, Multiply(bottom, factor))
    return with_children(node, below)


def exponents_bracketed(typed: Expression) -> Iterator[tuple[Expression, Node, Node]]:
    """The line with what follows an exponent in it, at one place or at all: at most `MOST_SITES` + 1 lines.

    With each, how the (first) power is read with what follows, and how it may be meant: e²·x, e^(2x).
    """
    sites = list(islice(_sites(typed.root), MOST_SITES))
    for chosen in [[site] for site in sites] + ([sites] if len(sites) > 1 else []):
        root = with_parts(typed.root, {path: whole for path, _, _, whole in chosen})
        yield Expression(root, typed.variables), chosen[0][1], chosen[0][2]


def _sites(root: Node) -> Iterator[tuple[Path, Node, Node, Node]]:
    """Where a power is followed by a factor or a bar: the way, the two alone, the longer power, and all put there."""
    for path in spans_of(root):
        node = part_at(root, path)
        if not isinstance(node, Multiply | Divide):
            continue
        power, before = _last(node.left)
        follows = node.right
        if not isinstance(power, Power) or not isinstance(power.exponent, Number | Negate):
            continue
        constant = isinstance(power.base, Number | Constant)
        if constant if isinstance(node, Multiply) else isinstance(follows, Number):
            longer = Power(power.base, with_children(node, [power.exponent, follows]))
            yield path, with_children(node, [power, follows]), longer, before(longer)


def _last(node: Node) -> tuple[Node, Callable[[Node], Node]]:
    """The last factor of a product, and what puts another one in its place."""
    match node:
        case Multiply(left, right):
            return right, lambda other: Multiply(left, other)
        case Negate(Multiply(left, right)):
            return right, lambda other: Negate(Multiply(left, other))
        case Negate(inside):
            return inside, Negate
    return node, lambda other: other
