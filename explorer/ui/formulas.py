"""Formulas beside the picture: the typed form at once, the simplified one when it is there, the steps on demand."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

import streamlit as st

from explorer.expression import Expression
from explorer.scene.theme import PALETTE
from explorer.symbolic import Derivative, Formula, OverBudget, Ticket, Verification, request
from explorer.ui.late import all_there
from explorer.ui.page import Page

LONGEST = 60  # nodes of a typed derivative that is still shown beside its simplified form
ROLES = ("f_text", "slope_text", "slope_text")
PLANE_ROLES = ("f_text", "slope_text", "partial_y_text")
"""A function of x and y, and its partial derivatives."""

NAMES = {
    "lagrange": ("f(x)", "f'(x)", "f''(x)"),
    "leibniz": ("f(x)", r"\frac{df}{dx}", r"\frac{d^2 f}{dx^2}"),
}


def session_name() -> str:
    """A name for this learner's session: a newer question of the session replaces its older one."""
    return str(st.session_state.setdefault("session", uuid.uuid4().hex))


def coloured(latex: str, role: str) -> str:
    """LaTeX in the colour that the role has in the figure."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    return rf"\textcolor{{{PALETTE[theme][role]}}}{{{latex}}}"  # type: ignore[index]


def derivative_formulas(page: Page, f: Expression, notation: str, remark: str) -> None:
    """f, f′ and f″ in a row, what f′ leaves out, and how it is obtained."""
    tickets = (
        request(Derivative(f, ("x",)), session_name()),
        request(Derivative(f, ("x", "x")), session_name()),
        request(Verification(f, f.derivative()), session_name()),
    )
    all_there(page, tickets)
    _row(f, tickets, notation)
    if remark:
        st.caption(remark)
    named_steps(page, f, tickets[2], "How f′ is obtained", primes=notation == "lagrange")


def whole_derivative(page: Page, f: Expression, checked: bool) -> None:
    """F and f′ side by side, and how f′ is obtained; whether it is right is said at once when that is asked for."""
    tickets = (
        request(Derivative(f, ("x",)), session_name()),
        request(Verification(f, f.derivative()), session_name()),
    )
    all_there(page, tickets)
    formula_columns(NAMES["lagrange"][:2], ROLES[:2], (f, f.derivative()), (None, tickets[0]))
    with st.container():  # stands even when it is empty, so that the fold below keeps its place
        verdict = answered(tickets[1])
        if checked and verdict is not None:
            st.caption(verdict.sentence)
    named_steps(page, f, tickets[1], "The whole derivative, rule by rule", primes=True)


def _row(f: Expression, tickets: Sequence[Ticket[Any]], notation: str) -> None:
    """F, f′ and f″ side by side."""
    typed = (f, f.derivative(), f.derivative().derivative())
    formula_columns(NAMES[notation], ROLES, typed, (None, *tickets[:2]))


def formula_columns(
    names: Sequence[str],
    roles: Sequence[str],
    typed: Sequence[Expression],
    tickets: Sequence[Ticket[Any] | None],
) -> None:
    """Formulas in columns; a simplified form stands under the typed one where it is shorter."""
    columns = zip(st.columns(len(names)), names, roles, typed, tickets, strict=True)
    for column, name, role, expression, ticket in columns:
        answer = answered(ticket)
        shown = expression.latex() if ticket is None else expression.derivative_latex()
        simplified = shorter(shown, answer) if isinstance(answer, Formula) else shown
        lines = [shown] if expression.size <= LONGEST or simplified == shown else []
        if simplified != shown:
            lines.append(simplified)
        words = rf"\quad\text{{{expression.left_out}}}" if ticket is not None and expression.left_out else ""
        body = r" \\ ".join(rf"{name if k == 0 else ''} &= {line}{words}" for k, line in enumerate(lines))
        with column:
            st.latex(coloured(rf"\begin{{aligned}}{body}\end{{aligned}}", role))
            if isinstance(answer, OverBudget):
                st.caption(answer.sentence)


def shorter(shown: str, answer: Formula) -> str:
    """The simplified form where it is shorter to a reader, else what is shown already."""
    found = answer.latex if answer.expression is None else answer.expression.derivative_latex()
    return found if _length(found) < _length(shown) else shown


def _length(latex: str) -> int:
    """How much there is to read: names, digits and signs, a fraction as two signs more; brackets are not counted."""
    said = re.sub(r"\\(?:left|right)\s*\S", "", latex)
    return len(re.findall(r"\\[A-Za-z]+|[^\s{}\\]", said)) + 2 * said.count(r"\frac")


def matrix_entry(derivative: Expression, ticket: Ticket[Any]) -> str:
    """A derivative within a matrix: simplified where that is ready, and dots where it is long as it was found."""
    answer, shown = answered(ticket), derivative.derivative_latex()
    if isinstance(answer, Formula):
        return shorter(shown, answer)
    return shown if derivative.size <= LONGEST else r"\cdots"


def answered(ticket: Ticket[Any] | None) -> Any:
    """The result, the reason why there is none, or None while it is being worked on."""
    if ticket is None or not ticket.done:
        return None
    try:
        return ticket.result()
    except OverBudget as reason:
        return reason


def named_steps(
    page: Page,
    f: Expression,
    verification: Ticket[Any],
    title: str,
    *,
    variable: str = "x",
    primes: bool = False,
    name: str = "",
) -> None:
    """The named rules of the derivative in `variable`, one after the other, folded away.

    On a page with several functions each has its `name`.
    """
    key = page.key(f"steps.{name}{variable}")
    with st.expander(title, key=key, on_change="rerun") as steps:
        if not steps.open:
            return
        for step in f.steps(variable):
            rule, line = st.columns([1, 4], vertical_alignment="center")
            rule.markdown(f"**{step.rule}**")
            rule.caption(step.note)
            line.latex(step.latex(primes=primes))
            if step.outer is not None and step.inner is not None:
                outer, inner = Expression(step.outer, ("u",)), Expression(step.inner, f.variables)
                line.latex(rf"\text{{outside }} {outer.latex()} \qquad \text{{inside }} u = {inner.latex()}")
        verdict = answered(verification)
        if verdict is not None:
            st.caption(verdict.sentence)
