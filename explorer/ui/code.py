"""The program behind the picture: a fold with the code that gives the numbers on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.code import POINTS, Program, notebook
from explorer.ui.page import TITLES, Page


def code_fold(page: Page, programs: Callable[[], Sequence[Program]]) -> None:
    """Programs and their notebook, made when the fold is opened and again at every release while it is.

    The button *Code* of the live figure opens it.
    """
    with st.container(key="code"):
        fold = st.expander("Code: the same numbers in Python", key=page.key("code"), on_change="rerun")
    if not fold.open:
        return
    with fold:
        made = programs()
        if table := next((program.table for program in made if program.table), ""):
            st.download_button(
                f"Download the points that the programs read ({POINTS})",
                table,
                POINTS,
                "text/csv",
                key=page.key("code.points"),
                on_click="ignore",
            )
        for tab, program in zip(st.tabs([program.library for program in made]), made, strict=True):
            with tab:
                _program(page, program)
        st.download_button(
            "Download all as a notebook (.ipynb)",
            notebook(TITLES[page.name], made),
            f"{page.name}.ipynb",
            "application/x-ipynb+json",
            key=page.key("code.notebook"),
            on_click="ignore",
        )


def _program(page: Page, program: Program) -> None:
    if program.why:
        st.text(program.why)
        return
    st.code(program.text, language="python")
    st.download_button(
        "Download as .py",
        program.text,
        f"{page.name}_{program.library.lower()}.py",
        "text/x-python",
        key=page.key(f"code.{program.library}"),
        on_click="ignore",
    )
