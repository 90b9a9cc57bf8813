"""Every kind of ending: the outcome, the behaviour behind it and the reason in the sentence."""

import numpy as np
import pytest

from explorer.descent import OPTIMISERS, Outcome, descend
from explorer.descent.problems import PROBLEMS
from explorer.expression import parse

XY = ("x", "y")

# optimiser, loss, variables, start, rate, steps, settings, outcome, behaviour, words of the reason
CASES = [
    ("gd", "x^2", "x", 4, 0.99, 40, {}, "stopped", "overshooting", "just below the bound 2/f″ = 1"),
    ("gd", "x^2", "x", 4, 0.001, 40, {}, "stopped", "crawling", "far below the bound"),
    ("gd", "x^2", "x", 4, 0.05, 10, {}, "stopped", "unfinished", "below the bound"),
    ("gd", "x^2", "x", 4, 1.1, 5000, {}, "diverged", "growing", "exceeds the bound 2/f″ = 1"),
    ("gd", "x^2", "x", 4, 0.1, 0, {}, "stopped", "unfinished", "0 steps"),
    ("gd", "x^2", "x", 0, 0.1, 5, {}, "converged", "minimum", "x = 0"),
    ("momentum", "x^2", "x", 4, 1.95, 300, {}, "diverged", "growing", "2(1+β)/f″ = 1.9"),
    ("momentum", "x^2", "x", 4, 1.8, 600, {}, "converged", "minimum", "below the bound 2(1+β)/f″ = 1.9"),
    ("nesterov", "x^2", "x", 4, 0.7, 200, {}, "diverged", "growing", "2(1+β)/((1+2β)f″) = 0.67857"),
    ("nesterov", "x^2", "x", 4, 0.6, 900, {}, "converged", "minimum", "0.67857"),
    ("adam", "x^2", "x", 4, 0.2, 500, {}, "converged", "minimum", "Adam has no bound"),
    ("newton", "x^2", "x", 4, 1, 9, {}, "converged", "minimum", "no bound on η"),
    ("gd", "|x|", "x", 1, 0.25, 40, {}, "stopped", "no_gradient", "no gradient there"),
    ("gd", "|x|", "x", 1, 0.3, 4000, {"decay": 0.5}, "converged", "minimum", "kink"),
    ("gd", "ln(x)", "x", 1, 0.3, 40, {}, "left_domain", "outside", "Left the domain: step 3"),
    ("gd", "ln(x)", "x", -1, 0.3, 40, {}, "left_domain", "outside", "undefined at the start"),
    ("gd", "x^4-x^3", "x", 1e200, 0.3, 40, {}, "diverged", "growing", "too large"),
    ("gd", "x^3-3x", "x", -2.5, 0.1, 60, {}, "diverged", "unbounded", "no minimum to find"),
    ("gd", "2x", "x", 1, 0.1, 50, {}, "stopped", "falling", "gradient norm 2"),
    ("gd", "1/(1+e^-x)", "x", -20, 0.1, 60, {}, "stopped", "plateau", "gradient norm is 2.061·10⁻⁹"),
    ("gd", "x^2-y^2", XY, (2, 0), 0.1, 80, {}, "converged", "saddle", "along (0, 1) is −2"),
    ("gd", "x^2-y^2", XY, (2, 1e-3), 0.1, 60, {}, "stopped", "falling", "along (0, 1) is −2"),
    ("gd", "x^2-y^2", XY, (2, 1e-3), 0.1, 9000, {}, "diverged", "unbounded", "no minimum to find"),
    ("gd", "-x^2-y^2", XY, (0, 0), 0.1, 60, {}, "converged", "maximum", "maximum"),
    ("gd", "x^2", XY, (2, 1), 0.1, 80, {}, "converged", "valley", "silent"),
    ("gd", "(0.1x-0.3y)^2", XY, (1, 0.3), 0.2, 1000, {}, "converged", "valley", "silent"),
    (
        "gd",
        "x^2+0.000000001 y^2",
        XY,
        (1, 1),
        0.3,
        60,
        {},
        "stopped",
        "crawling",
        "condition number is 1·10⁹",
    ),
    ("gd", "x^2-0.000000001 y^2", XY, (1, 0), 0.3, 60, {}, "converged", "saddle", "along (0, 1) is −2·10⁻⁹"),
    ("gd", "3x^4-5x^2+2x", "x", -1.2, 0.12, 2000, {}, "stopped", "bouncing", "above the local bound"),
    ("gd", "x^2+25y^2", XY, (2, 1), 0.03, 100, {"noise": 3}, "stopped", "noisy", "σ = 3"),
    ("gd", "x^2+25y^2", XY, (2, 1), 1, 200, {"backtracking": 1}, "converged", "minimum", "Backtracking"),
    ("newton", "|x|", "x", 1, 1, 40, {}, "converged", "minimum", "kink"),
    (
        "gd",
        "sqrt(1+(y-1)^2)+sqrt(1+(0.000000001x-1)^2)",
        XY,
        (6e8, 1.4),
        0.3,
        5,
        {},
        "stopped",
        "crawling",
        "crawling",
    ),
    (
        "gd",
        "(0.000000001x-1)^2+(y-0.5)^2",
        XY,
        (6e8, 0.2),
        0.1,
        3,
        {},
        "stopped",
        "crawling",
        "(6·10⁸, 0.3464)",
    ),
    ("gd", "floor(x) x", "x", 2.5, 0.1, 40, {}, "stopped", "jump", "x = 1, where the loss jumps"),
    ("gd", "(x-1)^2+floor(y) y", XY, (1.5, 2.5), 0.1, 60, {}, "stopped", "jump", "(x, y) = (1, 1), where"),
    ("gd", "{x<0: x^2+1, (x-0.5)^2}", "x", -3, 0.1, 60, {}, "stopped", "jump", "x = 0, where the loss jumps"),
    ("gd", "{x<1: (x-1)^2, 5+x}", "x", -2, 0.1, 60, {}, "stopped", "jump", "x = 1, where the loss jumps"),
    ("gd", "{x<=1: (x-1)^2, 5+x}", "x", -2, 0.1, 60, {}, "converged", "minimum", "Converged to x = 1"),
    ("gd", "tanh(1000000x)+x^2", "x", 2, 0.1, 60, {}, "converged", "minimum", "Converged"),
    ("gd", "x^2+floor(x)", "x", 3, 0.1, 60, {}, "stopped", "no_gradient", "a kink, a jump, or"),
    (
        "gd",
        "{x<0.5: 1+x, x}",
        "x",
        0.5,
        1e-9,
        5,
        {"backtracking": 1},
        "stopped",
        "no_lower_point",
        "no lower point",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]} {case[4]} {case[8]}")
