"""From secant to tangent: two points on a curve close in on each other, and their slope heads for a number."""

import streamlit as st

from explorer.figures.limit import SWITCHES, limit_scene, start_for
from explorer.presets import LIMIT_CHALLENGES, LIMITS
from explorer.ui.algebra import algebra_of, await_algebra
from explorer.ui.formula_box import formula_box
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.window import window_form, window_in_link, window_of

PARAMETERS = (
    Text("f", LIMITS[0].formula),
    Number("x0"),
    Number("h"),
    Text("window", ""),
    Choice("source", "function", ("function", "table")),
    *(Choice(name, "", ("0", "1")) for name in SWITCHES),
)

page = open_page("secant", "From secant to tangent", PARAMETERS)
typed = formula_box(page, LIMITS, LIMITS[0].formula)
f, preset = typed.expression, typed.preset
window = window_of(page, f, preset)
with typed.row:
    window_form(page, f, window)
linked_window = window_in_link(window, f, preset)


@st.fragment
def explore() -> None:
    """The figure and what follows its release; typing reruns the whole page, dragging only this."""
    algebra, ticket = algebra_of(f)
    start = preset.x0 if preset else start_for(f, window)
    scene = limit_scene(f, window, start, LIMIT_CHALLENGES, algebra, linked_window)
    live_figure(page, scene, keep=preset is None)
    await_algebra(ticket)


explore()
