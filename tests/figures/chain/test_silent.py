"""Slopes that are there though the rules give none, against slopes that are known."""

import pytest

from explorer.figures.chain.scene import read_chain
from explorer.figures.chain.silent import silent_words


@pytest.mark.parametrize(
    ("text", "point", "slopes"),
    [
        ("max(y-x, y+x)", {"x": 0.0, "y": 1.0}, {"y": "1"}),
        ("x|x|", {"x": 0.0}, {"x": "0"}),
        ("max(a, a+b^2)", {"a": 1.0, "b": 0.0}, {"a": "1", "b": "0"}),
        ("|x|^3 y", {"x": 0.0, "y": 2.0}, {"x": "0"}),
        ("cbrt(x)^3", {"x": 0.0}, {"x": "1"}),
        ("|x y|", {"x": 0.0, "y": 3.0}, {"y": "0"}),
    ],
)
def test_a_slope_that_no_rule_gives_is_seen(
    text: str, point: dict[str, float], slopes: dict[str, str]
) -> None:
    said = silent_words(read_chain(text), point)
    for one, (name, slope) in zip(said, slopes.items(), strict=True):
        assert f"no ∂f/∂{name} here" in one
        assert f"Δf/Δ{name} heads for {slope}:" in one


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("|x|", {"x": 0.0}),
        ("sqrt(x)", {"x": 0.0}),
        ("x sqrt(x)", {"x": 0.0}),
        ("cbrt(x)", {"x": 0.0}),
        ("max(x, y)", {"x": 1.0, "y": 1.0}),
        ("sqrt(x^2+y^2)", {"x": 0.0, "y": 0.0}),
        ("floor(x)", {"x": 1.0}),
        ("ln(x)", {"x": -1.0}),
        ("(3x+1)^2", {"x": 1.0}),
    ],
)
def test_nothing_is_said_where_there_is_none_or_the_rules_tell_it(text: str, point: dict[str, float]) -> None:
    assert silent_words(read_chain(text), point) == ()
