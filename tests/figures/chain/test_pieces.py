"""What is said of a formula in pieces where it has no value: which condition has no answer, or that none holds."""

import pytest

from explorer.figures.chain.scene import chain_scene, read_chain
from tests.figures.chain.test_scene import shown


@pytest.mark.parametrize(
    ("text", "point", "step", "line", "words"),
    [
        (
            "{0<x<1: x, x>=1: 2}",
            {"x": -1.0},
            5,
            "f: no condition holds",
            "f is undefined, for no condition holds",
        ),
        (
            "{x>0: ln(x), x<-1: x}+y",
            {"x": -0.5, "y": 1.0},
            4,
            "v₄: no condition holds",
            "v₄ is undefined, for no ",
        ),
        (
            "{x>0: ln(x), x<-1: sqrt(x)}",
            {"x": -2.0},
            5,
            "f = v₄ = nan",
            "f is its piece v₄ here, for v₃ holds: nan",
        ),
        (
            "{x<ln(y): 1, 2}",
            {"x": 0.0, "y": -1.0},
            2,
            "v₂: 0 < nan has no answer",
            "v₂ is undefined, for what ",
        ),
        (
            "{x<ln(y): 1, 2}",
            {"x": 0.0, "y": -1.0},
            3,
            "f: v₂ has no answer",
            "f is undefined, for v₂ has no answer",
        ),
        ("{x<1: 5, x<ln(y): 1, 2}", {"x": 0.0, "y": -1.0}, 4, "f = 5", "f is its piece 5 here, for v₁ holds"),
    ],
)
def test_a_piece_that_is_not_taken_is_not_said(
    text: str, point: dict[str, float], step: int, line: str, words: str
) -> None:
    scene = chain_scene(read_chain(text), tuple(point.items()))
    assert shown(scene.readouts[0].text, scene, step, point) == line
    assert shown(scene.sentence, scene, step, point).startswith(words)
    box = next(box for box in scene.panels[0].graph.boxes if box.since[0] == step)
    touched = shown(box.says[0], scene, step, point)
    assert touched.startswith("v₂ asks whether x < v₁: 0 < nan has no answer" if step == 2 else words)
