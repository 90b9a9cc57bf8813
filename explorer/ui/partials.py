"""Formulas of the surface page: both partial derivatives by named steps, the gradient and the Hessian."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer.expression import Expression
from explorer.figures.surface.words import ROUNDING, bending_words, without_noise
from explorer.numeric import Window, number_text
from explorer.numeric.seams import seam_distance, slopes_of
from explorer.symbolic import Derivative, Formula, Ticket, Verification, request
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
from explorer.ui.terms import explain

NAMES = ("f(x, y)", r"\frac{\partial f}{\partial x}", r"\frac{\partial f}{\partial y}")
ON_A_SEAM = 1e-9
SECOND = (("x", "x"), ("x", "y"), ("y", "y"))


def numbers_at(f: Expression, window: Window, place: tuple[float, float]) -> None:
    """The gradient, the Hessian and its eigenvalues at `place`: all that a release changes below the figure.

    They are one element, since each costs a message and a rendering of its own before the numbers are right.
    """
    slopes = [_at(one.value.over(f.variables), place) for one in slopes_of(f, window.x, window.y)[:2]]
    bends = _bends(f, place)
    st.latex(
        rf"\begin{{aligned}} {_gradient_at(slopes, place)} \\[6pt] {_hessian_at(bends, place)} \end{{aligned}}"
    )
    st.caption(_eigenvalues(slopes, bends))


def partial_formulas(page: Page, f: Expression) -> None:
    """f, ∂f/∂x and ∂f/∂y in a row and the Hessian; the steps folded away. None of it depends on the point."""
    session = session_name()
    first = [request(Derivative(f, (name,)), session) for name in ("x", "y")]
    second = [request(Derivative(f, names), session) for names in SECOND]
    proofs = [request(Verification(f, f.derivative(name), (name,)), session) for name in ("x", "y")]
    all_there(page, (*first, *second, *proofs))
    formula_columns(NAMES, PLANE_ROLES, (f, f.derivative("x"), f.derivative("y")), (None, *first))
    st.latex(_hessian(f, second))
    explain("Hessian", "eigenvalue")
    for name, proof in zip(("x", "y"), proofs, strict=True):
        held = "y" if name == "x" else "x"
        named_steps(page, f, proof, f"How ∂f/∂{name} is obtained, with {held} held", variable=name)


def _at(expression: Expression, place: tuple[float, float]) -> float:
    return float(expression(*place))


def _number(value: float) -> str:
    """A number in LaTeX; what does not exist is a dash."""
    return number_text(value).replace("−", "-") if np.isfinite(value) else r"\text{–}"


def _point(place: tuple[float, float]) -> str:
    return f"({_number(place[0])}, {_number(place[1])})"


def _column(entries: Sequence[str]) -> str:
    lines = r" \\[2pt] ".join(entries)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def _symmetric(xx: str, xy: str, yy: str) -> str:
    return rf"\begin{{pmatrix}} {xx} & {xy} \\ {xy} & {yy} \end{{pmatrix}}"


def _gradient_at(slopes: Sequence[float], place: tuple[float, float]) -> str:
    parts = [coloured(name, role) for name, role in zip(NAMES[1:], PLANE_ROLES[1:], strict=True)]
    numbers = [coloured(_number(slope), role) for slope, role in zip(slopes, PLANE_ROLES[1:], strict=True)]
    return rf"\nabla f{_point(place)} &= {_column(parts)} = {_column(numbers)}"


def _hessian(f: Expression, tickets: list[Ticket[Formula]]) -> str:
    """The matrix of second derivatives, simplified where that is ready."""
    entries = [
        matrix_entry(f.derivative(a).derivative(b), ticket)
        for (a, b), ticket in zip(SECOND, tickets, strict=True)
    ]
    return f"H = {_symmetric(*entries)}"


def _hessian_at(bends: Sequence[float], place: tuple[float, float]) -> str:
    return f"H{_point(place)} &= {_symmetric(*map(_number, bends))}"


def _bends(f: Expression, place: tuple[float, float]) -> list[float]:
    """The second derivatives xx, xy, yy at the point; on a seam the formula's would be those of one side."""
    if seam_distance(f, np.array([place]))[0] <= ON_A_SEAM:
        return [math.nan] * 3
    return [_at(f.derivative(a).derivative(b), place) for a, b in SECOND]


def _eigenvalues(slopes: Sequence[float], bends: Sequence[float]) -> str:
    """How the surface bends at the point: the eigenvalues, and what their signs say."""
    xx, xy, yy = bends
    if not np.isfinite(bends).all():
        return "No Hessian is known at this point."
    least, most = map(float, np.linalg.eigvalsh([[xx, xy], [xy, yy]]))
    low, high = without_noise(least, most, ROUNDING)
    return f"Eigenvalues {number_text(low)} and {number_text(high)}: {bending_words(low, high, slopes)}."
