"""The scene: everything that the live figure needs to play without the server.

Python decides, the browser evaluates. A scene names quantities (its controls, and the outputs of its tape) and
says where they appear: in marks, readouts, sentences.

**Templates.** Text may hold quantities: "{slope:2}" fixed decimals, "{h:g4}" significant digits, "{b:s2}" with the
sign set apart ("− 0.50", to be added to what stands before), "{a:p2}" in brackets when negative, "{a:t4}" and
"{a:q4}" the same two with significant digits, "{n}" a control in its own format and any other quantity with four
digits. "{η:o5}" is a number that somebody chose, with all of its digits; what has more than twelve was computed, and is
rounded down. Only digits that are sure are shown, but for "{e:r9}", the digits that doubles make. Minus signs are true;
a value that does not exist is "undefined".

**Cases.** Where text depends on the state: the first case whose conditions all hold is shown; the last has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import plotly.graph_objects as go

from explorer.conditions import Condition, Quantity
from explorer.expression import Tape
from explorer.scene.asking import Challenge, Reason, Sketch, Stage
from explorer.scene.checked import unknown_quantities
from explorer.scene.counted import Coins, Columns, Listed
from explorer.scene.descents import Descent, Rule, Valley
from explorer.scene.frame import Frame
from explorer.scene.graph_panel import GraphPicture
from explorer.scene.live_text import Case, Cases
from explorer.scene.marks import AnyMark, Place
from explorer.scene.terms import terms_in
from explorer.scene.theme import PALETTE, Role, Theme, resolve_colours
from explorer.scene.wire import UNSAID, to_wire


@dataclass(frozen=True)
class MarkedValue:
    """A value of a control that is reached exactly and stands under its track, where a `toggle` shows it.

    `symbol` is minimum, maximum, flat, saddle, inflection, zero, corner or break; `label` is a template.
    """

    value: Quantity
    label: str = ""
    symbol: str = ""
    toggle: str | None = None


@dataclass(frozen=True, kw_only=True)
class Handle:
    """Where a control is dragged in the picture.

    `moves` names the control that each direction ("x", "y") moves; with `offset` the control becomes pointer − offset
    (the second point of a secant moves h with offset x₀), and that divided by `over` (a line's slope, far from where it
    turns). Without a second coordinate it stands hollow on the axis.

    One that moves an "angle" is a knob beyond an arrow's tip (at the picture's edge drawn in along it): the control
    becomes the direction, in degrees, of the pointer seen from `about`. `letter` stands in it.

    With `by` the controls are what this tape makes of the pointer's place (its first two variables) and of quantities
    as they stood when it was grabbed.
    """

    panel: str
    at: tuple[Quantity, Quantity]
    axes: tuple[str, str] = ("x", "y")
    moves: Mapping[str, str]
    offset: Quantity | None = field(default=None, metadata=UNSAID)
    over: Quantity = field(default=1.0, metadata=UNSAID)
    about: tuple[Quantity, Quantity] | None = field(default=None, metadata=UNSAID)
    by: Tape | None = field(default=None, metadata=UNSAID)
    shape: Literal["dot", "ring"] = "dot"
    letter: str = field(default="", metadata=UNSAID)
    label: str = ""
    toggle: str | None = field(default=None, metadata=UNSAID)
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True)
class Align:
    """The track's ends line up with this axis and follow its zoom."""

    panel: str
    axis: str = "x"


