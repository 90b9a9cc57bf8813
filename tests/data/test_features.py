"""Two features: the fit against SciPy's minimiser, lines that part against a linear program, and hostile values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from explorer.data import DataError
from explorer.data.features import Parting, logistic_plane, parting
from explorer.data.labels import read_labelled
from explorer.presets import FEATURE_SETS

PLACE = st.integers(-8, 8).map(lambda n: n / 2)
ROWS = st.lists(st.tuples(PLACE, PLACE, st.integers(0, 1).map(float)), min_size=4, max_size=16)


def parted(rows):
    return parting(rows) is not Parting.NONE


def has_two_of_all(rows):
    return all(len(set(column)) > 1 for column in zip(*rows, strict=True))


def peer(rows, shrinking=0.0):
    """The least mean log loss + shrinking·‖w‖² by SciPy, on standardised features."""
    x, labels = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    middle, width = x.mean(axis=0), x.std(axis=0)
    u = np.column_stack([(x - middle) / width, np.ones(len(x))])

    def loss(v):
        w = v[:2] / width
        return np.mean(np.logaddexp(0, (1 - 2 * labels) * (u @ v))) + shrinking * (w @ w)

    return minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-9}).fun


def peer_parted(rows):
    """Whether s·(w·x + w₀) ≥ 0 for all rows with a positive sum is possible, by a linear program."""
    a = np.array([[(2 * k - 1) * x, (2 * k - 1) * y, 2 * k - 1] for x, y, k in rows])
    found = linprog(-a.sum(axis=0), A_ub=-a, b_ub=np.zeros(len(a)), bounds=[(-1, 1)] * 3)
    return -found.fun > 1e-7


def peer_apart(rows):
    """Whether s·(w·x + w₀) ≥ 1 for all rows is possible, by a linear program."""
    a = np.array([[(2 * k - 1) * x, (2 * k - 1) * y, 2 * k - 1] for x, y, k in rows])
    return linprog(np.zeros(3), A_ub=-a, b_ub=-np.ones(len(a)), bounds=[(None, None)] * 3).status == 0


@pytest.mark.parametrize("gap", [-0.2, -1e-3, 0.0, 1e-3])
def test_hundreds_of_points_are_parted_where_a_linear_program_says_so(gap):
    random = np.random.default_rng(6)
    for turn in random.uniform(0, 7, 6):
        x, y = random.normal(0, 2, (2, 400))
        side = np.cos(turn) * x + np.sin(turn) * y
        away = np.where(side > 0, gap, -gap)
        rows = list(
            zip(
                (x + np.cos(turn) * away).tolist(),
                (y + np.sin(turn) * away).tolist(),
                (side > 0) * 1.0,
                strict=True,
            )
        )
        assert parted(rows) == peer_parted(rows)
        assert parted(rows) == (gap >= 0) or gap == -1e-3


@given(ROWS)
def test_a_line_parts_where_a_linear_program_says_so_and_else_the_fit_is_scipy_s(rows):
    if not has_two_of_all(rows):
        with pytest.raises(DataError):
            logistic_plane(rows)
        return
    assert parted(rows) == peer_parted(rows)
    assert (parting(rows) is Parting.APART) == peer_apart(rows)
    x = np.array([row[:2] for row in rows])
    if parted(rows) or np.linalg.matrix_rank(x - x[0]) < 2:
        with pytest.raises(DataError):
            logistic_plane(rows)
        return
    plane = logistic_plane(rows)
    assert plane.loss == pytest.approx(peer(rows), abs=1e-8)
    z = plane.w1 * x[:, 0] + plane.w2 * x[:, 1] + plane.w0
    away = 1 / (1 + np.exp(-z)) - np.array([row[2] for row in rows])
    assert np.abs([away.mean(), *(away @ x / len(x))]).max() < 1e-8


@given(ROWS, st.sampled_from([0.001, 0.1, 2.0]))
def test_what_is_held_back_has_a_fit_wherever_there_are_two_classes(rows, shrinking):
    if not has_two_of_all(rows):
        return
    assert logistic_plane(rows, shrinking).loss == pytest.approx(peer(rows, shrinking), abs=1e-7)


@pytest.mark.parametrize("data", FEATURE_SETS, ids=lambda data: data.title)
def test_every_preset_has_the_plane_that_it_says(data):
    rows = read_labelled(data.text, 2).rows
    assert parted(rows) == (data.best is None)
    if data.best is not None:
        plane = logistic_plane(rows)
        assert (plane.w1, plane.w2, plane.w0, plane.loss) == pytest.approx(data.best, abs=1e-6)


@pytest.mark.parametrize(("scale", "shift"), [(1e-150, 0.0), (1e150, 0.0), (1.0, 1e6), (1e-3, -5.0)])
def test_other_units_move_the_plane_along(scale, shift):
    rows = read_labelled(FEATURE_SETS[0].text, 2).rows
    plain, moved = logistic_plane(rows), logistic_plane([(scale * x + shift, y, k) for x, y, k in rows])
    assert moved.w1 * scale == pytest.approx(plain.w1, rel=1e-7)
    assert moved.w2 == pytest.approx(plain.w2, rel=1e-7)
    assert moved.loss == pytest.approx(plain.loss, rel=1e-9)


def test_points_that_touch_a_parting_line_and_points_that_do_not():
    assert parted([(0, 0, 0), (1, 0, 1), (2, 0, 0), (1, -1, 1), (1, 1, 1)]) is False
    assert parted([(0, 0, 0), (1, 0, 1), (2, 0, 0), (1, 1, 1)]) is True  # (1, 0) lies on the line itself


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "no point yet"),
        ([(1, 2, 0)], "belong to class 0"),
        ([(1, 2, 1), (3, 4, 1)], "belong to class 1"),
        ([(1, 2, 0), (3, 4, 2)], "Row 2"),
        ([(1, 2, 0), (1, 4, 1)], "x₁ is 1 in all rows"),
        ([(1, 2, 0), (3, 2, 1)], "x₂ is 2 in all rows"),
        ([(1, 1, 0), (2, 2, 1), (3, 3, 0), (4, 4, 1)], "lie on one line"),
        ([(1, math.nan, 0), (2, 2, 1)], "Row 1"),
        ([(1, 1, 0), (2, 2, 1)], "A line parts"),
        ([(0, 0, 0), (1, 1, 0), (1, 1, 1), (2, 2, 1)], "points of both on itself"),
        ([(0, 0, 0), (2, 0, 0), (2, 0, 1), (4, 0, 1), (1, 3, 1), (1, -3, 0)], "points of both on itself"),
        ([(0, 0, 0), (1, 0, 1), (2, 0, 0), (1, 1, 1)], "points of both on itself"),
    ],
)
def test_what_has_no_fit_gets_a_sentence(rows, says):
    with pytest.raises(DataError, match=says):
        logistic_plane(rows)


@given(
    st.lists(
        st.tuples(
            *[st.sampled_from([0.0, 1.0, -1e300, 1e300, 1e-300, 5e-324, 3.5])] * 2,
            st.sampled_from([0.0, 1.0]),
        ),
        max_size=9,
    ),
    st.sampled_from([0.0, 1e-4, 10.0]),
)
def test_numbers_at_the_ends_of_what_a_computer_holds_give_numbers_or_a_sentence(rows, shrinking):
    try:
        plane = logistic_plane(rows, shrinking)
    except DataError:
        return
    assert all(map(math.isfinite, (plane.w1, plane.w2, plane.w0, plane.loss)))
