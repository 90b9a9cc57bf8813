"""The classes tab's scene: the worked facts, where the curve is held, and that no data make a number that is none."""

import json
import math

import numpy as np
import pytest

from explorer.data import DataError, logistic
from explorer.data.classes import classes
from explorer.data.rows import Rows, read_rows
from explorer.descent import OPTIMISERS, descend
from explorer.descent.scalar import scalar_program
from explorer.descent.summed import RowTape
from explorer.expression import Tape
from explorer.figures.regression.classes import classes_scene, classes_view
from explorer.figures.regression.classes_loss import Cost, class_loss
from explorer.figures.regression.classes_words import gradient_latex
from explorer.presets import CLASS_SETS
from explorer.scene.scene import Case, Control, Handle, Scene
from tests.figures.finite import outputs_of
from tests.figures.played import said

HOURS = read_rows(CLASS_SETS[0].text)
APART = read_rows(CLASS_SETS[1].text)


@pytest.mark.parametrize("data", CLASS_SETS, ids=lambda data: data.title)
def test_every_preset_has_the_curve_that_it_says(data) -> None:  # type: ignore[no-untyped-def]
    rows = read_rows(data.text)
    scene = classes_scene(rows)
    assert scene.to_json()
    assert scene.columns is not None
    assert read_rows(scene.columns.text(rows)) == scene.columns.rows == rows
    parted = outputs_of(scene)["parted"] >= 0
    assert parted == (data.best is None)
    if data.best is not None:
        best = logistic(*zip(*rows, strict=True))
        assert (best.slope, best.intercept, best.loss) == pytest.approx(data.best, abs=1e-6)


def test_the_hours_are_as_the_notes_have_them() -> None:
    view = classes_view(HOURS)
    assert (view.start, view.rate) == ((0.0, 0.0), 0.3)
    loss = class_loss(HOURS, Cost())
    value, slopes = loss.landscape().look((1.504645, -4.077713))
    assert value * 20 == pytest.approx(8.029878, abs=1e-6)
    assert max(map(abs, slopes)) < 1e-5
    path = descend("newton", loss, (0.0, 0.0), 1.0, 30)
    assert path.points[-1] == pytest.approx([1.504645, -4.077713], abs=1e-5)


@pytest.mark.parametrize("squares", [False, True])
@pytest.mark.parametrize("shrinking", [0.0, 0.03])
def test_the_browser_walks_on_the_loss_of_which_python_speaks(squares: bool, shrinking: float) -> None:
    loss = class_loss(HOURS, Cost(squares, shrinking))
    valley = classes_scene(HOURS).descents[0].landscape
    given = (shrinking, float(squares))
    random = np.random.default_rng(2)
    for w, b in random.uniform(-9, 9, (40, 2)).tolist():
        value, slopes = loss.landscape().look((w, b))
        told = _run(valley.gradient, HOURS, w, b, *given)
        assert told == pytest.approx([value, *slopes], rel=1e-12, abs=1e-15)
        assert _run(valley.value, HOURS, w, b, *given) == pytest.approx([value], rel=1e-12)
        assert np.isfinite(_run(valley.hessian, HOURS, w, b, *given)).all()


def _run(tape: Tape, rows: Rows, *values: float) -> list[float]:
    """The means over the rows."""
    return [float(mean) for mean in RowTape(tape, rows).run(*values).values()]


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_optimiser_goes_down_and_says_how(optimiser: str) -> None:
    loss = class_loss(HOURS, Cost())
    rate = OPTIMISERS[optimiser].suggested_rate or classes_view(HOURS).rate / 4
    path = descend(optimiser, loss, (0.0, 0.0), rate, 100)
    assert path.losses[0] == pytest.approx(math.log(2))
    assert 0.401493 < path.losses[-1] < 0.65
    assert path.reason


