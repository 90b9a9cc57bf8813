"""Lowest and highest places without a gradient: cones, roofs and cusps against where their formulas put them."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric.sharp2d import level_creases, sharp_places

SQUARE = (-2.0, 2.0)


def places(text, window=SQUARE):
    return sharp_places(parse(text, ("x", "y")), window, window)


@pytest.mark.parametrize(
    ("text", "at", "value", "lowest", "crease"),
    [
        ("sqrt(x^2+y^2)", (0, 0), 0, True, False),
        ("|x|+|y|", (0, 0), 0, True, False),
        ("|x|+y^2", (0, 0), 0, True, True),
        ("3 - sqrt((x-1)^2+(y+0.5)^2)", (1, -0.5), 3, False, False),
        ("|x-1/3| + |y+pi/4|", (1 / 3, -math.pi / 4), 0, True, False),
        ("|x+2y| + |x-y-1|", (2 / 3, -1 / 3), 0, True, False),
        ("max(|x|,|y|) - 7", (0, 0), -7, True, False),
        ("(x^2+y^2)^(1/3)", (0, 0), 0, True, False),
        ("max(x^2, 1 - x) + y^2", ((math.sqrt(5) - 1) / 2, 0), (3 - math.sqrt(5)) / 2, True, True),
    ],
)
def test_a_sharp_place_is_found_where_it_is(text, at, value, lowest, crease):
    (place,) = places(text)
    assert (place.x, place.y) == pytest.approx(at, abs=2e-6)
    assert place.value == pytest.approx(value, abs=2e-6)
    assert (place.lowest, place.crease) == (lowest, crease)


@pytest.mark.parametrize("size", [3.0, 10.0])
def test_walls_beyond_every_float_are_looked_at_without_a_warning(size):
    assert not [place for place in places("5^tan(x^2+y)", (-size, size)) if not math.isfinite(place.value)]


def test_a_round_place_is_said_as_it_is():
    (place,) = places("sqrt((x-0.7)^2+(y-1.1)^2)")
    assert (place.x, place.y) == (0.7, 1.1)


@pytest.mark.parametrize(
    "text",
    [
        "x^2+y^2", "x^4+y^4", "sin(3x)cos(2y)", "|x|", "|x|-|y|", "|x|-y^2", "x+y", "5", "floor(x)+y^2",
        "x-floor(x)+y^2", "1/(x^2+y^2)", "ln(x^2+y^2)", "sqrt(1-x^2-y^2)", "ln(-1-x^2)",
        "|x|^1.5+y^2", "1/(x-0.31)^2-y^2", "x^2 + 10^6",
    ],
)  # fmt: skip
def test_smooth_places_valleys_leaps_poles_and_edges_are_not_sharp(text):
    assert places(text) == ()


def test_several_cones_are_all_found():
    found = places("sqrt((x^2-1)^2+y^2)")
    assert [(place.x, place.y) for place in found] == [(-1, 0), (1, 0)]


# One curve of lowest (or highest) places each: its height, and an expression that is 0 on it.
CREASES = [
    ("|x^2+y^2-1|", 0, True, "x^2+y^2-1"),
    ("7 + 1000|x^2+y^2-1|", 7, True, "x^2+y^2-1"),
    ("|x^2+y^2-0.1|", 0, True, "x^2+y^2-0.1"),
    ("|x y|", 0, True, "x y"),
    ("|x^2-y^2|", 0, True, "x^2-y^2"),
    ("|y-x^2|", 0, True, "y-x^2"),
    ("5 - |x+y|", 5, False, "x+y"),
    ("sqrt(|x^2+y^2-1|)", 0, True, "x^2+y^2-1"),
    ("|sin(x)|", 0, True, "sin(x)"),
    ("sqrt((x-y)^2)", 0, True, "x-y"),
    ("sqrt(|x|)", 0, True, "x"),
    ("|x|^0.3 e^y", 0, True, "x"),
]


@pytest.mark.parametrize(("text", "value", "lowest", "zero"), CREASES)
def test_a_curve_of_sharp_places_is_one_finding(text, value, lowest, zero):
    f, on_it = parse(text, ("x", "y")), parse(zero, ("x", "y"))
    (crease,) = level_creases(f, SQUARE, SQUARE)
    assert (crease.value, crease.lowest) == (pytest.approx(value, abs=1e-6), lowest)
    assert on_it(*crease.points.T) == pytest.approx(np.zeros(len(crease.points)), abs=1e-6)
    assert not [place for place in sharp_places(f, SQUARE, SQUARE) if place.value == pytest.approx(value)]


@pytest.mark.parametrize(
    "text", ["|x|+y^2", "|x|+y^8", "|x|+|y|", "sqrt(x^2+y^2)", "x^2", "floor(x)+y^2", "|x|-|y|"]
)
def test_what_rises_along_its_crease_is_no_curve_of_lowest_places(text):
    assert level_creases(parse(text, ("x", "y")), SQUARE, SQUARE) == ()


@pytest.mark.parametrize("text", ["(x^2+y^2)/sqrt(x^2+y^2)", "|x|+y^2+(x-x^2)/x", "|x y|/x+y^2"])
def test_a_hole_is_no_lowest_place(text):
    assert not [place for place in places(text) if abs(place.x) < 1e-3]


SLOPING = [
    ("|x^2+y^2-1|+0.1x", {(-1, 0)}),
    ("|x^2+y^2-4|+0.1(x-1)^2", {(1, 3**0.5), (1, -(3**0.5))}),
    ("|x+2y|+0.1(x-1)^2", {(1, -0.5)}),
    ("|y-x^2|+0.1x^2", {(0, 0)}),
    ("|x y-1|+0.1(x+y)", {(1, 1)}),
    ("|x+y|+0.1x", set()),
    ("|3x-2y|+0.05(y+1)^2", {(-2 / 3, -1)}),
    ("sqrt(|x^2+y^2-1|)+0.1x", {(-1, 0)}),
    ("|x+2y|^(2/3)+0.1(x-1)^2", {(1, -0.5)}),
]
"""By hand: along its crease the function is the rest of the formula, which is lowest there and only there."""


@pytest.mark.parametrize(("text", "lowest"), SLOPING, ids=[text for text, _ in SLOPING])
def test_a_crease_that_slopes_is_lowest_only_where_it_ends(text, lowest):
    found = sharp_places(parse(text, ("x", "y")), (-3, 3), (-3, 3))
    assert all(place.lowest and place.crease for place in found)
    assert {(round(place.x, 6), round(place.y, 6)) for place in found} == {
        (round(x, 6), round(y, 6)) for x, y in lowest
    }
