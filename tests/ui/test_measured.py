"""The table of the limit page without a browser: what its link brings."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.data.headings import PLAIN, Heading, headings
from explorer.figures.limit.table import measured_scene
from explorer.numeric.measurements import LONGEST_LINK, MOST_LINKED, measurements, read_csv
from explorer.presets import CAR, CAR_HEAD
from explorer.scene.counted import rows_text
from explorer.ui.measured import with_units
from tests.ui.app import opened


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in page.text)


def table(page: AppTest) -> tuple[object, object]:
    begun = page.session_state["secant.table"]
    return begun.table, begun.head


def test_a_link_holds_a_table_that_is_read_as_the_same() -> None:
    rows = measurements([(0.1, 1e-7), (1 / 3, -2.5), (7, 1e9)])
    text = rows_text(tuple(zip(rows.times, rows.places, strict=True)))
    assert text == "0.1,1e-07;0.3333333333333333,-2.5;7,1000000000"
    assert read_csv(text.replace(";", "\n").encode()) == rows


def test_as_many_rows_as_a_link_holds_stand_there_however_long_their_numbers() -> None:
    many = measurements([(-1.2345678901234567e-300 / (k + 1), -1 / (k + 7)) for k in range(MOST_LINKED)])
    scene = measured_scene(many)
    text = scene.columns.text(scene.columns.rows)
    assert len(text) <= LONGEST_LINK
    assert scene.url["table"] is None
    assert table(opened("secant", source="table", data=text))[0] == many
    one_more = measurements([(k, k) for k in range(MOST_LINKED + 1)])
    assert (
        measured_scene(one_more).columns.text(tuple(zip(one_more.times, one_more.places, strict=True)))
        is None
    )
    assert measured_scene(many, now=one_more).url["table"] == "own"


def test_the_table_of_a_link_is_put_there() -> None:
    page = opened("secant", source="table", data="0,0;1.5,60;3,100", head="hour (h),height (km)", to="1.5")
    assert not page.exception
    assert table(page) == (measurements([(0, 0), (1.5, 60), (3, 100)]), "hour (h),height (km)")
    assert "Your table: height at each hour." in words(page)


def test_a_table_without_a_header_has_no_names_and_no_units_but_the_car_is_the_car() -> None:
    page = opened("secant", source="table", data="0,1;2,5")
    assert table(page)[1] == ""
    assert "Your table: y at each x." in words(page)
    page = opened("secant", source="table", data=rows_text(CAR))
    assert table(page) == (measurements(CAR), CAR_HEAD)
    assert "Where a car was" in words(page)


@pytest.mark.parametrize(
    ("head", "units", "named"),
    [
        ("t,h", ("s", ""), (Heading("t (s)", "t", "s"), Heading("h", "h"))),
        ("time (s),place (m)", ("", ""), (Heading("time", "time"), Heading("place", "place"))),
        (
            "rooms (1),price [€]",
            ("$", "k€"),
            (Heading("rooms (1) ($)", "rooms (1)", "$"), Heading("price (k€)", "price", "k€")),
        ),
        (f"{'w' * 60},y", ("", "m"), (Heading("w" * 39 + "…", "w" * 39 + "…"), Heading("y (m)", "y", "m"))),
        ("t,h", ("two words", ""), None),
        ("t,h", ("", "<b>"), None),
        ("t,h", ("2s", ""), None),
        ("t,h", ("s)(", ""), None),
    ],
)
def test_units_are_those_that_a_header_can_say(
    head: str, units: tuple[str, str], named: tuple[Heading, Heading] | None
) -> None:
    written = with_units(headings(head, PLAIN), units)
    assert (None if written is None else headings(written, PLAIN)) == named


def test_a_table_that_is_none_is_left_out_and_it_says_why() -> None:
    for data, sentence in (("0,0;x,<b>", "Row 2: x is not a number."), ("1,2", "needs two rows")):
        page = opened("secant", source="table", data=data, to="7")
        assert not page.exception
        assert sentence in words(page)
        assert "The link's table was left out." in words(page)
        assert "The link's value for to" not in words(page)
