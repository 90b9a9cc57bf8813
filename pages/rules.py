"""Rules as pictures: a function taken apart, each part's increment as pieces that stay or vanish."""

from explorer.code import rules_programs
from explorer.figures.rules.scene import shown, stand_for, window_for
from explorer.presets import RULES
from explorer.ui.code import code_fold
from explorer.ui.formula_box import formula_box
from explorer.ui.formulas import whole_derivative
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Number, Text
from explorer.ui.parts import chosen_part, finished, formula_parts
from explorer.ui.standing import linked_places, standing_scene

PARAMETERS = (Text("f", RULES[0].formula), Number("x0"), Number("h"), Text("part", ""))

page = open_page("rules", PARAMETERS)
typed = formula_box(page, RULES, RULES[0].formula)
f, preset = typed.expression, typed.preset
way = chosen_part(page, f)
formula_parts(page, f, way)


asked = linked_places(page, f)


def explore() -> None:
    """The figure; choosing a part reruns the whole page, dragging only this."""
    window = window_for(f, asked, preset.x_window if preset else None)
    usual = stand_for(f, window, preset.x0 if preset else None)
    part = shown(f, way, window)
    scene = standing_scene(page, part, usual, fresh=preset is not None)
    at = live_figure(page, scene, keep=False).controls
    code_fold(page, lambda: rules_programs(part.part, part.increment, at["x0"], at["h"], part.box))


run_alone(explore)
whole_derivative(page, f, checked=finished(page, f))
end_page(page)
