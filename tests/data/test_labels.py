"""Rows of a number and a class: any two labels are read, and what is wrong is said at its row."""

import pytest

from explorer.data import DataError
from explorer.data.labels import read_labelled


@pytest.mark.parametrize(
    ("text", "classes", "labels"),
    [
        ("0.5,0;1,1", (0.0, 1.0), None),
        ("3,1\n4,0\n5,1.0", (1.0, 0.0, 1.0), None),
        ("hours;passed\n0,5;yes\n1,5;no", (1.0, 0.0), ("no", "yes")),
        ("1 setosa\n2 Virginica\n3 setosa", (0.0, 1.0, 0.0), ("setosa", "Virginica")),
        ("3;-1\n4;1", (0.0, 1.0), ("-1", "1")),
        ("1,10;2,9", (1.0, 0.0), ("9", "10")),
        ("1,b;2,2", (1.0, 0.0), ("2", "b")),
        ("\ufeffx\ty\r\n1\t0\r\n2\t1\r\n", (0.0, 1.0), None),
    ],
)
def test_two_labels_of_any_kind_become_0_and_1(
    text: str, classes: tuple[float, ...], labels: tuple[str, str] | None
) -> None:
    found = read_labelled(text)
    assert tuple(label for _, label in found.rows) == classes
    assert found.labels == labels
    assert bool(found.said) == (labels is not None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,0;2", "Row 2: a number and a class are needed, as in 2.5,1; it has 1 cell."),
        ("1,0;2,1,3", "it has 3 cells."),
        ("1,0;2,", "Row 2: the class is empty."),
        ("1,0;two,1", "Row 2: “two” is no number."),
        ("1,a;2,b;3,c", "There are 3 different classes, “a”, “b”, “c” among them"),
        (";".join("1,0" for _ in range(501)), "There are 501 rows"),
        ("1,0;inf,1", "Row 2: “inf” is no number."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_row(text: str, sentence: str) -> None:
    with pytest.raises(DataError) as found:
        read_labelled(text)
    assert sentence in str(found.value)


def test_two_features_are_read_in_all_the_ways_of_one() -> None:
    rows = ((1.5, 2.0, 0.0), (3.0, 4.25, 1.0))
    for text in (
        "1.5,2,0;3,4.25,1",
        "x;y;who\n1,5;2;a\n3;4,25;b",
        "1.5 2 0\n3 4.25 1",
        "1,5\t2\tno\n3\t4,25\tyes",
    ):
        assert read_labelled(text, 2).rows == rows
    with pytest.raises(
        DataError, match=r"Row 2: two numbers and a class are needed, as in 2,3\.5,1; it has 2 cells\."
    ):
        read_labelled("1,2,0;3,1", 2)
