"""A race is fair: nobody spends more gradient evaluations than the others may."""

import pytest

from explorer.descent import Entrant, race
from explorer.descent.problems import PROBLEMS

NAMED = {problem.name: problem for problem in PROBLEMS}
ROSENBROCK = NAMED["rosenbrock"]


def test_everyone_spends_the_same_at_most():
    entrants = [
        Entrant("gd", 0.001),
        Entrant("adam", 0.1),
        Entrant("newton", 1),
        Entrant("gd", 1, (("backtracking", 1),)),
    ]
    results = race(entrants, ROSENBROCK.loss, ROSENBROCK.start, 150)
    spent = [result.trajectory.evaluations for result in results]
    assert spent[:2] == [150, 150]
    assert max(spent) <= 150
    assert [result.label for result in results] == [
        "Gradient descent, η = 0.001",
        "Adam",
        "Newton",
        "Gradient descent, η = 1",
    ]
    # The textbook's verdict on this valley: curvature wins.
    assert results[2].loss < 1e-12 < min(results[0].loss, results[3].loss)
    assert results[2].gradient_norm < 1e-6


@pytest.mark.parametrize(
    ("entrants", "evaluations", "words"),
    [
        ([], 10, "from 1 to 4"),
        ([Entrant("gd", 0.1)] * 5, 10, "not 5"),
        ([Entrant("gd", 0.1)], 0, "at least one"),
    ],
)
def test_what_is_refused(entrants, evaluations, words):
    with pytest.raises(ValueError, match=words):
        race(entrants, ROSENBROCK.loss, ROSENBROCK.start, evaluations)
