"""The marks of the moving layer: what the browser draws above the still picture at every frame.

A coordinate is a quantity: a number, the name of a control, or the name of an output of the scene's tape. A mark
whose coordinates are undefined is not drawn. `axes` are Plotly's names of the subplot's axes, e.g. ("x", "y2").
`toggle` names the switch that shows the mark ("!name": shown while it is off; "a&b": both); "asked" is on while a
question waits for its answer, "weighed" while its reasons wait for a choice, "paper" while the page is printed. `when`
lists conditions that must all hold. In three dimensions `axes` is ("scene",) and places have three quantities.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from explorer.conditions import Condition, Quantity
from explorer.expression import Tape
from explorer.scene.theme import LABEL_SIZE, Role
from explorer.scene.wire import UNSAID

Place = tuple[Quantity, ...]
Dash = Literal["solid", "dash", "dot", "dashdot"]
Shape = Literal["dot", "ring", "square", "star", "triangle", "cross", "diamond"]


HANDLE = 27.0
"""Diameter of a handle, in pixels, with its rim."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What every mark has; the width is in pixels."""

    axes: tuple[str, ...] = ("x", "y")
    role: Role = "ink"
    dash: Dash = field(default="solid", metadata=UNSAID)
    width: float = 2.0
    toggle: str | None = field(default=None, metadata=UNSAID)
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Point(Mark):
    """A marked place; `size` is its diameter in pixels."""

    type: ClassVar[str] = "point"
    at: Place
    shape: Shape = "dot"
    size: float = 12.0


@dataclass(frozen=True, kw_only=True)
class Segment(Mark):
    """A straight piece between two places."""

    type: ClassVar[str] = "segment"
    from_: Place
    to: Place


@dataclass(frozen=True, kw_only=True)
class Line(Mark):
    """A whole line through a place, with its slope in the units of the axes, clipped to the subplot."""

    type: ClassVar[str] = "line"
    through: Place
    slope: Quantity


@dataclass(frozen=True, kw_only=True)
class Vertical(Mark):
    """A vertical line over the whole height."""

    type: ClassVar[str] = "vertical"
    x: Quantity


@dataclass(frozen=True, kw_only=True)
class Horizontal(Mark):
    """A horizontal line over the whole width."""

    type: ClassVar[str] = "horizontal"
    y: Quantity


