"""Formulas that come late: the page is shown without them, and drawn once more when all of them are there."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any

import streamlit as st

from explorer.symbolic import Ticket
from explorer.ui.drawer import put_again, put_texts
from explorer.ui.gate import GATE
from explorer.ui.page import Page, run_alone

PATIENCE = 0.12  # seconds that a run may wait for SymPy: most answers take a few milliseconds
POLL = 0.4


def all_there(page: Page, tickets: Sequence[Ticket[Any]]) -> bool:
    """Whether all answers are there, waited for with a little patience; those that are not are looked after.

    It is asked before the answers are read: whatever comes after this one look is still to come for the page too,
    so that nothing is lost between two looks.
    """
    end = monotonic() + PATIENCE
    missing = [ticket for ticket in tickets if not ticket.wait(max(0.0, end - monotonic()))]
    if missing:
        late: list[Ticket[Any]] | None = st.session_state[page.key("late")]
        if late is None:
            # A release alone, after a run that missed nothing: only a whole run brings who looks.
            st.rerun()
        late.extend(missing)
    return not missing


def end_page(page: Page) -> None:
    """The last call of every page: the next one's turn; what was missing is looked after from time to time."""
    GATE.leave()
    late: list[Ticket[Any]] = st.session_state[page.key("late")]
    if not late:
        st.session_state[page.key("late")] = None
        return

    texts = put_texts()

    def look() -> None:
        if all(ticket.done for ticket in late) and not GATE.waiting:
            put_again(texts)  # nobody types by the clock
            st.rerun()

    # While a class arrives their pictures come first: the looks are fewer, and drawing anew waits.
    run_alone(look, every=POLL + GATE.waiting / 20)
