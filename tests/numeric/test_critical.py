"""Marked points against closed forms and against SciPy."""

import math

import numpy as np
import pytest
from scipy import optimize

from explorer.expression import parse
from explorer.numeric import CriticalKind, Description, analyse, choose_window

PI, E = math.pi, math.e
WINDOW = (-3.1, 3.3)
MIN, MAX, FLAT = CriticalKind.MINIMUM, CriticalKind.MAXIMUM, CriticalKind.FLAT
ROOT10 = math.sqrt(10) / 6

# text → (x, y, kind, smooth, global)
CRITICAL = {
    "x^2": [(0, 0, MIN, True, True)],
    "x^3": [(0, 0, FLAT, True, False)],
    "x^5": [(0, 0, FLAT, True, False)],
    "x^100": [(0, 0, MIN, True, True)],
    "x^10+1": [(0, 1, MIN, True, True)],
    "x^4-4x^3+6x^2-4x+1": [(1, 0, MIN, True, True)],
    "x-sin(x)": [(0, 0, FLAT, True, False)],
    "x^3/3-x": [(-1, 2 / 3, MAX, True, False), (1, -2 / 3, MIN, True, False)],
    "3x^4-5x^2+2x": [
        (-1, -4, MIN, True, True),
        (0.2113248654, 0.2053418013, MAX, True, False),
        (0.7886751346, -0.3720084679, MIN, True, False),
    ],
    "ln(x)/x": [(E, 1 / E, MAX, True, True)],
    "x e^x": [(-1, -1 / E, MIN, True, True)],
    "x ln(x)": [(1 / E, -1 / E, MIN, True, True)],
    "(x-3)^2+x^4": [(1, 5, MIN, True, True)],
    "cos(x)": [(0, 1, MAX, True, True), (PI, -1, MIN, True, True)],
    "1/x+x": [(-1, -2, MAX, True, False), (1, 2, MIN, True, False)],
    "|x|": [(0, 0, MIN, False, True)],
    "x^(2/3)": [(0, 0, MIN, False, True)],
    "x|x|": [(0, 0, FLAT, True, False)],
    "|x|^3": [(0, 0, MIN, True, True)],
    "|x^2-1|": [(-1, 0, MIN, False, True), (0, 1, MAX, True, False), (1, 0, MIN, False, True)],
    "sqrt(x)": [(0, 0, MIN, False, True)],
    "sqrt(1-x^2)": [(-1, 0, MIN, False, True), (0, 1, MAX, True, True), (1, 0, MIN, False, True)],
    "arcsin(x)": [(-1, -PI / 2, MIN, False, True), (1, PI / 2, MAX, False, True)],
    "x^2+1000": [(0, 1000, MIN, True, True)],
    "10^(-9) x^2": [(0, 0, MIN, True, True)],
}

ROOT = math.sqrt