@dataclass(frozen=True)
class Run:
    """One way to play a control: its legs (from, to), one after the other, each travelled evenly on the track."""

    label: str
    legs: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Play:
    """How a control is played: seconds for a run; without runs from `min` to `max`."""

    seconds: float
    loop: bool = False
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Control:
    """A number that the learner moves.

    `step` is what an arrow key does: on a linear scale in units of the variable, on the logarithmic ones in
    decades. A drag moves in tenths of the last decimal shown (or in `quantum`). On "symlog", values within
    `smallest` of 0 are 0. With `values` (in increasing order) no others are taken; `on_rows` they are the first cells
    of the scene's columns as these stand, and the control goes along with its row. A linear scale that `wraps` goes on
    past its ends, which are one place. The address leaves the value out while all stand as `unsaid_at` says.
    `snaps` are quantities whose present values are reached exactly, as marked values are; they have no tick. It is
    shown while its `toggle` is on and `when` holds. Its `unit` is live text.
    A line's slope has an `other_handle` in the plane of slope and height.
    """

    name: str
    label: str
    min: float
    max: float
    value: float
    unit: Cases = field(default="", metadata=UNSAID)
    scale: Literal["linear", "log", "symlog"] = "linear"
    smallest: float = field(default=1e-6, metadata=UNSAID)
    step: float = 0.1
    decimals: int = 2
    quantum: float | None = field(default=None, metadata=UNSAID)
    values: tuple[float, ...] = field(default=(), metadata=UNSAID)
    on_rows: bool = field(default=False, metadata=UNSAID)
    role: Role = "ink"
    marks: tuple[MarkedValue, ...] = field(default=(), metadata=UNSAID)
    snaps: tuple[Quantity, ...] = field(default=(), metadata=UNSAID)
    wraps: bool = field(default=False, metadata=UNSAID)
    handle: Handle | None = field(default=None, metadata=UNSAID)
    other_handle: Handle | None = field(default=None, metadata=UNSAID)
    align: Align | None = field(default=None, metadata=UNSAID)
    kind: Literal["value", "time", "iteration"] = "value"
    play: Play | None = field(default=None, metadata=UNSAID)
    place: Literal["below", "rail", "rows"] = "below"
    toggle: str | None = field(default=None, metadata=UNSAID)
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)
    url: bool = True
    unsaid_at: Mapping[str, float] = field(default_factory=dict, metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Toggle:
    """A switch, shown as a chip when it has a label. Of a `group` exactly one is on.

    In the address it is `name=1` or `name=0` (a group: `group=name`) where it differs from `on`, or from what `usually`
    says of others ("!name": on while that one is off). Its chip is shown while `toggle` is on. While the quantity
    `waits` is 1 it shows nothing, though it is on: its chip is not pressed, and a press shows it at once.
    """

    name: str
    label: str = field(default="", metadata=UNSAID)
    on: bool = False
    group: str | None = field(default=None, metadata=UNSAID)
    help: str = field(default="", metadata=UNSAID)
    url: bool = True
    usually: str | None = field(default=None, metadata=UNSAID)
    toggle: str | None = field(default=None, metadata=UNSAID)
    waits: str | None = field(default=None, metadata=UNSAID)


@dataclass(frozen=True)
class Picture:
    """A Plotly figure as plain mappings with roles for colours ("$f", "$slope@0.3") and NumPy arrays.

    A trace with meta={"toggle": name} is shown while that switch is on; with "range" its y axis holds that too then;
    one with "function" (of the scene) is sampled anew while a window moves, with breaks at "gaps".
    """

    data: tuple[Mapping[str, Any], ...]
    layout: Mapping[str, Any]


@dataclass(frozen=True)
class Follow:
    """While the switch `toggle` is on, the axes ("x", "y") widen around the path of a descent that leaves them.

    `columns` are as in the mark `Path`; what counts is the path up to the present step.
    """

    descent: str
    columns: tuple[str, str]
    toggle: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A still picture (several subplots allowed) and the marks above it.

    `height` and `height_narrow` (phones) are in pixels; `share` is its part of the row's width. In a "space" the
    figure has three-dimensional traces and layout.scene with ranges, aspectratio and camera; its marks have three
    quantities per place. A "graph" draws boxes and wires instead; its figure is for when nothing can move. Labels that
    keep `apart` leave their places for each other and for the lines that are drawn before them. At rest the y axis goes
    as far as the quantity that it `keeps`, unless that would draw all else flat.
    """

    name: str
    label: str
    figure: Picture
    marks: tuple[AnyMark, ...] = ()
    height: int = 440
    height_narrow: int | None = None
    share: float = 1.0
    toggle: str | None = None
    kind: Literal["plane", "space", "graph"] = "plane"
    graph: GraphPicture | None = None
    follow: Follow | None = None
    apart: bool = field(default=False, metadata=UNSAID)
    keeps: Quantity | None = field(default=None, metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Readout:
    """A live number or short text: huge 64 px, big 44, medium 26, small 17. The first huge one leads on a phone."""

    name: str
    text: Cases
    label: str = ""
    label_mathml: str | None = field(default=None, metadata=UNSAID)
    size: Literal["huge", "big", "medium", "small"] = "medium"
    role: Role = "ink"
    toggle: str | None = None
    place: Literal["rail", "above"] = "rail"


@dataclass(frozen=True)
class Row:
    """A table's row: what its cells say, what choosing it sets, when it is the present one, and its colour."""

    cells: tuple[Cases, ...]
    sets: Mapping[str, float] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    role: Role = field(default="ink", metadata=UNSAID)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A live table, folded away until asked for; in the rail it stands open, its first cells in their rows' colours."""

    name: str
    label: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    toggle: str | None = None
    place: Literal["below", "rail"] = "below"


@dataclass(frozen=True)
class FormulaLine:
    """One line of a derivation: MathML printed by the expression tree, and the words beside it (a template)."""

    mathml: str
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """Formulas in the rail, all at once or one line per click."""

    name: str
    label: str
    lines: tuple[FormulaLine, ...]
    one_by_one: bool = False
    toggle: str | None = None


@dataclass(frozen=True, kw_only=True)
class Microscope:
    """An inset that magnifies both axes of a subplot equally around a place.

    `function` and `slope` draw the curve and its tangent; `without_slope` is said where there is none.
    """

    panel: str
    function: str
    at: tuple[Quantity, Quantity]
    slope: Quantity
    axes: tuple[str, str] = ("x", "y")
    toggle: str = "microscope"
    label: str = "Microscope"
    without_slope: Cases = "However close you look, there is no tangent here."


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A whole page's live figure.

    `id` names what is explored: with the same id the learner's values, zoom and switches stay. `tape` is in the
    names of the controls and of what the `columns` find; `functions` are tapes of one output each; the tape
    `afterwards` takes also what that tape and the descents tell. A page has one `main` scene, which owns the
    address and the tools; one that `follows` shares the controls of the same names with it. A scene that `offers`
    questions has none yet: they are made when the learner asks for them. `page` is the name of its layout in the style
    sheets. `formula` is what is explored, as MathML, for
    where nothing else on the page says it.
    """

    id: str
    page: str
    title: str
    controls: tuple[Control, ...]
    tape: Tape
    panels: tuple[Panel, ...]
    readouts: tuple[Readout, ...] = ()
    sentence: Cases = ""
    formula: str = ""
    toggles: tuple[Toggle, ...] = ()
    url: Mapping[str, str | None] = field(default_factory=dict)
    functions: Mapping[str, Tape] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    story: tuple[Stage, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    offers: bool = False
    microscope: Microscope | None = None
    sketch: Sketch | None = None
    columns: Columns | None = None
    coins: Coins | None = None
    listed: Listed | None = None
    descents: tuple[Descent, ...] = ()
    afterwards: Tape | None = None
    frame: Frame | None = None
    main: bool = True
    follows: bool = False

    def to_json(self) -> dict[str, Any]:
        """The scene as it travels, to be read only: strict JSON.

        Raises ValueError where a number is not finite, or where a condition speaks of a quantity that nobody computes.
        """
        return self._wire

    @cached_property
    def _wire(self) -> dict[str, Any]:  # learners share a scene, and every release shows it again
        wire = dict(to_wire(_with_cases(self)))
        if unknown := unknown_quantities(self, wire):
            raise ValueError(f"nobody computes {', '.join(sorted(unknown))}, of which conditions speak")
        return wire


def _with_cases(scene: Scene) -> dict[str, Any]:
    parts = {name: getattr(scene, name) for name in scene.__dataclass_fields__}
    parts["tape"] = scene.tape.to_json()
    parts["functions"] = {name: tape.to_json() for name, tape in scene.functions.items()}
    parts["palette"] = PALETTE
    if scene.afterwards is None:
        del parts["afterwards"]
    if terms := terms_in(_said(scene)):
        parts["terms"] = terms
    return parts


def _said(scene: Scene) -> Iterator[str]:
    """The texts in which the figure makes a term a button."""
    for cases in (scene.sentence, *(readout.text for readout in scene.readouts)):
        yield from (cases,) if isinstance(cases, str) else (case.text for case in cases)
    for table in scene.tables:
        yield from table.head


def still_figure(scene: Scene, dark: bool = False) -> go.Figure:
    """The scene's first panel as an ordinary Plotly figure in one theme, for when the live figure cannot run."""
    theme: Theme = "dark" if dark else "light"
    picture = scene.panels[0].figure
    data = [{key: value for key, value in trace.items() if key != "meta"} for trace in picture.data]
    return go.Figure(resolve_colours(data, theme), resolve_colours(dict(picture.layout), theme))


__all__ = [
    "Align",
    "Case",
    "Cases",
    "Challenge",
    "Control",
    "Derivation",
    "Descent",
    "Follow",
    "FormulaLine",
    "Handle",
    "MarkedValue",
    "Microscope",
    "Panel",
    "Picture",
    "Place",
    "Play",
    "Readout",
    "Reason",
    "Row",
    "Rule",
    "Run",
    "Scene",
    "Sketch",
    "Stage",
    "Table",
    "Toggle",
    "Valley",
    "still_figure",
]
