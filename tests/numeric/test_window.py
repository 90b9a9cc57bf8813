"""The window holds what matters, for presets and for functions that nobody tuned it to."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Description, Window, analyse, choose_window
from tests.numeric.wellformed import check_window

# text → x that must be inside
HOLDS = {
    "x^3/3-x": [-1.7320508, -1, 0, 1, 1.7320508],
    "x^2": [0],
    "x^3": [0],
    "1/x": [0],
    "3x^4-5x^2+2x": [-1.4574271, -1, 0.2113249, 0.7886751, 1],
    "e^(2x) cos x": [0.6435011, 1.1071487, 1.5707963],
    "x e^x": [-2, -1, 0],
    "e^(2x)": [0],
    "1/(1+e^(-x))": [-3, 0, 3],
    "ln(x)/x": [0, 1, 2.7182818, 4.4816891],
    "(x-3)^2+x^4": [1],
    "|x|": [0],
    "x^(2/3)": [0],
    "cbrt(x)": [0],
    "sign(x)": [0],
    "5": [0],
    "2x+1": [-0.5],
    "(x^2)^3": [0],
    "sin((4x)^2)": [0, 0.3133285],
    "sin(x)": [-3.1415927, 0, 1.5707963, 3.1415927],
    "sin(100x)": [0, 0.031416],
    "sin(1000x)": [0, 0.0031416],
    "sin(x/50)": [0, 78.5],
    "x^2+1000": [0],
    "x^2-1000": [-31.62, 0, 31.62],
    "e^(10x)": [0],
    "1/(x-50)": [50],
    "(x-50)^2": [50],
    "x-1000": [1000],
    "ln(x)": [0, 1],
    "ln|x|": [-1, 0, 1],
    "sqrt(x)": [0, 2],
    "sqrt(x-3)": [3],
    "sqrt(x-500)": [500],
    "0": [0],
    "sqrt(-1-x^2)": [0],
    "(-2)^x": [0],
    "tan(x)": [-1.5707963, 0, 1.5707963],
    "sec(x)": [-1.5707963, 0, 1.5707963],
    "e^(-x^2)": [-1.5, 0.7071068, 1.5],
    "e^(-1000x^2)": [-0.0223607, 0, 0.0223607],
    "1/(x^2+0.001)": [-0.0182574, 0, 0.0182574],
    "arctan(x)": [-3, 3],
    "x^10": [0],
    "x^100": [0],
    "(x/5)^40": [-5, 0, 5],
    "(x/50)^40": [-50, 0, 50],
    "-(x/6)^24": [-6, 0, 6],
    "(x/5-3)^40": [10, 15, 20],
    "x^40/10^60": [-31.6, 0, 31.6],
    "100x": [0],
    "10^20 x^2": [0],
    "10^(-20) x": [0],
    "x^x": [0, 0.3678794],
    "x ln(x)": [0, 0.3678794, 1],
    "sqrt(1-x^2)": [-1, 0, 1],
    "sqrt(x^2-4)": [-2, 2],
    "floor(x)": [-1, 0, 1],
    "floor(1/x)": [0],
    "1/sin(1/x)": [0],
    "sin(1/x)": [0, 0.6366198],
    "x sin(1/x)": [0, 0.2],
    "e^(-1/x^2)": [-0.8164966, 0, 0.8164966],
    "tan(50x)": [0],
    "1/ln(x)": [0, 1],
    "e^x": [0],
    "cosh(x)": [0],
    "1/(x^2-1)": [-1, 0, 1],
    "x^3-100x": [-10, 0, 10],
    "x^5-5x^3+4x": [-2, -1, 0, 1, 2],
    "|sin(x)|": [0, 1.5707963, 3.1415927],
    "arcsin(x)": [-1, 0, 1],
    "x^2 sin(x)": [0, 3.1415927],
    "{x<0: -x, x^2}": [0],
    "1/x^2": [0],
    "(x^2-1)/(x-1)": [-1, 1],
    "ln(x-10^6)": [1_000_000, 1_000_001],
    "sqrt(x-5000)": [5000, 5001],
    "sqrt(10^6-x)": [999_999, 1_000_000],
    "(x-300)^2": [300],
    "(x+5000)^2-3": [-5001.7, -5000, -4998.3],
    "|x-2000|": [2000],
    "1/(x-10^5)^2": [100_000],
    "x+1000000": [-1_000_000],
    "x^2-10^8": [-10_000, 0, 10_000],
    "(x-2000)(x-7000)": [2000, 4500, 7000],
    "e^(x-500)": [499, 500, 501],
    "e^(-(x-200)^2)": [199, 200, 201],
    "1/(1+e^(-(x-7000)))": [6999, 7000, 7001],
    "e^x-10^6": [13.8155],
    "10^9 x": [0],
    "10^-9 x": [0],
    "e^(50x)": [0],
    "1/(x-1)+sqrt(x)": [0, 1, 2.8, 5.8],
    "x^(3/2)-3x": [0, 4, 9],
}


@pytest.mark.parametrize("text", HOLDS)
def test_what_matters_is_in_the_window(text):
    f = parse(text)
    window = choose_window(f)
    check_window(window)
    lo, hi = window.x
    assert all(lo < x < hi for x in HOLDS[text]), window
    # Some of the curve is in the picture too, and it is not a flat line in it.
    y = f(np.linspace(lo, hi, 2001))
    seen = y[(y >= window.y[0]) & (y <= window.y[1])]
    if np.isfinite(y).any():
        assert seen.size > 0.1 * np.isfinite(y).sum()
    if np.isfinite(y).any() and np.nanmax(y) > np.nanmin(y):
        assert np.ptp(seen) > 0.15 * (window.y[1] - window.y[0])


def test_enough_functions():
    assert len(HOLDS) >= 50


@pytest.mark.parametrize("text", HOLDS)
def test_limits_are_round(text):
    """At most three significant digits in the finer of the two limits' steps."""
    for lo, hi in (choose_window(parse(text)).x, choose_window(parse(text)).y):
        unit = 10.0 ** np.floor(np.log10((hi - lo) / 40) + 1e-9)
        for limit in (lo, hi):
            assert abs(limit / unit - round(limit / unit)) < 1e-4


