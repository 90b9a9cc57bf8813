"""A function that turns oftener than the pictures can show: nothing false is drawn, and that is said."""

import json

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.descent.scene import descent_scene, rate_marks
from explorer.figures.descent.view import first_view, read_loss
from explorer.figures.surface.scene import surface_scene
from explorer.numeric import Window
from explorer.numeric.veils import veil_of
from explorer.scene import marks
from tests.numeric.test_waves import FAST, ORDINARY, PLANE, SQUARE

PARTLY = ("sin(1/x) + y", "sin(1/(x^2+y^2))")
DRAWN = {"contour", "heatmap", "surface", "mesh3d"}


def panels_of(text, window=SQUARE):
    scene = surface_scene(parse(text, PLANE), window, (0.3, 0.3))
    return scene, {panel.name: panel for panel in scene.panels}


def words(panel):
    return " ".join(said["text"] for said in panel.figure.layout.get("annotations", ()))


@pytest.mark.parametrize("text", FAST)
def test_of_what_turns_too_often_nothing_false_is_drawn(text):
    scene, panels = panels_of(text)
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 600_000
    for name in ("surface", "pad"):
        panel = panels[name]
        assert not {trace["type"] for trace in panel.figure.data} & DRAWN
        assert all(not np.size(trace["x"]) for trace in panel.figure.data)
        assert not [mark for mark in panel.marks if isinstance(mark, marks.Trail | marks.LevelLine)]
        assert "Turns too often" in words(panel)
    assert not scene.tables[0].rows
    assert scene.tables[0].label.endswith(("none", "none found", "too many to be found, f turns too often"))


@pytest.mark.parametrize("text", [text for text in ORDINARY if text not in ("sqrt(-1-x^2) + y", *PARTLY)])
def test_other_functions_are_drawn_as_ever(text):
    _, panels = panels_of(text)
    for name in ("surface", "pad"):
        assert {trace["type"] for trace in panels[name].figure.data} & DRAWN
        assert "too often" not in words(panels[name])
    assert not any(curve.probes for name in ("slice_x", "slice_y", "cut") for curve in curves(panels[name]))


def curves(panel):
    return [mark for mark in panel.marks if isinstance(mark, marks.Curve)]


@pytest.mark.parametrize(
    ("text", "banded"),
    [
        ("sin(300x) cos(300y)", {"slice_x", "slice_y", "cut"}),
        ("sin(100x) + y", {"slice_x", "cut"}),
        ("sin(300y) + 0x", {"slice_y", "cut"}),
        ("sin(40x) + y", set()),  # a slice has more places than the map
    ],
)
def test_a_slice_that_turns_too_often_is_a_band_and_says_so(text, banded):
    _, panels = panels_of(text)
    for name in ("slice_x", "slice_y", "cut"):
        assert any(curve.probes for curve in curves(panels[name])) is (name in banded)
        assert ("too often for a line" in words(panels[name])) is (name in banded)


def test_level_places_too_small_to_be_seen_are_too_many_as_well():
    text = "sin(300x) sign(sin(200y)) + floor(50x y)"
    scene, panels = panels_of(text)
    assert {trace["type"] for trace in panels["pad"].figure.data} & DRAWN
    assert scene.tables[0].label == "Critical points in this window: too many to be found, f turns too often"


def test_closer_the_waves_are_drawn():
    _, panels = panels_of("sin(300x) cos(300y)", Window((0.29, 0.31), (0.29, 0.31), equal=True))
    assert {trace["type"] for trace in panels["pad"].figure.data} & DRAWN


@pytest.mark.parametrize("text", ["sin(300x) cos(300y) + x^2 + y^2", "sin(90x) + y^2", "sin(300x) + x^2"])
def test_on_descent_no_few_minima_stand_for_thousands(text):
    loss = read_loss(text)
    view = first_view(loss)
    assert not view.minima
    assert not view.kinks
    assert not rate_marks(view)
    if len(loss.variables) == 2:
        pad = next(panel for panel in descent_scene(loss, view).panels if panel.name == "pad")
        assert not pad.figure.data
        assert "Turns too often" in words(pad)


@pytest.mark.parametrize("text", [*PARTLY, "sin(40/(0.3+x^2)) + y", "sin(20/(x+y))", "sin(20x y)"])
def test_where_it_turns_too_often_nothing_is_drawn_and_elsewhere_all(text):
    f = parse(text, PLANE)
    veil = veil_of(f, SQUARE, 80)
    assert veil
    scene, panels = panels_of(text)
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 600_000
    space = next(trace for trace in panels["surface"].figure.data if trace["type"] == "mesh3d")
    dots = next(trace for trace in panels["pad"].figure.data if trace["type"] == "heatmap")
    x, y = np.meshgrid(dots["x"], dots["y"])
    inside = (np.abs(x) < 2) & (np.abs(y) < 2)
    covered = veil.covers(x, y)
    assert not dots["z"][covered].any()
    assert (dots["z"][inside & ~covered & np.isfinite(f(x, y))] > 0).all()
    edge = 1e-5  # the surface is cut where the veil begins
    assert not (
        veil.covers(space["x"] - edge, space["y"] - edge) & veil.covers(space["x"] + edge, space["y"] + edge)
    ).any()
    for name in ("surface", "pad"):
        assert "Blank: turns too often, zoom in" in words(panels[name])
    for mark in panels["pad"].marks:
        if isinstance(mark, marks.LevelLine):
            drawn = mark.tape.run(x[covered], y[covered])["f"]
            assert np.isnan(drawn).all()


def test_a_slice_is_a_band_where_it_turns_too_often_and_a_line_elsewhere():
    _, panels = panels_of("sin(1/x) + y")
    band, line = sorted(curves(panels["slice_x"]), key=lambda curve: not curve.probes)
    assert band.probes
    assert not line.probes
    x = np.linspace(-2, 2, 400)
    in_band, in_line = (np.isfinite(curve.tape.run(x, np.zeros(400))["f"]) for curve in (band, line))
    assert (in_band ^ in_line).all()
    assert in_band[np.abs(x) < 0.15].all()
    assert in_line[np.abs(x) > 0.6].all()
    assert "Band: turns too often for a line" in words(panels["slice_x"])
    assert not any(curve.probes for curve in curves(panels["slice_y"]))


def test_sixteen_waves_across_a_map_are_shown():
    text = "x^2+y^2+20-10cos(2pi x)-10cos(2pi y)"
    window = Window((-8.0, 8.0), (-8.0, 8.0), equal=True)
    _, panels = panels_of(text, window)
    (map_,) = (trace for trace in panels["pad"].figure.data if trace["type"] == "contour")
    inside = (np.abs(map_["x"]) <= 8).sum()
    assert inside > 80  # five to a wave
    assert "too often" not in words(panels["pad"]) + words(panels["surface"])


def test_critical_points_where_it_turns_too_often_are_not_counted():
    scene, _ = panels_of("sin(1/x) + y^2")
    assert "beside the parts where f turns too often: 1 minimum, 1 saddle" in scene.tables[0].label
    assert sorted(row.sets["x0"] for row in scene.tables[0].rows) == pytest.approx([-2 / np.pi, 2 / np.pi])
