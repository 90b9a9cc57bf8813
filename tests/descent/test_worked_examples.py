"""The descent rows and challenges of the course, each with the numbers that the notes give."""

import numpy as np
import pytest

from explorer.descent import basins, descend, rate_map, round_down, stability
from explorer.descent.problems import PROBLEMS
from explorer.expression import parse

SQUARE = parse("x^2")
QUARTIC = parse("3x^4 - 5x^2 + 2x")
BOWL = parse("x^2 + y^2 + 3", ("x", "y"))
NAMED = {problem.name: problem for problem in PROBLEMS}
MEAN_SQUARE = NAMED["line_fit"].loss


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (0.1, [4, 3.2, 2.56, 2.048]),
        (0.5, [4, 0, 0, 0]),
        (1.0, [4, -4, 4, -4]),
        (1.1, [4, -4.8, 5.76, -6.912]),
    ],
)
def test_parabola_step_by_step(rate, expected):
    assert descend("gd", SQUARE, 4, rate, 3).points[:, 0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [(0.1, "converged"), (0.5, "converged"), (0.9, "converged"), (1.0, "cycling"), (1.1, "diverged")],
)
def test_parabola_outcomes_after_40_steps(rate, outcome):
    path = descend("gd", SQUARE, 4, rate, 40)
    assert path.outcome == outcome
    assert "2/f″ = 1" in path.reason


def test_parabola_with_09_shrinks_by_minus_08():
    points = descend("gd", SQUARE, 4, 0.9, 30).points[:, 0]
    assert points[1:] / points[:-1] == pytest.approx(np.full(30, -0.8))


@pytest.mark.parametrize(("start", "end"), [(0.1, -1), (0.25, 0.788675)])
def test_quartic_the_start_decides(start, end):
    path = descend("gd", QUARTIC, start, 0.01, 300)
    assert path.outcome == "converged"
    assert path.points[-1, 0] == pytest.approx(end, abs=1e-6)
    assert "local bound" in path.reason


def test_quartic_bounds_are_local():
    left, right = stability(QUARTIC, -1), stability(QUARTIC, 0.7886751345948129)
    assert (round_down(left.bound(), 3), round_down(right.bound(), 4)) == (0.0769, 0.1613)
    assert not left.quadratic


def test_quartic_from_minus_12():
    cycle = descend("gd", QUARTIC, -1.2, 0.08, 400)
    assert (cycle.outcome, cycle.period) == ("cycling", 2)
    low, high = sorted(cycle.points[-2:, 0])
    assert low < -1 < high < 0
    assert "above the local bound 2/f″ = 0.076923 at x = −1" in cycle.reason
    leaves = descend("gd", QUARTIC, -1.2, 0.15, 400)
    assert leaves.outcome == "converged"
    assert leaves.points[-1, 0] == pytest.approx(0.788675, abs=1e-6)
    assert descend("gd", QUARTIC, -1.21, 0.15, 400).outcome == "diverged"
    beyond = descend("gd", QUARTIC, -1.2, 0.16, 400)
    assert beyond.outcome == "diverged"
    assert "promise nothing far away" in beyond.reason


def test_quartic_starts_that_reach_the_global_minimum():
    found = basins("gd", QUARTIC, [(-3, 1)], 0.01, max_steps=600, size=401)
    assert found.minima[:, 0] == pytest.approx([-1, 0.788675], abs=1e-6)
    assert ((found.labels == 0) == (found.axes[0] < 0.2113)).all()


def test_bowl():
    path = descend("gd", BOWL, (2, 1), 0.1, 2)
    assert path.points == pytest.approx(np.array([[2, 1], [1.6, 0.8], [1.28, 0.64]]))
    assert path.losses[1:] == pytest.approx([6.2, 5.048])


def test_mean_square_of_a_line():
    value, gradient = MEAN_SQUARE.value_and_gradient(0, 0)
    assert (float(value), *map(float, gradient)) == (385000, -7700, -1100)
    here = stability(MEAN_SQUARE, (0, 0))
    assert here.quadratic
    assert round_down(here.bound()) == 0.025451
    assert here.condition_number == pytest.approx(187.1, abs=0.05)


def test_mean_square_converges_slowly_at_0025_and_explodes_at_0026():
    slow = descend("gd", MEAN_SQUARE, (0, 0), 0.025, 100)
    assert slow.losses[-1] == pytest.approx(284, abs=0.5)
    assert slow.outcome == "stopped"
    assert "0.025451" in slow.reason
    assert "187.1" in slow.reason
    assert descend("gd", MEAN_SQUARE, (0, 0), 0.025, 3000).outcome == "converged"
    exploded = descend("gd", MEAN_SQUARE, (0, 0), 0.026, 100)
    assert exploded.outcome == "diverged"
    assert "exceeds the bound 2/λmax = 0.025451" in exploded.reason


def test_mean_square_best_asymptotic_rate_is_not_the_best_after_100_steps():
    found = rate_map("gd", MEAN_SQUARE, (0, 0), 100, np.linspace(0.02, 0.0256, 561))
    assert found.best_seen == pytest.approx(0.02445, abs=3e-5)
    at_best = descend("gd", MEAN_SQUARE, (0, 0), found.best_rate, 100)
    assert at_best.losses[-1] > 5 * np.nanmin(found.losses)
    long = [descend("gd", MEAN_SQUARE, (0, 0), rate, 4000).losses[-1] for rate in (found.best_rate, 0.02445)]
    assert long[0] < long[1]


def test_mean_square_standardised_is_one_step():
    problem = NAMED["line_fit_standardised"]
    assert stability(problem.loss, problem.start).hessian == pytest.approx(2 * np.eye(2), abs=1e-9)
    path = descend("gd", problem.loss, problem.start, 0.5, 10)
    assert path.settled == 1
    assert path.points[1] == pytest.approx(problem.minima[0], abs=1e-6)


def test_one_outlier_moves_the_line():
    problem = NAMED["line_fit_outlier"]
    path = descend("newton", problem.loss, problem.start, 1, 5)
    assert path.points[-1] == pytest.approx([590.91, -1800], abs=5e-3)


def test_absolute_value_bounces_between_01_and_minus_02():
    path = descend("gd", parse("|x|"), 1, 0.3, 40)
    assert path.outcome == "cycling"
    assert sorted(path.points[-2:, 0]) == pytest.approx([-0.2, 0.1])


@pytest.mark.parametrize("loss", [SQUARE, QUARTIC, BOWL], ids=str)
def test_predicted_drop_is_rate_times_squared_gradient(loss):
    path = descend("gd", loss, [0.3] * len(loss.variables), 1e-5, 20)
    assert path.predicted_drops == pytest.approx(1e-5 * (path.gradients[:-1] ** 2).sum(axis=1), rel=1e-12)
    # For so small a step the linear prediction is nearly exact.
    assert path.actual_drops == pytest.approx(path.predicted_drops, rel=1e-3)
