"""Where to look when nothing happens near the origin: the formula's own parts know it.

ln(x − 10⁶) begins where its argument is 0, e^(x − 500) leaves the axis where its exponent is, (x + 5000)² turns
where its base is. So the zeros of arguments, bases, exponents, factors and denominators, of f itself, and the
levels of its triggers are looked for on a logarithmic grid: a few thousand values, whatever the formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from explorer.expression import (
    Call,
    Divide,
    Expression,
    Multiply,
    Node,
    Power,
    Variable,
    compile_tape,
    free_variables,
)
from explorer.numeric.refine import nice_numbers, section
from explorer.numeric.results import Array
from explorer.numeric.singularities import triggers_of

__all__ = ["far_places", "parts_of"]

MOST_PARTS = 40
NEAREST = 4
"""So many places of each part are looked at; of a part that waves there would be hundreds."""

SIZES = np.geomspace(8.000123, 1.2e9, 400)
"""On no round number, so that none of them is a zero itself."""

SIDES = (np.concatenate([[0.0], SIZES]), np.concatenate([[0.0], -SIZES]))


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def far_places(f: Expression) -> tuple[float, ...]:
    """Places farther than 8 from the origin around which f may be worth looking at, the nearest first."""
    parts = [(node, level) for node, level, spacing in dict.fromkeys(parts_of(f)) if not spacing][:MOST_PARTS]
    found = {x for node, level in parts for x in _met(Expression(node, f.variables), level)}
    return tuple(sorted((x for x in found if abs(x) >= SIZES[0]), key=lambda x: (abs(x), x)))


def _met(part: Expression, level: float) -> Iterator[float]:
    """Where a part of the formula crosses a level, on either side of the origin."""
    tape = compile_tape({"part": part}, part.variables)

    def height(x: Array) -> Array:
        return np.asarray(tape.run(x)["part"] - level)

    for side in SIDES:
        signs = np.sign(height(side))
        # A change to 0 is underflow: e^x has no zero.
        at = np.flatnonzero(signs[1:] * signs[:-1] < 0)[:NEAREST]
        _, high = section(height, side[at], side[at + 1])
        nice = nice_numbers(high, 1e-9 * np.abs(high))
        yield from np.where(np.isfinite(nice), nice, high).tolist()


def parts_of(f: Expression) -> Iterator[tuple[Node, float, float]]:
    """The nodes and the levels at which something may happen, each with its spacing; f itself first."""
    yield f.root, 0.0, 0.0
    for trigger in triggers_of(f):
        yield trigger.node, trigger.level, trigger.spacing
    waiting = [f.root, *f.guards]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (Call, Power, Multiply, Divide)):
            for child in node.children:
                if free_variables(child) and not isinstance(child, Variable):
                    yield child, 0.0, 0.0
        waiting.extend(node.children)
