"""What houses cost: closed forms, the least places against brute force and NumPy, and lists as they are typed."""

import numpy as np
import pytest

from explorer.expression import compile_tape
from explorer.numeric.costs import (
    COSTS,
    MOST_HOUSES,
    PlacesError,
    cost_quantities,
    cost_variables,
    read_places,
)
from explorer.presets import HOUSES

TAPE = compile_tape(cost_quantities(), cost_variables())


def at(x: float, places: list[float] | tuple[float, ...], delta: float = 1.0) -> dict[str, float]:
    vacant = [0.5] * (MOST_HOUSES - len(places))
    return {k: float(v) for k, v in TAPE.run(x, *places, *vacant, len(places), delta).items()}


def huber(d: np.ndarray, delta: float) -> np.ndarray:
    return np.where(np.abs(d) <= delta, d * d / 2, delta * (np.abs(d) - delta / 2))


def test_the_facts_of_the_course() -> None:
    assert at(1.5, (1, 2))["square"] == 0.5
    assert at(1.5, (1, 2))["square_slope"] == 0
    assert (at(0, (1, 2))["square_1"], at(0, (1, 2))["square_2"]) == (1, 4)
    far = at(4, (1, 2, 3, 4, 100))
    assert (far["mean"], far["absolute_low"], far["absolute_high"]) == (22, 3, 3)
    assert at(1.2, (1, 2))["absolute"] == pytest.approx(1)
    assert (at(0, (2, 1))["absolute_low"], at(0, (2, 1))["absolute_high"]) == (1, 2)


@pytest.mark.parametrize("houses", HOUSES, ids=lambda one: one.title)
def test_the_examples_are_least_where_they_say(houses) -> None:
    place, least = houses.squares
    found = at(place, houses.places)
    assert (found["mean"], found["square"], found["square_slope"]) == pytest.approx((place, least, 0))
    assert (found["absolute_low"], found["absolute_high"]) == houses.median
    for end in houses.median:
        assert at(end, houses.places)["absolute"] == houses.distances


def test_costs_slopes_and_least_places_of_any_houses() -> None:
    random = np.random.default_rng(7)
    for turn in range(120):
        n = int(random.integers(1, MOST_HOUSES + 1))
        # Whole places meet each other and the bends of Huber's slope.
        places = random.integers(-4, 5, n).astype(float) if turn % 2 else random.normal(scale=3, size=n)
        x, delta = float(random.normal(scale=4)), (0.5, 1.0, 2.5)[turn % 3]
        found = at(x, places.tolist(), delta)
        d = x - places
        costs = {"square": d * d, "absolute": np.abs(d), "huber": huber(d, delta)}
        arms = {"square": d, "absolute": np.sign(d), "huber": np.clip(d, -delta, delta)}
        for cost in COSTS:
            assert found[cost] == pytest.approx(costs[cost].sum(), rel=1e-12)
            rate = (2 if cost == "square" else 1) * arms[cost].sum()
            assert found[f"{cost}_slope"] == pytest.approx(rate, rel=1e-12, abs=1e-12)
            assert found[f"{cost}_left"] == pytest.approx(arms[cost].clip(min=0).sum(), abs=1e-12)
            assert found[f"{cost}_right"] == pytest.approx(-arms[cost].clip(max=0).sum(), abs=1e-12)
        assert found["longest"] == np.abs(d).max()
        assert found["mean"] == pytest.approx(places.mean(), abs=1e-12)
        row = np.sort(places)
        assert (found["absolute_low"], found["absolute_high"]) == (row[(n - 1) // 2], row[n // 2])

        def slope(at: float, places: np.ndarray = places, delta: float = delta) -> float:
            return float(np.clip(at - places, -delta, delta).sum())

        low, high = found["huber_low"], found["huber_high"]
        assert low <= high + 1e-12
        assert (slope(low), slope(high)) == pytest.approx((0, 0), abs=1e-9)
        assert slope(low - 1e-6) < 0 < slope(high + 1e-6)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1,2,6", (1, 2, 6)),
        (" 1 ; 2,5 ;−3", (1, 2.5, -3)),
        ("1 2\t3", (1, 2, 3)),
        ("1, 2, ", (1, 2)),
        ("-.5,1e3", (-0.5, 1000)),
        (",".join("1" * MOST_HOUSES), (1,) * MOST_HOUSES),
    ],
)
def test_lists_are_read(text: str, places: tuple[float, ...]) -> None:
    assert read_places(text) == places


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "at least one"),
        (";;", "1 to 12"),
        ("1,two", "“two” is no number"),
        ("<b>,;", "“<b>,” is no number"),
        ("1,5;2,x", "“2,x” is no number"),
        ("1e-300,2e-300", "0 in double precision"),
        ("5,5,5.0000001e-200;", "no number"),
        ("nan", "no number"),
        ("1e999", "from −1,000,000"),
        ("1e7,1", "from −1,000,000"),
        ("1," * 13, "these are 13"),
        ("1," * 5000, "up to 12"),
        ("__import__('os')", "no number"),
        ("<b>1</b>", "no number"),
    ],
)
def test_what_lists_no_houses_is_answered(text: str, word: str) -> None:
    with pytest.raises(PlacesError, match=word):
        read_places(text)