def test_outcome_behaviour_and_reason(case):
    optimiser, text, variables, start, rate, steps, settings, outcome, behaviour, words = case
    path = descend(optimiser, parse(text, tuple(variables)), start, rate, steps, **settings)
    assert path.outcome == outcome, path.reason
    assert path.behaviour == behaviour, path.reason
    assert words in path.reason
    assert len(path.points) <= steps + 1


HOSTILE = [
    "|x|",
    "cbrt(x)",
    "sqrt(x)",
    "ln(x)",
    "1/x",
    "x^x",
    "tan(x)",
    "sign(x)",
    "floor(x)",
    "x^(2/3)",
    "e^(e^x)",
]
HOSTILE += [
    "arcsin(x)",
    "{x<0: -x, x}",
    "{x<0: x^2}",
    "min(x^2, (x-1)^2)",
    "x/(x-x)",
    "sqrt(-1-x^2)",
    "7",
    "e^(x^2)",
]
HOSTILE += ["x^1000", "-x^2", "sin(1/x)", "|x|^0.5", "x ln(x)", "1/(1+e^(-1000x))"]


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_gaps_kinks_and_infinities_end_in_an_outcome(name, text):
    # Warnings are errors here, so this also says that none is ever given.
    for start in (0.0, 1.0, -0.5, 1e-300, -1e200):
        for rate in (1e-6, 0.3, 1e6):
            path = descend(name, parse(text), start, rate, 25)
            assert path.outcome in Outcome
            assert path.reason.endswith(".")
            assert "nan" not in path.reason
            assert np.isfinite(path.points).all()
            inside = path.losses[:-1] if path.outcome == "left_domain" else path.losses
            assert np.isfinite(inside).all() or path.outcome == "diverged"


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_shapes_and_bookkeeping_on_every_problem(name, problem):
    rate = OPTIMISERS[name].suggested_rate or problem.rate
    path = descend(name, problem.loss, problem.start, rate, 30)
    n, d = len(path.points) - 1, len(problem.start)
    assert path.points.shape == path.gradients.shape == (n + 1, d)
    assert path.losses.shape == path.spent.shape == (n + 1,)
    assert path.steps.shape == (n, d)
    assert path.rates.shape == path.predicted_drops.shape == path.actual_drops.shape == (n,)
    assert (path.points[0] == problem.start).all()
    assert np.array_equal(path.points[1:], path.points[:-1] + path.steps) or np.allclose(
        path.points[1:], path.points[:-1] + path.steps, rtol=1e-15
    )
    np.testing.assert_allclose(path.losses, problem.loss(*path.points.T), rtol=1e-12, atol=1e-12)
    assert (np.diff(path.spent) >= 1).all()
    assert path.evaluations == path.spent[-1] >= n + 1
    with pytest.raises(ValueError, match="read-only"):
        path.points[0] = 0


