"""What the reasons claim, held against the path itself, closed forms, or the steps that follow."""

import numpy as np
import pytest

from explorer.descent import descend
from explorer.expression import parse

XY = ("x", "y")


def run(optimiser, text, start, rate, steps, **settings):
    variables = ("x",) if np.ndim(start) == 0 else XY
    return descend(optimiser, parse(text, variables), start, rate, steps, **settings)


@pytest.mark.parametrize("rate", [0.95, 0.99, 0.999])
def test_a_step_that_is_said_to_cross_lands_on_the_other_side_and_lower(rate):
    path = run("gd", "x^2", 4.0, rate, 40)
    assert "each step crosses to the other side and lands lower" in path.reason
    # In closed form w_k = 4(1 − 2η)^k: the sign changes at each step, the size shrinks.
    assert path.points[:, 0] == pytest.approx(4 * (1 - 2 * rate) ** np.arange(41))


@pytest.mark.parametrize(
    ("optimiser", "text", "start", "rate"),
    [
        *(("momentum", "x^2", 4.0, rate) for rate in (1.0, 1.1, 1.2)),
        ("momentum", "x^2+100y^2", (1.0, 1.0), 0.01),
        *((name, "|x|", 1.0, rate) for name in ("adagrad", "rmsprop") for rate in (0.3, 0.5)),
    ],
)
def test_swings_that_do_not_cross_at_each_step_are_only_said_to_shrink(optimiser, text, start, rate):
    path = run(optimiser, text, start, rate, 40)
    steepest = path.points[:, -1]
    assert path.behaviour == "overshooting"
    assert "swings back and forth" in path.reason
    assert "crosses" not in path.reason
    nearer = np.abs(steepest[1:]) < np.abs(steepest[:-1])
    assert not ((steepest[1:] * steepest[:-1] < 0) & nearer).all()
    assert np.abs(steepest[-8:]).max() < np.abs(steepest[1:9]).max()


@pytest.mark.parametrize("rate", np.linspace(0.5, 1.0, 11))
def test_a_chaotic_path_is_not_said_to_close_in(rate):
    path, later = (run("gd", "x^2+sin(5x)", 0.0, rate, steps) for steps in (100, 700))
    assert np.abs(later.steps[-100:]).max() > np.abs(path.steps[-10:]).max() / 2
    assert path.behaviour != "overshooting", path.reason


# loss, start, rate, steps taken, the minimum on the way to which they are
SLOW = [
    ("sin(x)", 0.0, 0.01, 7, -np.pi / 2),
    ("x^2/(1+x^2)", 0.7, 0.01, 40, 0.0),
    ("sqrt(1+x^2)", 3.0, 0.05, 40, 0.0),
    ("x^2", 4.0, 0.001, 40, 0.0),
    ("3x^4 - 5x^2 + 2x", -0.05, 0.0005, 20, -1.0),
]


@pytest.mark.parametrize(("text", "start", "rate", "steps", "minimum"), SLOW)
def test_the_steps_to_half_of_the_way_are_those_that_it_takes(text, start, rate, steps, minimum):
    reason = run("gd", text, start, rate, steps).reason
    left = np.abs(run("gd", text, start, rate, steps + 2000).points[steps:, 0] - minimum)
    assert f"Halving what is left takes {int(np.argmax(left <= left[0] / 2))} more steps." in reason


def test_on_a_parabola_half_of_the_way_takes_ln_2_over_the_logarithm_of_the_factor():
    assert "Halving what is left takes 347 more steps" in run("gd", "x^2", 4.0, 0.001, 40).reason
    assert np.ceil(np.log(2) / -np.log(1 - 2 * 0.001)) == 347
    assert "takes more than 2 000 more steps" in run("gd", "x^2", 4.0, 1e-5, 40).reason


@pytest.mark.parametrize(("text", "start", "rate", "steps", "minimum"), SLOW)
def test_the_bound_on_the_way_is_that_of_the_minimum_ahead(text, start, rate, steps, minimum):
    path = run("gd", text, start, rate, steps)
    f, h = parse(text), 1e-4
    curvature = float((f(minimum + h) - 2 * f(minimum) + f(minimum - h)) / h**2)
    said = float(path.reason.split("2/f″ = ")[1].split()[0].rstrip("."))
    assert said == pytest.approx(2 / curvature, rel=1e-4)


