"""The program behind the picture: a fold with the code that gives the numbers on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.code import Program
from explorer.ui.page import Page


def code_fold(page: Page, programs: Callable[[], Sequence[Program]]) -> None:
    """Programs in SymPy and NumPy, made when the fold is opened and again at every release while it is."""
    with st.expander("Code: the same numbers in Python", key=page.key("code"), on_change="rerun") as fold:
        if not fold.open:
            return
        made = programs()
        for tab, program in zip(st.tabs([program.library for program in made]), made, strict=True):
            with tab:
                if program.why:
                    st.text(program.why)
                    continue
                st.code(program.text, language="python")
                st.download_button(
                    "Download as .py",
                    program.text,
                    f"{page.name}_{program.library.lower()}.py",
                    "text/x-python",
                    key=page.key(f"code.{program.library}"),
                    on_click="ignore",
                )
