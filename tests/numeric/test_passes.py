"""Saddles in passes far narrower than the window: each is found, and none where there is none."""

import math
from itertools import product

import pytest

from explorer.expression import parse
from explorer.numeric.critical2d import CriticalKind2D, critical_points


def found(text, size):
    return critical_points(parse(text, ("x", "y")), (-size, size), (-size, size))


@pytest.mark.parametrize("size", [2.0, 5.0])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tanh(20x)tanh(20y)", (0, 0)),
        ("tanh(200(x-0.03))tanh(200(y-0.03))", (0.03, 0.03)),
        ("tanh(50(x+y))tanh(50(x-y-1/3))", (1 / 6, -1 / 6)),
        ("erf(15(x-0.7))erf(60(y-0.2))", (0.7, 0.2)),
        ("arctan(40(x+y))arctan(40(x-2y-0.5))", (1 / 6, -1 / 6)),
        ("sigmoid(50x)+sigmoid(50y)-2sigmoid(50x)sigmoid(50y)", (0, 0)),
        ("x y/(x^2+y^2+0.0001)", (0, 0)),
        ("e^(-400(x-0.3)^2)-e^(-400(y-0.6)^2)", (0.3, 0.6)),
        ("1/(1+1000x^2)-1/(1+1000y^2)", (0, 0)),
        ("arctan(194(0.21(x-0.39)+0.98(y+0.07)))erf(127(0.63(y+0.07)-0.78(x-0.39)))", (0.39, -0.07)),
        ("erf(194(0.07(x-0.57)+y-0.6))(2sigmoid(262(0.07(y-0.6)-(x-0.57)))-1)", (0.57, 0.6)),
    ],
)
def test_a_narrow_pass_between_plateaus_is_a_saddle(text, place, size):
    """Each is a product or a difference of steep steps or narrow ridges, which meet at right angles in one place."""
    (point,) = found(text, size).points
    assert point.kind is CriticalKind2D.SADDLE
    assert (point.x, point.y) == pytest.approx(place, abs=1e-9)


def test_several_narrow_passes_are_all_found():
    """Plateaus at the corners of a net: wherever sin 2x and sin 3y are both 0, two of them are parted."""
    text = "tanh(40sin(2x))tanh(40sin(3(y-0.2)))"
    across, up = (
        (0.0, math.pi / 2, -math.pi / 2),
        (0.2, 0.2 + math.pi / 3, 0.2 - math.pi / 3, 0.2 - 2 * math.pi / 3),
    )
    saddles = [(p.x, p.y) for p in found(text, 2.0).of_kind(CriticalKind2D.SADDLE)]
    for place in product(across, up):
        assert any(saddle == pytest.approx(place, abs=1e-9) for saddle in saddles), place


@pytest.mark.parametrize("size", [2.0, 5.0])
@pytest.mark.parametrize(
    "text",
    [
        "tanh(20x)+tanh(40x-20)+y",  # steps, one behind the other
        "tanh(40(x-1))+tanh(40(y+1))",
        "erf(40x)-erf(10y)",
        "sigmoid(40(x-0.2))sigmoid(60y)-sigmoid(40x)",  # a valley that fades into rounding
        "e^(20x)-e^(-20y)",
        "(10^8+x)^2-10^16+y",  # rounding only
        "floor(2x)+floor(3y)+x",
        "|x|-|y|",
    ],
)
def test_slopes_steps_and_rounding_have_no_saddle(text, size):
    """In each some slope keeps its sign, or there is none where it turns."""
    assert not found(text, size).points
