"""Check your derivation: each line against the true slope, and which rule went wrong where."""

import streamlit as st

from explorer.code import Program, check_programs
from explorer.figures.check.asked import FIRST, SECOND, read_check
from explorer.figures.check.scene import check_scene
from explorer.figures.check.words import place_of
from explorer.figures.curve import choose_window
from explorer.practice import MISTAKES
from explorer.presets import CHAIN_LETTERS, SLOPES, SURFACES
from explorer.ui.check_parts import (
    LONGEST_LINES,
    OPENING,
    address_of,
    choose_order,
    first_wrong,
    judged_lines,
    line_boxes,
    presented,
    verdicts,
)
from explorer.ui.code import code_fold
from explorer.ui.formula_box import formula_box
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.riddle_parts import in_riddle, pose_riddle, riddle_drawer, riddle_for
from explorer.ui.window import box_of

FORMULA = "x^2 sin(3x)"
EXAMPLES = (*SLOPES, *SURFACES[2:5])
PARAMETERS = (
    Text("f", ""),
    Number("x0"),
    Text("lines", "", longest=LONGEST_LINES),
    Choice("riddle", "", ("0", "1")),
    Choice("mistake", "", tuple(mistake.name for mistake in MISTAKES)),
    Choice("order", FIRST, (FIRST, SECOND), also={"1": FIRST, "2": SECOND}),
    Choice("by", "", CHAIN_LETTERS),
    *(Number(f"{name}0") for name in CHAIN_LETTERS if name != "x"),
    Choice("line", "", ("0", "1")),
    Choice("why", "", ("0", "1")),
)

page = open_page("check", PARAMETERS)
posed = riddle_for(page.reading.text("mistake"))
typed = formula_box(
    page, EXAMPLES, posed.formula if posed else FORMULA, of="one to six letters", reads=read_check
)
riddle = in_riddle(page)
with typed.row:
    asked = choose_order(page, typed.expression)
    riddle_drawer(page)
left, right = st.columns([2, 3], gap="medium")
with left:
    given = "f" in page.reading.given
    with st.expander("Edit the lines") if riddle else st.container(key="lines"):
        text, marks = line_boxes(page, asked, posed.lines if posed else () if given else (OPENING,))
    stood = None if asked.held else page.reading.number(f"{asked.by}0")
    # Under a formula that cannot be read the picture shows the last one that could, and the lines are about that.
    lines = judged_lines(asked, text, () if stood is None else (stood,))
    with st.container(key="verdicts"):
        presented(typed.expression)
        told = True
        if riddle and lines:
            told = pose_riddle(page, asked, lines)
        else:
            verdicts(page, asked, lines, marks)
wrong = first_wrong(lines)
shown = lines[wrong] if told and wrong is not None else lines[-1] if told and lines else None
drawn = shown.line.expression if shown and not shown.itself else None
about = shown.asked if shown else asked
address = tuple(address_of(page, asked, riddle, text, lines).items())
at = place_of(shown.found, typed.expression.variables) if shown and shown.found else ()


def explore() -> None:
    """The figure; typing reruns the whole page, dragging only this."""
    scene = check_scene(about, drawn, at or None, stood=stood, address=address)
    stands = live_figure(page, scene, keep=not (at or riddle)).controls
    point = {name: stands[f"{name}0"] for name in about.f.variables}

    def programs() -> tuple[Program, ...]:
        box = None if about.held else box_of(choose_window(about.true))
        return check_programs(about.of, about.by, drawn, point, box)

    code_fold(page, programs)


with right:
    run_alone(explore)
end_page(page)