# tanh and eˣ have a slope everywhere: 1/cosh² and eˣ are never 0, only their floats are.
PLATEAUS = [
    ("gd", "tanh(x)", 0.5, 50.0, 40),
    ("gd", "tanh(x) + 3", 0.5, 19.0, 40),
    ("momentum", "tanh(x)", 0.5, 3.0, 200),
    ("rmsprop", "tanh(x)", 4.0, 3.0, 1),
    ("newton", "tanh(x)", 0.0, 1.0, 40),
    ("gd", "e^x", 4.0, 20.0, 40),
    ("gd", "e^x", -800.0, 1.0, 5),
    ("gd", "1/(1+e^(-x))", -20.0, 0.1, 60),
]
FLAT_SPOTS = [
    ("newton", "x^3", 4.0, 1.0, 40, "x = 0,"),
    ("newton", "x^3 + 1", 4.0, 1.0, 40, "x = 0,"),
    ("adagrad", "x^3", 0.5, 0.5, 40, "x = 0,"),
    ("newton", "(x-2)^3", 4.0, 1.0, 40, "x = 2,"),
    ("gd", "x^2", (2.0, 1.0), 0.1, 80, "(x, y) = (0, 1),"),
    ("gd", "x^4", 0.0, 1.0, 40, "x = 0,"),
]
UNDERWAY = [
    # In closed form about 1/(3ηn) and √(1/(8ηn)): never near beside the way that it came.
    ("gd", "x^3", 1.0, 0.1, 3000),
    ("gd", "x^4", 1.0, 0.1, 3000),
    ("gd", "x^3 - 3x y^2", (1.0, 0.0), 0.1, 2000),
    # A step far out and back: the flat places are at 0, and at the odd multiples of π/2.
    ("rmsprop", "x^4", 0.5, 30.0, 40),
    ("newton", "sin(x)", 0.0, 0.01, 100),
]


@pytest.mark.parametrize("case", PLATEAUS, ids=str)
def test_a_slope_that_is_lost_in_rounding_is_a_plateau(case):
    path = run(*case)
    assert (path.outcome, path.behaviour) == ("stopped", "plateau"), path.reason


@pytest.mark.parametrize("case", FLAT_SPOTS, ids=str)
def test_a_flat_spot_is_no_bottom(case):
    path = run(*case[:5])
    assert path.behaviour == "valley", path.reason
    assert f"Converged to {case[5]}" in path.reason
    assert "bottom" not in path.reason


@pytest.mark.parametrize(("text", "place"), [("x^4", 0), ("x^4 + 1", 0), ("(x-2)^6", 2), ("(x+1)^4 + 7", -1)])
def test_a_bottom_without_curvature_is_named_where_it_is(text, place):
    path = run("newton", text, place + 1.0, 1.0, 60)
    assert f"Converged to x = {place}".replace("-", "−") in path.reason
    assert "no second derivative above 0 can be told at the bottom" in path.reason


@pytest.mark.parametrize("case", UNDERWAY, ids=str)
def test_what_is_still_on_its_way_has_not_converged(case):
    path = run(*case)
    assert path.outcome == "stopped", path.reason
    assert np.linalg.norm(path.gradients[-1]) > 1e-6


@pytest.mark.parametrize("text", ["x^2", "x^4/4 - x^2/2", "cosh(x)", "x^2/(1+x^2)", "1 - cos(x)"])
def test_converged_means_that_a_flat_place_is_near(text):
    f = parse(text)
    for name in ("gd", "momentum", "rmsprop", "adam", "newton"):
        for start in (0.4, 1.7, 3.0):
            for rate in (0.01, 0.3, 1.5, 30.0):
                path = run(name, text, start, rate, 60)
                if path.outcome == "converged":
                    end, reach = path.points[-1, 0], 4e-3 * np.ptp(path.points)
                    slopes = f.value_and_gradient(np.linspace(end - reach, end + reach, 9))[1][0]
                    assert np.abs(slopes).min() < 1e-12 or slopes.min() < 0 < slopes.max(), path.reason


