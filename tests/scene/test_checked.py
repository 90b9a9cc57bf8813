"""A condition that speaks of what nobody computes is an error where the scene is made, in Python."""

from dataclasses import replace

import pytest

from explorer.conditions import is_above, is_at
from explorer.scene.scene import Case
from tests.browser.stage_scenes import slope_scene


def test_a_condition_on_what_nobody_computes_is_refused() -> None:
    said = (Case("rising", (is_above("slop", 0.0),)), Case("falling"))
    with pytest.raises(ValueError, match="nobody computes slop,"):
        replace(slope_scene(), sentence=said).to_json()


def test_what_a_control_a_tape_or_a_switch_tells_may_be_asked_for() -> None:
    scene = slope_scene()
    control, output = scene.controls[0].name, scene.tape.outputs[0][0]
    asked = (is_above(control, 0.0), is_above(output, 0.0), is_at("switch:paper", 0.0))
    assert replace(scene, sentence=(Case("here", asked), Case("there"))).to_json()["sentence"]
