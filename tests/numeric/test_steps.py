"""A step of a function: from which side its argument comes to the level decides, not how doubles round it."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.expression import compile_tape, parse
from explorer.numeric import BreakKind, analyse, corrected, sample
from explorer.numeric.steps import rounded

NAN, PI = math.nan, math.pi
JUMP, HOLE, EDGE = BreakKind.JUMP, BreakKind.HOLE, BreakKind.DOMAIN_EDGE

# text → (x, kind, f(x), value from the left, value from the right); no other place within WINDOW
WINDOW = (-1.07, 1.16)
STEPS = {
    "floor(sin(x)/x)": [(0, HOLE, NAN, 0, 0)],
    "floor(1+x^3)": [(-1, JUMP, 0, -1, 0), (0, JUMP, 1, 0, 1), (1, JUMP, 2, 1, 2)],
    "floor(2-x^4)": [(-1, JUMP, 1, 0, 1), (0, HOLE, 2, 1, 1), (1, JUMP, 1, 1, 0)],
    "floor(2(1-cos(x))/x^2)": [(0, HOLE, NAN, 0, 0)],
    "floor((e^x-1-x)/x^2*2)": [(0, JUMP, NAN, 0, 1)],
    "ceil(ln(1+x/2)/x*2)": [(0, JUMP, NAN, 2, 1)],
    "floor(2(1+x/2)^(1/x)-2sqrt(e))": [(0, JUMP, NAN, 0, -1)],
    "floor((x^2-1)/(x-1))": [(-1, JUMP, 0, -1, 0), (0, JUMP, 1, 0, 1), (1, JUMP, NAN, 1, 2)],
    "floor((cos(x)-1+x^2/2)/x^4*24)": [(0, HOLE, NAN, 0, 0)],
    "ceil(x^3/(x-sin(x))/6)": [(0, HOLE, NAN, 2, 2)],
    "sqrt(-floor(x+1/2))": [(-0.5, JUMP, 0, 1, 0), (0.5, EDGE, NAN, 0, NAN)],
    "arcsin(1+floor(x))": [(-1, JUMP, 0, -PI / 2, 0), (0, JUMP, PI / 2, 0, PI / 2), (1, EDGE, NAN, PI / 2, NAN)],
    "ceil(2(1-cos(x))/x^2)": [(0, HOLE, NAN, 1, 1)],
    "floor(e^(-1/x^2))": [(0, HOLE, NAN, 0, 0)],
    "ceil(e^(-1/x^2))": [(0, HOLE, NAN, 1, 1)],
    "sign(e^(-1/x^2))": [(0, HOLE, NAN, 1, 1)],
    "ceil(1-e^(-x^4))": [(0, HOLE, 0, 1, 1)],
    "sign(1-x^5-1)": [(0, JUMP, 0, 1, -1)],
    "x floor(1-x^6/2)": [(2 ** (1 / 6), JUMP, 0, 0, -(2 ** (1 / 6)))],
    "sign((e^x-1)/x-1)": [(0, JUMP, NAN, -1, 1)],
    "floor((e^x-1)/x)": [(0, JUMP, NAN, 0, 1)],
    "ceil(tan(x)/x)": [(0, HOLE, NAN, 2, 2)],
    "floor(x/tan(x))": [(0, HOLE, NAN, 0, 0)],
    "round((1-cos(x))/x^2)": [(0, HOLE, NAN, 0, 0)],
    "round(x^4+1/2)": [(-1, JUMP, 2, 2, 1), (1, JUMP, 2, 1, 2)],
    "sign(x-sin(x))": [(0, JUMP, 0, -1, 1)],
    "sign((x-sin(x))^2)": [(0, HOLE, 0, 1, 1)],
    "sign(tan(x)-x)": [(0, JUMP, 0, -1, 1)],
    "sign(sinh(x)-x)": [(0, JUMP, 0, -1, 1)],
    "floor(arctan(x)/x)": [(0, HOLE, NAN, 0, 0)],
    "floor(tanh(x)/x)": [(0, HOLE, NAN, 0, 0)],
    "floor(x/arcsin(x/2))": [(0, HOLE, NAN, 1, 1)],
    "ceil(cosh(x))": [(0, HOLE, 1, 2, 2)],
    "floor(cos(x)^2)": [(0, HOLE, 1, 0, 0)],
    "floor(2^(-|x|))": [(0, HOLE, 1, 0, 0)],
    "floor(sqrt(4-x^2))": [(0, HOLE, 2, 1, 1)],
    "floor(1/(1+x^6))": [(0, HOLE, 1, 0, 0)],
    "floor(erf(x))": [(0, JUMP, 0, -1, 0)],
    "{sin(x)/x<1: 2, 5}": [(0, HOLE, NAN, 2, 2)],
    "{x^2+1>1: 1, 0}": [(0, HOLE, 0, 1, 1)],
    "{x^4+3>3: x, 7}": [(0, HOLE, 7, 0, 0)],
    "{cos(x)<1: x, 2}": [(0, HOLE, 2, 0, 0)],
    "{(x-1/3)^5+2>=2: 4, 1}": [(1 / 3, JUMP, 4, 1, 4)],
    "heaviside(x^5+1-1)": [(0, JUMP, 0.5, 0, 1)],
    "mod(1+x^3/8,1)": [(0, JUMP, 0, 1, 0)],
    "mod(sin(x)/x,1)": [(0, HOLE, NAN, 1, 1)],
    "mod(2-x^4/2,1)": [(0, HOLE, 0, 1, 1)],
    "floor(sign(x) x)": [(-1, JUMP, 1, 1, 0), (1, JUMP, 1, 0, 1)],
    "floor(x+floor(x))": [(-1, JUMP, -2, -4, -2), (0, JUMP, 0, -2, 0), (1, JUMP, 2, 0, 2)],
    "sign(max(x,1/2)-1/2)": [(0.5, JUMP, 0, 0, 1)],
    "floor(4max(x,1/4))": [(0.5, JUMP, 2, 1, 2), (0.75, JUMP, 3, 2, 3), (1, JUMP, 4, 3, 4)],
    "{2max(x,3/4)<=3/2: 1, 2}": [(0.75, JUMP, 1, 1, 2)],
    "floor(2min(x,0)+2)": [(-1, JUMP, 0, -1, 0), (-0.5, JUMP, 1, 0, 1), (0, JUMP, 2, 1, 2)],
    "sign(max(x,0))": [(0, JUMP, 0, 0, 1)],
    "floor(x^2+1/3)-floor(1/3-x^2)": [
        (-math.sqrt(2 / 3), JUMP, 2, 2, 1),
        (-math.sqrt(1 / 3), JUMP, 0, 1, 0),
        (math.sqrt(1 / 3), JUMP, 0, 0, 1),
        (math.sqrt(2 / 3), JUMP, 2, 1, 2),
        (math.sqrt(4 / 3), JUMP, 2, 2, 3),
    ],
}  # fmt: skip


def _same(found, expected):
    return math.isnan(found) if math.isnan(expected) else found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("text", STEPS)
def test_steps_are_where_and_what_mathematics_says(text):
    found = analyse(parse(text), WINDOW).breaks
    assert [(b.x, b.kind) for b in found] == [
        (pytest.approx(x, abs=1e-12), kind) for x, kind, *_ in STEPS[text]
    ]
    for place, (_, _, *numbers) in zip(found, STEPS[text], strict=True):
        seen = (place.value, place.left_value, place.right_value)
        assert all(map(_same, seen, numbers)), f"{seen}, not {numbers}"


@pytest.mark.parametrize("half", [0.01, 25.0])
@pytest.mark.parametrize("text", [text for text, places in STEPS.items() if any(x == 0 for x, *_ in places)])
def test_a_step_is_the_same_from_afar_and_from_nearby(text, half):
    kind, *numbers = next(place[1:] for place in STEPS[text] if place[0] == 0)
    found = [b for b in analyse(parse(text), (-1.03 * half, 0.97 * half)).breaks if abs(b.x) < 1e-12]
    if half < 1 or found:  # from afar a window may hold too many of them
        assert [(b.kind, b.left_value, b.right_value) for b in found] == [(kind, *numbers[1:])]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("floor(1-x^10)", 0),
        ("ceil(1+x^12)", 2),
        ("sign(1-x^10-1)", -1),
        ("floor(sin(x)/x)", 0),
        ("x + floor(1-x^10)", None),
    ],
)
def test_no_plateau_is_drawn_that_rounding_made(text, level):
    for order in (0, 1):
        drawn = sample(parse(text), (-0.7, 0.8), order=order)
        seen = np.isfinite(drawn.y)
        x, y = drawn.x[seen], drawn.y[seen]
        right = (x if level is None else level) if order == 0 else (1 if level is None else 0)
        assert np.abs(y - right).max() < 0.04
        assert np.diff(x).max() < 0.01  # nor is there a hole


@given(
    st.sampled_from(("0", "1", "-2", "1/2", "1/3", "3/10")),
    st.integers(-3, 3),
    st.sampled_from(("1", "-1", "2", "-3", "1/4", "-1/7")),
    st.integers(1, 9),
    st.sampled_from(("floor", "ceil", "round", "sign")),
)
def test_the_side_from_which_a_polynomial_comes_decides(place, whole, factor, power, step):
    """Of ⌊n + c(x − p)ᵏ⌋ at p, exact by the signs of c and of (−1)ᵏ."""
    level = {"round": whole + 0.5, "sign": 0}.get(step, whole)
    f = parse(f"{step}({level}+({factor})*(x-({place}))^{power})")
    place, factor = float(Fraction(place)), float(Fraction(factor))
    found = analyse(f, (place - 0.83, place + 0.71))
    here = [b for b in found.breaks if abs(b.x - place) < 1e-9]
    smooth = [p for p in found.smooth_places if abs(p.x - place) < 1e-9]
    below, on, above = {
        "floor": (whole - 1, whole, whole),
        "ceil": (whole, whole, whole + 1),
        "round": (whole, whole + (whole >= 0), whole + 1),
        "sign": (-1, 0, 1),
    }[step]
    right = above if factor > 0 else below
    left = right if power % 2 == 0 else (below if factor > 0 else above)
    if left == right == on:
        assert not here
        assert [(p.y, p.slope) for p in smooth] == [(on, 0)]
    else:
        assert [(b.value, b.left_value, b.right_value) for b in here] == [(on, left, right)]


def test_the_value_on_a_level_is_that_of_the_level_though_no_double_meets_it():
    for place in analyse(parse("floor(x^2)"), (0.3, 2.8)).breaks:
        assert place.value == round(place.x**2) == place.right_value


@pytest.mark.parametrize(
    ("text", "x", "limits"),
    [
        ("floor(ln(x+1))", -1, (NAN, -math.inf)),
        ("ceil(3ln|x-1/2|)", 0.5, (-math.inf, -math.inf)),
        ("round(-2ln(x+1)) + x", -1, (NAN, math.inf)),
        ("floor(ln(1+x)/x)", -1, (NAN, math.inf)),
    ],
)
def test_endless_stairs_go_where_they_lead(text, x, limits):
    place = next(b for b in analyse(parse(text), WINDOW).breaks if b.x == x)
    assert all(map(_same, (place.left_value, place.right_value), limits))
    assert "swing" not in place.sentence


def test_steps_so_dense_that_doubles_cannot_part_them_are_not_said_to_be_none():
    assert analyse(parse("floor(10^17 x)"), WINDOW).too_many_breaks


@pytest.mark.parametrize(
    "text", ["floor(x^2)", "ceil(3sin(x))", "{x<sqrt(2): x, 3}", "sign(x^3-2)", "|x^2-2|", "x^2"]
)
def test_a_patched_function_has_the_values_of_its_breaks(text):
    f = parse(text)
    analysis = analyse(f, (0.3, 2.8))
    mended = corrected(f, analysis)
    for place in analysis.breaks:
        assert mended(place.x) == pytest.approx(place.value, abs=1e-9)
    between = np.linspace(0.31, 2.77, 57)
    assert np.array_equal(mended(between), f(between))
    assert text not in ("|x^2-2|", "x^2") or mended is f


@pytest.mark.parametrize("text", ["floor(1-x^10)", "ceil(1+x^12)", "sign(1-x^10-1)", "{1-x^8<1: -1, 0}"])
def test_a_level_that_rounding_smears_over_many_points_is_met_once(text):
    near = [b for b in analyse(parse(text), WINDOW).breaks if abs(b.x) < 0.5]
    assert [(b.x, b.kind) for b in near] == [(0, HOLE)]
    assert near[0].left_value == near[0].right_value != near[0].value


@pytest.mark.parametrize("text", ["sign(sin(1/x))", "floor(2sin(1/x))", "sign(x sin(1/x))"])
def test_a_step_of_a_wave_is_no_side(text):
    """It swings at 0, or breaks so often around it that nothing is said of 0."""
    found = analyse(parse(text), WINDOW)
    at_zero = [b for b in found.breaks if abs(b.x) < 1e-6]
    assert [b.kind for b in at_zero] == [BreakKind.OSCILLATION] or found.too_many_breaks or found.crowded
    assert not any(math.isfinite(b.left_value) or math.isfinite(b.right_value) for b in at_zero)
    assert all(low < 0 < high for low, high in found.crowded)


FORMULAS = (
    "(1-cos(x))/x^2", "(x-sin(x))/x^3", "(e^x-1)/x", "1+x^3-1", "sqrt(x^2+1)-x", "ln(1+x)-x", "sin(1/x)",
    "(1+1/x)^x", "x^5-5x^4+10x^3-10x^2+5x-1", "erf(x)/x", "cosh(x)-1", "arctan(x)-x", "|x-1|^(1/3)", "x/3-0.1",
)  # fmt: skip

TRUE = {
    FORMULAS[0]: lambda x: (1 - mpmath.cos(x)) / x**2,
    FORMULAS[1]: lambda x: (x - mpmath.sin(x)) / x**3,
    FORMULAS[2]: lambda x: mpmath.expm1(x) / x,
    FORMULAS[3]: lambda x: x**3,
    FORMULAS[4]: lambda x: mpmath.sqrt(x**2 + 1) - x,
    FORMULAS[5]: lambda x: mpmath.log1p(x) - x,
    FORMULAS[6]: lambda x: mpmath.sin(1 / x),
    FORMULAS[7]: lambda x: (1 + 1 / x) ** x,
    FORMULAS[8]: lambda x: (x - 1) ** 5,
    FORMULAS[9]: lambda x: mpmath.erf(x) / x,
    FORMULAS[10]: lambda x: mpmath.cosh(x) - 1,
    FORMULAS[11]: lambda x: mpmath.atan(x) - x,
    FORMULAS[12]: lambda x: mpmath.cbrt(abs(x - 1)),
    FORMULAS[13]: lambda x: x / 3 - mpmath.mpf(1) / 10,
}


@given(st.sampled_from(FORMULAS), st.floats(-12, 1), st.floats(1, 10))
def test_a_value_is_no_farther_from_the_truth_than_its_rounding(text, exponent, mantissa):
    x = mantissa * 10.0**exponent
    tape = compile_tape({"value": parse(text)}, ("x",))
    value, error = (float(v[0]) for v in rounded(tape, np.array([x]))["value"])
    with mpmath.workdps(60):
        assert abs(value - TRUE[text](mpmath.mpf(x))) <= 3 * error + 1e-300
