"""Tangent slopes: a point on a curve, its tangent, and the slope as a number that follows the finger."""

from functools import partial

from explorer.code import slope_programs
from explorer.figures.arrival import on_curve
from explorer.figures.curve import analyse, span_of, within
from explorer.figures.slope.scene import slope_scene, start_in
from explorer.figures.slopeless import slopeless
from explorer.presets import SLOPE_CHALLENGES, SLOPES
from explorer.ui.along import take_along
from explorer.ui.asking import questioned
from explorer.ui.code import code_fold
from explorer.ui.formula_box import formula_box
from explorer.ui.formulas import derivative_formulas
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.window import as_seen, box_of, standard_window, window_form, window_of

SWITCHES = ("triangle", "whole", "second", "places", "microscope")
PARAMETERS = (
    Text("f", SLOPES[0].formula),
    Number("x0"),
    Text("window", ""),
    Choice("notation", "lagrange", ("lagrange", "leibniz")),
    *(Choice(name, "", ("0", "1")) for name in SWITCHES),
)

page = open_page("tangent", PARAMETERS)
typed = formula_box(page, SLOPES, SLOPES[0].formula, challenges=SLOPE_CHALLENGES)
f = typed.expression
preset = typed.preset
window_of(page, f, standard_window(f, preset))
with typed.row:
    window_form(page)


def explore() -> None:
    """The figure and what follows its release; typing reruns the whole page, dragging only this."""
    framed = as_seen(page)
    start = preset.x0 if preset and within(preset.x0, framed.first) else start_in(f, framed.first)
    scene = slope_scene(
        f,
        framed.window,
        start,
        opening=preset is SLOPES[0],
        challenges=SLOPE_CHALLENGES,
        questioned=questioned(page, f),
        frame=framed.frame("curve"),
    )
    release = live_figure(
        page, scene, keep=preset is None, turn=framed.turn, arrive=partial(on_curve, f, framed.window)
    )
    take_along(f, {"x0": release.controls["x0"]}, "secant", "gradient_descent")
    remark = slopeless(analyse(f, span_of(f, framed.window)), framed.window, f.derivative())
    derivative_formulas(page, f, "leibniz" if release.toggles.get("leibniz") else "lagrange", remark)
    code_fold(page, lambda: slope_programs(f, release.controls["x0"], box_of(framed.window)))


run_alone(explore)
end_page(page)
