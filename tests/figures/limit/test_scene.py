"""The limit page's scene, read as data: quotients, limits and their absence, words, and weight."""

import json
import math

import numpy as np
import pytest

from explorer.conditions import all_hold
from explorer.expression import parse
from explorer.figures.curve import analyse, choose_window
from explorer.figures.limit.quotient import ends_of, first_h, largest_h, log_place, quotient_range
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import start_for
from explorer.numeric import BreakKind, Window
from explorer.presets import LIMIT_CHALLENGES, LIMITS
from explorer.scene import marks

UNSEEN = (
    "1/(x-1)", "floor(x)", "sqrt(1-x^2)", "x^x", "tan x", "ln|x|", "x|x|", "{x<0: -x, x}", "sign(x)",
    "(x^2-1)/(x-1)", "sin(1/x)", "x sin(1/x)", "e^(10x)", "x^2+1000", "sin(100x)", "0", "sqrt(-1-x^2)", "10^9 x",
    "x^(2/3)", "{x<0: 1, x>0: 2}", "arctan(1/x)", "x^8 - 4x^5",
)  # fmt: skip
FORMULAS = tuple(preset.formula for preset in LIMITS) + UNSEEN


def scene_of(formula, **options):
    f = parse(formula)
    preset = next((p for p in LIMITS if p.formula == formula), None)
    chosen = choose_window(f)
    window = Window(preset.x_window or chosen.x, preset.y_window or chosen.y, False) if preset else chosen
    start = start_for(f, window, preset.x0 if preset else None)
    return limit_scene(f, window, start, **options)


def quantities(scene, x0, h):
    with np.errstate(all="ignore"):
        return {"x0": x0, "h": h} | {
            k: float(v) for k, v in scene.tape.run(np.float64(x0), np.float64(h)).items()
        }


def holds(condition, here):
    return all_hold(
        [condition], ({"switch:blind": 0.0, "switch:paper": 0.0} | here).__getitem__, lambda name: 1.0
    )


def said(cases, here):
    return next(case.text for case in cases if all(holds(condition, here) for condition in case.when))


def sentence(formula, x0, h):
    scene = scene_of(formula)
    return said(scene.sentence, quantities(scene, x0, h))