def test_a_threshold_that_parts_leaves_no_minimum_and_shrinking_brings_one() -> None:
    scene = classes_scene(APART)
    assert outputs_of(scene)["threshold"] == 3.0
    parted = outputs_of(scene, rows=(*APART[:3], (3.6, APART[3][1]), *APART[4:]))
    assert parted["parted"] < 0
    # With the boundary between the classes, every steeper curve has less J.
    loss = class_loss(APART, Cost())
    steeper = [float(loss(np.array(w), np.array(-3.0 * w))) for w in (1.0, 2.0, 4.0, 8.0, 16.0)]
    assert steeper == sorted(steeper, reverse=True)
    with pytest.raises(DataError):
        logistic(*zip(*APART, strict=True))
    held = descend("newton", class_loss(APART, Cost(shrinking=0.01)), (0.0, 0.0), 1.0, 40)
    best = logistic([x for x, _ in APART], [y for _, y in APART], 0.01)
    assert held.points[-1] == pytest.approx([best.slope, best.intercept], rel=1e-6)
    assert held.losses[-1] == pytest.approx(best.loss, rel=1e-12)


def test_the_square_loss_is_not_convex_and_flat_far_out() -> None:
    loss = class_loss(HOURS, Cost(squares=True))
    low, middle, high = (float(loss(np.array(0.0), np.array(b))) for b in (-12.0, -6.0, 0.0))
    assert middle > (low + high) / 2, "above its own chord"
    _, slopes = loss.landscape().look((0.0, -12.0))
    assert max(map(abs, slopes)) < 1e-4
    _, slopes = loss.landscape().look((0.0, -8.0))
    assert outputs_of(classes_scene(HOURS))["flat_slope"] == pytest.approx(math.hypot(*slopes), rel=1e-9)


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


STATES = [(0.0, 0.0), (1.5, -4.0), (-2.0, 5.0), (0.01, 3.0), (3.0, 30.0), (0.3, -9.0)]


@pytest.mark.parametrize(("w", "b"), STATES)
def test_a_handle_that_is_held_still_leaves_the_curve_where_it_is(w: float, b: float) -> None:
    scene = classes_scene(HOURS)
    known = outputs_of(scene, {"w": w, "b": b})
    for name in ("w", "b"):
        at = [known[str(place)] for place in _handle(scene, name).at]
        if not 0.006 < at[1] < 0.994:
            continue  # there the curve is at an end of its heights, to which the hand is held
        led = _led(scene, name, *at, {"w": w, "b": b})
        assert (led["w"], led["b"]) == pytest.approx((w, b), abs=1e-9)


@pytest.mark.parametrize(("w", "b"), STATES[:3])
def test_the_turning_handle_stays_under_a_pointer_on_its_way_and_the_boundary_stays(
    w: float, b: float
) -> None:
    scene = classes_scene(HOURS)
    begun = outputs_of(scene, {"w": w, "b": b})
    far, pivot = outputs_of(scene)["turn_x"], begun["pivot"]
    # Up the right end, then inwards.
    for px, py in [
        (far, 0.6),
        (far, 0.75),
        ((far + pivot) / 2, 0.817574),
        (pivot + 0.5, 0.817574),
        (far, 0.3),
    ]:
        led = _led(scene, "w", px, py, {"w": w, "b": b})
        known = outputs_of(scene, led)
        assert (known["turn_x"], known["turn_y"]) == pytest.approx((px, py), abs=1e-5)
        assert led["w"] * pivot + led["b"] == pytest.approx(begun["lift"], abs=1e-9)
    moved = _led(scene, "b", 4.0, 0.7, {"w": 1.5, "b": -4.0})
    assert -moved["b"] / moved["w"] == pytest.approx(4.0)


def test_wherever_anything_is_dragged_no_number_is_lost() -> None:
    random = np.random.default_rng(3)
    scene = classes_scene(HOURS)
    moved = [control for control in scene.controls if control.name in ("w", "b", "lam")]
    for _ in range(200):
        at = {c.name: _somewhere(random, c) for c in moved}
        rows = tuple(tuple(_somewhere(random, cell) for cell in scene.columns.cells) for _ in range(20))
        found = outputs_of(scene, at, rows)
        assert all(map(math.isfinite, found.values()))
        state = found["w"], found["b"], found["lam"], 0.0
        assert np.isfinite(_run(scene.descents[0].landscape.gradient, rows, *state)).all()
        assert -1e-300 < found["held"] <= 1


