"""A slice through a place where f has no value: rings where the curve ends on either side, if it ends at a height."""

from __future__ import annotations

from explorer.conditions import is_at_most, is_unknown
from explorer.expression import Expression
from explorer.numeric import Window
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


def rims(f: Expression, along: str, shown: Span) -> tuple[AnyMark, ...]:
    """The rings of the slice along x or y, while the point stands where f has no value."""
    if not may_lack_values(f):
        return ()
    settled = SETTLED * (shown[1] - shown[0])
    return tuple(
        marks.Point(
            at=(f"{along}0", f"rim_{along}_{side}"),
            shape="ring",
            role="f",
            size=11,
            width=3,
            when=(is_unknown("f"), is_at_most(f"rim_{along}_{side}_off", settled)),
        )
        for side in SIDES
    )
