"""The table of measurements around its figure: rows of a link, own ones as text or file, units, and a file to keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from explorer.figures.limit.table import OWN, measured_scene
from explorer.numeric.measurements import (
    HEAD,
    MOST_LINKED,
    MOST_ROWS,
    Head,
    Measurements,
    MeasurementsError,
    judge_unit,
    read_csv,
    read_head,
    write_csv,
)
from explorer.scene.scene import Scene
from explorer.ui.live_figure import stood
from explorer.ui.own_box import put_button
from explorer.ui.page import Page
from explorer.ui.release import Release


@dataclass(frozen=True)
class Begun:
    """The table with which the figure begins, the names and units of its columns, and how many were put before it."""

    table: Measurements
    head: Head = HEAD
    turn: int = 0


def begun(page: Page, example: Measurements) -> Begun:
    """What was put there last, else the example."""
    put = st.session_state.get(page.key("table"))
    return put if isinstance(put, Begun) else Begun(example)


def _put(page: Page, table: Measurements, head: Head = HEAD) -> None:
    """The rows become these, though the same ones have been moved since."""
    turn = begun(page, table).turn + 1
    st.session_state[page.key("table")] = Begun(table, head, turn)


def _judge(text: str) -> str:
    read_csv(text.encode())
    return ""


def _take(page: Page, text: str) -> None:
    """The rows become these, and the box shuts."""
    content = text.encode()
    _put(page, read_csv(content), read_head(content, HEAD))
    st.session_state[page.key("table.typing")] = False


def heading(page: Page, example: Measurements, words: str) -> str:
    """`words` for the example; what another table holds, in the words of its head."""
    now = begun(page, example)
    if now.table == example:
        return words
    time, place = now.head
    return f"Your table: {place.name} at each {time.name}. How fast does it change?"


def arrive(page: Page, example: Measurements) -> tuple[Page, str]:
    """Puts the link's own table there.

    Where that cannot be, it is said why, and the page is without the rows that the link names: they are of that table.
    """
    said = _put_linked(page) if page.entered and page.reading.text("data") else ""
    if page.entered and page.reading.text("table") == OWN and page.key("table") not in st.session_state:
        said = "The link was made with a table of its own, too long for a link: here is the car's instead."
    return (replace(page, reading=page.reading.without("from", "to")), said) if said else (page, "")


def _put_linked(page: Page) -> str:
    """Takes the link's table; hands back why not, if so."""
    rows = page.reading.text("data").replace(";", "\n")
    content = f"{page.reading.text('head')}\n{rows}".encode()
    try:
        table, head = read_csv(content), read_head(content, HEAD)
    except MeasurementsError as error:
        return f"{error} The link's table was left out."
    _put(page, table, head)
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


def tools(page: Page, example: Measurements, standing: Measurements) -> None:
    """Units, and the rows that stand as a file."""
    now = begun(page, example)
    st.session_state[page.key("table.standing")] = (now, standing)
    if len(standing.times) > MOST_LINKED:
        st.caption(
            f"This table is here only: a link holds up to {MOST_LINKED} rows, and a reload brings the car's. "
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
        "**Why a table gives no instant.** Each row is one place at one time. A velocity needs two rows, so it is "
        "always an average over the time between them; the limit needs rows ever closer, and a table has a last pair."
    )


def own_data(page: Page, example: Measurements) -> None:
    """Rows to type or paste, or of a file: the box opens with those that stand now. Others change nothing."""
    with st.popover("Own data", key=page.key("table.typing"), on_change="rerun", width="content") as box:
        if not box.open:
            return
        now = begun(page, example)
        former, standing = st.session_state.get(page.key("table.standing"), (now, now.table))
        place = st.container()
        text, key = _file(page) or (write_csv(standing if former == now else now.table, now.head), "typed")
        place.text_area(
            f"Two columns, up to {MOST_ROWS} rows, with a heading or without: time and place",
            value=text,
            key=page.key(f"table.{key}"),
            height=230,
            width=380,
        )
        put_button(page.key(f"table.{key}"), _judge, partial(_take, page), "points")


def _file(page: Page) -> tuple[str, str] | None:
    """The text that a file puts into the box, and the box's name; None without a file that can be used."""
    file = st.file_uploader(
        "Or a CSV file with two columns: time and place",
        type=["csv", "txt", "tsv"],
        max_upload_size=1,
        key=page.key("table.file"),
        width=380,
    )
    if file is None:
        return None
    content = file.getvalue()
    try:
        return write_csv(read_csv(content), read_head(content, HEAD)), f"typed.{file.file_id}"
    except MeasurementsError as error:
        with st.container(key="file-refusal"):
            st.text(f"{error} The box keeps its rows.")
        return None


def _units(page: Page, now: Begun, standing: Measurements) -> None:
    with st.popover("Units", key=page.key("table.unit.form")):
        words = [
            st.text_input(
                f"{column.name} in", value=column.unit, max_chars=8, key=page.key(f"table.unit.{k}.{column}")
            )
            for k, column in enumerate(now.head)
        ]
        sentence = next((judged for word in words if (judged := judge_unit(word or ""))), "")
        if sentence:
            st.text(sentence)
        elif words != [column.unit for column in now.head]:
            time, place = (
                replace(column, unit=word.strip()) for column, word in zip(now.head, words, strict=True)
            )
            _put(page, standing, (time, place))
            st.rerun()