# The slope is exactly 0 on level ground, and in the tails of tanh and eˣ where it is no float: nobody can tell.
LEVEL = [
    ("gd", "max(0, |x|-1)^2", 3.0, 0.6, 60),
    ("momentum", "max(0, |x|-1)^2", 3.0, 0.1, 60),
    ("adam", "max(0, |x|-1)^2", 3.0, 0.1, 60),
    ("gd", "{x<1: 0, x^2-1}", 3.0, 0.3, 60),
    ("newton", "{x<1: 0, x^2-1}", 3.0, 0.3, 60),
    ("gd", "max(0, x^2+y^2-1)", (2.0, 1.0), 0.4, 60),
    ("gd", "tanh(x)", 0.5, 50.0, 40),
    ("gd", "e^x", -800.0, 1.0, 5),
]
# One step far out to where 1 − e^(−x²) is 1; a slope that is small and not 0.
RAISED = [("gd", "1 - e^(-x^2)", 0.5, 100.0, 20), ("gd", "1/(1+e^(-x))", -20.0, 0.1, 60)]
LIFTED = [
    (name, "x^2", start, rate, steps, constant)
    for name, rate in (("gd", 0.1), ("momentum", 0.1), ("adam", 0.1))
    for start, constant in ((1.0, "10^10"), (1.0, "10^6"), (0.001, "10^6"), (-0.3, "(-10^9)"))
    for steps in (60, 600)
    # Adam's first steps are η long, far beside 0.001.
    if name != "adam" or start != 0.001
]


@pytest.mark.parametrize("case", LEVEL, ids=str)
def test_where_the_slope_is_exactly_0_both_reasons_for_it_are_said(case):
    path = run(*case)
    assert (path.behaviour, path.losses[-1]) == ("plateau", path.losses.min()), path.reason
    assert not path.gradients[-1].any()
    assert "not yet a minimum" not in path.reason
    assert "the slope is exactly 0 at" in path.reason
    assert "level ground, every point of it as low, or a tail whose slope is too small" in path.reason
    assert ("makes the next step" in path.reason) == bool(np.any(path.next_step))


CONSTANT = [("gd", "5", 3.0, 0.3, 60), ("adam", "2π - 7", -1.0, 0.1, 40), ("momentum", "0", 0.0, 1.0, 10)]


@pytest.mark.parametrize("case", CONSTANT, ids=str)
def test_a_constant_is_called_so(case):
    path = run(*case)
    assert path.behaviour == "plateau"
    assert "the loss is constant, its slope is exactly 0 everywhere" in path.reason


@pytest.mark.parametrize("text", ["floor(x)", "{x<1: 2, x>=1: 5}", "max(0, |x|-1)^2", "tanh(x)"])
def test_a_level_part_is_no_constant(text):
    for start in (0.5, 3.0):
        assert "constant, its" not in run("gd", text, start, 0.3, 40).reason


@pytest.mark.parametrize("case", RAISED, ids=str)
def test_a_plateau_that_is_higher_or_has_a_slope_is_not_yet_a_minimum(case):
    path = run(*case)
    assert path.behaviour == "plateau"
    assert path.losses[-1] > path.losses.min() or path.gradients[-1].any()
    assert "a flat slope is not yet a minimum" in path.reason


@pytest.mark.parametrize("case", LIFTED, ids=str)
def test_a_constant_that_is_added_to_the_loss_leaves_the_verdict_alone(case):
    *walk, constant = case
    plain, lifted = run(*walk), run(walk[0], f"{walk[1]} + {constant}", *walk[2:])
    assert np.array_equal(plain.points, lifted.points)
    assert lifted.reason == plain.reason


KINKS = [("|x|", 0.5, 0.01, 7, 0.0), ("|x|", 1.0, 1.0, 40, 0.0), ("|x-2|", 0.3, 1.0, 40, 2.0)]


