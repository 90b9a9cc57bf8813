"""What the reasons claim, held against the path itself, closed forms, or the steps that follow."""

import numpy as np
import pytest

from explorer.descent import descend
from explorer.expression import parse

XY = ("x", "y")


def run(optimiser, text, start, rate, steps, **settings):
    variables = ("x",) if np.ndim(start) == 0 else XY
    return descend(optimiser, parse(text, variables), start, rate, steps, **settings)


@pytest.mark.parametrize("rate", [0.95, 0.99, 0.999])
def test_a_step_that_is_said_to_cross_lands_on_the_other_side_and_lower(rate):
    path = run("gd", "x^2", 4.0, rate, 40)
    assert "each step crosses to the other side and lands lower" in path.reason
    # In closed form w_k = 4(1 − 2η)^k: the sign changes at each step, the size shrinks.
    assert path.points[:, 0] == pytest.approx(4 * (1 - 2 * rate) ** np.arange(41))


@pytest.mark.parametrize(
    ("optimiser", "text", "start", "rate"),
    [
        *(("momentum", "x^2", 4.0, rate) for rate in (1.0, 1.1, 1.2)),
        ("momentum", "x^2+100y^2", (1.0, 1.0), 0.01),
        *((name, "|x|", 1.0, rate) for name in ("adagrad", "rmsprop") for rate in (0.3, 0.5)),
    ],
)
def test_swings_that_do_not_cross_at_each_step_are_only_said_to_shrink(optimiser, text, start, rate):
    path = run(optimiser, text, start, rate, 40)
    steepest = path.points[:, -1]
    assert path.behaviour == "overshooting"
    assert "swings back and forth" in path.reason
    assert "crosses" not in path.reason
    nearer = np.abs(steepest[1:]) < np.abs(steepest[:-1])
    assert not ((steepest[1:] * steepest[:-1] < 0) & nearer).all()
    assert np.abs(steepest[-8:]).max() < np.abs(steepest[1:9]).max()


@pytest.mark.parametrize("rate", np.linspace(0.5, 1.0, 11))
def test_a_chaotic_path_is_not_said_to_close_in(rate):
    path, later = (run("gd", "x^2+sin(5x)", 0.0, rate, steps) for steps in (100, 700))
    assert np.abs(later.steps[-100:]).max() > np.abs(path.steps[-10:]).max() / 2
    assert path.behaviour != "overshooting", path.reason
