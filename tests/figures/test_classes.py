"""The classes tab's scene: the worked facts, where the curve is held, and that no data make a number that is none."""

import math

import numpy as np
import pytest

from explorer.data import DataError
from explorer.data.classes import logistic
from explorer.data.rows import Rows, read_rows
from explorer.descent import OPTIMISERS, descend
from explorer.descent.scalar import scalar_program
from explorer.expression.tape import Tape
from explorer.figures.classes import classes_scene, classes_view
from explorer.figures.classes_loss import Cost, class_loss
from explorer.figures.classes_words import gradient_latex
from explorer.figures.scene import Handle, Scene
from explorer.presets import CLASS_SETS
from tests.figures.finite import outputs_of
from tests.figures.played import said

HOURS = read_rows(CLASS_SETS[0].text)
APART = read_rows(CLASS_SETS[1].text)


@pytest.mark.parametrize("data", CLASS_SETS, ids=lambda data: data.title)
def test_every_preset_has_the_curve_that_it_says(data) -> None:  # type: ignore[no-untyped-def]
    rows = read_rows(data.text)
    scene = classes_scene(rows)
    assert scene.to_json()
    assert scene.rows is not None
    assert read_rows(scene.rows.text(outputs_of(scene))) == rows
    parted = outputs_of(scene)["parted"] >= 0
    assert parted == (data.best is None)
    if data.best is not None:
        best = logistic(*zip(*rows, strict=True))
        assert (best.slope, best.intercept, best.loss) == pytest.approx(data.best, abs=1e-6)


def test_the_hours_are_as_the_notes_have_them() -> None:
    view = classes_view(HOURS)
    assert (view.start, view.rate) == ((0.0, 0.0), 0.3)
    loss = class_loss(HOURS, Cost())
    value, slopes = loss.value_and_gradient(np.array(1.504645), np.array(-4.077713))
    assert float(value) * 20 == pytest.approx(8.029878, abs=1e-6)
    assert max(abs(float(slope)) for slope in slopes) < 1e-5
    path = descend("newton", loss, (0.0, 0.0), 1.0, 30)
    assert path.points[-1] == pytest.approx([1.504645, -4.077713], abs=1e-5)


@pytest.mark.parametrize("squares", [False, True])
@pytest.mark.parametrize("shrinking", [0.0, 0.03])
def test_the_browser_walks_on_the_loss_of_which_python_speaks(squares: bool, shrinking: float) -> None:
    loss = class_loss(HOURS, Cost(squares, shrinking))
    valley = classes_scene(HOURS).descents[0].landscape
    given = [shrinking, float(squares), *(value for row in HOURS for value in row)]
    random = np.random.default_rng(2)
    for w, b in random.uniform(-9, 9, (40, 2)).tolist():
        value, slopes = loss.value_and_gradient(np.array(w), np.array(b))
        told = _run(valley.gradient, w, b, *given)
        assert told == pytest.approx([float(value), *map(float, slopes)], rel=1e-12, abs=1e-15)
        assert _run(valley.value, w, b, *given) == pytest.approx([float(value)], rel=1e-12)
        assert np.isfinite(_run(valley.hessian, w, b, *given)).all()


def _run(tape: Tape, *values: float) -> list[float]:
    registers = scalar_program(tape)(values)
    return [registers[register] for _, register in tape.outputs]


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
    parted = outputs_of(scene, {"x4": 3.6})
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
    _, slopes = loss.value_and_gradient(np.array(0.0), np.array(-12.0))
    assert max(abs(float(slope)) for slope in slopes) < 1e-4
    _, slopes = loss.value_and_gradient(np.array(0.0), np.array(-8.0))
    assert outputs_of(classes_scene(HOURS))["flat_slope"] == pytest.approx(
        math.hypot(*map(float, slopes)), rel=1e-9
    )


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
    moved = [
        c for c in scene.controls if c.name in ("w", "b", "lam") or c.label.startswith(("x of", "class of"))
    ]
    for _ in range(200):
        at = {c.name: _somewhere(random, c.values or (c.min, c.max), bool(c.values)) for c in moved}
        found = outputs_of(scene, at)
        assert all(map(math.isfinite, found.values()))
        rows = tuple((found[f"x{k}"], found[f"y{k}"]) for k in range(1, 21))
        values = [found["lam"], 0.0, *(value for row in rows for value in row)]
        assert np.isfinite(_run(scene.descents[0].landscape.gradient, found["w"], found["b"], *values)).all()
        assert -1e-300 < found["held"] <= 1


def _somewhere(random: np.random.Generator, values: tuple[float, ...], only: bool) -> float:
    inside = [] if only else [random.uniform(values[0], values[-1])]
    return float(random.choice([*values, *inside]))


def test_what_leaves_nothing_to_tell_apart_is_said() -> None:
    scene = classes_scene(APART)
    reason = next(readout.text for readout in scene.readouts if readout.name == "reason")
    still = {"run_fresh": 0.0}
    names = [control.name for control in scene.controls if control.label.startswith("class of")]
    assert "All points belong to class 0" in said(scene, reason, dict.fromkeys(names, 0.0) | still)
    assert "All points belong to class 1" in said(scene, reason, dict.fromkeys(names, 1.0) | still)
    assert "parts the classes" in said(scene, reason, still)
    columns = [control.name for control in scene.controls if control.label.startswith("x of")]
    assert "All points stand at one x" in said(scene, scene.sentence, dict.fromkeys(columns, 2.0) | still)


@pytest.mark.parametrize("rows", [((1.0, 0.0), (2.0, 0.0)), ((1.0, 0.0), (1.0, 1.0)), ((1.0, 0.0),)])
def test_rows_with_nothing_to_tell_apart_are_refused_with_a_sentence(rows: Rows) -> None:
    with pytest.raises(DataError):
        classes_scene(rows)


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
        _, slopes = class_loss(HOURS, cost).value_and_gradient(np.array(1.2), np.array(-3.0))
        for line, slope in zip(
            gradient_latex(HOURS, 1.2, -3.0, cost.squares, cost.shrinking)[1:], slopes, strict=True
        ):
            assert float(line.rsplit("= ", 1)[1]) == pytest.approx(float(slope), rel=1e-4)
