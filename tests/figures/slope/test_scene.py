"""The slope page's scene, read as data: what it computes, what it says, and what it weighs."""

import json
import math

import numpy as np
import pytest

from explorer.conditions import all_hold, is_between
from explorer.expression import parse
from explorer.figures.challenges import KEPT
from explorer.figures.curve import choose_window, span_of
from explorer.figures.slope.marks import MOST_STRIPS, direction_strip, direction_words
from explorer.figures.slope.scene import (
    forms_in,
    slope_scene,
    start_in,
)
from explorer.figures.slope.slope_axis import derivative_range
from explorer.numeric import Window, analyse, values
from explorer.presets import SLOPE_CHALLENGES, SLOPES
from explorer.scene.digits import decimals_for
from explorer.scene.marks import Label, Line

UNSEEN = (
    "tan x", "1/(x^2-1)", "floor(x)", "sqrt(4-x^2)", "x^x", "ln|x|", "sin(1/x)", "e^(10x)", "x^2+1000", "|x|-|x-1|",
    "sin(100x)", "0", "sqrt(-1-x^2)", "{x<0: -x, x^2}", "x|x|", "sin x / x", "arctan(1/x)", "root(x,5)", "10^9 x",
)  # fmt: skip
FORMULAS = tuple(preset.formula for preset in SLOPES) + UNSEEN


def scene_of(formula, **options):
    f = parse(formula)
    window = choose_window(f)
    return slope_scene(f, window, start_in(f, window), **options)


def quantities(scene, x0):
    """The values by name, and their errors by the name behind a ±."""
    found = scene.tape.run_with_errors(np.array(x0)).items()
    return {name: float(value) for name, (value, _) in found} | {
        f"±{name}": float(error) for name, (_, error) in found
    }


def holds(condition, here):
    return all_hold(
        [condition],
        lambda name: here[name] if name in here or not name.startswith("switch:") else 0.0,
        lambda name: float(name == "x0"),
        lambda name: here[f"±{name}"],
    )


def said(cases, scene, x0):
    here = {"x0": x0} | quantities(scene, x0)
    return next(case.text for case in cases if all(holds(condition, here) for condition in case.when))


