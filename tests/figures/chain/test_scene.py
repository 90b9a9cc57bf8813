"""The chain page's scene: the tape against the graph's own sweeps, the steps, and what is said at each."""

import json
from itertools import combinations

import numpy as np
import pytest

from explorer.autodiff import graph_of
from explorer.conditions import all_hold
from explorer.expression import ExpressionError
from explorer.figures.chain.scene import chain_scene, graph_thumbnail, read_chain, sweep_csv
from explorer.figures.letters import first_point, start_of
from explorer.presets import CHAIN_LETTERS, CHAINS
from explorer.scene.graph_panel import GraphWire
from explorer.scene.scene import Case, Scene

FIRST, BACK = (
    "Three boxes from x to f: times 3, plus 1, squared. Press Step: ",
    "first values flow right, then slopes flow back.",
)
TEXTS = [*(p.formula for p in CHAINS), "x", "x x", "max(a, b, 0) + {t < 1: t, t^2}", "p^k^m + root(z, 5)/u"]


def scene_of(text: str, share: bool = True) -> Scene:
    e = read_chain(text)
    return chain_scene(e, first_point(e), share)


def test_forward_each_slope_comes_with_its_value_and_a_nudge_is_held_against_it() -> None:
    e, start = read_chain("ln(x) + x y - sin(y)"), (("x", 2.0), ("y", 5.0))
    graph, point = graph_of(e), dict(start)
    scene = chain_scene(e, start, True, "forward", "y")
    assert scene.controls[0].max == 5
    assert shown(scene.readouts[0].text, scene, 5, point) == "∂f/∂y = 1 · 2 + -1 · 0.2837 = 1.716"
    nudged = chain_scene(e, start, True, "nudge", "x")
    found = nudged.tape.run(2.0, 5.0, 0.1)
    np.testing.assert_allclose(
        found["n6"], graph.forward({"x": 2.1, "y": 5.0})[-1] - graph.forward(point)[-1]
    )
    np.testing.assert_allclose(found["p6"], 0.55)
    assert [control.name for control in nudged.controls] == ["step", "x", "y", "nudge"]
    point["nudge"] = 0.1
    assert shown(nudged.readouts[0].text, nudged, 5, point) == "Δf = 0.5488, predicted 0.55"


@pytest.mark.parametrize(
    ("text", "at", "said", "line"),
    [
        ("sqrt(x)", (0.05, -0.1), "f = √x has no value at x + Δx = -0.05", "f = 0.2236, no value at x + Δx"),
        ("2ln(x)", (0.05, -0.1), "What goes into f has no value at x + Δx = -0.05", "no value at x + Δx"),
        ("e^(x^2)", (26.0, 1.0), "f = e^v₁ is too large for a double at x + Δx = 27", "no value at x + Δx"),
        (
            "x^2",
            (1.0, -0.1),
            "f really changes by -0.19; its slope by x predicts 2 · -0.1 = -0.2.",
            "Δf = -0.19",
        ),
    ],
)
def test_a_nudge_out_of_the_domain_is_said(text: str, at: tuple[float, float], said: str, line: str) -> None:
    e = read_chain(text)
    scene = chain_scene(e, first_point(e), True, "nudge", "x")
    last, point = int(scene.controls[0].max), dict(zip(("x", "nudge"), at, strict=True))
    assert shown(scene.sentence, scene, last, point).startswith(said)
    assert line in shown(scene.readouts[0].text, scene, last, point)
    box = scene.panels[0].graph.boxes[-1]
    assert ("no value" in shown(box.lines[0], scene, last, point)) == (text != "x^2")
    assert "undefined" not in shown(box.says[1], scene, last, point)