# Domains that end between two doubles: text → the extrema at their ends (x, y, kind), and all zeros
ENDS_BETWEEN_DOUBLES = {
    **{
        f"sqrt({n}-x^2)": ([(-ROOT(n), 0, MIN), (ROOT(n), 0, MIN)], [-ROOT(n), ROOT(n)])
        for n in (2, 3, 4, 5, 6, 7, 8, 10, 11, 13)
    },
    **{
        f"sqrt(x^2-{n})": ([(-ROOT(n), 0, MIN), (ROOT(n), 0, MIN)], [-ROOT(n), ROOT(n)])
        for n in (2, 3, 4, 5, 6, 7, 8, 10, 11, 13)
    },
    "x sqrt(2-x^2)": ([(-ROOT(2), 0, MAX), (ROOT(2), 0, MIN)], [-ROOT(2), 0, ROOT(2)]),
    "sqrt(1-2x^2)": ([(-ROOT(0.5), 0, MIN), (ROOT(0.5), 0, MIN)], [-ROOT(0.5), ROOT(0.5)]),
    "(3-x^2)^(3/4)": ([(-ROOT(3), 0, MIN), (ROOT(3), 0, MIN)], [-ROOT(3), ROOT(3)]),
    "arcsin(x^2-2)": (
        [(-ROOT(3), PI / 2, MAX), (-1, -PI / 2, MIN), (1, -PI / 2, MIN), (ROOT(3), PI / 2, MAX)],
        [-ROOT(2), ROOT(2)],
    ),
    "arccos(x^2-3)": (
        [(-2, 0, MIN), (-ROOT(2), PI, MAX), (ROOT(2), PI, MAX), (2, 0, MIN)],
        [-2, 2],
    ),
    "sqrt(1-x-x^2)": (
        [(-(ROOT(5) + 1) / 2, 0, MIN), ((ROOT(5) - 1) / 2, 0, MIN)],
        [-(ROOT(5) + 1) / 2, (ROOT(5) - 1) / 2],
    ),
    # Neither takes a value at its ends.
    "sqrt(5-x^2) ln(5-x^2)": ([], [-2, 2]),
    "{x^2<5: x^2+1}": ([], []),
}  # fmt: skip

WITHOUT = (
    "5", "0", "2x+1", "|x|/x", "sin(x)^2+cos(x)^2", "e^x", "1/x", "tan(x)", "cbrt(x)", "sign(x)", "floor(x)",
    "max(x,0)", "(x^2-1)/(x-1)", "1/(1+e^(-x))", "x/x", "e^(x^2)/e^(x^2)", "(x+1)^2-x^2-2x-1", "ln(e^x)",
)  # fmt: skip


@pytest.mark.parametrize("text", CRITICAL)
def test_critical_points(text):
    found = analyse(parse(text), WINDOW).critical
    assert [(p.kind, p.smooth, p.is_global) for p in found] == [tuple(e[2:]) for e in CRITICAL[text]]
    for point, (x, y, *_) in zip(found, CRITICAL[text], strict=True):
        assert point.x == pytest.approx(x, abs=1e-9)
        assert point.y == pytest.approx(y, abs=1e-9)


@pytest.mark.parametrize("text", ENDS_BETWEEN_DOUBLES)
def test_a_domain_ends_as_well_where_no_double_is(text):
    ends, zeros = ENDS_BETWEEN_DOUBLES[text]
    found = analyse(parse(text), (-4, 4.1))
    edges = [p for p in found.critical if not p.smooth]
    assert [p.kind for p in edges] == [kind for *_, kind in ends]
    assert [p.x for p in edges] == pytest.approx([x for x, *_ in ends], abs=1e-14)
    assert [p.y for p in edges] == pytest.approx([y for _, y, _ in ends], abs=1e-15)
    assert list(found.zeros) == pytest.approx(zeros, abs=1e-14)
    if ends:
        assert not [b.sentence for b in found.breaks if "itself is undefined" in b.sentence]


# A deeper dip lies beyond the window, between points a tenth of its distance apart: text → window, where it is
DIPS_BEYOND = {
    "(x-8)^2(x+2)^2-x": ((-5, 5), 8),
    "(x-20)^2(x+1)^2-x": ((-10, 10), 20),
    "(x+20)^2(x-1)^2+x": ((-10, 10), -20),
    "(x-70)^2(x+1)^2-x": ((-3, 3), 70),
    "x^2(x-300)^2-x/100+1": ((-1, 1), 300),
}


@pytest.mark.parametrize("text", DIPS_BEYOND)
def test_the_lowest_of_a_window_is_not_the_lowest_of_all(text):
    window, x = DIPS_BEYOND[text]
    f = parse(text)
    best = optimize.minimize_scalar(lambda t: float(f(t)), bounds=(x - 0.5, x + 0.5), method="bounded")
    for sign, kind in (("", MIN), ("-", MAX)):
        here = [p for p in analyse(parse(f"{sign}({text})"), window).critical if p.kind is kind]
        assert len(here) == 1
        assert best.fun < abs(here[0].y) - 1e-6
        assert not here[0].is_global
        there = analyse(
            parse(f"{sign}({text})"), (window[0] - 40, x + 40) if x > 0 else (x - 40, window[1] + 40)
        )
        deepest = [p.x for p in there.critical if p.is_global and p.kind is kind]
        assert deepest == pytest.approx([float(best.x)], abs=1e-4)


