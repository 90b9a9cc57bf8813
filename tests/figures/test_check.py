"""The check page: its scene, its words, and its riddles, each with one line that is the first to fail."""

import pytest

from explorer.expression import parse, read_lines
from explorer.figures.check import check_scene
from explorer.figures.check_words import counterexample_words, diagnosis_words, place_words, right_words
from explorer.practice import diagnose
from explorer.presets import RIDDLES, Riddle


@pytest.mark.parametrize("riddle", RIDDLES, ids=lambda riddle: f"{riddle.mistake} {riddle.formula}")
def test_a_riddle_fails_first_at_its_line(riddle: Riddle) -> None:
    f = parse(riddle.formula)
    lines = read_lines(riddle.text)
    assert tuple(line.text_in(riddle.text) for line in lines) == riddle.lines
    found = [diagnose(f, line.expression) for line in lines]
    assert [one.right for one in found[: riddle.wrong]] == [True] * riddle.wrong
    assert not found[riddle.wrong].right
    assert diagnose(f, parse(riddle.right)).right
    assert len(set(riddle.reasons)) == 3


def test_riddles_know_why() -> None:
    told = {}
    for riddle in RIDDLES:
        found = diagnose(parse(riddle.formula), parse(riddle.lines[riddle.wrong]))
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
    scene = check_scene(function, function.derivative(), line and parse(line), at, address=(("lines", line),))
    assert len(str(scene.to_json())) < 150_000
    control = scene.controls[0]
    assert control.min < control.value < control.max
    if at is not None and f != "x^300":
        assert control.value == at


def test_the_words_say_where_and_why() -> None:
    f = parse("x^2 sin(3x)")
    found = diagnose(f, parse("2x cos(3x)"))
    assert counterexample_words(found) == "At x = 1 this line gives −1.98, the slope is −2.69."
    assert diagnosis_words(found)[0] == "Two things went wrong."
    assert place_words(f, found.found[1]) == "x^2*sin(3x)\n    ^^^^^^^"
    assert "nothing" not in " ".join(diagnosis_words(diagnose(f, parse("x + 1/7"))))
    assert right_words(diagnose(parse("ln(x)"), parse("1/x"))).startswith("Equal where both are defined")
    assert right_words(diagnose(parse("x^2"), parse("2x"))) == ""
    near = counterexample_words(diagnose(parse("x^2"), parse("2.00001x")))
    assert near == "At x = 1 this line gives 2.00001, the slope is 2."