@pytest.mark.parametrize(
    ("text", "widest"),
    [("ln(x-10^6)", 10), ("sqrt(x-5000)", 10), ("x+1000000", 10), ("e^(x-500)", 6), ("1/(x-1)+sqrt(x)", 15)],
)
def test_no_wider_than_needed(text, widest):
    lo, hi = choose_window(parse(text)).x
    assert hi - lo < widest


def test_far_away_looks_as_it_does_near_the_origin():
    near, far = choose_window(parse("ln(x)")), choose_window(parse("ln(x-10^6)"))
    assert far.x[1] - far.x[0] == pytest.approx(near.x[1] - near.x[0], rel=0.5)
    assert far.y == pytest.approx(near.y, abs=0.5)


@pytest.mark.parametrize("text", ["x^3/3-x", "sin(x)", "|x|", "sqrt(1-x^2)"])
def test_equal_scales_where_angles_matter(text):
    window = choose_window(parse(text))
    assert window.equal
    across, up = window.x[1] - window.x[0], window.y[1] - window.y[0]
    assert across / up == pytest.approx(2.2, rel=0.15)


@pytest.mark.parametrize("text", ["x^2+1000", "100x", "e^(10x)", "sin(100x)"])
def test_not_where_they_would_squeeze_the_curve(text):
    assert not choose_window(parse(text)).equal


def test_the_first_picture_of_the_slope_page():
    assert choose_window(parse("x^3/3 - x")) == Window((-2.7, 2.7), (-1.2, 1.2), True)


@pytest.mark.parametrize("text", ["1/x", "tan(x)", "1/(x^2-1)", "1/x^2", "sec(x)"])
def test_poles_are_cut(text):
    window = choose_window(parse(text))
    assert 1 < window.y[1] < 20
    found = analyse(parse(text), window.x)
    assert all(window.y[0] < point.y < window.y[1] for point in found.critical)


@pytest.mark.parametrize("text", ["e^(1/x)", "x e^(1/x)", "e^(1/x^2)", "1/x^4"])
def test_a_pole_that_climbs_too_steeply_does_not_squash_the_rest(text):
    window = choose_window(parse(text))
    assert window.x[0] < 0 < window.x[1]
    assert window.y[1] < 50


