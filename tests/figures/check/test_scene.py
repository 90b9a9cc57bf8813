"""The check page: its scene, its words, and its riddles, each with one line that is the first to fail."""

import numpy as np
import pytest

from explorer.expression import parse, read_lines
from explorer.figures.check.asked import FIRST, Asked, asked_of, choices_of, read_check
from explorer.figures.check.scene import check_scene
from explorer.figures.check.words import (
    SHORT,
    counterexample_words,
    diagnosis_words,
    place_of,
    place_words,
    right_words,
)
from explorer.numeric import number_text
from explorer.practice import MISTAKES, Diagnosis, diagnose
from explorer.presets import RIDDLES, Riddle
from explorer.scene import marks
from tests.figures.played import said
from tests.practice.test_diagnose import judged
from tests.practice.wrong_lines import WRONG


def sentences(found: Diagnosis) -> list[str]:
    return [sentence for sentence, _ in diagnosis_words(found)]


@pytest.mark.parametrize("riddle", RIDDLES, ids=lambda riddle: f"{riddle.mistake} {riddle.formula}")
def test_a_riddle_fails_first_at_its_line(riddle: Riddle) -> None:
    f = read_check(riddle.formula)
    lines = read_lines(riddle.text, f.variables)
    assert tuple(line.text_in(riddle.text) for line in lines) == riddle.lines
    found = [diagnose(f, line.expression) for line in lines]
    assert [one.right for one in found[: riddle.wrong]] == [True] * riddle.wrong
    assert not found[riddle.wrong].right
    assert diagnose(f, parse(riddle.right, f.variables)).right
    assert len(set(riddle.reasons)) == 3


def test_riddles_know_why() -> None:
    told = {}
    for riddle in RIDDLES:
        f = read_check(riddle.formula)
        found = diagnose(f, parse(riddle.lines[riddle.wrong], f.variables))
        told[riddle.formula] = riddle.mistake in (
            found.mistake,
            *found.also,
            *(one.name for one in found.found),
        )
    # A slip of arithmetic after a right line is no rule gone wrong.
    arithmetic = {riddle.formula for riddle in RIDDLES if riddle.wrong > 0}
    assert {formula for formula, known in told.items() if not known} <= arithmetic
    assert len(RIDDLES) >= 18


SCENES = [
    ("x^2 sin(3x)", "2x cos(3x)", 1.0),
    ("ln(x)", "1/x^2", None),
    ("|x|", "sign(x) + 1", 2.0),
    ("x^2", None, None),
    ("tan(x)", "1/x", 0.5),
    ("5", "5", 1.0),
    ("sqrt(-1-x^2)", "x", None),
    ("x^2", "sqrt(-1-x^2)", None),
    ("x^300", "300x^300", 2.0),
]


@pytest.mark.parametrize(("f", "line", "at"), SCENES)
def test_a_scene_travels_and_begins_where_the_line_fails(f: str, line: str | None, at: float | None) -> None:
    function = parse(f)
    place = None if at is None else (("x", at),)
    scene = check_scene(Asked(function, "x"), line and parse(line), place, address=(("lines", line),))
    assert len(str(scene.to_json())) < 150_000
    control = scene.controls[0]
    assert control.min < control.value < control.max
    if at is not None and f != "x^300":
        assert control.value == at


def test_the_window_holds_the_place_of_a_link_and_the_one_where_the_line_fails() -> None:
    asked, line = Asked(parse("x^2 ln(3x)"), "x"), parse("2x ln(3x) + x^2")
    (alone,) = check_scene(asked, None, None).controls
    assert alone.max < 0.6
    (own,) = check_scene(asked, line, (("x", 2.0),), stood=0.6).controls
    assert own.value == 2
    assert own.max > 2
    low, high = check_scene(asked, line, (("x", 2.0),)).panels[0].figure.layout["yaxis"]["range"]
    assert low < asked.true(2.0) < line(2.0) < high
    (own,) = check_scene(asked, None, None, stood=0.6).controls
    assert 0.6 < own.max < 2


def test_a_formula_in_letters_asks_for_a_derivative_by_each() -> None:
    f = read_check("2x^2y + 3y^3x^2 + 3y")
    assert choices_of(f) == {"x": "∂f/∂x", "y": "∂f/∂y"}
    assert asked_of(f, "second").by == "x"
    assert asked_of(read_check("w u + b"), "").by == "b"
    assert choices_of(read_check("t^2")) == {"first": "first f′", "second": "second f″"}
    assert asked_of(read_check("7"), "second").true.text == "0"


