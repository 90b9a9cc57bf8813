"""What a live figure says when the learner lets go: the browser's word, judged before anything uses it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from explorer.numeric import number_text
from explorer.scene.counted import Columns
from explorer.scene.scene import Control, Scene

MOST_RELEASES = 2**53
"""Up to which the browser counts exactly."""


FARTHEST = 1e12
"""A place out of sight is no farther out than a link may ask for."""


@dataclass(frozen=True)
class Release:
    """What the learner left standing: the value of every control and every switch, and the rows of the columns."""

    controls: Mapping[str, float] = field(default_factory=dict)
    toggles: Mapping[str, bool] = field(default_factory=dict)
    rows: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Word:
    """One message: what it says of the scene's own controls and switches, the number of the release, or a failure."""

    release: Release = field(default_factory=Release)
    seq: int = 0
    failed: bool = False


def judged(message: object, scene: Scene) -> Word:
    """A message as far as it speaks of this scene; whatever is not of the right form was not said.

    A browser says what it likes: any JSON may come, with NaN and endless integers.
    """
    if not isinstance(message, Mapping) or message.get("id") != scene.id:
        return Word()
    controls, toggles = _part(message, "controls"), _part(message, "toggles")
    rows = _rows(message.get("rows"), scene.columns)
    stands = {c.name: _stand(_among(c, rows), controls.get(c.name), scene) for c in scene.controls}
    switched = {toggle.name: toggles.get(toggle.name) for toggle in scene.toggles}
    return Word(
        Release(
            {name: value for name, value in stands.items() if value is not None},
            {name: on for name, on in switched.items() if isinstance(on, bool)},
            rows,
        ),
        int(seq) if (seq := as_finite(message.get("seq"))) and 0 < seq <= MOST_RELEASES else 0,
        message.get("failed") is True,
    )


def _part(message: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = message.get(name)
    return part if isinstance(part, Mapping) else {}


def _among(control: Control, rows: tuple[tuple[float, ...], ...]) -> Control:
    """The control with the values that it can take among rows as they stand now."""
    if not (control.on_rows and rows):
        return control
    values = tuple(row[0] for row in rows)
    return replace(control, values=values, min=min(values), max=max(values))


def _rows(said: object, columns: Columns | None) -> tuple[tuple[float, ...], ...]:
    """The rows that a message tells, each number within its ends; none where any of it is of another form.

    Too few rows, and rows out of their order, are none either.
    """
    if columns is None or not columns.live or not isinstance(said, list) or len(said) > columns.most:
        return ()
    found = []
    for row in said:
        numbers = [as_finite(value) for value in row] if isinstance(row, list) else []
        if len(numbers) != len(columns.cells) or None in numbers or not _taken(numbers, columns):
            return ()
        found.append(
            tuple(
                min(max(number, cell.min), cell.max)
                for number, cell in zip(numbers, columns.cells, strict=True)
                if number is not None
            )
        )
    firsts = [row[0] for row in found]
    ordered = not columns.order or all(one < other for one, other in pairwise(firsts))
    return tuple(found) if len(found) >= columns.least and ordered else ()


def _taken(numbers: Sequence[float | None], columns: Columns) -> bool:
    """Whether cells that take some values only have one of them."""
    return all(
        not cell.values or number in cell.values for number, cell in zip(numbers, columns.cells, strict=True)
    )


def as_finite(value: object) -> float | None:
    """The number that a message says, or None where it says none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _stand(control: Control, value: object, scene: Scene) -> float | None:
    """Where the control stands: within its ends, and on one of its values where it has such.

    Under a window that moves it stays where it was, though it be out of sight.
    """
    number = as_finite(value)
    if number is None or (control.values and number not in control.values):
        return None
    if scene.frame and control.align:
        return min(max(number, -FARTHEST), FARTHEST)
    return min(max(number, control.min), control.max)


def reach(control: Control, scene: Scene) -> tuple[float, float]:
    """Between which values a link may put a control.

    Under a window that the learner moves it may stand out of sight. Equal scales show more than the window on a wide
    screen: up to a width more on either side is nothing that a link made up.
    """
    if not (scene.frame and control.align):
        return control.min, control.max
    if scene.frame.seen:
        return -FARTHEST, FARTHEST
    more = control.max - control.min if scene.frame.equal else 0.0
    return control.min - more, control.max + more


def why_not(control: Control, value: float, scene: Scene) -> str:
    """Why a link cannot put the control at a value; empty when it can."""
    if control.quantum == 1.0 and value % 1 != 0:
        return "is not a whole number"
    low, high = reach(control, scene)
    if not low <= value <= high:
        ends = f"from {number_text(control.min)} to {number_text(control.max)}"
        return f"lies outside {'this picture' if control.align else 'its control'}, which goes {ends}"
    if control.values and value not in control.values:
        return "is none of those that can be chosen here"
    if control.scale == "symlog" and 0 < abs(value) < control.smallest:
        return f"is closer to 0 than {number_text(control.smallest)}, the closest that can be chosen here"
    return ""
