"""The algebra of the difference quotient for the live figure: asked for without waiting, shown when it is there."""

from __future__ import annotations

import streamlit as st

from explorer.expression import Expression
from explorer.figures.limit_algebra import algebra_lines, rules_instead
from explorer.figures.scene import FormulaLine
from explorer.symbolic import OverBudget, Quotient, Ticket, request
from explorer.symbolic.questions import Algebra
from explorer.ui.formulas import PATIENCE, POLL, session_name


def algebra_of(f: Expression) -> tuple[tuple[FormulaLine, ...], Ticket[Algebra]]:
    """The lines as far as they are known now, and the ticket on which more may come."""
    ticket = request(Quotient(f), session_name())
    ticket.wait(PATIENCE)
    return _lines(f, ticket), ticket


def _lines(f: Expression, ticket: Ticket[Algebra]) -> tuple[FormulaLine, ...]:
    if not ticket.done:
        return ()
    try:
        return algebra_lines(ticket.result())
    except OverBudget as reason:
        return rules_instead(f, reason.sentence)


def await_algebra(ticket: Ticket[Algebra]) -> None:
    """Look from time to time whether the algebra has come, then let the fragment that called run once more."""
    if ticket.done:
        return

    @st.fragment(run_every=POLL)
    def look() -> None:
        if ticket.done:
            st.rerun()
        st.caption("The algebra of Δy/Δx is being worked out …")

    look()
