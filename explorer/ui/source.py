"""The switch between a function and a table of measurements."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.ui.page import Page
from explorer.ui.tabs import tabs

NAMES = {"function": "Function", "table": "Table"}


def chosen_source(page: Page) -> str:
    """What the switch says, function or table, before it is drawn."""
    key = page.key("source")
    if page.entered or st.session_state.get(key) is None:
        st.session_state[key] = page.reading.text("source") or "function"
    return str(st.session_state[key])


def source_switch(page: Page) -> None:
    """The switch itself; it stands in the row of the formula."""
    tabs(page, NAMES, "source")


def source_row(page: Page, words: str, tools: Callable[[], None]) -> None:
    """The row that stands where a function's box would, with the table's tools and the switch at its end."""
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="reading"):
            st.text(words)
        tools()
        source_switch(page)
