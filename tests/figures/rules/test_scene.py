"""The rules page's scene: a picture for every rule, words that are true, and axes that hold what stands."""

import re
from itertools import pairwise

import numpy as np
import pytest

from explorer.conditions import all_hold
from explorer.expression import Expression, compile_tape, parse
from explorer.figures.rules.drawing import ROLES
from explorer.figures.rules.lines import sides_of
from explorer.figures.rules.scene import Stand, rules_scene, shown, stand_for, window_for
from explorer.increments import below, increment_of, walk
from explorer.presets import RULES
from explorer.scene.marks import Area, Inscription, Label
from explorer.scene.scene import Case, Scene
from tests.figures.finite import outputs_of
from tests.figures.played import said
from tests.increments.test_pieces import RULES as KINDS


def scene_of(text: str, way: tuple[int, ...] = (), x0: float | None = None, h: float = 1.0) -> Scene:
    f = parse(text)
    window = window_for(f, () if x0 is None else (x0, x0 + h))
    stand = stand_for(f, window) if x0 is None else Stand(x0, h)
    return rules_scene(f, way, window, stand, stand)


@pytest.mark.parametrize(
    ("text", "kind"), [*KINDS, ("sqrt(-1-x^2)", "chain"), ("x^x^x", "chain"), ("x^300", "curve")]
)
def test_every_rule_has_a_picture_that_travels(text: str, kind: str) -> None:
    scene = scene_of(text)
    assert len(str(scene.to_json())) < 150_000, kind
    rule, curve = scene.panels
    assert rule.marks
    assert curve.marks
    for panel in scene.panels:
        for axis in ("xaxis", "yaxis"):
            low, high = panel.figure.layout[axis]["range"]
            assert low < high
    known = {*(name for name, _ in scene.tape.outputs), "x0", "h"}
    assert set(re.findall(r"\{([a-z_0-9]+)[:}]", str(scene.to_json()["sentence"]))) <= known


@pytest.mark.parametrize(
    ("text", "x0", "h", "words"),
    [
        ("sqrt(x)", 0.0, 0.5, "To the left of x₀ = {x0} this part has no values: it ends here."),
        ("sqrt(2-x)", 2.0, -0.5, "To the right of x₀ = {x0} this part has no values: it ends here."),
        ("|x|", 0.0, 0.5, "The rules give no slope at x₀ = {x0}. Does Δy/Δx head for one number from both"),
    ],
)
def test_at_the_end_of_a_domain_one_side_is_asked_for(text: str, x0: float, h: float, words: str) -> None:
    scene = scene_of(text, x0=x0, h=h)
    told = said(scene, scene.sentence, {"x0": x0, "h": h})
    assert told.startswith(words)
    assert ("both sides" in told) == (text == "|x|")


@pytest.mark.parametrize("x0", [-1.0, 0.0, 0.5, 2.0, 3.25])
@pytest.mark.parametrize(
    "text", ["{x<1: x^2, 2x-1}", "{x<-0.5: -x, x^2}", "{x<=1: x^2, x>1: 2x}", "max(x^2,x)", "{0<x<3: x^2}"]
)
def test_a_slope_in_a_branch_has_its_digits(text: str, x0: float) -> None:
    f = parse(text)
    tape = compile_tape(shown(f, (), window_for(f, ())).quantities(Stand(x0, 2.0)), ("x0", "h"))
    found = tape.run_with_errors(x0, 2.0)
    for name in ("limit", *(name for name in found if re.fullmatch(r"[lpq]\d", name))):
        value, error = found[name]
        assert not np.isfinite(value) or error <= 1e-12 * (1 + abs(value)), name