@pytest.mark.parametrize("text", ["cos(x)", "sin(x)+cos(3x)", "cos(x)/(1+x^2)", "(x^2-1)^2", "e^(-(x-1)^2)"])
def test_what_waves_on_beyond_the_window_stays_global(text):
    assert any(p.is_global for p in analyse(parse(text), (-4, 4)).critical)


@pytest.mark.parametrize("text", WITHOUT)
def test_no_critical_point_is_made_up(text):
    assert analyse(parse(text), WINDOW).critical == ()


def test_nice_critical_points_are_exact():
    assert [p.x for p in analyse(parse("x^3/3-x"), WINDOW).critical] == [-1.0, 1.0]
    assert [p.x for p in analyse(parse("sin(x)"), WINDOW).critical] == [-np.pi / 2, np.pi / 2]


INFLECTIONS = {
    "x^3": [0], "x^4": [], "x^3/3-x": [0], "3x^4-5x^2+2x": [-ROOT10, ROOT10], "sin(x)": [0, PI], "x|x|": [0],
    "cbrt(x)": [], "1/x": [], "tan(x)": [0, PI], "2x+1": [], "|x|/x": [], "(x^2-1)/(x-1)": [],
    "e^(-x^2)": [-math.sqrt(0.5), math.sqrt(0.5)], "1/(1+e^(-x))": [0], "x e^x": [-2],
    "e^(-1/x^2)": [-math.sqrt(2 / 3), math.sqrt(2 / 3)],
}  # fmt: skip


@pytest.mark.parametrize("text", INFLECTIONS)
def test_inflections(text):
    found = [p.x for p in analyse(parse(text), WINDOW).inflections]
    assert found == pytest.approx(INFLECTIONS[text], abs=1e-9)


ZEROS = {
    "x^2": [0], "x^3/3-x": [-math.sqrt(3), 0, math.sqrt(3)], "|x|": [0], "cbrt(x)": [0], "x^2+1": [], "1/x": [],
    "sin(x)": [0, PI], "sqrt(x)": [0], "(x-1)^2": [1], "x^2+10^(-9)": [], "sin(x)/x": [PI], "5": [], "0": [],
    "max(x,0)": [], "ln(x)": [1], "|x^2-2|": [-math.sqrt(2), math.sqrt(2)],
    "3x^4-5x^2+2x": [-1.457427107756338, 0, 0.457427107756338, 1],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("max(x,1-x)*floor(x)", []),
        ("max(sin(x),cos(x))*floor(x)", [-math.pi / 2, math.pi]),
        ("max(0,|x|-0.3)", []),
        ("max(0,|x|-0.3)(x-2)", [2]),
        ("floor(x/4+0.3)(x+2)(x-1)", [-2]),
        ("x^200", [0]),
        ("|x|", [0]),
    ],
)
def test_a_stretch_of_zeros_has_no_zero_of_its_own(text, zeros):
    assert list(analyse(parse(text), WINDOW).zeros) == pytest.approx(zeros, abs=1e-9)


@pytest.mark.parametrize("text", ZEROS)
def test_zeros(text):
    assert list(analyse(parse(text), WINDOW).zeros) == pytest.approx(ZEROS[text], abs=1e-9)


