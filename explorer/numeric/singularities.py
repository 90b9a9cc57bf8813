"""Where could a formula break? The structure of its tree knows every place.

A `Trigger` says: something may happen where `node` meets a level. Zeros of products are zeros of factors,
zeros of sin u are levels of u, and so on: the simpler the node, the more exactly its levels are found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache

from explorer.expression import Expression
from explorer.expression.tree import (
    Add,
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
    free_variables,
    rational_value,
)

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
    """The places where `node` equals `level` (plus a whole multiple of `spacing` when that is not 0)."""

    node: Node
    level: float
    spacing: float
    met: Met


LEVELS: dict[str, tuple[tuple[float, float, Met], ...]] = {
    # function → (level, spacing, what it is there)
    "tan": ((math.pi / 2, math.pi, Met.UNDEFINED),),
    "sec": ((math.pi / 2, math.pi, Met.UNDEFINED),),
    "csc": ((0.0, math.pi, Met.UNDEFINED),),
    "cot": ((0.0, math.pi, Met.UNDEFINED),),
    "floor": ((0.0, 1.0, Met.DEFINED),),
    "ceil": ((0.0, 1.0, Met.DEFINED),),
    "arcsin": ((-1.0, 0.0, Met.DEFINED), (1.0, 0.0, Met.DEFINED)),
    "arccos": ((-1.0, 0.0, Met.DEFINED), (1.0, 0.0, Met.DEFINED)),
    "arctanh": ((-1.0, 0.0, Met.UNDEFINED), (1.0, 0.0, Met.UNDEFINED)),
    "arccosh": ((1.0, 0.0, Met.DEFINED),),
}

ZEROS_OF_ARGUMENT = {
    "ln": Met.UNDEFINED,
    "log10": Met.UNDEFINED,
    "log2": Met.UNDEFINED,
    "sqrt": Met.DEFINED,
    "cbrt": Met.DEFINED,
    "abs": Met.DEFINED,
    "sign": Met.DEFINED,
}
"""Functions that may break where their argument is 0, and what they are there."""


@lru_cache(maxsize=256)
def triggers_of(f: Expression) -> tuple[Trigger, ...]:
    """All triggers of a formula, those of equal places merged."""
    found: dict[tuple[Node, float, float], Met] = {}
    for trigger in _walk((f.root, *f.guards)):
        if free_variables(trigger.node):
            key = (trigger.node, trigger.level, trigger.spacing)
            found[key] = max(found.get(key, Met.DEFINED), trigger.met)
    return tuple(Trigger(*key, met) for key, met in list(found.items())[:MAX_TRIGGERS])


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


def _own(node: Node, certain: bool) -> Iterator[Trigger]:
    """The triggers of one node, not of those below it."""
    undefined = Met.UNDEFINED if certain else Met.UNSURE
    match node:
        case Divide(_, bottom):
            yield from _zeros(bottom, undefined)
        case Power(base, exponent):
            yield from _power(base, exponent, undefined)
        case Comparison(_, left, right):
            yield from _meetings(left, right)
        case Call("min" | "max", arguments):
            for k, left in enumerate(arguments):
                for right in arguments[k + 1 :]:
                    yield from _meetings(left, right)
        case Call("root", (argument, _)):
            yield from _zeros(argument, Met.DEFINED)
        case Call(function, (argument,)) if function in LEVELS:
            for level, spacing, met in LEVELS[function]:
                yield Trigger(argument, level, spacing, min(met, undefined))
        case Call(function, (argument,)) if function in ZEROS_OF_ARGUMENT:
            yield from _zeros(argument, min(ZEROS_OF_ARGUMENT[function], undefined))


def _power(base: Node, exponent: Node, undefined: Met) -> Iterator[Trigger]:
    exact = rational_value(exponent)
    if exact is None:
        yield from _zeros(base, Met.UNSURE)
        if not free_variables(base):
            yield from _zeros(exponent, Met.UNSURE)
    elif exact <= 0 or exact.denominator != 1:
        yield from _zeros(base, undefined if exact <= 0 else Met.DEFINED)


def _meetings(left: Node, right: Node) -> Iterator[Trigger]:
    yield from _zeros(Subtract(left, right), Met.UNSURE)


def _zeros(node: Node, met: Met) -> Iterator[Trigger]:
    """Where a node is 0, told by simpler nodes where possible."""
    match node:
        case Number() | Constant():
            return
        case Negate(inner) | Call(
            "sqrt" | "cbrt" | "abs" | "arctan" | "sinh" | "tanh" | "arcsin" | "arcsinh", (inner,)
        ):
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
        case Call("exp" | "cosh", _):
            return
        case Call("sin" | "tan", (inner,)):
            yield Trigger(inner, 0.0, math.pi, met)
        case Call("cos" | "cot", (inner,)):
            yield Trigger(inner, math.pi / 2, math.pi, met)
        case Call("ln" | "log10" | "log2", (inner,)):
            yield Trigger(inner, 1.0, 0.0, met)
        case Subtract(inner, constant) if rational_value(constant) is not None:
            yield from _level(inner, rational_value(constant), met)
        case Subtract(constant, inner) if rational_value(constant) is not None:
            yield from _level(inner, rational_value(constant), met)
        case Add(inner, constant) if (value := rational_value(constant)) is not None:
            yield from _level(inner, -value, met)
        case Add(constant, inner) if (value := rational_value(constant)) is not None:
            yield from _level(inner, -value, met)
        case _:
            yield Trigger(node, 0.0, 0.0, met)


def _level(node: Node, value: Fraction | None, met: Met) -> Iterator[Trigger]:
    """Where a node equals an exact number."""
    level = float(value) if value is not None else math.nan
    match node:
        case _ if level == 0:
            yield from _zeros(node, met)
        case Call("abs", (inner,)):
            if level > 0:
                yield Trigger(inner, level, 0.0, met)
                yield Trigger(inner, -level, 0.0, met)
        case Call("cos", (inner,)) if abs(level) == 1:
            # A level that is only touched: 1 − cos x, 1 + cos x.
            yield Trigger(inner, 0.0 if level > 0 else math.pi, 2 * math.pi, met)
        case Call("sin", (inner,)) if abs(level) == 1:
            yield Trigger(inner, math.copysign(math.pi / 2, level), 2 * math.pi, met)
        case Power(inner, exponent) if rational_value(exponent) == 2 and level > 0:
            root = math.sqrt(level)
            yield Trigger(inner, root, 0.0, met)
            yield Trigger(inner, -root, 0.0, met)
        case _:
            yield Trigger(node, level, 0.0, met)