@pytest.mark.parametrize(
    ("text", "x0", "limit"),
    [
        ("|x|*x", 0.0, 0.0),
        ("max(x,0)^2", 0.0, 0.0),
        ("cbrt(x)^3", 0.0, 1.0),
        ("{x<1: x^2, 2x-1}", 1.0, 2.0),
        ("|x-1|", 1.0, np.nan),
        ("{x<0: -x, x^2}", 0.0, np.nan),
        ("floor(x)", 1.0, np.nan),
    ],
)
def test_the_limit_is_what_the_quotient_heads_for(text: str, x0: float, limit: float) -> None:
    f = parse(text)
    tape = compile_tape(shown(f, (), window_for(f, (x0,))).quantities(Stand(x0, 0.1)), ("x0", "h"))
    assert float(tape.run(x0, 0.1)["limit"]) == pytest.approx(limit, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("|x|*x", [0, 0, 0]),
        ("sin(x) |x| e^x", [0, 0, 0, 0]),
        ("cbrt(x)*cbrt(x)^2", [0, 0, 1]),
        ("x|x| + 3x", [0, 3]),
        ("x|x|/(1+x)", [0, 0]),
        ("x + |x|", [1, np.nan]),
    ],
)
def test_pieces_have_the_limits_that_their_quotients_head_for(text: str, limits: list[float]) -> None:
    """At 0, where the rules are silent of a factor or term."""
    f = parse(text)
    tape = compile_tape(shown(f, (), window_for(f, (0.0,))).quantities(Stand(0.0, 0.1)), ("x0", "h"))
    found = tape.run(0.0, 0.1)
    told = [float(found[f"l{k}"]) for k in range(len(limits))]
    assert told == pytest.approx(limits, abs=1e-9, nan_ok=True)
    assert float(found["limit"]) == pytest.approx(sum(limits), abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("preset", RULES, ids=lambda preset: preset.formula)
def test_a_preset_begins_in_its_window_and_its_facts_are_right(preset) -> None:
    f = parse(preset.formula)
    window = window_for(f, (), preset.x_window)
    stand = stand_for(f, window, preset.x0)
    assert stand.x0 == preset.x0
    assert window.x[0] <= stand.x0 + stand.h <= window.x[1]
    for fact in preset.facts:
        g = f if fact.order == 0 else f.derivative()
        assert float(g(fact.at)) == pytest.approx(fact.value, rel=1e-6)
    for way in walk(f.root):
        assert shown(f, way, window).fits(stand, stand)


FACTORS = ("x^2", "e^x", "ln(x)", "sin(x)", "(x+3)", "sqrt(x)")


@pytest.mark.parametrize("count", range(3, 7))
def test_a_product_of_more_factors_has_a_rule_in_which_each_takes_its_turn(count: int) -> None:
    f = parse("*".join(FACTORS[:count]))
    increment = increment_of(f.root)
    terms = increment.law.partition(" = ")[2].split(" + ")
    assert [term.count("′") for term in terms] == [1] * count
    assert len({piece.tone for piece in increment.pieces}) == count + 1
    assert len({ROLES[operand.tone] for operand in increment.operands}) == count
    _, after = sides_of(f, increment)
    turns = [Expression(term.node, ("x",)) for term in below(after)]
    assert [term.text.count("d/dx") for term in turns] == [1] * count
    scene = rules_scene(f, (), window_for(f, ()), Stand(1.0, 0.5), Stand(1.0, 0.5))
    assert scene.derivations[0].label == f"{increment.rule}:  {increment.law}"
    assert f"{count} factors" in increment.rule


@pytest.mark.parametrize(
    ("text", "kind"),
    [("x^2-3x", "columns"), ("1+x-x^3+cos(x)", "columns"), ("x*cos(x)*sin(x)*e^x", "strips")],
)
def test_rises_of_either_sign_stand_beside_each_other_and_go_on_where_the_former_ended(
    text: str, kind: str
) -> None:
    f = parse(text)
    stand = Stand(1.0, 1.0)
    one = shown(f, (), window_for(f, (1.0, 2.0)))
    now = one.values(stand, stand)

    def at(place: object) -> float:
        return now[place] if isinstance(place, str) else float(place)  # type: ignore[arg-type]

    columns = [
        [at(end) for end in (*mark.from_, *mark.to)] for mark in one.drawing.marks if isinstance(mark, Area)
    ][: len(one.increment.pieces)]
    assert len(columns) == len(one.increment.pieces)
    for (_, _, right, top), (left, bottom, _, _) in pairwise(columns):
        assert right <= left
        assert bottom == pytest.approx(top)
    assert columns[-1][3] == pytest.approx(now["total"])
    low, high = one.spans(stand)[1]
    assert all(low < y < high for _, bottom, _, top in columns for y in (bottom, top))


def test_a_curve_in_a_picture_much_narrower_than_the_window_is_drawn_from_samples_of_its_own() -> None:
    for text, x0, h in (("x^(1/3)", 0.0, 0.01), ("x^0.7", 0.0, 0.002)):
        panel = scene_of(text, x0=x0, h=h).panels[0]
        low, high = panel.figure.layout["xaxis"]["range"]
        x = np.concatenate([np.asarray(trace["x"], dtype=float) for trace in panel.figure.data])
        assert ((x > low) & (x < high)).sum() > 60, text


def test_the_table_of_a_power_with_x_above_and_below_is_about_the_links_of_its_picture() -> None:
    x = parse("x^x")
    increment = increment_of(x.root)
    assert increment.pieces[0].formula == "eʷ·Δw"
    along, left = (float(piece.value.over(("x0", "h"))(1.5, 0.5)) for piece in increment.pieces)
    assert along == pytest.approx(1.5**1.5 * (2 * np.log(2) - 1.5 * np.log(1.5)))
    assert along + left == pytest.approx(4 - 1.5**1.5)


def test_a_power_with_x_above_and_below_says_what_stands_between() -> None:
    scene = scene_of("x^x")
    assert any("w = v·ln u = {at1:g4}" in str(mark) for mark in scene.panels[0].marks)
    assert any("<mi>w</mi><mo>=</mo>" in line.mathml for line in scene.derivations[0].lines)


def test_the_first_state_says_what_grew() -> None:
    sentence = scene_of("(1+x)(2+x^2/4)", x0=2.0).sentence
    last = next(
        case.text for case in sentence if isinstance(case, Case) and case.text.startswith("The area grew")
    )
    f = parse("(1+x)(2+x^2/4)")
    found = compile_tape(shown(f, (), window_for(f, ())).quantities(Stand(2.0, 1.0)), ("x0", "h"))
    values = {name: f"{float(value):g}" for name, value in found.run(2.0, 1.0).items()}
    said = re.sub(r"\{(\w+):t4\}", lambda hole: f"+ {values[hole[1]]}", last)
    said = re.sub(r"\{(\w+):g4\}", lambda hole: values[hole[1]], said)
    assert said == (
        "The area grew by 8: 3 + 3.75 in two strips and 1.25 in the corner. Drag Δx to 0: what becomes of the corner?"
    )


def test_axes_are_chosen_anew_only_where_the_picture_left_them() -> None:
    f = parse("x^2")
    part = shown(f, (), window_for(f, (), (-2.0, 40.0)))
    framed = Stand(2.0, 1.0)
    assert part.fits(framed, Stand(2.0, 1e-6))
    assert part.fits(framed, Stand(1.0, 1.0))
    assert not part.fits(framed, Stand(30.0, 1.0))
    assert part.fits(Stand(30.0, 1.0), Stand(30.0, 1.0))


def test_a_link_far_out_widens_the_window() -> None:
    f = parse("x^3")
    window = window_for(f, (50.0, 51.0))
    assert window.x[0] < 50
    assert window.x[1] > 51
    assert window_for(f, (1e9,)) == window_for(f, ())


def test_the_strips_of_several_factors_have_their_areas() -> None:
    f = parse("x sin(x) e^x")
    part = shown(f, (), window_for(f, ()))
    numbers = compile_tape(part.quantities(Stand(1.0, 1.0)), ("x0", "h")).run(1.2, 0.4)
    for k in range(2):
        width = numbers[f"w{k + 1}"] - numbers[f"w{k}"]
        assert float(width * numbers["v0"]) == pytest.approx(float(numbers[f"p{k}"]), rel=1e-12)
    grown = numbers["end"] * numbers["v1"] - numbers["w0"] * numbers["v0"]
    assert float(grown) == pytest.approx(float(numbers["total"]))
    beside = (numbers["end"] - numbers["w2"]) * numbers["v0"]
    above = (numbers["end"] - numbers["w0"]) * (numbers["v1"] - numbers["v0"])
    assert float(beside) == pytest.approx(float(numbers["beside"]))
    assert float(above) == pytest.approx(float(numbers["corner"]))
    (left, right), (foot, top) = part.spans(Stand(1.2, 0.4))
    for name in ("w0", "w1", "w2", "end"):
        assert left < numbers[name] < right
    assert foot < 0 < max(numbers["v0"], numbers["v1"]) < top


@pytest.mark.parametrize(
    "text", ["log_3(x^2+1) cos(2x)", "cos(3x) e^(-x^2)", "x^2/(x^2+1)", "cosh(x) cos(x)"]
)
def test_the_first_increment_of_an_even_function_is_not_0(text: str) -> None:
    f = parse(text)
    window = window_for(f, ())
    stand = stand_for(f, window)
    ends = f(np.array([stand.x0, stand.x0 + stand.h]))
    assert abs(ends[1] - ends[0]) > 0.02 * min(np.abs(ends).max(), window.y[1] - window.y[0])


@pytest.mark.parametrize(
    "text", ["x e^(-x) sin(2x)", "x^2 e^(-x)", "(x+1)(x+2)(x^2+1)", "x/(x^2+1)", "(x-5)(x+9)", "ln(x) x"]
)
def test_areas_begin_upright_where_they_can(text: str) -> None:
    f = parse(text)
    stand = stand_for(f, window_for(f, ()))
    for operand in shown(f, (), window_for(f, ())).increment.operands:
        ends = operand.of(np.array([stand.x0, stand.x0 + stand.h]))
        assert (ends > 0).all(), operand.letter


def test_a_second_point_beyond_the_window_is_on_the_curve_that_is_seen() -> None:
    f = parse("x e^(-x) sin(2x)")
    part = shown(f, (), window_for(f, ()))
    beyond = part.window.x[1] - 0.1
    assert not part.fits(Stand(0.1, 0.1), Stand(beyond, 1.0))
    low, high = part.along(Stand(beyond, 1.0))
    assert low == part.window.x[0]
    assert high > beyond + 1


@pytest.mark.parametrize(
    ("text", "x0", "h"), [("x^x", 0.4, 0.1), ("sin(3x)", 1.0, 1.0), ("sin(x^2)", 0.5, -0.01)]
)
def test_the_bar_of_number_lines_has_its_digits(text: str, x0: float, h: float) -> None:
    f = parse(text)
    tape = compile_tape(shown(f, (), window_for(f, ())).quantities(Stand(x0, h)), ("x0", "h"))
    value, error = tape.run_with_errors(x0, h)["bar"]
    assert error < 1e-3 * value


def test_a_lens_keeps_the_stretches_of_a_chain_readable() -> None:
    f = parse("sin((4x)^2)")
    part, framed = shown(f, (), window_for(f, ())), Stand(1.0, 0.1)
    h = np.array([0.1, -0.06, 0.02, 1e-3, -1e-6, 0.0])
    now = compile_tape(part.quantities(framed), ("x0", "h")).run(1.0, h)
    stretches, drawn = (np.array([now[f"{name}{k}"] for k in range(4)]) for name in "de")
    np.testing.assert_allclose(drawn, stretches * now["lens"])  # one scale for all, so that lengths compare
    longest = np.abs(drawn).max(axis=0)
    assert now["lens"][0] == 1
    assert now["lens"][-1] == 1
    least = 0.3 * longest[0]
    assert (longest[:-1] >= least * (1 - 1e-9)).all()
    np.testing.assert_allclose(longest[3:5], least)
    assert not drawn[:, -1].any()
    # In the lens the last picture is the limit: the stretches are in the proportion of the derivatives.
    np.testing.assert_allclose(drawn[3, 4] / drawn[0, 4], f.derivative()(1.0), rtol=1e-4)
    bar = now["bar"][:-1] / np.abs(stretches[:, :-1]).max(axis=0)
    assert ((bar > 0.0999) & (bar <= 1)).all()
    np.testing.assert_allclose(np.log10(now["bar"][:-1]) % 1, 0, atol=1e-9)


def test_the_circle_ends_where_tangent_and_bend_lead() -> None:
    f = parse("cos(x)")
    part = shown(f, (), window_for(f, ()))
    x0 = np.linspace(-4, 4, 9)
    numbers = compile_tape(part.quantities(Stand(1.0, 1.0)), ("x0", "h")).run(x0, 0.7)
    # From the tangent's end straight in to the middle, by 1 − cos Δx.
    assert np.allclose(numbers["tx"] - numbers["qx"], np.cos(x0) * (1 - np.cos(0.7)))
    assert np.allclose(numbers["ty"] - numbers["qy"], np.sin(x0) * (1 - np.cos(0.7)))


@pytest.mark.parametrize(
    ("text", "x0", "h", "words"),
    [
        ("x^1000", 2.0, 1.0, "too large for a double at x₀ + Δx"),
        ("-x^1000", 3.0, -1.0, "too large for a double at x₀ = "),
        ("e^(e^(e^x))", 3.0, 1.0, "too large for a double at x₀ = "),
        ("1/x", -1.0, 1.0, "no value at x₀ + Δx"),
        ("ln(x)", 0.0, 1.0, "no value at x₀ = "),
    ],
)
def test_what_overflows_has_a_value(text: str, x0: float, h: float, words: str) -> None:
    scene = scene_of(text, x0=2.0)
    assert words in said(scene, scene.sentence, {"x0": x0, "h": h})


@pytest.mark.parametrize(
    ("text", "x0", "h", "words"),
    [
        ("arctan(1/x)", 0.2, -0.4, "this part jumps"),
        ("arctan(1/x)", 0.2, 0.4, ""),
        ("{x<1: x, x+3}", 0.5, 1.0, "this part jumps"),
        ("1/(x-1)", 0.5, 1.0, "across a pole"),
        ("{x<1: x^2, 2x-1}", 0.5, 1.0, ""),
    ],
)
def test_a_step_over_a_break_is_said_to_be_one(text: str, x0: float, h: float, words: str) -> None:
    scene = scene_of(text, x0=x0, h=h)
    told = said(scene, scene.sentence, {"x0": x0, "h": h})
    assert words in told
    assert ("jumps" in told) == (words == "this part jumps")
    assert ("across a pole" in told) == (words == "across a pole")


@pytest.mark.parametrize(
    ("text", "level"), [("0^x", True), ("1^x", True), ("x^0", True), ("sin(0x)", True), ("2^x", False)]
)
def test_where_nothing_rises_it_is_not_asked_what_stays(text: str, level: bool) -> None:
    scene = scene_of(text, x0=1.0)
    for h in (1.0, 0.001):
        told = said(scene, scene.sentence, {"x0": 1.0, "h": h})
        assert told.startswith("Each piece of Δy is 0") == level


@pytest.mark.parametrize("text", ["(1+x)(2+x^2/4)", "x^2", "x sin(x)"])
def test_a_number_is_not_written_in_the_colour_that_it_stands_on(text: str) -> None:
    words = [mark for mark in scene_of(text).panels[0].marks if isinstance(mark, Inscription)]
    assert words
    assert {mark.role for mark in words} == {"ink"}


@pytest.mark.parametrize(("text", "x0"), [("(-2)^x", 2.0), ("(-2)^(x+1)", 1.0), ("sqrt(-x^2)", 0.0)])
def test_where_there_are_no_values_beside_a_place_no_limit_is_asked_for(text: str, x0: float) -> None:
    scene = scene_of(text, x0=x0)
    told = said(scene, scene.sentence, {"x0": x0, "h": 1.0})
    assert told.startswith("Close to x₀ = {x0} this part has no values on either side")


@pytest.mark.parametrize(
    ("text", "kind"), [("(-2)^x", "curve"), ("1^x", "curve"), ("0^x", "curve"), ("3^x", "exponential")]
)
def test_an_exponential_is_told_by_its_rule_only_where_that_holds(text: str, kind: str) -> None:
    """The foot of a level tangent is nowhere, and ln(−2) is no number."""
    (rule,) = scene_of(text, x0=2.0).derivations
    assert increment_of(parse(text).root).kind == kind
    assert (">ln<" in "".join(line.mathml for line in rule.lines[1:])) == (
        kind == "exponential" or text == "1^x"
    )


def test_a_stage_names_the_part_of_the_first_step_that_is_seen() -> None:
    first, tenth, thousandth, _ = scene_of("x^2 e^(-x)", x0=1.5, h=0.4).story
    step = first.controls["h"]
    assert "A tenth of the step" in str(tenth.text)
    assert tenth.controls["h"] == pytest.approx(step / 10)
    assert "A thousandth of the first step" in str(thousandth.text)
    assert thousandth.controls["h"] == pytest.approx(step / 1000)


def test_a_long_quotient_has_a_line_for_each_term() -> None:
    for text, count in (("sin(x)/x", 2), ("sqrt(1+x^2)*ln(x)/(x-3)", 3)):
        lines = scene_of(text).derivations[0].lines
        assert len(lines) == count + 2  # u and v


def test_in_a_wide_window_the_handles_stand_apart() -> None:
    for text in ("sqrt(1+x^2)*ln(x)/(x-3)", "x^2-40x", "100/(x^2+90)"):
        f = parse(text)
        window = window_for(f, ())
        stand = stand_for(f, window)
        assert stand.h >= 0.08 * (window.x[1] - window.x[0])


@pytest.mark.parametrize(
    ("text", "x0", "h"),
    [
        ("sqrt(x)*ln(x)/x^2", 0.0, 0.5),
        ("ln(x)/(1+x^2)", 0.0, 0.5),
        ("(1/x)/(x-2)", 0.0, 1.0),
        ("(1+x)*ln(x)", 0.0, 1.0),
        ("sin(ln(x))", 0.0, 1.0),
        ("3*ln(x)", 0.0, 1.0),
        ("x+ln(x)", 0.0, 1.0),
    ],
)
def test_a_label_without_a_value_is_left_out(text: str, x0: float, h: float) -> None:
    scene = scene_of(text, x0=1.0, h=0.5)
    labels = [mark for mark in scene.panels[0].marks if isinstance(mark, Label)]
    with_numbers = [mark for mark in labels if "{" in mark.text]

    def shown_at(x0: float) -> list[str]:
        known = outputs_of(scene, {"x0": x0, "h": h})
        return [mark.text for mark in with_numbers if all_hold(mark.when, known.__getitem__)]

    known = outputs_of(scene, {"x0": x0, "h": h})
    for label in shown_at(x0):
        assert all(np.isfinite(known[name]) for name in re.findall(r"\{(\w+):", label)), label
    assert len(shown_at(x0)) < len(shown_at(1.0))


def test_the_words_on_the_number_lines_scale_stay_beside_their_bar() -> None:
    """On a wall they went up between two lines, as if they were said of those."""
    (words,) = [
        mark
        for mark in scene_of("sqrt(sin(e^(x^2)))").panels[0].marks
        if isinstance(mark, Label) and mark.text.startswith("this long is")
    ]
    assert words.level
