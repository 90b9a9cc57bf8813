"""Least squares against the published tables, NumPy, exact fractions and the course's numbers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data import DataError, least_squares

# NIST Statistical Reference Datasets, linear regression, "Norris": y and x of 36 observations, and certified values.
NORRIS = """
0.1 0.2 338.8 337.4 118.1 118.2 888.0 884.6 9.2 10.1 228.1 226.5 668.5 666.3 998.5 996.3 449.1 448.6 778.9 777.0
559.2 558.2 0.3 0.4 0.1 0.6 778.1 775.5 668.8 666.9 339.3 338.0 448.9 447.5 10.8 11.6 557.7 556.0 228.3 228.1
998.0 995.8 888.8 887.6 119.6 120.2 0.3 0.3 0.6 0.3 557.6 556.8 339.3 339.1 888.0 887.2 998.5 999.0 778.9 779.0
10.2 11.1 117.6 118.3 228.9 229.2 668.4 669.1 449.2 448.9 0.2 0.5
"""
NORRIS_INTERCEPT, NORRIS_SLOPE = -0.262323073774029, 1.00211681802045
NORRIS_SQUARES = 26.6173985294224
ANSCOMBE_X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE = [
    (ANSCOMBE_X, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]),
    (ANSCOMBE_X, [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74]),
    (ANSCOMBE_X, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]),
    ([8] * 7 + [19] + [8] * 3, [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89]),
]
NUMBER = st.integers(-1000, 1000).map(lambda n: n / 8)


def exact_line(x, y) -> tuple[Fraction, Fraction, Fraction]:
    """Slope, intercept and mean square by the normal equations in exact fractions."""
    u, v = [Fraction(value) for value in x], [Fraction(value) for value in y]
    n, sx, sy = len(u), sum(u), sum(v)
    slope = (n * sum(a * b for a, b in zip(u, v, strict=True)) - sx * sy) / (
        n * sum(a * a for a in u) - sx * sx
    )
    intercept = (sy - slope * sx) / n
    return slope, intercept, sum((b - slope * a - intercept) ** 2 for a, b in zip(u, v, strict=True)) / n


def test_the_certified_values_of_norris():
    table = np.array(NORRIS.split(), dtype=float).reshape(-1, 2)
    line = least_squares(table[:, 1], table[:, 0])
    assert line.slope == pytest.approx(NORRIS_SLOPE, rel=1e-13)
    assert line.intercept == pytest.approx(NORRIS_INTERCEPT, rel=1e-11)
    assert line.loss * 36 == pytest.approx(NORRIS_SQUARES, rel=1e-11)


@pytest.mark.parametrize(
    ("x", "y", "slope", "intercept", "loss"),
    [
        (range(1, 11), range(100, 1001, 100), 100, 0, 0),
        (range(1, 11), [*range(100, 901, 100), 10000], 590.9091, -1800, 5301818.18),
        ([1, 2], [5, 3], -2, 7, 0),
        ([0, 0, 1], [0, 2, 5], 4, 1, 2 / 3),
        ([3, 1, 2], [4, 4, 4], 0, 4, 0),
    ],
)
def test_the_lines_of_the_course(x, y, slope, intercept, loss):
    line = least_squares(list(x), list(y))
    assert (line.slope, line.intercept, line.loss) == pytest.approx(
        (slope, intercept, loss), rel=1e-7, abs=1e-9
    )


def test_four_data_sets_with_the_same_line():
    for x, y in ANSCOMBE:
        line = least_squares(x, y)
        assert line.slope == pytest.approx(0.5, abs=5e-4)
        assert line.intercept == pytest.approx(3, abs=5e-3)
        assert line.loss == pytest.approx(1.25, abs=5e-3)


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=2, max_size=30), st.sampled_from([0.0, 1e6, -1e9]))
def test_a_line_is_that_of_exact_fractions(points, far):
    x, y = [far + a for a, _ in points], [b for _, b in points]
    if len(set(x)) == 1:
        with pytest.raises(DataError, match="every slope fits"):
            least_squares(x, y)
        return
    line, (slope, intercept, loss) = least_squares(x, y), exact_line(x, y)
    size = max(map(abs, y)) or 1.0
    reach = max(x) - min(x)
    assert line.slope == pytest.approx(float(slope), rel=1e-12, abs=1e-14 * size / reach)
    assert line.intercept == pytest.approx(
        float(intercept), abs=1e-13 * (size + abs(float(slope)) * max(map(abs, x)))
    )
    assert line.loss == pytest.approx(float(loss), rel=1e-9, abs=1e-14 * size**2)


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=3, max_size=30))
def test_a_line_is_that_of_numpy(points):
    x, y = np.array(points).T
    if np.ptp(x) == 0:
        return
    (intercept, slope), *_ = np.linalg.lstsq(np.column_stack([np.ones_like(x), x]), y, rcond=None)
    line = least_squares(x, y)
    assert (line.slope, line.intercept) == pytest.approx((slope, intercept), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e150])
def test_squares_of_large_and_small_numbers_neither_overflow_nor_vanish(scale):
    line = least_squares([scale * a for a in (1, 2, 3)], [5, 7, 9])
    assert line.slope * scale == pytest.approx(2)
    assert line.intercept == pytest.approx(3)
    upward = least_squares([1, 2, 3], [scale * a for a in (5, 7, 9)])
    assert (upward.slope / scale, upward.intercept / scale) == pytest.approx((2, 3))
    assert least_squares([-1e308, 1e308], [1e308, -1e308]).slope == pytest.approx(-1)


def test_where_the_line_is_zero():
    assert least_squares([1, 2], [5, 3]).root == pytest.approx(3.5)
    assert least_squares([1, 2], [5, 5]).root is None


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        ([], [], "no point"),
        ([1], [2], "One point"),
        ([3, 3, 3], [1, 2, 3], "x = 3"),
        ([1, 2], [1], "2 values of x and 1 of y"),
        ([1, float("nan")], [1, 2], "Row 2"),
        ([1, 2], [float("inf"), 2], "Row 1: y"),
        ([1, "two"], [1, 2], "not a number"),
        ([[1, 2], [3, 4]], [1, 2], "list of numbers"),
        (range(10_001), range(10_001), "10000 at most"),
        ([1, 1 + 2**-52], [-1e308, 1e308], "beyond"),
    ],
)
def test_what_has_no_line_gets_a_sentence(x, y, says):
    with pytest.raises(DataError, match=says) as refused:
        least_squares(x, y)
    assert str(refused.value).endswith(".")
