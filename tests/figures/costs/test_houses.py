"""The scene of houses and a hub: it travels for any houses, and each kind of place has its sentence."""

import re

import numpy as np
import pytest

from explorer.figures.costs.houses import FIRST, houses_scene
from explorer.numeric.costs import COSTS
from explorer.scene.scene import still_figure
from tests.figures.finite import outputs_of
from tests.figures.played import said

MANY = [
    FIRST,
    (1.0, 2.0, 6.0),
    (5.0,),
    (3.0, 3.0, 3.0),
    (-1e6, 1e6),
    (1e6,),
    (0.0,) * 12,
    (1e-9, 2e-9),
    (5e-12, 6e-12),
    (1e-90, 2e-90),
    (-1e-90, 1e-90),
]


@pytest.mark.parametrize("places", MANY, ids=str)
def test_a_scene_travels_and_has_finite_numbers(places: tuple[float, ...]) -> None:
    scene = houses_scene(places)
    assert len(str(scene.to_json())) < 150_000
    assert len(still_figure(scene).data) == 2
    hub = scene.controls[0]
    for x in (hub.min, hub.value, hub.max):
        found = outputs_of(scene, {"x": x})
        assert all(np.isfinite(value) for value in found.values())
    for control in scene.controls:
        assert control.min <= control.value <= control.max, control.name


@pytest.mark.parametrize(
    ("places", "cost", "x", "words"),
    [
        (FIRST, "square", 0.0, "Two squares, 1 and 4."),
        (FIRST, "square", 1.5, "at the mean of the houses"),
        (FIRST, "square", 1.2, "to the right the sum falls"),
        (FIRST, "square", 1.7, "to the left the sum falls"),
        (FIRST, "absolute", 1.3, "every hub between the middle two"),
        ((1.0, 2.0, 6.0), "absolute", 2.0, "the median, in a corner"),
        ((1.0, 2.0, 6.0), "absolute", 6.0, "not least here"),
        ((1.0, 2.0, 6.0), "absolute", 5.0, "{absolute_left:0} at the left"),
        ((1.0, 2.0, 6.0), "huber", 2.0, "here they balance"),
        ((1.0, 2.0, 6.0), "huber", 4.0, "to the left the sum falls"),
        ((1e-9, 2e-9), "square", 1e-9, "to the right the sum falls"),
        ((1e-9, 2e-9), "square", 1.5e-9, "at the mean of the houses"),
        ((1e-12, 2e-12, 9e-12), "absolute", 4e-12, "To the left the sum falls"),
        ((1e-90, 2e-90), "square", 0.0, "to the right the sum falls"),
        ((-1e6, 0.1, 1e6), "square", 0.1 / 3, "at the mean of the houses"),
    ],
)
def test_each_place_has_its_sentence(places: tuple[float, ...], cost: str, x: float, words: str) -> None:
    scene = houses_scene(places)
    switches = {f"switch:{one}": float(one == cost) for one in COSTS}
    assert words in said(scene, scene.sentence, {"x": x} | switches)


def test_dividing_by_n_changes_the_slope_and_not_the_place() -> None:
    found = outputs_of(houses_scene((1.0, 2.0, 6.0)), {"x": 5.0})
    assert found["square_mean_slope"] == pytest.approx(found["square_slope"] / 3)
    assert found["bound"] == pytest.approx(1 / 3)
    # η below 2/λ: the sum has λ = 2N, the mean λ = 2.
    assert found["square_slope"] == pytest.approx(2 * 3 * (5 - found["mean"]))


@pytest.mark.parametrize(("places", "x"), [((0.0, 4.0), 1.0), ((1.0, 2.5, 4.0, 7.0, 19.0), 3.3)])
def test_the_balance_that_is_told_is_the_slope_and_arms_are_as_long_as_they_are(places, x) -> None:
    scene = houses_scene(places)
    found = outputs_of(scene, {"x": x})
    told = 0
    for readout in scene.readouts:
        if readout.name.endswith("_arms"):
            template = readout.text[-1].text
            sides = re.sub(r"\{(\w+):\w+\}", lambda name: repr(float(found[name[1]])), template)
            balance, slope = sides.translate(str.maketrans("−·÷", "-*/")).split("=")
            assert eval(balance) == pytest.approx(float(slope))
            told += 1
    assert told == 6
    at_left = sum(x - place for place in places if place < x)
    at_right = sum(place - x for place in places if place > x)
    assert (found["square_left"], found["square_right"]) == pytest.approx((at_left, at_right))
    # Shared among the houses the arrows stay on the axis, and are as the arms to each other.
    arrows = x - found["square_to_left"], found["square_to_right"] - x
    assert arrows == pytest.approx((at_left / len(places), at_right / len(places)))


def test_houses_at_one_place_are_counted_by_the_first_of_them() -> None:
    scene = houses_scene((-3.0, 0.5, 0.5, 4.0, 0.5, 4.0))
    heaps = [outputs_of(scene)[f"heap_{k}"] for k in range(1, 13)]
    assert heaps[:6] == [1, 3, 0, 2, 0, 0]
    # What is not there yet stands nowhere, though it has a place for later.
    moved = outputs_of(scene, {"a7": 4.0, "houses": 6.0})
    assert [moved[f"heap_{k}"] for k in (4, 7)] == [2, 0]
    assert outputs_of(scene, {"a1": 4.0, "houses": 2.0})["heap_1"] == 1


@pytest.mark.parametrize("places", [(1.0, 2.0), (-3.0, 0.5, 0.5, 4.0, 11.0), (7.0,), (0.0, 1e6, 3e6, 4e6)])
def test_the_houses_are_seen_apart_and_one_can_be_dragged_far_out(places: tuple[float, ...]) -> None:
    low, high = houses_scene(places).panels[0].figure.layout["xaxis"]["range"]
    width = max(places) - min(places)
    assert low < min(places)
    assert high > max(places) + 0.8 * width
    assert width > (0.14 if len(places) < 3 else 0.35) * (high - low) or len(places) == 1