def test_where_there_is_no_slope_nothing_is_predicted() -> None:
    scene = chain_scene(read_chain("sqrt(x)+x^2"), (("x", 0.0),), True, "nudge", "x")
    point = {"x": 0.0, "nudge": 0.01}
    assert shown(scene.readouts[0].text, scene, 1, point) == "Δv₁ = 0.1, nothing predicted"
    assert shown(scene.readouts[0].text, scene, 2, point) == "Δv₂ = 0.0001, predicted 0"
    boxes = scene.panels[0].graph.boxes
    assert shown(boxes[1].says[1], scene, 3, point) == "It changes by 0.1; nothing is predicted."
    assert shown(boxes[3].says[1], scene, 3, point) == "It changes by 0.1001; nothing is predicted."


def test_what_is_nudged_down_has_its_brackets() -> None:
    e = read_chain("x^2")
    (*_, last) = chain_scene(e, first_point(e), True, "nudge", "x").sentence
    assert "{d2:q4} · {nudge:q4} = {p2:g4}" in last.text


@pytest.mark.parametrize("kind", ["forward", "nudge"])
@pytest.mark.parametrize("text", TEXTS)
def test_every_forward_step_has_words(text: str, kind: str) -> None:
    e = read_chain(text)
    scene = chain_scene(e, first_point(e), True, kind, e.variables[-1])
    point = dict(first_point(e)) | {"nudge": 0.1}
    for step in range(int(scene.controls[0].max) + 1):
        assert shown(scene.readouts[0].text, scene, step, point)
        assert "{" not in shown(scene.sentence, scene, step, point)
    scene.to_json()


def test_the_sweep_is_taken_along_with_every_digit() -> None:
    rows = sweep_csv(read_chain("3sqrt(x)"), {"x": 0.0}).splitlines()
    assert rows == ["node,operation,value,derivative of f", "x,,0.0,", "v₁,√x,0.0,3.0", "f,3 · v₁,0.0,1.0"]


def drawn(scene: Scene, title: str, row: int, step: int, point: dict[str, float]) -> str:
    """What stands under the title of the box that is called so; as the browser does, without what is not known yet."""
    graph = scene.panels[0].graph
    (box,) = (one for one in graph.boxes if one.title.split(" = ")[0] == title)
    (rules,) = (one for one in graph.boxes if one.name == ((row and graph.output) or box.name))
    lost = shown((*rules.lost, Case("")), scene, step, point)
    text = shown(box.lines[row], scene, step, point)
    return f"{text.split()[0]} {lost}" if lost and row else lost or text


def on_wire(scene: Scene, wire: GraphWire, step: int, point: dict[str, float]) -> str:
    """The label of a wire."""
    (user,) = (one for one in scene.panels[0].graph.boxes if one.name == wire.target)
    return shown((*user.lost, *wire.label), scene, step, point)


def shown(cases: tuple[Case, ...], scene: Scene, step: int, point: dict[str, float]) -> str:
    """The text that the browser would show, with numbers to four digits."""
    values = scene.tape.run(*(point[name] for name in scene.tape.variables)) | {"step": step} | point
    values["switch:paper"] = 0.0

    case = next(case for case in cases if all_hold(case.when, lambda name: float(values[name])))
    text = case.text
    for name in sorted(values, key=len, reverse=True):
        for form in ("g4", "q4", "g6", "t4"):
            text = text.replace(f"{{{name}:{form}}}", f"{float(values[name]):.4g}")
        text = text.replace(f"{{{name}}}", f"{float(values[name]):.4g}")
    return text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("share", [True, False])
