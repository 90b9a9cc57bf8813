"""The tabs of a page: a switch in the row under the menu, which a link may set."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.ui.page import Page


def chosen_tab(page: Page) -> str:
    """What the switch says before it is drawn."""
    key = page.key("tab")
    if page.entered or not st.session_state.get(key):
        st.session_state[key] = page.reading.text("tab")
    return str(st.session_state[key])


def tabs(page: Page, names: Mapping[str, str], key: str = "tab") -> None:
    """The tabs alone, for a row that has been begun; `names` says what each is called."""
    st.segmented_control(
        "Explore",
        tuple(names),
        format_func=names.__getitem__,
        required=True,
        key=page.key(key),
        label_visibility="collapsed",
    )
