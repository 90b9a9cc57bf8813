"""Rows that are typed, pasted or linked."""

import pytest

from explorer.data import DataError
from explorer.data.rows import (
    LARGEST,
    LONGEST_PASTE,
    LONGEST_TEXT,
    MOST_LINKED,
    MOST_ROWS,
    as_sent,
    read_rows,
)

TWO = ((1.5, 100.0), (2.0, 200.5))


@pytest.mark.parametrize(
    "text",
    [
        "1.5,100;2,200.5",
        " 1.5 , 100 ;\n2, 200.5 ; ",
        "1.5,100\n2,200.5\n",
        "1,5;100\n2;200,5",
        "bedrooms;price (k€)\r\n1,5;100\r\n2;200,5\r\n",
        "\ufeffx\ty\r1,5\t100\r2\t200,5",
        "1.5 100\n\n2 200.5",
        "x,y\n1.5,100\n2,200.5",
        "1.5, 100\n2, 200.5",
        "1.5 100; 2 200.5",
        '"x","y"\n"1.5","100"\n"2","200.5"',
        '"1.5","100"\n"2","200.5"',
        '"1,5","100"\n"2","200,5"',
        '"1,5";"100"\n"2";"200,5"',
        '"x"\t"y"\n"1,5"\t100\n2\t"200,50"',
    ],
)
def test_what_people_paste_is_read(text: str) -> None:
    assert read_rows(text) == TWO


@pytest.mark.parametrize("text", ["3;4", "3\t4", "3 4", "3,4", "x;y\n3;4"])
def test_one_row_is_read_however_its_cells_are_parted(text: str) -> None:
    assert read_rows(text) == ((3.0, 4.0),)


@pytest.mark.parametrize(
    "text", ["1 000,5;2 000\n3;4", "1\u00a0000,5\t2’000\n3\t4", "1.000,5;2000\n3;4", "1000,5;2 000\n3;4"]
)
def test_gaps_between_thousands_are_read_where_they_part_no_cells(text: str) -> None:
    assert read_rows(text) == ((1000.5, 2000.0), (3.0, 4.0))


def test_signs_and_powers_are_numbers() -> None:
    assert read_rows("−1,-2;1e3,+4") == ((-1.0, -2.0), (1000.0, 4.0))


def test_an_empty_text_has_no_rows() -> None:
    assert read_rows(" \n ; ") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,2;3", "Row 2: two numbers are needed, x and y, as in 1,100; it has 1."),
        ("1,2;3,4,5", "Row 2: two numbers are needed, x and y, as in 1,100; it has 3."),
        ("1.5 2.5 3\n2 3 4.5\n3 4 5", "Row 1: two numbers are needed, x and y, as in 1,100; it has 3."),
        ("1,5 2,5 3,5\n2,5 3,5 4,5", "Row 1: two numbers are needed, x and y, as in 1,100; it has 3."),
        ("a\tb\tc\n1\t2\t3\n4\t5\t6", "Row 1: two numbers are needed, x and y, as in 1,100; it has 3."),
        ("1 2 3 4", "Row 1: two numbers are needed, x and y, as in 1,100; it has 4."),
        ("1\n2\n3", "Row 1: two numbers are needed, x and y, as in 1,100; it has 1."),
        ("1,2;3,four", "Row 2: “four” is no number."),
        ("1,2;,4", "Row 2: a cell is empty."),
        ("1;2\n;3", "Row 2: a cell is empty."),
        ("1;2\n3;", "Row 2: a cell is empty."),
        ("1\t2\n3\t4\n5\t", "Row 3: a cell is empty."),
        ("\t2\n3\t4", "Row 1: a cell is empty."),
        ("x;y\n;2\n3;4", "Row 1: a cell is empty."),
        ("1,2;nan,4", "Row 2: “nan” is no number."),
        ("1,2;3,000", "Row 2: what looks like 1 000 or 1,000 is one number or two."),
        ("1 000,5\n2 000,7", "Row 1: what looks like 1 000 or 1,000 is one number or two."),
        ("1,2;3,1e999", "Row 2: “1e999” is no number."),
        (f"1,{2 * LARGEST}", "Row 1: a number is larger than a thousand million."),
        ("1,2;3,1e-300", "Row 2: a number is nearer to 0 than 10⁻²⁰."),
        ("1,2;" * (MOST_ROWS + 1), f"There are {MOST_ROWS + 1} rows; {MOST_ROWS} can be explored here."),
        ("1," * LONGEST_PASTE, f"That is more than {LONGEST_PASTE} characters"),
    ],
)
def test_the_first_row_that_cannot_be_used_is_named(text: str, sentence: str) -> None:
    with pytest.raises(DataError) as refused:
        read_rows(text)
    assert str(refused.value).startswith(sentence)


def test_a_full_link_is_read() -> None:
    rows = tuple((float(k), 1000.5 + k) for k in range(MOST_LINKED))
    text = ";".join(f"{x:g},{y:.12g}" for x, y in rows)
    assert len(text) <= LONGEST_TEXT
    assert read_rows(text) == rows


def test_ten_thousand_rows_are_pasted_and_travel_as_they_were_typed_or_to_a_millionth() -> None:
    text = "\n".join(f"{1.7e9 / 2 + 60 * k};{k / 7:.6f}".replace(".", ",") for k in range(MOST_ROWS))
    rows = read_rows("time (s);place\n" + text)
    assert len(rows) == MOST_ROWS
    assert as_sent(rows[:500]) == rows[:500]
    sent = as_sent(rows)
    # Places of up to 1428.571286 have ten digits; the times are whole, and far from 0 as well told apart as near it.
    assert [x for x, _ in sent] == [x for x, _ in rows]
    assert 0 < max(abs(y - z) for (_, y), (_, z) in zip(rows, sent, strict=True)) <= 1e-6 * 1429
    assert as_sent(sent) == sent


@pytest.mark.parametrize("text", ['"1,000","2"\n"3","4"', '"1,000";5', '"12,345"\t5'])
def test_a_thousand_in_quotes_is_no_decimal(text: str) -> None:
    with pytest.raises(DataError):
        read_rows(text)
