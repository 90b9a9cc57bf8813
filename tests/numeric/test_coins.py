"""A coin's likelihood as a product and as a sum: closed forms, the ends, and where doubles end."""

import math

import numpy as np
import pytest

from explorer.expression import compile_tape
from explorer.numeric.coins import COIN_VARIABLES, CURVE_VARIABLES, coin_curves, coin_quantities

TAPE = compile_tape(coin_quantities(), COIN_VARIABLES)


def at(p: float, heads: float = 7, tails: float = 3, times: float = 1) -> dict[str, float]:
    return {name: float(value) for name, value in TAPE.run(p, heads, tails, times).items()}


def test_seven_heads_and_three_tails() -> None:
    best = at(0.7)
    assert best["product"] == pytest.approx(0.00222357, abs=5e-9)
    assert best["sum"] == pytest.approx(-6.108643, abs=5e-7)
    assert best["loss"] == pytest.approx(0.610864, abs=5e-7)
    assert (best["best"], best["share"]) == (0.7, 1.0)
    for name in ("slope", "sum_slope", "each_slope", "loss_slope"):
        assert best[name] == pytest.approx(0, abs=1e-13)
    step = 1e-5
    bend = (at(0.7 + step)["sum_slope"] - at(0.7 - step)["sum_slope"]) / (2 * step)
    assert bend == pytest.approx(-1000 / 21, rel=1e-6)


@pytest.mark.parametrize(("heads", "tails"), [(1, 0), (0, 4), (2, 5), (1, 1), (40, 3)])
@pytest.mark.parametrize("p", [0.1, 0.35, 0.5, 0.92])
def test_slopes_are_those_of_their_curves(heads: int, tails: int, p: float) -> None:
    here = at(p, heads, tails)
    assert here["product"] == pytest.approx(p**heads * (1 - p) ** tails, rel=1e-13)
    assert here["sum"] == pytest.approx(heads * math.log(p) + tails * math.log1p(-p), rel=1e-13)
    assert here["slope"] == pytest.approx(here["product"] * here["sum_slope"], rel=1e-12)
    for value, slope in (("share", "share_slope"), ("each", "each_slope"), ("loss", "loss_slope")):
        rise = at(p + 1e-6, heads, tails)[value] - at(p - 1e-6, heads, tails)[value]
        assert here[slope] == pytest.approx(rise / 2e-6, rel=1e-6, abs=1e-7)


def test_the_ends_are_flat_or_not_and_have_no_logarithm() -> None:
    for p in (0.0, 1.0):
        assert (at(p)["product"], at(p)["slope"]) == (0, 0)
        assert math.isnan(at(p)["sum"])
        assert math.isnan(at(p)["loss"])
    assert at(0.0, 1, 3)["slope"] == 1
    assert at(1.0, 3, 1)["slope"] == -1
    assert (at(1.0, 4, 0)["product"], at(1.0, 4, 0)["sum"], at(1.0, 4, 0)["slope"]) == (1, 0, 4)
    assert at(0.3, 0, 0)["loss"] == 0


def test_the_product_vanishes_where_the_sum_does_not() -> None:
    assert at(0.7, times=121)["top"] > 0
    gone = at(0.7, times=122)
    assert (gone["product"], gone["top"], gone["share"], gone["slope"]) == (0, 0, 0, 0)
    assert gone["sum"] == pytest.approx(122 * at(0.7)["sum"], rel=1e-13)
    assert gone["loss"] == pytest.approx(at(0.7)["loss"], rel=1e-13)
    # 0.5ⁿ is 0 from n = 1075 on.
    assert at(0.5, 537, 537)["product"] > 0
    assert at(0.5, 538, 537)["product"] == 0
    assert at(0.5, 550, 550)["sum"] == pytest.approx(-762.4619, abs=5e-5)


def test_there_are_no_more_than_two_thousand_flips() -> None:
    assert at(0.5, 7, 3, 200)["flips"] == 2000
    assert at(0.5, 12, 12, 200)["flips"] == 24 * 83
    assert at(0.5, 1000, 1000, 200)["flips"] == 2000


def test_curves_are_the_same_measures() -> None:
    tape = compile_tape(coin_curves(), CURVE_VARIABLES)
    p = np.linspace(0.01, 0.99, 7)
    whole = TAPE.run(p, 7, 3, 5)
    drawn = tape.run(p, *(whole[name] for name in CURVE_VARIABLES[1:]))
    for name, values in drawn.items():
        assert np.array_equal(values, whole[name]), name
