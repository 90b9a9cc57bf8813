"""A table of measured places at increasing times: judged row by row, read from and written to CSV."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = [
    "HEAD",
    "HEADING",
    "LARGEST_FILE",
    "LARGEST_NUMBER",
    "LONGEST_LINK",
    "MOST_LINKED",
    "MOST_ROWS",
    "Column",
    "Head",
    "Measurements",
    "MeasurementsError",
    "decimal_point",
    "judge_unit",
    "measurements",
    "read_csv",
    "read_head",
    "shortest_text",
    "write_csv",
    "write_head",
]

MOST_ROWS = 200
MOST_LINKED, LONGEST_LINK = 60, 3000
"""So many rows stand in a link, and characters of them: two numbers of up to 24 and what parts them, a row."""
LARGEST_FILE = 100_000  # bytes
LARGEST_NUMBER = 1e9
LONGEST_CELL = 40
LONGEST_UNIT = 8
DELIMITERS = (";", "\t", ",")
LONGEST_NAME = 20

# "time (h)", "distance [km]", "speed in km/h", "time / h", or a name alone
HEADING = re.compile(
    r"(?P<name>.*?)\s*(?:\((?P<a>[^()]*)\)|\[(?P<b>[^\[\]]*)\]| in (?P<c>[^()]*)|/\s*(?P<d>[^()/]*))?\s*"
)


class MeasurementsError(ValueError):
    """A table that cannot be used; the message is a sentence for a learner."""


@dataclass(frozen=True)
class Measurements:
    """At least two rows: strictly increasing `times`, and `places` of the same length."""

    times: tuple[float, ...]
    places: tuple[float, ...]


@dataclass(frozen=True)
class Column:
    """What a column holds, in a word, and its unit."""

    name: str
    unit: str

    @property
    def title(self) -> str:
        """As it stands over a column and in a file: "time (s)"."""
        return f"{self.name} ({self.unit})"


Head = tuple[Column, Column]
HEAD: Head = (Column("time", "s"), Column("place", "m"))


def measurements(rows: Iterable[Sequence[object]]) -> Measurements:
    """The table of (time, place) rows; wholly empty rows are left out.

    Raises MeasurementsError with a sentence that names the first bad row, counted from 1.
    """
    times: list[float] = []
    places: list[float] = []
    for number, row in enumerate(itertools.islice(rows, 5 * MOST_ROWS), start=1):
        if all(_is_empty(cell) for cell in row):
            continue
        if len(row) != 2:
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            raise MeasurementsError(f"Row {number} has {cells}; a time and a place are needed.")
        time, place = (_number(cell, number, name) for cell, name in zip(row, ("time", "place"), strict=True))
        if times and time <= times[-1]:
            raise MeasurementsError(
                f"Row {number}: the time does not come after the one before. Times must increase from row to row."
            )
        times.append(time)
        places.append(place)
        if len(times) > MOST_ROWS:
            raise MeasurementsError(f"The table has more than {MOST_ROWS} rows; that many can be shown.")
    if len(times) < 2:
        raise MeasurementsError("An average needs two rows at least: two times and where the car was.")
    return Measurements(tuple(times), tuple(places))


def _is_empty(cell: object) -> bool:
    return (
        cell is None
        or (isinstance(cell, float) and math.isnan(cell))
        or (isinstance(cell, str) and not cell.strip())
    )


def _number(cell: object, row: int, name: str) -> float:
    if _is_empty(cell):
        raise MeasurementsError(f"Row {row}: the {name} is missing.")
    if isinstance(cell, str):
        text = cell.strip().replace("−", "-")
        try:
            value = float(text) if len(text) <= LONGEST_CELL else math.nan
        except ValueError:
            value = math.nan
    else:
        value = float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else math.nan
    if not math.isfinite(value):
        raise MeasurementsError(f"Row {row}: the {name} is not a number.")
    if abs(value) > LARGEST_NUMBER:
        raise MeasurementsError(f"Row {row}: the {name} is larger than a thousand million.")
    return value


def read_csv(content: bytes) -> Measurements:
    """A table from a file: two columns, separated by commas, semicolons, tabs or spaces, with or without a header.

    Without commas between them a decimal comma is understood. Raises MeasurementsError.
    """
    rows = read_cells(content)
    if rows and _is_header(rows[0]):
        rows = rows[1:]
    return measurements(row for row in rows if row)


def read_head(content: bytes, otherwise: Head) -> Head:
    """The names and units in a file's header; what it does not say, or not in plain words, is as in `otherwise`."""
    rows = read_cells(content)
    if not rows or len(rows[0]) != 2 or not _is_header(rows[0]):
        return otherwise
    first, second = (_column(cell, known) for cell, known in zip(rows[0], otherwise, strict=True))
    return (first, second) if first.name != second.name else otherwise


