"""Questions about costs: every answer that counts as right is right, by sums of our own."""

import math
import re
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.conditions import is_at
from explorer.figures.costs.coins import coins_scene
from explorer.figures.costs.houses import houses_scene
from explorer.figures.costs.questions import asked_of, coin_challenges, house_challenges
from explorer.presets import HOUSES

PLACES = st.lists(st.integers(-20, 40).map(lambda n: n / 2), min_size=1, max_size=12)


def number(text):
    """The first number in a text, with a true minus sign."""
    found = re.search(r"−?\d[\d.]*\d|−?\d", text)
    assert found
    return float(found[0].replace("−", "-"))


def least(places, cost):
    """From where to where the total cost of a hub is least, from its values at all places where it can turn."""
    if cost == "square":
        return np.mean(places), np.mean(places)
    totals = {hub: sum(abs(hub - place) for place in places) for hub in places}
    best = [hub for hub, total in totals.items() if total <= min(totals.values()) + 1e-12]
    return min(best), max(best)


def cost_of(challenge):
    return next(name for name in ("square", "absolute") if challenge.start_toggles[name])


@given(PLACES)
def test_the_answers_about_houses_are_those_of_sums(places):
    scene = houses_scene(tuple(places))
    span = scene.controls[0].min, scene.controls[0].max
    limits = {control.name: (control.min, control.max) for control in scene.controls}
    asked = house_challenges(tuple(places), scene.controls[0].value, span)
    assert asked == scene.challenges
    assert asked
    for challenge in asked:
        cost = cost_of(challenge)
        for name, value in (*challenge.start.items(), *challenge.reveal.items()):
            assert limits[name][0] <= value <= limits[name][1], (challenge.question, name)
        assert sum(reason.right for reason in challenge.reasons) == 1
        low, high = least(places, cost)
        if challenge.kind == "place":
            assert challenge.intervals == ((pytest.approx(low), pytest.approx(low)),)
            assert abs(challenge.start["x"] - low) > challenge.tolerance, "it does not begin at its answer"
            continue
        right = challenge.choices[challenge.choice]
        assert challenge.hints[challenge.choice] == ""
        assert all(hint for k, hint in enumerate(challenge.hints) if k != challenge.choice)
        if "moves" in challenge.question:
            moved = [challenge.reveal.get(f"a{k}", place) for k, place in enumerate(places, 1)]
            assert max(moved) - max(places) == pytest.approx(number(challenge.question))
            after = least(moved, cost)
            far = after[0] - low
            assert after[1] - after[0] == pytest.approx(high - low)
            assert far == pytest.approx(0 if right == "not at all" else number(right), rel=1e-6)
            assert challenge.reveal["x"] == pytest.approx(after[0])
        elif "divided" in challenge.question:
            assert right == "the slope and the usable η, not the place"
            assert challenge.reveal["x"] == pytest.approx(low)
        else:
            ends = right.removeprefix("everywhere between ").split(" and ")
            assert [number(end) for end in ends] == pytest.approx([low, high], rel=1e-3)
            assert low < high
            assert low <= challenge.reveal["x"] <= high


def test_every_preset_of_houses_has_several_questions():
    for houses in HOUSES:
        assert len(houses_scene(tuple(map(float, houses.places))).challenges) >= 3


def test_the_answers_about_coins_are_those_of_powers():
    asked = coin_challenges()
    assert asked == coins_scene().challenges
    likely, level, turned, many = asked
    p = np.linspace(0, 1, 10_001)
    g = p**7 * (1 - p) ** 3
    assert likely.intervals == ((pytest.approx(p[np.argmax(g)]),) * 2,)
    assert level.choices[level.choice] == "no: level, and the least from 0 to 1"
    assert g[0] == g.min() == 0
    assert (-1e-3) ** 7 * (1 + 1e-3) ** 3 < 0, "it is less beyond the end"
    assert turned.choices[turned.choice] == "the same p"
    assert p[np.argmin(-np.log(g[1:-1])) + 1] == pytest.approx(0.7)
    assert many.choices[many.choice] == "0 in double precision"
    assert 0.7**854 * 0.3**366 == 0.0
    true = Decimal("0.7") ** 854 * Decimal("0.3") ** 366
    assert f"{true:.1e}" == "2.2e-324"
    assert true < Decimal(math.ulp(0.0)) / 2
    assert float(true.ln()) == pytest.approx(-745.25, abs=0.005)


def test_questions_are_about_the_houses_that_stand() -> None:
    scene = houses_scene((-1.5, 0.25, 2.125, 7.0), 1.0)
    moved = asked_of(scene, (-1.5, 0.25, 4.5))
    assert replace(moved, challenges=scene.challenges) == scene
    assert all(dict(one.start)["a3"] == 4.5 and one.start["houses"] == 3 for one in moved.challenges)
    assert "1.083" in moved.challenges[0].answer_text
    assert is_at("a3", 4.5) in moved.challenges[0].when
    # The last house at the end of the axis has no way to go.
    end = scene.controls[0].max
    assert not any("farther" in one.question for one in asked_of(scene, (0.0, 1.0, end)).challenges)
