"""Rows of one number or two and a class, as they are pasted: two labels of any kind become 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.data.line import DataError
from explorer.data.rows import MOST_LIVE, Rows, cells_of, number_of

LONGEST_LABEL = 20


@dataclass(frozen=True)
class Labelled:
    """The rows, the class last, and what the two labels were where they were not 0 and 1."""

    rows: tuple[tuple[float, ...], ...]
    labels: tuple[str, str] | None = None

    @property
    def pairs(self) -> Rows:
        """The rows, where they have one feature."""
        return tuple((feature, label) for feature, label in self.rows)

    @property
    def said(self) -> str:
        """Which label became which class; empty where they were 0 and 1."""
        return f"“{self.labels[0]}” is class 0 and “{self.labels[1]}” is class 1." if self.labels else ""


NEEDED = {
    1: "a number and a class are needed, as in 2.5,1",
    2: "two numbers and a class are needed, as in 2,3.5,1",
}
"""What each row is to hold, by how many features it has."""


def read_labelled(text: str, features: int = 1) -> Labelled:
    """The rows of a text: "0.5,0;0.75,1", or a line each, with one feature or two; the last cell is any of two labels.

    Of two numbers the smaller is 0, of two words the first in the alphabet. Raises DataError with a sentence.
    """
    cells = cells_of(text, features + 1, MOST_LIVE)
    for number, row in enumerate(cells, 1):
        if len(row) != features + 1:
            has = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            raise DataError(f"Row {number}: {NEEDED[features]}; it has {has}.")
        if not row[-1]:
            raise DataError(f"Row {number}: the class is empty.")
    rows = [(*row[:-1], _spelt(row[-1])) for row in cells]
    labels = sorted({row[-1] for row in rows}, key=_order)
    if len(labels) > 2:
        named = ", ".join(f"“{label[:LONGEST_LABEL]}”" for label in labels[:3])
        raise DataError(
            f"There are {len(labels)} different classes, {named} among them: two can be told apart here."
        )
    values = _as_numbers(labels)
    classes = {label: float(place) for place, label in enumerate(labels)}
    if values is not None and set(values) <= {0.0, 1.0}:
        classes = dict(zip(labels, values, strict=True))
        labels = []
    found = tuple(
        (*(number_of(cell, number) for cell in row[:-1]), classes[row[-1]])
        for number, row in enumerate(rows, 1)
    )
    return Labelled(
        found, (labels[0][:LONGEST_LABEL], labels[1][:LONGEST_LABEL]) if len(labels) == 2 else None
    )


def _spelt(label: str) -> str:
    """A number in one way of writing it."""
    value = _as_numbers([label])
    return f"{value[0]:.12g}" if value else label


def _order(label: str) -> tuple[float, str]:
    value = _as_numbers([label])
    return (value[0] if value else float("inf")), label.casefold()


def _as_numbers(labels: list[str]) -> list[float] | None:
    try:
        return [number_of(label, 1) for label in labels]
    except DataError:
        return None
