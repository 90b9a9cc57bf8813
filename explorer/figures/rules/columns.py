"""What adds up, drawn as columns: each goes on where the former ended, upward or downward."""

from __future__ import annotations

from explorer.conditions import Condition, Quantity, is_at_least, is_below
from explorer.expression import Expression
from explorer.figures.rules.drawing import Drawing, Span, label, roles
from explorer.increments import H, Increment
from explorer.scene import marks
from explorer.scene.marks import AnyMark
from explorer.scene.theme import Role

COLUMN, COLUMNS = 0.3, 1.2
"""Rises that add up stand so far apart, in parts of their run; all of them take no more than that."""


def stack(increment: Increment, window: Span) -> Drawing:
    """Rises over one run, each in a column of its own that goes on where the former ended: their slopes add."""
    del window
    drawn: list[AnyMark] = [marks.Horizontal(y=0.0, role="guide", width=1)]
    count = len(increment.pieces)
    apart = min(COLUMN, COLUMNS / count)
    extra: dict[str, Expression] = {}
    for k, role in enumerate(roles(increment)):
        left, right = f"l_{k}", f"r_{k}"
        extra |= {left: H * (1.0 + apart * (k + 0.3)), right: H * (1.0 + apart * (k + 1))}
        extra[f"m_{k}"] = H * (1.0 + apart * (k + 0.65))
        drawn += [
            marks.Region(points=((0.0, 0.0), ("h", f"c{k}"), ("h", f"c{k + 1}")), role=role, opacity=0.14),
            marks.Area(from_=(left, f"c{k}"), to=(right, f"c{k + 1}"), role=role, opacity=0.6),
            *_at_end(f"m_{k}", k, role),
        ]
        until = f"r_{k + 1}" if k + 1 < count else right
        since = "h" if k + 1 == count else left
        drawn.append(
            marks.Segment(
                from_=(since, f"c{k + 1}"), to=(until, f"c{k + 1}"), role="guide", dash="dot", width=1.5
            )
        )
    drawn += [
        marks.Segment(from_=(0.0, 0.0), to=("h", "total"), role="ink", width=2.5),
        marks.Segment(from_=(0.0, 0.0), to=("h", 0.0), role="step", width=3),
        label(("half_h", 0.0), "Δx = {h:g4}", "step", "middle", (0, 22)),
    ]
    ends = tuple((f"r_{max(k - 1, 0)}", f"c{k}") for k in range(count + 1))
    return Drawing(
        "The rises of the terms over the same run, each going on where the former ended",
        tuple(drawn),
        extra,
        holds=((0.0, 0.0), *ends),
        x_label="Δx",
        y_label="rise",
    )


def strips(increment: Increment) -> Drawing:
    """What a product of many factors gained, a strip of equal width for each, which goes on where the former ended."""
    count = len(increment.pieces)
    drawn: list[AnyMark] = [marks.Horizontal(y=0.0, role="guide", width=1)]
    for k, role in enumerate(roles(increment)):
        drawn += [
            marks.Area(from_=(k + 0.1, f"c{k}"), to=(k + 0.9, f"c{k + 1}"), role=role, opacity=0.6),
            marks.Segment(
                from_=(k + 0.1, f"c{k + 1}"), to=(k + 1.9, f"c{k + 1}"), role="guide", dash="dot", width=1.5
            ),
            *_at_end(k + 0.5, k, role),
        ]
    drawn += [
        marks.Area(from_=(count + 0.1, 0.0), to=(count + 0.9, "total"), role="ink", opacity=0.3),
        label((count + 0.5, "total"), "{total:g4}", "ink", "middle", (0, -8)),
    ]
    return Drawing(
        "A strip for what each factor adds, the corners, and all of them together",
        tuple(drawn),
        x=(-0.1, count + 1.1),
        holds=((0.0, 0.0), *((0.0, f"c{k + 1}") for k in range(count))),
        x_axis={
            "tickvals": [k + 0.5 for k in range(count + 1)],
            "ticktext": [*(f"Δ{operand.letter}" for operand in increment.operands), "corners", "Δy"],
            "tickangle": 0,
            "showgrid": False,
        },
        y_label="area",
    )


def _at_end(x: Quantity, k: int, role: Role) -> tuple[AnyMark, ...]:
    """The number of a column where it ends: above it, or below one that goes down."""
    rising: Condition = is_at_least(f"p{k}", 0.0)
    falling: Condition = is_below(f"p{k}", 0.0)
    return tuple(
        label((x, f"c{k + 1}"), f"{{p{k}:g4}}", role, "middle", (0, down), when=(side,))
        for down, side in ((-8, rising), (20, falling))
    )
