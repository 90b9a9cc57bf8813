"""Rows of numbers at the ends of what is read: a scene of finite numbers, or a sentence."""

import math
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.data import DataError
from explorer.data.losses import LOSSES, SCALES, Setting
from explorer.data.rows import LARGEST, SMALLEST
from explorer.figures.regression.classes import classes_scene
from explorer.figures.regression.features import features_scene
from explorer.figures.regression.line import regression_scene
from tests.figures.finite import outputs_of

NUMBER = st.sampled_from(
    [0.0, 1.0, 1 + 2.0**-52, 1 + 1e-9, SMALLEST, -SMALLEST, 1e-9, 3.5, -2.0, 999_999_999.0, LARGEST, -LARGEST]
)
CLASS = st.sampled_from([0.0, 1.0])


def judge(make, *given_to):
    """A scene that travels, whose controls stand within their ends; or DataError."""
    try:
        scene = make(*given_to)
    except DataError:
        return
    assert scene.to_json()
    assert all(control.min <= control.value <= control.max for control in scene.controls)
    found = outputs_of(scene)
    assert all(math.isfinite(found[control.name]) for control in scene.controls)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=5),
    st.sampled_from([Setting(*one) for one in product(LOSSES, SCALES)]),
)
def test_a_line(rows, setting):
    judge(regression_scene, tuple(rows), 20, setting)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBER, CLASS), min_size=1, max_size=6))
def test_two_classes(rows):
    judge(classes_scene, tuple(rows), 20)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBER, NUMBER, CLASS), min_size=1, max_size=6))
def test_two_features(rows):
    judge(features_scene, tuple(rows))
