"""The digits of the limit page: those that its parts ask for, and none that is rounding."""

import math
import re

import numpy as np
import pytest

from explorer.scene import marks
from tests.figures.limit.test_scene import drawn, quantities, said, scene_of, sentence


def shown(template, here):
    """A template's numbers as learners read them, without the line breaks that it allows."""

    def number(match):
        digits = match[2]
        return f"{here[match[1]]:.{digits[1:]}g}" if digits[0] == "g" else f"{here[match[1]]:.{digits}f}"

    return re.sub(r"\{(\w+):(\w+)\}", number, template).replace("\N{ZERO WIDTH SPACE}", "").replace("≟", "=")


@pytest.mark.parametrize("formula", ["x^2", "0.0001x^2", "0.001/x", "100x^3", "x^2/50", "sin x"])
@pytest.mark.parametrize("h", [2.0, 1.0, -1.25, -0.97, 0.1, -0.1, 0.3, 0.01, 0.02, 1e-6])
def test_no_part_of_the_quotient_is_rounded_away(formula, h):
    scene = scene_of(formula)
    here = quantities(scene, 1.0, h)
    text = shown(said(scene.readouts[0].text, here), here)
    rise, step, slope = (float(part) for part in re.findall(r"-?\d[\d.]*(?:e-?\d+)?", text))
    assert (rise, step, slope) == pytest.approx((here["dy"], h, here["q"]), rel=0.06)


def test_constant_terms_bring_no_rounding_into_the_quotient():
    for formula in ("x^2 + 10^9", "10^9 - (2 - x^2)", "x^2 - e^20 + 3"):
        here = quantities(scene_of(formula), 1.0, 1e-5)
        assert here["q"] == pytest.approx(2.00001, rel=1e-9)
        assert here["dy"] == pytest.approx(2.00001e-5, rel=1e-9)


@pytest.mark.parametrize(
    ("formula", "x0", "h", "exact"),
    [
        ("x^2", 1.0, 1e-6, 2.000001),
        ("x^2 + 10^9", 1.0, 1e-5, 2.00001),
        ("cos x", 0.0, 1e-6, -5e-7),
        ("cos x", 0.0, 3e-5, -1.5e-5),
        ("x^4 - 1000x^2", 20.0, 1e-6, -7999.9986),  # (4·20³ − 2000·20) + (6·20² − 1000)h
        ("x^4 - 1000x^2", math.sqrt(500), 1e-6, 2000e-6),
        ("ln x", 100.0, 1e-6, 0.01 - 5e-11),
        ("(x - 10^6)^2", 10**6 + 1.0, 1e-6, 2.000001),
        ("floor(x)", 1.5, 1e-6, 0.0),
    ],
)
def test_no_digit_is_shown_that_is_rounding(formula, x0, h, exact):
    """Each number in the sentence and the big number is the exact one but for its last digit."""
    scene = scene_of(formula)
    here = quantities(scene, x0, h)
    [label] = (m for m in drawn(scene, "quotient", marks.Label, x0, h) if "{q:" in m.text)
    for text in (said(scene.sentence, here), said(scene.readouts[0].text, here), label.text):
        [digits] = re.findall(r"\{q:g(\d)\}", text)
        assert here["q"] == pytest.approx(exact, rel=2 * 10.0 ** (1 - int(digits)))


@pytest.mark.parametrize(
    ("formula", "x0", "h", "text"),
    [
        ("x^2", 1.0, 1.0, "3.00/1.00 = 3.00"),
        ("x^2", -0.5, 1.0, "0.00/1.00 = 0.00"),
        ("sin x", 0.0, math.pi, "0.00/3.14 = 0.00"),  # 1.2e-16, but for rounding 0
        ("0.0001x^2", 1.0, 1.0, "0.0003/1.00 = 0.0003"),
        ("-1/x", 1.0, 1e-6, "9.99999e-07/1e-06 = 0.999999"),
        ("0.001/x", 1.0, 0.1, "-9.091e-05/0.100 = -0.000909"),
    ],
)
def test_the_quotient_is_written_as_its_parts_ask(formula, x0, h, text):
    scene = scene_of(formula)
    here = quantities(scene, x0, h)
    assert shown(said(scene.readouts[0].text, here), here).replace("\N{NO-BREAK SPACE}", " ") == text