@pytest.mark.parametrize(
    "text",
    ["(2^x-1)/x", "(e^x-e)/(x-1)", "(e^(1+x)-e)/x", "(3^x-2^x)/x", "10^9+(2^x-1)/x"],
)
def test_the_rounding_of_two_limits_is_no_height(text):
    """Both sides of a hole have one limit, known to a few parts in 10¹² only."""
    lo, hi = choose_window(parse(text)).y
    assert 1 < hi - lo < 30


@pytest.mark.parametrize(
    ("text", "middle", "low", "high"),
    [
        ("1/(1+e^(-x))", 0, 0, 1),
        ("1/(1+e^(-(x-5)))", 5, 0, 1),
        ("1/(1+e^(-(x-50)/10))", 50, 0, 1),
        ("500/(1+20e^(-0.1x))", 10 * np.log(20), 0, 500),
        ("1000/(1+9e^(-x/30))", 30 * np.log(9), 0, 1000),
        ("tanh(x/50)", 0, -1, 1),
        ("3-arctan(x/20)", 0, 3 - np.pi / 2, 3 + np.pi / 2),
    ],
)
def test_an_s_is_seen_as_an_s_however_wide_it_is(text, middle, low, high):
    """The bend is in the middle, and nearly the whole way from one level to the other is in the picture."""
    f = parse(text)
    window = choose_window(f)
    seen = np.sort(f(np.array(window.x)))
    assert sum(window.x) / 2 == pytest.approx(middle, abs=0.1 * (window.x[1] - window.x[0]))
    assert seen[0] < low + 0.15 * (high - low)
    assert seen[1] > high - 0.15 * (high - low)
    # Nor is it squeezed to a step: the middle half of the picture is not level yet.
    quarter = np.quantile(window.x, [0.25, 0.75])
    assert np.ptp(f(quarter)) < 0.95 * (high - low)


@pytest.mark.parametrize(
    "text", ["x^2", "e^x", "x+5", "cbrt(x)", "ln(1+x^2)/9+x", "{x<0: -x, x^2}", "x^3", "|x|"]
)
def test_what_never_levels_off_is_not_followed(text):
    lo, hi = choose_window(parse(text)).x
    assert hi - lo < 20


@pytest.mark.parametrize("order", [10, 20, 40, 41, 60, 61, 100])
def test_a_pole_that_is_a_wall_is_in_the_picture(order):
    window = choose_window(parse(f"1/(x-3)^{order}"))
    assert window.x[0] < 2
    assert window.x[1] > 4
    assert 1 < window.y[1] < 5
    assert window.y[0] < (-1 if order % 2 else 0)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("x^3-x+0.05sin(100x)", (-1, 0.577, 1)),
        ("ln(x)+sin(50x)/50", (0, 1)),
        ("x^4-3x^2+0.05cos(80x)", (-1.22, 1.73)),
    ],
)
def test_hills_are_no_ripples_and_an_end_of_the_domain_is_no_wave(text, places):
    left, right = choose_window(parse(text)).x
    assert all(left < x < right for x in places)
    assert right - left < 12


@pytest.mark.parametrize("text", ["floor((1-cos(x))/x^2*2)", "round((1-cos(x))/x^2)"])
def test_what_rounding_makes_of_a_step_is_no_shape(text):
    """0 wherever there is a value, though doubles make 1 of it within 10⁻⁵ of 0."""
    assert choose_window(parse(text)).x == (-3.0, 3.0)


