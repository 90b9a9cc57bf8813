"""When computers subtract: what the scene shows is what the machine computes."""

import json
import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.curve import choose_window
from explorer.figures.limit.subtraction import is_exact, slope_at, subtraction_scene
from tests.figures.limit.test_scene import said


def scene_of(formula, x0):
    f = parse(formula)
    return subtraction_scene(f, x0, slope_at(f, choose_window(f), x0))


def at(scene, h):
    with np.errstate(all="ignore"):
        return {"tiny": h} | {k: float(v) for k, v in scene.tape.run(np.float64(h)).items()}


def sentence(formula, x0, h):
    scene = scene_of(formula, x0)
    return said(scene.sentence, at(scene, h))


@pytest.mark.parametrize(("h", "shown"), [(1e-8, 1.99999999), (1e-12, 2.00018), (1e-16, 0.0)])
def test_the_quotient_of_a_square_loses_its_digits(h, shown):
    found = at(scene_of("x^2", 1.0), h)["forward"]
    assert found == pytest.approx(shown, rel=3e-6, abs=1e-300)
    assert found == ((1 + h) ** 2 - 1) / h


def test_truncation_falls_by_ten_and_by_a_hundred():
    scene = scene_of("sin x", 1.0)
    coarse, fine = at(scene, 1e-2), at(scene, 1e-3)
    assert coarse["forward_error"] / fine["forward_error"] == pytest.approx(10, rel=0.01)
    assert coarse["centred_error"] / fine["centred_error"] == pytest.approx(100, rel=0.01)
    assert fine["forward_error"] == pytest.approx(1e-3 / 2 * math.sin(1), rel=0.01)


def test_the_best_steps_are_where_theory_has_them():
    scene = scene_of("sin x", 1.0)
    stars = scene.panels[0].figure.data[-1]
    assert 3e-9 < stars["x"][0] < 1e-7
    assert 1e-6 < stars["x"][1] < 1e-4
    assert stars["y"][1] < stars["y"][0]


@pytest.mark.parametrize("formula", ["x^2", "sin x", "e^(10x)", "1/x", "2x + 1", "5", "ln x"])
def test_scenes_are_small_and_strict(formula):
    scene = scene_of(formula, 1.0)
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 60_000
    assert not scene.main


@pytest.mark.parametrize(
    ("formula", "x0", "slope"),
    [("sin x", 1.0, math.cos(1)), ("|x|", 0.0, math.nan), ("ln x", -1.0, math.nan), ("x|x|", 0.0, 0.0),
     ("{x<0: -x, x^2}", 0.0, math.nan), ("5", 1.0, 0.0)],
)  # fmt: skip
def test_errors_are_measured_against_the_limit(formula, x0, slope):
    f = parse(formula)
    assert slope_at(f, choose_window(f), x0) == pytest.approx(slope, nan_ok=True)


@pytest.mark.parametrize(
    ("formula", "x0", "h", "forward", "centred"),
    [
        ("sin x", 1.0, 0.01, 10, 100),
        ("sin x", 0.0, 0.01, 100, 100),  # f″ = 0
        ("x|x|", 0.0, 0.01, 10, 10),
        ("x^4 + x^5", 0.0, 1e-4, 1000, 10_000),
    ],
)
def test_how_fast_the_errors_fall_is_said_as_it_is(formula, x0, h, forward, centred):
    here = at(scene_of(formula, x0), h)
    assert here["forward_gain"] == pytest.approx(forward, rel=0.02)
    assert here["centred_gain"] == pytest.approx(centred, rel=0.02)
    assert "{forward_gain:g2} times smaller, the centred one {centred_gain:g2}" in sentence(formula, x0, h)


@pytest.mark.parametrize(
    ("formula", "x0", "h", "says"),
    [
        ("x^2", 1.0, 0.01, "The centred quotient is exact here, but for rounding."),
        ("2x + 1", 1.0, 0.01, "the only error is rounding. A smaller h makes it worse."),
        ("3x", 0.0, 0.3, "the only error is rounding."),
        ("sin x", 1.0, 1e-13, "Rounding rules here"),
        ("sin x", 1.0, 2e-8, "Near the best h"),
        ("sin x", 1.0, 3e-6, "the centred one is as small as it gets"),
        ("sin x", 1.0, 1e-16, "All digits are lost"),
        ("sin x", 0.0, 1e-12, "Nothing cancels here"),
        ("cos x", 0.0, 1e-9, "here that is the derivative"),
        ("x|x|", 0.0, 1e-12, "{forward_gain:g2} times smaller"),
        ("sin(100x)", 1.0, 1.0, "h is still too large"),
    ],
)
def test_what_rules_at_an_h(formula, x0, h, says):
    assert says in sentence(formula, x0, h)


def test_where_there_is_no_error_nothing_is_drawn():
    assert is_exact(parse("5"), 1.0, 0.0)
    assert not is_exact(parse("2x + 1"), 1.0, 2.0)
    assert not is_exact(parse("x^2"), 1.0, 2.0)
