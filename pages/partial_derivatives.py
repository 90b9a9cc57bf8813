"""Partial derivatives: one point on a surface, dragged in the plane, and the slopes that it has there."""

import streamlit as st

from explorer.figures.surface import LENSES, start_on, surface_scene
from explorer.presets import SURFACE_CHALLENGES, SURFACES
from explorer.ui.formula_box import formula_box
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.partials import partial_formulas
from explorer.ui.window import window_form, window_in_link, window_of

PARAMETERS = (
    Text("f", SURFACES[0].formula),
    Number("x0"),
    Number("y0"),
    Number("theta", low=0.0, high=360.0),
    Choice("lens", LENSES[0], LENSES),
    Text("window", ""),
)

page = open_page("partial_derivatives", "Partial derivatives", PARAMETERS)
typed = formula_box(page, SURFACES, SURFACES[0].formula, challenges=SURFACE_CHALLENGES)
f = typed.expression
preset = typed.preset
window = window_of(page, f, preset)
with typed.row:
    window_form(page, f, window)
linked_window = window_in_link(window, f, preset)


@st.fragment
def explore() -> None:
    """The figure and what follows its release; typing reruns the whole page, dragging only this."""
    start = (preset.x0, preset.y0) if preset else start_on(f, window)
    scene = surface_scene(f, window, start, SURFACE_CHALLENGES, linked_window)
    release = live_figure(page, scene, keep=preset is None)
    partial_formulas(page, f, (release.controls["x0"], release.controls["y0"]))


explore()