def test_evaluations_count_line_searches_and_hessians():
    loss = parse("x^2 + 25y^2", XY)
    assert descend("gd", loss, (2, 1), 0.01, 10).evaluations == 11
    newton = descend("newton", loss, (2, 1), 1, 1)
    assert newton.evaluations == 1 + 2 + 1 + 1  # a look, a Hessian in two variables, one trial, a look
    budget = descend("newton", parse("(1-x)^2+100(y-x^2)^2", XY), (-1.2, 1), 1, 500, max_evaluations=40)
    assert budget.evaluations <= 40
    assert descend("gd", loss, (2, 1), 0.01, 500, max_evaluations=40).evaluations == 40


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sgd", 4, 0.1, 10), "no optimiser called “sgd”"),
        ((None, 4, 0.1, 10), "no optimiser"),
        (("gd", 4, 0.0, 10), "positive"),
        (("gd", 4, -1, 10), "positive"),
        (("gd", 4, float("nan"), 10), "positive"),
        (("gd", 4, float("inf"), 10), "positive"),
        (("gd", (4, 1), 0.1, 10), "needs 1"),
        (("gd", (), 0.1, 10), "needs 1"),
        (("gd", "here", 0.1, 10), "numbers"),
        (("gd", float("nan"), 0.1, 10), "finite"),
        (("gd", 4, 0.1, -1), "whole number"),
        (("gd", 4, 0.1, 2.5), "whole number"),
        (("gd", 4, 0.1, 10**9), "whole number"),
        *((("gd", 4, wrong, 10), "positive") for wrong in (None, [0.1], "quick", 10**400, 1j)),
        *(
            (("gd", 4, 0.1, wrong), "whole number")
            for wrong in (float("inf"), float("-inf"), float("nan"), None, [10], "ten", 10**400, True)
        ),
    ],
)
def test_invalid_arguments_are_refused_with_a_sentence(arguments, words):
    optimiser, start, rate, steps = arguments
    with pytest.raises(ValueError, match=words):
        descend(optimiser, parse("x^2"), start, rate, steps)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"momentum": 0.9}, "no setting called “momentum”"),
        ({"noise": -1}, "between"),
        ({"seed": 1.5}, "whole"),
        ({"decay": float("nan")}, "between"),
        ({"decay": None}, "between"),
        ({"noise": [1]}, "between"),
    ],
)
def test_invalid_settings_are_refused_with_a_sentence(settings, words):
    with pytest.raises(ValueError, match=words):
        descend("gd", parse("x^2"), 4, 0.1, 10, **settings)


def test_a_row_of_the_registry_serves_as_well_as_its_name():
    loss = parse("x^2")
    assert (
        descend(OPTIMISERS["adam"], loss, 4, 0.1, 9).points == descend("adam", loss, [4.0], 0.1, 9).points
    ).all()


def test_more_than_two_variables():
    loss = parse("x^2 + 2y^2 + 3z^2 + x y", ("x", "y", "z"))
    for name in OPTIMISERS:
        path = descend(name, loss, (1, 1, 1), OPTIMISERS[name].suggested_rate or 0.05, 2000)
        assert path.points.shape[1] == 3
        assert path.losses[-1] < 1e-2, name


def test_momentum_flying_through_the_minimum_has_not_converged():
    points = descend("momentum", parse("x^2"), 4, 0.1, 60).points[:, 0]
    crossing = int(np.argmin(np.abs(points[:12])))
    assert descend("momentum", parse("x^2"), 4, 0.1, crossing).outcome == "stopped"
