"""A line with brackets under its bars: a/b·c as a/(b·c), which is what is meant where brackets were forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.expression import Divide, Expression, Multiply, Node, fold, with_children

__all__ = ["bracketed"]


def bracketed(typed: Expression) -> Expression | None:
    """The line with every factor behind a bar below it; None where there is none."""
    root = fold(typed.root, _below)
    return None if root == typed.root else Expression(root, typed.variables)


def _below(node: Node, below: Sequence[Node]) -> Node:
    match node, below:
        case Multiply(), (Divide(top, bottom), factor):
            return Divide(top, Multiply(bottom, factor))
    return with_children(node, below)