def triangle_labels(scene, x0):
    here = {"x0": x0} | quantities(scene, x0)
    labels = [mark for mark in scene.panels[0].marks if isinstance(mark, Label) and mark.toggle == "triangle"]
    return [mark for mark in labels if all(holds(condition, here) for condition in mark.when)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_scene_is_strict_json_of_bounded_size(formula):
    text = json.dumps(scene_of(formula).to_json(), allow_nan=False)
    assert len(text.encode()) < 150_000


@pytest.mark.parametrize(
    ("formula", "half"), [("|sin(9x)|e^(-x^2/90)", 6), ("|sin(x)cos(2x)|sqrt(|x|+1)", 20), ("tan(9x)", 21)]
)
def test_a_scene_of_as_many_breaks_as_are_marked_is_light(formula, half):
    """Three curves of f, f′ and f″ and the marks of some 110 breaks, among them the inflections."""
    scene = slope_scene(parse(formula), Window((-half, half), (-0.2, 1.5), False), 0.3, questioned=True)
    assert len(json.dumps(scene.to_json(), allow_nan=False).encode()) < 150_000


@pytest.mark.parametrize("preset", SLOPES, ids=lambda preset: preset.formula)
def test_presets_meet_their_facts(preset):
    scene = scene_of(preset.formula)
    for fact in preset.facts:
        found = quantities(scene, fact.at)[("f", "slope", "bend")[fact.order]]
        assert found == pytest.approx(fact.value, rel=2e-5, abs=3e-5)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_slope_is_what_difference_quotients_say(formula):
    f = parse(formula)
    scene = scene_of(formula)
    window = choose_window(f)
    h = 1e-6 * (window.x[1] - window.x[0])
    for x in np.linspace(*window.x, 23)[1:-1] + 0.00123 * (window.x[1] - window.x[0]):
        slope = quantities(scene, x)["slope"]
        around = values(f, x + h * np.array([-2, -1, 1, 2]))
        if not np.isfinite(slope) or not np.isfinite(around).all():
            continue
        central = (around[0] - 8 * around[1] + 8 * around[2] - around[3]) / (12 * h)
        size = np.abs(around).max()
        coarse = (around[3] - around[0]) / (4 * h)
        if abs(coarse - central) > 1e-5 * abs(central):
            continue  # h is too long for this place, as at the heart of sin(1/x)
        assert slope == pytest.approx(central, rel=1e-4, abs=1e-9 * size / h + 1e-6)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_point_starts_inside_the_picture(formula):
    f = parse(formula)
    window = choose_window(f)
    assert window.x[0] < start_in(f, window) < window.x[1]


def test_words_keep_off_the_curve_the_tangent_and_the_names_of_the_axes():
    assert all(panel.apart for panel in scene_of("x^3 - x").panels)


def test_the_first_sentence_is_the_invitation():
    preset = SLOPES[0]
    window = Window(preset.x_window, preset.y_window, preset.equal)
    scene = slope_scene(parse(preset.formula), window, preset.x0, opening=True)
    text = said(scene.sentence, scene, -0.5)
    assert text == "The curve is above zero here, yet falling: slope {slope:2}. Drag until the line is flat."
    assert "Drag" not in said(scene.sentence, scene, -0.6)
    assert said(scene.sentence, scene, 1.0).startswith("Flat: slope 0. A minimum")


@pytest.mark.parametrize(
    ("formula", "place"),
    [("(1-cos(x))/x^2", 1e-6), ("(x-sin(x))/x^3", 1e-4), ("(e^x-1)/x", 1e-8), ("(tan(x)-x)/x^3", 2e-5)],
)
def test_where_no_digit_is_sure_none_is_claimed(formula, place):
    scene = slope_scene(parse(formula), Window((-1.0, 1.0), (-1.0, 1.0), False), place)
    assert said(scene.sentence, scene, place).startswith("Doubles end here")
    assert "Doubles" not in said(scene.sentence, scene, 0.3)
    told = [c for panel in scene.panels for mark in panel.marks for c in getattr(mark, "when", ())]
    sure = [condition for condition in told if condition[3] == "sure"]
    assert len(sure) > 6
    for x0, drawn in ((place, False), (0.3, True)):
        here = {"x0": x0} | quantities(scene, x0)
        assert all(holds(condition, here) is drawn for condition in sure)


@pytest.mark.parametrize("formula", ["x/10^10", "-3x/10^12 + 1", "x^2/10^10"])
def test_a_tiny_slope_is_not_flat(formula):
    scene = slope_scene(parse(formula), choose_window(parse(formula)), 0.5)
    assert "Flat" not in said(scene.sentence, scene, 0.5)


@pytest.mark.parametrize(
    ("formula", "place", "words"),
    [
        ("|x|", 0.0, ("Corner", "−1", "1", "no tangent", "minimum")),
        ("x^(2/3)", 0.0, ("Cusp",)),
        ("cbrt(x)", 0.0, ("Vertical tangent", "no derivative")),
        ("sign(x)", 0.0, ("Jump", "−1", "1")),
        ("1/x", 0.0, ("Pole",)),
        ("(x^2-1)/(x-1)", 1.0, ("Hole", "2")),
        ("sqrt(x)", 0.0, ("domain",)),
        ("x^3", 0.0, ("neither",)),
    ],
)
def test_places_without_a_slope_are_named_with_their_proof(formula, place, words):
    scene = scene_of(formula)
    text = said(scene.sentence, scene, place)
    assert all(word in text for word in words), text


@pytest.mark.parametrize("formula", ["|x|", "sign(x)", "1/x", "floor(x)", "(x^2-1)/(x-1)", "{x<0: -x, x^2}"])
def test_no_slope_is_shown_where_there_is_none(formula):
    scene = scene_of(formula)
    big = next(readout for readout in scene.readouts if readout.name == "slope")
    breaks = [mark.value for mark in scene.controls[0].marks if mark.symbol in ("corner", "break")]
    assert breaks
    assert all(said(big.text, scene, x) == "none" for x in breaks)


@pytest.mark.parametrize(
    ("formula", "place", "words"),
    [
        ("floor(x)", 1.0, "the jump stays a jump"),
        ("sqrt(4-x^2)", 2.0, "the curve ends here"),
        ("{x<0: x^2, x<=0: 1, x^2}", 0.0, "lies off the rest"),
        ("{x<0: 1/x, x}", 0.0, "runs away"),
        ("{x<0: x sin(1/x), x<=0: 0, x sin(1/x)}", 0.0, "keeps swinging"),
        ("|x|", 0.0, "stays a corner"),
        ("1/x", 0.0, "no value"),
        ("ln x", 0.0, "no value"),
    ],
)
def test_the_microscope_says_what_stands_under_it_where_there_is_no_slope(formula, place, words):
    scene = scene_of(formula)
    assert words in said(scene.microscope.without_slope, scene, place)


def test_a_corner_has_neither_a_slope_nor_a_bend_in_any_number_or_formula():
    scene = scene_of("{x<0: x^2, 2x}")
    shown = {readout.name: readout for readout in scene.readouts}
    assert said(shown["second"].text, scene, 0.0) == "none"
    assert said(shown["second"].text, scene, -1.0) == "{bend:2}"
    assert all("otherwise" not in shown[name].label_mathml for name in ("derivative", "leibniz", "second"))


def test_a_smooth_place_keeps_its_slope_though_the_formula_is_zero_by_zero():
    assert quantities(scene_of("x|x|"), 0.0)["slope"] == 0.0


def test_the_control_snaps_to_every_marked_place_exactly():
    marks = {mark.value: mark.label for mark in scene_of("3x^4 - 5x^2 + 2x").controls[0].marks}
    assert marks[-1.0] == "min"
    assert any(abs(x - 0.788675) < 1e-6 and label == "min" for x, label in marks.items())
    assert any(abs(x - math.sqrt(10) / 6) < 1e-9 and label == "inflection" for x, label in marks.items())


@pytest.mark.parametrize("formula", ["x sin(1/x)", "sin(1/x)"])
def test_of_many_places_those_on_both_sides_that_stand_apart_are_marked(formula):
    marked = [mark.value for mark in scene_of(formula).controls[0].marks]
    f = parse(formula)
    window = choose_window(f)
    analysis = analyse(f, window.x)
    outer = [p.x for p in (*analysis.critical, *analysis.inflections) if abs(p.x) > 0.2]
    assert {x < 0 for x in outer} == {True, False}
    assert all(min(abs(x - mark) for mark in marked) < 1e-9 for x in outer)
    assert 0.0 in marked
    assert abs(sum(mark > 0 for mark in marked) - sum(mark < 0 for mark in marked)) <= 3


def test_many_jumps_are_marked_all_over_the_window():
    window = Window((-3.01, 3.01), (-40.0, 40.0), False)
    marks = [mark.value for mark in slope_scene(parse("floor(10x)"), window, 0.05).controls[0].marks]
    inside = [x for x in marks if window.x[0] <= x <= window.x[1]]
    assert len(inside) == 40
    assert np.diff([window.x[0], *inside, window.x[1]]).max() < 0.4


def test_the_slope_axis_cuts_poles_and_shows_zero():
    low, high = derivative_range(parse("1/x"), Window((-3.0, 3.0), (-3.0, 3.0), False))
    assert -60 < low < -1
    assert high > 0


@pytest.mark.parametrize(("width", "decimals"), [(5.4, 2), (40.0, 2), (0.5, 2), (0.104, 3), (1e-3, 5)])
def test_decimals_follow_the_window(width, decimals):
    assert decimals_for(width) == decimals


def test_the_tangent_of_a_question_stays_when_the_point_leaves():
    scene = scene_of("x^3", challenges=SLOPE_CHALLENGES)
    (asked,) = [c for c in scene.challenges if "tangent" in c.question]
    assert asked.start_toggles == asked.reveal_toggles == {KEPT: True}
    (line,) = [m for m in scene.panels[0].marks if isinstance(m, Line) and m.toggle == KEPT]
    assert line.through == (1.0, 1.0)
    assert line.slope == pytest.approx(3)
    (toggle,) = [t for t in scene.toggles if t.name == KEPT]
    assert (toggle.label, toggle.on, toggle.url) == ("", False, False)
    assert KEPT not in {t.name for t in scene_of("x^2").toggles}


def test_questions_of_the_story_hide_what_answers_them():
    first = scene_of("x^3 - 3x").story[0]
    assert first.asks
    assert "before you look" in first.text


def test_an_answer_is_the_whole_of_what_the_reveal_says():
    (falling,) = scene_of("x^3/3 - x", challenges=SLOPE_CHALLENGES).challenges
    assert "from −1 to 0" in falling.answer_text
    assert (falling.intervals, falling.tolerance, falling.open) == (((-1.0, 0.0),), 0.0, True)


def test_challenges_of_the_function_come_with_three_reasons_and_one_right():
    scene = scene_of("x^3", challenges=SLOPE_CHALLENGES)
    assert [challenge.kind for challenge in scene.challenges] == ["place", "place"]
    for challenge in scene.challenges:
        assert len(challenge.reasons) == 3
        assert sum(reason.right for reason in challenge.reasons) == 1


def test_the_rise_of_the_triangle_is_the_slope():
    here = quantities(scene_of("x^3/3 - x"), -0.5)
    assert here["run_x"] == pytest.approx(0.5)
    assert here["rise_y"] - here["f"] == pytest.approx(here["slope"])
    assert here["rise"] == pytest.approx(here["slope"])


@pytest.mark.parametrize(
    "formula", ["sin(10x)", "x sin(1/x)", "x e^(-x^2)", "x^3/3 - x", "x^2+1000", "sin(x)/1000"]
)
def test_the_triangle_fits_into_the_picture_wherever_a_power_of_ten_does(formula):
    scene = scene_of(formula)
    f = parse(formula)
    window = choose_window(f)
    for x0 in np.linspace(*window.x, 103)[1:-1]:
        here = quantities(scene, x0)
        if not np.isfinite(here["slope"]) or not window.y[0] <= here["f"] <= window.y[1]:
            continue
        power = round(math.log10(here["run"]))
        assert here["run"] == pytest.approx(10.0**power, rel=1e-12)
        assert here["rise"] == pytest.approx(here["slope"] * here["run"], rel=1e-12)

        def fits(run, x0=x0, here=here):
            return x0 + run <= window.x[1] and window.y[0] <= here["f"] + run * here["slope"] <= window.y[1]

        width = window.x[1] - window.x[0]
        assert fits(here["run"]) or here["run"] < width / 20
        assert power == 0 or 10.0 ** (power + 1) > width / 2 or not fits(10.0 ** (power + 1))


@pytest.mark.parametrize(
    ("formula", "x0", "texts"),
    [
        ("x^3/3 - x", -0.5, ["rise {rise:2}", "run {run:g1}"]),
        ("sin(10x)", 0.0, ["rise {rise:g4} = slope/10", "run {run:g1}"]),
        ("sin(10x)", 0.05, ["rise {rise:g4}", "run {run:g1}"]),  # so short that the handle hides it
        ("|x|", 0.0, []),
    ],
)
def test_run_and_rise_stand_at_the_triangle_in_numbers(formula, x0, texts):
    scene = scene_of(formula)
    assert sorted(mark.text for mark in triangle_labels(scene, x0)) == texts


@pytest.mark.parametrize(("formula", "x0"), [("x e^(-x^2)", -0.9), ("x^2", 0.1), ("x^3/3 - x", -2.3)])
def test_the_labels_of_the_triangle_stand_above_the_words_at_the_foot(formula, x0):
    f = parse(formula)
    window = choose_window(f)
    scene = scene_of(formula)
    here = {"x0": x0} | quantities(scene, x0)
    pixels = 250 / (window.y[1] - window.y[0])  # of the curve's panel on a phone
    shown = triangle_labels(scene, x0)
    assert sorted(mark.text.split()[0] for mark in shown) == ["rise", "run"]
    for mark in shown:
        place = mark.at[1] if isinstance(mark.at[1], float) else here[mark.at[1]]
        baseline = (place - window.y[0]) * pixels - mark.offset[1]
        assert baseline >= 20 or place < window.y[0]


@pytest.mark.parametrize(
    ("text", "window", "digits"),
    [
        ("x^3/3 - x", Window((-2.7, 2.7), (-1.2, 1.2), True), (2, 2, 2)),
        ("1000000x^3", Window((-0.02, 0.02), (-8.8, 8.8), False), (4, 2, 2)),
        ("sin(x)/1000", Window((-5.0, 5.0), (-0.0012, 0.0012), False), (2, 4, 4)),
    ],
)
def test_numbers_have_the_decimals_that_their_axes_ask_for(text, window, digits):
    forms = forms_in(parse(text), window)
    assert (forms.x, forms.value.decimals, forms.slope.decimals) == digits


def test_tiny_slopes_are_written_with_powers_of_ten():
    scene = scene_of("10^-9 x")
    number = next(readout for readout in scene.readouts if readout.name == "slope").text[-1]
    assert number.text == "{slope:g4}"
    assert (
        "{slope:t4}" in next(readout for readout in scene.readouts if readout.name == "tangent").text[-1].text
    )


def test_a_slope_that_would_be_written_as_zero_is_not_said_to_be_zero():
    window = Window((-1.2, 1.2), (-500.0, 6200.0), False)
    scene = slope_scene(parse("x^50"), window, -0.4)
    texts = [case.text for case in scene.sentence if is_between("slope", -0.005, 0.0) in case.when]
    assert texts == ["Nearly flat, yet falling: slope {slope:g2}."]


def test_a_function_without_a_value_anywhere_is_said_to_have_none():
    (only,) = slope_scene(parse("sqrt(-1-x^2)"), Window((-5.0, 5.0), (-2.3, 2.3), True), -1.5).sentence
    assert "no real value" in only.text


def test_a_staircase_with_too_many_steps_beyond_the_window_keeps_those_within_it():
    """⌊x³⌋ jumps at the cube roots of whole numbers; three windows would hold hundreds of them."""
    scene = scene_of("floor(x^3)")
    places = [mark.value for control in scene.controls for mark in control.marks]
    for cube in (-2.0, 1.0, 3.0):
        assert any(abs(place - np.cbrt(cube)) < 1e-9 for place in places)


def test_a_curve_that_breaks_too_often_says_so():
    assert all("breaks too often" in case.text for case in scene_of("floor(1/x)").sentence)
    assert not any("too often" in case.text for case in scene_of("floor(x)").sentence)


@pytest.mark.parametrize("formula", ["x^2", "sin(3x)", "sin(9x)", "sin(20x)", "x sin(20/x)", "tan(9x)"])
def test_stretches_of_one_width_at_the_foot_are_all_told_or_none(formula):
    window = Window((-5.0, 5.0), (-2.0, 2.0), equal=False)
    analysis = analyse(parse(formula), (-10, 10))
    drawn = {(row["x0"], row["x1"]) for row in direction_strip(analysis, window)}
    assert sum(high >= -5 and low <= 5 for low, high in drawn) <= MOST_STRIPS
    inside = [(low, high) for low, high, sign in analysis.monotone if sign and low >= -5 and high <= 5]
    left_out = [high - low for low, high in inside if (low, high) not in drawn]
    told = [high - low for low, high in inside if (low, high) in drawn]
    assert max(left_out, default=0.0) < min(told, default=math.inf)


@pytest.mark.parametrize(
    ("formula", "x0", "words"),
    [
        ("e^(e^(e^x))", 3.0, "too large for a double"),
        ("-e^(e^(e^x))", 3.0, "too large for a double"),
        ("ln x", -0.5, "no value here"),
    ],
)
def test_what_overflows_has_a_value(formula, x0, words):
    f = parse(formula)
    window = Window((-4.0, 4.0), (-4.0, 4.0), False)
    scene = slope_scene(f, window, start_in(f, window))
    assert words in said(scene.sentence, scene, x0)


def test_equal_scales_on_a_wide_screen_show_no_end_of_curve_marks_or_strip():
    """A window of 1 by 8 is about 23 wide on a screen of 1920 by 1080, 26 where it is projected."""
    window = Window((0.0, 1.0), (-4.0, 4.0), True)
    scene = slope_scene(parse("sin(3x)"), window, 0.4)
    figure = scene.panels[0].figure
    left, right = 0.5 - 1.6 * 8, 0.5 + 1.6 * 8
    curve = next(t for t in figure.data if t["meta"].get("function") == "f")
    assert min(curve["x"]) <= left
    assert max(curve["x"]) >= right
    strip = [shape for shape in figure.layout["shapes"] if shape.get("y0") == 0.004]
    assert min(s["x0"] for s in strip) <= left
    assert max(s["x1"] for s in strip) >= right
    tops = math.pi / 6 + 2 * math.pi / 3 * np.arange(-7, 7)
    marked = [m.value for m in scene.controls[0].marks]
    assert all(min(abs(x - m) for m in marked) < 1e-9 for x in tops if left < x < right)
    assert tuple(figure.layout["xaxis"]["range"]) == window.x


@pytest.mark.parametrize("text", ["x^3/3-x", "x^3-3x", "x^2-1", "sin(x)", "x^4-3x^2", "e^x", "(x+1)^2(x-2)"])
def test_rising_and_falling_are_written_where_the_curve_is_not(text):
    f = parse(text)
    window = choose_window(f)
    width, height = window.x[1] - window.x[0], window.y[1] - window.y[0]
    words = direction_words(f, analyse(f, span_of(f, window)), window)
    assert any("rising" in word["text"] or "falling" in word["text"] for word in words)
    for word in words:
        half = (0.05 if len(word["text"]) > 1 else 0.02) * width
        heights = values(f, np.linspace(word["x"] - half, word["x"] + half, 400))
        assert not np.any((heights >= window.y[0]) & (heights <= window.y[0] + 0.11 * height)), word
