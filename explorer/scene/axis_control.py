"""A control that moves a point along an axis of a picture, under which its track stands."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.scene.digits import decimals_for, step_for
from explorer.scene.scene import Align, Control, Handle, MarkedValue
from explorer.scene.theme import Role


def axis_control(
    name: str,
    label: str,
    span: tuple[float, float],
    value: float,
    *,
    panel: str,
    role: Role,
    handle: Handle | None,
    marks: Iterable[MarkedValue] = (),
) -> Control:
    """Over the whole `span` of the x axis of `panel`, with the step and the decimals that suit it."""
    width = span[1] - span[0]
    return Control(
        name=name,
        label=label,
        min=span[0],
        max=span[1],
        value=value,
        step=step_for(width),
        decimals=decimals_for(width),
        role=role,
        marks=tuple(marks),
        handle=handle,
        align=Align(panel=panel),
    )
