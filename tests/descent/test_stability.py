"""Bounds and condition numbers; what is shown is rounded down."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.descent import number, place, round_down, stability
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
    [(2 / 26, 0.076923), (1.0, 1.0), (0.3, 0.3), (2 / 78.58004606, 0.025451), (0.06, 0.06)],
)
def test_rounding_down(value, shown):
    assert round_down(value) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [(-4.8, "−4.8"), (3, "3"), (3.2e-9, "3.2·10⁻⁹"), (-1.5e12, "−1.5·10¹²"), (math.nan, "undefined")],
)
def test_numbers_are_written_with_true_minus_signs(value, text):
    assert number(value) == text


def test_places():
    assert place([-1.0], ("x",)) == "x = −1"
    assert place([0.5, 1e-17], XY) == "(x, y) = (0.5, 0)"
