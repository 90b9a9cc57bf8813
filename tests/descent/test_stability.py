"""Bounds and condition numbers; what is shown is rounded down."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.descent import as_known, descend, number, place, round_down, stability
from explorer.descent.landscape import Landscape
from explorer.descent.stability import minima_below, minimum_below, said_beside
from explorer.expression import parse

XY = ("x", "y")


def test_eigenvalues_and_bounds_of_a_quadratic():
    here = stability(parse("x^2 + 25y^2", XY), (3, 4))
    assert here.eigenvalues == pytest.approx([2, 50])
    assert here.condition_number == pytest.approx(25)
    assert here.quadratic
    assert here.bound() == pytest.approx(0.04)
    assert here.bound("momentum", momentum=0.5) == pytest.approx(0.06)
    assert here.bound("nesterov", momentum=0.5) == pytest.approx(0.03)
    assert here.best_rate == pytest.approx(2 / 52)
    assert [here.bound(name) for name in ("adagrad", "rmsprop", "adam", "newton")] == [None] * 4
    assert here.bound("gd", backtracking=1) is None


def test_no_condition_number_at_a_saddle_and_no_bound_on_a_hilltop():
    saddle = stability(parse("x^2 - y^2", XY), (0, 0))
    assert math.isnan(saddle.condition_number)
    assert saddle.best_rate is None
    assert saddle.bound() == pytest.approx(1)
    assert stability(parse("-x^2"), 0).bound() is None


def test_a_point_without_second_derivatives():
    here = stability(parse("|x|"), 0)
    assert np.isnan(here.eigenvalues).all()
    assert here.bound() is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2", True),
        ("(x-3)^2 + 4x", True),
        ("x*x", True),
        ("x^4", False),
        ("|x|", False),
        ("floor(x) + x^2", False),
        ("sign(x-7) + 3x^2", False),
        ("x^2 + ln(x)", False),
    ],
)
def test_bounds_are_local_unless_the_loss_is_quadratic(text, expected):
    assert stability(parse(text), 1.5).quadratic is expected


@given(st.floats(1e-12, 1e12), st.integers(1, 8))
def test_rounding_down_never_rounds_up_and_loses_little(value, digits):
    shown = round_down(value, digits)
    assert shown <= value * (1 + 1e-15)
    assert shown > value * (1 - 10.0 ** (1 - digits))
    assert float(f"{shown:.{digits - 1}e}") == pytest.approx(shown, rel=1e-15)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2 / 26, 0.076923),
        (1.0, 1.0),
        (0.999999, 0.99999),
        (0.3, 0.3),
        (2 / 78.58004606, 0.025451),
        (0.06, 0.06),
    ],
)
def test_rounding_down(value, shown):
    assert round_down(value) == shown


@pytest.mark.parametrize(
    "loss", ["e^x - 2x + (y-1)^2 + 5", "cosh(x-0.3) - sinh(x-0.3) + x + y^2", "x^2 + y^2"]
)
@pytest.mark.parametrize("rate", [0.4, 0.9999, 0.9999999, 1.001, 1.0000001])
def test_rate_and_bound_show_which_is_larger(loss, rate):
    f = parse(loss, ("x", "y"))
    bound = as_known(2 / minimum_below(Landscape(f), (0.1, 0.2)).largest)
    assert said_beside(rate, bound) == (rate, 1.0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(-4.8, "−4.8"), (3, "3"), (3.2e-9, "3.2·10⁻⁹"), (-1.5e12, "−1.5·10¹²"), (math.nan, "undefined")],
)
def test_numbers_are_written_with_true_minus_signs(value, text):
    assert number(value) == text


def test_places():
    assert place([-1.0], ("x",)) == "x = −1"
    assert place([0.5, 1e-17], XY) == "(x, y) = (0.5, 0)"


TAILS = [
    *(("1/x", x) for x in (0.5, 3.0, 1e4)),
    *(("e^x", x) for x in (0.0, -30.0, -60.0, -300.0)),
    *(("1/(1+e^(-x))", x) for x in (-3.0, -40.0, 30.0)),
    ("ln(1+e^(-x))", 20.0),
    ("1/ln(x)", 5.0),
]
FLOORS = [("x^4", 1.0), ("x^4", 0.001), ("(x-1)^6", 3.0), ("x^4 - 4x^3 + 6x^2 - 4x + 1", 3.0)]
MINIMA = [
    ("x + 1/x", 1.5, 1.0, 2.0),
    ("0.000001x + 1/x", 5.0, 1000.0, 2e-9),
    ("cosh(x)", 30.0, 0.0, 1.0),
    ("e^x - 3x", 0.0, math.log(3), 3.0),
    ("1000000 + (x-7)^2", 4.0, 7.0, 2.0),
    ("1 - e^(-x^2)", 3.0, 0.0, 2.0),
    *(("sin(x)", x, -math.pi / 2, 1.0) for x in (-0.07, 0.001, 1.0)),
]


@pytest.mark.parametrize(("text", "start"), TAILS + FLOORS)
def test_far_tails_and_floors_without_curvature_hold_no_minimum(text, start):
    assert minimum_below(Landscape(parse(text)), (start,)) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [("x+sin(x)", 4.0), ("x-cos(x-1)", 6.0), ("2x+cos(2x)", 2.0), ("x^3-3x^2+3x", 2.0), ("e^x-x^2/2-x", 0.7)],
)
def test_where_a_slope_only_touches_0_there_is_no_minimum_and_no_bound(text, start):
    """f' is nowhere negative: these are flat places on the way down, where f'' is 0 but for what doubles know of it."""
    assert minimum_below(Landscape(parse(text)), (start,)) is None
    assert minima_below(Landscape(parse(text)), np.array([[start]])) == [None]


