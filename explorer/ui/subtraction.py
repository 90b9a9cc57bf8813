"""The drawer "When computers subtract"."""

from __future__ import annotations

import math

import streamlit as st

from explorer.expression import Expression, parse
from explorer.figures.limit.subtraction import (
    NO_ERROR,
    NO_ERROR_KNOWN,
    SUBTRACTION,
    is_exact,
    slope_at,
    subtraction_scene,
)
from explorer.numeric import Window, number_text
from explorer.ui.live_figure import live_figure
from explorer.ui.page import Page

SINE, SINE_AT = parse("sin x"), 1.0


def subtraction_drawer(page: Page, f: Expression, window: Window, x0: float) -> None:
    """Error against h for sin x at 1, or for the present function where its point was let go."""
    with st.expander("When computers subtract", key=page.key("subtraction"), on_change="rerun") as drawer:
        if not drawer.open:
            return
        st.markdown(SUBTRACTION)
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
        if choice == "sine":
            live_figure(page, subtraction_scene(SINE, SINE_AT, math.cos(SINE_AT)), name="subtracting")
            return
        slope = slope_at(f, window, x0)
        if math.isnan(slope):
            st.text(NO_ERROR_KNOWN)
        elif is_exact(f, x0, slope):
            st.text(NO_ERROR)
        else:
            live_figure(page, subtraction_scene(f, x0, slope), name="subtracting")
