"""Every place without a derivative, against what a calculus book says of it."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import BreakKind, Description, analyse, number_text, one_sided, place_text

INF, NAN = math.inf, math.nan
PI, E = np.pi, math.e
WINDOW = (-3.1, 3.3)

CORNER, CUSP, VERTICAL = BreakKind.CORNER, BreakKind.CUSP, BreakKind.VERTICAL_TANGENT
JUMP, HOLE, POLE = BreakKind.JUMP, BreakKind.HOLE, BreakKind.POLE
EDGE, SWING = BreakKind.DOMAIN_EDGE, BreakKind.OSCILLATION

# text → (x, kind, f(x), value from the left, from the right, quotient from the left, from the right)
BREAKS = {
    "|x|": [(0, CORNER, 0, 0, 0, -1, 1)],
    "sqrt(x^2)": [(0, CORNER, 0, 0, 0, -1, 1)],
    "x^(1/3)": [(0, VERTICAL, 0, 0, 0, INF, INF)],
    "cbrt(x)": [(0, VERTICAL, 0, 0, 0, INF, INF)],
    "pi + root(x,7)": [(0, VERTICAL, PI, PI, PI, INF, INF)],
    "|x|^(1/20)": [(0, CUSP, 0, 0, 0, -INF, INF)],
    "|x|^(-1/20)": [(0, POLE, NAN, INF, INF, NAN, NAN)],
    "ln(ln(1/|x/4|))": [(0, POLE, NAN, INF, INF, NAN, NAN)],
    "-cbrt(x)": [(0, VERTICAL, 0, 0, 0, -INF, -INF)],
    "x^(2/3)": [(0, CUSP, 0, 0, 0, -INF, INF)],
    "sqrt(|x|)": [(0, CUSP, 0, 0, 0, -INF, INF)],
    "1-x^(2/3)": [(0, CUSP, 1, 1, 1, INF, -INF)],
    "sign(x)": [(0, JUMP, 0, -1, 1, 0, 0)],
    "|x|/x": [(0, JUMP, NAN, -1, 1, 0, 0)],
    "arctan(1/x)": [(0, JUMP, NAN, -PI / 2, PI / 2, -1, -1)],
    "x/x": [(0, HOLE, NAN, 1, 1, 0, 0)],
    "x^2/x": [(0, HOLE, NAN, 0, 0, 1, 1)],
    "sin(x)/x": [(0, HOLE, NAN, 1, 1, 0, 0)],
    "(1-cos(x))/x^2": [(0, HOLE, NAN, 0.5, 0.5, 0, 0)],
    "(sin(x)-x)/x^3": [(0, HOLE, NAN, -1 / 6, -1 / 6, 0, 0)],
    "(e^x-1)/x": [(0, HOLE, NAN, 1, 1, 0.5, 0.5)],
    "e^(-1/x^2)": [(0, HOLE, NAN, 0, 0, 0, 0)],
    "x sin(1/x)": [(0, HOLE, NAN, 0, 0, NAN, NAN)],
    "cbrt(x) sin(1/x)": [(0, HOLE, NAN, 0, 0, NAN, NAN)],
    "sqrt(|x|) cos(1/x) + 2": [(0, HOLE, NAN, 2, 2, NAN, NAN)],
    "x^(1/9) sin(1/x)": [(0, HOLE, NAN, 0, 0, NAN, NAN)],
    "cbrt(x) ln|x|": [(0, HOLE, NAN, 0, 0, -INF, -INF)],
    "x^(1/5) ln|x|": [(0, HOLE, NAN, 0, 0, -INF, -INF)],
    "x^(1/50)": [(0, EDGE, 0, NAN, 0, NAN, INF)],
    "sqrt(x) ln(x)": [(0, EDGE, NAN, NAN, 0, NAN, -INF)],
    "1/(1/x)": [(0, HOLE, NAN, 0, 0, 1, 1)],
    "(x^2-1)/(x-1)": [(1, HOLE, NAN, 2, 2, 1, 1)],
    "(x^2-3)/(x^2-3)": [(-math.sqrt(3), HOLE, NAN, 1, 1, 0, 0), (math.sqrt(3), HOLE, NAN, 1, 1, 0, 0)],
    "1/x": [(0, POLE, NAN, -INF, INF, NAN, NAN)],
    "1/x^2": [(0, POLE, NAN, INF, INF, NAN, NAN)],
    "ln|x|": [(0, POLE, NAN, -INF, -INF, NAN, NAN)],
    "e^(1/x)": [(0, POLE, NAN, 0, INF, 0, NAN)],
    "1/(x^2-2)": [
        (-math.sqrt(2), POLE, NAN, INF, -INF, NAN, NAN),
        (math.sqrt(2), POLE, NAN, -INF, INF, NAN, NAN),
    ],
    "1/(x^2-2x+1)": [(1, POLE, NAN, INF, INF, NAN, NAN)],
    "1/(x^2-2sqrt(3)x+3)": [(math.sqrt(3), POLE, NAN, INF, INF, NAN, NAN)],
    "x^3/(x-sin(x))": [(0, HOLE, NAN, 6, 6, 0, 0)],
    "x^4/(cos(x)-1+x^2/2)": [(0, HOLE, NAN, 24, 24, NAN, NAN)],
    "1/(x-2-sin(x-2))": [(2, POLE, NAN, -INF, INF, NAN, NAN)],
    "tan(x)": [(-PI / 2, POLE, NAN, INF, -INF, NAN, NAN), (PI / 2, POLE, NAN, INF, -INF, NAN, NAN)],
    "1/sin(x)": [(0, POLE, NAN, -INF, INF, NAN, NAN), (PI, POLE, NAN, INF, -INF, NAN, NAN)],
    "1/ln(x)": [(0, EDGE, NAN, NAN, 0, NAN, -INF), (1, POLE, NAN, -INF, INF, NAN, NAN)],
    "sqrt(x)": [(0, EDGE, 0, NAN, 0, NAN, INF)],
    "sqrt(1-x^2)": [(-1, EDGE, 0, NAN, 0, NAN, INF), (1, EDGE, 0, 0, NAN, -INF, NAN)],
    "x^(3/2)": [(0, EDGE, 0, NAN, 0, NAN, 0)],
    "ln(x)": [(0, EDGE, NAN, NAN, -INF, NAN, NAN)],
    "ln(x)/x": [(0, EDGE, NAN, NAN, -INF, NAN, NAN)],
    "x ln(x)": [(0, EDGE, NAN, NAN, 0, NAN, -INF)],
    "x^x": [(0, EDGE, NAN, NAN, 1, NAN, -INF)],
    "x^(1/100)": [(0, EDGE, 0, NAN, 0, NAN, INF)],
    "arcsin(x)": [(-1, EDGE, -PI / 2, NAN, -PI / 2, NAN, INF), (1, EDGE, PI / 2, PI / 2, NAN, INF, NAN)],
    "arctanh(x)": [(-1, EDGE, NAN, NAN, -INF, NAN, NAN), (1, EDGE, NAN, INF, NAN, NAN, NAN)],
    "arccosh(x)": [(1, EDGE, 0, NAN, 0, NAN, INF)],
    "ln(cos(x))": [(-PI / 2, EDGE, NAN, NAN, -INF, NAN, NAN), (PI / 2, EDGE, NAN, -INF, NAN, NAN, NAN)],
    "(1+x)^(1/x)": [(-1, EDGE, NAN, NAN, INF, NAN, NAN), (0, HOLE, NAN, E, E, -E / 2, -E / 2)],
    "sin(1/x)": [(0, SWING, NAN, NAN, NAN, NAN, NAN)],
    "|x^2-2|": [
        (-math.sqrt(2), CORNER, 0, 0, 0, -math.sqrt(8), math.sqrt(8)),
        (math.sqrt(2), CORNER, 0, 0, 0, -math.sqrt(8), math.sqrt(8)),
    ],
    "|sin(x)|": [(0, CORNER, 0, 0, 0, -1, 1), (PI, CORNER, 0, 0, 0, -1, 1)],
    "||x|-1|": [(-1, CORNER, 0, 0, 0, -1, 1), (0, CORNER, 1, 1, 1, 1, -1), (1, CORNER, 0, 0, 0, -1, 1)],
    "max(x,0)": [(0, CORNER, 0, 0, 0, 0, 1)],
    "cbrt(x^3-x-1)": [(1.324717957244746, VERTICAL, 0, 0, 0, INF, INF)],
    "{x<0: x^2, x<1: x, 2}": [(0, CORNER, 0, 0, 0, 0, 1), (1, JUMP, 2, 1, 2, 1, 0)],
    "{x<0: 1/x, x}": [(0, POLE, 0, -INF, 0, NAN, 1)],
    "floor(cos(x))": [
        (-PI / 2, JUMP, 0, -1, 0, 0, 0),
        (0, HOLE, 1, 0, 0, 0, 0),
        (PI / 2, JUMP, 0, 0, -1, 0, 0),
    ],
    "floor(x/2)": [(-2, JUMP, -1, -2, -1, 0, 0), (0, JUMP, 0, -1, 0, 0, 0), (2, JUMP, 1, 0, 1, 0, 0)],
}

ROOT2, ROOT3 = math.sqrt(2), math.sqrt(3)

# Jumps at places that no double is: text → window, (x, from the left, from the right, quotient on either side)
JUMPS_BETWEEN_DOUBLES = {
    "{x<sqrt(2): x, 3}": [(ROOT2, ROOT2, 3, 1, 0)],
    "sign(x^2-2)": [(-ROOT2, 1, -1, 0, 0), (ROOT2, -1, 1, 0, 0)],
    "sign(x^3-2)": [(2 ** (1 / 3), -1, 1, 0, 0)],
    "{x^2<3: 1, 0}": [(-ROOT3, 0, 1, 0, 0), (ROOT3, 1, 0, 0, 0)],
    "{x<e: ln|x|, 5}": [(E, 1, 5, 1 / E, 0)],
    "floor(e^x)": [(math.log(k), k - 1, k, 0, 0) for k in range(1, 20)],
    "ceil(e^x)": [(math.log(k), k, k + 1, 0, 0) for k in range(1, 20)],
    "floor(pi x)": [(k / PI, k - 1, k, 0, 0) for k in range(-7, 10)],
    "floor(3sin x)": [
        (math.asin(k / 3), k - 1, k, 0, 0) if rising else (PI - math.asin(k / 3), k, k - 1, 0, 0)
        for k, rising in [(-2, True), (-1, True), (0, True), (1, True), (2, True), (2, False), (1, False)]
    ],
    "x^2-floor(x^2)": [
        *((-math.sqrt(k), 0, 1, -2 * math.sqrt(k), -2 * math.sqrt(k)) for k in (3, 2, 1)),
        *((math.sqrt(k), 1, 0, 2 * math.sqrt(k), 2 * math.sqrt(k)) for k in range(1, 9)),
    ],
}  # fmt: skip

SMOOTH = (
    "x^2", "x|x|", "|x|^3", "x^3", "3x^4-5x^2+2x", "e^(2x) cos x", "1/(1+e^(-x))", "sin((4x)^2)", "arctan(x)",
    "1/(x^2+0.001)", "1/(x^2+10^(-9))", "tanh(1000x)", "sqrt(x^2+10^(-6))", "x^4 sign(x)", "sin(50x)", "2x+1",
    "5", "max(x,x)", "|x|^(5/2)", "sqrt(x^4)", "cbrt(x^6)", "ln(1+x^2)", "2^x", "|x^2+1|", "{x<0: x^2, x^3}",
    "sin(x)^2+cos(x)^2", "1/(2+sin(x))", "(x^2)^3", "x-1000000", "10^20 x^2", "e^(x^2)/e^(x^2)",
)  # fmt: skip


def _same(found, expected):
    if math.isnan(expected):
        return math.isnan(found)
    return found == expected or abs(found - expected) <= 1e-6 * (1 + abs(expected))


@pytest.mark.parametrize("text", BREAKS)
def test_breaks_are_those_of_the_book(text):
    found = analyse(parse(text), WINDOW).breaks
    assert [(b.x, b.kind) for b in found] == [
        (pytest.approx(x, abs=1e-14), kind) for x, kind, *_ in BREAKS[text]
    ]
    for place, (_, _, *expected) in zip(found, BREAKS[text], strict=True):
        numbers = (
            place.value, place.left_value, place.right_value, place.left_slope, place.right_slope,
        )  # fmt: skip
        for name, number, right in zip(("f", "left", "right", "←", "→"), numbers, expected, strict=True):
            assert _same(number, right), f"{name}: {number}, not {right}"


@pytest.mark.parametrize("text", JUMPS_BETWEEN_DOUBLES)
def test_a_jump_has_two_sides_also_where_no_double_is(text):
    expected = JUMPS_BETWEEN_DOUBLES[text]
    lo, hi = (-1.9, 2.9)
    found = [b for b in analyse(parse(text), (lo, hi)).breaks if b.kind is JUMP]
    inside = [e for e in expected if lo < e[0] < hi]
    assert [b.x for b in found] == pytest.approx([e[0] for e in inside], abs=1e-14)
    for place, (_, *numbers) in zip(found, inside, strict=True):
        seen = (place.left_value, place.right_value, place.left_slope, place.right_slope)
        assert seen == pytest.approx(tuple(numbers), abs=1e-9)
        left, right = (number_text(v) for v in numbers[:2])
        assert f"approach {left} from the left but approach {right} from the right" in place.sentence


@pytest.mark.parametrize("order", [20, 30, 39, 40, 41, 59, 60, 61, 99, 100, 301, 1000])
@pytest.mark.parametrize("base", ["x-3", "x^2-3", "sin(x)"])
def test_a_pole_of_high_order_is_a_pole(base, order):
    """Between the values that can be told and the overflow there is hardly room for ten halvings."""
    found = analyse(parse(f"1/({base})^{order}"), (0.5, 10) if base != "sin(x)" else (2, 4)).breaks
    place = {"x-3": 3.0, "x^2-3": ROOT3, "sin(x)": PI}[base]
    below = 1 if order % 2 == 0 or base == "sin(x)" else -1
    above = -1 if order % 2 and base == "sin(x)" else 1
    assert [(b.x, b.kind) for b in found] == [(pytest.approx(place, abs=1e-15), POLE)]
    assert (found[0].left_value, found[0].right_value) == (below * INF, above * INF)


# What goes one way, however slowly, swings nowhere: text → value and quotient from the right of 0
SLOW = {
    "floor(ln x)": (-INF, NAN),
    "ceil(ln x)": (-INF, NAN),
    "floor(-2ln x)": (INF, NAN),
    "cbrt(ln x)": (-INF, NAN),
    "sqrt(-ln x)": (INF, NAN),
    "1/ln(x)^2": (0, INF),
    "1/ln(x)^3": (0, -INF),
    "1/sqrt(-ln x)": (0, INF),
    "5-1/ln(x)^2": (5, -INF),
    "1/(1+ln(x)^2)": (0, INF),
    "arctan(ln x)": (-PI / 2, INF),
    "ln(x)/(1+ln(x))": (1, INF),
    "sin(ln x)": (NAN, NAN),
    "sin(ln x) ln x": (NAN, NAN),
}


@pytest.mark.parametrize("text", SLOW)
def test_what_goes_one_way_is_not_said_to_swing(text):
    value, quotient = SLOW[text]
    sides = one_sided(parse(text), 0.0)
    assert _same(sides.right_value, value), sides
    assert _same(sides.right_quotient, quotient), sides
    found = analyse(parse(text), (-0.4, 0.3)).breaks[0]
    assert (found.x, found.kind) == (0.0, SWING if math.isnan(value) else EDGE)
    assert ("swing" in found.sentence) == math.isnan(value)


# text → x, quotient from the left, from the right
STEEP = {
    "(x^100-1)/(x-1)": (1, 4950, 4950),
    "(x^30-1)/(x-1)": (1, 435, 435),
    "sqrt(0.3-x)*x": (0.3, -INF, NAN),
    "x^2 sqrt(0.3-x)": (0.3, -INF, NAN),
    "(x-0.3)|x|": (0.3, 0.3, 0.3),
    "(x-0.3)^2/(x-0.3)*x": (0.3, 0.3, 0.3),
}


@pytest.mark.parametrize("text", STEEP)
def test_quotients_where_f_is_large_or_zero_nearby(text):
    x, left, right = STEEP[text]
    sides = one_sided(parse(text), x)
    assert _same(sides.left_quotient, left), sides
    assert _same(sides.right_quotient, right), sides


@pytest.mark.parametrize("text", SMOOTH)
def test_no_break_is_made_up(text):
    assert analyse(parse(text), WINDOW).breaks == ()


@pytest.mark.parametrize(
    ("text", "x"),
    [("|x|", 0.0), ("tan(x)", np.pi / 2), ("1/(x-0.3)", 0.3), ("floor(3x)", 1 / 3), ("1/cos(2x)", np.pi / 4)],
)
def test_nice_places_are_exact(text, x):
    assert x in [b.x for b in analyse(parse(text), WINDOW).breaks]


def test_a_derivative_that_exists_though_its_formula_is_silent():
    assert [(p.x, p.slope) for p in analyse(parse("x|x|"), WINDOW).smooth_places] == [(0.0, 0.0)]
    place = analyse(parse("{x<1: x^2, 2x-1}"), WINDOW).smooth_places[0]
    assert (place.x, place.y, place.slope) == (1.0, 1.0, pytest.approx(2, abs=1e-9))


@pytest.mark.parametrize("text", ["floor(1000x)", "1/sin(100x)", "tan(200x)", "floor(100x)"])
def test_too_many_breaks_are_said_not_listed(text):
    found = analyse(parse(text), WINDOW)
    assert found.too_many_breaks
    assert found.breaks == ()
    assert "zoom" in found.description.sentence.lower()


def test_a_hundred_poles_are_listed_exactly():
    found = analyse(parse("tan(50x)"), WINDOW).breaks
    exact = [(k + 0.5) * math.pi / 50 for k in range(-200, 200)]
    assert [b.x for b in found] == pytest.approx([x for x in exact if WINDOW[0] < x < WINDOW[1]], abs=1e-14)


def test_nowhere_defined_has_a_word():
    found = analyse(parse("sqrt(-1-x^2)"), WINDOW)
    assert found.description is Description.NOWHERE_DEFINED
    assert found.domain == ()
    assert "nowhere defined" in found.description.sentence


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("1/x", [(-3.1, 0.0), (0.0, 3.3)]),
        ("sqrt(x)", [(0.0, 3.3)]),
        ("sqrt(x^2-1)", [(-3.1, -1.0), (1.0, 3.3)]),
        ("|x|", [WINDOW]),
        ("ln(cos(x))", [(-np.pi / 2, np.pi / 2)]),
        ("floor(x)", [WINDOW]),
    ],
)
def test_domain(text, domain):
    assert list(analyse(parse(text), WINDOW).domain) == domain


SENTENCES = {
    "|x|": ("Corner at x = 0", "quotients approach −1 from the left", "1 from the right", "no tangent"),
    "x^(2/3)": (
        "Cusp at x = 0",
        "quotients fall without bound from the left",
        "grow without bound from the right",
    ),
    "cbrt(x)": (
        "Vertical tangent at x = 0",
        "quotients grow without bound from both sides",
        "a tangent, a vertical",
    ),
    "sign(x)": ("Jump at x = 0", "values approach −1 from the left", "1 from the right"),
    "sin(x)/x": ("Hole at x = 0", "values approach 1 from both sides", "f(0) is undefined"),
    "1/x": ("Pole at x = 0", "values fall without bound from the left", "grow without bound from the right"),
    "tan(x)": ("Pole at x = −π/2",),
    "sqrt(x)": (
        "domain begins at x = 0",
        "values approach 0",
        "quotients grow without bound",
        "On the left f is",
    ),
    "ln(x)": ("domain begins at x = 0", "values fall without bound"),
    "sin(1/x)": ("Oscillation at x = 0", "values keep swinging"),
}


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_name_the_place_and_its_proof(text):
    sentence = analyse(parse(text), WINDOW).breaks[0].sentence
    for words in SENTENCES[text]:
        assert words in sentence
    assert "f′" not in sentence  # limits of f′ prove nothing


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (-1.5, "−1.5"), (math.pi / 2, "π/2"), (-3 * math.pi / 4, "−3π/4"), (INF, "+∞"),
        (-INF, "−∞"), (NAN, "undefined"), (1 / 3, "0.3333"), (1.5e-7, "1.5·10⁻⁷"), (-2e20, "−2·10²⁰"), (1000, "1000"),
        (1000002, "1000002"), (-31622.7, "−31623"), (3.2e7, "3.2·10⁷"), (0.00001234, "0.00001234"), (1e-6, "0.000001"),
        (9.9e-7, "9.9·10⁻⁷"), (9999999.7, "1·10⁷"), (123456.78, "123457"), (0.99999, "1"),
    ],
)  # fmt: skip
def test_numbers_are_tidy(value, text):
    assert number_text(value) == text


ONE_SIDED = {
    ("|x|", 0): (0, 0, -1, 1),
    ("|x|", 1): (1, 1, 1, 1),
    ("sin(x)/x", 0): (1, 1, 0, 0),
    ("x^2", 1): (1, 1, 2, 2),
    ("e^x", 0): (1, 1, 1, 1),
    ("sqrt(x)", 0): (NAN, 0, NAN, INF),
    ("cbrt(x)", 0): (0, 0, INF, INF),
    ("sign(x)", 0): (-1, 1, 0, 0),
    ("1/x", 0): (-INF, INF, NAN, NAN),
    ("floor(x)", 2): (1, 2, 0, 0),
    ("x ln|x|", 0): (0, 0, -INF, -INF),
    ("ln(x)", -1): (NAN, NAN, NAN, NAN),
    ("sin(1/x)", 0): (NAN, NAN, NAN, NAN),
    ("x^3", 1000): (1e9, 1e9, 3e6, 3e6),
}


@pytest.mark.parametrize(("text", "x"), ONE_SIDED)
def test_one_sided_values_and_quotients(text, x):
    sides = one_sided(parse(text), float(x))
    found = (sides.left_value, sides.right_value, sides.left_quotient, sides.right_quotient)
    assert all(map(_same, found, ONE_SIDED[text, x])), found


@pytest.mark.parametrize("half", [0.003, 30.0])
@pytest.mark.parametrize("text", BREAKS)
def test_zooming_changes_no_verdict(text, half):
    x, kind, *_ = BREAKS[text][0]
    found = analyse(parse(text), (x - 1.01 * half, x + 0.97 * half))
    assert [b.kind for b in found.breaks if abs(b.x - x) < 1e-12] == [kind]


@pytest.mark.parametrize("half", [0.003, 30.0])
@pytest.mark.parametrize("text", SMOOTH)
def test_zooming_makes_no_break_up(text, half):
    for middle in (0, 1, -2):
        assert analyse(parse(text), (middle - 1.01 * half, middle + 0.97 * half)).breaks == ()


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (2 / 3, "0.6667"),
        (1000001.5, "1000001.5"),
        (-5001.732, "−5001.73"),
        (31622.7766, "31622.78"),
        (math.pi, "π"),
    ],
)
def test_places_far_out_are_told_from_their_neighbours(x, text):
    assert place_text(x) == text
