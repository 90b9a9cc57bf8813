"""The function goes along: what is explored here is offered to the pages that show another side of it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.expression import Expression
from explorer.ui.page import NAMES
from explorer.ui.verbatim import verbatim

LONGEST = 30
"""A formula of more characters is not repeated on the way."""


def take_along(f: Expression, point: Mapping[str, float], *pages: str) -> None:
    """A link to each of the pages, with the function and the point as they stand."""
    shown = verbatim(f.text) if len(f.text) <= LONGEST else "this function"
    query = {"f": f.text} | {name: f"{value:.12g}" for name, value in point.items()}
    with st.container(key="along", horizontal=True, gap="small"):
        for page in pages:
            st.page_link(
                f"pages/{page}.py",
                label=f"Take {shown} along to {NAMES[page]}",
                query_params=query,
                icon=":material/arrow_forward:",
            )
