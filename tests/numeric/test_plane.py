"""Windows and heights of functions of two variables."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Window
from explorer.numeric.plane import choose_plane, heights, round_step

SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)


def f_of(text):
    return parse(text, ("x", "y"))


def test_a_window_holds_the_critical_points_near_the_origin():
    window = choose_plane(f_of("(x^2+y-11)^2+(x+y^2-7)^2"))
    for x, y in ((3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)):
        assert window.x[0] < x < window.x[1]
        assert window.y[0] < y < window.y[1]


def test_a_small_domain_fills_its_window():
    window = choose_plane(f_of("sqrt(1-x^2-y^2)"))
    assert 1 < window.x[1] <= 1.5


def test_a_domain_far_away_is_found():
    window = choose_plane(f_of("ln(x-50)+y"))
    assert window.x[1] > 50


@pytest.mark.parametrize("text", ["x^2-y^2", "x^3-3x y^2", "sin(x)cos(y)"])
def test_all_heights_of_a_tame_function_are_shown(text):
    f = f_of(text)
    side = np.linspace(-2, 2, 201)
    values = f(*np.meshgrid(side, side))
    low, high = heights(f, SQUARE)
    spread = values.max() - values.min()
    assert low == pytest.approx(values.min(), abs=0.02 * spread)
    assert high == pytest.approx(values.max(), abs=0.02 * spread)


@pytest.mark.parametrize("text", ["1/(x^2+y^2)", "1/x", "e^(5x y)", "tan(x)+y"])
def test_poles_and_overflow_do_not_rule_the_heights(text):
    f = f_of(text)
    low, high = heights(f, SQUARE)
    side = np.linspace(-1.99, 1.99, 101)
    values = f(*np.meshgrid(side, side))
    inside = ((values >= low) & (values <= high)).mean()
    assert 0.5 < inside < 1


@pytest.mark.parametrize("sign", [1, -1])
def test_what_runs_away_on_every_scale_is_shown_near_where_it_is_calm(sign):
    """e^(e^r²) exceeds 10^18 over a quarter of the square; at radius 1 it is e^e."""
    shown = sorted(sign * height for height in heights(f_of(f"{sign}*e^(e^(x^2+y^2))"), SQUARE))
    assert shown[0] == pytest.approx(np.e, rel=1e-3)
    assert np.exp(np.e) < shown[1] < 1e3


@pytest.mark.parametrize(("width", "pieces", "step"), [(8, 14, 1), (4, 6, 1), (1, 12, 0.1), (35, 14, 5)])
def test_steps_are_round(width, pieces, step):
    assert round_step(width, pieces) == pytest.approx(step)