@pytest.mark.parametrize(("text", "start", "rate", "steps", "kink"), KINKS)
def test_a_kink_is_named_where_the_slope_jumps(text, start, rate, steps, kink):
    path = run("newton", text, start, rate, steps)
    assert path.points[-1, 0] != kink
    assert f"Converged to x = {kink:g}" in path.reason
    assert "the slope jumps there" in path.reason


def test_a_place_is_not_rounded_to_one_where_the_loss_is_undefined():
    path = run("newton", "ln(x)", 4.0, 1.0, 40)
    assert 0 < path.points[-1, 0] < 1e-9
    assert "at x = 0" not in path.reason
    assert "at x = 3.638·10⁻¹²" in path.reason


@pytest.mark.parametrize("steps", [10, 40])
def test_a_kink_where_the_loss_is_undefined_is_said_where_the_iterate_is(steps):
    path = run("gd", "|x| x/x", 1.0, 0.1, steps)
    assert "is, to rounding, the bottom itself" in path.reason
    assert 0 < abs(path.points[10, 0]) < 1e-15
    assert "x = 0," not in path.reason
    assert "x = 0 " not in path.reason
    assert "x = 1.388·10⁻¹⁶" in path.reason


# On a slope of ±1 a step is η long, for Adam too: optimiser, loss, start, rate, steps, how many are left.
SLIDES = [
    ("gd", "|x-1|", 3.5, 0.01, 100, 150),
    ("gd", "|x-1|", 3.5, 0.1, 24, 1),
    ("adam", "|x-1|", 3.5, 0.01, 40, 210),
    ("gd", "max(3-x, x-3)", -7.0, 0.02, 50, 450),
    ("gd", "|x|+|y|", (2.0, 1.0), 0.005, 100, 300),
    # A flat bottom begins where the slope ends.
    ("gd", "|x-1|+|x+1|", 3.0, 0.01, 50, 50),
    ("gd", "max(x, 0)", 3.0, 0.05, 20, 40),
    ("gd", "x + |x+2|", 1.0, 0.1, 10, 5),
]
ENDLESS = [
    ("gd", "2x", 1.0, 0.1, 50),
    ("gd", "2x + |x+2|", 1.0, 0.1, 8),
    ("gd", "x^2-y^2", (2.0, 1e-3), 0.1, 60),
    ("gd", "-1/x^2", 3.0, 0.1, 40),
]
# From just beside a hill: downhill with a growing slope, and a valley ahead.
BENT = [
    ("momentum", "|x|", 1.0, 0.01, 18),
    ("gd", "cos(x)", 0.01, 0.05, 100),
    ("gd", "x^4/4 - x^2/2", 0.05, 0.1, 10),
]


@pytest.mark.parametrize("case", SLIDES, ids=str)
def test_a_constant_slope_above_a_bottom_tells_the_steps_that_are_left(case):
    path = run(*case[:5])
    assert (path.outcome, path.behaviour) == ("stopped", "sliding"), path.reason
    assert f"about {case[5]} more step" in path.reason
    later = run(*case[:4], case[4] + case[5] + 5)
    lowest = later.losses.min() + 1e-9
    assert np.flatnonzero(later.losses <= lowest)[0] == pytest.approx(case[4] + case[5], abs=1)


@pytest.mark.parametrize("case", ENDLESS, ids=str)
def test_no_bottom_is_promised_where_the_loss_has_none_that_way(case):
    path = run(*case)
    assert path.behaviour == "falling", path.reason


@pytest.mark.parametrize("case", BENT, ids=str)
def test_a_growing_slope_above_a_valley_is_on_its_way(case):
    path = run(*case)
    assert path.behaviour == "unfinished", path.reason


