"""The tab of two features: what the line says of a point, how it is held, and that no number is lost."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data import DataError
from explorer.data.features import logistic_plane
from explorer.data.labels import read_labelled
from explorer.descent.scalar import scalar_program
from explorer.figures.regression.features import Standing, features_scene, frame_of
from explorer.figures.regression.features_words import gradient_latex
from explorer.presets import FEATURE_SETS
from explorer.scene.marks import EachRow
from explorer.scene.scene import Handle, Scene
from tests.figures.finite import outputs_of
from tests.figures.played import said

STUDY = read_labelled(FEATURE_SETS[0].text, 2).rows
APART = read_labelled(FEATURE_SETS[1].text, 2).rows
UNEQUAL = read_labelled(FEATURE_SETS[4].text, 2).rows


@pytest.mark.parametrize("data", FEATURE_SETS, ids=lambda data: data.title)
def test_every_preset_makes_a_scene_whose_link_holds_its_rows(data) -> None:  # type: ignore[no-untyped-def]
    rows = read_labelled(data.text, 2).rows
    scene = features_scene(rows)
    assert scene.to_json()
    assert scene.columns is not None
    assert read_labelled(scene.columns.text(rows), 2).rows == scene.columns.rows == rows


def test_j_distances_and_chance_are_those_of_closed_forms() -> None:
    scene = features_scene(STUDY)
    random = np.random.default_rng(4)
    for w1, w2, w0, lam in random.uniform((-3, -3, -9, 0), (3, 3, 9, 1), (40, 4)).tolist():
        found = outputs_of(scene, {"w1": w1, "w2": w2, "w0": w0, "lam": lam})
        x, y, k = map(np.array, zip(*STUDY, strict=True))
        z, norm = w1 * x + w2 * y + w0, math.hypot(w1, w2)
        loss = np.mean(np.logaddexp(0, (1 - 2 * k) * z)) + lam * norm**2
        assert found["loss"] == pytest.approx(float(loss), rel=1e-12)
        assert found["wrong"] == np.sum(z * (2 * k - 1) < 0)
        steps, numbers = (_marked(scene, shape, found) for shape in ("segments", "numbers"))
        for row, far in enumerate(z / norm):
            assert numbers["to"][row] == pytest.approx(float(far), rel=1e-12)
            foot = steps["across"][row], steps["to"][row]
            assert w1 * foot[0] + w2 * foot[1] + w0 == pytest.approx(0, abs=1e-9)
            assert math.dist(foot, STUDY[row][:2]) == pytest.approx(abs(float(far)), rel=1e-9)
        rings = [_marked(scene, "rings", found, role)["x"] for role in ("ink", "f")]
        assert np.sum(np.isfinite(rings[0])) == found["wrong"]
        assert [math.isfinite(one) for one in rings[1]] == [label == 0 for label in k]
        here = w1 * found["p1"] + w2 * found["p2"] + w0
        assert found["chance"] == pytest.approx(1 / (1 + math.exp(-here)), rel=1e-12)
        assert found["ask_away"] == pytest.approx(here / norm, rel=1e-12)


def _marked(scene: Scene, shape: str, known: dict[str, float], role: str = "") -> dict[str, np.ndarray]:
    """What a mark of each row is made of."""
    mark = next(
        one
        for one in scene.panels[0].marks
        if isinstance(one, EachRow) and one.shape == shape and role in ("", one.role)
    )
    columns = dict(zip("xyk", np.array(scene.columns.rows).T, strict=True))
    return mark.tape.run(*((columns | known)[name] for name in mark.tape.variables))


def _handle(scene: Scene, name: str) -> Handle:
    handle = next(control.handle for control in scene.controls if control.name == name)
    assert handle is not None
    return handle


def _led(scene: Scene, name: str, px: float, py: float, state: dict[str, float]) -> dict[str, float]:
    """What the pointer makes of the controls, grabbed in a state."""
    by = _handle(scene, name).by
    assert by is not None
    known = outputs_of(scene, state)
    registers = scalar_program(by)([px, py, *(known[one] for one in by.variables[2:])])
    return state | {output: registers[register] for output, register in by.outputs}


@pytest.mark.parametrize("rows", [STUDY, UNEQUAL], ids=["alike", "unequal"])
@pytest.mark.parametrize("turn", range(8))
def test_the_line_is_moved_turned_and_made_steeper_under_the_hand(rows, turn: int) -> None:  # type: ignore[no-untyped-def]
    scene, frame = features_scene(rows), frame_of(rows)
    (a, e), (g, h) = frame.centre, frame.halves
    angle = turn * math.pi / 4 + 0.1
    w1, w2 = 4 * math.cos(angle) / g, 4 * math.sin(angle) / h
    state = {"w1": w1, "w2": w2, "w0": -(w1 * a + w2 * e) + 0.7}
    for name in ("w0", "w1", "w2"):
        at = [outputs_of(scene, state)[str(place)] for place in _handle(scene, name).at]
        led = _led(scene, name, *at, state)
        assert led == pytest.approx(state, rel=1e-9), "held still, it stays"
    # Moved: it goes through the pointer, in the same direction.
    place = a + 0.3 * g, e - 0.2 * h
    led = _led(scene, "w0", *place, state)
    assert (led["w1"], led["w2"]) == (w1, w2)
    assert w1 * place[0] + w2 * place[1] + led["w0"] == pytest.approx(0, abs=1e-9)
    # Turned: the line goes through the pointer and through where it was held, as steep as before.
    before, led = outputs_of(scene, state), _led(scene, "w1", *place, state)
    after = outputs_of(scene, led)
    for point in (place, (before["grip_x"], before["grip_y"])):
        assert led["w1"] * point[0] + led["w2"] * point[1] + led["w0"] == pytest.approx(0, abs=1e-9)
    assert after["steep"] == pytest.approx(before["steep"], rel=1e-9)
    # The tip pulled in to half its way: twice as steep, the same line.
    half = [(before[f"grip_{one}"] + before[f"tip_{one}"]) / 2 for one in "xy"]
    led = _led(scene, "w2", *half, state)
    assert [led[name] for name in ("w1", "w2", "w0")] == pytest.approx(
        [2 * state[name] for name in ("w1", "w2", "w0")], rel=1e-9
    )


@given(
    st.tuples(*[st.one_of(st.just(0.0), st.floats(-1, 1))] * 3),
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=20, max_size=20),
)
def test_wherever_anything_is_dragged_no_number_is_lost(weights, places) -> None:  # type: ignore[no-untyped-def]
    scene = features_scene(STUDY)
    limits = {control.name: control.max for control in scene.controls}
    state = {name: share * limits[name] for name, share in zip(("w1", "w2", "w0"), weights, strict=True)}
    reach = [cell.max for cell in scene.columns.cells]
    rows = tuple(
        (first * reach[0], second * reach[1], label)
        for (first, second), (*_, label) in zip(places, STUDY, strict=True)
    )
    found = outputs_of(scene, state, rows)
    always = ("loss", "wrong", "guess", "chance", "norm")
    assert all(math.isfinite(found[name]) for name in always)
    if found["norm"] > 1e-100:
        assert all(map(math.isfinite, found.values()))


def test_the_sentence_says_what_there_is() -> None:
    scene = features_scene(STUDY)
    assert said(scene, scene.sentence, {}).startswith("Filled points are class 1.")
    assert said(scene, scene.sentence, {"w1": 0.0, "w2": 0.0}).startswith("w = 0: there is no line")
    best = logistic_plane(STUDY)
    there = {"w1": best.w1, "w2": best.w2, "w0": best.w0}
    assert "on the wrong side. w stands upright" in said(scene, scene.sentence, there)
    parted = features_scene(((1, 2, 0), (2, 1, 0), (0.5, 0.5, 0), (3, 3, 1), (4, 2.5, 1), (2.8, 4, 1)))
    assert said(parted, parted.sentence, {}).startswith(
        "Filled points are class 1. Every point is on its side."
    )
    apart = features_scene(APART)
    held = logistic_plane(APART, 0.01)
    there = {"w1": held.w1, "w2": held.w2, "w0": held.w0}
    slanted = features_scene(UNEQUAL)
    assert "do not look right" in said(slanted, slanted.sentence, {"w2": 1e-5})
    assert "without end" in said(apart, apart.sentence, there)
    assert "λ‖w‖² is what stops" in said(apart, apart.sentence, there | {"lam": 0.01})


def test_a_point_on_the_line_is_on_neither_side() -> None:
    both = ((0.0, 0.0, 0.0), (1.0, 1.0, 0.0), (1.0, 1.0, 1.0), (2.0, 2.0, 1.0))
    one = ((1.0, 0.0, 0.0), (2.0, 0.0, 0.0), (3.0, 4.0, 1.0), (5.0, 4.0, 1.0))
    third = ((0.0, 0.0, 0.0), (0.1, 0.1, 0.0), (0.3, 0.3, 1.0), (1.0, 1.0, 1.0))
    for rows, weights, says in (
        (both, (1.0, 1.0, -2.0), "but {on_line:r3} of {count:r3} lie on the line itself"),
        (one, (1.0, 0.2, -2.0), "but 1 of {count:r3} lies on the line itself"),
        (third, (1.0, 2.0, -0.30000000000000004), "but 1 of {count:r3} lies on the line itself"),
    ):
        scene = features_scene(rows)
        there = dict(zip(("w1", "w2", "w0"), weights, strict=True))
        assert says in said(scene, scene.sentence, there)
        assert "is on its side" not in said(scene, scene.sentence, there)
        wrong = next(readout for readout in scene.readouts if readout.name == "wrong")
        assert said(scene, wrong.text, there).endswith(" on the line")


def test_the_best_line_is_that_of_the_points_as_they_were_let_go() -> None:
    scene = features_scene(APART)
    best = next(readout for readout in scene.readouts if readout.name == "best")
    assert said(scene, best.text, {}).startswith("A line parts the classes")
    assert said(scene, best.text, {}, ((1.25, *APART[0][1:]), *APART[1:])) == "follows when you let go"
    moved = features_scene(APART, Standing(APART, 0.01))
    assert moved.id == scene.id
    best = next(readout for readout in moved.readouts if readout.name == "best")
    assert said(moved, best.text, {"lam": 0.01}).startswith("w = (1.8674, 1.2317)")


@pytest.mark.parametrize(
    "text",
    ["0,0,0;1,1,1", "1990,1e6,0;2020,2e6,1;2000,1e6,1", "1e-6,1,1;2e-6,2,0;3e-6,0,1"],
)
def test_a_scene_is_made_of_any_two_classes(text: str) -> None:
    rows = tuple(tuple(float(cell) for cell in row.split(",")) for row in text.split(";"))
    scene = features_scene(rows)  # type: ignore[arg-type]
    assert scene.to_json()
    assert all(control.min <= control.value <= control.max for control in scene.controls)
    assert all(map(math.isfinite, outputs_of(scene).values()))


def test_the_gradient_is_written_with_its_numbers() -> None:
    few = ((1.0, 2.0, 0.0), (3.0, 4.0, 1.0))
    _, first, second, height = gradient_latex(few, (0.0, 0.0, 0.0), 0.0)
    assert first.endswith(
        r"\left(0.5 \cdot 1 + \left(-0.5\right) \cdot 3\right) = \frac{1}{2} \cdot \left(-1\right) = -0.5"
    )
    assert second.endswith(r"= \frac{1}{2} \cdot \left(-1\right) = -0.5")
    assert height.endswith(r"\frac{1}{2} \cdot 0 = 0")
    scene, w = features_scene(STUDY), (1.2, -0.5, 0.3)
    for k, name in enumerate(("w1", "w2", "w0")):
        for shrinking in (0.0, 0.25):
            at = dict(zip(("w1", "w2", "w0"), w, strict=True)) | {"lam": shrinking}
            up, down = (outputs_of(scene, at | {name: w[k] + h})["loss"] for h in (1e-6, -1e-6))
            line = gradient_latex(STUDY, w, shrinking)[k + 1]
            assert float(line.rsplit("= ", 1)[1]) == pytest.approx((up - down) / 2e-6, rel=1e-4)


@pytest.mark.parametrize(
    "rows", [((1.0, 2.0, 0.0),), ((1.0, 2.0, 1.0), (1.0, 3.0, 1.0)), ((1.0, 2.0, 0.0), (1.0, 3.0, 1.0))]
)
def test_rows_with_nothing_to_tell_apart_have_a_picture_to_add_to(rows) -> None:  # type: ignore[no-untyped-def]
    scene = features_scene(rows)
    assert scene.to_json()
    assert scene.columns.rows == rows
    if len({label for *_, label in rows}) == 1:
        assert "nothing to tell apart" in said(scene, scene.sentence, {})


def test_a_point_far_out_widens_the_picture_and_leaves_the_reach_of_the_line() -> None:
    begun, moved = features_scene(STUDY), features_scene(STUDY, Standing(((50.0, 2.0, 1.0), *STUDY[1:])))
    assert moved.id == begun.id
    assert moved.panels[0].figure.layout["xaxis"]["range"][1] > 50
    for one, other in zip(begun.controls, moved.controls, strict=True):
        assert (one.name, one.min, one.max, one.value) == (other.name, other.min, other.max, other.value)


def test_five_hundred_rows_weigh_little() -> None:
    random = np.random.default_rng(7)
    rows = tuple((float(x), float(y), float(random.random() < 0.5)) for x, y in random.normal(0, 3, (500, 2)))
    assert len(json.dumps(features_scene(rows).to_json())) < 150_000


def test_what_has_no_picture_is_refused_with_a_sentence() -> None:
    for far in (1e300, 1e-300):
        with pytest.raises(DataError, match="too far apart, or too close together"):
            features_scene(((0.0, 1.0, 0.0), (far, 2.0, 1.0)))


def test_the_best_plane_of_points_far_away_is_written_as_every_number_is() -> None:
    near = ((1.0, 5.0, 0.0), (2.0, 6.0, 1.0), (3.0, 4.0, 0.0), (4.0, 7.0, 1.0), (2.0, 4.0, 1.0))
    scene = features_scene(tuple((1e7 * x, y, k) for x, y, k in near))
    best = next(readout.text for readout in scene.readouts if readout.name == "best")
    # By BFGS: w₁ = 0.6480175 for x as in `near`.
    assert said(scene, best, {}) == "w = (6.4802·10⁻⁸, 1.1392), w₀ = −6.6415, J = 0.51337"
