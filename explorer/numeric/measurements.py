"""A table of two columns, the first of them increasing: judged row by row, read from and written to CSV."""

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
    "HEADING",
    "LARGEST_FILE",
    "LARGEST_NUMBER",
    "LONGEST_LINK",
    "MOST_LINKED",
    "MOST_ROWS",
    "Measurements",
    "MeasurementsError",
    "decimal_point",
    "decoded",
    "measurements",
    "read_csv",
    "shortest_text",
    "write_csv",
]

MOST_ROWS = 200
MOST_LINKED, LONGEST_LINK = 60, 3000
"""So many rows stand in a link, and characters of them: two numbers of up to 24 and what parts them, a row."""
LARGEST_FILE = 1_000_000  # bytes
LARGEST_NUMBER = 1e9
LONGEST_CELL = 40
SAMPLED = 500
"""So many signs tell how a file is written."""
DELIMITERS = (";", "\t", ",")

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


def measurements(rows: Iterable[Sequence[object]], names: tuple[str, str] = ("x", "y")) -> Measurements:
    """The table of (time, place) rows, in columns of these `names`; wholly empty rows are left out.

    Raises MeasurementsError with a sentence that names the first bad row, counted from 1.
    """
    times: list[float] = []
    places: list[float] = []
    for number, row in enumerate(itertools.islice(rows, 5 * MOST_ROWS), start=1):
        if all(_is_empty(cell) for cell in row):
            continue
        if len(row) != 2:
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            raise MeasurementsError(f"Row {number} has {cells}; two are needed, {names[0]} and {names[1]}.")
        time, place = (_number(cell, number, name) for cell, name in zip(row, names, strict=True))
        if times and time <= times[-1]:
            raise MeasurementsError(
                f"Row {number}: {names[0]} is not more than in the row before. It must increase from row to row."
            )
        times.append(time)
        places.append(place)
        if len(times) > MOST_ROWS:
            raise MeasurementsError(f"The table has more than {MOST_ROWS} rows; that many can be shown.")
    if len(times) < 2:
        raise MeasurementsError("A rate needs two rows at least.")
    return Measurements(tuple(times), tuple(places))


def _is_empty(cell: object) -> bool:
    return (
        cell is None
        or (isinstance(cell, float) and math.isnan(cell))
        or (isinstance(cell, str) and not cell.strip())
    )


def _number(cell: object, row: int, name: str) -> float:
    if _is_empty(cell):
        raise MeasurementsError(f"Row {row}: {name} is missing.")
    if isinstance(cell, str):
        text = cell.strip().replace("−", "-")
        try:
            value = float(text) if len(text) <= LONGEST_CELL else math.nan
        except ValueError:
            value = math.nan
    else:
        value = float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else math.nan
    if not math.isfinite(value):
        raise MeasurementsError(f"Row {row}: {name} is not a number.")
    if abs(value) > LARGEST_NUMBER:
        raise MeasurementsError(f"Row {row}: {name} is larger than a thousand million.")
    return value


def read_csv(content: bytes, names: tuple[str, str] = ("x", "y")) -> Measurements:
    """A table from a file: two columns, separated by commas, semicolons, tabs or spaces, with or without a header.

    Without commas between them a decimal comma is understood. Raises MeasurementsError.
    """
    rows = read_cells(content)
    if rows and _is_header(rows[0]):
        rows = rows[1:]
    return measurements((row for row in rows if row), names)


def read_cells(content: bytes, largest: int = LARGEST_FILE) -> list[list[str]]:
    """The cells of each row of a file, decimal commas as points where commas do not part them.

    Raises MeasurementsError where it has more than `largest` bytes, or some that no such file has, or cannot be read.
    """
    if len(content) > largest:
        raise MeasurementsError(f"The file is larger than {largest // 1_000_000} MB, the most that is read.")
    text = decoded(content)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in set(text)):
        raise MeasurementsError("The file holds bytes that no CSV file has.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # old spreadsheets end a line by CR alone
    start, last = text.lstrip().split("\n", 1)[0], text.rstrip().rsplit("\n", 1)[-1]
    spaced = " " if " " in last.strip() else ","  # a heading alone may be of several words
    apart = _IN_QUOTES.sub("", start)
    delimiter = next((mark for mark in DELIMITERS if mark in apart), spaced)
    try:
        rows = [[cell.strip() for cell in row] for row in _parted(text, delimiter)]
    except csv.Error:
        raise MeasurementsError("The file cannot be read as CSV.") from None
    of_a_cell = decimal_point if delimiter != "," else _quoted_decimal
    return [[of_a_cell(cell) for cell in row] for row in rows]


_IN_QUOTES = re.compile(r'(?:^|(?<=[;,\t]))"(?:[^"]|"")*(?:"|$)')
"""A cell in quotes, which may hold what parts cells elsewhere; it may reach over the line's end."""

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


def decoded(content: bytes) -> str:
    """Text in UTF-16 where a mark or its zeros say so, in UTF-8, or else as spreadsheets of the West long saved it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise MeasurementsError("The file is marked as UTF-16, and is not.") from None
    high, low = content[: 2 * SAMPLED : 2].count(0), content[1 : 2 * SAMPLED : 2].count(0)
    if max(high, low) > min(len(content) // 2, SAMPLED) / 2:  # digits and signs, of one byte each in two
        return content.decode("utf-16-be" if high > low else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_header(row: Sequence[str]) -> bool:
    """Whether no cell of the first row begins as a number does."""
    return all(cell and not cell.lstrip("+-−.").startswith(tuple("0123456789")) for cell in row)


def write_csv(table: Measurements, head: str) -> str:
    """The table as CSV below its header, if it has one; numbers in the shortest form that reads back as the same."""
    rows = (
        f"{shortest_text(time)},{shortest_text(place)}"
        for time, place in zip(table.times, table.places, strict=True)
    )
    return "".join(f"{line}\n" for line in (*filter(None, [head]), *rows))


def shortest_text(value: float) -> str:
    """The shortest form that reads back as the same number, without a point where it is whole."""
    return str(int(value)) if value == int(value) else repr(float(value))
