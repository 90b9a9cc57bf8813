"""Partial derivatives on seams, against what is true of the slice by hand and against the slope page's own room."""

import math

import numpy as np
import pytest

from explorer.expression import compile_tape, parse
from explorer.numeric import Window, one_sided, seams
from explorer.numeric.seams import slopes_of, slopes_on

PLANE = ("x", "y")
SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
NONE, UP, DOWN = math.nan, math.inf, -math.inf

# f; the point; by hand: the slope in x or (from the left, from the right), the same in y; whether a plane touches
SEAMS = [
    ("{x<0: -x, x} + y", (0, 1), (-1, 1), 1, False),
    ("{x^2+y^2<1: 1-x^2-y^2, 0}", (1, 0), (-2, 0), 0, False),
    ("{x^2+y^2<1: 1-x^2-y^2, 0}", (0.6, 0.8), (-1.2, 0), (-1.6, 0), False),
    ("x|x| + y", (0, 1), 0, 1, True),
    ("sqrt(|x y|)", (0, 0), 0, 0, False),
    ("|x y|", (1, 0), 0, (-1, 1), False),
    ("|x y|", (0, 0), 0, 0, True),
    ("|x| y", (0, 0), 0, 0, True),
    ("|x| y", (0, 1.5), (-1.5, 1.5), 0, False),
    ("x^2|x| + y", (0, 1), 0, 1, True),
    ("|x|^1.5 + y^2", (0, 1), 0, 2, True),
    ("sqrt(x^2+y^2)", (0, 0), (-1, 1), (-1, 1), False),
    ("(x^2+y^2)^(3/4)", (0, 0), 0, 0, True),
    ("max(x, y)", (0.5, 0.5), (0, 1), (0, 1), False),
    ("min(x^2, y)", (1, 1), (2, 0), (1, 0), False),
    ("{x<y: x^2, y^2}", (1, 1), (2, 0), (2, 0), False),
    ("{y<x^2: 0, (y-x^2)^2}", (1, 1), 0, 0, True),
    ("|x-1/3| + y", (1 / 3, 1), (-1, 1), 1, False),
    ("|sin(50x)| + y", (0, 0), (-50, 50), 1, False),
    ("1000000|x| + 0.001|y|", (0, 0), (-1e6, 1e6), (-1e-3, 1e-3), False),
    ("cbrt(x) + y", (0, 1), (UP, UP), 1, False),
    ("cbrt(x y)", (0, 0), 0, 0, False),
    ("sqrt(|x|) + y", (0, 1), (DOWN, UP), 1, False),
    ("sqrt(x) + y", (0, 1), (NONE, UP), 1, False),
    ("x sqrt(x) + y", (0, 1), (NONE, 0), 1, False),
    ("asin(x) + y", (1, 0), (UP, NONE), 1, False),
    ("floor(x) + y", (1, 0.5), (UP, 0), 1, False),
    ("sign(x) y", (0, 0), 0, 0, False),
    ("{x^2+y^2>0: x y/(x^2+y^2), 0}", (0, 0), 0, 0, False),
    ("{x^2+y^2>0: x^3/(x^2+y^2), 0}", (0, 0), 1, 0, False),
    ("{x^2+y^2>0: x^2 y^2/(x^2+y^2), 0}", (0, 0), 0, 0, True),
    ("{x^2+y^2>0: x^2 y/(x^4+y^2), 0}", (0, 0), 0, 0, False),
    ("{x^2>0: x^2 sin(1/x), 0} + y", (0, 1), 0, 1, True),
    ("{x^2>0: x sin(1/x), 0} + y", (0, 1), (NONE, NONE), 1, False),
    ("|x^2+y^2-1|", (1, 0), (-2, 2), 0, False),
    ("| |x| - 1 | + y", (1, 0), (-1, 1), 1, False),
    ("x^2 + y^2", (1, 0.5), 2, 1, True),
]


