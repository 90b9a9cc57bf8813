"""Questions about a line: what they say of an η is what a descent does, and what they say of 1/N is what sums do."""

import re

import numpy as np
import pytest

from explorer.conditions import is_at
from explorer.data import least_squares
from explorer.data.losses import Setting
from explorer.data.rows import read_rows
from explorer.descent import descend, stability
from explorer.figures.descent.challenges import CHOICES
from explorer.figures.regression.line import regression_scene
from explorer.figures.regression.questions import asked_of
from explorer.figures.regression.view import loss_of, regression_view
from explorer.presets import DATA_SETS


@pytest.mark.parametrize("scale", ["raw", "standard", "normal"])
@pytest.mark.parametrize("text", [DATA_SETS[0].text, DATA_SETS[2].text, DATA_SETS[3].text, "0,1;1,0;4,2"])
def test_what_an_eta_will_do_and_what_one_over_n_changes(text: str, scale: str) -> None:
    rows = read_rows(text)
    setting = Setting("square", scale)
    scene, view = regression_scene(rows, 100, setting), regression_view(rows, 100, setting)
    *rates, divided = scene.challenges
    assert len(rates) == 2
    limits = {control.name: (control.min, control.max) for control in scene.controls}
    assert scene.columns is not None
    assert scene.columns.rows == rows
    switches = {toggle.name for toggle in scene.toggles}
    for challenge in scene.challenges:
        assert challenge.when == (is_at("data_drawn", 1.0),), "it asks about the points while they stand"
        inside = {name: value for name, value in challenge.start.items() if name in limits}
        assert all(limits[name][0] <= value <= limits[name][1] for name, value in inside.items())
        assert set(challenge.start_toggles) <= switches
        assert sum(reason.right for reason in challenge.reasons) == 1
    loss = loss_of(rows, ("m", "c"), setting)
    for challenge in rates:
        start = challenge.start["m"], challenge.start["c"]
        path = descend("gd", loss, start, challenge.start["rate"], view.steps)
        assert CHOICES[challenge.choice] == path.outcome
        assert [reason.text for reason in challenge.reasons if reason.right] == [path.reason]
    # The sum has its least where the mean has, and the bound of a loss N times as steep.
    best = least_squares(*zip(*rows, strict=True))
    x, y = map(np.array, zip(*rows, strict=True))
    assert np.sum(y - best.slope * x - best.intercept) == pytest.approx(0, abs=1e-6 * np.abs(y).sum())
    total = loss * float(len(rows))
    bounds = [2 / stability(one, view.minima[0]).largest for one in (loss, total)]
    said = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", divided.answer_text.split("the bound")[1])]
    assert said[::-1] == pytest.approx(bounds, rel=0.02)
    assert all(one <= bound for one, bound in zip(said[::-1], bounds, strict=True)), "bounds are rounded down"
    assert f"1/{len(rows)} of it" in divided.choices[divided.choice or 0]


def test_the_questions_are_about_the_points_as_they_stand() -> None:
    begun = read_rows("1,2;2,3;3,5;4,4")
    scene = regression_scene(begun)
    moved = asked_of(scene, read_rows("1,2;2,3;3,5;0.5,4"), 100, "raw")
    bounds = []
    for one in (scene, moved):
        assert one.columns is not None
        rows = one.columns.rows if one.columns.drawn is None else tuple(zip(*one.columns.drawn, strict=True))
        bounds.append(2 / stability(loss_of(rows, ("m", "c")), regression_view(rows).minima[0]).largest)
        assert one.challenges[0].start["rate"] == pytest.approx(1.3 * bounds[-1], rel=0.05)
    assert bounds[1] == pytest.approx(0.22985, rel=1e-4)
    assert bounds[1] > 1.5 * bounds[0]
    for none in ("1,2", "1,2;1,3"):
        assert not asked_of(scene, read_rows(none), 100, "raw").challenges


@pytest.mark.parametrize("loss", ["absolute", "huber"])
def test_other_losses_have_no_such_questions(loss: str) -> None:
    assert not regression_scene(read_rows(DATA_SETS[0].text), 100, Setting(loss)).challenges
