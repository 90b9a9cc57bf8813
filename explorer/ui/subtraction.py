"""The drawer "When computers subtract"."""

from __future__ import annotations

import streamlit as st

from explorer.expression import Expression, parse
from explorer.figures.subtraction import has_slope, subtraction_scene
from explorer.numeric import number_text
from explorer.ui.live_figure import live_figure
from explorer.ui.page import Page

SINE, SINE_AT = parse("sin x"), 1.0


def subtraction_drawer(page: Page, f: Expression, x0: float) -> None:
    """Error against h for sin x at 1, or for the present function where its point was let go."""
    with st.expander("When computers subtract", key=page.key("subtraction"), on_change="rerun") as drawer:
        if not drawer.open:
            return
        st.markdown(
            "The limit asks for ever smaller h. A computer keeps 16 digits, and subtracting two nearly equal numbers "
            "throws most of them away: there is a best h, and beyond it the quotient gets worse."
        )
        own = f"this function at x₀ = {number_text(x0)}"
        choice = st.segmented_control(
            "Which function",
            ("sine", "own"),
            format_func={"sine": "sin x at 1", "own": own}.__getitem__,
            required=True,
            default="sine",
            key=page.key("subtraction.of"),
            label_visibility="collapsed",
        )
        if choice == "own" and not has_slope(f, x0):
            st.text("This function has no derivative at x₀, so there is nothing to measure an error against.")
            return
        scene = subtraction_scene(f, x0) if choice == "own" else subtraction_scene(SINE, SINE_AT)
        live_figure(page, scene, name="subtracting")