def drawn(scene, panel, kind, x0, h):
    """The marks of a panel that would be seen, those behind switches too."""
    here = quantities(scene, x0, h)
    found = [m for p in scene.panels if p.name == panel for m in p.marks if isinstance(m, kind)]
    return [m for m in found if all(holds(condition, here) for condition in m.when)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_scene_is_strict_json_of_bounded_size(formula):
    text = json.dumps(scene_of(formula, challenges=LIMIT_CHALLENGES).to_json(), allow_nan=False)
    assert len(text.encode()) < 150_000


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_first_secant_stands_in_the_window_where_there_is_a_curve(formula):
    scene = scene_of(formula)
    h, x0 = scene.controls
    assert x0.min <= x0.value <= x0.max
    assert h.min < 0 < h.value <= h.max
    if formula != "sqrt(-1-x^2)":
        assert math.isfinite(quantities(scene, x0.value, h.value)["q"])


@pytest.mark.parametrize(
    "formula",
    ["sin(1/x)", "tan x", "1/x", "floor(x)", "ln x", "sqrt(4-x^2)", "|x|/x", "x^x", "1/(x-1)", "ceil(x) + x",
     "{x<0: 1, x>0: 2}", "1/sin(1/x)", "arctan(1/x)", "tan(50x)", "x sin(1/x)", "csc x"],
)  # fmt: skip
def test_the_first_secant_stays_on_one_piece(formula):
    """Seen on the values alone: between the two points the curve never leaps, and both are in the picture."""
    f = parse(formula)
    window = choose_window(f)
    start = start_for(f, window)
    x = np.linspace(start.x0, start.x0 + start.h, 40_001)
    y = f(x)
    assert np.isfinite(y).all()
    assert np.abs(np.diff(y)).max() < 0.01 * (window.y[1] - window.y[0])
    assert window.x[0] <= start.x0 < x[-1] <= window.x[1]
    assert all(window.y[0] < end < window.y[1] for end in (y[0], y[-1]))


@pytest.mark.parametrize(
    ("formula", "x0", "left", "right"),
    [
        ("min(sin x, cos x)", math.pi / 4, math.sqrt(0.5), -math.sqrt(0.5)),
        ("min(sin x, cos x)", -3 * math.pi / 4, math.sqrt(0.5), -math.sqrt(0.5)),
        ("sqrt(x)+sqrt(2-x)", 0.0, math.nan, math.inf),
        ("sqrt(x)+sqrt(2-x)", 2.0, -math.inf, math.nan),
        ("|x^3 - x - 1|", 1.324717957244746, -4.264632998, 4.264632998),
        ("e^|x - sqrt(2)|", math.sqrt(2), -1.0, 1.0),
        ("|ln x - 1/3|", math.exp(1 / 3), -math.exp(-1 / 3), math.exp(-1 / 3)),
    ],
)
def test_ends_of_the_quotient_where_values_are_known_but_for_their_last_digits(formula, x0, left, right):
    """Values of √2 and the like differ in their last digit on both sides: that is no leap."""
    place = next(b for b in analyse(parse(formula), (-4.0, 4.0)).breaks if abs(b.x - x0) < 1e-6)
    ends = ends_of(place)
    assert ends.left == pytest.approx(left, rel=1e-6, nan_ok=True)
    assert ends.right == pytest.approx(right, rel=1e-6, nan_ok=True)


def test_a_start_that_is_not_in_the_picture_is_not_used():
    f = parse("x^2")
    assert start_for(f, Window((-0.5, 3.0), (-1.0, 6.0), False), 1.0).x0 == 1.0
    assert 10 <= start_for(f, Window((10.0, 20.0), (50.0, 450.0), False), 1.0).x0 <= 20


@pytest.mark.parametrize("preset", LIMITS, ids=lambda preset: preset.formula)
def test_presets_meet_their_facts(preset):
    scene = scene_of(preset.formula)
    for fact in preset.facts:
        here = quantities(scene, fact.at, 1e-6)
        assert here["slope"] == pytest.approx(fact.value, rel=1e-12)
        assert here["q"] == pytest.approx(fact.value, rel=1e-5)


@pytest.mark.parametrize(
    ("formula", "closed_form"),
    [
        ("x^2", lambda x, h: 2 * x + h),
        ("x^3", lambda x, h: 3 * x * x + 3 * x * h + h * h),
        ("1/x", lambda x, h: -1 / (x * (x + h))),
        ("2x + 1", lambda x, h: 2.0),
        ("x^3 - x", lambda x, h: 3 * x * x + 3 * x * h + h * h - 1),
    ],
)
def test_quotients_agree_with_their_closed_forms(formula, closed_form):
    scene = scene_of(formula)
    for x0 in (0.5, 1.0, 1.25):
        for h in (1.0, 0.5, -0.25, 0.001):
            here = quantities(scene, x0, h)
            assert here["q"] == pytest.approx(closed_form(x0, h), rel=1e-9)
            assert here["q"] == pytest.approx(here["dy"] / h, rel=1e-9)


def test_the_table_has_the_numbers_of_the_course():
    scene = scene_of("x^2")
    here = quantities(scene, 1.0, 1.0)
    rows = {row.cells[0]: row for row in scene.tables[0].rows}
    name, digits = said(rows["0.001"].cells[2], here).strip("{}").split(":")
    assert here[name] == pytest.approx(2.001)
    assert digits == "g8"
    assert rows["0.001"].sets == {"h": 0.001}
    assert holds(rows["−0.01"].when[0], quantities(scene, 1.0, -0.01))
    assert not holds(rows["0.01"].when[0], quantities(scene, 1.0, -0.01))


def test_the_first_sentence_is_as_designed():
    assert sentence("x^2", 1.0, 1.0) == (
        "From x = {x0:g4} to {x1:g4} the average slope is {q:g4}. Drag the ringed point closer: what number is it "
        "heading for?"
    )


@pytest.mark.parametrize(
    ("formula", "x0", "h", "says"),
    [
        ("x^2", 1.0, 0.0, "0/0"),
        ("2x + 1", 0.5, 0.25, "a line has one slope"),
        ("|x|", 0.0, 0.5, "no derivative and no tangent"),
        ("cbrt(x)", 0.0, 0.5, "There is a tangent, but no derivative"),
        ("x^(2/3)", 0.0, 0.5, "Cusp"),
        ("sqrt(x)", 0.0, 0.5, "One side alone makes no derivative"),
        ("sqrt(x)", 0.5, -1.0, "outside the domain"),
        ("1/x", 1.0, -2.0, "joins two branches"),
        ("1/x", 0.0, 1.0, "there is no first point"),
        ("floor(x)", 1.0, 0.5, "from the right they head for 0"),
        ("floor(x)", 0.5, 1.0, "the secant bridges the break"),
        ("sign(x)", 0.0, 0.5, "From both sides the quotients outgrow every number"),
        ("floor(x^3)", 1.0, -0.1, "outgrow every number"),
        ("(x^2-1)/(x-1)", 1.0, 0.5, "Hole at x = 1"),
        ("{x<0: -x, x}", 0.0, 0.5, "no derivative and no tangent"),
        ("x|x|", 0.0, 0.5, "Drag the ringed point closer"),
        ("x^5 - 2x", 0.0, 0.001, "nearer than these digits show"),
        ("3x - x^4", 0.0, -0.01, "Which of its digits no longer change?"),
        ("sin(x)^5 + 7x", 0.0, -0.001, "nearer than these digits show"),
        ("x^2", 0.0, 0.001, "what number is it heading for?"),
        ("x^3 - x", 0.0, 0.001, "is {q:g7}. Which of its digits no longer change?"),
        ("x^2", 1.0, 0.002, "is {q:g7}. Which of its digits no longer change?"),
        ("|x|", 1.0, 0.001, "rounding shows no difference"),
        ("floor(x)", 0.5, 0.002, "rounding shows no difference"),
        ("{x<0: x^2, 3x}", 1.5, -0.002, "rounding shows no difference"),
    ],
)
def test_every_case_is_said(formula, x0, h, says):
    assert says in sentence(formula, x0, h)


@pytest.mark.parametrize("h", [0.5, -0.5, 0.01, -1e-6, 0.0])
def test_at_a_corner_both_ends_are_shown_and_no_tangent_is(h):
    for formula in ("|x|", "{x<0: -x, x}"):
        scene = scene_of(formula)
        ends = {
            m.at[1]
            for m in drawn(scene, "quotient", marks.Point, 0.0, h)
            if m.at[0] == 0.0 and m.at[1] != "slope"
        }
        assert ends == {-1.0, 1.0}
        assert math.isnan(quantities(scene, 0.0, h)["slope"])


def test_a_vertical_tangent_is_drawn_upright():
    scene = scene_of("cbrt(x)")
    assert [m.x for m in drawn(scene, "curve", marks.Vertical, 0.0, 0.5)] == [0.0]
    assert not drawn(scene, "curve", marks.Vertical, 0.5, 0.5)
    assert math.isnan(quantities(scene, 0.0, 0.5)["slope"])


def test_a_smooth_place_keeps_its_slope():
    assert quantities(scene_of("x|x|"), 0.0, 0.1)["slope"] == 0.0


@pytest.mark.parametrize(
    ("formula", "left", "right"),
    [
        ("|x|", -1.0, 1.0),
        ("cbrt(x)", math.inf, math.inf),
        ("x^(2/3)", -math.inf, math.inf),
        ("sign(x)", math.inf, math.inf),
        ("floor(x)", math.inf, 0.0),
        ("sqrt(x)", math.nan, math.inf),
        ("max(x, 0)", 0.0, 1.0),
        ("1/x", math.nan, math.nan),
    ],
)
def test_ends_of_the_quotient_at_a_break(formula, left, right):
    place = next(b for b in analyse(parse(formula), (-1.3, 1.3)).breaks if b.x == 0)
    ends = ends_of(place)
    assert ends.left == pytest.approx(left, abs=1e-12, nan_ok=True)
    assert ends.right == pytest.approx(right, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("formula", ["x^2", "1/x", "tan x", "sin x"])
def test_the_logarithmic_curve_is_the_linear_one_on_another_axis(formula):
    scene = scene_of(formula)
    linear, log = (next(m for m in panel.marks if isinstance(m, marks.Curve)) for panel in scene.panels[1:])
    for h in (1.0, -0.3, 0.01, -1e-4, 1e-6):
        t = log_place(h)
        assert float(scene.tape.run(0.7, h)["log_h"]) == pytest.approx(t, rel=1e-12)
        a = float(linear.tape.run(*(h if name == "h" else 0.7 for name in linear.tape.variables))["q"])
        b = float(log.tape.run(*(t if name == "t" else 0.7 for name in log.tape.variables))["q"])
        assert b == pytest.approx(a, rel=1e-6)


def test_gaps_lie_where_the_second_point_meets_a_pole():
    scene = scene_of("tan x")
    here = quantities(scene, 0.5, 1.0)
    gaps = [here[name] for name in here if name.startswith("gap")]
    assert any(gap == pytest.approx(math.pi / 2 - 0.5) for gap in gaps)
    for gap in gaps:
        assert abs(math.cos(0.5 + gap)) < 1e-12


@pytest.mark.parametrize(
    ("formula", "x0", "slope"),
    [
        ("x/(x^2+1)", 0.5, 0.48),
        ("x/(x^2+1)", -2.0, 1.0),  # the greatest slope, at 0
        ("1/(1+25x^2)", 0.5, -25 / (1 + 25 / 4) ** 2),
        ("1/x", 0.1, -100.0),
        ("ln x", 0.5, 2.0),
        ("e^x", 0.0, math.exp(2)),  # at the window's edge
        ("√x", 1.0, 0.5),
    ],
)
def test_the_limit_is_on_the_axis_of_the_quotient(formula, x0, slope):
    f = parse(formula)
    low, high = quotient_range(f, choose_window(f), x0)
    assert low < slope < high


@pytest.mark.parametrize(
    ("formula", "x0", "own"),
    [
        ("1/x", -2.0, 0.5),
        ("tan x", -1.0, 5.0),
        ("√x", 1.0, 0.64),
        ("tanh(20x)", -1.0, 1.0),
        ("|x|", 0.0, 2.0),
    ],
)
def test_what_runs_away_does_not_flatten_the_quotients_of_the_start(formula, x0, own):
    """`own`: the spread of the quotients at x₀ for the h up to 2 that stay clear of any pole."""
    f = parse(formula)
    low, high = quotient_range(f, choose_window(f), x0)
    assert high - low < 12 * own


@pytest.mark.parametrize(
    ("formula", "window"),
    [
        ("e^x", (700.0, 720.0)),
        ("x^200", (30.0, 40.0)),
        ("{x<5: 1, e^(e^x)}", (-8.0, 8.0)),
        ("x^x", (130.0, 150.0)),
    ],
)
def test_slopes_beyond_all_numbers_leave_a_finite_axis(formula, window):
    low, high = quotient_range(parse(formula), Window(window, (-1.0, 1.0), False), window[0] + 1)
    assert math.isfinite(high - low)
    assert low < high


@pytest.mark.parametrize("width", [1e-3, 0.07, 1.0, 3.5, 10.0, 25.0, 4e5])
def test_the_longest_step_is_round_and_about_half_the_window(width):
    window = Window((0.0, width), (0.0, 1.0), False)
    longest = largest_h(window)
    assert width / 5 < longest <= 0.61 * width
    assert f"{longest:.0e}"[0] in "125"
    assert 0 < first_h(window) <= longest


def test_every_break_of_the_window_has_its_words():
    scene = scene_of("floor(x)")
    window = scene.controls[1]
    breaks = [b for b in analyse(parse("floor(x)"), (-3.3, 3.3)).breaks if window.min <= b.x <= window.max]
    assert len(breaks) >= 6
    for place in breaks:
        assert place.kind is BreakKind.JUMP
        assert said(scene.sentence, quantities(scene, place.x, 0.25)).startswith("Jump at x = ")


def test_of_very_many_breaks_those_that_the_control_reaches_have_words_and_the_others_are_counted():
    formula = "2(floor(2x^x))^10"
    scene = scene_of(formula)
    window = scene.controls[1]
    inside = [b.x for b in analyse(parse(formula), (window.min, window.max)).breaks]
    marks = {mark.value for mark in window.marks}
    worded = [
        x
        for x in inside
        if said(scene.sentence, quantities(scene, x, 0.25)).startswith(("Jump", "The domain"))
    ]
    reached = set(worded)
    assert len(worded) == 18
    assert reached < marks
    for x in inside:
        words = said(scene.sentence, quantities(scene, x, 0.25))
        counted = f"at {len(inside)} places" in words or words.startswith("f has no value")
        assert counted == (x not in reached), words
    assert "average slope" in said(scene.sentence, quantities(scene, 3.5, 0.25))


def test_the_story_and_the_challenges_stay_in_range():
    for preset in LIMITS:
        scene = scene_of(preset.formula, challenges=LIMIT_CHALLENGES)
        ranges = {control.name: (control.min, control.max) for control in scene.controls}
        settings = [stage.controls for stage in scene.story] + [c.start for c in scene.challenges]
        for setting in settings:
            for name, value in setting.items():
                assert ranges[name][0] <= value <= ranges[name][1]
    assert [len(scene_of(f, challenges=LIMIT_CHALLENGES).challenges) for f in ("x^2", "x^3 - x", "|x|")] == [
        2,
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("formula", "x0", "h", "words"),
    [
        ("e^(e^(e^x))", 3.0, -2.0, "too large for a double at x₀"),
        ("-e^(e^(e^x))", 1.0, 2.0, "too large for a double at {x1"),
        ("ln x", -0.5, 1.0, "no value at x₀"),
        ("ln x", 0.5, -1.0, "no value at {x1"),
    ],
)
def test_what_overflows_has_a_value(formula, x0, h, words):
    f = parse(formula)
    window = Window((-4.0, 4.0), (-4.0, 4.0), False)
    scene = limit_scene(f, window, start_for(f, window, 0.5))
    assert words in said(scene.sentence, quantities(scene, x0, h))
