"""The named problems are what they say they are."""

import numpy as np
import pytest

from explorer.descent import OPTIMISERS, descend, stability
from explorer.descent.problems import PROBLEMS, ill_conditioned_valley, mean_square_formula
from explorer.expression import parse


def test_names_are_unique():
    assert len({problem.name for problem in PROBLEMS}) == len(PROBLEMS)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_a_problem_is_complete_and_its_minima_are_minima(problem):
    assert len(problem.windows) == len(problem.start) == len(problem.variables)
    assert problem.optimiser in OPTIMISERS
    assert problem.title
    assert problem.task.endswith((".", "?"))
    assert problem.fact.endswith(".")
    for minimum in problem.minima:
        for value, (low, high) in zip(minimum, problem.windows, strict=True):
            assert low < value < high
        here = float(problem.loss(*minimum))
        around = np.random.default_rng(2).normal(size=(50, len(minimum))) * 1e-3
        scale = max(1.0, np.abs(minimum).max())
        assert (
            problem.loss(*(np.array(minimum) + around * scale).T) >= here - 1e-9 * max(1, abs(here))
        ).all()


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_the_first_picture_shows_the_whole_path(problem):
    path = descend(problem.optimiser, problem.loss, problem.start, problem.rate, problem.steps)
    for coordinate, (low, high) in zip(path.points.T, problem.windows, strict=True):
        assert low < coordinate.min()
        assert coordinate.max() < high


@pytest.mark.parametrize("condition_number", [1, 25, 187.1, 1e4])
def test_the_valley_has_the_condition_number_asked_for(condition_number):
    problem = ill_conditioned_valley(condition_number)
    assert stability(problem.loss, (0, 0)).condition_number == pytest.approx(condition_number)
    assert problem.rate < stability(problem.loss, (0, 0)).bound()


def test_a_condition_number_out_of_range_is_refused():
    with pytest.raises(ValueError, match="condition number"):
        ill_conditioned_valley(0.5)


def test_mean_square_formula_is_the_mean_of_the_squares():
    xs, ys = [1, 2, 3.5, 7.1], [2, -1, 0.3, 11]
    loss = parse(mean_square_formula(xs, ys, ("m", "c")), ("m", "c"))
    for m, c in [(0, 0), (1.5, -2), (-3, 10)]:
        expected = np.mean([(y - (m * x + c)) ** 2 for x, y in zip(xs, ys, strict=True)])
        assert float(loss(m, c)) == pytest.approx(expected, rel=1e-12)
    with pytest.raises(ValueError, match="its y"):
        mean_square_formula([1], [])
