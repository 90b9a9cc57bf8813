"""A header's names and units stand wherever a picture speaks of its columns."""

import json

import pytest

from explorer.data.headings import LABELLED, PLACED, PLAIN, headings
from explorer.data.losses import Setting
from explorer.figures.regression.classes import classes_scene
from explorer.figures.regression.features import features_scene
from explorer.figures.regression.line import regression_scene
from explorer.scene.scene import Scene

LINE = ((50.0, 210.0), (62.0, 255.0), (80.0, 300.0))
TWO = ((1.0, 0.0), (2.0, 1.0), (3.0, 0.0), (4.0, 1.0))
PLANE = ((1.0, 2.0, 0.0), (2.0, 1.0, 1.0), (3.0, 5.0, 0.0), (4.0, 1.0, 1.0))


def _titles(scene: Scene) -> list[str]:
    """Of the picture of the data: both axes, and the cells of a row."""
    layout = next(panel for panel in scene.panels if panel.name == "data").figure.layout
    assert scene.columns is not None
    axes = [layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis")]
    return axes + [cell.label for cell in scene.columns.cells]


@pytest.mark.parametrize(
    ("named", "plain"),
    [
        (
            regression_scene(LINE, named=headings("area (m²),price [k€]", PLAIN)),
            regression_scene(LINE),
        ),
        (classes_scene(TWO, named=headings("area (m²),price [k€]", LABELLED)), classes_scene(TWO)),
    ],
)
def test_two_columns_are_called_by_their_names(named: Scene, plain: Scene) -> None:
    assert _titles(named) == ["area (m²)", "price [k€]"] * 2
    assert named.id != plain.id
    told = json.dumps(named.to_json(), ensure_ascii=False)
    assert "area = {" in told
    assert " m²" in told
    assert " x = {" not in told
    assert "x = {" in json.dumps(plain.to_json(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("scale", "slope"), [("raw", "slope m (km per h)"), ("standard", "slope m, for a deviation of time (km)")]
)
def test_slope_and_height_have_the_units_of_the_columns(scale: str, slope: str) -> None:
    scene = regression_scene(
        LINE, setting=Setting("square", scale), named=headings("time (h),way (km)", PLAIN)
    )
    layout = next(panel for panel in scene.panels if panel.name == "pad").figure.layout
    assert [layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis")] == [slope, "height c (km)"]


def test_the_features_of_a_plane_are_called_by_theirs() -> None:
    scene = features_scene(PLANE, named=headings("hours (h),sleep (h),passed", PLACED))
    assert _titles(scene) == ["hours (h)", "sleep (h)", "hours (h)", "sleep (h)", "passed"]
    assert [control.label for control in scene.controls if control.name in ("p1", "p2")] == [
        "hours of ?",
        "sleep of ?",
    ]
    assert _titles(features_scene(PLANE)) == ["x₁", "x₂", "x₁", "x₂", "class"]
