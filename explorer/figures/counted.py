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
    """Controls that stand in the address as rows of numbers under `name`: "1,100;2,200"."""

    name: str
    controls: tuple[tuple[str, ...], ...]

    def text(self, values: Mapping[str, float]) -> str:
        """The rows as the address says them."""
        return ";".join(",".join(f"{values[name]:.12g}" for name in row) for row in self.controls)
