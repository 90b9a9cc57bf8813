"""Difference quotients, rounding included."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import difference_quotient, quotient_errors


@pytest.mark.parametrize(("h", "slope"), [(1, 3), (0.5, 2.5), (0.001, 2.001), (-1, 1)])
def test_the_quotient_of_the_square_is_2x_plus_h(h, slope):
    assert difference_quotient(parse("x^2"), 1.0, h) == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize(("h", "shown"), [(1e-8, 1.99999999), (1e-12, 2.00018), (1e-16, 0)])
def test_when_computers_subtract(h, shown):
    assert float(difference_quotient(parse("x^2"), 1.0, h)) == pytest.approx(shown, rel=1e-5, abs=1e-12)


def test_the_three_kinds():
    f, h = parse("x^2"), np.array([0.5])
    assert difference_quotient(f, 1.0, h, "forward") == pytest.approx([2.5])
    assert difference_quotient(f, 1.0, h, "backward") == pytest.approx([1.5])
    assert difference_quotient(f, 1.0, h, "centred") == pytest.approx([2])


def test_the_trap_of_the_centred_quotient():
    h = np.logspace(0, -8, 9)
    assert np.all(difference_quotient(parse("|x|"), 0.0, h, "centred") == 0)
    assert np.all(difference_quotient(parse("|x|"), 0.0, h) == 1)
    assert np.all(difference_quotient(parse("|x|"), 0.0, -h) == -1)


def test_undefined_is_nan():
    assert np.isnan(difference_quotient(parse("x^2"), 1.0, 0.0))
    assert np.isnan(difference_quotient(parse("ln(x)"), 1.0, -2.0))
    assert np.isnan(difference_quotient(parse("1/x"), 0.0, 1.0))


def test_errors_of_the_sine():
    found = quotient_errors(parse("sin(x)"), 1.0)
    assert found.slope == pytest.approx(math.cos(1))
    assert found.truncation_forward == pytest.approx(found.h / 2 * math.sin(1))
    assert found.truncation_centred == pytest.approx(found.h**2 / 6 * math.cos(1))
    coarse = (found.h > 1e-4) & (found.h < 1e-2)
    assert found.forward[coarse] == pytest.approx(found.truncation_forward[coarse], rel=0.01)
    assert found.centred[coarse] == pytest.approx(found.truncation_centred[coarse], rel=0.01)
    # Theory's best h is within a factor of 30 of the measured one, which is ragged.
    for errors, best in ((found.forward, found.best_forward), (found.centred, found.best_centred)):
        measured = found.h[np.argmin(np.where(errors > 0, errors, np.inf))]
        assert 1 / 30 < measured / best < 30
    assert 1e-9 < found.best_forward < 1e-7 < found.best_centred < 1e-4
    assert found.forward[-1] > 0.1


def test_the_centred_quotient_of_the_square_has_no_truncation_error():
    found = quotient_errors(parse("x^2"), 1.0)
    assert np.all(found.truncation_centred == 0)
    assert math.isnan(found.best_centred)
    assert np.all(found.centred[found.h > 1e-3] < 1e-12)