@dataclass(frozen=True, kw_only=True)
class Polyline(Mark):
    """Straight pieces through several places."""

    type: ClassVar[str] = "polyline"
    points: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Curve(Mark):
    """The graph of a tape of one output, sampled by the browser at every frame.

    Its variable `along` runs over the x axis in `samples` steps; the others are quantities of the same names. The pen
    is lifted at `gaps`, and where the tape has no value. With `probes`, for what turns too often for a line, it is a
    band instead: in each sample's column from the least to the greatest of so many values. While the switches `whole`
    are not on, it is seen only where the learner has taken the quantity `seen`.
    """

    type: ClassVar[str] = "curve"
    tape: Tape
    along: str
    gaps: tuple[Quantity, ...] = ()
    samples: int = 200
    width: float = 4.0
    probes: int = field(default=0, metadata=UNSAID)
    whole: str | None = field(default=None, metadata=UNSAID)
    seen: str = field(default="", metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Trail(Mark):
    """A curve given by its parameter: a tape with the outputs x, y (and z in space), sampled at every frame.

    Its variable `along` runs from `from_` to `to` in `samples` steps; the others are quantities of the same names.
    In the plane an `opacity` fills what the curve encloses.
    """

    type: ClassVar[str] = "trail"
    tape: Tape
    along: str
    from_: Quantity
    to: Quantity
    samples: int = 80
    opacity: float = 0.0


@dataclass(frozen=True, kw_only=True)
class LevelLine(Mark):
    """Where a function of the axes' two variables has the value `level`; found by the browser at every frame."""

    type: ClassVar[str] = "level"
    tape: Tape
    level: Quantity


@dataclass(frozen=True, kw_only=True)
class Region(Mark):
    """A closed polygon, filled with `opacity`."""

    type: ClassVar[str] = "region"
    points: tuple[Place, ...]
    opacity: float = 0.14


@dataclass(frozen=True, kw_only=True)
class Area(Mark):
    """A rectangle between two corners, hatched where it counts as negative: where one of its sides runs backwards."""

    type: ClassVar[str] = "area"
    from_: Place
    to: Place
    opacity: float = 0.3


@dataclass(frozen=True, kw_only=True)
class Inscription(Mark):
    """A template in the middle of such a rectangle, or aside where that is crossed.

    Where it has no room it stands beside it, if that is free, else nowhere.
    """

    type: ClassVar[str] = "inscription"
    from_: Place
    to: Place
    text: str


@dataclass(frozen=True, kw_only=True)
class Square(Mark):
    """A real square, in pixels, on the piece of the x axis from…to at the height `level`, with a template in it.

    With a `cut` it is the half under the diagonal from the corner at `from_`, cut off at that height, a length on the
    axis. Where the `highest` of all, such a length too, would not fit the picture, every one is smaller in that
    proportion.
    """

    type: ClassVar[str] = "square"
    from_: Quantity
    to: Quantity
    level: Quantity
    highest: Quantity
    cut: Quantity | None = None
    text: str = ""
    opacity: float = 0.14


@dataclass(frozen=True, kw_only=True)
class SquareScale(Mark):
    """A text in the picture's corner while squares are not drawn to the axis' scale; # stands for the proportion."""

    type: ClassVar[str] = "square_scale"
    level: Quantity
    highest: Quantity
    text: str


@dataclass(frozen=True, kw_only=True)
class EachRow(Mark):
    """The same for every row of the scene's columns, drawn as one path.

    The tape, of one row, has the outputs x and y; its variables are the columns' letters and quantities. Dots and rings
    have `size` as their diameter in pixels; segments and squares stand upright from y to its output `to`, squares as
    real ones, in pixels, on the side that has more room. Halves of such squares have their right angle at `to`, and are
    cut off where they are as wide as from y to the output `cut`. Segments with an output `across` go there instead.
    Numbers, `size` pixels high, say what `to` is, beside those points that have room for it.
    """

    type: ClassVar[str] = "rows"
    shape: Literal["dots", "rings", "segments", "squares", "halves", "numbers"]
    tape: Tape
    size: float = 9.0
    opacity: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Arrow(Mark):
    """An arrow; hollow when it shows what has not happened yet.

    A dot of the diameter `foot`, in pixels, covers where it begins: a short one stands beside it, as long as it is.
    """

    type: ClassVar[str] = "arrow"
    from_: Place
    to: Place
    hollow: bool = False
    foot: float = field(default=0.0, metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Label(Mark):
    """Live text (a template, see `scene`) at a place; `offset` is in pixels, down positive.

    `beside`: what an axis' levels are worth, in the margin at the left, where no curve runs. `level`: it stays on its
    own level, where another one is another's, and is left out where other words stand there.
    """

    type: ClassVar[str] = "label"
    at: Place
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    offset: tuple[float, float] = (10.0, -10.0)
    size: float = LABEL_SIZE
    beside: bool = field(default=False, metadata=UNSAID)
    level: bool = field(default=False, metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Reveal(Mark):
    """Trace number `trace` of the panel's figure, shown only over the x values that `upto` has visited.

    The trace itself is switched with a toggle of its own, so that it can be shown whole. At `gaps` it has no
    value: a few pixels around them stay empty.
    """

    type: ClassVar[str] = "reveal"
    trace: int
    upto: str
    gaps: tuple[float, ...] = ()
    width: float = 4.0


@dataclass(frozen=True, kw_only=True)
class Path(Mark):
    """The iterates of a descent up to the present step, joined; with `ahead` the rest of them faintly.

    `columns` are two (in space three) of "k", "x", "y", "loss" and "excess" (the loss above its minimum).
    """

    type: ClassVar[str] = "path"
    descent: str
    columns: tuple[str, ...]
    shape: Shape = "dot"
    size: float = 9.0
    ahead: bool = True


@dataclass(frozen=True, kw_only=True)
class Outside(Mark):
    """An arrow at the edge of the subplot towards a place beyond it, with its distance in the units of the axes.

    `text` is a template said before the distance; without `distance` it is all that is said.
    """

    type: ClassVar[str] = "outside"
    at: Place
    text: str = ""
    distance: bool = True


@dataclass(frozen=True)
class Ghost:
    """A 30 % copy of mark number `of` of the same panel, as it stood before the last release."""

    type: ClassVar[str] = "ghost"
    of: int
    toggle: str | None = None


AnyMark = Mark | Ghost
