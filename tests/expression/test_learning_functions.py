"""What machine learning types: rectifiers, steps and remainders, and conditions with = and ≠."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.expression import parse, text_of
from explorer.expression.presentation import shown_derivative
from explorer.numeric.breaks import find_breaks

FLOATS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("heaviside(x)", (-2, -0.0, 0, 1e-300), (0, 0.5, 0.5, 1)),
        ("round(x)", (0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 1e300), (1, -1, 2, 3, -3, 0, 1e300)),
        ("mod(x, 3)", (7, -7, 3, -3, 0.5), (1, 2, 0, 0, 0.5)),
        ("mod(x, -3)", (7, -7, 3, 0.5), (-2, -1, 0, -2.5)),
        ("mod(7, x)", (0, 4, -4), (np.nan, 3, -1)),
        ("relu(x - 1)", (-5, 1, 3), (0, 0, 2)),
        ("{x=0: 5, x^2}", (0, 2), (5, 4)),
        ("{x≠0: x^2, 5}", (0, 2), (5, 4)),
        ("{x<0: 1, x=0: 2, 3}", (-1, 0, 1), (1, 2, 3)),
        ("{x != 1 and x != 2: 1}", (0, 1, 2), (1, np.nan, np.nan)),
        ("⌊x⌋ + ⌈x⌉", (1.5, 2), (3, 4)),
        ("2⌊x/2⌋", (5, -1), (4, -2)),
    ],
)
def test_values_by_definition(text, at, value):
    np.testing.assert_array_equal(parse(text)(np.array(at, dtype=float)), value)


@pytest.mark.parametrize("at", [-37.0, -20.0, -8.5, -4.0, -1.3, -0.9, -1e-9, 0.0, 0.7, 1.2, 3.0, 9.0, 40.0])
def test_both_tails_are_exact(at):
    """Relative to fifty digits: no difference of nearly equal numbers, no overflow."""
    u = mpmath.mpf(at)
    phi = mpmath.ncdf(u)
    bell = mpmath.npdf(u)
    sigma = 1 / (1 + mpmath.exp(-u))
    for text, value, slope in (
        ("normcdf(x)", phi, bell),
        ("gelu(x)", u * phi, phi + u * bell),
        ("softplus(x)", mpmath.log1p(mpmath.exp(u)), sigma),
        ("sigmoid(x)", sigma, sigma * (1 - sigma)),
    ):
        f = parse(text)
        assert float(f(at)) == pytest.approx(float(value), rel=2e-15, abs=1e-320)
        # The terms of GELU′ may nearly cancel, and so may 1 − σ; e^(−u²/2) has the rounding of u²/2.
        near = float(abs(phi) + abs(u * bell))
        rounding = 1e-15 * (1 + at * at)
        assert float(f.derivative()(at)) == pytest.approx(float(slope), rel=rounding, abs=near * rounding)


@given(FLOATS, FLOATS.filter(bool))
def test_a_remainder_has_the_sign_of_the_divisor_and_what_is_taken_away_is_whole(u, v):
    rest = float(parse("mod(x, y)", ("x", "y"))(u, v))
    assert rest == u % v
    assert rest * v >= 0
    assert abs(rest) <= abs(v)


@given(FLOATS)
def test_rounding_is_to_the_nearest_whole_number_and_halves_go_away_from_zero(u):
    whole = float(parse("round(x)")(u))
    assert whole == int(whole)
    off = abs(whole - u)
    assert off < 0.5 or (off == 0.5 and abs(whole) > abs(u))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("mod(x, 2)", [-4, -2, 0, 2, 4]),
        ("mod(2x, 3)", [-4.5, -3, -1.5, 0, 1.5, 3, 4.5]),
        ("mod(x, -2)", [-4, -2, 0, 2, 4]),
        ("mod(5, x + 6)", [-4.75, -13 / 3, -3.5, -1]),
        ("round(2x)", [k / 2 + 0.25 for k in range(-10, 10)]),
        ("relu(x^2 - 1)", [-1, 1]),
        ("heaviside(x - 1)", [1]),
        ("{x=1: 3, x^2}", [1]),
        ("{x≠-2: x^2, 3}", [-2]),
        ("{x=1: 1, x^2}", [1]),
    ],
)
def test_breaks_are_found(text, places):
    found = find_breaks(parse(text), -4.9, 4.95)
    seen = {b.x for b in found.breaks} | {place.x for place in found.smooth}
    assert sorted(seen) == pytest.approx(places, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{x=0: 0, x^2}", "{x != 0:2x}"),
        ("{x≠0: x^2, 5}", "{x != 0:2x}"),
        ("{x<0: 1/x, x=0: 0, x}", "{x<0:-1/x^2,x>0:1}"),
        ("{x=0:1, x=1:2, x^2}", "{x<0:2x,0<x and x<1:2x,x>1:2x}"),
        ("{x^2=1: 0, x}", "{x^2 != 1:1}"),
        ("relu(3x)", "{3x>0:3,3x<0:0}"),
        ("mod(x^2, 3)", "2x"),
        ("round(x)", "0"),
    ],
)
def test_a_derivative_is_shown_without_the_joints(text, shown):
    assert text_of(shown_derivative(parse(text).derivative().root)) == shown
