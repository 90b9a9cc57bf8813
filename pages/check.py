"""Check your derivation: each line against the true slope, and which rule went wrong where."""

import streamlit as st

from explorer.figures.check import check_scene
from explorer.practice import MISTAKES
from explorer.presets import SLOPES
from explorer.ui.check_parts import (
    OPENING,
    first_wrong,
    in_riddle,
    judged_lines,
    line_boxes,
    pose_riddle,
    riddle_drawer,
    riddle_for,
    verdicts,
)
from explorer.ui.formula_box import formula_box
from explorer.ui.late import look_after_the_late
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text

FORMULA = "x^2 sin(3x)"
PARAMETERS = (
    Text("f", ""),
    Number("x0"),
    Text("lines", ""),
    Choice("riddle", "", ("0", "1")),
    Choice("mistake", "", tuple(mistake.name for mistake in MISTAKES)),
    Choice("order", "first", ("first", "second")),
    Choice("line", "", ("0", "1")),
)
ORDERS = {"first": "first f′", "second": "second f″"}

page = open_page("check", PARAMETERS)
asked = riddle_for(page.reading.text("mistake"))
typed = formula_box(page, SLOPES, asked.formula if asked else FORMULA)
riddle = in_riddle(page)
with typed.row:
    if page.entered:
        st.session_state[page.key("order")] = page.reading.text("order")
    order = st.segmented_control(
        "Lines for",
        tuple(ORDERS),
        format_func=ORDERS.__getitem__,
        required=True,
        key=page.key("order"),
        label_visibility="collapsed",
    )
    riddle_drawer(page)
of = typed.expression.derivative() if order == "second" else typed.expression
left, right = st.columns([2, 3], gap="medium")
with left:
    given = "f" in page.reading.given
    with st.expander("Edit the lines") if riddle else st.container():
        text = line_boxes(page, asked.lines if asked else () if given else (OPENING,))
    lines = judged_lines(of, text)
    with st.container(key="verdicts"):
        if riddle and lines:
            told = pose_riddle(page, of, lines)
        else:
            verdicts(page, of, lines)
            told = True
wrong = first_wrong(lines)
shown = lines[wrong] if told and wrong is not None else lines[-1] if told and lines else None
drawn = shown.line.expression if shown else None
address = {
    "lines": ";".join(line for line in text.split("\n") if line.strip()),
    "riddle": "1" if riddle else None,
    "order": order if order != "first" else None,
}
example = shown.found.counterexample if shown and shown.found else None


def explore() -> None:
    """The figure; typing reruns the whole page, dragging only this."""
    at = example[0] if example and isinstance(example[0], float) else None
    scene = check_scene(typed.expression, of.derivative(), drawn, at, address=tuple(address.items()))
    live_figure(page, scene, keep=at is None)


with right:
    run_alone(explore)
look_after_the_late(page)
