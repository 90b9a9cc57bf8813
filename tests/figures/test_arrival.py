"""A new function leaves the point where it can be seen, else the nearest place that suits; then it says why."""

import math

import pytest

from explorer.expression import parse
from explorer.figures.arrival import on_curve, on_surface
from explorer.figures.curve import choose_window
from explorer.numeric import Window

WIDE = Window((-5.0, 5.0), (-4.0, 4.0), equal=False)


@pytest.mark.parametrize(
    ("text", "x0", "suits", "why"),
    [
        ("sqrt(x)", -0.02, 0.1, "f has no value at −0.02"),
        ("ln(x)", 0.0, 0.1, "f has no value at 0"),
        ("1/x", 0.0, -0.3, "f has no value at 0"),  # at 0.1 and 0.2 it is beyond the picture
        ("asin(x)", -3.0, -0.9, "f has no value at −3"),
        ("x^2", 30.0, 2.0, "At 30 f is not in this picture"),
        ("x^2", 4.0, 2.0, "At 4 f is not in this picture"),
        ("|x|", 0.0, 0.0, ""),  # a corner is worth seeing
        ("x^3", 1.234, 1.234, ""),
    ],
)
def test_the_point_goes_to_the_nearest_place_of_a_curve(text, x0, suits, why):
    arrival = on_curve(parse(text), WIDE, {"x0": x0})
    assert arrival.controls["x0"] == pytest.approx(suits, abs=1e-12)
    assert arrival.words.get("x0", "").startswith(why)
    assert bool(arrival.words) == bool(why)


@pytest.mark.parametrize("text", ["sqrt(-1-x^2)", "10 + x^2"])
def test_where_nothing_suits_the_point_starts_anew(text):
    arrival = on_curve(parse(text), WIDE, {"x0": 1.0, "h": 0.5})
    assert dict(arrival.controls) == {"h": 0.5}
    assert not arrival.words


def test_no_step_is_none_on_a_new_function_and_others_stay():
    assert dict(on_curve(parse("x^2"), WIDE, {"x0": 1.0, "h": 0.0}).controls) == {"x0": 1.0}
    assert dict(on_curve(parse("x^2"), WIDE, {"x0": 1.0, "h": -1e-6}).controls) == {"x0": 1.0, "h": -1e-6}


@pytest.mark.parametrize(
    "text", ["sqrt(x)", "ln(x-3)", "1/(x-1)", "acos(x)", "tan(x)", "x^x", "cbrt(x)", "floor(x)"]
)
@pytest.mark.parametrize("x0", [-40.0, -1.0, 0.0, 0.5, 1.0, math.pi / 2, 1e12])
def test_whatever_stood_is_seen_in_the_window_of_the_new_function(text, x0):
    f = parse(text)
    window = choose_window(f)
    x = on_curve(f, window, {"x0": x0}).controls["x0"]
    assert window.x[0] <= x <= window.x[1]
    assert window.y[0] <= float(f(x)) <= window.y[1]


@pytest.mark.parametrize(
    ("text", "point", "suits", "why"),
    [
        ("ln(x y)", (1.0, -0.5), (1.0, 0.1), "f has no value at (1, −0.5)"),
        ("sqrt(1 - x^2 - y^2)", (0.0, 9.0), (0.0, 0.9), "f has no value at (0, 9)"),
        ("x^2 + y^2", (1.0, 0.5), (1.0, 0.5), ""),
    ],
)
def test_the_point_goes_to_the_nearest_place_of_a_surface(text, point, suits, why):
    arrival = on_surface(parse(text, ("x", "y")), WIDE, {"x0": point[0], "y0": point[1], "theta": 30.0})
    assert (arrival.controls["x0"], arrival.controls["y0"]) == pytest.approx(suits, abs=1e-12)
    assert arrival.words.get("x0", "").startswith(why)
    assert arrival.controls["theta"] == 30.0