def test_the_tape_computes_the_sweeps(text: str, share: bool) -> None:
    e = read_chain(text)
    graph, scene = graph_of(e, share), scene_of(text, share)
    places = np.random.default_rng(3).uniform(-2, 3, (len(e.variables), 20))
    point = dict(zip(e.variables, places, strict=True))
    found = scene.tape.run(*(point[name] for name in scene.tape.variables))
    values, slopes = graph.forward(point), graph.backward(point)
    for k in range(len(graph.nodes)):
        if graph.moving[k]:
            np.testing.assert_array_equal(found[f"v{k}"], values[k])
            np.testing.assert_array_equal(
                np.where(np.isfinite(found[f"d{k}"]), found[f"d{k}"], np.nan), slopes[k]
            )
    scene.to_json()


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("max(0, w*x)", (1.0, 1.0)),
        ("max(0, 1-w*x)", (1.0, 0.5)),
        ("min(w*x, sin(x))^2", (1.1, 0.7)),
        ("max(x y, y, sin(x))", (1.3, 0.4)),
        ("{x<1: x^2, 2x-1}", (0.5,)),
        ("{x!=1.1: x^2/3, x}", (1.3,)),
        ("{x^2<y: x y, x/y}", (1.3, 0.4)),
    ],
)
def test_a_branch_that_is_taken_has_a_slope_with_its_digits(text: str, point: tuple[float, ...]) -> None:
    scene = scene_of(text)
    for name, (value, error) in scene.tape.run_with_errors(*point).items():
        assert not np.isfinite(value) or error <= 1e-12 * (1 + abs(value)), name


def test_the_first_state_says_what_comes_and_no_number_of_it() -> None:
    scene = scene_of("(3x+1)^2")
    assert shown(scene.sentence, scene, 0, {"x": 1}) == FIRST + BACK
    assert scene.controls[0].name == "step"
    assert scene.controls[0].max == 6
    lines = [shown(scene.readouts[0].text, scene, step, {"x": 1}) for step in range(1, 7)]
    assert lines == [
        "v₁ = 3 · 1 = 3",
        "v₂ = 3 + 1 = 4",
        "f = 4² = 16",
        "∂f/∂v₂ = 1 · 8 = 8",
        "∂f/∂v₁ = 8 · 1 = 8",
        "∂f/∂x = 8 · 3 = 24",
    ]


def test_the_places_of_a_letter_in_the_tree_as_typed_are_told_apart_and_add_up() -> None:
    scene = scene_of("x*sin(x)", share=False)
    point = {"x": 2.0}
    assert shown(scene.sentence, scene, 5, point).endswith(
        "0.9093 in all. All places of x together: ∂f/∂x = 0.077."  # sin 2 + 2 cos 2
    )
    (line,) = (one for one in scene.readouts if one.name == "line")
    assert shown(line.text, scene, 5, point) == "∂f/∂x₁ = 1 · 0.9093 = 0.9093, ∂f/∂x = 0.077 together"
    assert shown(line.text, scene, 4, point).startswith("∂f/∂x₂ = ")
    assert "x₁" not in scene_of("x*sin(x)").to_json().__str__()


def test_a_node_that_is_used_twice_adds_its_ways_in_numbers() -> None:
    scene = scene_of("(x^2 + x) * x^2")
    last = int(scene.controls[0].max)
    assert shown(scene.readouts[0].text, scene, last, {"x": 2}) == "∂f/∂x = 10 · 4 + 4 · 1 = 44"
    assert "used twice" in shown(scene.sentence, scene, last, {"x": 2})
    assert "44" in shown(scene.sentence, scene, last, {"x": 2})


@pytest.mark.parametrize("text", TEXTS)
def test_every_step_has_a_line_a_sentence_and_one_box(text: str) -> None:
    scene = scene_of(text)
    point = dict(first_point(read_chain(text)))
    sentences = set()
    for step in range(int(scene.controls[0].max) + 1):
        assert shown(scene.readouts[0].text, scene, step, point)
        sentences.add(shown(scene.sentence, scene, step, point))
        here = [box for box in scene.panels[0].graph.boxes if step in {*box.since} - {0}]
        assert bool(here) == (step > 0)
    assert len(sentences) == scene.controls[0].max + 1


