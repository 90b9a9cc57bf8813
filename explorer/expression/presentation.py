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

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
"""The same comparison with its sides exchanged."""
TURNED = {"<": ">", "<=": ">", ">": "<", ">=": "<", "=": "!=", "!=": "="}
"""Where a comparison does not hold, joints left out."""
STRICT = {"<=": "<", ">=": ">"}
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
    told = [_intervals(condition) for condition, _ in node.branches]
    known = [intervals for intervals in told if intervals is not None]
    names = free_variables(Piecewise(tuple((c, ZERO) for c, _ in node.branches), None))
    if len(known) < len(told) or len(names) != 1:
        return _opened_roughly(node)
    variable = Variable(min(names))
    rest: list[Interval] = [(None, None)]
    rows: list[tuple[Node, Node]] = []
    for (_, value), intervals in zip(node.branches, known, strict=True):
        here = [piece for interval in intervals for piece in _common(rest, interval)]
        rows += [(condition, value) for condition in _within(variable, here)]
        for low, high in intervals:
            left = _common(rest, (None, low)) if low is not None else []
            rest = left + (_common(rest, (high, None)) if high is not None else [])
    if node.otherwise is not None:
        rows += [(condition, node.otherwise) for condition in _within(variable, rest)]
    return Piecewise(tuple(rows), None) if rows else node


def _opened_roughly(node: Piecewise) -> Piecewise:
    """Conditions that are no intervals are made strict one by one; a lone one is turned round for the rest."""
    branches = tuple((_strict(condition), value) for condition, value in node.branches)
    first = branches[0][0]
    if node.otherwise is None or len(branches) > 1 or not isinstance(first, Comparison):
        return Piecewise(branches, node.otherwise)
    turned = Comparison(TURNED[first.operator], first.left, first.right)
    rows = (*branches, (turned, node.otherwise))
    # An equation holds on joints only.
    return Piecewise(
        tuple((condition, value) for condition, value in rows if not _is_equation(condition)), None
    )


def _is_equation(condition: Node) -> bool:
    return isinstance(condition, Comparison) and condition.operator == "="


def _strict(condition: Node) -> Node:
    if isinstance(condition, And):
        return And(_strict(condition.left), _strict(condition.right))
    if isinstance(condition, Comparison):
        return Comparison(STRICT.get(condition.operator, condition.operator), condition.left, condition.right)
    return condition


def _intervals(condition: Node) -> list[Interval] | None:
    """Where a condition holds, its ends apart; None where these are no intervals between numbers.

    What holds at a single number is an interval from it to itself.
    """
    if isinstance(condition, And):
        sides = _intervals(condition.left), _intervals(condition.right)
        if sides[0] is None or sides[1] is None:
            return None
        return [piece for interval in sides[1] for piece in _common(sides[0], interval)]
    if not isinstance(condition, Comparison):
        return None
    operator, left, right = condition.operator, condition.left, condition.right
    if isinstance(right, Variable):
        operator, left, right = FLIPPED[operator], right, left
    value = rational_value(right)
    if not isinstance(left, Variable) or value is None:
        return None
    end = (value, right)
    below: Interval = (None, end)
    above: Interval = (end, None)
    told: dict[str, list[Interval]] = {"<": [below], ">": [above], "=": [(end, end)], "!=": [below, above]}
    return told[STRICT.get(operator, operator)]


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


def _within(variable: Variable, pieces: Sequence[Interval]) -> list[Node]:
    """The conditions of the pieces; all but one number is one condition."""
    match pieces:
        case [(None, (a, place)), ((b, _), None)] if a == b:
            return [Comparison("!=", variable, place)]
    return [_between(variable, *piece) for piece in pieces]


def _between(variable: Variable, low: Bound, high: Bound) -> Node:
    if low is None and high is None:
        return Comparison("<=", variable, variable)
    if low is None or high is None:
        operator, end = (">", low) if high is None else ("<", high)
        assert end is not None
        return Comparison(operator, variable, end[1])
    return And(Comparison("<", low[1], variable), Comparison("<", variable, high[1]))
