"""What is left of the points beside a line: against NumPy, for whatever data and line."""

import math

import numpy as np
import pytest

from explorer.conditions import all_hold
from explorer.data.columns import sums_over
from explorer.data.losses import Setting
from explorer.data.rows import read_rows
from explorer.figures.regression.line import regression_scene
from explorer.presets import DATA_SETS
from explorer.scene.marks import EachRow
from tests.figures.finite import outputs_of


def told(rows, m, c, at=0.0, setting=None):  # type: ignore[no-untyped-def]
    """What the tape behind the descents says, the line of the present step being (m, c)."""
    scene = regression_scene(rows, 10, setting or Setting())
    values = outputs_of(scene) | {"run_x": m, "run_y": c, "at": at}
    columns = list(np.array(rows).T)
    values |= sums_over(scene.columns.afterwards, columns, values)
    tape = scene.afterwards
    found = {name: float(v) for name, v in tape.run(*(values[name] for name in tape.variables)).items()}
    return values | found


def drawn(scene, panel, shape, found):  # type: ignore[no-untyped-def]
    """What a mark of each row has as its outputs."""
    place = next(one for one in scene.panels if one.name == panel)
    (mark,) = (one for one in place.marks if isinstance(one, EachRow) and one.shape == shape)
    known = found | dict(zip("xy", np.array(scene.columns.rows).T, strict=True))
    return mark.tape.run(*(known[name] for name in mark.tape.variables))


def test_residuals_share_of_spread_and_prediction_are_those_of_numpy() -> None:
    random = np.random.default_rng(11)
    for count in (2, 3, 10, 500):
        x, y = random.normal(5, 30, count), random.normal(-3, 200, count)
        m, c, at = random.normal(0, 8, 3)
        rows = tuple(zip(x.tolist(), y.tolist(), strict=True))
        found = told(rows, m, c, at)
        left = y - (m * x + c)
        scene = regression_scene(rows, 10)
        assert drawn(scene, "data", "segments", found)["to"] == pytest.approx(m * x + c)
        assert drawn(scene, "data", "dots", found)["y"].tolist() == y.tolist()
        scale = found["rest_scale"]
        assert scale * drawn(scene, "rest", "dots", found)["y"] == pytest.approx(left)
        assert scale * drawn(scene, "rest", "segments", found)["to"] == pytest.approx(left)
        assert np.abs(left).max() <= scale <= 2.5 * np.abs(left).max()
        assert float(f"{scale:.3g}") / 10 ** math.floor(math.log10(scale * 1.0001)) in (1, 2, 5)
        assert found["rest_square"] == pytest.approx(np.mean(left**2))
        assert found["explains"] == pytest.approx(1 - np.mean(left**2) / np.var(y))
        assert found["guess"] == pytest.approx(m * at + c)
        slope, height = np.polyfit(x, y, 1)
        assert found["best_guess"] == pytest.approx(slope * at + height, rel=1e-6)
        assert (found["beyond"] > 0) == (at > x.max() or at < x.min())


def test_eleven_bedrooms_lie_beyond_the_data() -> None:
    rows = read_rows(DATA_SETS[0].text)
    asked = next(c for c in regression_scene(rows).controls if c.name == "at")
    assert asked.value == 11.0
    found = told(rows, 100.0, 0.0, asked.value)
    assert (found["guess"], found["best_guess"], found["beyond"]) == pytest.approx((1100.0, 1100.0, 1.0))
    # Nothing is left: the plot keeps a scale, and the points lie on its middle.
    assert found["rest_scale"] == 1.0
    assert found["explains"] == 1.0
    assert told(rows, 0.0, 0.0)["explains"] == pytest.approx(1 - 385000 / 82500)


@pytest.mark.parametrize("data", DATA_SETS, ids=lambda data: data.title)
def test_the_first_question_lies_beyond_the_data_and_within_the_picture(data) -> None:  # type: ignore[no-untyped-def]
    scene = regression_scene(read_rows(data.text))
    asked = next(c for c in scene.controls if c.name == "at")
    low, high = scene.panels[0].figure.layout["xaxis"]["range"]
    assert max(x for x, _ in read_rows(data.text)) < asked.value < high
    assert asked.min < low


def test_a_prediction_reaches_beyond_the_data_by_more_than_their_width() -> None:
    scene = regression_scene(tuple((2000.0 + year, 3.0 + year / 5) for year in range(5)))
    [at] = [control for control in scene.controls if control.name == "at"]
    assert at.min <= 1990
    assert at.max >= 2014


@pytest.mark.parametrize("scale", ["standard", "normal"])
def test_residuals_are_in_the_units_of_the_data_however_x_is_counted(scale: str) -> None:
    rows = read_rows(DATA_SETS[2].text)
    setting = Setting("absolute", scale)
    found = told(rows, 40.0, 150.0, 15.0, setting)
    x, y = np.array(rows).T
    u = (x - x.mean()) / x.std() if scale == "standard" else (x - x.min()) / np.ptp(x)
    left = y - (40 * u + 150)
    scene = regression_scene(rows, 10, setting)
    assert found["rest_scale"] * drawn(scene, "rest", "dots", found)["y"] == pytest.approx(left)
    assert "best_guess" not in found


def test_level_data_have_no_spread_to_explain() -> None:
    assert not math.isfinite(told(((0.0, 5.0), (1.0, 5.0)), 1.0, 0.0)["explains"])


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("1000000,3;1000001,4;1000002,7", 10, 4),
        ("1,1000000;2,1000001;3,1000004", 5, 4),
        ("1,2;3,4", 5, 4),
    ],
)
def test_a_place_far_from_0_has_the_digits_that_tell_it_from_its_neighbours(
    text: str, place: int, value: int
) -> None:
    scene = regression_scene(read_rows(text), 10)
    (guess,) = (one for one in scene.readouts if one.name == "guess")
    words = " ".join(case.text for case in guess.text)
    assert f"{{guess:g{value}}}" in words
    assert f"{{at:g{place}}}" in words


@pytest.mark.parametrize(("text", "speaks"), [("5,1;5,2;5,9", False), ("1,2", False), ("5,1;6,2", True)])
def test_a_best_line_that_is_not_there_says_nothing(text: str, speaks: bool) -> None:
    scene = regression_scene(read_rows(text), 10)
    (outside,) = (one for one in scene.readouts if one.name == "outside")
    found = told(read_rows(text), 0.0, 0.0, 5.0) | {"switch:predict": 1.0}
    words = next(case.text for case in outside.text if all_hold(case.when, found.__getitem__, lambda _: 0.0))
    assert words
    assert ("The best line says" in words) == speaks