def _somewhere(random: np.random.Generator, control: Control) -> float:
    inside = [] if control.values else [random.uniform(control.min, control.max), random.uniform(-9, 9)]
    return float(random.choice([*(control.values or (control.min, control.max)), *inside]))


def test_what_leaves_nothing_to_tell_apart_is_said() -> None:
    scene = classes_scene(APART)
    reason = next(readout.text for readout in scene.readouts if readout.name == "reason")
    still = {"run_fresh": 0.0}
    for label in (0.0, 1.0):
        assert f"All points belong to class {label:.0f}" in said(
            scene, reason, still, tuple((x, label) for x, _ in APART)
        )
    assert "parts the classes" in said(scene, reason, still)
    for text in ("1,1;2,1;2,0;3,0;2,0", "1,0;2,0;2,1;3,1"):
        assert said(scene, reason, still, read_rows(text)).startswith("The classes touch at x = ")
    assert "All points stand at one x" in said(
        scene, scene.sentence, still, tuple((2.0, y) for _, y in APART)
    )


@pytest.mark.parametrize(("label", "way"), [(0.0, -1.0), (1.0, 1.0)])
@pytest.mark.parametrize("squares", [False, True])
def test_of_one_class_alone_no_curve_is_the_best_whatever_holds_w(
    label: float, way: float, squares: bool
) -> None:
    """J at w = 0 falls towards 0, which no curve has, as b goes on: λw² is 0 there."""
    rows = tuple((x, label) for x in (-2.0, 0.5, 4.0))
    loss = class_loss(rows, Cost(squares, 0.3))
    falling = [float(loss(0.0, way * b)) for b in (0.0, 2.0, 5.0, 12.0)]
    assert falling == sorted(falling, reverse=True)
    assert 0 < falling[-1] < 1e-5
    scene = classes_scene(rows)
    texts = {readout.name: readout.text for readout in scene.readouts}
    state = {"run_fresh": 0.0, "lam": 0.3, "switch:squareloss": float(squares)}
    assert said(scene, texts["verdict"], state) == "No minimum"
    assert said(scene, texts["reason"], state).endswith("without end. λw² does not hold b back.")
    assert said(scene, texts["reason"], state | {"lam": 0.0}).endswith("without end.")


def test_at_one_x_the_flat_curve_is_the_best_once_w_is_held() -> None:
    rows = ((2.0, 0.0), (2.0, 1.0), (2.0, 1.0))
    flat = math.log(2)  # σ is the share of class 1
    for shrinking, squares in ((0.0, False), (0.1, False), (0.0, True), (0.1, True)):
        loss = class_loss(rows, Cost(squares, shrinking))
        tilted = float(loss(0.5, flat - 1.0)) - float(loss(0.0, flat))
        assert tilted == pytest.approx(shrinking * 0.25)
    scene = classes_scene(rows)
    verdict = next(readout.text for readout in scene.readouts if readout.name == "verdict")
    many = next(case for case in verdict if case.text == "Every slope fits as well")
    assert said(scene, (many, Case("one is")), {"lam": 0.0}) == "Every slope fits as well"
    assert said(scene, (many, Case("one is")), {"lam": 0.1}) == "one is"
    reason = next(readout.text for readout in scene.readouts if readout.name == "reason")
    assert said(scene, reason, {"lam": 0.0}).startswith(
        "With any w, the b for which σ = {ones:g4} there is the best"
    )


