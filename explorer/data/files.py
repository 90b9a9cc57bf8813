"""A file of rows: any of the ways in which spreadsheets save a table, and some of its columns as the text of rows."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from explorer.data.line import DataError
from explorer.data.rows import IN_THOUSANDS, MOST_ROWS
from explorer.numeric.measurements import MeasurementsError, read_cells

MOST_COLUMNS = 50
MANY_LINES = 5 * MOST_ROWS
"""A file with more lines is not looked into, though some may be empty."""

LARGEST_FILE = 5_000_000  # bytes
LONGEST_NAME = 40
NUMBERING = frozenset({"id", "index", "no", "nr", "#", "row", "unnamed: 0"})
"""What a column is called that only numbers the rows; so does one without a name."""
MOST_LOOKED_AT = 100
"""So many cells tell whether a column is one of numbers."""
_WORDS = re.compile(r"\s*[+.\-−]*\d")


@dataclass(frozen=True)
class FileTable:
    """The names of the columns, and the cells of each row as they were written."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    named: bool = False
    """Whether the file has a header."""

    def text(self, *columns: int) -> str:
        """These columns as a text of rows, a line each, below their names where the file has them.

        A row that has no such cell keeps an empty one.
        """
        lines = (self.head, *self.rows) if self.named else self.rows
        return "\n".join(";".join(_plain(row[k]) if k < len(row) else "" for k in columns) for row in lines)

    def first_columns(self, numbers: int, classes: int = 0) -> tuple[int, ...]:
        """Which columns to begin with: so many of numbers, and behind them so many that hold two words or numbers.

        The classes are the last such columns of the file. Where a kind is too rare, the others follow in order.
        """
        counting = [k for k in range(len(self.head)) if self._counts_rows(k)]
        telling = [k for k in range(len(self.head)) if k not in counting]
        places = [*telling, *counting]
        two = [k for k in (*reversed(telling), *counting) if classes and len(set(self._column(k))) == 2][
            :classes
        ]
        found = [k for k in places if k not in two and self._is_of_numbers(k)][:numbers]
        rest = [k for k in places if k not in (*found, *two)]
        missing = numbers - len(found)
        return (*sorted((*found, *rest[:missing])), *two, *rest[missing:][: classes - len(two)])

    def _column(self, k: int) -> list[str]:
        """The cells of a column that are not empty."""
        return [row[k] for row in self.rows if k < len(row) and row[k]]

    def _counts_rows(self, k: int) -> bool:
        """Whether a column only numbers the rows, and says so: it is the last to be looked at."""
        own = self.named and self.head[k].casefold().rstrip(".") in NUMBERING | {f"column {k + 1}"}
        cells = self._column(k)
        return own and any(cells == [str(n + first) for n in range(len(cells))] for first in (0, 1))

    def _is_of_numbers(self, k: int) -> bool:
        """Whether most cells of the first rows are numbers: a bad one among them is named when it is read."""
        cells = self._column(k)[:MOST_LOOKED_AT]
        return 2 * sum(map(_is_number, cells)) > len(cells)


def read_file(content: bytes, most: int = MOST_ROWS) -> FileTable:
    """The table of a file in UTF-8, UTF-16 or cp1252, with commas, semicolons or tabs, its first row perhaps words.

    Raises DataError with a sentence where it is none, or has more than `most` rows.
    """
    lines = max(content.count(b"\n"), content.count(b"\r")) + (content[-1:] not in (b"\n", b"\r"))
    if lines > MANY_LINES:
        raise DataError(f"The file has {lines} lines; {most} rows can be explored here.")
    try:
        cells = _without_notes([tuple(row) for row in read_cells(content, LARGEST_FILE) if any(row)])
    except MeasurementsError as error:
        raise DataError(str(error)) from None
    if not cells:
        raise DataError("The file is empty.")
    wide = max(map(len, cells))
    if wide < 2:
        raise DataError("The file has one column only: two are needed.")
    if wide > MOST_COLUMNS:
        raise DataError(f"The file has {wide} columns; {MOST_COLUMNS} can be chosen from.")
    named = len(cells[0]) > 1 and not any(_WORDS.match(cell) for cell in cells[0])
    head = cells[0] if named else ()
    rows = cells[1:] if named else cells
    if len(rows) > most:
        raise DataError(f"The file has {len(rows)} rows; {most} can be explored here.")
    return FileTable(
        tuple(_name(head[k] if k < len(head) else "", k) for k in range(wide)), tuple(rows), bool(head)
    )


def _without_notes(cells: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows without what programs write above them: Excel's `sep=;`, notes behind a #.

    The last of such notes is the header where it has as many cells as the row below it, as `savetxt` of NumPy writes.
    """
    start = 1 if cells and cells[0][0].casefold().startswith("sep=") else 0
    first = next((k for k in range(start, len(cells)) if not cells[k][0].startswith("#")), len(cells))
    if start < first < len(cells) and len(cells[first - 1]) == len(cells[first]) > 1:
        note, *others = cells[first - 1]
        return [(note.lstrip("#").strip(), *others), *cells[first:]]
    return cells[first:]


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell.replace("−", "-")))
    except ValueError:
        return False


def _name(cell: str, column: int) -> str:
    """What a column is called in the list to choose from."""
    return " ".join(cell.split())[:LONGEST_NAME] or f"column {column + 1}"


def _plain(cell: str) -> str:
    """A cell that stays one cell in a text of rows: what parts cells there does not part it.

    1,000 has kept its comma where commas part the cells: it is no 1.000, and stands in quotes so that it is asked for.
    """
    plain = "\u00a0".join(cell.replace(";", " ").split())
    return f'"{plain}"' if "," in plain and IN_THOUSANDS.fullmatch(plain) else plain
