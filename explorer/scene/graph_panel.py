"""The vocabulary of a panel that draws a graph: boxes of one size, wires between them, live texts in both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from explorer.conditions import Condition
from explorer.scene.theme import Role
from explorer.scene.wire import UNSAID

if TYPE_CHECKING:
    from explorer.scene.scene import Cases

__all__ = ["GraphBox", "GraphPicture", "GraphText", "GraphWire"]


@dataclass(frozen=True, kw_only=True)
class GraphText:
    """A live text in a box or on a wire, empty unless all of `when` holds; most are slopes."""

    text: Cases
    role: Role = field(default="slope_text", metadata=UNSAID)
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class GraphBox:
    """A box: its middle in the wide and in the tall layout, its title and two lines under it.

    It is the present one while `present` holds. When it is touched `says` are said of it, after its
    title while the first of them is empty.
    """

    name: str
    title: str
    wide: tuple[float, float]
    tall: tuple[float, float]
    lines: tuple[GraphText, ...]
    round: bool = field(default=False, metadata=UNSAID)
    present: tuple[Condition, ...] = field(default=(), metadata=UNSAID)
    says: tuple[GraphText, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GraphWire:
    """A wire between two boxes, as an SVG path for either layout, and a label beside its end.

    In the wide layout the label ends at `wide_label`, in the tall one it begins there, or ends where `tall_ends`.
    """

    source: str
    target: str
    wide: str
    tall: str
    wide_label: tuple[float, float]
    tall_label: tuple[float, float]
    label: GraphText
    tall_ends: bool = field(default=False, metadata=UNSAID)
    present: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class GraphPicture:
    """Boxes of one size and the wires between them; `wide` and `tall` are the extents of the two layouts, in pixels."""

    box: tuple[float, float]
    wide: tuple[float, float]
    tall: tuple[float, float]
    boxes: tuple[GraphBox, ...]
    wires: tuple[GraphWire, ...]