MONOTONE = {
    "x^2": [(-3.1, 0, -1), (0, 3.3, 1)],
    "x^3": [(-3.1, 3.3, 1)],
    "x|x|": [(-3.1, 3.3, 1)],
    "|x|": [(-3.1, 0, -1), (0, 3.3, 1)],
    "x+|x|/2": [(-3.1, 3.3, 1)],
    "cbrt(x)": [(-3.1, 3.3, 1)],
    "1/x": [(-3.1, 0, -1), (0, 3.3, -1)],
    "5": [(-3.1, 3.3, 0)],
    "max(x,0)": [(-3.1, 0, 0), (0, 3.3, 1)],
    "sqrt(x)": [(0, 3.3, 1)],
    "x^3/3-x": [(-3.1, -1, 1), (-1, 1, -1), (1, 3.3, 1)],
}


@pytest.mark.parametrize("text", MONOTONE)
def test_rising_and_falling(text):
    found = analyse(parse(text), WINDOW).monotone
    assert [p[2] for p in found] == [p[2] for p in MONOTONE[text]]
    assert [p[:2] for p in found] == [pytest.approx(p[:2], abs=1e-9) for p in MONOTONE[text]]


@pytest.mark.parametrize("half", [0.05, 0.4, 2.1, 10])
@pytest.mark.parametrize(
    ("text", "x", "kind"),
    [("x^200", 0, MIN), ("(x-1)^200", 1, MIN), ("-x^100", 0, MAX), ("3x^150", 0, MIN)],
)
def test_powers_that_vanish_in_doubles_still_turn_once(text, x, kind, half):
    """x¹⁹⁹ is 0 to a computer long before x is."""
    found = analyse(parse(text), (x - half, x + 1.1 * half))
    sign = 1 if kind is MIN else -1
    assert [(p.x, p.kind) for p in found.critical] == [(pytest.approx(x, abs=1e-9), kind)]
    assert [stretch[2] for stretch in found.monotone] == [-sign, sign]


@pytest.mark.parametrize("window", [(0.01, 1.5), (0, PI / 2), (-2, 2), (-10, 10)])
@pytest.mark.parametrize("text", ["tan(x) cot(x)", "sin(x)^2+cos(x)^2", "e^x e^(-x)", "x^2/x^2"])
def test_what_is_level_apart_from_rounding_neither_rises_nor_falls(text, window):
    found = analyse(parse(text), window)
    assert {sign for *_, sign in found.monotone} == {0}
    assert found.critical == ()


@pytest.mark.parametrize(
    ("text", "half"),
    [("sin(x)", 1000), ("sin(x)", 10**6), ("sin(100x)", 10), ("sin(10000x)", 10), ("cos(x^3)", 40)],
)
def test_of_waves_too_dense_to_follow_nothing_is_claimed(text, half):
    found = analyse(parse(text), (-half, half))
    assert found.monotone == ()
    assert found.critical == ()
    assert found.description is Description.TOO_MANY_TURNS
    assert "turns too often" in found.description.sentence


def test_waves_that_can_be_followed_are():
    found = analyse(parse("sin(x)"), (-300, 300))
    turns = [(k + 0.5) * PI for k in range(-95, 95)]
    assert [p.x for p in found.critical] == pytest.approx(turns, abs=1e-9)
    assert [stretch[2] for stretch in found.monotone] == [-((-1) ** k) for k in range(191)]
    assert found.description is Description.ORDINARY


@pytest.mark.parametrize(
    "text", ["x^5-3x^3+x-1/3", "e^x sin(3x)", "x^2 cos(2x)", "sin(x)+sin(3x)/2", "x/(1+x^4)", "cos(x^2)"]
)
def test_scipy_finds_the_same_extrema(text):
    """SciPy's Brent minimiser, started between all neighbours of a fine grid, on values alone."""
    f = parse(text)
    x = np.linspace(*WINDOW, 4003)
    found = set()
    for sign in (1, -1):
        y = sign * f(x)
        for k in np.flatnonzero((y[1:-1] < y[:-2]) & (y[1:-1] < y[2:])) + 1:
            best = optimize.minimize_scalar(
                lambda t, sign=sign: sign * float(f(t)), bounds=(x[k - 1], x[k + 1]), method="bounded",
                options={"xatol": 1e-10},
            )  # fmt: skip
            found.add((round(float(best.x), 5), MIN if sign > 0 else MAX))
    ours = [(p.x, p.kind) for p in analyse(f, WINDOW).critical if p.kind is not FLAT]
    expected = sorted(found)
    assert [k for _, k in ours] == [k for _, k in expected]
    assert [a for a, _ in ours] == pytest.approx([a for a, _ in expected], abs=2e-5)


