"""Where the slope page has no slope: open ends, tangents of one side, points that stand alone; the axis of f′."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.curve import choose_window
from explorer.figures.slope.scene import start_in
from explorer.figures.slope.slope_axis import derivative_range
from explorer.numeric import derivative_values, values
from explorer.scene.marks import Point, Reveal, Segment
from tests.figures.slope.test_scene import holds, quantities, said, scene_of

AXES = {
    # text → places whose slopes the axis of f′ holds, from closed forms
    "tanh(50x)": [(0.0, 50.0), (0.02, 50 / math.cosh(1) ** 2)],
    "tanh(5000x)": [(0.0, 5000.0)],
    "arctan(100x)": [(0.0, 100.0)],
    "erf(80x)": [(0.0, 160 / math.sqrt(math.pi))],
    "1/(1+e^(-60x))": [(0.0, 15.0)],
    "sin(x)/20 + tanh(70x)": [(0.0, 70.05)],
    "tanh(500x)": [(0.0, 500.0)],
    "1/(1+e^(-300(x-1)))": [(1.0, 75.0)],
    "erf(1000x)": [(0.0, 2000 / math.sqrt(math.pi))],
    "tanh(1000x)": [(0.0, 1000.0)],
    "x^14": [(-1.0, -14.0), (1.0, 14.0)],
    "(x/5)^40": [(-5.0, -8.0), (5.0, 8.0)],
    "x/(1+x^2)": [(0.0, 1.0)],
    "x^10-x^8": [(1.0, 2.0)],
    "x^20": [(-1.0, -20.0), (1.0, 20.0)],
    "x^100": [(-1.0, -100.0), (0.99, 100 * 0.99**99), (1.0, 100.0)],
    "x^300": [(-1.0, -300.0), (1.0, 300.0)],
    "x^61": [(0.97, 61 * 0.97**60)],
    "(1+1/x)^x": [(-1.5, (1 / 3) ** -1.5 * (math.log(1 / 3) + 2))],
    "x^3/3 - x": [(0.0, -1.0), (2.0, 3.0)],
}


@pytest.mark.parametrize("formula", AXES)
def test_the_slope_axis_holds_the_slopes_of_the_curve_in_the_picture(formula):
    f = parse(formula)
    window = choose_window(f)
    low, high = derivative_range(f, window)
    for x, slope in AXES[formula]:
        assert window.x[0] < x < window.x[1]
        assert quantities(scene_of(formula), x)["slope"] == pytest.approx(slope)
        if window.y[0] <= float(values(f, x)) <= window.y[1]:
            assert low < slope < high
    start = start_in(f, window)
    assert low < quantities(scene_of(formula), start)["slope"] < high


def rings(scene):
    """The open circles that "All of f′" shows."""
    traces = [
        t
        for t in scene.panels[0].figure.data
        if t.get("mode") == "markers" and t.get("meta", {}).get("toggle", "").split("&")[0] == "whole"
    ]
    return [(float(x), float(y)) for t in traces for x, y in zip(t["x"], t["y"], strict=True)]


@pytest.mark.parametrize(
    ("formula", "ends"),
    [
        ("|x^2-1|", [(-1, -2), (-1, 2), (1, -2), (1, 2)]),
        ("floor(x)", [(k, 0) for k in range(-3, 4)]),
        ("{x<0: x^2, 2x}", [(0, 0), (0, 2)]),
        ("sin(x)/x", [(0, 0)]),
        ("x^(3/2)", [(0, 0)]),
        ("max(x, x^3)", [(-1, 1), (-1, 3), (0, 0), (0, 1), (1, 1), (1, 3)]),
        ("|sin(x)|/2", [(k * math.pi, side / 2) for k in range(-1, 2) for side in (-1, 1)]),
        ("cbrt(x)", []),
        ("1/x", []),
        ("x|x|", []),
    ],
)
def test_the_curve_of_slopes_ends_in_open_circles_where_there_is_no_slope(formula, ends):
    scene = scene_of(formula)
    left, right = scene.controls[0].min, scene.controls[0].max
    seen = [end for end in rings(scene) if left <= end[0] <= right]
    wanted = [end for end in ends if left <= end[0] <= right]
    assert wanted or not ends
    assert np.array(seen).reshape(-1, 2) == pytest.approx(
        np.array(wanted, dtype=float).reshape(-1, 2), abs=1e-6
    )
    for x, y in wanted:
        here = {"x0": x} | quantities(scene, x)
        drawn = [m for m in scene.panels[0].marks if isinstance(m, Point) and m.shape == "ring" and m.when]
        assert any(
            m.at == pytest.approx((x, y), abs=1e-6) and all(holds(c, here) for c in m.when) for m in drawn
        )
    reveal = next(mark for mark in scene.panels[0].marks if isinstance(mark, Reveal))
    assert {x for x, _ in seen} <= set(reveal.gaps)


def half_lines(scene, x0):
    """(from, to) of the half tangents that are drawn with the point at x0."""
    here = {"x0": x0} | quantities(scene, x0)
    segments = [m for m in scene.panels[0].marks if isinstance(m, Segment) and m.dash == "dash" and m.when]
    return [(m.from_, m.to) for m in segments if all(holds(c, here) for c in m.when)]


@pytest.mark.parametrize(
    ("formula", "x", "directions", "tangent"),
    [
        ("cbrt(x)", 0.0, [(0, -1), (0, 1)], "vertical"),
        ("-root(x,5)", 0.0, [(0, 1), (0, -1)], "vertical"),
        ("sqrt(x)", 0.0, [(0, 1)], "vertical, from the right"),
        ("sqrt(1-x)", 1.0, [(0, 1)], "vertical, from the left"),
        ("arcsin(x)", 1.0, [(0, -1)], "vertical, from the left"),
        ("x^(2/3)", 0.0, [(0, 1), (0, 1)], "vertical"),
        ("x^(3/2)", 0.0, [(1, 0)], "none"),
        ("|x|", 0.0, [(-1, 1), (1, 1)], "none"),
        ("sqrt(x^3+x^2)", 0.0, [(-1, 1), (1, 1)], "none"),
        ("{x<0: x, sqrt(x)}", 0.0, [(-1, -1), (0, 1)], "none"),
        ("1/x", 0.0, [], "none"),
        ("floor(x)", 0.0, [], "none"),
    ],
)
def test_the_tangents_of_each_side_are_drawn_where_there_is_no_slope(formula, x, directions, tangent):
    scene = scene_of(formula)
    drawn = [(np.sign(to[0] - from_[0]), np.sign(to[1] - from_[1])) for from_, to in half_lines(scene, x)]
    assert drawn == directions
    assert said(next(r for r in scene.readouts if r.name == "tangent").text, scene, x) == tangent


@pytest.mark.parametrize(
    ("formula", "x", "words"),
    [
        (
            "sqrt(x)",
            0.0,
            "from the right the values approach 0 and the quotients grow without bound: a vertical tangent",
        ),
        ("arccos(x)", 1.0, "fall without bound: a vertical tangent"),
        ("x^(3/2)", 0.0, "the slope of a tangent on one side"),
        ("sqrt(-x^2)", 0.0, "Isolated point at x = 0: f(0) is 0"),
        ("sqrt(-x^2)", 0.5, "single points only"),
        ("(-3)^x", 2.0, "Isolated point at x = 2: f(2) is 9"),
        ("sqrt(cos(x)-1)", 0.0, "Isolated point at x = 0"),
        ("sqrt(x^4-x^2)", 0.0, "Isolated point at x = 0"),
        ("{x<0: x^2 sin(1/x), x>0: x^2 sin(1/x), 0}", 0.0, "the curve swings above and below"),
        ("x|x|", 0.0, "goes on the same way on both sides"),
        ("{x=0: 0, x^4(2+sin(1/x))}", 0.0, "minimum: on both sides the curve is higher"),
    ],
)
def test_what_is_said_where_the_curve_ends_stands_alone_or_swings(formula, x, words):
    scene = scene_of(formula)
    assert words in said(scene.sentence, scene, x)


def test_a_point_that_stands_alone_is_where_the_learner_starts():
    f = parse("sqrt(cos(x)-1)")
    assert start_in(f, choose_window(f)) == 0.0


def test_at_a_jump_that_no_double_meets_the_point_stands_on_its_filled_circle():
    scene = scene_of("floor(x^2)")
    x = next(mark.value for mark in scene.controls[0].marks if -1.8 < mark.value < -1.7)
    assert quantities(scene, x)["f"] == 3.0


@pytest.mark.parametrize("text", ["10^300 x", "10^299 cos(x)", "10^200 (x^4-x^2)"])
def test_an_axis_holds_slopes_however_large(text):
    f = parse(text)
    window = choose_window(f)
    low, high = derivative_range(f, window)
    x = np.linspace(*window.x, 101)
    slopes = derivative_values(f, x, 1)[(f(x) >= window.y[0]) & (f(x) <= window.y[1])]
    assert low <= slopes.min()
    assert slopes.max() <= high
