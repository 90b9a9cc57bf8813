"""The vocabulary of a panel that draws a graph: boxes of one size, wires between them, live texts in both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.scene.theme import Role
from explorer.scene.wire import UNSAID

if TYPE_CHECKING:
    from explorer.scene.scene import Cases

__all__ = ["GraphBox", "GraphPicture", "GraphWire"]


@dataclass(frozen=True, kw_only=True)
class GraphBox:
    """A box: its middle in the wide and in the tall layout, its title and two lines under it.

    Each line is empty before its step of `since`; at these steps but 0 the box is the present one. When it is touched
    `says` are said of it, each from the step of its line on and a third one always, after its title while the first
    of them is empty. Where a case of `lost` holds, that stands in place of its first line and of what the wires that
    arrive at it say.
    """

    name: str
    title: str
    wide: tuple[float, float]
    tall: tuple[float, float]
    since: tuple[int, ...]
    lines: tuple[Cases, ...]
    lost: Cases = field(default=(), metadata=UNSAID)
    round: bool = field(default=False, metadata=UNSAID)
    says: tuple[Cases, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GraphWire:
    """A wire between two boxes, as an SVG path for either layout. The path begins where the wire arrives.

    There stands its label. It is empty before the step `since`, and at that the wire is the present one.
    """

    source: str
    target: str
    wide: str
    tall: str
    since: int
    label: Cases


@dataclass(frozen=True, kw_only=True)
class GraphPicture:
    """Boxes of one size and the wires between them; `wide` and `tall` are the extents of the two layouts, in pixels.

    The control `steps` walks it. The lines of a box have these `roles`, in turn, and labels that of the last. Where
    the `output` is lost, so are the second lines of all boxes; without one each goes with its own box.
    """

    steps: str
    output: str | None = None
    roles: tuple[Role, ...]
    box: tuple[float, float]
    wide: tuple[float, float]
    tall: tuple[float, float]
    boxes: tuple[GraphBox, ...]
    wires: tuple[GraphWire, ...]
