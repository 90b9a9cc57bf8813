"""The parts of a window in which f turns too often for a picture of few points, and f with or without them.

A picture is false only there, and only there it is left out: a veil of few boxes, so that the browser can lay it over
what it draws itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from explorer.expression import Expression
from explorer.numeric.results import Array, Span, Window
from explorer.numeric.seams import of_parts
from explorer.numeric.waves import LOOKS, TILES, turning_places

__all__ = ["BARE", "Veil", "veil_of"]

Flags = NDArray[np.bool_]

POINTS_A_WAVE = 4.5
"""Straight pieces between so few points a wave still have its shape; between fewer a slow wave appears that is none."""

WAVES_TURNS, RUN = 2, 4
"""A wave turns twice; so many short ones that follow each other, each begun at the next turn, are no lone feature."""

LITTLE = 0.25
"""Where no more of a window than this could be shown, nothing is."""

MOST_BOXES = 12
SIZES = (1, 2, 4, 8, TILES)
"""Where boxes would be too many they are of so many tiles a side: the last is one box."""

RAGGED = 1
"""Rows of tiles whose ends differ by no more than this are one box."""

SEAMLESS = 1e-9
"""Boxes reach so much farther, in parts of the window: no line is free between two of them."""


@dataclass(frozen=True)
class Veil:
    """Boxes of x and y, without an end where they reach the window's; `whole` where next to nothing lies outside."""

    boxes: tuple[tuple[Span, Span], ...] = ()
    whole: bool = False

    def __bool__(self) -> bool:
        """Whether something is covered."""
        return bool(self.boxes)

    def covers(self, x: ArrayLike, y: ArrayLike) -> Flags:
        """Whether places are covered."""
        x, y = np.broadcast_arrays(x, y)
        covered = np.zeros(x.shape, dtype=bool)
        for (left, right), (low, high) in self.boxes:
            covered |= (left < x) & (x < right) & (low < y) & (y < high)
        return covered

    def over(self, f: Expression) -> Expression:
        """The function without a value where it is covered."""
        return of_parts("a + 0 sqrt(b)", a=f, b=self._outside(f.variables)) if self.boxes else f

    def under(self, f: Expression) -> Expression:
        """The function without a value where it is not covered."""
        return of_parts("a + 0 sqrt(-b)", a=f, b=self._outside(f.variables))

    def _outside(self, names: tuple[str, ...]) -> Expression:
        """Above 0 outside of all boxes, below in them."""
        away = [
            _largest(
                [
                    Expression.variable(name) - end if upper else end - Expression.variable(name)
                    for name, span in zip(names, box, strict=True)
                    for upper, end in enumerate(span)
                    if math.isfinite(end)
                ]
            )
            for box in self.boxes
        ]
        return reduce(lambda a, b: of_parts("min(a, b)", a=a, b=b), away)


def _largest(parts: list[Expression]) -> Expression:
    return reduce(lambda a, b: of_parts("max(a, b)", a=a, b=b), parts) if parts else Expression.number(-1)


BARE = Veil()


@lru_cache(maxsize=256)
def veil_of(
    f: Expression, window: Window, pieces: int, points: float = POINTS_A_WAVE, ways: str = "xy"
) -> Veil:
    """What a picture of so many pieces a side has to leave out: fewer than so many `points` to a wave along `ways`."""
    shown = [way in ways for way in "xy"]
    fast = np.zeros((TILES, TILES), dtype=bool)
    for way, turns in enumerate(turning_places(f, window)):
        if shown[way]:
            found = _fast(turns, points / pieces)
            fast |= found if way == 0 else found.T
    if not fast.any():
        return Veil()
    pooled = (_pooled(_closed(fast), size) for size in SIZES)
    tiles, rows = next((tiles, rows) for tiles in pooled if len(rows := _rectangles(tiles)) <= MOST_BOXES)
    spans = [np.linspace(*span, len(tiles) + 1) for span in (window.x, window.y)]
    boxes = [(_span(spans[0], left, right), _span(spans[1], low, high)) for left, right, low, high in rows]
    return Veil(tuple(boxes), bool(tiles.mean() > 1 - LITTLE))


def _span(ends: Array, first: int, last: int) -> Span:
    """From tile to tile, and on without an end at the sides of the window."""
    more = SEAMLESS * float(ends[-1] - ends[0])
    low, high = float(ends[first]) - more, float(ends[last]) + more
    return low if first else -math.inf, high if last < len(ends) - 1 else math.inf


def _fast(turns: Flags, wave: float) -> Flags:
    """The tiles along each line in which waves shorter than that part of the window follow each other."""
    lines, looks = turns.shape
    rows, places = np.nonzero(turns)
    covered = np.zeros((lines, looks + 1))
    reach = WAVES_TURNS + RUN - 1
    if len(rows) > reach:
        short = (rows[WAVES_TURNS:] == rows[:-WAVES_TURNS]) & (
            places[WAVES_TURNS:] - places[:-WAVES_TURNS] < wave * looks
        )
        first = np.flatnonzero(sliding_window_view(short, RUN).all(axis=1))
        np.add.at(covered, (rows[first], places[first]), 1)
        np.add.at(covered, (rows[first], places[first + reach] + 1), -1)
    inside = np.cumsum(covered, axis=1)[:, :looks] > 0
    return np.asarray(inside.reshape(lines, TILES, LOOKS).any(axis=-1))


def _closed(fast: Flags) -> Flags:
    """The same without single tiles that are free between covered ones."""
    grown = sliding_window_view(np.pad(fast, 2), (3, 3)).any(axis=(2, 3))
    return np.asarray(sliding_window_view(grown, (3, 3)).all(axis=(2, 3)) | fast)


def _pooled(fast: Flags, size: int) -> Flags:
    """Tiles of so many tiles a side."""
    n = len(fast) // size
    return np.asarray(fast.reshape(n, size, n, size).any(axis=(1, 3)))


def _rectangles(fast: Flags) -> list[tuple[int, int, int, int]]:
    """The tiles as rectangles, each from column to column and from row to row: rows that are nearly equal in one."""
    done: list[tuple[int, int, int, int]] = []
    growing: list[_Runs] = []
    for row in range(len(fast) + 1):
        tiles = np.pad(fast[row] if row < len(fast) else fast[0] & False, 1)
        edges = np.flatnonzero(np.diff(tiles.astype(int))).tolist()
        left = list(zip(edges[::2], edges[1::2], strict=True))
        after: list[_Runs] = []
        for runs in growing:
            run = next((run for run in left if runs.takes(run)), None)
            if run is None:
                done.append((min(runs.starts), max(runs.ends), runs.since, row))
            else:
                left.remove(run)
                after.append(_Runs(runs.since, (*runs.starts, run[0]), (*runs.ends, run[1])))
        growing = after + [_Runs(row, (start,), (end,)) for start, end in left]
    return done


@dataclass(frozen=True)
class _Runs:
    """Runs of tiles in rows that follow each other, since a first one."""

    since: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def takes(self, run: tuple[int, int]) -> bool:
        """Whether another one is nearly equal to all of them."""
        return all(
            max(*own, end) - min(*own, end) <= RAGGED
            for own, end in zip((self.starts, self.ends), run, strict=True)
        )