# Steps of 0.1 from 3.5 and 2 meet the kink but for rounding: optimiser, loss, start, rate, steps, outcome, its place.
MET = [
    ("gd", "|x-1|", 3.5, 0.1, 25, "stopped", "x = 1"),
    ("gd", "|x-1|", 3.5, 0.1, 40, "cycling", "x = 1"),
    ("gd", "|x|", 1.0, 0.1, 10, "stopped", "x = 0"),
    ("gd", "|x|", 1.0, 0.1, 40, "cycling", "x = 0"),
    ("gd", "|x|+|y|", (2.0, 1.0), 0.1, 40, "cycling", "(x, y) = (0, 0)"),
]
TORN = [("gd", "{x<0: 1-x, x}", -2.0, 0.1, 60), ("gd", "|x|+floor(x)", 1.5, 0.1, 60)]
JUMPED = [("gd", "|x-1|", 3.5, 0.3, 40), ("gd", "|x|+|y|", (2.0, 1.05), 0.1, 40)]


@pytest.mark.parametrize("case", MET, ids=str)
def test_a_kink_that_is_met_to_rounding_is_said_to_be_the_bottom_itself(case):
    path = run(*case[:5])
    assert path.outcome == case[5], path.reason
    assert f"{case[6]}" in path.reason
    assert "to rounding, the bottom itself" in path.reason
    assert "jumps back over" not in path.reason
    assert path.losses[-2:].min() < 1e-14
    assert (np.abs(path.next_step) == case[3]).all()


@pytest.mark.parametrize("case", TORN, ids=str)
def test_where_the_loss_jumps_as_well_no_kink_is_named(case):
    path = run(*case)
    assert path.outcome == "cycling"
    assert "kink" not in path.reason
    assert "jumps back over the bottom" in path.reason


@pytest.mark.parametrize("case", JUMPED, ids=str)
def test_a_kink_between_the_ends_of_a_cycle_is_jumped_over(case):
    path = run(*case)
    assert path.outcome == "cycling"
    assert "jumps back over the bottom" in path.reason
    assert path.losses[-2:].min() > 1e-2


def test_a_cycle_through_more_places_than_two_is_told_by_its_period_and_extent():
    """With slopes of 3/2 and −1/2 one step down leads back over three: 0.15 = 3 · 0.05."""
    path = run("gd", "|x-1| + (x-1)/2", 3.52, 0.1, 80)
    assert path.outcome == "cycling"
    assert path.period == 4
    assert "jumps back" not in path.reason
    assert path.reason.startswith("Cycles. Every 4 steps it is back at x = ")
    assert "within about 0.15 of one another" in path.reason
    assert np.ptp(path.points[-4:]) == pytest.approx(0.15)


# Forwards and back over several valleys; the slope at the end is as steep as any.
HOPPING = [
    ("gd", "x^2+sin(10x)", 2.0, 0.2, 100),
    ("gd", "x^2+sin(10x)", 2.0, 0.15, 60),
    ("gd", "sin(3x)+x^2/8", 2.0, 1.3, 80),
]
# A first step of η = 10⁶, which 40 steps do not bring back; a first step over the hill of a double well.
STRAYED = [("adam", "x^2", 1.0, 1e6, 40), ("adam", "x^2", 1.0, 100.0, 40), ("gd", "x^2", 1.0, 1.2, 1)]
FADES = [
    ("gd", "x^4", 1.0, 0.49, 300),
    ("gd", "(x-2)^6 + 1", 1.0, 0.1, 3000),
    ("gd", "x^4+y^4", (1.0, 0.5), 0.1, 3000),
]
SHALLOW = [("gd", "0.001x^2", 4.0, 0.1, 40), ("gd", "0.001x^2 + 5", -3.0, 1.0, 40)]
SMOOTH_SWINGS = [("momentum", "x^2", 4.0, rate, steps) for rate in (0.01, 0.1, 0.5) for steps in (24, 30, 60)]


CANCELLED = [
    ("gd", "(cos(x)-1)/x^2", 1.0, 0.5, 200),
    ("gd", "-ln(1+x^2)/x^2", 1.0, 0.2, 40),
    ("gd", "(x-sin(x))/x^3 + 0.574x^2", 3.16, 0.0702, 227),
    ("gd", "(cos(x)-1)/x^2 + y^2", (1.0, 1.0), 0.5, 200),
]
"""Smooth in truth, each with its flat place at 0; the digits of the slope cancel there."""
HIDDEN = [("adagrad", "-sin(x)/x", 1.5, 0.1, 400), ("nesterov", "-sin(x)/x", 1.5, 0.5, 100)]
"""Come to rest before the slopes are lost, but nearer than that doubles know no curvature."""