@pytest.mark.parametrize("text", ["cos(x)^2 + sin(x)^2", "e^x e^(-x)", "x - x + 3"])
def test_a_constant_that_is_written_with_x_is_shown_about_the_origin(text):
    f = parse(text)
    window = choose_window(f)
    assert window.x[0] == -window.x[1]
    assert analyse(f, window.x).description is Description.CONSTANT


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("sin(x)+0.01 sin(50x)", "sin(x)"),
        ("cos(x)+0.02cos(80x)", "cos(x)"),
        ("e^(-x^2)+0.01sin(60x)", "e^(-x^2)"),
        ("arctan(x)+0.001sin(300x)", "arctan(x)"),
        ("2sin(x/2)-0.02sin(90x)", "2sin(x/2)"),
        ("x/(1+x^2)+0.003cos(200x)", "x/(1+x^2)"),
        ("cos(x)-0.01sin(30x)^2", "cos(x)"),
    ],
)
def test_a_ripple_does_not_hide_the_curve_under_it(text, whole):
    lo, hi = choose_window(parse(text)).x
    wanted = choose_window(parse(whole)).x
    assert 0.4 * (wanted[1] - wanted[0]) < hi - lo < 2.5 * (wanted[1] - wanted[0])
    smooth = parse(whole)(np.linspace(lo, hi, 501))
    assert np.ptp(smooth) > 0.9 * np.ptp(parse(whole)(np.linspace(*wanted, 501)))


@pytest.mark.parametrize(
    "text", ["sin(100x)", "sin(x)sin(20x)", "x sin(1/x)", "sin(x)+0.2sin(10x)", "sin(30x)/x", "tan(50x)"]
)
def test_a_wave_that_is_no_ripple_is_seen_as_a_wave(text):
    f = parse(text)
    lo, hi = choose_window(f).x
    turns = np.count_nonzero(np.diff(np.sign(np.diff(f(np.linspace(lo, hi, 2001))))))
    assert 2 < turns < 120


@pytest.mark.parametrize("text", ["x/10+3", "x-30", "2x-100", "x/1000+3", "5-x"])
def test_of_a_line_both_crossings_of_the_axes_are_seen(text):
    f = parse(text)
    window, height = choose_window(f), float(f(0.0))
    zero = -height / (float(f(1.0)) - height)
    assert window.x[0] < 0 < window.x[1]
    assert window.x[0] < zero < window.x[1]
    assert window.y[0] < height < window.y[1]


@pytest.mark.parametrize(("text", "beside"), [("e^x/(x-3)", 2.5), ("e^x/(x-100)", 99.5), ("1/(x-2)-1", 1.5)])
def test_both_branches_beside_a_pole_are_seen(text, beside):
    f, window = parse(text), choose_window(parse(text))
    assert window.x[0] < beside
    assert window.y[0] < float(f(beside)) < window.y[1]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("sin(x)sin(20x)", 1),
        ("cos(10x)+cos(11x)", 2),
        ("cos(20x)/(1+x^2)", 1),
        ("arctan(x)sin(6x)", 2),
        ("sin(20x)", 0),
    ],
)
def test_waves_that_are_not_all_alike_are_seen_with_their_shape(text, half):
    """Many of them, where of a plain wave a few say all."""
    window = choose_window(parse(text))
    assert half <= window.x[1] == -window.x[0] <= half + 1.5
    x = np.linspace(*window.x, 2001)
    y = parse(text)(x)
    assert np.ptp(y) > 0.7 * (window.y[1] - window.y[0])


@pytest.mark.parametrize("text", ["e^(-x) sin(5x)", "e^x sin(5x)"])
def test_waves_that_grow_are_no_ripples(text):
    window = choose_window(parse(text))
    assert window.x[0] < 0 < window.x[1] < 2


@pytest.mark.parametrize("power", [14, 20, 40, 100, 300])
@pytest.mark.parametrize("shift", [0, 3])
def test_between_walls_the_bend_and_the_height_of_one_are_in_view(power, shift):
    """The floor takes no more than nine tenths of the width, and the walls no more than nine tenths of the height."""
    for sign in (1, -1):
        f = parse(f"{sign}(x-{shift})^{power}")
        window = choose_window(f)
        check_window(window)
        (lo, hi), (low, high) = window.x, window.y
        assert lo < shift - 1 < shift + 1 < hi
        assert hi - lo < 4
        assert low < min(0, sign) < max(0, sign) < high
        assert high - low < 2


def test_an_odd_wall_is_followed_to_both_sides():
    low, high = choose_window(parse("x^41")).y
    assert low < -1 < 1 < high < 3


@pytest.mark.parametrize("scale", ["10^299", "10^250", "10^150"])
@pytest.mark.parametrize("text", ["x", "x^2-2", "sin(x)", "sqrt(x)", "1/x"])
def test_values_however_large_are_shown_as_any_others(text, scale):
    window = choose_window(parse(f"{scale} ({text})"))
    assert (window.y[1] - window.y[0]) / float(scale.replace("10^", "1e")) == pytest.approx(
        np.ptp(choose_window(parse(f"10^20 ({text})")).y) / 1e20, rel=0.3
    )


