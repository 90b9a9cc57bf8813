"""The surface with gaps as Plotly draws it: refined twofold as Plotly does it, edge for edge."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.surface_mesh import surface_mesh
from explorer.figures.surface_still import choose_plane, heights, pad_picture, surface_picture
from explorer.figures.surface_still import critical_points as critical
from explorer.numeric.plane import surface_grid


def parts_of(text):
    f = parse(text, ("x", "y"))
    window = choose_plane(f)
    return f, window, heights(f, window)


def refined(part):
    """Plotly's interpolation: a weight of nothing times a gap is a gap."""
    n = len(part)
    at = np.arange(2 * n - 1) / 2
    low, share = at.astype(int), at % 1
    padded = np.pad(part, ((0, 1), (0, 1)), mode="edge")
    rows = (1 - share)[:, None] * padded[low] + share[:, None] * padded[low + 1]
    return (1 - share) * rows[:, low] + share * rows[:, low + 1]


def area(x, y):
    """Of all cells whose corners are known, seen from above."""
    corners = [(x[i:j, k:m], y[i:j, k:m]) for i, j, k, m in (
        (0, -1, 0, -1), (0, -1, 1, None), (1, None, 1, None), (1, None, 0, -1),
    )]  # fmt: skip
    turned = zip(corners, corners[1:] + corners[:1], strict=True)
    cells = sum(0.5 * (a[0] * b[1] - b[0] * a[1]) for a, b in turned)
    return float(np.nansum(cells))


def test_the_dome_stands_on_its_whole_foot():
    x, y, z = (refined(part) for part in surface_mesh(surface_grid(*parts_of("sqrt(1-x^2-y^2)"))))
    hidden = np.where(np.isfinite(z), 0, np.nan)
    assert area(x + hidden, y + hidden) == pytest.approx(math.pi, rel=2e-3)


def test_a_gap_between_two_parts_is_not_bridged():
    x, y, z = (refined(part) for part in surface_mesh(surface_grid(*parts_of("sqrt(x^2-y^2-1/4)"))))
    hidden = np.where(np.isfinite(z), 0, np.nan)
    for part in (x, y):
        sides = np.abs(np.diff(part + hidden, axis=1))
        assert np.nanmax(sides) < 0.1
    inside = np.isfinite(z) & (x**2 - y**2 < 0.25 - 1e-2)
    assert not inside.any()


@pytest.mark.parametrize("text", ["sqrt(1-x^2-y^2)", "e^(e^(x^2+y^2))", "tan(x y)", "ln(x y)"])
def test_the_first_row_and_column_are_even_so_that_plotly_refines_twofold(text):
    f, window, shown = parts_of(text)
    trace = surface_picture(f, window, shown, critical(f, window.x, window.y)).data[0]
    for steps in (np.diff(trace["x"][0]), np.diff(trace["y"][:, 0])):
        counts = np.round(steps.sum() / steps)
        assert (counts == len(steps)).all()


def band_at(picture, x, y):
    bands = picture.data[0]
    assert bands["type"] == "heatmap"
    i, j = (int(np.argmin(np.abs(bands[axis] - at))) for axis, at in (("x", x), ("y", y)))
    return int(bands["z"][j, i])


def test_the_pad_shows_values_up_to_the_edge_and_none_beyond():
    f, window, shown = parts_of("sqrt(1-x^2-y^2)")
    picture = pad_picture(f, window, shown, critical(f, window.x, window.y))
    for angle in np.linspace(0, 2 * math.pi, 97):
        assert band_at(picture, 0.985 * math.cos(angle), 0.985 * math.sin(angle)) > 0
        assert band_at(picture, 1.015 * math.cos(angle), 1.015 * math.sin(angle)) == 0


def test_the_pad_shows_values_on_both_sides_of_a_leap():
    f, window, shown = parts_of("floor(x)+y")
    picture = pad_picture(f, window, shown, critical(f, window.x, window.y))
    assert (picture.data[0]["z"] > 0).all()
    assert band_at(picture, 0.97, 0.5) < band_at(picture, 1.03, 0.5)


def test_values_on_single_lines_are_no_stripes():
    f, window, shown = parts_of("x^y")
    picture = pad_picture(f, window, shown, critical(f, window.x, window.y))
    assert (picture.data[0]["z"][:, picture.data[0]["x"] < 0] == 0).all()
    grid = surface_grid(f, window, shown)
    assert grid.x[np.isfinite(grid.z)].min() > -1e-6
