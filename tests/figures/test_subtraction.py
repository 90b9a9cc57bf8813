"""When computers subtract: what the scene shows is what the machine computes."""

import json
import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.subtraction import has_slope, subtraction_scene


def at(scene, h):
    return {k: float(v) for k, v in scene.tape.run(np.float64(h)).items()}


@pytest.mark.parametrize(("h", "shown"), [(1e-8, 1.99999999), (1e-12, 2.00018), (1e-16, 0.0)])
def test_the_quotient_of_a_square_loses_its_digits(h, shown):
    found = at(subtraction_scene(parse("x^2"), 1.0), h)["forward"]
    assert found == pytest.approx(shown, rel=3e-6, abs=1e-300)
    assert found == ((1 + h) ** 2 - 1) / h


def test_truncation_falls_by_ten_and_by_a_hundred():
    scene = subtraction_scene(parse("sin x"), 1.0)
    coarse, fine = at(scene, 1e-2), at(scene, 1e-3)
    assert coarse["forward_error"] / fine["forward_error"] == pytest.approx(10, rel=0.01)
    assert coarse["centred_error"] / fine["centred_error"] == pytest.approx(100, rel=0.01)
    assert fine["forward_error"] == pytest.approx(1e-3 / 2 * math.sin(1), rel=0.01)


def test_the_best_steps_are_where_theory_has_them():
    scene = subtraction_scene(parse("sin x"), 1.0)
    stars = scene.panels[0].figure.data[-1]
    assert 3e-9 < stars["x"][0] < 1e-7
    assert 1e-6 < stars["x"][1] < 1e-4
    assert stars["y"][1] < stars["y"][0]


@pytest.mark.parametrize("formula", ["x^2", "sin x", "e^(10x)", "1/x", "2x + 1", "5", "ln x"])
def test_scenes_are_small_and_strict(formula):
    scene = subtraction_scene(parse(formula), 1.0)
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 60_000
    assert not scene.main


def test_without_a_slope_there_is_no_error():
    assert has_slope(parse("sin x"), 1.0)
    assert not has_slope(parse("|x|"), 0.0)
    assert not has_slope(parse("ln x"), -1.0)