def test_constant_has_a_word():
    assert analyse(parse("5"), WINDOW).description is Description.CONSTANT
    assert analyse(parse("x"), WINDOW).description is Description.ORDINARY


@pytest.mark.parametrize("window", [(1, 1), (2, 1), (0, math.inf), (math.nan, 1)])
def test_a_window_must_be_an_interval(window):
    with pytest.raises(ValueError, match="window"):
        analyse(parse("x"), window)


def test_where_waves_crowd_every_mark_is_still_true():
    """sin(1/x) turns more often near 0 than any grid sees; what is marked is marked rightly."""
    found = analyse(parse("sin(1/x)"), (-1.05, 1.05))
    assert len(found.critical) > 10
    assert [abs(p.y) for p in found.critical] == pytest.approx([1.0] * len(found.critical))
    assert [math.sin(1 / x) for x in found.zeros] == pytest.approx([0.0] * len(found.zeros), abs=1e-9)


@pytest.mark.parametrize("width", [1e-2, 1e-3])
def test_the_inflections_of_a_peak_narrower_than_the_grid_are_found(width):
    f = parse(f"1/(x^2+{width**2:.6f})")  # f″ = 0 where 3x² = width²
    found = [point.x for point in analyse(f, (-9.0, 9.0)).inflections]
    assert found == pytest.approx([-width / 3**0.5, width / 3**0.5], rel=1e-9)
    window = choose_window(f)
    assert 2 * width / 3**0.5 < window.x[1] - window.x[0] < 20 * width


@pytest.mark.parametrize(
    ("formula", "window"),
    [("sin(1000x)", (-9.0, 9.0)), ("sin(1000x)", (-3.0, 3.0)), ("sin(x^2)", (-30.0, 30.0))],
)
def test_a_wave_that_the_grid_steps_over_is_not_marked_as_a_slower_one(formula, window):
    found = analyse(parse(formula), window)
    assert found.description is Description.TOO_MANY_TURNS
    assert (found.critical, found.inflections, found.monotone) == ((), (), ())


def test_a_wave_that_the_grid_follows_keeps_its_marks():
    """sin 60x has a turn at each odd multiple of π/120: 382 of them in ±10."""
    found = analyse(parse("sin(60x)"), (-10.0, 10.0))
    assert len(found.critical) == 382
    assert found.description is Description.ORDINARY


@pytest.mark.parametrize(
    ("text", "slope", "window"),
    [
        ("sin(x)+0.01sin(50x)", lambda x: np.cos(x) + 0.5 * np.cos(50 * x), (-5.4, 5.4)),
        ("x^4/4-x^3/3+10^-6 x", lambda x: x**3 - x**2 + 1e-6, (-2.1, 2.1)),
        ("x^3/3-10^-7 x", lambda x: x**2 - 1e-7, (-2.5, 2.7)),
        ("x+0.0401sin(25x)", lambda x: 1 + 1.0025 * np.cos(25 * x), (-3.03, 3.1)),
    ],
)
def test_two_turns_between_two_pixels_are_both_found(text, slope, window):
    """Held against the changes of sign of the slope, written by hand, at a million places."""
    x = np.linspace(*window, 1_000_003)
    turns = x[:-1][np.diff(np.sign(slope(x))) != 0]
    found = [p.x for p in analyse(parse(text), window).critical if p.kind is not CriticalKind.FLAT]
    assert found == pytest.approx(turns, abs=2e-5)
