"""Where could a formula break? The structure of its tree knows every place.

A `Trigger` says: something may happen where `node` meets a level. Zeros of products are zeros of factors,
zeros of sin u are levels of u, and so on: the simpler the node, the more exactly its levels are found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
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

__all__ = ["Trigger", "triggers_of"]

MAX_TRIGGERS = 60
"""More are dropped: formulas within the reader's limits stay far below."""


@dataclass(frozen=True)
class Trigger:
    """The places where `node` equals `level` (plus a whole multiple of `spacing` when that is not 0).

    `undefined`: the formula is certainly undefined there (a zero denominator outside any piecewise branch).
    """

    node: Node
    level: float
    spacing: float
    undefined: bool


LEVELS: dict[str, tuple[tuple[float, float, bool], ...]] = {
    # function → (level, spacing, undefined there)
    "tan": ((math.pi / 2, math.pi, True),),
    "sec": ((math.pi / 2, math.pi, True),),
    "csc": ((0.0, math.pi, True),),
    "cot": ((0.0, math.pi, True),),
    "floor": ((0.0, 1.0, False),),
    "ceil": ((0.0, 1.0, False),),
    "arcsin": ((-1.0, 0.0, False), (1.0, 0.0, False)),
    "arccos": ((-1.0, 0.0, False), (1.0, 0.0, False)),
    "arctanh": ((-1.0, 0.0, True), (1.0, 0.0, True)),
    "arccosh": ((1.0, 0.0, False),),
}

ZEROS_OF_ARGUMENT = {
    "ln": True,
    "log10": True,
    "log2": True,
    "sqrt": False,
    "cbrt": False,
    "abs": False,
    "sign": False,
}
"""Functions that may break where their argument is 0; True: they are undefined there."""


@lru_cache(maxsize=256)
def triggers_of(f: Expression) -> tuple[Trigger, ...]:
    """All triggers of a formula, those of equal places merged."""
    found: dict[tuple[Node, float, float], bool] = {}
    for trigger in _walk((f.root, *f.guards)):
        if free_variables(trigger.node):
            key = (trigger.node, trigger.level, trigger.spacing)
            found[key] = found.get(key, False) or trigger.undefined
    return tuple(Trigger(*key, undefined) for key, undefined in list(found.items())[:MAX_TRIGGERS])


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
    match node:
        case Divide(_, bottom):
            yield from _zeros(bottom, certain)
        case Power(base, exponent):
            yield from _power(base, exponent, certain)
        case Comparison(_, left, right):
            yield from _meetings(left, right)
        case Call("min" | "max", arguments):
            for k, left in enumerate(arguments):
                for right in arguments[k + 1 :]:
                    yield from _meetings(left, right)
        case Call("root", (argument, _)):
            yield from _zeros(argument, False)
        case Call(function, (argument,)) if function in LEVELS:
            for level, spacing, undefined in LEVELS[function]:
                yield Trigger(argument, level, spacing, undefined and certain)
        case Call(function, (argument,)) if function in ZEROS_OF_ARGUMENT:
            yield from _zeros(argument, ZEROS_OF_ARGUMENT[function] and certain)


def _power(base: Node, exponent: Node, certain: bool) -> Iterator[Trigger]:
    exact = rational_value(exponent)
    if exact is None:
        yield from _zeros(base, False)
        if not free_variables(base):
            yield from _zeros(exponent, False)
    elif exact <= 0 or exact.denominator != 1:
        yield from _zeros(base, certain and exact <= 0)


def _meetings(left: Node, right: Node) -> Iterator[Trigger]:
    yield from _zeros(Subtract(left, right), False)


def _zeros(node: Node, undefined: bool) -> Iterator[Trigger]:
    """Where a node is 0, told by simpler nodes where possible."""
    match node:
        case Number() | Constant():
            return
        case Negate(inner) | Call(
            "sqrt" | "cbrt" | "abs" | "arctan" | "sinh" | "tanh" | "arcsin" | "arcsinh", (inner,)
        ):
            yield from _zeros(inner, undefined)
        case Multiply(left, right):
            yield from _zeros(left, undefined)
            yield from _zeros(right, undefined)
        case Divide(top, _):
            yield from _zeros(top, undefined)
        case Power(base, exponent):
            exact = rational_value(exponent)
            if exact is not None and exact > 0:
                yield from _zeros(base, undefined)
            elif exact is None and free_variables(base):
                yield Trigger(node, 0.0, 0.0, undefined)
        case Call("exp" | "cosh", _):
            return
        case Call("sin" | "tan", (inner,)):
            yield Trigger(inner, 0.0, math.pi, undefined)
        case Call("cos" | "cot", (inner,)):
            yield Trigger(inner, math.pi / 2, math.pi, undefined)
        case Call("ln" | "log10" | "log2", (inner,)):
            yield Trigger(inner, 1.0, 0.0, undefined)
        case Subtract(inner, constant) if rational_value(constant) is not None:
            yield from _level(inner, rational_value(constant), undefined)
        case Subtract(constant, inner) if rational_value(constant) is not None:
            yield from _level(inner, rational_value(constant), undefined)
        case Add(inner, constant) if (value := rational_value(constant)) is not None:
            yield from _level(inner, -value, undefined)
        case Add(constant, inner) if (value := rational_value(constant)) is not None:
            yield from _level(inner, -value, undefined)
        case _:
            yield Trigger(node, 0.0, 0.0, undefined)


def _level(node: Node, value: Fraction | None, undefined: bool) -> Iterator[Trigger]:
    """Where a node equals an exact number."""
    level = float(value) if value is not None else math.nan
    match node:
        case _ if level == 0:
            yield from _zeros(node, undefined)
        case Call("abs", (inner,)):
            if level > 0:
                yield Trigger(inner, level, 0.0, undefined)
                yield Trigger(inner, -level, 0.0, undefined)
        case Call("cos", (inner,)) if abs(level) == 1:
            # A level that is only touched: 1 − cos x, 1 + cos x.
            yield Trigger(inner, 0.0 if level > 0 else math.pi, 2 * math.pi, undefined)
        case Call("sin", (inner,)) if abs(level) == 1:
            yield Trigger(inner, math.copysign(math.pi / 2, level), 2 * math.pi, undefined)
        case Power(inner, exponent) if rational_value(exponent) == 2 and level > 0:
            root = math.sqrt(level)
            yield Trigger(inner, root, 0.0, undefined)
            yield Trigger(inner, -root, 0.0, undefined)
        case _:
            yield Trigger(node, level, 0.0, undefined)
