"""Parts of a formula that rest: what is taken of an argument that keeps to its level on a whole part of a window.

√(|x| − x) is 0 for x > 0, where the formula of its slope is 0/0, and in √(|x + y| − x − y) rounding leaves the root a
value of 10⁻⁸, or none. There the argument is its level, as far as doubles can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from explorer.expression import (
    FUNCTIONS,
    Call,
    Expression,
    Node,
    Power,
    compile_tape,
    fold,
    free_variables,
    parse,
    rational_value,
    with_children,
)
from explorer.numeric.calculus import values_with_errors
from explorer.numeric.refine import grid
from explorer.numeric.results import Span
from explorer.numeric.seams import of_parts

__all__ = ["rested", "without_noise"]

_SIZE = parse("|a|", ("a",))

LOOK = {1: (1025,), 2: (41, 47)}
"""So many places a side are looked at; of a plane not as many both ways, for no line meets many of them then."""

CROOKED = 1 - 1e-9
"""Makes numbers of round ones that have all the digits of a double: sums of few digits show no rounding."""

PART = 0.02
"""What keeps to its level at so many of them rests there; a line across a plane is met at fewer."""

ROUNDINGS, FINE = 4.0, 1e-9
"""It keeps to it within so many roundings; what they blur more, in parts of its usual size, tells nothing."""


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def rested(f: Expression, *spans: Span) -> Expression:
    """The same function, in which arguments that rest on a part of the window are their levels there."""
    watched = list(dict.fromkeys(one for one in _watched(f) if free_variables(one[0].root)))
    if not watched:
        return f
    axes = np.meshgrid(*(CROOKED * grid(*span, n) for span, n in zip(spans, LOOK[len(spans)], strict=True)))
    tape = compile_tape({str(k): away for k, (away, _, _) in enumerate(watched)}, f.variables)
    found = tape.run_with_errors(*axes)
    height, slopes = f.value_and_gradient(*axes)
    silent = ~np.isfinite(height + sum(slopes))
    away_from_0 = 1 + sum(np.abs(axis) for axis in axes)
    resting: dict[Node, tuple[Expression, float, Expression]] = {}
    for k, (away, node, there) in enumerate(watched):
        value, error = found[str(k)]
        blur = ROUNDINGS * (error + np.spacing(error))
        rests = np.abs(value) <= blur
        if (rests & silent).mean() < PART or rests.all():
            continue
        if ROUNDINGS * float(blur[rests].max()) <= FINE * float(np.nanmedian(np.abs(value[~rests]))):
            resting[node] = away, ROUNDINGS * float((blur / away_from_0)[rests].max()), there
    if not resting:
        return f
    far = sum(
        (_SIZE.substitute({"a": Expression.variable(name)}) for name in f.variables), Expression.number(1)
    )

    def combine(node: Node, below: Sequence[Node]) -> Node:
        whole = with_children(node, below)
        if node not in resting:
            return whole
        away, width, there = resting[node]
        # Beyond the window, where a wider one may look, rounding grows with the place.
        parts = {"a": away, "t": width * far, "b": there, "c": Expression(whole, f.variables)}
        return of_parts("{a <= t: {a >= -t: b, c}, c}", **parts).root

    return Expression(fold(f.root, combine), f.variables, f.guards)


@np.errstate(all="ignore")
def without_noise(f: Expression, span: Span) -> Expression:
    """What rests, and what is constant but for rounding that is seen: sin² x + cos² x − 1 as 0."""
    f = rested(f, span)
    y, errors = values_with_errors(f, grid(*span, *LOOK[1]))
    height = float(np.median(y))
    known = float(errors.max()) <= FINE * (1 + abs(height))
    if not (known and np.ptp(y) > 0 and (np.abs(y - height) <= 2 * errors).all()):
        return f
    return Expression.number(0.0 if abs(height) <= 2 * errors.max() else height).over(f.variables)


def _watched(f: Expression) -> list[tuple[Expression, Node, Expression]]:
    """How far arguments are from levels at which what is taken of them has an edge; the node, and what it is there."""
    found: list[tuple[Expression, Node, Expression]] = []

    def look(node: Node, _: Sequence[None]) -> None:
        match node:
            case Power(base, exponent):
                exact = rational_value(exponent)
                if exact is not None and exact > 0 and exact.denominator != 1:
                    found.append((Expression(base, f.variables), node, Expression.number(0)))
            case Call(function, arguments):
                row = FUNCTIONS[function]
                if row.chooses and len(arguments) == 2:
                    left, right = (Expression(one, f.variables) for one in arguments)
                    found.append((left - right, node, left))
                elif len(arguments) == 1 and row.watched(*arguments) is arguments[0]:
                    argument = Expression(arguments[0], f.variables)
                    for edge in row.edges:
                        if edge.every == 0 and edge.defined:
                            there = Call(function, (Expression.number(edge.at).root,))
                            found.append((argument - edge.at, node, Expression(there, ())))

    fold(f.root, look)
    return found
