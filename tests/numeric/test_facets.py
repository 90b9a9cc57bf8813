"""Surfaces of triangles: they end on the edge of a domain, at poles, leaps and the heights shown, in any direction."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Window
from explorer.numeric.facets import COARSE, FINE, LEAP, MOST_PLACES, MOST_SIDES, facets, surface_facets
from explorer.numeric.levels import crossed, exact_segments, level_segments

SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
CELL = 4 / (FINE - 1)


def surface_of(text, band, n=FINE, window=SQUARE):
    return facets(parse(text, ("x", "y")), window, band, LEAP * (band[1] - band[0]), n)


def area(surface):
    """Seen from above; every triangle must run anticlockwise."""
    (ax, ay), (bx, by), (cx, cy) = surface.triangles[:, :, :2].transpose(1, 2, 0)
    sizes = 0.5 * ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
    assert (sizes > 0).all()
    return float(sizes.sum())


# text, heights shown, the curve along which it has poles, as the zeros of a function.
POLES = [
    ("1/(x^2+y^2-1)", 8.0, lambda x, y: (x**2 + y**2 - 1) / 2),
    ("1/(y-x^2)", 8.0, lambda x, y: (y - x**2) / np.sqrt(1 + 4 * x**2)),
    ("1/(x-y-0.013)", 10.0, lambda x, y: (x - y - 0.013) / math.sqrt(2)),
    ("tan(x y)", 6.0, lambda x, y: np.cos(x * y)),
    ("tan(x+2y)", 15.0, lambda x, y: np.cos(x + 2 * y) / math.sqrt(5)),
    ("1/sin(2x-3y+0.4)", 20.0, lambda x, y: np.sin(2 * x - 3 * y + 0.4) / math.sqrt(13)),
    ("tan(x+y^2)", 6.0, lambda x, y: np.cos(x + y**2) / np.sqrt(1 + 4 * y**2)),
    ("1/(x y)", 12.0, lambda x, y: x * y),
    ("1-y/x", 9.0, lambda x, y: x),
    ("1/sin(x y)", 9.0, lambda x, y: np.sin(x * y)),
]


@pytest.mark.parametrize(("text", "top", "curve"), POLES)
def test_no_triangle_stands_across_a_pole(text, top, curve):
    surface = surface_of(text, (-top, top))
    beside = curve(*surface.places[:, :2].T)
    side = np.sign(np.where(np.abs(beside) < 1e-12, 0, beside))
    of_three = side[surface.corners]
    assert (of_three.max(axis=1) - of_three.min(axis=1) < 2).all()
    assert np.abs(surface.places[:, 2]).max() <= top
    assert surface.cut


@pytest.mark.parametrize(("text", "top", "curve"), POLES[:7])
def test_beside_a_pole_the_surface_is_cut_level_not_in_teeth(text, top, curve):
    surface = surface_of(text, (-top, top))
    ends = surface.places[surface.edges]
    inside = (np.abs(ends[:, :, :2]) < 1.9).all(axis=(1, 2))
    heights = np.abs(ends[inside][:, :, 2])
    assert len(heights) > 50
    assert (heights > 0.99 * top).all()


EDGES = [
    ("sqrt(1-x^2-y^2)", lambda x, y: x**2 + y**2 < 1, math.pi),
    ("arcsin(x^2+y^2)", lambda x, y: x**2 + y**2 < 1, math.pi),
    ("sqrt(x y)", lambda x, y: x * y > 0, 8.0),
    ("sqrt(y-x^2)", lambda x, y: y > x**2, 8 * math.sqrt(2) / 3),
    ("sqrt(x^2-y^2-1/4)", lambda x, y: x**2 - y**2 > 0.25, None),
]


@pytest.mark.parametrize(("text", "inside", "size"), EDGES)
def test_a_surface_stands_on_the_whole_of_its_domain(text, inside, size):
    surface = surface_of(text, (-10.0, 10.0))
    assert surface.open
    assert not surface.cut
    middles = surface.triangles[:, :, :2].mean(axis=1)
    assert inside(*middles.T).mean() > 0.995
    if size is not None:
        assert area(surface) == pytest.approx(size, rel=5e-3)


def test_the_dome_ends_on_its_circle():
    surface = surface_of(
        "sqrt(1-x^2-y^2)", (0.0, 1.0), COARSE, Window((-1.25, 1.25), (-1.25, 1.25), equal=True)
    )
    radius = np.hypot(*surface.places[surface.edges].reshape(-1, 3)[:, :2].T)
    assert len(radius) > 80
    assert radius == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "step"),
    [("floor(x)+y", 0.5), ("floor(x^2+y)", 0.5), ("sign(y-x^3)", 0.5), ("{x^2+y^2<1: 2, x}", 0.3)],
)
def test_leaps_are_gaps_without_walls(text, step):
    surface = surface_of(text, (-8.0, 8.0))
    assert surface.torn
    # A place on the leap itself may have a height of its own.
    assert (np.ptp(surface.triangles[:, :, 2], axis=1) > step).mean() < 1e-3
    assert area(surface) == pytest.approx(16, rel=0.01)


def test_of_very_many_leaps_each_is_where_it_is_seen():
    surface = surface_of("floor(7x)+y", (-20.0, 20.0), 241)
    ends = surface.places[surface.edges].reshape(-1, 3)[:, 0]
    assert len(ends) > 2 * MOST_SIDES
    assert np.abs(ends - np.round(7 * ends) / 7).max() <= 4 / 240 / 2**6


@pytest.mark.parametrize("text", ["tanh(40x)+y", "arctan(100(y-x^2))", "x^3-3x y^2"])
def test_steep_is_not_torn(text):
    surface = surface_of(text, (-30.0, 30.0))
    assert surface.whole is not None
    assert not surface.torn


def test_a_leap_may_end_within_the_window():
    """The angle around the origin leaps along one half of an axis, x < 0."""
    surface = surface_of("{x>0: arctan(y/x), y>=0: arctan(y/x)+pi, arctan(y/x)-pi}", (-4.0, 4.0))
    across = surface.triangles[np.hypot(*surface.triangles[:, :, :2].mean(axis=1).T) > 3 * CELL]
    assert np.ptp(across[:, :, 2], axis=1).max() < 0.5


def test_a_hole_along_the_grid_is_seen():
    surface = surface_of("sin(x y)/(x y)", (-1.0, 1.1))
    assert surface.open
    across = surface.places[np.abs(surface.places[:, 0]) < 0.9 * CELL, 0]
    assert np.abs(across).min() > 0.2 * CELL


def test_values_on_single_lines_are_no_surface():
    surface = surface_of("x^y", (-2.0, 10.0))
    assert surface.places[:, 0].min() > -1e-6


@pytest.mark.parametrize(
    "text",
    ["tan(50x y)", "floor(10x y)", "floor(20sin(9x y))", "1/sin(30x)", "sign(sin(40x)sin(40y))", "1/0.0001x"],
)
def test_the_wildest_surface_stays_within_its_pieces(text):
    f = parse(text, ("x", "y"))
    surface = surface_facets(f, SQUARE, (-5.0, 5.0), 0.1)
    assert len(surface.places) <= MOST_PLACES
    assert np.isfinite(surface.places).all()


@pytest.mark.parametrize("level", [0.3, 1.0, 2.5])
def test_level_lines_lie_on_the_level(level):
    surface = surface_of("x^2+y^2", (0.0, 8.5))
    (pieces,) = level_segments(surface.triangles, [level])
    ends = pieces.reshape(-1, 3)
    assert np.hypot(ends[:, 0], ends[:, 1]) == pytest.approx(math.sqrt(level), abs=2e-3)
    length = np.linalg.norm(pieces[:, 0] - pieces[:, 1], axis=1).sum()
    assert length == pytest.approx(2 * math.pi * math.sqrt(level), rel=1e-2)


def test_near_a_pole_exact_level_lines_are_smooth_where_those_of_flat_triangles_are_not():
    f = parse("1/(y-x^2)", ("x", "y"))
    surface = facets(f, SQUARE, (-math.inf, math.inf), 0.1, FINE)
    turned = crossed(surface.triangles, 6.0)
    ends = exact_segments(turned, np.full(len(turned), 6.0), lambda at: f(*at.T)).reshape(-1, 3)
    assert ends[:, 1] - ends[:, 0] ** 2 == pytest.approx(1 / 6, abs=5e-4)