def test_what_is_undefined_is_named_where_it_arises() -> None:
    scene = scene_of("3sqrt(x) + 1")
    said = [shown(scene.sentence, scene, step, {"x": 0}) for step in range(int(scene.controls[0].max) + 1)]
    assert said[-1].startswith("√x grows steeper without bound towards this point")
    assert "the chain rule gives no ∂f/∂x here" in said[-1]
    scene = scene_of("2ln(x)")
    said = [shown(scene.sentence, scene, step, {"x": -1}) for step in range(int(scene.controls[0].max) + 1)]
    assert said[1].startswith("ln x has no value here")
    assert said[2] == "f is undefined, for what goes into it is."
    assert said[3] == "f has no value here, and so no slopes."
    assert all("nan" not in one for one in said)


def test_letters_start_where_asked_else_as_the_example_else_where_all_is_defined() -> None:
    e = read_chain("ln(x) + x y - sin(y)")
    assert start_of(e, (("x", 2.0), ("y", 5.0)), {}) == (("x", 2.0), ("y", 5.0))
    assert start_of(e, (("x", 2.0), ("y", 5.0)), {"y": 7.0, "x": None}) == (("x", 2.0), ("y", 7.0))
    assert start_of(read_chain("ln(x - 1)"), (), {}) == (("x", 2.0),)
    scene = chain_scene(e, (("x", 2.0), ("y", 70.0)))
    assert [control.name for control in scene.controls] == ["step", "x", "y"]
    assert scene.controls[2].max == 140


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("3 + 4", "has a letter"),
        ("a+b+c+k+m+n+p", "six letters at most"),
        ("q + 1", "“q” is not among this page.s letters"),
        ("+".join(f"x^{n}" for n in range(2, 35)), "60 at most"),
    ],
)
def test_what_makes_no_graph_is_refused_in_a_sentence(text: str, word: str) -> None:
    with pytest.raises(ExpressionError, match=word):
        read_chain(text)


def test_the_examples_hold_what_they_promise() -> None:
    for preset in CHAINS:
        e = read_chain(preset.formula)
        assert tuple(name for name, _ in preset.point) == e.variables
        assert set(e.variables) <= set(CHAIN_LETTERS)
        graph = graph_of(e)
        assert np.isfinite(graph.backward(dict(preset.point))).all()
        assert graph_thumbnail(preset.formula, CHAIN_LETTERS).count("<rect") == sum(graph.moving)


@pytest.mark.parametrize("kind", ["backward", "forward", "nudge"])
@pytest.mark.parametrize(
    "text",
    [
        "abcxyz" + "".join(f"+sin(x y+{n})" for n in range(1, 14)),
        "+".join(f"{{x<{n}: x^{n}, y}}" for n in range(1, 12)),
        "{x<1 and y<1 and z<1: sin(x y z), x>2 and y>2: x^2 y^2 z^2, x y z}*{a<1 and b<1: a b, a^2}",
        # Long wires: as many boxes as the page draws, or nearly, far from the letters that go into them.
        "+".join("".join(three) for three in combinations("abcxyz", 3)),
        "*".join(f"(x+{n}y)" for n in range(2, 21)),
        "+".join(f"sin({n}x)" for n in range(2, 22)),
        # The dearest of some thousand: powers that may lack a slope both ways, and one letter in many places.
        "b^2^a-b^9^b-b^4^a+a^2^b-b^7^b-b^8^a-a^7^b+a^3^b-b^4^b-a^4^b-a^8^b+b^5^a-b^8^b+b^3^a-a^4^a-a^5^b+b^2^b-b^7^a"
        "-a^3^a+a^6^a-b^3^b-a^8^a",
        "(k*u+9)^m+max(u,m)*max(u,k)+sin(u*m)-max(u,a)-sqrt(a^2+u)+{m<8: m*a, u}+{k<9: k*u, m}+ln(u+km)+mod(k,3m)"
        "-sin(u*a)+{a<8: a*k, m}+7^m-e^(k-m)+{u<6: u*k, m}-{k<m and m<u: k^5, u>5: m/u, k}+u^a",
        "cbc*aac+aba*bcc*abc*acc*aaa+bbc+aca*bbb*ccb*cca+bcb*cab*bba*cac*bab*bca+caa",
    ],
)
def test_a_large_scene_is_light(text: str, kind: str) -> None:
    e = read_chain(text)
    scene = chain_scene(e, first_point(e), True, kind, e.variables[0])
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 150_000


