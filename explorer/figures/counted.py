"""Things of which the learner has some: a row of coins that controls count, and lists or rows in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
class Rows:
    """Controls that stand in the address as rows of numbers under `name`: "1,100;2,200".

    With `count` they are the first so many as that control says: the learner adds rows and takes them away, on the
    `panel` and in a table under the figure, up to `most`, for which the page makes room as they come.
    """

    name: str
    controls: tuple[tuple[str, ...], ...]
    count: str | None = None
    panel: str = ""
    most: int = 0

    def text(self, values: Mapping[str, float]) -> str:
        """The rows as the address says them."""
        return ";".join(",".join(f"{values[name]:.12g}" for name in row) for row in self.standing(values))

    def standing(self, values: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
        """The rows that are there."""
        return self.controls if self.count is None else self.controls[: int(values[self.count])]
