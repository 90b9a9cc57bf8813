"""Things of which the learner has some: a row of coins that controls count, and lists or rows in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from explorer.data.columns import Pass
from explorer.data.packed import Packed
from explorer.numeric.measurements import shortest_text

if TYPE_CHECKING:
    from explorer.scene.scene import Control

Numbers = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Coins:
    """A row of coins that are turned, added and taken away; `heads` and `tails` name the controls that count them.

    More than `most` coins are not drawn, but told.
    """

    heads: str
    tails: str
    most: int = 24


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Controls that stand in the address as one list under `name`: the first so many as the control `count` says."""

    name: str
    controls: tuple[str, ...]
    count: str


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Rows of numbers that are the learner's own: points of the `panel`, and a table under the figure.

    The browser owns them: they begin as the columns `start`, the learner drags, types, adds and takes away rows, up to
    `most`, and every release tells them all. `count` is how many there are. `cells` are what a row's controls are like:
    one called "x" stands for x1, x2 …; the first two are the point's place. A tap on a point turns the cell `flips`
    from 0 to 1 and back; where that is none of the place, the handle of a 0 is a ring. Those that are not `live` stand
    still. Up to `linked` rows stand in the address, as "1,100;2,200" under `name`; of more rows their number
    does under `lost`, where that has a name.

    Rows in `order` have increasing first cells and keep them so; what is drawn for each of them knows the next one's
    numbers too, as "x_next". There are `least` rows at least. Their table stands `open` at first.

    What the passes `before` find in the rows enters the tape like controls, and what those `afterwards` find enters the
    tape `afterwards`. The quantity `‹name›_drawn` is 1 while the rows are those for which the picture at rest was
    `drawn`: without any, those of the start.
    """

    name: str
    count: str
    panel: str
    cells: tuple[Control, ...]
    flips: str | None = None
    start: tuple[Numbers, ...] | Packed
    drawn: tuple[Numbers, ...] | None = None
    live: bool
    least: int = 1
    most: int
    linked: int
    lost: str = ""
    order: bool = False
    open: bool = False
    before: tuple[Pass, ...]
    afterwards: tuple[Pass, ...] = ()

    @property
    def rows(self) -> tuple[tuple[float, ...], ...]:
        """The rows as they begin."""
        columns = self.start.columns() if isinstance(self.start, Packed) else self.start
        return tuple(zip(*(column.tolist() for column in columns), strict=True))

    def text(self, rows: tuple[tuple[float, ...], ...]) -> str | None:
        """The rows as the address says them; None where there are too many for it."""
        return rows_text(rows) if len(rows) <= self.linked else None


def rows_text(rows: Sequence[Sequence[float]]) -> str:
    """Rows as a link holds them: each number in the shortest form that reads back as the same."""
    return ";".join(",".join(map(shortest_text, row)) for row in rows)
