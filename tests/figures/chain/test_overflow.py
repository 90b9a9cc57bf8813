"""Beyond the doubles: what the chain page says of numbers that are too large, and of what depends on them."""

import pytest

from tests.figures.chain.test_scene import drawn, on_wire, scene_of, shown


@pytest.mark.parametrize(
    ("text", "x"), [("2x^1000", 10), ("1-x^1000", 10), ("2e^x", 800), ("e^(e^(e^x))", 7)]
)
def test_what_is_too_large_for_a_double_is_not_called_undefined(text: str, x: float) -> None:
    scene = scene_of(text)
    steps = range(int(scene.controls[0].max) + 1)
    said = " ".join(shown(scene.sentence, scene, step, {"x": x}) for step in steps)
    lines = " ".join(shown(scene.readouts[0].text, scene, step, {"x": x}) for step in steps)
    assert "too large for a double" in said
    assert "too large for a double" in lines
    assert "no value" not in said


@pytest.mark.parametrize(
    ("text", "x", "first"),
    [("ln(e^(x^2))", 30, "v₂ = e^v₁"), ("e^(x^2)", 30, "f = e^v₁"), ("e^(e^(e^x))", 3, "f = e^v₂")],
)
def test_the_first_number_that_is_too_large_is_the_one_that_is_named(text: str, x: float, first: str) -> None:
    scene = scene_of(text)
    last = int(scene.controls[0].max)
    assert shown(scene.sentence, scene, last, {"x": x}) == (
        f"{first} is too large for a double here: no slope is computed."
    )
    assert "too large for a double" in shown(scene.readouts[0].text, scene, last, {"x": x})
    for box in scene.panels[0].graph.boxes[1:]:
        told = [drawn(scene, box.title.split(" = ")[0], row, last, {"x": x}) for row in (0, 1)]
        assert not any("inf" in one or "nan" in one for one in told), told
    assert drawn(scene, "f", 0, last, {"x": x}) == "too large"


@pytest.mark.parametrize("terms", [5, 8, 12, 17])
def test_in_a_large_graph_too_what_comes_after_a_number_that_is_too_large_is_not_undefined(
    terms: int,
) -> None:
    scene = scene_of("2e^(x^2) + " + "+".join(f"sin({n}x)" for n in range(2, 2 + terms)))
    last, at = int(scene.controls[0].max), {"x": 30.0}
    for title in ("v₂", "v₃", "f"):
        assert drawn(scene, title, 0, last, at) == "too large"
        assert drawn(scene, title, 1, last, at) == f"∂f/∂{title} too large"
    named = "v₂ = e^v₁ is too large for a double here: no slope is computed."
    assert shown(scene.sentence, scene, last, at) == named
    gap = scene_of("2ln(x) + " + "+".join(f"sin({n}x)" for n in range(2, 2 + terms)))
    last = int(gap.controls[0].max)
    assert "too large" not in drawn(gap, "f", 0, last, {"x": -1.0})
    assert shown(gap.sentence, gap, last, {"x": -1.0}) == "f has no value here, and so no slopes."


@pytest.mark.parametrize(
    ("text", "wire"), [("e^(x^2)/y", "y"), ("ln(e^(x^2)) + y", "v₂"), ("x^3 + 2e^(x^2) y", "v₃")]
)
def test_a_wire_to_what_is_too_large_and_what_is_said_of_its_box_say_no_other_thing(
    text: str, wire: str
) -> None:
    scene = scene_of(text)
    graph, last, at = scene.panels[0].graph, int(scene.controls[0].max), {"x": 30.0, "y": 1.0}
    name = next(box.name for box in graph.boxes if box.title.split(" = ")[0] == wire)
    (label,) = [on_wire(scene, one, last, at) for one in graph.wires if one.source == name]
    assert label == "too large"
    for box in graph.boxes:
        said = [shown(one, scene, last, at) for one in box.says if not isinstance(one, str)]
        assert "undefined" not in " ".join(said)


def test_a_slope_beyond_the_doubles_of_a_value_within_them_is_too_large() -> None:
    scene = scene_of("e^(x^2)")
    last = int(scene.controls[0].max)
    line = shown(scene.readouts[0].text, scene, last, {"x": 26.6})
    assert line == "∂f/∂x is too large for a double"
    assert shown(scene.sentence, scene, last, {"x": 26.6}) == "∂f/∂x is too large for a double."
    undefined = scene_of("3ln(x) + e^x")
    assert shown(undefined.sentence, undefined, 8, {"x": -1}) == "f has no value here, and so no slopes."


@pytest.mark.parametrize("terms", [10, 14, 18])
def test_in_the_largest_graphs_too_the_first_number_is_named_and_wires_agree(terms: int) -> None:
    """Beyond thirty operations a sum's wire said 1, its slope, where none was computed."""
    sines = "+".join(f"sin({n}x)" for n in range(2, 2 + terms))
    scene = scene_of(f"x + y + e^(x^2) + {sines}")
    last, at = int(scene.controls[0].max), {"x": 30.0, "y": 1.0}
    named = shown(scene.sentence, scene, last, at)
    assert named == "v₃ = e^v₂ is too large for a double here: no slope is computed."
    boxes = {box.name: box.title.split(" = ")[0] for box in scene.panels[0].graph.boxes}
    lost = {name for name, title in boxes.items() if drawn(scene, title, 0, last, at) == "too large"}
    assert len(lost) == terms + 2, "e^v₂, and all the sums from there on"
    for wire in scene.panels[0].graph.wires:
        assert (on_wire(scene, wire, last, at) == "too large") == (wire.target in lost)
    for title in boxes.values():
        assert drawn(scene, title, 1, last, at) == f"∂f/∂{title} too large"
