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


# loss, start, rate, steps taken, the minimum on the way to which they are
SLOW = [
    ("sin(x)", 0.0, 0.01, 7, -np.pi / 2),
    ("x^2/(1+x^2)", 0.7, 0.01, 40, 0.0),
    ("sqrt(1+x^2)", 3.0, 0.05, 40, 0.0),
    ("x^2", 4.0, 0.001, 40, 0.0),
    ("3x^4 - 5x^2 + 2x", -0.05, 0.0005, 20, -1.0),
]


@pytest.mark.parametrize(("text", "start", "rate", "steps", "minimum"), SLOW)
def test_the_steps_to_half_of_the_way_are_those_that_it_takes(text, start, rate, steps, minimum):
    reason = run("gd", text, start, rate, steps).reason
    left = np.abs(run("gd", text, start, rate, steps + 2000).points[steps:, 0] - minimum)
    assert f"Halving what is left takes {int(np.argmax(left <= left[0] / 2))} more steps." in reason


def test_on_a_parabola_half_of_the_way_takes_ln_2_over_the_logarithm_of_the_factor():
    assert "Halving what is left takes 347 more steps" in run("gd", "x^2", 4.0, 0.001, 40).reason
    assert np.ceil(np.log(2) / -np.log(1 - 2 * 0.001)) == 347
    assert "takes more than 2 000 more steps" in run("gd", "x^2", 4.0, 1e-5, 40).reason


@pytest.mark.parametrize(("text", "start", "rate", "steps", "minimum"), SLOW)
def test_the_bound_on_the_way_is_that_of_the_minimum_ahead(text, start, rate, steps, minimum):
    path = run("gd", text, start, rate, steps)
    f, h = parse(text), 1e-4
    curvature = float((f(minimum + h) - 2 * f(minimum) + f(minimum - h)) / h**2)
    said = float(path.reason.split("2/λmax = ")[1].split()[0].rstrip("."))
    assert said == pytest.approx(2 / curvature, rel=1e-4)