def now(slopes, at):
    """The value, and the two sides with their infinities."""

    def of(part):
        return float(part.over(PLANE)(*at))

    sides = tuple(
        math.copysign(math.inf, of(way)) if not math.isnan(of(way)) else of(side)
        for side, way in ((slopes.left, slopes.left_way), (slopes.right, slopes.right_way))
    )
    return of(slopes.value), sides


@pytest.mark.parametrize(("text", "at", "in_x", "in_y", "touched"), SEAMS)
def test_slopes_on_a_seam_are_what_the_slice_has(text, at, in_x, in_y, touched):
    *both, plane = slopes_of(parse(text, PLANE), SQUARE.x, SQUARE.y)
    for slopes, expected in zip(both, (in_x, in_y), strict=True):
        value, sides = now(slopes, at)
        if isinstance(expected, tuple):
            assert math.isnan(value)
            assert sides == pytest.approx(expected, rel=1e-6, abs=1e-6, nan_ok=True)
        else:
            assert value == pytest.approx(expected, rel=1e-6, abs=1e-12)
    assert math.isfinite(float(plane.over(PLANE)(*at))) == touched


@pytest.mark.parametrize("window", [SQUARE, Window((-1.0, 4.0), (0.5, 3.0), equal=False)])
def test_many_places_are_judged_at_once_as_the_formulas_judge_each(window):
    places = np.array([*{row[1] for row in SEAMS}, (0.3, 0.7), (-1, 1)], dtype=float)
    for text, *_ in SEAMS:
        f = parse(text, PLANE)
        x, y, plane = slopes_of(f, window.x, window.y)
        told = slopes_on(f, places, window.x, window.y)
        for formula, now in zip((x.value, y.value, plane), told, strict=True):
            expected = np.broadcast_to(formula.over(PLANE)(*places.T), len(places))
            known = np.isfinite(expected)
            assert np.array_equal(np.isfinite(now), known), text
            assert np.array_equal(np.where(known, now, 0), np.where(known, expected, 0)), text


def test_what_the_heights_beside_a_place_say_is_compiled_once_for_all_functions(monkeypatch):
    compiled = []
    monkeypatch.setattr(seams, "compile_tape", lambda *given: compiled.append(given) or compile_tape(*given))
    for text in ("|x| + |y - 1|", "max(x, y^2, 1/3)", "floor(x) y"):
        slopes_on(parse(text, PLANE), np.zeros((1, 2)), (-7.0, 7.0), (-6.0, 6.0))
    assert len(compiled) <= 1


@pytest.mark.parametrize(
    ("text", "at"), [row[:2] for row in SEAMS if "floor" not in row[0] and "sign" not in row[0]]
)
def test_the_slope_page_says_the_same_of_the_slice(text, at):
    f = parse(text, PLANE)
    for index, name in enumerate(PLANE):
        other = PLANE[1 - index]
        slice_ = f.substitute({other: at[1 - index]}, (name,))
        truth = one_sided(slice_, at[index])
        value, sides = now(slopes_of(f, SQUARE.x, SQUARE.y)[index], at)
        quotients = (truth.left_quotient, truth.right_quotient)
        if math.isnan(value):
            assert sides == pytest.approx(quotients, rel=1e-5, abs=1e-5, nan_ok=True)
        else:
            assert quotients == pytest.approx((value, value), rel=1e-5, abs=1e-5)


@pytest.mark.parametrize(
    "text", ["|x y|", "max(x, y)", "{x^2+y^2<1: 1-x^2-y^2, 0}", "sqrt(|x y|)", "floor(3x) y"]
)
def test_beside_the_seams_it_is_the_formula(text):
    f = parse(text, PLANE)
    x, y = np.random.default_rng(4).uniform(-2, 2, (2, 400))
    by_formula = f.value_and_gradient(x, y)[1]
    for slopes, known in zip(slopes_of(f, SQUARE.x, SQUARE.y)[:2], by_formula, strict=True):
        assert np.array_equal(np.broadcast_to(slopes.value.over(PLANE)(x, y), x.shape), known, equal_nan=True)
