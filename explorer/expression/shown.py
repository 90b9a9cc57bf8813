"""A derivative as it is shown: what holds between the places that its formula leaves out.

0/u, which computes "0, and nothing where u is 0", is a plain 0; and the pieces of a piecewise formula are open,
for a rule says nothing about a joint.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from explorer.expression.rebuild import with_children
from explorer.expression.tidy import ZERO, add, divide, is_zero, multiply, negate, subtract
from explorer.expression.tree import (
    Add,
    And,
    Comparison,
    Divide,
    Multiply,
    Negate,
    Node,
    Pending,
    Piecewise,
    Subtract,
    Variable,
    fold,
    free_variables,
    rational_value,
)

__all__ = ["leaves_out_jumps", "shown_derivative"]

Bound = tuple[Fraction, Node] | None
Interval = tuple[Bound, Bound]

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
TIDY = {Add: add, Subtract: subtract, Multiply: multiply, Divide: divide}


def _is_guard(node: Node) -> bool:
    return isinstance(node, Divide) and is_zero(node.left) and bool(free_variables(node.right))


def leaves_out_jumps(root: Node) -> bool:
    """Whether a derivative says 0 with places left out."""
    return fold(root, lambda node, below: any(below) or _is_guard(node))


def shown_derivative(root: Node, whole: bool = True) -> Node:
    """The tree to be typeset; with `whole` what a 0 makes of the rest is worked out."""

    def combine(node: Node, below: Sequence[Node]) -> Node:
        if isinstance(node, Pending):
            return node
        if isinstance(node, Piecewise):
            node = with_children(node, below)
            assert isinstance(node, Piecewise)
            return _opened(node)
        unchanged = all(new is old for new, old in zip(below, node.children, strict=True))
        if not whole or unchanged:
            node = with_children(node, below)
        elif isinstance(node, Negate):
            node = negate(below[0])
        elif type(node) in TIDY:
            node = TIDY[type(node)](*below)
        else:
            node = with_children(node, below)
        return ZERO if _is_guard(node) else node

    return fold(root, combine)


def _opened(node: Piecewise) -> Piecewise:
    """The pieces without their joints, each with its own condition."""
    intervals = [_interval(condition) for condition, _ in node.branches]
    known = [interval for interval in intervals if interval is not None]
    names = free_variables(Piecewise(tuple((c, ZERO) for c, _ in node.branches), None))
    if len(known) < len(intervals) or len(names) != 1:
        return _opened_roughly(node)
    variable = Variable(min(names))
    rest: list[Interval] = [(None, None)]
    rows: list[tuple[Node, Node]] = []
    for (_, value), (low, high) in zip(node.branches, known, strict=True):
        rows += [(_within(variable, piece), value) for piece in _common(rest, (low, high))]
        rest = _common(rest, (None, low)) * (low is not None) + _common(rest, (high, None)) * (
            high is not None
        )
    if node.otherwise is not None:
        rows += [(_within(variable, piece), node.otherwise) for piece in rest]
    return Piecewise(tuple(rows), None) if rows else node


def _opened_roughly(node: Piecewise) -> Piecewise:
    """Conditions that are no intervals are made strict one by one; a lone one is turned round for the rest."""
    branches = tuple((_strict(condition), value) for condition, value in node.branches)
    first = branches[0][0]
    if node.otherwise is None or len(branches) > 1 or not isinstance(first, Comparison):
        return Piecewise(branches, node.otherwise)
    turned = Comparison(FLIPPED[first.operator], first.left, first.right)
    return Piecewise((*branches, (turned, node.otherwise)), None)


def _strict(condition: Node) -> Node:
    if isinstance(condition, And):
        return And(_strict(condition.left), _strict(condition.right))
    if isinstance(condition, Comparison):
        return Comparison(condition.operator[0], condition.left, condition.right)
    return condition


def _interval(condition: Node) -> Interval | None:
    """Where a condition holds, its ends apart; None where that is no interval between numbers."""
    if isinstance(condition, And):
        sides = _interval(condition.left), _interval(condition.right)
        if sides[0] is None or sides[1] is None:
            return None
        return next(iter(_common([sides[0]], sides[1])), None)
    if not isinstance(condition, Comparison):
        return None
    operator, left, right = condition.operator, condition.left, condition.right
    if isinstance(right, Variable):
        operator, left, right = FLIPPED[operator], right, left
    value = rational_value(right)
    if not isinstance(left, Variable) or value is None:
        return None
    return (None, (value, right)) if operator[0] == "<" else ((value, right), None)


def _common(pieces: Sequence[Interval], other: Interval) -> list[Interval]:
    """What the pieces have in common with another interval, where that is more than a point."""
    found: list[Interval] = []
    for piece in pieces:
        lows = [end for end in (piece[0], other[0]) if end is not None]
        highs = [end for end in (piece[1], other[1]) if end is not None]
        low = max(lows, key=lambda end: end[0], default=None)
        high = min(highs, key=lambda end: end[0], default=None)
        if low is None or high is None or low[0] < high[0]:
            found.append((low, high))
    return found


def _within(variable: Variable, piece: Interval) -> Node:
    low, high = piece
    if low is None and high is None:
        return Comparison("<=", variable, variable)
    if low is None or high is None:
        operator, end = (">", low) if high is None else ("<", high)
        assert end is not None
        return Comparison(operator, variable, end[1])
    return And(Comparison("<", low[1], variable), Comparison("<", variable, high[1]))
