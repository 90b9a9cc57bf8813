"""Questions about functions that nobody has chosen: whatever is asked, its answer holds by another road."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.expression import ExpressionError, parse
from explorer.figures.challenges import played, stages_of
from explorer.figures.curve import choose_window
from explorer.figures.limit.questions import limit_questions
from explorer.figures.limit.start import start_for
from explorer.figures.slope.questions import slope_questions
from explorer.figures.slope.scene import slope_scene, start_in
from explorer.figures.surface.questions import plane_questions
from explorer.figures.surface.scene import start_on
from explorer.figures.surface.still import choose_plane
from explorer.presets import SLOPE_CHALLENGES
from tests.wild.functions import texts

PLANE = ("x", "y")
TAME = st.sampled_from(
    [
        "x^2",
        "x^3-x",
        "sin(x)",
        "e^x",
        "|x-1|",
        "x^4-2x^2",
        "cos(2x)",
        "1/(1+x^2)",
        "x",
        "sqrt(x^2+1)",
        "||x|-1|",
    ]
)
FORMULAS = st.one_of(
    st.builds("{}({})+({})({})".format, st.integers(-3, 3), TAME, st.integers(-3, 3), TAME),
    st.builds("({})({})".format, TAME, TAME),
    texts(1),
)
SURFACES = st.one_of(
    st.builds("{}x^2+({})x y+({})y^2+({})x".format, *(st.integers(-3, 3) for _ in range(4))),
    st.builds("({})({})".format, TAME, TAME.map(lambda text: text.replace("x", "y").replace("ey", "ex"))),
    texts(2),
)


def slope_at(f, x, width):
    """By differences of values alone."""
    h = 1e-5 * width
    return (float(f(x + h)) - float(f(x - h))) / (2 * h)


def parsed(text, variables=("x",)):
    try:
        return parse(text, variables)
    except ExpressionError:
        return None


def check_place(f, window, asked):
    """What is asked for holds in the middle of every place."""
    width = window.x[1] - window.x[0]
    answers = [(low + high) / 2 for low, high in asked.places]
    slopes = [slope_at(f, x, width) for x in answers]
    heights = [float(f(x)) for x in answers]
    around = np.abs([slope_at(f, x, width) for x in np.linspace(*window.x, 33)[1:-1]])
    usual = max(float(np.nanmax(around)), 1e-9)
    if "flat" in asked.question:
        assert all(abs(slope) < 0.02 * usual for slope in slopes)
    elif "above zero" in asked.question:
        assert all(height > 0 > slope for height, slope in zip(heights, slopes, strict=True))
    elif "below zero" in asked.question:
        assert all(height < 0 < slope for height, slope in zip(heights, slopes, strict=True))
    elif "most steeply" in asked.question:
        known = [slope_at(f, x, width) for x in np.linspace(*window.x, 401)[1:-1]]
        assert min(slopes) <= min(known) + 0.05 * (max(known) - min(known))
    elif "no slope" in asked.question:
        h = 1e-6 * width
        for x, height in zip(answers, heights, strict=True):
            left, right = (height - float(f(x - h))) / h, (float(f(x + h)) - height) / h
            assert abs(left - right) > 1e-3 * max(abs(left), abs(right))
    else:
        assert "same slope" in asked.question
        wanted = slope_at(f, asked.tangent_at, width)
        assert all(abs(slope - wanted) < 0.05 * usual for slope in slopes)
        assert all(abs(x - asked.tangent_at) > 0.05 * width for x in answers)


@settings(max_examples=60)
@given(FORMULAS)
def test_every_question_about_slopes_has_an_answer_that_holds(text):
    f = parsed(text)
    if f is None:
        return
    window = choose_window(f)
    width = window.x[1] - window.x[0]
    for asked in slope_questions(f, window, start_in(f, window)):
        assert window.x[0] <= asked.start <= window.x[1]
        assert [reason.right for reason in asked.reasons] == [True, False, False]
        if asked.choices:
            one, other = (dict(asked.shows)["x0"], asked.choices[1])
            assert asked.choices[0].endswith(asked.reveal.split(":")[0].split("= ")[1])
            steep, calm = abs(slope_at(f, one, width)), abs(slope_at(f, number(other), width))
            assert steep > 1.2 * calm
        else:
            assert not any(low <= asked.start <= high for low, high in asked.places)
            check_place(f, window, asked)


def number(text):
    """The number at the end of a choice; multiples of π too."""
    said = text.rsplit(" ", 1)[1].replace("−", "-")
    return float(parse(said, ("x",))(0.0))


@settings(max_examples=60)
@given(FORMULAS)
def test_every_question_about_the_quotient_has_an_answer_that_holds(text):
    f = parsed(text)
    if f is None:
        return
    window = choose_window(f)
    start = start_for(f, window)
    width = window.x[1] - window.x[0]
    for asked in limit_questions(f, window, start.x0, start.h):
        x0, right = dict(asked.sets)["x0"], asked.choices[0]
        here = float(f(x0))
        if right == "no single number":
            h = 1e-6 * width
            sides = [(float(f(x0 + way * h)) - here) / (way * h) for way in (1, -1)]
            assert sides == pytest.approx(
                [number(f"= {text}") for text in asked.choices[1:]], rel=0.02, abs=1e-3
            )
        elif right in ("larger", "smaller"):
            whole, half = ((float(f(x0 + h)) - here) / h for h in (start.h, start.h / 2))
            assert (half > whole) == (right == "larger")
        else:
            assert number(f"= {right}") == pytest.approx(slope_at(f, x0, width), rel=0.02, abs=1e-3)
            assert len(set(asked.choices)) == 3


@settings(max_examples=60)
@given(SURFACES)
def test_every_question_about_two_slopes_has_an_answer_that_holds(text):
    f = parsed(text, PLANE)
    if f is None:
        return
    window = choose_plane(f)
    h = 1e-5 * (window.x[1] - window.x[0])
    for asked in plane_questions(f, window, start_on(f, window)):
        sets = dict(asked.sets)
        x, y = sets.get("x0", asked.start), sets["y0"]
        fx = (float(f(x + h, y)) - float(f(x - h, y))) / (2 * h)
        fy = (float(f(x, y + h)) - float(f(x, y - h))) / (2 * h)
        large = math.hypot(fx, fy)
        if asked.choices:
            right = asked.choices[0]
            along, across = (fx, fy) if "x" in right else (fy, fx)
            if "alone" in right:
                assert abs(along) < 0.02 * large < abs(across)
            else:
                assert abs(along) > 1.2 * abs(across)
            continue
        for angle, _ in asked.places:
            slope = fx * math.cos(math.radians(angle)) + fy * math.sin(math.radians(angle))
            assert slope == pytest.approx(0 if "level" in asked.question else large, abs=0.03 * large)


@pytest.mark.parametrize("formula", ["x^3-2x", "sin(x)", "|x-1|+x", "x^2 e^-x"])
def test_a_function_of_ones_own_is_asked_about_and_the_courses_keep_their_own_questions(formula):
    f = parse(formula)
    window = choose_window(f)
    start = start_in(f, window)
    scene = slope_scene(f, window, start, challenges=SLOPE_CHALLENGES, questioned=True)
    made = slope_questions(f, window, start)
    assert made
    assert scene.challenges == played(made, f)
    # The story ends with those whose answers it has not told, and with what to do next.
    *told, last = scene.story
    assert not last.asks
    assert last.text.startswith("Next: ")
    asked = [stage for stage in told if stage in stages_of(made)]
    assert asked == told[len(told) - len(asked) :]
    seen = {stage.controls["x0"] for stage in told[: len(told) - len(asked)] if "x0" in stage.controls}
    assert all(stage.shows.get("x0") not in seen for stage in asked)
    assert all(stage.asks and stage.answer for stage in stages_of(made))
    offering = slope_scene(f, window, start, challenges=SLOPE_CHALLENGES)
    assert (offering.id, offering.offers, offering.challenges) == (scene.id, True, ())
    assert not scene.offers
    for challenge in scene.challenges:
        if challenge.kind == "choice":
            assert challenge.hints[challenge.choice] == ""
            assert all(hint for k, hint in enumerate(challenge.hints) if k != challenge.choice)


@pytest.mark.parametrize("formula", ["5", "sqrt(-1-x^2)", "sin(1/x)", "floor(x)", "1/(x^2-1)"])
def test_nothing_is_asked_whose_answer_is_not_sure(formula):
    f = parse(formula)
    window = choose_window(f)
    for asked in slope_questions(f, window, start_in(f, window)):
        assert asked.choices  # of single places only


@pytest.mark.parametrize(
    ("formula", "says", "why"),
    [
        ("||x|-1|", "another slope", "different slopes"),
        ("(x^2)^(1/3)", "spike", "without bound"),
        ("{x<0: x, sqrt(x)}", "on the other", "other has none"),
        ("|x-2|+(x^2)^(1/3)", "same way", "no number"),
    ],
)
def test_a_side_that_stands_upright_is_not_said_to_have_a_slope(formula, says, why):
    f = parse(formula)
    window = choose_window(f)
    asked = next(q for q in slope_questions(f, window, start_in(f, window)) if "no slope" in q.question)
    assert says in asked.reveal
    assert why in asked.reasons[0].text


def test_a_stretch_that_is_asked_for_reaches_as_far_as_it_holds():
    """Else an answer just inside its end would be called near enough to another place."""
    f = parse("x^4-5x^2+3x")
    window = choose_window(f)
    asked = next(q for q in slope_questions(f, window, start_in(f, window)) if "yet falling" in q.question)
    powers = [1, 0, -5, 3, 0]
    corners = np.array([*np.roots(powers), *np.roots(np.polyder(powers)), *window.x])
    ends = np.array(asked.places).ravel()
    assert np.abs(ends[:, None] - corners).min(axis=1) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("formula", ["x^5/5-x^3+x", "1000x^2-3000x", "cos(x)+cos(2x)/2", "arctan(4x)-x/2"])
def test_a_place_that_is_0_is_told_as_0(formula):
    f = parse(formula)
    window = choose_window(f)
    said = [
        asked.reveal for asked in slope_questions(f, window, start_in(f, window)) if "yet" in asked.question
    ]
    assert any(" 0" in text for text in said)
    assert not any("10⁻" in text for text in said)
