"""The scene of a table: averages between rows, steps between times, words with units."""

import json

import numpy as np
import pytest

from explorer.figures.measured import measured_scene
from explorer.numeric.measurements import MOST_ROWS, Column, measurements
from explorer.presets import CAR as ROWS

CAR = measurements(ROWS)


def at(scene, start, end):
    with np.errstate(all="ignore"):
        return {k: float(v) for k, v in scene.tape.run(np.float64(start), np.float64(end)).items()}


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


def test_units_stand_in_the_words():
    scene = measured_scene(CAR, (Column("time", "h"), Column("height", "km")))
    assert "km/h" in scene.readouts[0].text[-1].text
    assert all("the height changes" in case.text and "km/h" in case.text for case in scene.sentence[1:])
    assert scene.panels[0].figure.layout["yaxis"]["title"]["text"] == "height s in km"
    assert scene.readouts[0].label == "average change Δs/Δt"


def test_controls_take_the_times_of_the_table_only():
    for control in measured_scene(CAR).controls:
        assert control.values == CAR.times
        assert control.value in CAR.times


def test_the_longest_table_is_still_a_small_scene():
    rows = [(k / 7, np.sin(k)) for k in range(MOST_ROWS)]
    assert len(json.dumps(measured_scene(measurements(rows)).to_json(), allow_nan=False)) < 150_000
