"""What is said on a screen and on paper: a sheet has nothing to press or to drag."""

import re
from functools import partial

import pytest

from explorer.conditions import is_above, is_at
from explorer.expression import parse
from explorer.figures.chain.scene import chain_scene, read_chain
from explorer.figures.costs.coins import coins_scene
from explorer.figures.costs.houses import houses_scene
from explorer.figures.curve import choose_window
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view, read_loss
from explorer.figures.letters import first_point
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import start_for
from explorer.figures.limit.table import measured_scene
from explorer.figures.regression.line import regression_scene
from explorer.figures.slope.scene import slope_scene
from explorer.figures.start import start_scene
from explorer.numeric.measurements import measurements
from explorer.presets import CAR, RULES
from explorer.scene.live_text import ON_SCREEN, Case, with_paper
from tests.figures.rules.test_scene import scene_of

HANDS = re.compile(r"\b([Dd]rag|[Pp]ress|[Tt]ap|[Cc]lick|Play|Add a coin)\b")
CUBE = parse("x^3-2x")
WINDOW = choose_window(CUBE)
SCENES = {
    "start": start_scene,
    "slope": lambda: slope_scene(CUBE, WINDOW, -0.5),
    "limit": lambda: limit_scene(CUBE, WINDOW, start_for(CUBE, WINDOW)),
    "table": lambda: measured_scene(measurements(CAR)),
    "chain": lambda: chain_scene(
        read_chain("(3x+y)^2"), first_point(read_chain("(3x+y)^2")), True, "backward", "x"
    ),
    "houses": houses_scene,
    "coins": coins_scene,
    "descent": lambda: descent_scene(read_loss("x^2+3y^2"), first_view(read_loss("x^2+3y^2"))),
    "regression": lambda: regression_scene(((1.0, 2.0), (2.0, 1.0))),
    **{preset.formula: partial(scene_of, preset.formula) for preset in RULES},
}


def test_one_sentence_is_two_of_which_paper_has_the_one_without_hands() -> None:
    rising = is_above("slope", 0.0)
    assert with_paper(
        Case("{a} grew. ⟨Drag Δx to 0: w|W⟩hat stays?⟨ Press Step.⟩", (rising,)), Case("Flat.")
    ) == (
        Case("{a} grew. Drag Δx to 0: what stays? Press Step.", (rising, is_at("switch:paper", 0.0))),
        Case("{a} grew. What stays?", (rising,)),
        Case("Flat."),
    )


@pytest.mark.parametrize("name", SCENES)
def test_nothing_on_paper_asks_for_a_hand(name: str) -> None:
    scene = SCENES[name]()
    told = [scene.sentence, *(readout.text for readout in scene.readouts)]
    cases = [one for cases in told for one in ((Case(cases),) if isinstance(cases, str) else cases)]
    asks = [case.text for case in cases if HANDS.search(case.text) and ON_SCREEN not in case.when]
    assert asks == []
    assert not any(sign in case.text for case in cases for sign in "⟨⟩")