@pytest.mark.parametrize(
    ("text", "x", "value", "slope"),
    [
        ("{x<0: -x, x}", 1, "f = x = 1", "1"),
        ("{x<0: -x, x}", -2, "f = v₂ = 2", "-1"),
        ("{x<1: x^2, 5}", 3, "f = 5", "0"),
        ("{x<1: x^2, 2x-1}", 1, "f = v₄ = 1", "2"),
    ],
)
def test_pieces_say_which_one_is_taken(text: str, x: float, value: str, slope: str) -> None:
    scene = scene_of(text)
    steps = range(int(scene.controls[0].max) + 1)
    lines = [shown(scene.readouts[0].text, scene, step, {"x": x}) for step in steps]
    said = [shown(scene.sentence, scene, step, {"x": x}) for step in steps]
    assert value in lines
    assert lines[-1].endswith(f" = {slope}")
    assert any(one.startswith("f is its piece ") for one in said)
    assert lines[1].endswith(("holds", "does not hold"))


@pytest.mark.parametrize(
    ("text", "x", "why"),
    [
        ("{x<0: -x, x}", 0, "changes its piece here"),
        ("{x<=0: 0, x}", 0, "changes its piece here"),
        ("{x<0: -1, 1}", 0, "changes its piece here"),
        ("{x!=0: sin(x)/x, 1}", 0, "changes its piece here"),
        ("max(x, 1-x)", 0.5, "max(x, v₁) has a corner"),
        ("2|x|", 0, "|x| has a corner"),
    ],
)
@pytest.mark.parametrize("kind", ["backward", "forward"])
def test_a_seam_is_named_where_it_arises(text: str, x: float, why: str, kind: str) -> None:
    e = read_chain(text)
    scene = chain_scene(e, (("x", x),), True, kind, "x")
    said = [shown(scene.sentence, scene, step, {"x": x}) for step in range(int(scene.controls[0].max) + 1)]
    assert any(why in one and "gives no ∂" in one for one in said)
    assert "and ∂f/∂x is undefined" not in " ".join(said)  # that of |x|² is 0, though the rules do not tell


def test_the_wire_of_a_piece_that_is_not_taken_carries_no_slope() -> None:
    e = read_chain("{x>0: ln(x), x}")
    found = chain_scene(e, first_point(e)).tape.run(-1.0)
    graph = graph_of(e)
    into = {
        graph.nodes[j].operation: f"l{len(graph.nodes) - 1}_{place}"
        for place, j in enumerate(graph.nodes[-1].inputs)
    }
    assert (found[into[">"]], found[into["ln"]], found[into["letter"]]) == (0, 0, 1)


