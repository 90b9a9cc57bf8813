"""What the surface page's still pictures hold where a function has edges, poles and leaps."""

import math

import numpy as np
import pytest

from explorer.conditions import is_above, is_below
from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.figures.surface.still import (
    choose_plane,
    heights,
    levels_between,
    pad_picture,
    padded,
    surface_picture,
)
from explorer.figures.surface.still import critical_points as critical
from explorer.numeric import Window
from explorer.scene.wire import to_wire


def parts_of(text):
    f = parse(text, ("x", "y"))
    window = choose_plane(f)
    return f, window, heights(f, window)


def pictures(text):
    f, window, shown = parts_of(text)
    found = critical(f, window.x, window.y)
    return surface_picture(f, window, shown, found), pad_picture(f, window, shown, found), shown


def test_a_whole_surface_is_an_even_grid_and_a_broken_one_triangles():
    space, pad, _ = pictures("x^2-y^2")
    assert (space.data[0]["type"], pad.data[0]["type"]) == ("surface", "contour")
    space, pad, shown = pictures("1/(x^2+y^2-1)")
    mesh = space.data[0]
    assert mesh["type"] == "mesh3d"
    sides = [to_wire(mesh[side]) for side in "ijk"]  # numbers of two bytes travel signed
    assert [side["dtype"] for side in sides] == ["i2"] * 3
    assert max(int(mesh[side].max()) for side in "ijk") < len(mesh["x"])
    low, high = padded(shown)
    assert mesh["z"].min() >= np.float32(low)
    assert mesh["z"].max() <= np.float32(high)


def lines_of(pad, width):
    """The x and y of the ends of straight pieces in the colour of the paper, of one width."""
    (trace,) = [
        t for t in pad.data if t["type"] == "scatter" and t["mode"] == "lines" and t["line"]["width"] == width
    ]
    return np.column_stack([trace["x"], trace["y"]]).reshape(-1, 3, 2)[:, :2]


@pytest.mark.parametrize(
    ("text", "curve"),
    [
        ("1/(x^2+y^2-1)", lambda x, y: x**2 + y**2 - 1),
        ("sqrt(1-x^2-y^2)", lambda x, y: x**2 + y**2 - 1),
        ("ln(y-x^2)", lambda x, y: y - x**2),
        ("floor(x^2+y)", lambda x, y: (x**2 + y + 0.5) % 1 - 0.5),
    ],
)
def test_the_pad_has_its_edges_where_the_function_ends(text, curve):
    ends = lines_of(pictures(text)[1], 3.5).reshape(-1, 2)
    assert len(ends) > 200
    assert curve(*ends.T) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("text", ["1/(y-x^2)", "tan(x y)", "1-y/x", "ln(y-x^2)"])
def test_level_lines_on_the_pad_lie_on_their_levels_up_to_the_edge(text):
    _, pad, shown = pictures(text)
    values = parse(text, ("x", "y"))(*lines_of(pad, 1.0).reshape(-1, 2).T)
    near = np.abs(values[:, None] - np.arange(-200, 201) * 0.5).min(axis=1)
    assert np.quantile(near, 0.95) < 0.02 * (shown[1] - shown[0])


@pytest.mark.parametrize("text", ["tan(x^2+y^2)", "tan(x y)", "1/sin(x y)"])
def test_beside_poles_every_level_in_the_window_has_its_line(text):
    """Bands without their lines show single dots; an edge that is drawn twice would take their room."""
    _, pad, shown = pictures(text)
    pieces = lines_of(pad, 1.0).reshape(-1, 2)
    values = parse(text, ("x", "y"))(*pieces[(np.abs(pieces) < 2).all(axis=1)].T)
    for level in levels_between(shown):
        met = np.abs(values - level) < 0.02 * (shown[1] - shown[0])
        assert met.any() or (level == 0 and "/" in text)


def test_numbers_on_the_pad_stand_apart_on_their_lines():
    _, pad, _ = pictures("1/(x^2+y^2-1)")
    (numbers,) = [trace for trace in pad.data if trace.get("mode") == "text"]
    assert len(numbers["text"]) > 2
    values = parse("1/(x^2+y^2-1)", ("x", "y"))(numbers["x"], numbers["y"])
    for value, text in zip(values, numbers["text"], strict=True):
        assert value == pytest.approx(float(text.replace("−", "-")), rel=0.05)
    places = np.column_stack([numbers["x"], numbers["y"]])
    away = np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) + 9 * np.eye(len(places))
    assert away.min() > 0.4


def scene_at(text, x, y):
    f, window, _ = parts_of(text)
    return surface_scene(f, window, (x, y))


@pytest.mark.parametrize(
    ("text", "x", "y", "way"), [("1/(x^2+y^2-1)", 1.02, 0.1, "above"), ("1/(x^2+y^2-1)", 0.98, 0.1, "below")]
)
def test_a_point_out_of_the_heights_shown_is_pointed_at_and_spoken_of(text, x, y, way):
    scene = scene_at(text, 1.5, 1.0)
    height = float(parse(text, ("x", "y"))(x, y))
    low, high = padded(parts_of(text)[2])
    assert not low < height < high
    said = next(case for case in scene.sentence if "heights shown here" in case.text and way in case.text)
    (condition,) = said.when
    assert condition == (is_above("f", high) if way == "above" else is_below("f", low))
    for panel in ("surface", "slice_x", "slice_y", "cut"):
        (marks,) = (p.marks for p in scene.panels if p.name == panel)
        (arrow,) = [mark for mark in marks if getattr(mark, "when", ()) == (condition,)]
        assert arrow.to[-1] == (high if way == "above" else low)
        assert low < arrow.from_[-1] < high


def test_a_critical_point_out_of_the_heights_shown_says_so():
    f = parse("1/((x^2-0.01)^2*(1+y^2))", ("x", "y"))
    window = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    top = max(critical(f, window.x, window.y).points, key=lambda point: point.value)
    assert top.value > padded(heights(f, window))[1]
    said = [
        case.text
        for case in surface_scene(f, window, (1.5, 1.0)).sentence
        if case.when and "Both slopes" in case.text
    ]
    assert any(text.endswith("Its height lies above those shown.") for text in said)


def test_a_table_says_how_many_of_its_points_stand_in_it():
    (table,) = scene_at("sin(5x)cos(5y)", 0.5, 0.5).tables
    assert f"; the first {len(table.rows)} of " in table.label
    (table,) = scene_at("x^2-y^2", 0.5, 0.5).tables
    assert "the first" not in table.label


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


@pytest.mark.parametrize("text", ["1/sin(x y)", "sin(x y)", "1/cos(x y)", "sin(3x) + y - y", "(x-y)^2"])
def test_a_curve_of_critical_points_is_beaded_from_end_to_end_and_never_a_thick_line(text):
    f, window, _ = parts_of(text)
    found = critical(f, window.x, window.y)
    _, pad, _ = pictures(text)
    beads = next(trace for trace in pad.data if trace.get("marker", {}).get("color") == "$critical")
    drawn = np.column_stack([beads["x"], beads["y"]])
    width = window.x[1] - window.x[0]
    for family in found.families:
        away = np.hypot(*np.moveaxis(family.points[:, None] - drawn[None], 2, 0)).min(axis=1)
        assert away.max() <= width / 30
    between = np.hypot(*np.moveaxis(drawn[:, None] - drawn[None], 2, 0)) + np.eye(len(drawn)) * width
    assert between.min() > width / 33
