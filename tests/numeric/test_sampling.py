"""Curves that do not lie: gaps where there are breaks, end points on them, and nothing missed between points."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Band, Curve, analyse, derivative_values, sample
from tests.numeric.wellformed import check_sample

WINDOW = (-3.1, 3.3)


def curve(text, window=WINDOW, **options):
    found = sample(parse(text), window, **options)
    assert isinstance(found, Curve)
    check_sample(found, window)
    return found


def gaps(found):
    return found.x[np.isnan(found.y)]


def chords(found):
    """The joined neighbours: (x of both, y of both)."""
    joined = np.isfinite(found.y[1:]) & np.isfinite(found.y[:-1])
    return np.stack([found.x[:-1], found.x[1:], found.y[:-1], found.y[1:]])[:, joined]


@pytest.mark.parametrize(
    "text",
    [
        "1/x", "tan(x)", "floor(x)", "|x|/x", "sign(x)", "sin(x)/x", "1/sin(x)", "ln|x|", "arctan(1/x)", "1/(x^2-2)",
        "e^(1/x)", "sec(x)", "{x<0: x^2, x<1: x, 2}", "1/(x^2-2x+1)", "tan(50x)", "sin(1/x)",
    ],
)  # fmt: skip
def test_every_break_is_a_gap_and_no_chord_crosses_one(text):
    breaks = [b.x for b in analyse(parse(text), WINDOW).breaks if not b.continuous]
    found = curve(text)
    assert set(breaks) <= set(gaps(found))
    left, right, _, _ = chords(found)
    for x in breaks:
        assert not np.any((left < x) & (x < right))


@pytest.mark.parametrize("text", ["|x|", "x^(2/3)", "cbrt(x)", "x^2", "x|x|", "max(x,0)"])
def test_a_curve_that_runs_through_has_no_gap(text):
    found = curve(text)
    assert not gaps(found).size
    assert (found.x[0], found.x[-1]) == WINDOW


def test_corners_are_drawn_sharp():
    assert 0.0 in curve("|x-1|").y


def test_jumps_end_exactly_on_the_break():
    found = curve("floor(x)")
    at = np.flatnonzero(np.isnan(found.y) & (found.x == 1))[0]
    assert found.x[at - 1 : at + 2].tolist() == [1, 1, 1]
    assert (found.y[at - 1], found.y[at + 1]) == (0, 1)


def test_holes_are_approached_from_both_sides():
    found = curve("sin(x)/x")
    at = np.flatnonzero(np.isnan(found.y))[0]
    assert (found.x[at - 1], found.y[at - 1], found.x[at + 1], found.y[at + 1]) == (0, 1, 0, 1)


def test_the_curve_starts_where_the_domain_does():
    found = curve("sqrt(x)")
    first = np.flatnonzero(np.isfinite(found.y))[0]
    assert (found.x[first], found.y[first]) == (0, 0)
    assert not np.isfinite(found.y[found.x < 0]).any()


@pytest.mark.parametrize("text", ["1/x", "tan(x)", "1/x^2", "ln|x|"])
def test_poles_leave_the_picture_but_not_the_page(text):
    """Far beyond what a window shows, yet nothing astronomical."""
    height = np.nanmax(np.abs(curve(text).y))
    assert 5 < height < 1e7


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("sin(50x)", (-3, 3)), ("e^(-1000x^2)", (-3, 3)), ("1/(x^2+0.001)", (-3, 3)), ("x^2", (-3, 3)),
        ("e^(-100000x^2)", (-3, 3)), ("sqrt(x)", (0, 4)), ("sqrt(1-x^2)", (-2, 2)), ("x^x", (-1, 3)),
        ("3x^4-5x^2+2x", (-2.3, 2.3)), ("sin((4x)^2)", (-3, 3)), ("|sin(10x)|", (-3, 3)), ("cbrt(x)", (-3, 3)),
    ],
)  # fmt: skip
def test_chords_stay_with_the_curve(text, window):
    """Three places on every chord: nowhere farther than 1.5 % of the height from the curve."""
    f, found = parse(text), curve(text, window)
    a, b, ya, yb = chords(found)
    for share in (0.25, 0.5, 0.75):
        miss = np.abs(f(a + share * (b - a)) - (ya + share * (yb - ya)))
        assert miss.max() < 0.015 * np.ptp(
            f(np.linspace(*window, 999)[1:-1])[np.isfinite(f(np.linspace(*window, 999)[1:-1]))]
        )


@pytest.mark.parametrize("text", ["x^2", "sin(x)", "1/x", "tan(x)", "e^x", "sqrt(x)"])
def test_about_as_many_points_as_asked(text):
    assert 300 < curve(text).x.size < 2000
    assert 80 < curve(text, n=200).x.size < 500


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize(
    "text", ["x^3", "sin(3x)", "1/x", "e^(2x) cos x", "ln(x)", "x^(2/3)", "|x|", "sqrt(x)"]
)
def test_derivative_curves_against_finite_differences(text, order):
    f, found = parse(text), curve(text, order=order)
    inside = np.isfinite(found.y) & (np.abs(found.x) > 0.1) & (found.x > WINDOW[0]) & (found.x < WINDOW[1])
    x, h = found.x[inside], 1e-4
    first, second = (f(x + h) - f(x - h)) / (2 * h), (f(x + h) - 2 * f(x) + f(x - h)) / h**2
    expected = first if order == 1 else second
    assert found.y[inside] == pytest.approx(expected, rel=2e-4, abs=2e-5)


@pytest.mark.parametrize("text", ["|x|", "cbrt(x)", "x^(2/3)", "sign(x)", "1/x", "sin(x)/x", "max(x,0)"])
def test_the_slope_has_a_gap_wherever_there_is_no_derivative(text):
    assert 0.0 in gaps(curve(text, order=1))


def test_the_slope_of_a_corner_ends_at_both_one_sided_slopes():
    found = curve("|x|", order=1)
    at = np.flatnonzero(np.isnan(found.y))[0]
    assert (found.y[at - 1], found.y[at + 1]) == (-1, 1)


def test_the_slope_runs_on_where_only_its_formula_fails():
    assert not gaps(curve("x|x|", order=1)).size
    second = curve("x|x|", order=2)
    at = np.flatnonzero(np.isnan(second.y))[0]
    assert (second.x[at], second.y[at - 1], second.y[at + 1]) == (0, -2, 2)


def test_no_noise_is_drawn_next_to_a_hole():
    """The formula of the second derivative of sin(x)/x loses all its digits near 0; the curve does not show it."""
    found = curve("sin(x)/x", order=2)
    assert np.nanmin(found.y) == pytest.approx(-1 / 3, abs=1e-6)


def test_too_many_breaks_make_a_band():
    found = sample(parse("tan(200x)"), WINDOW)
    assert isinstance(found, Band)
    check_sample(found, WINDOW)
    assert np.nanmin(found.low) < -5
    assert np.nanmax(found.high) > 5


def test_waves_too_dense_for_points_make_a_band():
    found = sample(parse("sin(5000x)"), WINDOW)
    assert isinstance(found, Band)
    assert np.all(found.high - found.low > 1)


def test_nowhere_defined_is_an_empty_curve():
    assert not np.isfinite(curve("sqrt(-1-x^2)").y).any()


@pytest.mark.parametrize(("text", "order"), [("e^(2x) cos x", 1), ("x^x", 1), ("sin(x^2)", 2), ("x^5", 3)])
def test_derivative_values_against_central_differences(text, order):
    f, x = parse(text), np.linspace(0.3, 2.5, 57)
    lower = derivative_values(f, np.stack([x - 1e-5, x + 1e-5]), order - 1)
    assert derivative_values(f, x, order) == pytest.approx((lower[1] - lower[0]) / 2e-5, rel=1e-6, abs=1e-6)
    assert math.isnan(derivative_values(parse("ln(x)"), np.array([-1.0]), 1)[0])


@pytest.mark.parametrize(
    ("text", "order", "level"),
    [
        ("(x^2-1)/(x-1)", 1, 1),
        ("(x^2-x-6)/(x-3)", 1, 1),
        ("(x^2+x)/x-1", 1, 1),
        ("x^3/x^2", 1, 1),
        ("(x^3-8)/(x-2)", 2, 2),
        ("(x-1)^3/(x-1)", 2, 2),
        ("(x^4-16)/(x^2-4)", 2, 2),
        ("(3x^2-3x)/(x-1)", 2, 0),
    ],
)
def test_the_rounding_of_a_quotient_is_no_band(text, order, level):
    """Each is a polynomial but for its hole, with a constant derivative of that order."""
    found = sample(parse(text), (-3, 3), order=order)
    assert isinstance(found, Curve)
    assert np.nanmedian(np.abs(found.y - level)) < 1e-9


def test_a_wave_that_rounding_hides_stays_a_band():
    assert isinstance(sample(parse("sin(10^12 x)"), (-3, 3)), Band)
    assert isinstance(sample(parse("x + sin(10^12 x)"), (-3, 3), order=1), Band)
