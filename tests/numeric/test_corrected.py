"""The derivative with its exceptions: a number exactly where the difference quotient has a limit."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import analyse, corrected_derivative, corrected_second


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
    assert corrected_derivative(f, analyse(f, (-2.0, 2.0)))(place) == slope


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
    slope = corrected_derivative(f, analyse(f, (-2.0, 2.0)))
    assert np.isnan(slope(place))
    assert np.isfinite(slope(place + 1e-6))
    assert np.isfinite(slope(place - 1e-6))


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("{x<0: x^2, 2x}", 0.0),  # a corner
        ("{x<0: x^2, 2x^2}", 0.0),  # smooth, but f′ has a corner
        ("x|x|", 0.0),
        ("floor(x)", 1.0),
        ("x^(4/3)", 0.0),  # f′ stands upright
        ("ln x", -1.0),
    ],
)
def test_no_second_derivative_is_given_where_there_is_none(formula, place):
    f = parse(formula)
    assert np.isnan(corrected_second(f, analyse(f, (-2.0, 2.0)))(place))


@pytest.mark.parametrize(
    ("formula", "place", "bend"),
    [
        ("x^2|x|", 0.0, 0.0),
        ("|x|^3", 0.0, 0.0),
        ("{x<0: x^2, x<=0: 0, x^2}", 0.0, 2.0),
        ("x^3", 1.0, 6.0),
        ("{x<0: x^2, 2x}", -1.0, 2.0),
        ("ln x", 2.0, -0.25),
    ],
)
def test_a_second_derivative_is_there_where_the_slopes_have_a_slope(formula, place, bend):
    f = parse(formula)
    assert corrected_second(f, analyse(f, (-2.0, 2.0)))(place) == pytest.approx(bend, abs=1e-9)


@pytest.mark.parametrize(
    ("formula", "place", "bend"),
    [
        ("erf(1000x)", 0.0, 0.0),
        ("erf(4000(x-1))", 1.0, 0.0),
        ("e^(-10^6 x^2)", 0.0, -2e6),
        ("x^3|x|", 0.0, 0.0),
    ],
)
def test_a_second_derivative_is_there_however_narrow_the_bend(formula, place, bend):
    """Doubtful places of f′, where the formula of f″ and the quotient agree."""
    f = parse(formula)
    assert float(corrected_second(f, analyse(f, (-3.0, 3.0)))(place)) == pytest.approx(bend)