@pytest.mark.parametrize(("text", "start", "place_", "curvature"), MINIMA)
def test_a_minimum_is_found_with_its_curvature(text, start, place_, curvature):
    found = minimum_below(Landscape(parse(text)), (start,))
    assert found is not None
    assert found.point == pytest.approx([place_], rel=1e-9, abs=1e-11)
    assert found.largest == pytest.approx(curvature, rel=1e-7)


def test_in_the_plane_every_direction_must_hold():
    assert minimum_below(Landscape(parse("x^2 + 1/y", XY)), (2.0, 2.0)) is None
    assert minimum_below(Landscape(parse("x^2 + e^y", XY)), (1.0, 1.0)) is None
    assert minimum_below(Landscape(parse("x^2 + y^4", XY)), (1.0, 1.0)) is None
    dish = minimum_below(Landscape(parse("sqrt((x+y)^2 + 4(x-y)^2 + 1)", XY)), (1.0, 0.5))
    assert dish is not None
    assert dish.point == pytest.approx([0, 0], abs=1e-9)
    assert dish.eigenvalues == pytest.approx([2, 8])


@pytest.mark.parametrize("rate", [1e-3, 0.1, 3.0, 100.0])
@pytest.mark.parametrize(("text", "start"), [("1/x", 1.0), ("e^x", 0.0), ("1/(1+e^(-x))", -3.0)])
def test_no_bound_is_quoted_on_the_way_to_no_minimum(text, start, rate):
    reason = descend("gd", parse(text), start, rate, 60).reason
    assert "λmax" not in reason
    assert "/f″" not in reason
    assert "Halving" not in reason


@pytest.mark.parametrize(
    "text",
    [
        *(
            "x^2 + 10y^2",
            "x^4 - 2x^2 + y^2",
            "(1 - x)^2 + 100(y - x^2)^2",
            "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        ),
        *(
            "x^2 - y^2",
            "x y",
            "x^3 + y^2",
            "e^x + y^2",
            "ln(x) + x^2 + y^2",
            "|x| + y^2",
            "sin(x) cos(y)",
            "x^2",
        ),
    ],
)
def test_the_minima_below_many_starts_are_those_below_each(text):
    landscape = Landscape(parse(text, XY))
    starts = np.array([(x, y) for x in (-2.1, -0.4, 0.0, 1.3) for y in (-1.7, 0.0, 0.6, 2.9)])
    many = minima_below(landscape, starts)
    with np.errstate(all="ignore"):
        each = [minimum_below(landscape, tuple(start.tolist())) for start in starts]
    assert [one is None for one in many] == [one is None for one in each]
    for ours, theirs in zip(many, each, strict=True):
        if ours is not None and theirs is not None:
            np.testing.assert_allclose(ours.point, theirs.point, rtol=0, atol=1e-9)
            np.testing.assert_allclose(ours.hessian, theirs.hessian, rtol=1e-7, atol=1e-9)


SEAMED = [  # a loss in pieces, where a descent ends, and whether it is twice differentiable there
    ("{x<0: -x, x>=0: x^2}", 1.3, False),
    ("{x<=0: x^2, x>0: 3x}", -1.3, False),
    ("max(x^2, -2x)", 0.9, False),
    ("{x<1: (x-1)^2 + 1, x>=1: (x-1)^2}", 1.9, False),
    ("{x<0: x^2, x>=0: 5x^2}", 1.0, False),
    ("{x<1: -x, x>=1: (x-2)^2}", 2.5, True),
    ("|x^2 + 1|", 1.0, True),
    ("{x<0: x^2, x>=0: x^2 + x^3}", 0.4, True),
    ("(x-2)^2 + |x|", 2.5, True),
]


@pytest.mark.parametrize(("text", "start", "smooth"), SEAMED)
def test_a_bound_is_said_only_where_a_loss_is_twice_differentiable(text, start, smooth):
    landscape = Landscape(parse(text))
    assert (minimum_below(landscape, (start,)) is not None) is smooth
    assert (minima_below(landscape, np.array([[start]]))[0] is not None) is smooth
    reason = descend("gd", parse(text), start, 0.1, 40).reason
    assert ("the local bound" in reason) is smooth, reason


@pytest.mark.parametrize("text", ["{x<0: -x, x>=0: x^2} + y^2", "{y<0: -y, y>=0: y^2} + (x-y)^2"])
def test_a_corner_in_the_plane_has_no_bound(text):
    assert minimum_below(Landscape(parse(text, XY)), (1.0, 1.5)) is None
