"""The scene as it travels: strict JSON, arrays that survive, names that the browser expects."""

import base64
import json
import math
from dataclasses import dataclass, fields

import numpy as np
import pytest

from explorer.scene import marks, scene
from explorer.scene.wire import single, to_wire, typed_array
from tests.browser.stage_scenes import limit_scene, slope_scene


@pytest.mark.parametrize("build", [slope_scene, limit_scene])
def test_a_scene_is_strict_json_of_moderate_size(build: object) -> None:
    plain = build().to_json()  # type: ignore[operator]
    text = json.dumps(plain, allow_nan=False)
    assert len(text) < 150_000
    assert json.loads(text) == plain


def test_names_are_those_that_the_browser_reads() -> None:
    plain = slope_scene().to_json()
    [control] = plain["controls"]
    assert control["handle"]["moves"] == {"x": "x0"}
    assert control["handle"]["axes"] == ["x", "y"]
    assert "toggle" not in control, "what is as usual is not said"
    kinds = [mark.get("type", "ghost") for mark in plain["panels"][0]["marks"]]
    assert kinds[:2] == ["segment", "line"]
    assert plain["panels"][0]["marks"][0]["from"] == ["x0", 0.0]
    assert plain["sentence"][0] == {
        "text": "Flat: the slope is exactly zero at this maximum.",
        "when": [["x0", -1]],
    }
    assert plain["tape"]["variables"] == ["x0"]
    assert plain["tape"]["outputs"].keys() >= {"y", "slope"}
    assert plain["palette"]["dark"]["paper"] == "#0E1117"


def test_every_quantity_of_the_hand_made_scenes_exists() -> None:
    for built in (slope_scene(), limit_scene()):
        known = {control.name for control in built.controls} | {name for name, _ in built.tape.outputs}
        for panel in built.panels:
            for mark in panel.marks:
                for field in fields(mark):
                    if field.name in {"at", "from_", "to", "through", "x", "y", "slope"}:
                        value = getattr(mark, field.name)
                        names = value if isinstance(value, tuple) else (value,)
                        assert {q for q in names if isinstance(q, str)} <= known


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_numbers_that_json_lacks_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        slope_scene(url={"f": bad}).to_json()


def test_what_has_no_place_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no place"):
        to_wire({"a": {1, 2}})


@pytest.mark.parametrize(
    ("array", "dtype"),
    [
        (np.array([1.0, np.nan, -2.5]), "<f8"),
        (np.array([1.0, 2.0], dtype=np.float32), "<f4"),
        (np.arange(4), "<i4"),
        (np.array([-3, 32_000], dtype=np.int16), "<i2"),
        (np.array([True, False]), "<u1"),
        (np.array([0, 255], dtype=np.uint8), "<u1"),
    ],
)
def test_arrays_survive_as_typed_arrays(array: np.ndarray, dtype: str) -> None:
    sent = typed_array(array)
    back = np.frombuffer(base64.b64decode(sent["bdata"]), dtype=dtype)
    assert sent["dtype"] == dtype[1:]
    np.testing.assert_array_equal(back, array.astype(dtype))


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32, np.int8, np.float16, np.complex128])
def test_an_array_that_would_be_cut_is_refused(dtype: type) -> None:
    with pytest.raises(TypeError, match="has no place in a scene"):
        typed_array(np.zeros(2, dtype=dtype))


def test_an_integer_that_would_be_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="four bytes"):
        typed_array(np.array([2**31]))


@pytest.mark.parametrize("scale", [1e-300, 1e-30, 1.0, 1e30, 1e300])
def test_half_the_weight_neither_flattens_nor_overflows(scale: float) -> None:
    sent = single(scale * np.array([1.0, 2.0, np.nan, 3.0]))
    assert sent[[0, 1, 3]] / sent[0] == pytest.approx([1, 2, 3])


def test_a_grid_tells_its_shape() -> None:
    assert typed_array(np.zeros((3, 5)))["shape"] == "3, 5"


def test_trailing_underscores_and_types_of_dataclasses() -> None:
    arrow = marks.Arrow(from_=(0.0, 1.0), to=("x0", "y"), hollow=True)
    wire = to_wire(arrow)
    assert wire["type"] == "arrow"
    assert wire["from"] == [0.0, 1.0]
    assert wire["hollow"] is True

    @dataclass(frozen=True)
    class Pair:
        left: float
        right: tuple[int, ...]

    assert to_wire(Pair(0.5, (1, 2))) == {"left": 0.5, "right": [1, 2]}


def test_the_still_picture_has_real_colours() -> None:
    for dark, line in ((False, "#0072B2"), (True, "#56B4E9")):
        figure = scene.still_figure(slope_scene(), dark=dark)
        assert figure.data[0].line.color == line
        assert len(figure.data) == 3
        assert "$" not in figure.layout.to_plotly_json().__repr__()
