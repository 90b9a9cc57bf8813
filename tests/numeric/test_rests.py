"""What rests on a part of a window has the values, slopes and critical points that it has by hand."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import sample
from explorer.numeric.critical2d import critical_points
from explorer.numeric.families2d import FamilyKind
from explorer.numeric.rests import rested

SQUARE = (-2.0, 2.0)

# text, points, and by hand: the value there and ∂f/∂x
RESTS = [
    ("sqrt(|x|-x)+0y", (1.3, 0.7), 0.0, 0.0),
    ("sqrt(|x|-x)+0y", (-0.5, 0.7), 1.0, -1.0),
    ("sqrt(|x+y|-x-y)+(x-y)^2", (1.1, 0.3), 0.64, 1.6),
    ("sqrt(|x-y/3|-x+y/3)+x", (1.1, 0.7), 1.1, 1.0),
    ("max(|x|,x)+y^2", (1.5, 0.5), 1.75, 1.0),
    ("arcsin(min(1,|x|+1)-x/9)", (0.9, 0.0), np.arcsin(0.9), -1 / 9 / np.sqrt(0.19)),
    ("cbrt(|x|-x)", (0.3, 0.0), 0.0, 0.0),
    ("(|x-y|-x+y)^1.5", (0.7, 0.1), 0.0, 0.0),
]


@pytest.mark.parametrize(("text", "at", "value", "slope"), RESTS)
def test_what_rests_is_its_level(text, at, value, slope):
    f = rested(parse(text, ("x", "y")), SQUARE, SQUARE)
    found, (in_x, _) = f.value_and_gradient(*at)
    assert found == pytest.approx(value, abs=1e-12)
    assert in_x == pytest.approx(slope, abs=1e-12)


@pytest.mark.parametrize(
    "text", ["x y", "|x|+|y|", "sqrt((x-y)^2)", "relu(x)+y^2", "sqrt(x^2+y^2)", "floor(x)+y"]
)
def test_what_says_all_itself_is_left_alone(text):
    f = parse(text, ("x", "y"))
    assert rested(f, SQUARE, SQUARE) == f


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("sqrt(|x|-x)+0y", FamilyKind.FLAT, 0.0),
        ("sqrt(|x+y|-x-y)+(x-y)^2", FamilyKind.VALLEY, 0.0),
        ("relu(x)^1.5+y^2", FamilyKind.VALLEY, 0.0),
        ("arccos(min(1,x))-y^2", FamilyKind.RIDGE, 0.0),
        ("relu(x)^1.5+relu(y)^1.5", FamilyKind.FLAT, 0.0),
        ("floor(x)^2+(y-1)^2", FamilyKind.VALLEY, 0.0),
        ("floor(x+y)^2+(x-y)^2", FamilyKind.VALLEY, 0.0),
        ("max(0,x^2+y^2-1)", FamilyKind.FLAT, 0.0),
    ],
)
def test_its_level_places_are_one_finding(text, kind, value):
    reach = (-4.9, 4.9) if "floor" in text else SQUARE
    found = critical_points(rested(parse(text, ("x", "y")), reach, reach), reach, reach)
    assert not found.points
    assert [family.kind for family in found.families if abs(family.value - value) < 1e-9] == [kind]


@pytest.mark.parametrize("text", ["sqrt(|x-1/3|-x+1/3)", "cbrt(|x-1/3|-x+1/3)"])
def test_the_curve_of_what_rests_is_drawn_where_it_is(text):
    """On both sides of ⅓, where the root of a noise that is not chosen hides no step of the curve."""
    power = 1 / 2 if "sqrt" in text else 1 / 3
    span = (-8.8, 9.5)
    curve = sample(rested(parse(text), span), span)
    exact = np.maximum(2 / 3 - 2 * curve.x, 0) ** power
    assert np.nanmax(np.abs(curve.y - exact)) < 1e-4
