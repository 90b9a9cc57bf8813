"""Rings where a slice ends at a height that it does not take: where f has no value at the point, and elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from explorer.conditions import Condition, is_at_most, is_unknown
from explorer.expression import Expression
from explorer.figures.surface.sought import veil_for
from explorer.numeric import BreakKind, Window
from explorer.numeric.breaks import find_breaks
from explorer.numeric.results import Span
from explorer.numeric.seams import of_parts
from explorer.numeric.singularities import Met, triggers_of
from explorer.scene import marks
from explorer.scene.marks import AnyMark

NEAR, NEARER = 1e-4, 1e-5
"""So near to the point a slice is looked at, in parts of the window."""

SETTLED = 0.01
"""Heights there that differ by more than this part of those shown are on their way to somewhere else."""

SIDES = {"left": -1, "right": 1}

LOOKED_AT = (0.317, 0.683, 0.441)
"""Parts of the window in which three slices are looked at: what is at the same place in all, or moves evenly, stays."""

SAME, MOST_RIFTS = 1e-9, 8
"""So near to each other, in parts of the window, places are the same; of more no ring is drawn."""


def may_lack_values(f: Expression) -> bool:
    """Whether f divides, or has another part that may have no value somewhere."""
    return any(trigger.met is not Met.UNSURE for trigger in triggers_of(f))


def rim_heights(f: Expression, window: Window) -> dict[str, Expression]:
    """On each side of the point (x, y), along both, the height of the slice, and how far it still moves: `…_off`."""
    if not may_lack_values(f):
        return {}
    found = {}
    for name, span in (("x", window.x), ("y", window.y)):
        for side, way in SIDES.items():
            near, nearer = (
                f.substitute(
                    {name: Expression.variable(name) + way * part * (span[1] - span[0])}, f.variables
                )
                for part in (NEAR, NEARER)
            )
            found[f"rim_{name}_{side}"] = nearer
            found[f"rim_{name}_{side}_off"] = of_parts("|a - b|", a=near, b=nearer)
    return found


@dataclass(frozen=True)
class Rift:
    """A straight line on which slices are broken, at `start` + `slant` times what is held, and the ends not taken."""

    start: float
    slant: float
    ends: tuple[str, ...]


@lru_cache(maxsize=128)
def rifts(f: Expression, window: Window, along: str) -> tuple[Rift, ...]:
    """Where slices along x or y jump or have a hole whatever is held, as three of them tell; none of too many."""
    if not may_lack_values(f) or veil_for(f, window).whole:
        return ()
    held, spans = ("y" if along == "x" else "x"), {"x": window.x, "y": window.y}
    (low, high), span = spans[held], spans[along]
    at = [low + share * (high - low) for share in LOOKED_AT]
    found = [find_breaks(f.substitute({held: Expression.number(y)}, (along,)), *span).breaks for y in at]
    first, second, third = ([b for b in row if b.kind in (BreakKind.HOLE, BreakKind.JUMP)] for row in found)
    if max(map(len, (first, second, third))) > MOST_RIFTS:
        return ()
    lines = []
    for a, b in product(first, second):
        slant = (b.x - a.x) / (at[1] - at[0])
        expected = a.x + slant * (at[2] - at[0])
        if any(abs(c.x - expected) <= SAME * (span[1] - span[0]) for c in third):
            values = {"left": a.left_value, "right": a.right_value}
            ends = tuple(side for side, value in values.items() if math.isfinite(value) and value != a.value)
            lines.append(Rift(a.x - slant * at[0], slant, ends))
    return tuple(lines)


def rift_heights(f: Expression, window: Window) -> dict[str, Expression]:
    """Where slices through the point (x, y) are broken, the heights on either side, and how far they still move."""
    found = {}
    for name, held, span in (("x", "y", window.x), ("y", "x", window.y)):
        for k, rift in enumerate(rifts(f, window, name)):
            place = rift.start + rift.slant * Expression.variable(held)
            found[f"rift_{name}_{k}"] = place
            for side in rift.ends:
                near, nearer = (
                    f.substitute({name: place + SIDES[side] * part * (span[1] - span[0])}, f.variables)
                    for part in (NEAR, NEARER)
                )
                found[f"rift_{name}_{k}_{side}"] = nearer
                found[f"rift_{name}_{k}_{side}_off"] = of_parts("|a - b|", a=near, b=nearer)
    return found


def _ring(place: str, height: str, settled: float, *when: Condition) -> AnyMark:
    return marks.Point(
        at=(place, height),
        shape="ring",
        role="f",
        size=11,
        width=3,
        when=(*when, is_at_most(f"{height}_off", settled)),
    )


def rims(f: Expression, window: Window, along: str, shown: Span) -> tuple[AnyMark, ...]:
    """The rings of the slice along x or y: elsewhere, and while the point stands where f has no value."""
    if not may_lack_values(f):
        return ()
    settled = SETTLED * (shown[1] - shown[0])
    elsewhere = (
        _ring(f"rift_{along}_{k}", f"rift_{along}_{k}_{side}", settled)
        for k, rift in enumerate(rifts(f, window, along))
        for side in rift.ends
    )
    here = (_ring(f"{along}0", f"rim_{along}_{side}", settled, is_unknown("f")) for side in SIDES)
    return (*elsewhere, *here)
