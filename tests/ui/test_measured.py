"""The table of the limit page without a browser: what its link brings."""

from streamlit.testing.v1 import AppTest

from explorer.figures.limit.table import measured_scene
from explorer.numeric.measurements import (
    HEAD,
    LONGEST_LINK,
    MOST_LINKED,
    Column,
    measurements,
    read_csv,
    read_head,
    write_head,
)
from explorer.scene.counted import rows_text
from tests.ui.app import opened


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in page.text)


def table(page: AppTest) -> tuple[object, object]:
    begun = page.session_state["secant.table"]
    return begun.table, begun.head


def test_a_link_holds_a_table_that_is_read_as_the_same() -> None:
    rows = measurements([(0.1, 1e-7), (1 / 3, -2.5), (7, 1e9)])
    head = (Column("hour", "h"), Column("height", "km"))
    text = rows_text(tuple(zip(rows.times, rows.places, strict=True)))
    assert (write_head(head), text) == (
        "hour (h),height (km)",
        "0.1,1e-07;0.3333333333333333,-2.5;7,1000000000",
    )
    content = "\n".join([write_head(head), *text.split(";")]).encode()
    assert (read_csv(content), read_head(content, HEAD)) == (rows, head)


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
    head = (Column("hour", "h"), Column("height", "km"))
    assert table(page) == (measurements([(0, 0), (1.5, 60), (3, 100)]), head)
    assert "Your table: height at each hour." in words(page)
    assert table(opened("secant", source="table", data="0,1;2,5"))[1] == HEAD


def test_a_table_that_is_none_is_left_out_and_it_says_why() -> None:
    for data, sentence in (("0,0;x,<b>", "Row 2: the time is not a number."), ("1,2", "needs two rows")):
        page = opened("secant", source="table", data=data, to="7")
        assert not page.exception
        assert sentence in words(page)
        assert "The link's table was left out." in words(page)
        assert "The link's value for to" not in words(page)
