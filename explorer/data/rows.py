"""Rows of two numbers, as a link holds them or as they are pasted."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import numpy as np

from explorer.data.line import DataError
from explorer.data.packed import Numbers, Packed, packed
from explorer.numeric.measurements import decimal_point

MOST_LINKED = 60
"""So many rows stand in a link."""
LOST = "points"
"""What a link calls the number of more rows than it holds."""
MOST_LIVE = 500
"""Of so many rows each is dragged by itself."""
MOST_ROWS = 10_000
LONGEST_TEXT = 3200
"""So long is the text of rows in a link: 60 of two numbers, of up to 24 characters each, and a class."""
LONGEST_PASTE = 1_000_000
LONGEST_SAID = 20
"""So much of a cell is repeated to say that it is no number."""
LARGEST, SMALLEST = 1e9, 1e-20
"""Beyond, or nearer to 0, the squares of such numbers cannot be drawn beside each other."""

Rows = tuple[tuple[float, float], ...]


def sent_columns(rows: Rows) -> tuple[Numbers, ...] | Packed:
    """The columns as they travel; those of more than MOST_LIVE rows are packed."""
    x, y = np.array(rows, dtype=np.float64).T
    return (x, y) if len(rows) <= MOST_LIVE else packed(x, y)


def as_sent(rows: Rows) -> Rows:
    """The rows as a browser has them: what is computed here is of the same numbers as what is shown there."""
    sent = sent_columns(rows) if rows else ()
    if not isinstance(sent, Packed):
        return rows
    x, y = sent.columns()
    return tuple(zip(x.tolist(), y.tolist(), strict=True))


_BETWEEN_ROWS = re.compile(r"[;\n]")
_QUOTED = re.compile(r'"([^",;\t\n]*)"')
"""A cell as some programs write all of theirs; what parts cells does not stand in it."""
_QUOTED_DECIMAL = re.compile(r'"([+\-]?(?![1-9]\d{0,2},\d{3}")\d+),(\d+)"')
"""A number with a decimal comma in such a cell; 1,000 may be a thousand, and is left as it is."""
ONE_OR_TWO = "Row {}: what looks like 1 000 or 1,000 is one number or two. Write a thousand as 1000."
_FIRST_GROUP, _GROUP = re.compile(r"[+\-]?[1-9]\d{0,2}"), re.compile(r"0\d\d(?!\d)")
"""What begins with 0 like the thousands of the cell before: 1 000,5 is one number or two."""


IN_THOUSANDS = re.compile(r"[+\-−]?[1-9]\d{0,2}([,.]\d{3})+(\.\d+)?")


def read_rows(text: str, most: int = MOST_ROWS) -> Rows:
    """The rows of a text: "1,100;2,200", or a line each, as a spreadsheet gives them.

    Lines whose cells stand apart by semicolons, tabs or spaces may have decimal commas, and those with semicolons or
    tabs gaps between thousands; a first line of words is left out. Raises DataError with a sentence that names the
    first bad row, counted from 1.
    """
    return tuple(_row(cells, number) for number, cells in enumerate(cells_of(text, most=most), 1))


def cells_of(text: str, wide: int = 2, most: int = MOST_ROWS) -> list[list[str]]:
    """The cells of each row, `wide` of them where it is whole, without a first line of words.

    Raises DataError where there are more than `most` rows.
    """
    if len(text) > LONGEST_PASTE:
        raise DataError(f"That is more than {LONGEST_PASTE} characters; {most} rows can be explored here.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("−", "-").strip(" \n")
    text = _QUOTED_DECIMAL.sub(r"\1.\2", _QUOTED.sub(r"\1", text))
    rows = [cells for cells in _cells(text, wide) if any(cells)]
    if rows and not any(re.search(r"^[+.\-]*\d", cell) for cell in rows[0]):
        rows = rows[1:]
    if len(rows) > most:
        raise DataError(f"There are {len(rows)} rows; {most} can be explored here.")
    for number, row in enumerate(rows, 1):
        if any(_GROUP.match(cell) and _FIRST_GROUP.fullmatch(before) for before, cell in pairwise(row)):
            raise DataError(ONE_OR_TWO.format(number))
    return rows


def _cells(text: str, wide: int) -> list[list[str]]:
    lines = text.split("\n")
    spaced = [_spaced(line, wide) for line in lines if line.strip("; \t")]
    apart = [[decimal_point(cell) for cell in row] for row in spaced]
    by_commas = [[cell.strip() for cell in row.split(",")] for row in _BETWEEN_ROWS.split(text)]
    # A first line of words may hold more spaces than those between its cells.
    if len(lines) > 1 and all(len(row) == wide and all(row) for row in apart[1:]):
        return apart
    by_spaces = [row.split() for row in _BETWEEN_ROWS.split(text)]
    return max((by_commas, apart, by_spaces), key=lambda rows: _whole(rows, wide))


def _whole(rows: list[list[str]], wide: int) -> tuple[int, int, int]:
    """How many rows have all their cells, how many have them with some empty ones, and how many numbers are parted."""
    whole = [row for row in rows if len(row) == wide]
    parted = [cell for row in rows if len(row) > 1 for cell in row]
    return sum(map(all, whole)), len(whole), sum(map(_is_number, parted))


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


def _spaced(line: str, wide: int) -> list[str]:
    """Its cells where semicolons, tabs or spaces part them, though a comma may stand there too.

    One between semicolons or tabs may be empty, unless there are more than `wide` cells with it, and is one cell where
    it is a number with gaps between its thousands.
    """
    cells = [part.strip() for part in re.split(r"[;\t]", line)]
    if len(cells) == 1 or not any(decimal_point(cell) != cell.replace(",", ".") for cell in cells):
        cells = [word for cell in cells for word in _words(cell) or [""]]
    return cells if len(cells) <= wide else [cell for cell in cells if cell]


def _words(part: str) -> list[str]:
    """What spaces part, without the commas at its ends."""
    return [word for one in part.split(" ") if (word := one.strip().rstrip(","))]


def _row(cells: list[str], number: int) -> tuple[float, float]:
    if len(cells) != 2:
        raise DataError(f"Row {number}: two numbers are needed, x and y, as in 1,100; it has {len(cells)}.")
    x, y = (number_of(cell, number) for cell in cells)
    return x, y


def number_of(cell: str, row: int) -> float:
    """The number of a cell. Raises DataError, which names the row."""
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if cell.startswith('"') and IN_THOUSANDS.fullmatch(cell.strip('"')):
        raise DataError(ONE_OR_TWO.format(row))
    if not math.isfinite(value):
        raise DataError(f"Row {row}: {f'“{_shortened(cell)}” is no number' if cell else 'a cell is empty'}.")
    if abs(value) > LARGEST:
        raise DataError(f"Row {row}: a number is larger than a thousand million.")
    if 0 < abs(value) < SMALLEST:
        raise DataError(f"Row {row}: a number is nearer to 0 than 10⁻²⁰.")
    return value


def _shortened(cell: str) -> str:
    return cell if len(cell) <= LONGEST_SAID else f"{cell[:LONGEST_SAID]}…"
