"""The editable table of measurements: its cells, its units, and its way in and out as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from explorer.figures.measured import OWN
from explorer.numeric.measurements import (
    HEAD,
    MOST_LINKED,
    Column,
    Head,
    Measurements,
    MeasurementsError,
    judge_unit,
    measurements,
    read_csv,
    read_head,
    write_csv,
    write_link,
)
from explorer.ui.page import Page

UNNAMED: Head = (Column("", ""), Column("", ""))


@dataclass(frozen=True)
class Measured:
    """The last table that could be used, and the names and units of its columns; `own`: it is not the example."""

    table: Measurements
    head: Head
    own: bool


def heading(page: Page, example: Measurements, words: str) -> str:
    """`words` for the example; what another table holds, in the words of its head."""
    if st.session_state.get(page.key("table.base"), example) == example:
        return words
    time, place = st.session_state[page.key("table.head")]
    return f"Your table: {place.name} at each {time.name}. How fast does it change?"


def arrive(page: Page, example: Measurements) -> tuple[Page, str]:
    """Puts the link's own table there.

    Where that cannot be, it is said why, and the page is without the rows that the link names: they are of that table.
    """
    said = _put_linked(page) if page.entered and page.reading.text("data") else ""
    if page.reading.text("table") == OWN and st.session_state.get(page.key("table.good"), example) == example:
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
    _hold(page, table, head)
    return ""


def measured_table(page: Page, example: Measurements) -> Measured:
    """Cells to be edited, units, upload, download; what cannot be used gets a sentence and changes nothing."""
    base, version = page.key("table.base"), page.key("table.version")
    good, head = page.key("table.good"), page.key("table.head")
    if base not in st.session_state:
        st.session_state.update({base: example, version: 0, good: example, head: HEAD})
    cells, tools = st.columns([3, 2], gap="large")
    with tools:
        _tools(page, example)
    names = tuple(
        f"{column.name} {letter} ({column.unit})"
        for column, letter in zip(st.session_state[head], "ts", strict=True)
    )
    with cells:
        edited = st.data_editor(
            [dict(zip(names, row, strict=True)) for row in _rows(st.session_state[base])],
            key=page.key(f"table.{st.session_state[version]}"),
            num_rows="dynamic",
            hide_index=True,
            column_config={name: st.column_config.NumberColumn(name, format="%g") for name in names},
        )
        try:
            st.session_state[good] = measurements(_row(row, names) for row in edited)
        except MeasurementsError as error:
            with st.container(key="table-refusal"):
                st.text(f"{error} The picture still shows the last good table.")
        own = (st.session_state[good], st.session_state[head]) != (example, HEAD)
        with st.container():  # stands even when it is empty, so that the cells keep their place
            if own and write_link(st.session_state[good], st.session_state[head]) is None:
                st.caption(
                    f"This table is here only: a link holds up to {MOST_LINKED} rows, and a reload brings the car's. "
                    "Download it to keep it."
                )
            if own and st.session_state.get(page.key("table.assumed")):
                st.caption(
                    "What the file does not name is taken as time in s and place in m: Units changes them."
                )
    return Measured(st.session_state[good], st.session_state[head], own)


def _rows(table: Measurements) -> list[tuple[float, float]]:
    return list(zip(table.times, table.places, strict=True))


def _row(row: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, Any]:
    return row.get(names[0]), row.get(names[1])


def _hold(page: Page, table: Measurements, head: Head, assumed: bool = False) -> None:
    """A whole new table: the editor forgets its edits under a new key."""
    version = st.session_state.get(page.key("table.version"), -1) + 1
    new = {"base": table, "good": table, "head": head, "assumed": assumed, "version": version}
    st.session_state.update({page.key(f"table.{name}"): value for name, value in new.items()})


def _put(page: Page, table: Measurements, head: Head, assumed: bool = False) -> None:
    """The same, and the page is drawn with a new heading."""
    _hold(page, table, head, assumed)
    st.rerun()


def _tools(page: Page, example: Measurements) -> None:
    st.markdown(
        "**Why a table gives no instant.** Each row is one place at one time. A velocity needs two rows, so it is "
        "always an average over the time between them; the limit needs rows ever closer, and a table has a last pair."
    )
    file = st.file_uploader(
        "Upload a CSV file with two columns: time and place",
        type=["csv", "txt", "tsv"],
        max_upload_size=1,
        key=page.key(f"table.file.{st.session_state[page.key('table.version')]}"),
    )
    head = st.session_state[page.key("table.head")]
    if file is not None:
        try:
            content = file.getvalue()
            # What this file does not name is not named by the one before it either.
            table, read = read_csv(content), read_head(content, HEAD)
        except MeasurementsError as error:
            with st.container(key="file-refusal"):
                st.text(f"{error} The table stays as it was.")
        else:
            _put(page, table, read, assumed=read != read_head(content, UNNAMED))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Download CSV",
            data=write_csv(st.session_state[page.key("table.good")], head),
            file_name="measurements.csv",
            mime="text/csv",
            on_click="ignore",
        )
        if st.button("The car again"):
            _put(page, example, HEAD)
        _units(page, head)


def _units(page: Page, head: Head) -> None:
    version = st.session_state[page.key("table.version")]
    with st.popover("Units", key=page.key("table.unit.form")):
        words = [
            st.text_input(
                f"{column.name} in", value=column.unit, max_chars=8, key=page.key(f"table.unit.{k}.{version}")
            )
            for k, column in enumerate(head)
        ]
        sentence = next((judged for word in words if (judged := judge_unit(word or ""))), "")
        if sentence:
            st.text(sentence)
        elif words != [column.unit for column in head]:
            time, place = (
                replace(column, unit=word.strip()) for column, word in zip(head, words, strict=True)
            )
            # The editor's columns are named by their units: under new names it would forget what was edited.
            _put(page, st.session_state[page.key("table.good")], (time, place))
