"""Formulas of the Jacobian tab: the matrix, the four partial derivatives in it, and the named steps to each."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.expression import Expression
from explorer.symbolic import Derivative, Ticket, Verification, request
from explorer.ui.formulas import (
    PLANE_ROLES,
    coloured,
    formula_columns,
    matrix_entry,
    named_steps,
    session_name,
)
from explorer.ui.late import all_there
from explorer.ui.page import Page

VARIABLES = ("x", "y")


def jacobian_formulas(page: Page, u: Expression, v: Expression) -> None:
    """The Jacobian as formulas; u and v, each with its two partial derivatives; the steps folded away."""
    parts = {"u": u, "v": v}
    tickets: dict[str, list[Ticket[Any]]] = {}
    proofs: dict[str, list[Ticket[Any]]] = {}
    for name, part in parts.items():
        session = f"{session_name()}.{name}"  # a question about v does not replace one about u
        tickets[name] = [request(Derivative(part, (variable,)), session) for variable in VARIABLES]
        proofs[name] = [
            request(Verification(part, part.derivative(variable), (variable,)), session)
            for variable in VARIABLES
        ]
    all_there(page, [ticket for name in parts for ticket in (*tickets[name], *proofs[name])])
    st.latex(_matrix(parts, tickets))
    for name, part in parts.items():
        names = (f"{name}(x, y)", *(_partial(name, variable) for variable in VARIABLES))
        typed = (part, *(part.derivative(variable) for variable in VARIABLES))
        formula_columns(names, PLANE_ROLES, typed, (None, *tickets[name]))
    for name, part in parts.items():
        for variable, held, proof in zip(VARIABLES, reversed(VARIABLES), proofs[name], strict=True):
            title = f"How ∂{name}/∂{variable} is obtained, with {held} held"
            named_steps(page, part, proof, title, variable=variable, name=name)


def _partial(name: str, variable: str) -> str:
    return rf"\frac{{\partial {name}}}{{\partial {variable}}}"


def _matrix(parts: dict[str, Expression], tickets: dict[str, list[Ticket[Any]]]) -> str:
    """The matrix in names and in formulas, simplified where that is ready; its columns have the sides' colours."""

    def written(entries: list[list[str]]) -> str:
        rows = [
            " & ".join(coloured(entry, role) for entry, role in zip(row, PLANE_ROLES[1:], strict=True))
            for row in entries
        ]
        return r"\begin{pmatrix} " + r" \\[4pt] ".join(rows) + r" \end{pmatrix}"

    names = [[_partial(name, variable) for variable in VARIABLES] for name in parts]
    formulas = [
        [
            matrix_entry(part.derivative(variable), ticket)
            for variable, ticket in zip(VARIABLES, row, strict=True)
        ]
        for part, row in zip(parts.values(), tickets.values(), strict=True)
    ]
    return f"J = {written(names)} = {written(formulas)}"
