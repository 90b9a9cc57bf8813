"""The two maps against single descents: same outcomes, same ends."""

import time

import numpy as np
import pytest

from explorer.descent import OPTIMISERS, basins, descend, map_basins, rate_map
from explorer.descent.maps import DIVERGED, NO_MINIMUM, OUTSIDE, UNSETTLED
from explorer.descent.problems import PROBLEMS
from explorer.expression import parse

XY = ("x", "y")
NAMED = {problem.name: problem for problem in PROBLEMS}
HIMMELBLAU = NAMED["himmelblau"]
MODIFIED = [(name, {}) for name in OPTIMISERS]
MODIFIED += [("gd", {"backtracking": 1}), ("gd", {"decay": 0.1}), ("gd", {"noise": 0.5, "seed": 3})]


@pytest.mark.parametrize(("name", "settings"), MODIFIED, ids=str)
@pytest.mark.parametrize("text", ["(x^2+y-11)^2 + (x+y^2-7)^2", "ln(x) + y^2", "|x| + y^2"])
def test_rate_map_says_what_single_descents_say(name, settings, text):
    loss, rates = parse(text, XY), np.geomspace(1e-4, 3, 25)
    found = rate_map(name, loss, (0.5, 0.4), 60, rates, **settings)
    for rate, end, outcome in zip(rates, found.losses, found.outcomes, strict=True):
        path = descend(name, loss, (0.5, 0.4), rate, 60, **settings)
        assert outcome == path.outcome, rate
        if path.outcome == "converged":
            assert end == pytest.approx(path.losses[-1], rel=1e-6, abs=1e-9)


def test_rate_map_of_a_quadratic_knows_bound_and_best_asymptotic_rate():
    found = rate_map("gd", parse("x^2 + 25y^2", XY), (2, 1), 80)
    assert found.bound == pytest.approx(0.04)
    assert not found.local
    assert found.best_rate == pytest.approx(2 / 52)
    outcomes = np.array(found.outcomes)
    assert (outcomes[found.rates > 0.0402] == "diverged").all()
    assert not (outcomes[found.rates < 0.0398] == "diverged").any()


def test_bands_of_rates_meet_at_the_bound():
    found = rate_map("gd", parse("x^2"), 4, 300, np.geomspace(1e-3, 10, 120))
    bands = found.bands
    assert [band.outcome for band in bands] == ["stopped", "converged", "diverged"]
    assert bands[1].high == bands[2].low == found.bound == 1
    assert (bands[0].low, bands[-1].high) == (pytest.approx(1e-3), pytest.approx(10))


def test_rate_map_says_when_a_bound_is_local_or_missing():
    quartic = parse("3x^4 - 5x^2 + 2x")
    found = rate_map("gd", quartic, 0.1, 200)
    assert found.local
    assert found.best_rate is None
    assert found.bound == pytest.approx(2 / 26)
    assert rate_map("adam", quartic, 0.1, 50).bound is None


@pytest.mark.parametrize(("name", "settings"), MODIFIED, ids=str)
def test_basins_agree_with_single_descents(name, settings):
    loss = HIMMELBLAU.loss
    rate = OPTIMISERS[name].suggested_rate or 0.004
    found = basins(name, loss, [(-5, 5), (-5, 5)], rate, max_steps=300, size=40, **settings)
    assert found.minima == pytest.approx(np.array(sorted(HIMMELBLAU.minima)), abs=1e-4) or name != "gd"
    x, y = found.axes
    checked = wrong = 0
    for row, column in np.random.default_rng(1).integers(0, 40, (25, 2)):
        label = found.labels[row, column]
        path = descend(name, loss, (x[column], y[row]), rate, 300, **settings)
        if label >= 0 and (path.outcome == "converged" or path.behaviour == "lull"):
            checked += 1
            wrong += np.abs(found.minima[label] - path.points[-1]).max() > 0.02
    # Near a border between basins rounding may decide.
    assert wrong <= 1
    assert checked >= 10 or settings.get("noise")


def test_basins_of_himmelblau_are_found_quickly_and_report_progress():
    started = time.perf_counter()
    seen = list(map_basins("gd", HIMMELBLAU.loss, HIMMELBLAU.windows, 0.005, size=200))
    assert time.perf_counter() - started < 5
    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert all(progress.basins is None for progress in seen[:-1])
    found = seen[-1].basins
    assert found.labels.shape == found.steps.shape == (200, 200)
    assert set(np.unique(found.labels)) == {0, 1, 2, 3}
    assert sorted(map(tuple, found.minima.round(5))) == sorted(
        tuple(np.round(m, 5)) for m in HIMMELBLAU.minima
    )
    assert found.values == pytest.approx(np.zeros(4), abs=1e-9)


def test_starts_that_reach_no_minimum_say_why():
    window = [(-4.9, 5.0), (-4.9, 5.0)]
    logarithm = basins("gd", parse("ln(x) + y^2", XY), window, 0.1, size=50)
    assert (logarithm.labels[:, logarithm.axes[0] < 0] == OUTSIDE).all()
    assert (basins("gd", parse("-x^2-y^2", XY), window, 0.1, size=20).labels == DIVERGED).all()
    assert (basins("gd", parse("x^2", XY), window, 0.1, size=20).labels == NO_MINIMUM).all()
    assert (basins("gd", parse("x^2+y^2", XY), window, 1e-5, size=20).labels == UNSETTLED).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rate_map("gd", parse("x^2"), 4, 10, [0.0, 1.0]), "positive"),
        (lambda: basins("gd", parse("x^2"), [(-1, 1), (-1, 1)], 0.1), "one window"),
        (lambda: basins("gd", parse("x^2"), [(-1, 1)], 0), "positive"),
    ],
)
def test_invalid_arguments(call, words):
    with pytest.raises(ValueError, match=words):
        call()
