"""The scene of a typed product: it travels, and says where doubles end and logarithms begin."""

import math

import numpy as np
import pytest

from explorer.code import product_programs
from explorer.expression import parse
from explorer.figures.costs.products import product_scene
from explorer.presets import PRODUCTS
from tests.figures.finite import outputs_of
from tests.figures.played import said

TYPED = [
    *(preset.formula for preset in PRODUCTS),
    "-p",
    "5",
    "0",
    "1/(p(1-p))",
    "ln(p)",
    "{p<1/2: p, 1-p}",
    "sqrt(-1-p^2)",
    "p^p",
    "tan(9p)",
    "10^300 p^9/10^300",
    "p*p*p*p*p*p*p*p*p*p*p*p*p*p*p*p*(1-p)",
]


@pytest.mark.parametrize("formula", TYPED)
def test_a_scene_travels(formula: str) -> None:
    scene = product_scene(parse(formula, ("p",)), 0.3)
    assert len(str(scene.to_json())) < 150_000
    for p in (0.0, 0.3, 1.0):
        assert said(scene, scene.sentence, {"p": p})
        for readout in scene.readouts:
            assert said(scene, readout.text, {"p": p})


@pytest.mark.parametrize(
    ("formula", "p", "words"),
    [
        (PRODUCTS[0].formula, 0.3, "larger than any double"),
        ("(p(1-p))^600", 0.3, "0 in double precision"),
        ("p^2(1-p)^3", 0.4, "The highest place found"),
        ("p^2(1-p)^3", 0.3, "to the right g grows"),
        ("p^2(1-p)^3", 0.6, "to the left g grows"),
        ("p^2(1-p)^3", 0.0, "there is no logarithm"),
        ("-p", 0.5, "g is not positive here: there is no logarithm. No place with g > 0 was found"),
        ("p(1-2p)", 0.75, "g is not positive here: there is no logarithm."),
        ("sqrt(-1-p^2)", 0.5, "No place with g > 0 was found"),
        ("(20p)^800 (1/(20+p))^900", 0.9, "g is lost, for a factor is too large for a double"),
        ("p^3/(2-p)", 0.5, "towards p = 1 ln g is greater than at any"),
        ("floor(10p)(1-p)", 0.3, "Rounding decides what g is here, as at a step"),
        ("floor(10p)(1-p)", 0.35, "to the left g grows"),
        ("p(1-p)+100p^50", 0.5, "No place within 0 < p < 1 is highest: towards p = 1"),
    ],
)
def test_each_place_has_its_sentence(formula: str, p: float, words: str) -> None:
    scene = product_scene(parse(formula, ("p",)), 0.3)
    assert words in said(scene, scene.sentence, {"p": p})


def test_the_terms_add_up_where_the_product_overflows() -> None:
    scene = product_scene(parse(PRODUCTS[0].formula, ("p",)), 0.3)
    found = outputs_of(scene, {"p": 0.1013903})
    assert math.isinf(found["product"])
    assert math.isnan(found["share"])
    assert sum(found[f"term_{k}"] for k in range(1, 6)) == pytest.approx(found["sum"], rel=1e-14)
    assert sum(found[f"pull_{k}"] for k in range(1, 6)) == pytest.approx(0, abs=1e-3)
    assert found["best"] == pytest.approx(0.1013903, abs=5e-8)
    assert len(scene.tables[0].rows) == 6


@pytest.mark.parametrize(
    ("formula", "p", "words"),
    [
        ("-p^2", 0.5, "{product:g4}"),
        ("-(20+p)^900", 0.5, "too large for a double"),
        ("(20+p)^900", 0.5, "too large for a double"),
        ("sqrt(-1-p^2)", 0.5, "undefined"),
        ("(20p)^800 (1/(20+p))^900", 0.9, "lost: a factor is too large for a double"),
        ("(p(1-p))^600", 0.5, "0 in double precision"),
        ("p", 0.0, "{product:g4}"),
    ],
)
def test_the_product_is_told_as_what_it_is(formula: str, p: float, words: str) -> None:
    scene = product_scene(parse(formula, ("p",)), 0.3)
    assert said(scene, scene.readouts[1].text, {"p": p}) == words


@pytest.mark.parametrize(
    ("formula", "p", "words"),
    [
        ("floor(10p) (1-p)", 0.7, "Here ln g has no slope: "),
        ("|p-0.25| + 2", 0.25, "Here ln g has no slope: "),
        ("|p-0.25| + 2", 0.5, "The slopes of the terms add up to "),
        ("3", 0.5, "g is the same for every p: none is best."),
        ("2 * 3^2", 0.5, "g is the same for every p: none is best."),
    ],
)
def test_a_slope_that_is_not_there_is_not_added_up(formula: str, p: float, words: str) -> None:
    scene = product_scene(parse(formula, ("p",)), 0.3)
    assert said(scene, scene.sentence, {"p": p}).startswith(words)


CORNERS = [
    ("{p<0.5:p,1-p}", 0.5),
    ("(1-abs(2p-1))^3", 0.5),
    ("max(0.2,min(p,1-p))", 0.5),
    ("max(0.2,min(p,1-p))", 0.2),
    ("{p<0.4:p,2p-0.4}", 0.4),
    ("p^2*{p<0.25:4p,1}*(1-p)", 0.25),
]


@pytest.mark.parametrize(("formula", "p"), CORNERS)
def test_a_corner_has_no_slope_in_words_pictures_or_programs(formula: str, p: float) -> None:
    g, beside = parse(formula, ("p",)), 1e-6
    scene = product_scene(g, p)
    left, right = ((math.log(g(p + way)) - math.log(g(p))) / way for way in (-beside, beside))
    assert abs(left - right) > 0.5
    found = outputs_of(scene, {"p": p})
    assert math.isnan(found["sum_slope"] + found["loss_slope"] + found["share_slope"])
    words = said(scene, scene.sentence, {"p": p})
    assert "Here ln g has no slope: " in words
    assert "cancel" not in words
    assert said(scene, scene.readouts[2].text, {"p": p}) == "no value"
    for way, slope in ((-beside, left), (beside, right)):
        assert outputs_of(scene, {"p": p + way})["sum_slope"] == pytest.approx(slope, rel=1e-4, abs=1e-4)
    for program in product_programs(g, p):
        assert "slope of ln g" not in dict(program.prints)
        assert "tangent" not in program.picture


def test_a_top_whose_formula_is_silent_has_its_slope() -> None:
    scene = product_scene(parse("1-abs(2p-1)^3", ("p",)), 0.5)
    found = outputs_of(scene, {"p": 0.5})
    assert [found[name] for name in ("sum_slope", "share_slope", "pull_1")] == [0.0] * 3
    assert "the slopes of all terms cancel" in said(scene, scene.sentence, {"p": 0.5})


@pytest.mark.parametrize("formula", ["-p^2", "p-1", "-1", "0"])
def test_without_a_logarithm_g_is_drawn_and_no_terms_are(formula: str) -> None:
    scene = product_scene(parse(formula, ("p",)), 0.3)
    assert not scene.tables
    low, high = scene.panels[0].figure.layout["yaxis"]["range"]
    g = parse(formula, ("p",))
    for p in (0.0, 0.5, 1.0):
        share = outputs_of(scene, {"p": p})["share"]
        assert low < share < high
        assert share == pytest.approx(g(p) / (abs(g(np.linspace(0, 1, 101))).max() or 1))
