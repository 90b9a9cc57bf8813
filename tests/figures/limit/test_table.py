"""The scene of a table: averages between rows, steps between times, words with units."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.conditions import is_unknown
from explorer.figures.limit.table import LARGEST_RATE, Seen, measured_scene
from explorer.numeric import significant_text
from explorer.numeric.measurements import MOST_ROWS, measurements, read_csv
from explorer.presets import CAR as ROWS
from tests.figures.finite import outputs_of

CAR = measurements(ROWS)


def at(scene, start, end, rows=()):
    with np.errstate(all="ignore"):
        return outputs_of(scene, {"from": start, "to": end}, rows)


@pytest.mark.parametrize(
    ("start", "end", "velocity"), [(10, 15, 16), (12, 13, 15), (19, 20, 0), (15, 10, 16)]
)
def test_the_car_has_the_averages_of_the_course(start, end, velocity):
    assert at(measured_scene(CAR), start, end)["v"] == velocity


def test_every_row_is_found_again():
    scene = measured_scene(CAR)
    for rank, (time, place) in enumerate(zip(CAR.times, CAR.places, strict=True)):
        here = at(scene, time, CAR.times[0])
        assert here["s0"] == place
        assert here["hops"] == rank


def test_one_row_alone_has_no_velocity():
    assert np.isnan(at(measured_scene(CAR), 12, 12)["v"])


def test_rows_at_neighbouring_doubles_are_two_rows():
    """Halfway between two neighbouring doubles is one of them."""
    for time in (1.0, 999_999_999.0, -123_456_789.0, 5e-324):
        for before, after in (
            (np.nextafter(time, -np.inf), time),
            (time, np.nextafter(time, np.inf)),
        ):
            scene = measured_scene(measurements([(before, 0.0), (after, 0.0)]))
            assert at(scene, before, after)["hops"] == 1
            assert at(scene, before, before)["hops"] == at(scene, after, after)["hops"] == 0


def test_units_stand_in_the_words():
    scene = measured_scene(CAR, "time (h),height (km)")
    assert "km/h" in scene.readouts[0].text[-1].text
    assert all("the height changes" in case.text and "km/h" in case.text for case in scene.sentence[2:])
    assert scene.panels[0].figure.layout["yaxis"]["title"]["text"] == "height y in km"
    assert scene.readouts[0].label == "average change Δy/Δt"


@pytest.mark.parametrize(
    ("head", "axes", "label", "linked"),
    [
        ("", ["x", "y", "x", "Δy/Δx"], "average change Δy/Δx", None),
        ("t,h", ["t", "h", "t", "Δh/Δt"], "average change Δh/Δt", "t,h"),
        ("price,sales", ["price x", "sales y", "x", "Δy/Δx"], "average change Δy/Δx", "price,sales"),
        ("y,s", ["y", "s", "y", "Δs/Δy"], "average change Δs/Δy", "y,s"),
        ("way,x", ["way z", "x", "z", "Δx/Δz"], "average change Δx/Δz", "way,x"),
        ("time,distance", ["time t", "distance s", "t", "Δs/Δt"], "average velocity Δs/Δt", "time,distance"),
        ("t,distance (m)", ["t", "distance s in m", "t", "Δs/Δt"], "average change Δs/Δt", "t,distance (m)"),
    ],
)
def test_names_are_as_given_and_units_only_where_they_are(
    head: str, axes: list[str], label: str, linked: str | None
) -> None:
    scene = measured_scene(CAR, head)
    layouts = [panel.figure.layout for panel in scene.panels]
    assert [layout[axis]["title"]["text"] for layout in layouts for axis in ("xaxis", "yaxis")] == axes
    assert (scene.readouts[0].label, scene.url["head"]) == (label, linked)
    assert scene.readouts[0].text[-1].text == "{v:g4}"
    assert scene.sentence[-1].text.split(". ")[0].endswith(": on average {v:g4}")
    assert [cell.label for cell in scene.columns.cells] == (head or "x,y").split(",")


def test_a_rate_has_a_unit_only_of_two() -> None:
    texts = [
        measured_scene(CAR, head).readouts[0].text[-1].text for head in ("day,price (€)", "day (d),price (€)")
    ]
    assert texts == ["{v:g4}", "{v:g4} €/d"]


def test_controls_take_the_times_of_the_table_only():
    for control in measured_scene(CAR).controls:
        assert control.values == CAR.times
        assert control.value in CAR.times


def test_the_longest_table_is_still_a_small_scene():
    rows = [(k / 7, np.sin(k)) for k in range(MOST_ROWS)]
    assert len(json.dumps(measured_scene(measurements(rows)).to_json(), allow_nan=False)) < 150_000


ANY = st.floats(-1e9, 1e9) | st.sampled_from([0.0, -0.0, 5e-324, 1e-300, -1e-300, 1e-9, 1e9, -1e9])
ROWS_OF_ANY_KIND = st.lists(st.tuples(ANY, ANY), min_size=2, max_size=6, unique_by=lambda row: row[0]).map(
    sorted
)


@settings(max_examples=60, deadline=None)
@given(ROWS_OF_ANY_KIND)
def test_any_table_of_numbers_has_a_scene_and_exact_averages(rows):
    table = measurements(rows)
    scene = measured_scene(table)
    json.dumps(scene.to_json(), allow_nan=False)
    for panel in scene.panels:
        for axis in ("xaxis", "yaxis"):
            low, high = panel.figure.layout[axis]["range"]
            assert low < high
    (t0, s0), (t1, s1) = rows[0], rows[-1]
    exact = (Fraction(s1) - Fraction(s0)) / (Fraction(t1) - Fraction(t0))
    here = at(scene, t0, t1)
    assert here["hops"] == len(rows) - 1
    if abs(exact) > 2 * LARGEST_RATE:
        assert np.isnan(here["v"])
    else:  # the differences are rounded, the quotient too
        slack = 1e-15 * (abs(s0) + abs(s1)) / (t1 - t0) + 1e-15 * abs(float(exact))
        assert here["v"] == pytest.approx(float(exact), abs=4 * slack + 1e-300)


def test_rows_at_almost_the_same_time_are_no_single_row():
    """Nanoseconds apart they have an average; closer than any number can say they have words."""
    scene = measured_scene(measurements([(0, 0), (1e-9, 2), (2e-9, 5)]))
    assert at(scene, 0, 1e-9)["v"] == pytest.approx(2e9)
    assert scene.controls[0].decimals == 9
    scene = measured_scene(read_csv(b"0,0\n1e-300,1e9\n1,2"))
    assert np.isnan(at(scene, 0, 1e-300)["v"])
    assert at(scene, 0, 1)["v"] == 2
    said = [case.text for case in scene.sentence if case.when == (is_unknown("v"),)]
    assert "too large" in said[0]


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        ((0, 0.0004, 0.003), "g4"),
        ((0.001, 0.002), "g4"),
        ((100000, 100000.5, 100001), "g7"),
        ((0, 1e-13, 1), "g14"),
    ],
)
def test_the_places_of_a_table_are_told_apart_in_its_sentence(times, shown):
    scene = measured_scene(measurements([(time, k) for k, time in enumerate(times)]))
    assert f"From {{from:{shown}}} to {{to:{shown}}}" in scene.sentence[-1].text
    digits = int(shown[1:])
    assert len({significant_text(time, digits) for time in times}) == len(times)


@pytest.mark.parametrize(
    ("rows", "span"),
    [
        (((0.0, 0.0), (1.0, 2.0), (1.0 + 1e-13, 7.0), (3.0, 9.0)), (0.0, 7.0)),
        (((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 5.0)), (0.0, 5.0)),
        (((0.0, 0.0), (1e-9, 5.0)), (0.0, 5e9)),
        (((0.0, 0.0), (1.0, 1.0), (2.0, 20.0), (3.0, -300.0)), (-320.0, 19.0)),
    ],
)
def test_one_rate_far_beyond_the_others_does_not_draw_them_flat(
    rows: tuple[tuple[float, float], ...], span: tuple[float, float]
) -> None:
    low, high = Seen.of(measurements(rows)).rates
    room = 0.22 * (span[1] - span[0])
    assert (low, high) == pytest.approx((span[0] - room, span[1] + room), rel=1e-3)
