"""A line that is judged by another loss, or on another scale of x, stands where it stood."""

import numpy as np
import pytest

from explorer.data.losses import LOSSES, SCALES, Setting
from explorer.figures.regression.line import regression_scene
from explorer.figures.regression.line_kept import same_line
from explorer.figures.regression.view import loss_of
from explorer.scene.scene import Scene


def scene_of(rows: tuple[tuple[float, float], ...], setting: Setting) -> Scene:
    return regression_scene(rows, 40, setting)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("before", SCALES)
@pytest.mark.parametrize("now", SCALES)
def test_its_cost_is_the_same_on_every_scale(loss: str, before: str, now: str) -> None:
    random = np.random.default_rng(7)
    x, y = random.uniform(3, 9, 12), random.normal(20, 5, 12)
    rows = tuple(zip(x.tolist(), y.tolist(), strict=True))
    old, new = Setting(loss, before), Setting(loss, now)
    held = {"m": 1.25, "c": 2.5, "rate": 0.0123, "step": 7.0, "delta": 1.0}
    found = same_line(rows, old, new, held, scene_of(rows, new))
    stays = loss_of(rows, setting=new)(found.controls["m"], found.controls["c"])
    assert stays == pytest.approx(float(loss_of(rows, setting=old)(held["m"], held["c"])), rel=1e-12)
    if old == new:
        assert (found.controls, found.words) == (held, {})
    else:
        assert "step" not in found.controls
        assert found.words["rate"] == "η begins anew: x on another scale has another bound."
        assert found.words["m"].startswith("The line stays")


def test_an_eta_that_nobody_chose_and_a_line_that_does_not_move_need_no_words() -> None:
    rows = ((1.0, 100.0), (2.0, 200.0), (3.0, 280.0))
    old, new = Setting(), Setting("absolute")
    rate = next(one.value for one in scene_of(rows, old).controls if one.name == "rate")
    held = {"m": 40.0, "c": 8.0, "rate": rate}
    found = same_line(rows, old, new, held, scene_of(rows, new))
    assert found.words == {}
    assert (found.controls["m"], found.controls["c"]) == (40.0, 8.0)
    assert found.controls["rate"] != rate


def test_a_line_beyond_the_plane_begins_anew_and_says_so() -> None:
    rows = ((1e6, 1.0), (1e6 + 1, 2.0), (1e6 + 2, 3.5))
    new = Setting("square", "standard")
    found = same_line(rows, Setting(), new, {"m": 1.0, "c": 5.0, "rate": 1e-13}, scene_of(rows, new))
    assert (found.controls["m"], found.controls["c"]) == (0.0, 0.0)
    assert "begins anew" in found.words["m"]
