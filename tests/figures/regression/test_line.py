"""The regression page's scene: the worked facts, and that no data make a number that is none."""

import json
import math
import re

import numpy as np
import pytest

from explorer.data import DataError, least_squares
from explorer.data.losses import LOSSES, SCALES, Setting, best_line
from explorer.data.rows import MOST_ROWS, as_sent, read_rows
from explorer.descent import Summed, descend
from explorer.expression import parse
from explorer.figures.regression.classes import classes_scene
from explorer.figures.regression.features import features_scene
from explorer.figures.regression.line import regression_scene
from explorer.figures.regression.view import given_of, loss_of, regression_view
from explorer.figures.regression.words import gradient_latex
from explorer.presets import DATA_SETS
from tests.figures.finite import outputs_of

BEDROOMS = read_rows(DATA_SETS[0].text)


@pytest.mark.parametrize("data", DATA_SETS, ids=lambda data: data.title)
def test_every_preset_has_the_line_that_it_says(data) -> None:  # type: ignore[no-untyped-def]
    rows = read_rows(data.text)
    line = least_squares(*zip(*rows, strict=True))
    assert (line.slope, line.intercept) == pytest.approx((data.slope, data.intercept), abs=1e-4)
    assert line.loss == pytest.approx(data.loss, rel=2e-3)
    assert regression_scene(rows).to_json()
    assert read_rows(regression_scene(rows).columns.text(rows)) == regression_scene(rows).columns.rows == rows


@pytest.mark.parametrize("scale", SCALES)
def test_the_most_rows_that_are_taken_are_still_a_scene_of_moderate_size(scale: str) -> None:
    x, noise = np.random.default_rng(3).normal(40, 9, (2, MOST_ROWS))
    rows = as_sent(tuple(zip(x.tolist(), (3 * x + noise).tolist(), strict=True)))
    scene = regression_scene(rows, setting=Setting("square", scale))
    assert scene.columns.rows == rows
    # Of the 150,000 bytes that a scene may have some are kept for what is still to be said.
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 147_000


def test_the_bedrooms_are_as_the_notes_have_them() -> None:
    view = regression_view(BEDROOMS)
    assert (view.start, view.rate) == ((0.0, 0.0), 0.01)
    assert view.curvatures[0] == pytest.approx((0.419954, 78.580046), abs=1e-6)
    loss = loss_of(BEDROOMS)
    value, slopes = loss.value_and_gradient(np.array(0.0), np.array(0.0))
    assert (float(value), *map(float, slopes)) == (385000.0, -7700.0, -1100.0)
    ends = {0.001: 39.0576, 0.01: 18.2945, 0.02: 7.85671, 0.02445: 5.41663, 0.025: 284.37, 0.026: 1.77e9}
    for rate, end in ends.items():
        path = descend("gd", loss, (0.0, 0.0), rate, 100)
        assert path.losses[100] == pytest.approx(end, rel=3e-3 if rate == 0.026 else 1e-5)


def test_a_point_that_is_dragged_changes_the_fit_and_not_the_scene() -> None:
    scene = regression_scene(BEDROOMS)
    moved = outputs_of(scene, rows=(*BEDROOMS[:9], (10.0, 10000.0)))
    assert moved["m_best"] == pytest.approx(590.9091, abs=1e-4)
    assert moved["c_best"] == pytest.approx(-1800)
    assert moved["j_best"] == pytest.approx(5301818.18, abs=0.01)
    assert scene.id == regression_scene(BEDROOMS).id


def test_x_that_no_computer_tells_apart_have_no_line() -> None:
    for rows in (((1e-300, 1.0), (2e-300, 2.0)), ((1.0, 1.0), (1.0 + 2.0**-52, 2.0))):
        with pytest.raises(DataError, match="too close together"):
            regression_scene(rows)


def test_wherever_the_points_are_dragged_the_fit_is_a_number_or_none_at_all() -> None:
    random = np.random.default_rng(1)
    scene = regression_scene(BEDROOMS)
    for _ in range(200):
        wide = float(random.choice([1.0, 1000.0, scene.columns.cells[0].max]))
        places = random.uniform(-wide, wide, (10, 2))
        places = np.where(random.random((10, 2)) < 0.3, random.choice([-wide, wide]), places)
        found = outputs_of(scene, rows=tuple(map(tuple, places.tolist())))
        assert math.isfinite(found["j_best"])
        assert found["j_best"] >= 0
    above = outputs_of(scene, rows=tuple((4.0, y) for _, y in BEDROOMS))
    assert all(math.isnan(above[name]) for name in ("slope_best", "height_best", "explained"))
    assert above["j_best"] == pytest.approx(np.var([y for _, y in BEDROOMS]))


@pytest.mark.parametrize("text", ["1,2", "3,1;3,2;3,9", "-5,0"])
@pytest.mark.parametrize("loss", LOSSES)
def test_rows_without_a_line_have_a_scene_that_says_so(text: str, loss: str) -> None:
    scene = regression_scene(read_rows(text), 10, Setting(loss))
    assert scene.to_json()
    assert scene.columns.rows == read_rows(text)
    assert math.isnan(outputs_of(scene)["slope_best"])
    with pytest.raises(DataError):
        regression_view(read_rows(text))


@pytest.mark.parametrize(
    "text", ["0,0;1,0", "1,5;2,5;3,5", "-4,2;-3,1", "1990,1e8;2020,2e8", "1e-6,1;2e-6,3"]
)
def test_a_scene_is_made_of_any_data_that_have_a_line(text: str) -> None:
    scene = regression_scene(read_rows(text), 7)
    assert scene.to_json()
    assert all(control.min <= control.value <= control.max for control in scene.controls)