@pytest.mark.parametrize("text", ["10^308 sin(x)", "10^305-10^306 x^2", "10^307 floor(x)", "10^308/x"])
def test_what_is_beyond_every_axis_leaves_the_picture_as_a_wall_does(text):
    window = choose_window(parse(text))
    check_window(window)
    assert max(np.abs(window.y)) >= 1e302


RESTING = [
    ("sqrt(|x-1/3|-x+1/3)", 1 / 3, lambda x: np.sqrt(np.maximum(2 / 3 - 2 * x, 0))),
    ("sqrt(|x+1/7|+x+1/7)", -1 / 7, lambda x: np.sqrt(np.maximum(2 * x + 2 / 7, 0))),
    ("cbrt(|x-1/3|-x+1/3)", 1 / 3, lambda x: np.cbrt(np.maximum(2 / 3 - 2 * x, 0))),
]
"""Exactly 0 on one side, where doubles leave 10⁻¹⁶ under the root; the same without any cancellation."""


@pytest.mark.parametrize(("text", "rest", "exact"), RESTING, ids=[text for text, *_ in RESTING])
def test_what_is_0_and_computed_as_noise_does_not_make_the_window(text, rest, exact):
    window = choose_window(parse(text))
    assert window.x[0] < rest < window.x[1]
    highest = float(exact(np.linspace(*window.x, 101)).max())
    assert 1 < window.x[1] - window.x[0] < 20
    assert 0.5 < highest < window.y[1] < 2 * highest


@pytest.mark.parametrize(
    ("text", "constant"),
    [
        ("sin(x)^2+cos(x)^2-1", "0"),
        ("ln(e^x)-x", "0"),
        ("(x-1/3)^2-x^2+2x/3", "1/9"),
        ("cosh(x/9)^2-sinh(x/9)^2", "1"),
    ],
)
def test_what_is_constant_but_for_rounding_is_shown_as_its_constant(text, constant):
    assert choose_window(parse(text)) == choose_window(parse(constant))


GROW = [("x^2 cos(2x)/4", 3), ("x sin(x)", 7), ("x cos(2x)", 5), ("(x^2+1)cos(4x)", 4), ("|x|sin(40x)", 0.5)]
DIE = [("cos(3x) e^(-x^2)", 1.8, 3.2), ("e^(-50x^2) cos(40x)", 0.22, 0.5), ("1000-cos(3x)e^(-x^2)", 1.8, 3.2)]
FADE = [("sin(x)/x", 7.7), ("10-3sin(2x)/x", 3.8), ("cos(x)/(x^2+4)", 5.5), ("sin(pi(x-3))/(x-3)", 5)]


@pytest.mark.parametrize(("text", "least"), [*GROW, *FADE])
def test_of_waves_that_change_more_than_the_innermost_are_shown(text, least):
    """At least so far, and not so far that fewer than four of them are seen to go up and down."""
    f, window = parse(text), choose_window(parse(text))
    assert window.x[1] >= least
    y = f(np.linspace(*window.x, 4001))
    y = y[np.isfinite(y)]
    turns = y[1:-1][np.diff(np.sign(np.diff(y))) != 0]
    assert np.count_nonzero(np.abs(np.diff(turns)) > 0.05 * np.ptp(y)) >= 3


@pytest.mark.parametrize(("text", "least", "most"), DIE)
def test_waves_that_die_out_are_shown_as_long_as_they_live(text, least, most):
    left, right = choose_window(parse(text)).x
    assert left == -right
    assert least < right < most


@pytest.mark.parametrize(
    ("text", "period"),
    [("sin(x)+sin(2x)/2", 2), ("cos(x)e^(sin(x))", 2), ("sin(6x)^3", 1 / 3), ("max(sin(x),cos(x))", 2)],
)
def test_of_what_repeats_itself_a_whole_period_is_seen(text, period):
    left, right = choose_window(parse(text)).x
    assert 1.5 * period * np.pi <= right - left <= 3 * period * np.pi
