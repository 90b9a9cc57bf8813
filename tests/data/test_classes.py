"""The logistic fit against SciPy's minimiser, the course's numbers, and data that have no best fit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from explorer.data import DataError, logistic

HOURS = [
    0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
]  # fmt: skip
PASSED = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]
ROW = st.tuples(st.integers(-40, 40).map(lambda n: n / 4), st.booleans())


def peer(x, labels, shrinking=0.0):
    """The least mean log loss + shrinking·slope² by SciPy, from its own derivatives, in standardised x."""
    x, labels = np.asarray(x, dtype=float), np.asarray(labels, dtype=float)
    middle, width = x.mean(), x.std()
    u = (x - middle) / width
    held = shrinking / width**2

    def loss(v):
        z = v[0] * u + v[1]
        return -np.mean(labels * log_expit(z) + (1 - labels) * log_expit(-z)) + held * v[0] ** 2

    def slope(v):
        error = expit(v[0] * u + v[1]) - labels
        return np.array([np.mean(error * u) + 2 * held * v[0], np.mean(error)])

    found = minimize(loss, np.zeros(2), jac=slope, method="BFGS", options={"gtol": 1e-10})
    return found.x[0] / width, found.x[1] - found.x[0] * middle / width, found.fun


def test_the_hours_of_study():
    line = logistic(HOURS, PASSED)
    assert line.slope == pytest.approx(1.504645, abs=5e-7)
    assert line.intercept == pytest.approx(-4.077713, abs=5e-7)
    assert line.root == pytest.approx(2.710083, abs=5e-7)
    assert line.loss == pytest.approx(0.401494, abs=5e-7)
    assert line.loss * 20 == pytest.approx(8.029878, abs=5e-7)


@given(st.lists(ROW, min_size=4, max_size=30))
def test_a_fit_is_that_of_scipy_and_is_refused_where_there_is_none(rows):
    x, labels = [a for a, _ in rows], [int(b) for _, b in rows]
    zeros, ones = [a for a, b in rows if not b], [a for a, b in rows if b]
    apart = not zeros or not ones or len(set(x)) == 1
    if apart or max(zeros) <= min(ones) or max(ones) <= min(zeros):
        with pytest.raises(DataError):
            logistic(x, labels)
        return
    line, (slope, intercept, loss) = logistic(x, labels), peer(x, labels)
    assert line.loss == pytest.approx(loss, abs=1e-9)
    assert line.loss <= loss + 1e-14
    assert (line.slope, line.intercept) == pytest.approx((slope, intercept), rel=1e-4, abs=1e-4)
    error = expit(line.slope * np.array(x) + line.intercept) - labels
    assert abs(error.sum()) < 1e-9 * len(x)
    assert abs((error * np.array(x)).sum()) < 1e-9 * len(x) * (1 + max(map(abs, x)))


@pytest.mark.parametrize(("scale", "shift"), [(1e-200, 0.0), (1e200, 0.0), (1.0, 1e6), (1e-3, -5.0)])
def test_other_units_move_the_line_along(scale, shift):
    line = logistic([scale * x + shift for x in HOURS], PASSED)
    plain = logistic(HOURS, PASSED)
    assert line.slope * scale == pytest.approx(plain.slope, rel=1e-8)
    assert line.root == pytest.approx(scale * (plain.root or math.nan) + shift, rel=1e-8)
    assert line.loss == pytest.approx(plain.loss, rel=1e-9)


def test_labels_turned_round_turn_the_line_round():
    line, turned = logistic(HOURS, PASSED), logistic(HOURS, [1 - label for label in PASSED])
    assert (turned.slope, turned.intercept) == pytest.approx((-line.slope, -line.intercept))


def test_classes_that_tell_nothing_have_a_level_line():
    line = logistic([1, 1, 2, 2], [0, 1, 0, 1])
    assert line.slope == pytest.approx(0, abs=1e-12)
    assert line.loss == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("x", "labels", "says"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], "separates"),
        ([1, 2, 3, 4], [1, 1, 0, 0], "separates"),
        ([1, 2, 2, 3], [0, 0, 1, 1], "The classes touch"),
        ([1, 2, 3], [1, 1, 1], "class 1"),
        ([1, 2, 3], [0, 2, 1], "Row 2"),
        ([1, 1, 1], [0, 1, 0], "All points stand at x = 1"),
        ([1], [1], "All points belong to class 1"),
        ([1, 2], [0], "2 values of x and 1"),
        ([1, float("nan"), 2], [0, 1, 0], "Row 2"),
    ],
)
def test_what_has_no_fit_gets_a_sentence(x, labels, says):
    with pytest.raises(DataError, match=says):
        logistic(x, labels)


@given(st.lists(ROW, min_size=4, max_size=30), st.sampled_from([0.001, 0.1, 2.0]))
def test_a_slope_that_is_held_back_has_a_fit_wherever_there_are_two_classes(rows, shrinking):
    x, labels = [a for a, _ in rows], [int(b) for _, b in rows]
    if len(set(labels)) == 1 or len(set(x)) == 1:
        with pytest.raises(DataError):
            logistic(x, labels, shrinking)
        return
    line, (slope, intercept, loss) = logistic(x, labels, shrinking), peer(x, labels, shrinking)
    assert line.loss == pytest.approx(loss, abs=1e-9)
    assert line.loss <= loss + 1e-14
    assert (line.slope, line.intercept) == pytest.approx((slope, intercept), rel=1e-4, abs=1e-4)
