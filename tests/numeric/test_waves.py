"""How often f turns across a window, against closed forms: which functions are too fast for a picture, which not."""

import math
import random

import pytest

from explorer.descent.problems import PROBLEMS
from explorer.expression import parse
from explorer.numeric import Window
from explorer.numeric.plane import choose_plane
from explorer.numeric.waves import STRETCHES, outruns, turns_across
from explorer.presets import SURFACES

PLANE = ("x", "y")
SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
PIECES = 60

ORDINARY = (
    "1/(1+25(x^2+y^2))",
    "(1-x)^2 + 100(y-x^2)^2",
    "1/(x y)",
    "1/(x^2+y^2)",
    "tan(3x) tan(3y)",
    "floor(5x) floor(5y)",
    "floor(50x y)",
    "floor(20x) + y",
    "x y/(x^2+y^2)",
    "e^(x y)",
    "x^y",
    "ln(x y)",
    "5",
    "cos(x)^2 + sin(x)^2 + 0y",
    "(x^2-1)/(x-1) + y",
    "sin(1/x) + y",
    "sin(1/(x^2+y^2))",
    "x^2 + y^2 + 0.001sin(300x)",
    "sqrt(-1-x^2) + y",
)
FAST = (
    "sin(300x) cos(300y)",
    "sin(300x) + 0y",
    "sin(100x) + y",
    "sin(40x) + y",
    "sin(60x y)",
    "sin(100(x+y))",
    "sin(15π x) + 0y",  # 0 at every place of an even grid
    "cos(30π y) + x/10",
    "sin(1000(x^2+y^2))",
    "sign(sin(200y)) + x",
    "20x - floor(20x) + y",
    "|sin(50x)| e^y",
    "x^2 + y^2 + 0.3sin(300x)",
)


HIDDEN = (
    "sin(1E300 x y)",
    "sin(1E17 x) + y",
    "max(cos(10^200 (x-y)), y/4)",
    "tan(1E20 x) y",
    "sin(10^300/(1+x^2)) e^y",
    "cos(1E18 x) sin(1E18 y)",
)
"""Waves of which a double knows no angle: their values are noise."""


def turns(text, window=SQUARE, **ripple):
    return turns_across(parse(text, PLANE), window, **ripple)


@pytest.mark.parametrize("k", [3, 8, 17, 29, 43])
def test_the_turns_of_a_sine_are_counted_along_each_side(k):
    for text, there in ((f"sin({k}x) + 0y", 0), (f"cos({k}y) + x/9", 1)):
        counted = turns(text)
        assert counted[there] == pytest.approx(4 * k / math.pi, abs=STRETCHES)
        assert counted[1 - there] == 0


@pytest.mark.parametrize("text", ORDINARY)
def test_hills_poles_steps_and_ripples_are_not_too_fast(text):
    assert not outruns(max(turns(text)), PIECES)


@pytest.mark.parametrize("text", HIDDEN)
def test_a_wave_whose_angle_rounding_hides_is_too_fast(text):
    assert outruns(max(turns(text)), PIECES)


def test_along_a_line_on_which_its_angle_stays_such_a_wave_does_not_turn():
    assert turns("sin(1E17 x) + y")[1] == 0


@pytest.mark.parametrize(
    "text", ["{x>0: sin(1E20 y), x + y}", "(x+1)^2-x^2-2x-1+0y", "x + y + sin(1E20 x)/1E9"]
)
def test_noise_in_a_small_part_or_in_nothing_is_none(text):
    assert max(turns(text, Window((-2.0, 0.1), (-2.0, 2.0), equal=False))) == 0


@pytest.mark.parametrize("text", FAST)
def test_waves_that_a_grid_steps_over_are_too_fast(text):
    assert outruns(max(turns(text)), PIECES)
    closer = Window((0.3, 0.3 + 4e-3), (0.3, 0.3 + 4e-3), equal=True)
    assert not outruns(max(turns(text, closer)), PIECES)


def test_no_wave_is_too_fast_to_be_met():
    chance = random.Random(7)
    for _ in range(40):
        k, angle = 10 ** chance.uniform(1.8, 7), chance.uniform(0, math.pi)
        text = f"sin({k * math.cos(angle):.6f}x + {k * math.sin(angle):.6f}y)"
        assert outruns(max(turns(text)), PIECES), text


def test_no_preset_is_too_fast():
    planes = [(parse(p.formula, PLANE), choose_plane(parse(p.formula, PLANE))) for p in SURFACES]
    planes += [(p.loss, Window(*p.windows, equal=True)) for p in PROBLEMS if len(p.variables) == 2]
    for f, window in planes:
        for ripple in (0.02, 0.0):
            assert not outruns(max(turns_across(f, window, ripple)), PIECES), f.text


def test_what_rounding_does_is_no_turn():
    for text in ("cos(x)^2 + sin(x)^2 + 0y", "(x+1)^2 - x^2 - 2x - 1 + 0y", "1000000000000 + x + y"):
        assert turns(text, ripple=0.0) == (0, 0), text
