"""The coins' scene: it travels, every word finds its quantity, and each kind of place has its sentence."""

import numpy as np
import pytest

from explorer.figures.costs.coins import coins_scene
from explorer.scene.marks import Label
from explorer.scene.scene import still_figure
from tests.figures.played import said


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "this row, in this order, has probability"),
        ({"p": 0.5}, "to the right all three get better"),
        ({"p": 0.9}, "to the left all three get better"),
        ({"p": 0.7}, "is best for all three"),
        ({"p": 0.0}, "least only as an end of 0 ≤ p ≤ 1"),
        ({"p": 1.0}, "Its power is odd"),
        ({"p": 0.0, "heads": 2}, "A slope of 0 does not say greatest"),
        ({"p": 1.0, "tails": 1}, "with one of the tails it cannot be"),
        ({"p": 1.0, "tails": 0}, "the best p is the end itself, 1"),
        ({"p": 0.0, "heads": 0}, "the best p is the end itself, 0"),
        ({"p": 0.5, "heads": 0, "tails": 0}, "Add a coin"),
        ({"p": 0.7, "times": 122}, "for every p"),
        ({"p": 0.1, "times": 100}, "Here the product is 0 in double precision"),
    ],
)
def test_each_place_has_its_sentence(state: dict[str, float], words: str) -> None:
    assert words in said(coins_scene(), coins_scene().sentence, state)


def test_the_numbers_say_when_they_vanish() -> None:
    readouts = {one.name: one for one in coins_scene().readouts}

    def shown(name: str, **state: float) -> str:
        return said(coins_scene(), readouts[name].text, state)

    assert shown("product", p=0.7, times=122) == "0 in double precision"
    assert shown("product", p=0.7, times=120).startswith("under 10⁻³⁰⁷")
    assert shown("flips", times=200) == "{flips:0}"
    assert "no more than 2000 are taken" in shown("flips", heads=8, times=200)
    assert shown("product", p=0.0) == "0"
    assert shown("loss", p=1.0) == "infinite"
    assert shown("sum", p=1.0) == "no value: ln 0"
    # Four digits, as the two terms have; of what is left of them by cancelling no more than they give.
    assert shown("slope", p=0.58).endswith("= {sum_slope:g4}")
    assert shown("slope", p=0.701).endswith("= {sum_slope:2}")


def test_the_scene_travels_and_has_a_still_picture() -> None:
    scene = coins_scene()
    assert len(str(scene.to_json())) < 150_000
    still = still_figure(scene)
    assert len(still.data) == 5
    assert np.nanmax(still.data[0].y) == pytest.approx(1)


def test_the_numbers_of_the_sum_stand_at_its_axis_and_the_first_terms_words_over_all_curves() -> None:
    scene = coins_scene()
    places = {mark.text: mark for mark in scene.panels[0].marks if isinstance(mark, Label)}
    for text in ("{minus_n:0}", "{twice_n:0}"):
        mark = places[text]
        # In the margin: a curve that falls steeply at the ends would run through them.
        assert mark.beside
        assert (mark.at[0], mark.anchor) == (0.0, "end")
        assert mark.offset[0] < 0
    words = places["{h:0} ln p = {term_h:g4}"]
    assert words.at == ("p", 0.0)
    assert words.offset[1] < 0  # upwards, where no logarithm of a p within 0 < p < 1 is
    top = scene.panels[0].figure.layout["yaxis2"]["range"][1]
    assert top > 0.5


def test_above_the_greatest_value_there_is_room_for_a_walls_words() -> None:
    """On 1280×720 the picture is 380 px high: letters of 30 px stand above the line, clear of tangent and curve."""
    (panel,) = coins_scene().panels
    axis = still_figure(coins_scene()).layout.yaxis
    (low, high), (foot, top) = axis.range, axis.domain
    assert panel.name == "curves"
    assert (high - 1) / (high - low) * (top - foot) * 380 >= 34
