"""Tables of measurements: what is read, what is refused, and in which words."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.numeric.measurements import (
    LARGEST_FILE,
    MOST_ROWS,
    Measurements,
    MeasurementsError,
    decoded,
    measurements,
    read_csv,
    write_csv,
)

TABLE = Measurements((0.0, 2.0, 4.5), (0.5, 3.5, -10.0))


@pytest.mark.parametrize(
    "content",
    [
        "t,s\n0,0.5\n2,3.5\n4.5,-10\n",
        "0,0.5\n2,3.5\n4.5,-10",
        "\ufefft;s\n0;0,5\n2;3,5\n4,5;−10\n",
        "time\tplace\n0\t0.5\n\n2\t3.5\n4.5\t-10\n",
        '"t","s"\r\n"0","0.5"\r\n"2","3.5"\r\n"4.5","-10"\r\n',
        '"t","s"\n"0","0,5"\n"2","3,5"\n"4,5","-10"\n',
        "t;s\r0;0,5\r2;3,5\r4,5;-10\r",
    ],
)
def test_files_as_people_have_them(content):
    assert read_csv(content.encode()) == TABLE


def test_a_thousand_in_quotes_is_no_decimal() -> None:
    with pytest.raises(MeasurementsError, match="Row 1: y is not a number"):
        read_csv(b'"1","1,000"\n"2","2,000"\n')


def test_columns_may_be_parted_by_spaces() -> None:
    for text in ("0 1.5\n2   3", "time place\n0 1.5\n2 3\n"):
        assert read_csv(text.encode()) == measurements([(0, 1.5), (2, 3)])
    with pytest.raises(MeasurementsError, match="Row 1 has 1 cell;"):
        read_csv(b"a long heading\n1\n2")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "two rows at least"),
        (b"t,s\n1,2\n", "two rows at least"),
        (b"1,2\n1,3\n", "Row 2: x is not more than"),
        (b"1,2\n2,3\n1.5,4\n", "Row 3: x is not more than"),
        (b"1,2\n2,\n", "Row 2: y is missing"),
        (b"1,2\n2,three\n", "Row 2: y is not a number"),
        (b"1,2\n2,nan\n", "Row 2: y is not a number"),
        (b"1,2\n2,inf\n", "Row 2: y is not a number"),
        (b"1,2\n2,1e10\n", "thousand million"),
        (b"1,2\n2,=2+3\n", "Row 2: y is not a number"),
        (b"1,2,3\n2,3,4\n", "3 cells"),
        (b"\xff\xfe1\x00", "1 cell"),
        (b"\xff\xfe1", "marked as UTF-16"),
        (b"1,2\n\x00", "no CSV file"),
        (b"1,2\n" * LARGEST_FILE, "larger than"),
        ("\n".join(f"{k},1" for k in range(MOST_ROWS + 1)).encode(), f"more than {MOST_ROWS} rows"),
        (b'1,2\n2,"' + b"9" * 90_000, "not a number"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_place(content, says):
    with pytest.raises(MeasurementsError, match=says):
        read_csv(content)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
def test_files_are_read_in_the_encodings_of_spreadsheets(encoding):
    content = "Zeit (µs);Höhe (m)\n0;1,5\n0,5;2\n".encode(encoding)
    assert read_csv(content) == Measurements((0.0, 0.5), (1.5, 2.0))
    assert decoded(content).startswith("Zeit (µs);Höhe (m)")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    try:
        table = read_csv(content)
    except MeasurementsError:
        return
    assert 2 <= len(table.times) == len(table.places) <= MOST_ROWS


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30, unique=True),
    st.lists(st.floats(-1e9, 1e9), min_size=30, max_size=30),
)
def test_what_is_written_reads_back(times, places):
    table = Measurements(tuple(sorted(times)), tuple(places[: len(times)]))
    for head in ("", "time (s),place (m)"):
        text = write_csv(table, head)
        assert read_csv(text.encode()) == table
        assert len(list(csv.reader(io.StringIO(text)))) == len(times) + bool(head)


def test_a_refusal_speaks_of_the_columns_by_their_names():
    for rows, says in (
        ("1,2\n2,", "Row 2: sales is missing"),
        ("1,2\nx,3", "Row 2: price is not a number"),
        ("2,2\n1,3", "Row 2: price is not more than in the row before"),
        ("1,2\n3", "two are needed, price and sales"),
    ):
        with pytest.raises(MeasurementsError, match=says):
            read_csv(rows.encode(), ("price", "sales"))


def test_cells_of_an_editor():
    assert measurements([(1, 2), (None, None), (2.5, "3")]) == Measurements((1.0, 2.5), (2.0, 3.0))
    with pytest.raises(MeasurementsError, match="Row 2: x is missing"):
        measurements([(1, 2), (None, 3)])
    with pytest.raises(MeasurementsError, match="Row 1: x is not a number"):
        measurements([(True, 2), (2, 3)])
