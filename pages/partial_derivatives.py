"""Partial derivatives: one point on a surface, dragged in the plane, and the slopes that it has there."""

from functools import partial

from explorer.code import jacobian_programs, surface_programs
from explorer.figures.arrival import on_surface
from explorer.figures.jacobian.scene import jacobian_scene, start_of
from explorer.figures.surface.scene import LENSES, start_on, surface_scene
from explorer.numeric import Window
from explorer.presets import SURFACE_CHALLENGES, SURFACES, VECTOR_CHALLENGES, VECTORS
from explorer.ui.along import take_along
from explorer.ui.asking import questioned
from explorer.ui.code import code_fold
from explorer.ui.formula_box import formula_box
from explorer.ui.jacobian_formulas import jacobian_formulas
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.partials import numbers_at, partial_formulas
from explorer.ui.vector_box import chosen_tab, tab_switch, vector_box
from explorer.ui.window import as_seen, box_of, standard_window, window_form, window_of

PARAMETERS = (
    Text("f", SURFACES[0].formula),
    Number("x0"),
    Number("y0"),
    Number("theta", low=0.0, high=360.0),
    Choice("lens", LENSES[0], LENSES),
    Text("window", ""),
    Choice("tab", "surface", ("surface", "jacobian")),
    Text("u", VECTORS[0].first),
    Text("v", VECTORS[0].second),
    Number("s", low=1e-9),
    Choice("true", "", ("0", "1")),
)

page = open_page("partial_derivatives", PARAMETERS)


def explore_surface() -> None:
    """A typed function of x and y."""
    typed = formula_box(page, SURFACES, SURFACES[0].formula, challenges=SURFACE_CHALLENGES)
    f, preset = typed.expression, typed.preset
    window_of(page, f, standard_window(f, preset))
    with typed.row:
        window_form(page)
        tab_switch(page)

    def figure() -> None:
        """Typing reruns the whole page, dragging only this."""
        framed = as_seen(page)
        start = (preset.x0, preset.y0) if preset else start_on(f, framed.first)
        scene = surface_scene(
            f, framed.window, start, SURFACE_CHALLENGES, framed.frame("pad"), questioned=questioned(page, f)
        )
        release = live_figure(
            page, scene, keep=preset is None, turn=framed.turn, arrive=partial(on_surface, f, framed.window)
        )
        point = release.controls["x0"], release.controls["y0"]
        take_along(f, {"x0": point[0], "y0": point[1]}, "gradient_descent")
        numbers_at(f, framed.window, point)
        code_fold(page, lambda: surface_programs(f, *point, box_of(framed.window)))

    run_alone(figure)
    run_alone(lambda: partial_formulas(page, f))


def explore_jacobian() -> None:
    """A typed vector function of x and y."""
    typed = vector_box(page)
    preset = typed.preset
    u, v = typed.first, typed.second
    start = (preset.x0, preset.y0) if preset else start_of(u, v)
    window = Window((-preset.half, preset.half), (-preset.half, preset.half), equal=True) if preset else None
    side = preset.side if preset else None
    scene = jacobian_scene(u, v, start, window, side=side, challenges=VECTOR_CHALLENGES)

    def figure() -> None:
        """Typing reruns the whole page, dragging only this."""
        at = live_figure(page, scene, keep=preset is None).controls
        code_fold(page, lambda: jacobian_programs(u, v, at["x0"], at["y0"]))

    run_alone(figure)
    jacobian_formulas(page, u, v)


if chosen_tab(page) == "jacobian":
    explore_jacobian()
else:
    explore_surface()
end_page(page)
