"""The editable table of measurements: its cells, its units, and its way in and out as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.numeric.measurements import (
    Measurements,
    MeasurementsError,
    judge_unit,
    measurements,
    read_csv,
    write_csv,
)
from explorer.ui.page import Page

UNITS = ("s", "m")


@dataclass(frozen=True)
class Measured:
    """The last table that could be used, and its units of time and place."""

    table: Measurements
    time_unit: str
    place_unit: str


def measured_table(page: Page, example: Measurements) -> Measured:
    """Cells to be edited, units, upload, download; what cannot be used gets a sentence and changes nothing."""
    base, version = page.key("table.base"), page.key("table.version")
    good, units = page.key("table.good"), page.key("table.units")
    if base not in st.session_state:
        st.session_state.update({base: example, version: 0, good: example, units: UNITS})
    cells, tools = st.columns([3, 2], gap="large")
    with tools:
        _tools(page, example)
    time_unit, place_unit = st.session_state[units]
    names = (f"time t ({time_unit})", f"place s ({place_unit})")
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
    return Measured(st.session_state[good], time_unit, place_unit)


def _rows(table: Measurements) -> list[tuple[float, float]]:
    return list(zip(table.times, table.places, strict=True))


def _row(row: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, Any]:
    return row.get(names[0]), row.get(names[1])


def _put(page: Page, table: Measurements) -> None:
    """A whole new table: the editor forgets its edits under a new key."""
    st.session_state[page.key("table.base")] = table
    st.session_state[page.key("table.good")] = table
    st.session_state[page.key("table.version")] += 1


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
    if file is not None:
        try:
            _put(page, read_csv(file.getvalue()))
        except MeasurementsError as error:
            with st.container(key="file-refusal"):
                st.text(f"{error} The table stays as it was.")
        else:
            st.rerun()
    time_unit, place_unit = st.session_state[page.key("table.units")]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Download CSV",
            data=write_csv(
                st.session_state[page.key("table.good")], (f"t ({time_unit})", f"s ({place_unit})")
            ),
            file_name="measurements.csv",
            mime="text/csv",
            on_click="ignore",
        )
        st.button("The car again", on_click=_put, args=(page, example))
        _units(page, time_unit, place_unit)


def _units(page: Page, time_unit: str, place_unit: str) -> None:
    with st.popover("Units", key=page.key("table.unit.form")):
        words = (
            st.text_input("time in", value=time_unit, max_chars=8, key=page.key("table.unit.time")),
            st.text_input("place in", value=place_unit, max_chars=8, key=page.key("table.unit.place")),
        )
        sentence = next((judged for word in words if (judged := judge_unit(word or ""))), "")
        if sentence:
            st.text(sentence)
        elif words != (time_unit, place_unit):
            st.session_state[page.key("table.units")] = tuple(word.strip() for word in words)
            # The editor's columns are named by their units: under new names it would forget what was edited.
            _put(page, st.session_state[page.key("table.good")])
            st.rerun()