def test_what_is_held_at_an_end_of_its_control_makes_no_long_link() -> None:
    rows = ((-1.0, 1.0, 0.0), (1.0, 1.0, 0.0), (-1.0, -1.0, 1.0), (1.0, -1.3, 1.0))
    scenes = (
        regression_scene(tuple((x, y) for x, y, _ in rows)),
        classes_scene(tuple((x, k) for x, _, k in rows)),
        features_scene(rows),
    )
    names = {"m", "c", "at", "w", "b", "w1", "w2", "w0", "p1", "p2"}
    ends = [end for one in scenes for c in one.controls if c.name in names for end in (c.min, c.max)]
    assert len(ends) == 20
    assert [end for end in ends if float(f"{end:.12g}") != end] == []


def test_the_gradient_is_written_with_its_numbers() -> None:
    by_m, by_c = gradient_latex(((1.0, 2.0), (2.0, -3.0)), 1.0, 0.5)
    terms = r"\left(0.5 \cdot 1 + \left(-5.5\right) \cdot 2\right)"
    assert by_m.endswith(rf"-\frac{{2}}{{2}} {terms} = -\frac{{2}}{{2}} \cdot \left(-10.5\right) = 10.5")
    assert by_c.endswith(r"-\frac{2}{2} \cdot \left(-5\right) = 5")
    assert r"\left(" not in gradient_latex(BEDROOMS, 0.0, 0.0)[0]
    assert gradient_latex(BEDROOMS, 0.0, 0.0)[0].endswith("= -7700")


def test_a_standardised_x_makes_the_valley_round() -> None:
    setting = Setting(scale="standard")
    view = regression_view(BEDROOMS, 100, setting)
    assert view.curvatures[0] == pytest.approx((2, 2))
    path = descend("gd", loss_of(BEDROOMS, ("m", "c"), setting), (0.0, 0.0), 0.5, 1)
    assert path.points[1].tolist() == pytest.approx([287.2281, 550], abs=1e-4)
    found = outputs_of(regression_scene(BEDROOMS, 100, setting), {"m": 287.2281323269014, "c": 550.0})
    assert found["start_slope"] == pytest.approx(100)
    assert (found["slope_best"], found["height_best"]) == pytest.approx((100, 0), abs=1e-9)
    # The line is held where it stands in the data: at x = 0, and at the other end.
    assert found["held"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("scale", SCALES)
def test_the_gradient_that_is_written_is_the_one_that_is_walked(loss: str, scale: str) -> None:
    setting, delta, at = Setting(loss, scale), 70.0, (3.25, -20.5)
    rows = read_rows(DATA_SETS[2].text)
    given = given_of(rows, scale)
    counted = tuple(((x - given["x_shift"]) / given["x_width"], y) for x, y in rows)
    written = gradient_latex(counted, *at, setting, delta)
    walked = descend("gd", loss_of(rows, ("m", "c"), setting, delta), at, 1e-3, 0).gradients[0]
    for line, slope in zip(written, walked.tolist(), strict=True):
        told = line.rpartition("= ")[2].replace(r" \cdot 10^{", "e").rstrip("}")
        assert float(told) == pytest.approx(slope, rel=1e-4)
    assert regression_scene(rows, 10, setting, (rows, delta)).to_json()


def test_a_mean_over_rows_of_squares_is_the_paraboloid() -> None:
    summed = Summed(parse("(v - (x u + y))^2", ("x", "y", "u", "v")), BEDROOMS)
    mean, closed = summed.landscape(), loss_of(BEDROOMS, ("x", "y"))
    places = np.random.default_rng(3).normal(0, 200, (2, 30))
    assert summed(*places) == pytest.approx(closed(*places))
    assert mean.hessian((1.0, 2.0)) == (pytest.approx((77, 11)), pytest.approx((11, 2)))
    value, slopes = mean.look((0.0, 0.0))
    assert (value, *slopes) == pytest.approx((385000, -7700, -1100))
    assert math.isinf(mean.loss_at((1e300, 0.0)))
    assert mean.overflows((1e300, 0.0))
    assert mean.gradient_overflows((1e300, 0.0))
    path, known = (descend("momentum", loss, (0.0, 0.0), 0.005, 60) for loss in (summed, closed))
    assert path.points == pytest.approx(known.points, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("loss", ["square", "huber"])
def test_a_line_far_off_is_written_so_that_it_can_be_drawn_again(loss: str) -> None:
    setting = Setting(loss)
    near = ((0.0, 2.0), (1.0, 3.5), (2.0, 3.0), (3.0, 5.0), (5.0, 9.0))
    for far in (0.0, 2000.0, 1e7):
        rows = tuple((far + x, y) for x, y in near)
        at_rest = None if loss == "square" else (rows, 0.7)
        scene = regression_scene(rows, 10, setting, at_rest)
        (best,) = (one for one in scene.readouts if one.name == "best")
        line = best_line(*map(np.array, zip(*rows, strict=True)), loss, 0.7)
        text = max((case.text for case in best.text if not isinstance(case, str)), key=len)
        numbers = {"slope_best": line.slope, "height_best": line.intercept}
        said = re.findall(r"[mc] = (?:\{(\w+):(\w+)\}|([^,]+)),", text)
        m, c = (_read(written) if written else _rounded(numbers[name], form) for name, form, written in said)
        assert [m * x + c for x, _ in rows] == pytest.approx(
            [line.slope * x + line.intercept for x, _ in rows], abs=2e-3
        )


def _rounded(value: float, form: str) -> float:
    """As a template's format writes it."""
    return float(f"{value:.{form[1:]}g}") if form.startswith("g") else round(value, int(form))


def _read(text: str) -> float:
    plain = text.replace("−", "-").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return float(plain.replace("·10", "e"))
