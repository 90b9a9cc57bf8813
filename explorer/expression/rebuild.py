"""A node built anew around other children."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from operator import is_

from explorer.expression.tree import Call, Comparison, Node, Piecewise

__all__ = ["with_children"]


def with_children(node: Node, children: Sequence[Node]) -> Node:
    """The same kind of node around `children`, which come in the order of `node.children`."""
    if all(starmap(is_, zip(children, node.children, strict=True))):
        return node
    match node:
        case Call(function):
            return Call(function, tuple(children))
        case Piecewise(branches, otherwise):
            count = len(branches)
            pairs = tuple((children[2 * k], children[2 * k + 1]) for k in range(count))
            return Piecewise(pairs, None if otherwise is None else children[-1])
        case Comparison(sign):
            return Comparison(sign, *children)
        case _:
            return type(node)(*children)
