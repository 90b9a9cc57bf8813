"""What the columns of a table are called: the words of its header, as axes and sentences can say them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from explorer.numeric.measurements import HEADING

LONGEST_TITLE, LONGEST_UNIT = 40, 12
LONGEST_HEAD = 400
"""So many characters has a header in a link at most."""

LETTERS = {"time": "t", "place": "s", "position": "s", "distance": "s"}
"""What physics writes for a column of this name; one of another name is x or y, one of a letter or two itself."""
LONGEST_LETTER = 2

_SIGNS = frozenset(" -−_()[]/.,;:·%‰°'’′″+*^#&=…")
"""What a title may hold beside letters, digits and signs of currency: nothing that a picture would read as code."""

_A_NUMBER = re.compile(r"\s*[+.\-−]*\d")


@dataclass(frozen=True)
class Heading:
    """A column's `title` as it is written, and its name and unit apart; a unit may be empty."""

    title: str
    name: str
    unit: str = ""

    def valued(self, value: str) -> str:
        """A value, or what will be put in its place, with the unit."""
        return f"{value} {self.unit}" if self.unit else value

    def per(self, other: Heading) -> str:
        """The unit of a change of this by a change of the other; empty where either has none."""
        return f"{self.unit} per {other.unit}" if self.unit and other.unit else ""

    def with_unit(self, unit: str) -> str:
        """The title that names the same column with this unit, or with none."""
        return f"{self.name} ({unit})" if unit else self.name


Headings = tuple[Heading, ...]
X, Y = Heading("x", "x"), Heading("y", "y")
CLASS = Heading("class", "class")
PLAIN: Headings = (X, Y)
LABELLED: Headings = (X, CLASS)
PLACED: Headings = (Heading("x₁", "x₁"), Heading("x₂", "x₂"), CLASS)
"""The columns of a line, of two classes on an axis, and of two classes in a plane, where nothing else is said."""


def head_of(text: str, wide: int) -> str:
    """The first line of a text as a line of CSV, where it is a header of so many columns; else nothing."""
    lines = text.lstrip("\ufeff \t\r\n").splitlines()
    if len(lines) < 2:
        return ""
    mark = next((one for one in ";\t," if one in lines[0]), " ")
    try:
        cells = next(csv.reader([" ".join(lines[0].split()) if mark == " " else lines[0]], delimiter=mark))
    except csv.Error:
        return ""
    cells = [" ".join(cell.split()) for cell in cells]
    if len(cells) != wide or not all(cells) or any(map(_A_NUMBER.match, cells)):
        return ""
    head = written(cells)
    return head if len(head) <= LONGEST_HEAD else ""


def written(titles: Iterable[str]) -> str:
    """Titles as a line of CSV: a header as a link and a file hold it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(titles)
    return out.getvalue()


def headings(head: str, otherwise: Headings) -> Headings:
    """What a header calls its columns; as in `otherwise` what it does not say, or not in plain words."""
    try:
        cells = next(csv.reader([head]), [])
    except csv.Error:
        cells = []
    if len(cells) != len(otherwise):
        return otherwise
    found = [_heading(" ".join(cell.split()), usual) for cell, usual in zip(cells, otherwise, strict=True)]
    if len({one.name for one in found}) == len(found):
        return tuple(found)
    titles = tuple(Heading(one.title, one.title) for one in found)
    return titles if len(set(titles)) == len(found) else otherwise


def unnamed(head: str, otherwise: Headings) -> str:
    """Which columns do not have the name that a header gives them; empty where all have it."""
    cells = next(csv.reader([head]), [])
    if len(cells) != len(otherwise):
        return ""
    named = zip(headings(head, otherwise), otherwise, cells, strict=True)
    lost = [usual.title for found, usual, cell in named if found == usual and cell.strip() != usual.title]
    if not lost:
        return ""
    columns = "the column is" if len(lost) == 1 else "the columns are"
    return f"The header has names that are alike, or no plain words: {columns} called {' and '.join(lost)}."


def letters_of(columns: Headings) -> tuple[str, str]:
    """A letter for each of two columns, never the same: its own name where it is one, else what is usual for it."""
    own = [column.name if len(column.name) <= LONGEST_LETTER else "" for column in columns]
    found: list[str] = []
    for column, letter, plain in zip(columns, own, PLAIN, strict=True):
        usual = (LETTERS.get(column.name.lower(), plain.name), plain.name, "z")
        found.append(letter or next(one for one in usual if one not in (*own, *found)))
    return found[0], found[1]


def what_letters_mean(letters: Sequence[str], columns: Headings) -> str:
    """As “x: area (m²), y: price”, of the letters that do not say it themselves."""
    return ", ".join(
        f"{letter} in {column.unit}" if letter == column.name else f"{letter}: {column.title}"
        for letter, column in zip(letters, columns, strict=True)
        if letter != column.title
    )


def _heading(cell: str, otherwise: Heading) -> Heading:
    if not cell or cell.startswith("$") or not all(map(_is_plain, cell)):
        return otherwise
    title = cell if len(cell) <= LONGEST_TITLE else f"{cell[: LONGEST_TITLE - 1].rstrip()}…"
    found = HEADING.fullmatch(cell)
    unit = next((one.strip() for one in (found[kind] for kind in "abcd") if one), "") if found else ""
    if (
        found is None
        or not found["name"]
        or not 0 < len(unit) <= LONGEST_UNIT
        or " " in unit
        or unit[0].isdigit()
    ):
        return Heading(title, title)
    return Heading(title, found["name"], unit)


def _is_plain(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return sign in _SIGNS or kind[0] in "LMN" or kind == "Sc"