def test_the_slice_follows_the_held_letters() -> None:
    f = read_check("2x^2y + 3y^3x^2 + 3y")
    asked, line = asked_of(f, "y"), parse("2x^2 + 9y^2 + 3", ("x", "y"))
    found = diagnose(f, line, "y")
    place = place_of(found, f.variables)
    scene = check_scene(asked, line, place)
    values = {control.name: control.value for control in scene.controls}
    assert list(values) == ["y0", "x0"]
    assert values["x0"] == dict(place)["x"]
    at = np.array([values["y0"], 2.0]), np.array([values["x0"], -1.0])
    shown = scene.tape.run(*at)
    np.testing.assert_allclose(shown["slope"], asked.true(at[1], at[0]))
    np.testing.assert_allclose(shown["line"], line(at[1], at[0]))
    curves = [mark for mark in scene.panels[0].marks if isinstance(mark, marks.Curve)]
    assert [(curve.along, curve.role) for curve in curves] == [("y", "partial_y"), ("y", "ink")]
    y = np.linspace(-2, 2, 5)
    (drawn,) = curves[0].tape.run(y, np.full(5, 3.0)).values()
    np.testing.assert_allclose(drawn, asked.true(np.full(5, 3.0), y))
    assert counterexample_words(found, f.variables, asked.name).split(", ")[-1].startswith("∂f/∂y is ")


def test_the_words_say_where_and_why() -> None:
    f = parse("x^2 sin(3x)")
    found = diagnose(f, parse("2x cos(3x)"))
    assert counterexample_words(found) == "At x = 1 this line gives −1.98, the slope is −2.688."
    assert sentences(found)[0] == "Two things went wrong."
    # Each sentence is followed by its own place.
    assert [[one.name for one in at] for _, at in diagnosis_words(found)] == [
        [],
        ["product_of_derivatives"],
        ["inner_derivative_missing"],
    ]
    assert place_words(f, found.found[1].place) == "x^2*sin(3x)\n    ^^^^^^^"
    assert "nothing" not in " ".join(sentences(diagnose(f, parse("x + 1/7"))))
    assert right_words(diagnose(parse("ln(x)"), parse("1/x"))).startswith("Equal where both are defined")
    assert right_words(diagnose(parse("x^2"), parse("2x"))) == ""
    near = counterexample_words(diagnose(parse("x^2"), parse("2.00001x")))
    assert near == "At x = 1 this line gives 2.00001, the slope is 2."


def test_a_scene_is_called_what_it_draws() -> None:
    f, held = parse("x^4"), read_check("x^2 y")
    titles = [check_scene(asked, None, None).title for asked in (Asked(f, "x"), Asked(f, "x", second=True))]
    assert titles == ["The slope of x^4", "f″ of x^4"]
    assert check_scene(Asked(held, "y"), None, None).title == "∂f/∂y of x^2*y"


def test_beside_a_mistake_the_one_that_it_is_a_case_of_is_not_said() -> None:
    for f, line in (("ln(4x)", "1/(4x)"), ("sin(cos(3x))", "-cos(cos(3x)) sin(3x)")):
        found = diagnose(parse(f), parse(line))
        assert "inner_derivative_missing" in found.also
        *_, last = sentences(found)
        assert "a missing inner derivative" not in last
        assert "a lost constant factor" in last  # what is another slip still is


def test_what_went_wrong_at_two_places_is_said_once() -> None:
    found = diagnose(parse("sin(3x) + cos(2x)"), parse("cos(3x) - sin(2x)"))
    head, said = diagnosis_words(found)
    assert head == ("The same went wrong at two places.", ())
    assert said[1] == found.found
    assert len(found.found) == 2


def test_no_name_of_the_registry_is_said_to_a_learner() -> None:
    shorts = {mistake.name: mistake.short for mistake in MISTAKES}
    for f, line in (row for rows in WRONG.values() for row in rows[:2]):
        found = judged(f, line)[1]
        said = sentences(found)
        assert "_" not in "".join(said)
        if said[-1].startswith("It may also be "):
            named = said[-1].removeprefix("It may also be ").removesuffix(": the same line comes out.")
            assert set(named.split(", or ")) <= {shorts[name] for name in found.also}


@pytest.mark.parametrize(
    ("f", "line", "x0"),
    [("ln(x)/x^2", "1/(2x^2)", 4.2), ("1/(20+x^2)", "2x/(20+x^2)^2", 1.0), ("x^4", "4x^3 + 2", 30.0)],
)
def test_a_value_is_written_with_the_same_digits_in_the_picture_and_in_the_words(
    f: str, line: str, x0: float
) -> None:
    asked = asked_of(parse(f), FIRST)
    scene = check_scene(asked, parse(line), None)
    now = {"x0": x0}
    for readout in scene.readouts:
        assert said(scene, readout.text, now) == f"{{{readout.name}:g{SHORT}}}"
    assert f"{{slope:g{SHORT}}}" in said(scene, scene.sentence, now)
    found = diagnose(asked.f, parse(line), also=(x0,))
    _, _, true = found.counterexample
    assert f"the slope is {number_text(true, SHORT)}." in counterexample_words(found)


def test_a_right_line_gives_the_same_and_not_only_to_the_digits_shown() -> None:
    asked = asked_of(parse("x^2 sin(x)"), FIRST)
    scene = check_scene(asked, parse("x(2sin(x) + x cos(x))"), None)
    for x0 in np.linspace(-3, 3, 61):
        assert said(scene, scene.sentence, {"x0": float(x0)}) == f"Here both give {{slope:g{SHORT}}}."
    near = check_scene(asked, parse("(x(2sin(x) + x cos(x)))*1.000001"), None)
    assert said(near, near.sentence, {"x0": 1.0}).endswith("to the digits shown.")
