"""Windows, heights and grids of functions of two variables, and level lines on a grid."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Window
from explorer.numeric.levels import level_segments
from explorer.numeric.plane import choose_plane, heights, round_step, surface_grid

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
    assert surface_grid(f, SQUARE, (low, high)).cut


@pytest.mark.parametrize("sign", [1, -1])
def test_what_runs_away_on_every_scale_is_shown_near_where_it_is_calm(sign):
    """e^(e^r²) exceeds 10^18 over a quarter of the square; at radius 1 it is e^e."""
    shown = sorted(sign * height for height in heights(f_of(f"{sign}*e^(e^(x^2+y^2))"), SQUARE))
    assert shown[0] == pytest.approx(np.e, rel=1e-3)
    assert np.exp(np.e) < shown[1] < 1e3


def test_the_grid_ends_on_the_edge_of_the_domain():
    f = f_of("sqrt(1-x^2-y^2)")
    grid = surface_grid(f, Window((-1.25, 1.25), (-1.25, 1.25), equal=True), (0.0, 1.0), 41)
    known = np.isfinite(grid.z)
    radius = np.hypot(grid.x, grid.y)[known]
    assert grid.open
    assert radius.max() == pytest.approx(1, abs=1e-6)
    assert np.sum(radius > 1 - 1e-6) > 40


def walls(grid, rise):
    """How many cells' sides on the grid are steeper than `rise`, both ends being drawn."""
    with np.errstate(invalid="ignore"):
        return int(
            (np.abs(np.diff(grid.z, axis=1)) > rise).sum() + (np.abs(np.diff(grid.z, axis=0)) > rise).sum()
        )


def test_leaps_are_gaps():
    grid = surface_grid(f_of("floor(x)+y"), SQUARE, (-4.0, 4.0), 81)
    assert grid.torn
    assert not grid.open
    assert walls(grid, 0.5) == 0


def test_a_pole_line_is_no_wall():
    grid = surface_grid(f_of("1/(x-y-0.013)"), SQUARE, (-10.0, 10.0), 81)
    with np.errstate(invalid="ignore"):
        through = (grid.z[:, 1:] > 9) & (grid.z[:, :-1] < -9)
    assert not through.any()


def test_steep_is_not_torn():
    assert not surface_grid(f_of("tanh(40x)+y"), SQUARE, (-3.0, 3.0), 81).torn


@pytest.mark.parametrize("level", [0.3, 1.0, 2.5])
def test_level_lines_lie_on_the_level(level):
    x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
    (pieces,) = level_segments(x, y, x**2 + y**2, [level])
    ends = pieces.reshape(-1, 3)
    assert np.hypot(ends[:, 0], ends[:, 1]) == pytest.approx(math.sqrt(level), abs=2e-3)
    length = np.linalg.norm(pieces[:, 0] - pieces[:, 1], axis=1).sum()
    assert length == pytest.approx(2 * math.pi * math.sqrt(level), rel=1e-2)


@pytest.mark.parametrize(("width", "pieces", "step"), [(8, 14, 1), (4, 6, 1), (1, 12, 0.1), (35, 14, 5)])
def test_steps_are_round(width, pieces, step):
    assert round_step(width, pieces) == pytest.approx(step)