def test_a_negative_number_stands_in_brackets_only_beside_a_sign() -> None:
    templates = {
        text: next(case.text for case in scene_of(text).readouts[0].text[2:] if "too large" not in case.text)
        for text in ("|x|", "max(x, y)", "3x", "x^2", "{x<0: 1, 2}", "sin(x)", "2^x", "x^(1/3)")
    }
    assert templates["|x|"] == "f = |{v0:g4}| = {v1:g4}"
    assert "max({v0:g4}, {v1:g4})" in templates["max(x, y)"]
    assert "{v0:g4} < 0" in templates["{x<0: 1, 2}"]
    assert "3 · {v1:q4}" in templates["3x"]
    assert "{v0:q4}²" in templates["x^2"]
    assert "sin {v0:q4}" in templates["sin(x)"]
    # What is raised is drawn without its brackets.
    assert "2^({v1:g4})" in templates["2^x"]
    assert "{v0:q4}^(1/3)" in templates["x^(1/3)"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("(e^3)^x", "(e^3)^x"),
        ("(2/3)^x", "(2/3)^x"),
        ("(pi+1)x", "(π+1) · x"),
        ("x/(2pi)", "x/(2π)"),
        ("2pi/x", "2π/x"),
        ("x-(e-1)", "x − (e−1)"),
        ("x/(1/3)", "x/(1/3)"),
        ("(e-1)/x", "(e−1)/x"),
        ("2/3*x", "2/3 · x"),
        ("x*(-2)", "x · (−2)"),
        ("e^2*x", "e^2 · x"),
        ("3-x", "3 − x"),
        ("2^x", "2^x"),
        ("1.5x", "1.5 · x"),
    ],
)
def test_a_box_says_what_it_computes_where_its_constant_has_several_signs(text: str, title: str) -> None:
    boxes = scene_of(text).panels[0].graph.boxes
    assert boxes[-1].title == f"f = {title}"


@pytest.mark.parametrize(
    ("text", "point", "why"),
    [
        ("sqrt(x)", (0.0,), "√x grows steeper without bound"),
        ("arccos(x)", (-1.0,), "arccos x grows steeper without bound"),
        ("x^(2/3)", (0.0,), "x^(2/3) grows steeper without bound"),
        ("(-2)^x", (2.0,), "(−2)^x has no values for exponents beside this one"),
        ("x^x", (-2.0,), "has no values for exponents beside this one"),
        ("x^y", (-1.0, 2.0), "x^y has no values for exponents beside this one"),
    ],
)
def test_a_slope_is_missing_for_the_reason_that_is_said(
    text: str, point: tuple[float, ...], why: str
) -> None:
    e = read_chain(text)
    at = dict(zip(e.variables, point, strict=True))
    for kind in ("backward", "forward"):
        scene = chain_scene(e, first_point(e), True, kind, e.variables[-1])
        steps = range(int(scene.controls[0].max) + 1)
        assert any(why in shown(scene.sentence, scene, step, at) for step in steps)


@pytest.mark.parametrize(
    ("text", "point", "slopes"),
    [
        ("0^x", (2.0,), (0.0,)),
        ("x^y", (0.0, 2.0), (0.0, 0.0)),
        ("x^y", (0.0, 1.0), (1.0, 0.0)),
        ("x^(x+1)", (0.0,), (1.0,)),
        ("mod(x, y)", (0.0, 3.0), (np.nan, 0.0)),
    ],
)
def test_a_power_of_0_has_the_slope_that_it_has(
    text: str, point: tuple[float, ...], slopes: tuple[float, ...]
) -> None:
    """Against values beside the point: 0^2.001 = 0, and (0.001)^(1.001) is 0.00099."""
    e = read_chain(text)
    scene = chain_scene(e, first_point(e))
    found = scene.tape.run(*point)
    letters = [k for k, node in enumerate(graph_of(e).nodes) if node.letter]
    np.testing.assert_allclose([found[f"d{k}"] for k in letters], slopes)
    for k, slope in enumerate(slopes):
        beside = np.array(point) + 1e-6 * np.eye(len(point))[k]
        if np.isfinite(slope):
            assert (float(e(*beside)) - float(e(*point))) / 1e-6 == pytest.approx(slope, abs=1e-4)


def test_of_a_graph_nothing_is_said_that_goes_without_saying() -> None:
    graph = scene_of("sin(2x)").to_json()["panels"][0]["graph"]
    letter, product = graph["boxes"][0], graph["boxes"][1]
    assert letter["round"]
    assert "round" not in product
    assert (letter["since"], product["since"]) == ([0, 4], [1, 3])
    assert all(isinstance(text, str) for text in product["says"][2:])
    assert not any("when" in wire for wire in graph["wires"])
