"""Where a surface jumps, by hand: a step of its formula is none of the surface where both sides meet."""

import pytest

from explorer.expression import parse
from explorer.figures.surface.words import critical_table
from explorer.numeric import Window
from explorer.numeric.critical2d import critical_points
from explorer.numeric.leaps2d import growing, leaps_in

SPAN = (-2.0, 2.0)
LEAPS = {
    "mod(x,1)^2+y^2": True,
    "floor(x y)+x^2+y^2": True,
    "{x<=0: x^2+1, x^2}+y^2": True,
    "y sign(x+y-1)": True,
    "10^(-9)*floor(x)": True,
    "|x|+y^2": False,
    "max(x,y)": False,
    "{x<0: -x, x^2}+y^2": False,
    "{x^2+y^2<1: 1-x^2-y^2, 0}": False,
    "sin(pi x)floor(x)+y": False,
    "floor(x/3+1/2)+y^2": True,
    "floor(x/9+1/2)+y^2": False,
}


POLES = {
    "1/(x^2-y)": 1,
    "tan(x y)": 1,
    "1/(x-y)^3": 1,
    "1/(x^2+y^2-1)^2": 1,
    "cot(x)+1/y": 2,
    "ln|x y|": 2,
    "|x-y|^(-0.1)": 1,
    "x/(x^2-y)": 1,
    "floor(x+y)/(x+y)": 1,  # on one bank
    "e^(1/(x-y))": 1,  # on one bank
    "{x<y: 1/(x-y), 1}": 1,
    "{x<y: x/(x-y), y}": 1,
    "{x<y: x, y}": 0,
    "1/(1+e^(1/(x-y)))": 0,
    "ln(x-y)": 0,  # it ends there
    "1/sqrt(1-x^2-y^2)": 0,
    "sin(x-y)/(x-y)": 0,
    "(x^2-y^2)/(x-y)": 0,
    "arctan(1/(x-y))": 0,
    "sin(1/(x-y))": 0,
    "(x-1+|x-1|)/y": 0,  # on a part of y = 0 only
    "1/(x^2+y^2+1)": 0,
    "sqrt(|x-y|)": 0,
}


@pytest.mark.parametrize("text", POLES)
def test_a_pole_is_told_from_an_edge_a_hole_and_a_jump(text):
    assert len(growing(parse(text, ("x", "y")), SPAN, SPAN)) == POLES[text]


@pytest.mark.parametrize("text", LEAPS)
def test_a_jump_is_one_of_the_surface(text):
    assert leaps_in(parse(text, ("x", "y")), SPAN, SPAN) is LEAPS[text]


def test_beside_the_critical_points_it_is_said_that_at_jumps_none_are_sought():
    """mod(x, 1)² + y² is lowest, 0, at (−1, 0), (0, 0) and (1, 0), on its jumps; |x| + y² at a crease that is found."""
    window = Window(SPAN, SPAN, equal=False)
    for text, said in (("mod(x,1)^2+y^2", True), ("|x|+y^2", False)):
        f = parse(text, ("x", "y"))
        label = critical_table(f, window, critical_points(f, SPAN, SPAN)).label
        assert ("at a jump are not sought" in label) is said