def test_none_is_the_best_only_where_that_is_known() -> None:
    """Far from 0 the least J may not be found in the plane of w and b, and be there."""
    far = tuple((1e7 + k, float(k % 2 == 0)) for k in range(1, 5))
    # By BFGS, of x − 10000002.5.
    assert logistic(*zip(*far, strict=True)).slope == pytest.approx(0.90818427, abs=1e-8)
    one_class, one_x = ((1.0, 0.0), (2.0, 0.0)), ((2.0, 0.0), (2.0, 1.0))
    touching = ((1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (3.0, 1.0))
    for rows, shrinking, words in (
        (far, 0.0, "none was found"),
        (APART, 0.0, "there is none"),
        (APART, 1e-3, "none was found"),
        (touching, 0.0, "there is none"),
        (one_x, 0.0, "one for every w, with σ = {ones:g4} at the points"),
        (one_class, 0.1, "there is none"),
    ):
        scene = classes_scene(rows)
        text = next(readout.text for readout in scene.readouts if readout.name == "best")
        state = {"run_resting": 0.0, "run_floor": math.nan, "lam": shrinking}
        assert said(scene, text, state) == words


@pytest.mark.parametrize("rows", [((1.0, 0.0), (2.0, 0.0)), ((1.0, 0.0), (1.0, 1.0)), ((1.0, 0.0),)])
def test_rows_with_nothing_to_tell_apart_have_a_picture_to_add_to(rows: Rows) -> None:
    with pytest.raises(DataError):
        classes(*zip(*rows, strict=True))
    scene = classes_scene(rows)
    assert scene.to_json()
    assert scene.columns.rows == rows
    (low, high) = scene.panels[0].figure.layout["xaxis"]["range"]
    assert all(low < x < high for x, _ in rows)


def test_a_point_far_out_widens_the_axis_and_leaves_the_rest() -> None:
    begun = classes_scene(HOURS)
    moved = classes_scene(HOURS, standing=((40.0, 1.0), *HOURS[1:]))
    assert moved.id == begun.id
    spans = [scene.panels[0].figure.layout["xaxis"]["range"] for scene in (begun, moved)]
    assert spans[1][0] <= spans[0][0] < spans[0][1] < 40 < spans[1][1]
    for one, other in zip(begun.controls, moved.controls, strict=True):
        assert (one.name, one.min, one.max) == (other.name, other.min, other.max)


def test_five_hundred_rows_weigh_as_little_as_ten() -> None:
    random = np.random.default_rng(7)
    rows = tuple((float(x), float(random.random() < 0.5)) for x in random.normal(0, 3, 500))
    assert len(json.dumps(classes_scene(rows).to_json())) < 150_000


@pytest.mark.parametrize(
    "text", ["0,0;1,1", "1990,0;2020,1;2000,0;1995,1", "1e-6,1;2e-6,0;3e-6,1", "-1e6,0;1e6,1;0,0;5,1"]
)
def test_a_scene_is_made_of_any_two_classes(text: str) -> None:
    scene = classes_scene(read_rows(text), 7)
    assert scene.to_json()
    assert all(control.min <= control.value <= control.max for control in scene.controls)
    assert all(map(math.isfinite, outputs_of(scene).values()))


def test_the_gradient_is_written_with_its_numbers() -> None:
    _, by_w, by_b = gradient_latex(((1.0, 0.0), (3.0, 1.0)), 0.0, 0.0, False, 0.0)
    assert by_w.endswith(
        r"\left(0.5 \cdot 1 + \left(-0.5\right) \cdot 3\right) = \frac{1}{2} \cdot \left(-1\right) = -0.5"
    )
    assert by_b.endswith(r"\frac{1}{2} \cdot 0 = 0")
    for cost in (Cost(), Cost(True), Cost(False, 0.5), Cost(True, 0.25)):
        _, slopes = class_loss(HOURS, cost).landscape().look((1.2, -3.0))
        for line, slope in zip(
            gradient_latex(HOURS, 1.2, -3.0, cost.squares, cost.shrinking)[1:], slopes, strict=True
        ):
            assert float(line.rsplit("= ", 1)[1]) == pytest.approx(slope, rel=1e-4)
