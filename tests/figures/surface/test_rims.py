"""Rings in the slices through a place without a value, against limits that are known."""

import pytest

from explorer.conditions import all_hold
from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.numeric import Window
from explorer.scene import marks

SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)

HOLES = [  # f, a place without a value, the ends of its slices along x from the left and the right, and along y
    ("x y/(x^2+y^2)", (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
    ("(x^2-y^2)/(x^2+y^2)", (0.0, 0.0), (1.0, 1.0), (-1.0, -1.0)),
    ("sin(x)/x + y", (0.0, 0.5), (1.5, 1.5), None),
    ("(1-cos(x))/x^2 + 0y", (0.0, 1.0), (0.5, 0.5), None),
    ("(x^2-1)/(x-1) + y", (1.0, -1.0), (1.0, 1.0), None),
    ("|x|/x + y", (0.0, 0.0), (-1.0, 1.0), None),
    ("1/x + y", (0.0, 0.0), None, None),
    ("ln(x^2) + y", (0.0, 0.0), None, None),
    ("x^2 + y/x", (1.0, 1.0), None, None),
]


@pytest.mark.parametrize(("text", "at", "along_x", "along_y"), HOLES)
def test_a_slice_ends_in_rings_where_f_has_no_value(text, at, along_x, along_y):
    scene = surface_scene(parse(text, ("x", "y")), SQUARE, at)
    now = {name: float(value) for name, value in scene.tape.run(*at, 0.0).items()} | {
        "x0": at[0],
        "y0": at[1],
    }
    for name, ends in (("x", along_x), ("y", along_y)):
        panel = next(panel for panel in scene.panels if panel.name == f"slice_{name}")
        rings = [mark for mark in panel.marks if isinstance(mark, marks.Point) and mark.shape == "ring"]
        here = [mark for mark in rings if mark.at[0] == f"{name}0"]
        drawn = [now[mark.at[1]] for mark in here if all_hold(mark.when, now.__getitem__)]
        assert drawn == pytest.approx(list(ends or ()), abs=1e-3), name


BROKEN = [  # f, the point, and where its slice along x has rings, with heights
    ("(x^2-1)/(x-1) + y", (0.0, 0.5), [(1.0, 2.5), (1.0, 2.5)]),
    ("(x^2-1)/(x-1) + y", (-1.5, -1.0), [(1.0, 1.0), (1.0, 1.0)]),
    ("(x^2-y^2)/(x-y)", (0.2, 1.25), [(1.25, 2.5), (1.25, 2.5)]),
    ("sin(x+2y)/(x+2y)", (1.5, 0.25), [(-0.5, 1.0), (-0.5, 1.0)]),
    ("|x|/x + x y", (1.0, -1.0), [(0.0, -1.0), (0.0, 1.0)]),
    ("sin(x)/x + x/(x-1)*(x-1)", (-1.0, 0.0), [(0.0, 1.0), (0.0, 1.0), (1.0, 1.8415), (1.0, 1.8415)]),
    ("1/x + y", (1.0, 1.0), []),
    ("x y/(x^2+y^2)", (1.0, 1.0), []),
]


@pytest.mark.parametrize(("text", "at", "rings"), BROKEN)
def test_a_slice_has_rings_elsewhere_too(text, at, rings):
    scene = surface_scene(parse(text, ("x", "y")), SQUARE, at)
    now = {name: float(value) for name, value in scene.tape.run(*at, 0.0).items()} | {
        "x0": at[0],
        "y0": at[1],
    }
    panel = next(panel for panel in scene.panels if panel.name == "slice_x")
    drawn = [
        (now[mark.at[0]], now[mark.at[1]])
        for mark in panel.marks
        if isinstance(mark, marks.Point) and mark.shape == "ring" and all_hold(mark.when, now.__getitem__)
    ]
    assert sorted(drawn) == [pytest.approx(ring, abs=1e-3) for ring in rings]


def test_a_polynomial_asks_for_no_rings():
    scene = surface_scene(parse("x^2 y", ("x", "y")), SQUARE, (1.0, 1.0))
    assert not [name for name, _ in scene.tape.outputs if name.startswith("rim")]
