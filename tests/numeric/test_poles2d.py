"""Poles of a surface at single places, by hand: where its formula divides by 0, and f is unbounded around it."""

import pytest

from explorer.expression import parse
from explorer.numeric.poles2d import pole_places

SPAN = (-2.0, 2.0)
ORIGIN = ((0.0, 0.0),)
POLES = {
    "1/(x^2+y^2)": ORIGIN,
    "ln(x^2+y^2)": ORIGIN,
    "(x+y)/(x^2+y^2)^2": ORIGIN,
    "1/(|x|+|y|)": ORIGIN,
    "(x^2+y^2)^(-0.1)": ORIGIN,
    "1/(1-cos(x)cos(y))": ORIGIN,
    "ln(x)/(x^2+y^2)": ORIGIN,  # half of it has no value
    "{x^2+y^2<1: 1/(x^2+y^2), 1}": ORIGIN,
    "e^(1/(x^2+y^2))": ORIGIN,
    "1/(x^2-2x+1+y^2)": ((1.0, 0.0),),
    "1/((x-1)^2+(y+1/3)^2)": ((1.0, -1 / 3),),
    "1/((x^2-1)^2+y^2)": ((-1.0, 0.0), (1.0, 0.0)),
}
NONE = (
    "sin(x^2+y^2)/(x^2+y^2)",
    "x y/(x^2+y^2)",
    "x^2 y/(x^4+y^2)",
    "(x^2+y^2)ln(x^2+y^2)",
    "(x^4-y^4)/(x^2+y^2)",
    "(1-cos(x^2+y^2))/(x^2+y^2)^2",  # rounding grows, f does not
    "1/(1+10^6(x^2+y^2))",
    "1/(1+10^12(x^2+y^2))",
    "1/(10^(-8)+x^2+y^2)",
    "arctan(1/(x^2+y^2))",
    "sin(1/(x^2+y^2))",
    "arctan(ln(x^2+y^2))",
    "e^(-1/(x^2+y^2))",
    "sqrt(x^2+y^2)",
    "1/(x-y)",  # a line of them
)


@pytest.mark.parametrize("text", POLES)
def test_a_place_around_which_f_has_no_bound_is_found(text):
    found = sorted(pole_places(parse(text, ("x", "y")), SPAN, SPAN))
    assert len(found) == len(POLES[text])
    for place, there in zip(found, POLES[text], strict=True):
        assert place == pytest.approx(there, abs=1e-9)


@pytest.mark.parametrize("text", NONE)
def test_a_hole_a_peak_and_noise_are_no_pole(text):
    assert pole_places(parse(text, ("x", "y")), SPAN, SPAN) == ()
