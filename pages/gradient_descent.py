"""Gradient descent: a ball on a loss, a learning rate under the finger, and the path that follows from it."""

from dataclasses import replace

import streamlit as st

from explorer.code import descent_programs
from explorer.descent import OPTIMISERS, live_settings
from explorer.figures.descent.scene import LINKED, STAYING, descent_scene
from explorer.figures.descent.view import (
    DESCENTS,
    MOST_STEPS,
    first_view,
    holding_start,
    linked_view,
    loss_latex,
    read_loss,
)
from explorer.presets import DESCENT_CHALLENGES
from explorer.ui.along import take_along
from explorer.ui.asking import questioned
from explorer.ui.code import code_fold
from explorer.ui.descent_parts import RACE, asks_for_surface, below, racers_of, standing_of, steps_form
from explorer.ui.formula_box import formula_box
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.window import as_seen, box_of, window_form, window_of

PARAMETERS = (
    Text("f", DESCENTS[0].formula),
    Number("x0"),
    Number("y0"),
    Number("rate", low=1e-9, high=1e6),
    Choice("optimiser", "gd", tuple(OPTIMISERS)),
    Number("steps", low=1, high=MOST_STEPS),
    Number("step", low=0, high=MOST_STEPS),
    *(Number(setting.control, low=setting.low, high=setting.end) for setting in live_settings()),
    *RACE,
    Choice("view", "flat", ("flat", "solid")),
    Text("window", ""),
    *(Choice(name, "", ("0", "1")) for name in LINKED),
)


page = open_page("gradient_descent", PARAMETERS)
typed = formula_box(
    page,
    DESCENTS,
    DESCENTS[0].formula,
    of="x, or of x and y",
    reads=read_loss,
    shows=loss_latex,
    challenges=DESCENT_CHALLENGES,
)
loss = typed.expression
linked = page.key("linked.loss")
if page.entered:
    st.session_state[linked] = None if typed.refused else loss
view = first_view(loss)
if st.session_state.get(linked) == loss:
    start = tuple(page.reading.number(name) for name in ("x0", "y0")[: len(loss.variables)])
    touched = "step" in page.reading.given  # a link to what nobody has touched says no step
    view = linked_view(view, start, page.reading.number("rate"), page.reading.number("steps"), touched)
    view = holding_start(loss, view)
window_of(page, loss, view.window)
with typed.row:
    view = replace(view, steps=steps_form(page, loss, view.steps))
    window_form(page, ("w", "loss") if len(loss.variables) == 1 else ("x", "y"))
racers = racers_of(page)


def explore() -> None:
    """The figure and what follows its release; typing reruns the whole page, dragging only this."""
    solid = asks_for_surface(page, loss)
    framed = as_seen(page)
    frame = framed.frame("curve" if len(loss.variables) == 1 else "pad")
    scene = descent_scene(loss, view, racers, solid, questioned(page, loss), frame=frame)
    release = live_figure(page, scene, keep=STAYING, turn=framed.turn)
    asks_for_surface(page, loss, release)
    names = ("x0", "y0")[: len(loss.variables)]
    other = "tangent" if len(names) == 1 else "partial_derivatives"
    take_along(loss, {name: release.controls[name] for name in names}, other)
    below(page, loss, view, release)
    steps = int(release.controls["step"])
    code_fold(
        page, lambda: descent_programs(standing_of(loss, view, release).walk(steps), box_of(framed.window))
    )


run_alone(explore)
end_page(page)