def test_on_a_step_nothing_is_rounded():
    assert "comes as close" in sentence("floor(x)", 1.5, 1e-6)


@pytest.mark.parametrize("formula", ["x^2", "0.0001x^2", "0.001/x", "e^(10x)"])
def test_a_labelled_rise_is_not_written_as_nothing(formula):
    scene = scene_of(formula)
    h, x0 = scene.controls
    for step in np.linspace(h.min, h.max, 41):
        here = quantities(scene, x0.value, step)
        for label in drawn(scene, "curve", marks.Label, x0.value, step):
            name, length = re.fullmatch(r"Δ[xy] = \{(\w+):(\w+)\}", label.text).groups()
            assert float(shown(f"{{{name}:{length}}}", here)) == pytest.approx(here[name], rel=0.11)


@pytest.mark.parametrize(
    ("formula", "x0", "exact", "shows"),
    [
        ("x^2", 1.0, 2.000001, "g8"),  # 2.2e-16·2/2e-6 = 2.2e-10
        ("(x+10^4)^2", 1.0, 20002.000001, "g5"),  # 2.2e-16·2e8/0.02 = 2.2e-6
        ("(x+10^6)^2", 1.0, 2000002.000001, "g3"),  # 2.2e-16·2e12/2 = 2.2e-4
    ],
)
def test_the_table_shows_no_digit_that_is_rounding(formula, x0, exact, shows):
    scene = scene_of(formula)
    here = quantities(scene, x0, 1e-6)
    row = next(row for row in scene.tables[0].rows if row.sets == {"h": 1e-6})
    name, digits = said(row.cells[2], here).strip("{}").split(":")
    assert digits == shows
    assert f"{here[name]:.{digits[1:]}g}" == f"{exact:.{digits[1:]}g}"


@pytest.mark.parametrize(
    ("formula", "x0", "h", "says"),
    [
        ("x^2", 1.0, 0.5, "{away:g3}"),  # 0.5 but for 1e-16
        ("x^2", 1.0, 1e-6, "{away:g3}"),  # 1e-6 ± 4e-10
        (
            "sin x",
            0.0,
            1e-6,
            "{away:g3}",
        ),  # h²/6 = 1.67e-13: what rounding may leave unsure is below a hundredth
        ("sin x", 1.0, 1e-6, "{away:g3}"),  # 4.2e-7 ± 2e-10
        ("x^2", 0.0, 0.001, "{away:g3}"),
        ("2x + 1", 1.0, 1e-6, "less than rounding shows"),
        ("(x+10^6)^2", 1.0, 1e-6, "less than rounding shows"),  # 1e-6 among quotients of 2·10⁶
    ],
)
def test_the_distance_from_the_limit_is_said_as_far_as_it_is_known(formula, x0, h, says):
    scene = scene_of(formula)
    (readout,) = [one for one in scene.readouts if one.name == "away"]
    assert said(readout.text, quantities(scene, x0, h)) == says


@pytest.mark.parametrize(
    ("x0", "h", "slope"),
    [
        (0.5, 0.5, 2.0),
        (0.7, 0.3, 1 / 0.3),
        (4.1, -0.1, 0.0),
        (1.6, -0.6, 0.0),
        (1 / 3, 2 / 3, 1.5),
        (1.5, 0.4, 0.0),
    ],
)
def test_at_a_jump_the_second_point_stands_where_the_decimals_say(x0, h, slope):
    """4.1 − 0.1 is less than 4 in doubles: the step would be missed, or no digit of it be sure."""
    tape = scene_of("floor(x)").tape
    value, error = tape.run_with_errors(np.array(x0), np.array(h))["q"]
    assert value == pytest.approx(slope)
    assert error < 1e-9
