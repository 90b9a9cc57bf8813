"""The table of measurements around its figure: rows of a link, own ones as text or file, units, and a file to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from explorer.data.headings import LONGEST_UNIT, PLAIN, Headings, head_of, headings, written
from explorer.figures.limit.table import OWN, measured_scene
from explorer.numeric.measurements import (
    LARGEST_FILE,
    MOST_LINKED,
    MOST_ROWS,
    Measurements,
    MeasurementsError,
    decoded,
    read_csv,
    write_csv,
)
from explorer.scene.scene import Scene
from explorer.ui.live_figure import stood
from explorer.ui.own_box import BOX_WIDTH, put_button
from explorer.ui.page import Page
from explorer.ui.release import Release
from explorer.ui.verbatim import verbatim


@dataclass(frozen=True)
class Begun:
    """The table with which the figure begins, its header as a link holds it, and how many were put before it."""

    table: Measurements
    head: str = ""
    turn: int = 0

    @property
    def named(self) -> Headings:
        """What its columns are called."""
        return headings(self.head, PLAIN)


def begun(page: Page, example: Begun) -> Begun:
    """What was put there last, else the example."""
    put = st.session_state.get(page.key("table"))
    return put if isinstance(put, Begun) else example


def _put(page: Page, now: Begun) -> None:
    """The rows become these, though the same ones have been moved since."""
    st.session_state[page.key("table")] = replace(now, turn=begun(page, now).turn + 1)


def _read(content: bytes) -> Begun:
    """A table and its header. Raises MeasurementsError, in the words of that header."""
    head = head_of(decoded(content), 2)
    across, up = headings(head, PLAIN)
    return Begun(read_csv(content, (across.name, up.name)), head)


def _judge(text: str) -> str:
    _read(text.encode())
    return ""


def _take(page: Page, text: str) -> None:
    """The rows become these, and the box shuts."""
    _put(page, _read(text.encode()))
    st.session_state[page.key("table.typing")] = False


def heading(page: Page, example: Begun, words: str) -> str:
    """`words` for the example; what another table holds, in the words of its header."""
    now = begun(page, example)
    if (now.table, now.head) == (example.table, example.head):
        return words
    across, up = now.named
    return f"Your table: {up.name} at each {across.name}. How fast does it change?"


def arrive(page: Page, example: Begun) -> str:
    """Puts the link's own table there.

    Where that cannot be, it is said why, and the page is without the rows that the link names: they are of that table.
    """
    said = _put_linked(page, example) if page.entered and page.reading.text("data") else ""
    if page.entered and page.reading.text("table") == OWN and page.key("table") not in st.session_state:
        said = "The link was made with a table of its own, too long for a link: here is the car's instead."
    if said:
        page.leave_out("from", "to")
    return said


def _put_linked(page: Page, example: Begun) -> str:
    """Takes the link's table, which may be the example without its header; hands back why not, if so."""
    rows = page.reading.text("data").replace(";", "\n")
    content = f"{page.reading.text('head')}\n{rows}".encode()
    try:
        linked = _read(content)
    except MeasurementsError as error:
        return f"{error} The link's table was left out."
    _put(page, example if not linked.head and linked.table == example.table else linked)
    return ""


def table_of(release: Release) -> Measurements:
    """The rows as they stand in the figure."""
    times, places = zip(*release.rows, strict=True)
    return Measurements(times, places)


def scene_of(page: Page, now: Begun) -> Scene:
    """The scene as it is to be shown now: with axes that hold the points as they were let go."""
    plain = measured_scene(now.table, now.head, turn=now.turn)
    release = stood(page, plain)
    return plain if release is None else measured_scene(now.table, now.head, table_of(release), now.turn)


def tools(page: Page, example: Begun, standing: Measurements) -> None:
    """Units, and the rows that stand as a file."""
    now = begun(page, example)
    st.session_state[page.key("table.standing")] = (now, standing)
    if len(standing.times) > MOST_LINKED:
        st.caption(
            f"This table is here only: a link holds up to {MOST_LINKED} rows, and a reload brings the example. "
            "Download it to keep it."
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Download CSV",
            data=write_csv(standing, now.head),
            file_name="measurements.csv",
            mime="text/csv",
            on_click="ignore",
        )
        _units(page, now, standing)
        if st.button("The car again"):
            _put(page, example)
            st.rerun()  # the heading is beyond this part of the page
    st.markdown(
        "**Why a table gives no instant.** Each row is one point alone. A rate needs two rows, so it is always an "
        "average over what lies between them; the limit needs rows ever closer, and a table has a closest pair."
    )


def own_data(page: Page, example: Begun) -> None:
    """Rows to type or paste, or of a file: the box opens with those that stand now. Others change nothing."""
    with st.popover("Own data", key=page.key("table.typing"), on_change="rerun", width="content") as box:
        if not box.open:
            return
        now = begun(page, example)
        former, standing = st.session_state.get(page.key("table.standing"), (now, now.table))
        place = st.container()
        text, key = _file(page) or (write_csv(standing if former == now else now.table, now.head), "typed")
        place.text_area(
            f"Two columns, up to {MOST_ROWS} rows, with a heading or without; the first one increases",
            value=text,
            key=page.key(f"table.{key}"),
            height=230,
            width=BOX_WIDTH,
        )
        put_button(page.key(f"table.{key}"), _judge, partial(_take, page), "points")


def _file(page: Page) -> tuple[str, str] | None:
    """The text that a file puts into the box, and the box's name; None without a file that can be used."""
    file = st.file_uploader(
        "Or a CSV file with two columns",
        type=["csv", "txt", "tsv"],
        max_upload_size=LARGEST_FILE // 1_000_000,
        key=page.key("table.file"),
        width=BOX_WIDTH,
    )
    if file is None:
        return None
    content = file.getvalue()
    try:
        read = _read(content)
        return write_csv(read.table, read.head), f"typed.{file.file_id}"
    except MeasurementsError as error:
        with st.container(key="file-refusal"):
            st.text(f"{error} The box keeps its rows.", width=BOX_WIDTH)
        return None


def _units(page: Page, now: Begun, standing: Measurements) -> None:
    with st.popover("Units", key=page.key("table.unit.form")):
        units = [
            (
                st.text_input(
                    f"{verbatim(column.name)} in",
                    value=column.unit,
                    max_chars=LONGEST_UNIT,
                    key=page.key(f"table.unit.{k}.{column}"),
                )
                or ""
            ).strip()
            for k, column in enumerate(now.named)
        ]
        if units == [column.unit for column in now.named]:
            return
        head = with_units(now.named, units)
        if head is None:
            st.text(f"A unit is one word of at most {LONGEST_UNIT} letters and signs, such as s, km/h or °C.")
        else:
            _put(page, Begun(standing, head))
            st.rerun()


def with_units(named: Headings, units: Sequence[str]) -> str | None:
    """The header with these units, empty ones for none; None where they are none to the one who reads it."""
    head = written(column.with_unit(unit) for column, unit in zip(named, units, strict=True))
    return head if [column.unit for column in headings(head, PLAIN)] == list(units) else None
