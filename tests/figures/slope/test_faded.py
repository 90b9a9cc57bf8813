"""What is too small for a double is told from what is 0."""

import pytest

from explorer.expression import parse
from explorer.figures.slope.scene import slope_scene
from explorer.numeric import Window
from tests.figures.slope.test_scene import holds, quantities, said


@pytest.mark.parametrize(
    ("formula", "place"),
    [("e^(-x^2)", 700.0), ("x^(-200)", 700.0), ("sigmoid(x)", -800.0), ("{x=0: 0, e^(-1/x^2)}", 0.01)],
)
def test_a_slope_that_is_too_small_for_a_double_is_not_said_to_be_0(formula, place):
    """It is −1400·e^(−490000), say; the tangent, which is level as far as eyes can tell, is drawn."""
    scene = slope_scene(parse(formula), Window((-900.0, 900.0), (-2.0, 2.0), False), 1.0)
    assert said(scene.sentence, scene, place).startswith("The slope is too small for a double here")
    told = [c for panel in scene.panels for mark in panel.marks for c in getattr(mark, "when", ())]
    assert all(holds(c, {"x0": place} | quantities(scene, place)) for c in told if c[3] == "sure")


@pytest.mark.parametrize(("formula", "place"), [("3", 1.0), ("floor(x)", 0.5), ("max(0,x)^2", -1.0)])
def test_a_slope_that_is_exactly_0_is_said_to_be(formula, place):
    scene = slope_scene(parse(formula), Window((-4.0, 4.0), (-4.0, 4.0), False), 1.0)
    assert said(scene.sentence, scene, place).startswith("Flat here: slope 0.")
