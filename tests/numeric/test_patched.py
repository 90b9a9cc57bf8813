"""The derivative with its exceptions: a number exactly where the difference quotient has a limit."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import analyse, patched_derivative


@pytest.mark.parametrize(
    ("formula", "place", "slope"),
    [
        ("x|x|", 0.0, 0.0),
        ("|x|^3", 0.0, 0.0),
        ("{x<0: -x^2, x^2}", 0.0, 0.0),
        ("x^3", 0.0, 0.0),
        ("sqrt(x^4)", 0.0, 0.0),
    ],
)
def test_a_slope_that_the_formula_leaves_out_is_there(formula, place, slope):
    f = parse(formula)
    assert patched_derivative(f, analyse(f, (-2.0, 2.0)))(place) == slope


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("{x<0: -x, x^2}", 0.0),
        ("{x<1: 1, 2}", 1.0),
        ("sign(x)", 0.0),
        ("|x|", 0.0),
        ("floor(x)", 1.0),
        ("x/x", 0.0),
        ("min(x, 1)", 1.0),
    ],
)
def test_no_slope_is_given_where_there_is_none(formula, place):
    f = parse(formula)
    slope = patched_derivative(f, analyse(f, (-2.0, 2.0)))
    assert np.isnan(slope(place))
    assert np.isfinite(slope(place + 1e-6))
    assert np.isfinite(slope(place - 1e-6))