@pytest.mark.parametrize("case", CANCELLED, ids=str)
def test_where_rounding_makes_the_slopes_nothing_has_converged(case):
    path = run(*case)
    assert (path.outcome, path.behaviour) == ("stopped", "blurred"), path.reason
    assert "rounding decides what follows" in path.reason
    assert np.abs(path.points[-1]).max() < 1e-3
    later = run(*case[:4], 20 * case[4])
    assert np.abs(later.points[case[4] :]).max() > 0.1


def test_where_rounding_may_shift_the_flat_place_by_more_than_is_left_nothing_has_converged():
    case = ("gd", "(e^x-e^(-x))/(2x)", 0.93, 0.5, 60)
    path = run(*case)
    assert path.behaviour == "blurred", path.reason
    assert np.abs(run(*case[:4], 600).points[60:]).max() > 1


@pytest.mark.parametrize("case", HIDDEN, ids=str)
def test_a_bottom_at_which_doubles_lose_the_curvature_is_none_without(case):
    """The limit of f″ at 0 is 1/3."""
    path = run(*case)
    assert path.behaviour == "minimum", path.reason
    assert "can be told" in path.reason
    assert np.abs(run(*case[:4], 4000).points[case[4] :]).max() < 0.01


def test_written_so_that_little_cancels_the_same_loss_converges():
    """(1 − cos x)/x² is 2(sin(x/2)/x)²."""
    path = run("gd", "-2(sin(x/2)/x)^2", 1.0, 0.5, 200)
    assert path.behaviour == "minimum", path.reason
    assert abs(path.points[-1, 0]) < 1e-3


def test_rounding_makes_no_kink():
    """Beside 0 the computed slopes of (x − sin x)/x³ leap from −10⁹ to 10⁹; the true one is near 0."""
    path = run("momentum", "(x-sin(x))/x^3 + 0.0984x^2", -0.5, 0.264, 140, momentum=0.6504)
    assert path.behaviour not in ("kink", "cycle", "minimum"), path.reason


@pytest.mark.parametrize("case", HOPPING, ids=str)
def test_hops_over_many_valleys_are_not_called_a_way(case):
    path = run(*case)
    assert (path.outcome, path.behaviour) == ("stopped", "bouncing"), path.reason
    later = run(*case[:4], case[4] + 400)
    assert np.ptp(later.points[-200:]) > 0.75 * np.ptp(path.points[-24:])


@pytest.mark.parametrize("case", STRAYED, ids=str)
def test_a_path_that_is_higher_than_it_began_says_so(case):
    path = run(*case)
    assert (path.outcome, path.behaviour) == ("stopped", "astray"), path.reason
    assert path.points[-1, 0] ** 2 > 1
    assert "higher than it began: the loss went from 1 to" in path.reason


@pytest.mark.parametrize("case", FADES, ids=str)
def test_near_a_bottom_without_curvature_the_steps_fade(case):
    path = run(*case)
    assert (path.outcome, path.behaviour) == ("stopped", "fading"), path.reason
    assert "fades out towards the bottom" in path.reason
    later = run(*case[:4], 20 * case[4])
    assert later.losses[-1] < path.losses[-1] < path.losses[0]
    assert np.linalg.norm(later.gradients[-1]) < np.linalg.norm(path.gradients[-1]) / 10


@pytest.mark.parametrize("case", SHALLOW, ids=str)
def test_a_shallow_bowl_is_no_plateau(case):
    assert run(*case).behaviour == "crawling"


@pytest.mark.parametrize("case", SMOOTH_SWINGS, ids=str)
def test_swings_of_a_heavy_ball_that_die_out_do_not_bounce(case):
    path = run(*case)
    assert path.behaviour not in {"bouncing", "crawling", "plateau"}, path.reason
