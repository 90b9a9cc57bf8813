"""Windows and heights of functions of two variables."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Window
from explorer.numeric.plane import choose_plane, heights, round_step

SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)


def f_of(text):
    return parse(text, ("x", "y"))


def test_a_window_holds_the_critical_points_near_the_origin():
    window = choose_plane(f_of("(x^2+y-11)^2+(x+y^2-7)^2"))
    for x, y in ((3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)):
        assert window.x[0] < x < window.x[1]
        assert window.y[0] < y < window.y[1]


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("(x-5)^2+(y-3)^2", 5, 3),
        ("(x-7)^2+(y+4)^2", 7, -4),
        ("(x-100)^2+(y+50)^2", 100, -50),
        ("(x+8)^2+(y-1)^2+x y", -34 / 3, 20 / 3),
        ("e^(-((x-10)^2+(y-3)^2))", 10, 3),
        ("(x-3)^4+(y-9)^2", 3, 9),
        ("x^2-12x+y^3-3y", 6, 1),
        ("|x-5|+|y-3|", 5, 3),
        ("sqrt((x-9)^2+(y-9)^2)", 9, 9),
        ("|x-1|+|y+2|", 1, -2),
        ("(x-6)^2", 6, 0),
        ("|x-30|", 30, 0),
        ("(x+y-9)^2", 4.5, 4.5),
    ],
)
def test_what_lies_far_from_the_origin_is_in_the_window(text, x, y):
    window = choose_plane(f_of(text))
    (left, right), (low, high) = window.x, window.y
    assert right - left == pytest.approx(high - low)
    assert left + 0.1 * (right - left) < x < right - 0.1 * (right - left)
    assert low + 0.1 * (high - low) < y < high - 0.1 * (high - low)


@pytest.mark.parametrize(
    "text",
    [
        "x+y", "e^(x+y)", "x^2-e^y", "x^2-e^(2y)", "sin(x-y)^2+e^y", "1/(1+e^(-x-y))", "arctan(x+2y)", "x/(1+y^2)",
        "(x-9)^2+e^(-y)", "ln(x y)", "x y", "x^y", "1/(x-y)", "floor(x)+y", "sin(x)+y",
    ],
)  # fmt: skip
def test_what_only_fades_far_away_does_not_move_the_window(text):
    assert choose_plane(f_of(text)) == SQUARE


@pytest.mark.parametrize(
    ("text", "x", "y", "width", "top"),
    [
        ("e^(-100((x-1)^2+(y-1)^2))", 1, 1, 0.1, 1),
        ("e^(-50((x-0.3)^2+(y+0.7)^2))", 0.3, -0.7, 50**-0.5, 1),
        ("e^(-400(x^2+y^2))", 0, 0, 0.05, 1),
        ("1/(0.01+x^2+y^2)", 0, 0, 0.1, 100),
        ("1/(1+100((x-1)^2+y^2))", 1, 0, 0.1, 1),
        ("2-3/(1+900(x^2+y^2))", 0, 0, 1 / 30, -1),
    ],
)
def test_a_narrow_peak_on_a_plain_is_seen_whole(text, x, y, width, top):
    """`width` is the distance at which a Gaussian is down to 1/e, and a Lorentzian to a half."""
    f = f_of(text)
    window = choose_plane(f)
    (left, right), (low, high) = window.x, window.y
    assert left < x - 3 * width < x + 3 * width < right
    assert low < y - 3 * width < y + 3 * width < high
    assert right - left < 20 * width
    bottom, ceiling = heights(f, window)
    assert bottom <= top <= ceiling
    assert ceiling - bottom < 1.2 * abs(top - float(f(x + 8 * width, y)))


@pytest.mark.parametrize(
    ("text", "window", "tip"),
    [
        ("10e^(-((x-1.3)^2+(y-0.4)^2)/0.002)+x+y", SQUARE, 11.7),
        ("1/(0.001+x^2+y^2)", SQUARE, 1000),
        ("x^2+y^2-9e^(-700((x-0.51)^2+(y+1.1)^2))", SQUARE, 0.51**2 + 1.1**2 - 9),
        ("e^(-1000(x-y)^2)", SQUARE, 1),
    ],
)
def test_heights_reach_the_tip_of_what_stands_out(text, window, tip):
    low, high = heights(f_of(text), window)
    assert low <= tip <= high or tip == pytest.approx(high, rel=1e-3) or tip == pytest.approx(low, rel=1e-3)


def test_a_small_domain_fills_its_window():
    window = choose_plane(f_of("sqrt(1-x^2-y^2)"))
    assert 1 < window.x[1] <= 1.5


def test_a_domain_far_away_is_found():
    window = choose_plane(f_of("ln(x-50)+y"))
    assert window.x[1] > 50


@pytest.mark.parametrize("text", ["x^2-y^2", "x^3-3x y^2", "sin(x)cos(y)"])
def test_all_heights_of_a_tame_function_are_shown(text):
    f = f_of(text)
    side = np.linspace(-2, 2, 201)
    values = f(*np.meshgrid(side, side))
    low, high = heights(f, SQUARE)
    spread = values.max() - values.min()
    assert low == pytest.approx(values.min(), abs=0.02 * spread)
    assert high == pytest.approx(values.max(), abs=0.02 * spread)


@pytest.mark.parametrize("text", ["1/(x^2+y^2)", "1/x", "e^(5x y)", "tan(x)+y"])
def test_poles_and_overflow_do_not_rule_the_heights(text):
    f = f_of(text)
    low, high = heights(f, SQUARE)
    side = np.linspace(-1.99, 1.99, 101)
    values = f(*np.meshgrid(side, side))
    inside = ((values >= low) & (values <= high)).mean()
    assert 0.5 < inside < 1


@pytest.mark.parametrize("sign", [1, -1])
def test_what_runs_away_on_every_scale_is_shown_near_where_it_is_calm(sign):
    """e^(e^r²) exceeds 10^18 over a quarter of the square; at radius 1 it is e^e."""
    shown = sorted(sign * height for height in heights(f_of(f"{sign}*e^(e^(x^2+y^2))"), SQUARE))
    assert shown[0] == pytest.approx(np.e, rel=1e-3)
    assert np.exp(np.e) < shown[1] < 1e3


@pytest.mark.parametrize(("width", "pieces", "step"), [(8, 14, 1), (4, 6, 1), (1, 12, 0.1), (35, 14, 5)])
def test_steps_are_round(width, pieces, step):
    assert round_step(width, pieces) == pytest.approx(step)


@pytest.mark.parametrize(
    ("formula", "half"),
    [("x^40 + y^40", 1.0), ("x^20 + y^20", 1.2), ("(x^2+y^2)^10", 1.0), ("cosh(10x) + cosh(10y)", 0.7)],
)
def test_where_heights_run_away_to_the_sides_the_window_is_closer(formula, half):
    f = parse(formula, ("x", "y"))
    window = choose_plane(f)
    assert window.x == window.y == (-half, half)
    low, high = heights(f, window)
    assert high - low < 2000 * half


def test_closer_is_around_the_bottom_and_nothing_else_moves():
    assert choose_plane(parse("(x-1)^40 + y^2", ("x", "y"))).x == (0.0, 2.0)
    for steep in ("x^10 + y^10", "1000000x^2 + y^2", "1/(x^2+y^2)^5", "e^(x^2+y^2)"):
        assert choose_plane(parse(steep, ("x", "y"))).x == (-2.0, 2.0), steep
    assert heights(parse("x^40 + 0y", ("x", "y")), Window((-1.0, 1.0), (-1.0, 1.0), equal=True))[1] == 1


@pytest.mark.parametrize("formula", ["sin(x)/x + y^2", "sin(x)/x + sin(y)/y"])
def test_what_lies_as_near_on_every_side_is_seen_around_the_origin(formula):
    window = choose_plane(parse(formula, ("x", "y")))
    assert window.x == window.y == (-6.5, 6.5)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("e^(-(x^2+y^2)/900)", 50.0),
        ("1/(1+(x^2+y^2)/400)", 50.0),
        ("tanh(x/50) + 0y", 100.0),
        ("3 + 1/(1+e^(-(x+y)/40))", 100.0),
        ("e^(-(x^2+y^2)/9)", 2.0),
        ("x^2/10000 + y^2", 2.0),  # no end to it
        ("cos(x/50) + y^2", 2.0),
        ("ln(1 + x^2 + y^2)", 2.0),
        ("1/(x^2+y^2)", 2.0),
        ("x y/(x^2+y^2)", 2.0),
        ("sin(x) + 0y", 2.5),
    ],
)
def test_of_a_wide_feature_the_whole_is_seen(text, half):
    assert choose_plane(parse(text, ("x", "y"))).x == (-half, half)
