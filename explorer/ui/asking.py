"""Questions about a function of the learner's own: they are made when they are asked for, which few first views are."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.expression import Expression
from explorer.ui.live_figure import last_message
from explorer.ui.page import Page

LEADING = frozenset({"challenge", "stage", "present"})
"""What stands in a link that leads to a question, or to a story that ends with questions."""


def questioned(page: Page, f: Expression) -> bool:
    """Whether questions about `f` are asked for: by the figure's last message, or by the link that was followed."""
    key = page.key("questioned")
    message = last_message(page)
    asks = isinstance(message, Mapping) and message.get("asks") == f.text
    if asks or (page.entered and LEADING & set(st.query_params)):
        st.session_state[key] = f.text
    return bool(st.session_state.get(key) == f.text)