def _column(cell: str, otherwise: Column) -> Column:
    found = HEADING.fullmatch(cell[:LONGEST_CELL])
    if found is None:
        return otherwise
    name = found["name"]
    unit = next((text.strip() for text in (found[kind] for kind in "abcd") if text), "")
    worded = 1 < len(name) <= LONGEST_NAME and all(sign.isalnum() or sign in " -_" for sign in name)
    return Column(name if worded else otherwise.name, otherwise.unit if judge_unit(unit) else unit)


def read_cells(content: bytes, largest: int = LARGEST_FILE) -> list[list[str]]:
    """The cells of each row of a file, decimal commas as points where commas do not part them.

    Raises MeasurementsError where it has more than `largest` bytes, or some that no such file has, or cannot be read.
    """
    if len(content) > largest:
        raise MeasurementsError(
            f"The file is larger than {largest // 1000} kB; a table of measurements is small."
        )
    text = _decoded(content)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in set(text)):
        raise MeasurementsError("The file holds bytes that no CSV file has.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # old spreadsheets end a line by CR alone
    start, last = text.lstrip().split("\n", 1)[0], text.rstrip().rsplit("\n", 1)[-1]
    spaced = " " if " " in last.strip() else ","  # a heading alone may be of several words
    delimiter = next((mark for mark in DELIMITERS if mark in start), spaced)
    try:
        rows = [[cell.strip() for cell in row] for row in _parted(text, delimiter)]
    except csv.Error:
        raise MeasurementsError("The file cannot be read as CSV.") from None
    of_a_cell = decimal_point if delimiter != "," else _quoted_decimal
    return [[of_a_cell(cell) for cell in row] for row in rows]


_DECIMAL = re.compile(r"[+\-−]?(?![1-9]\d{0,2},\d{3}$)\d+,\d+")


def _quoted_decimal(cell: str) -> str:
    """The same where commas part the cells: one in quotes is a decimal one, but 1,000 may be a thousand, and stays."""
    return cell.replace(",", ".") if _DECIMAL.fullmatch(cell) else cell


_THOUSANDS = re.compile(
    r"[+\-−]?[1-9]\d{0,2}(?:(?P<apart>[ \u00a0\u2009\u202f'’.])\d{3}(?:(?P=apart)\d{3})*)(?:[.,]\d+)?"
)
"""1 000, 1'000.5 or 1.000,5: thousands apart. Digits after one point alone may be decimals."""


def decimal_point(cell: str) -> str:
    """The cell with a point for a decimal comma and, where it is a number in groups of three digits, without gaps."""
    found = _THOUSANDS.fullmatch(cell)
    apart = found["apart"] if found else ""
    if apart and (apart != "." or "," in cell or cell.count(".") > 1):
        cell = cell.replace(apart, "")
    return cell.replace(",", ".")


def _parted(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of each line; spaces part them by how ever many stand there."""
    if delimiter == " ":
        return (line.split() for line in text.split("\n"))
    return csv.reader(io.StringIO(text), delimiter=delimiter)


def _decoded(content: bytes) -> str:
    """Text in UTF-16 where a mark says so, in UTF-8, or else as spreadsheets of the West have long saved it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise MeasurementsError("The file is marked as UTF-16, and is not.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_header(row: Sequence[str]) -> bool:
    """Whether no cell of the first row begins as a number does."""
    return all(cell and not cell.lstrip("+-−.").startswith(tuple("0123456789")) for cell in row)


def write_csv(table: Measurements, head: Head) -> str:
    """The table as CSV with a header; numbers in the shortest form that reads back as the same."""
    rows = (
        f"{shortest_text(time)},{shortest_text(place)}"
        for time, place in zip(table.times, table.places, strict=True)
    )
    return "".join(f"{line}\n" for line in (write_head(head), *rows))


def write_head(head: Head) -> str:
    """The header alone, as a link holds it; with a line for each row, `read_head` reads it as the same."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(column.title for column in head)
    return out.getvalue()


def shortest_text(value: float) -> str:
    """The shortest form that reads back as the same number, without a point where it is whole."""
    return str(int(value)) if value == int(value) else repr(float(value))


def judge_unit(text: str) -> str:
    """Why this cannot stand as a unit; empty when it can."""
    if not text.strip():
        return "A unit is needed, such as s or m."
    if len(text) > LONGEST_UNIT:
        return f"A unit has at most {LONGEST_UNIT} letters."
    if not all(letter.isalpha() or letter in "°%€£¥·/²³ " for letter in text):
        return "A unit is made of letters, °, %, €, £, ¥, ·, /, ² and ³."
    return ""
