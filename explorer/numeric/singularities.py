"""Where could a formula break? The structure of its tree knows every place.

A `Trigger` says: something may happen where `node` meets a level. Zeros of products are zeros of factors,
zeros of sin u are levels of u, and so on: the simpler the node, the more exactly its levels are found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from explorer.expression import (
    FUNCTIONS,
    Add,
    Call,
    Comparison,
    Constant,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    compile_tape,
    free_variables,
    rational_value,
)
from explorer.expression.functions.row import Level

__all__ = ["Met", "Trigger", "triggers_of"]

MAX_TRIGGERS = 60
"""More are dropped: formulas within the reader's limits stay far below."""


class Met(IntEnum):
    """What the formula is where a level is met; of two triggers at one place the greater word counts.

    `UNDEFINED` is certain: a zero denominator outside any piecewise branch. `DEFINED` is the root of 0 or the
    arcsine of 1, though the rounding of its argument may miss it; `UNSURE` is what turns on a comparison.
    """

    DEFINED = 0
    UNSURE = 1
    UNDEFINED = 2


@dataclass(frozen=True)
class Trigger:
    """The places where `node` equals `level` (plus a whole multiple of `spacing` when that is not 0).

    `steps`: the formula jumps there, however little the node has moved, as a floor or a comparison does.
    """

    node: Node
    level: float
    spacing: float
    met: Met
    steps: bool = False


@lru_cache(maxsize=256)
def triggers_of(f: Expression) -> tuple[Trigger, ...]:
    """All triggers of a formula, those of equal places merged."""
    found: dict[tuple[Node, float, float], tuple[Met, bool]] = {}
    for trigger in _walk((f.root, *f.guards)):
        if free_variables(trigger.node):
            key = (trigger.node, trigger.level, trigger.spacing)
            met, steps = found.get(key, (Met.DEFINED, False))
            found[key] = max(met, trigger.met), steps or trigger.steps
    return tuple(Trigger(*key, *known) for key, known in list(found.items())[:MAX_TRIGGERS])


def _walk(roots: tuple[Node, ...]) -> Iterator[Trigger]:
    waiting: list[tuple[Node, bool]] = [(root, False) for root in roots]
    seen: set[tuple[int, bool]] = set()
    while waiting:
        node, branched = waiting.pop()
        if (id(node), branched) in seen:
            continue
        seen.add((id(node), branched))
        yield from _own(node, not branched)
        # A branch that is not taken does not matter: what it leaves undefined says nothing for certain.
        below = branched or isinstance(node, Piecewise)
        waiting.extend((child, below) for child in node.children)
        if isinstance(node, Call):
            waiting.append((FUNCTIONS[node.function].watched(*node.arguments), below))


def _own(node: Node, certain: bool) -> Iterator[Trigger]:
    """The triggers of one node, not of those below it."""
    undefined = Met.UNDEFINED if certain else Met.UNSURE
    match node:
        case Divide(_, bottom):
            yield from _zeros(bottom, undefined)
        case Power(base, exponent):
            yield from _power(base, exponent, undefined)
        case Comparison(_, left, right):
            yield from _stepping(_meetings(left, right))
        case Call(function, arguments):
            row = FUNCTIONS[function]
            watched = row.watched(*arguments)
            for edge in row.edges:
                found = _at(watched, edge, Met.DEFINED if edge.defined else undefined)
                yield from _stepping(found) if row.steps else found
            if row.chooses:
                for left, right in combinations(arguments, 2):
                    yield from _meetings(left, right)


def _stepping(triggers: Iterator[Trigger]) -> Iterator[Trigger]:
    return (replace(trigger, steps=True) for trigger in triggers)


def _at(node: Node, level: Level, met: Met) -> Iterator[Trigger]:
    """Where a node has a level."""
    if level.at == level.every == 0:
        yield from _zeros(node, met)
    else:
        yield Trigger(node, level.at, level.every, met)


def _power(base: Node, exponent: Node, undefined: Met) -> Iterator[Trigger]:
    exact = rational_value(exponent)
    if exact is None:
        yield from _zeros(base, Met.UNSURE)
        if not free_variables(base):
            yield from _zeros(exponent, Met.UNSURE)
            if _is_negative(base):
                # A negative number has powers at whole exponents only.
                yield Trigger(exponent, 0.0, 1.0, Met.UNSURE)
    elif exact <= 0 or exact.denominator != 1:
        yield from _zeros(base, undefined if exact <= 0 else Met.DEFINED)


def _is_negative(constant: Node) -> bool:
    return float(compile_tape({"it": Expression(constant, ())}, ()).run()["it"]) < 0


def _meetings(left: Node, right: Node) -> Iterator[Trigger]:
    yield from _zeros(Subtract(left, right), Met.UNSURE)


def _zeros(node: Node, met: Met) -> Iterator[Trigger]:
    """Where a node is 0, told by simpler nodes where possible."""
    match node:
        case Number() | Constant():
            return
        case Negate(inner):
            yield from _zeros(inner, met)
        case Multiply(left, right):
            yield from _zeros(left, met)
            yield from _zeros(right, met)
        case Divide(top, _):
            yield from _zeros(top, met)
        case Power(base, exponent):
            exact = rational_value(exponent)
            if exact is not None and exact > 0:
                yield from _zeros(base, met)
            elif exact is None and free_variables(base):
                yield Trigger(node, 0.0, 0.0, met)
        case Subtract(inner, constant) if rational_value(constant) is not None:
            yield from _level(inner, rational_value(constant), met)
        case Subtract(constant, inner) if rational_value(constant) is not None:
            yield from _level(inner, rational_value(constant), met)
        case Add(inner, constant) if (value := rational_value(constant)) is not None:
            yield from _level(inner, -value, met)
        case Add(constant, inner) if (value := rational_value(constant)) is not None:
            yield from _level(inner, -value, met)
        case _:
            yield from _told(node, 0.0, met)


def _told(node: Node, value: float, met: Met) -> Iterator[Trigger]:
    """Where a node has a value, told by the argument where it is a function that knows."""
    levels = None
    if isinstance(node, Call):
        levels = FUNCTIONS[node.function].meets(value)
    if levels is None:
        yield Trigger(node, value, 0.0, met)
    else:
        for level in levels:
            yield from _at(node.children[0], level, met)


def _level(node: Node, value: Fraction | None, met: Met) -> Iterator[Trigger]:
    """Where a node equals an exact number."""
    level = float(value) if value is not None else math.nan
    match node:
        case _ if level == 0:
            yield from _zeros(node, met)
        case Power(inner, exponent) if rational_value(exponent) == 2 and level > 0:
            root = math.sqrt(level)
            yield Trigger(inner, root, 0.0, met)
            yield Trigger(inner, -root, 0.0, met)
        case _:
            yield from _told(node, level, met)
