"""From secant to tangent: two points on a curve close in on each other, and their slope heads for a number."""

from functools import partial

import streamlit as st

from explorer.code import limit_programs, table_programs
from explorer.data.headings import LONGEST_HEAD
from explorer.figures.arrival import on_curve
from explorer.figures.limit.scene import SWITCHES, limit_scene
from explorer.figures.limit.start import start_for
from explorer.figures.limit.table import OWN
from explorer.numeric.measurements import LONGEST_LINK, measurements
from explorer.presets import CAR, CAR_HEAD, LIMIT_CHALLENGES, LIMITS
from explorer.ui.algebra import algebra_of, ask_for_algebra
from explorer.ui.along import take_along
from explorer.ui.asking import questioned
from explorer.ui.code import code_fold
from explorer.ui.formula_box import formula_box
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.measured import Begun, arrive, begun, heading, own_data, scene_of, table_of, tools
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.source import chosen_source, source_row, source_switch
from explorer.ui.subtraction import subtraction_drawer
from explorer.ui.window import as_seen, box_of, standard_window, window_form, window_of

PARAMETERS = (
    Text("f", LIMITS[0].formula),
    Number("x0"),
    Number("h"),
    Text("window", ""),
    Choice("source", "function", ("function", "table")),
    Choice("table", "", (OWN,)),
    Text("data", "", longest=LONGEST_LINK),
    Text("head", "", longest=LONGEST_HEAD),
    Number("from"),
    Number("to"),
    *(Choice(name, "", ("0", "1")) for name in (*SWITCHES, "join")),
)

EXAMPLE = Begun(measurements(CAR), CAR_HEAD)

page = open_page("secant", PARAMETERS)
source = chosen_source(page)


def explore_function() -> None:
    """Two points on the curve of a typed function."""
    typed = formula_box(page, LIMITS, LIMITS[0].formula, challenges=LIMIT_CHALLENGES)
    f, preset = typed.expression, typed.preset
    ask_for_algebra(f)
    window_of(page, f, standard_window(f, preset))
    with typed.row:
        window_form(page)
        source_switch(page)

    def figure() -> None:
        """Typing reruns the whole page, dragging only this."""
        framed = as_seen(page)
        algebra = algebra_of(page, f, framed.window)
        start = start_for(f, framed.first, preset.x0 if preset else None)
        scene = limit_scene(
            f,
            framed.window,
            start,
            challenges=LIMIT_CHALLENGES,
            questioned=questioned(page, f),
            algebra=algebra or (),
            frame=framed.frame("curve"),
        )
        release = live_figure(
            page, scene, keep=preset is None, turn=framed.turn, arrive=partial(on_curve, f, framed.window)
        )
        take_along(f, {"x0": release.controls["x0"]}, "tangent")
        with st.container():  # stands even when it is empty, so that the fold below keeps its place
            if algebra is None:
                st.caption("The algebra of Δy/Δx is being worked out …")
        subtraction_drawer(page, f, framed.window, release.controls["x0"])
        at = release.controls
        code_fold(page, lambda: limit_programs(f, at["x0"], at["h"], box_of(framed.window)))

    run_alone(figure)


def explore_table() -> None:
    """Two rows of a table of measurements, whose points and cells are moved in the figure itself."""
    now = begun(page, EXAMPLE)
    release = live_figure(page, scene_of(page, now))
    table, at = table_of(release), release.controls
    tools(page, EXAMPLE, table)
    code_fold(page, lambda: table_programs(table.times, table.places, at["from"], at["to"], now.named))


if source == "table":
    missing = arrive(page, EXAMPLE)
    words = heading(page, EXAMPLE, "Where a car was, at a few times. How fast did it go?")
    source_row(page, words, partial(own_data, page, EXAMPLE))
    with st.container():  # stands even when it is empty, so that the figure keeps its place
        if missing:
            st.text(missing)
    run_alone(explore_table)
else:
    explore_function()
end_page(page)
