"""Where rounding is all that a part's value is made of, that is said, and no number."""

import pytest

from tests.figures.played import said
from tests.figures.rules.test_scene import scene_of


@pytest.mark.parametrize(
    ("text", "x0", "place"),
    [
        ("sin(10^300 x)", 2.0, "x₀ ="),
        ("cos(x)", 1e18, "x₀ + Δx ="),
        ("sin(x^20)", 1.0, "x₀ + Δx ="),
        ("sin(x)", 0.0, ""),  # of a zero, and of what is near one, digits are known
        ("(x - 10^6)*1000", 1e6, ""),
    ],
)
def test_a_part_whose_value_is_all_rounding_is_said_to_have_no_digit(
    text: str, x0: float, place: str
) -> None:
    scene = scene_of(text, x0=x0, h=10.0)
    values = {"x0": x0, "h": 10.0}
    told, number = said(scene, scene.sentence, values), said(scene, scene.readouts[0].text, values)
    assert told.startswith(f"Doubles end here: no digit of this part is sure at {place}") == bool(place)
    assert (number == "no sure digit") == bool(place)
