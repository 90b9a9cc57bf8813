"""Conditions hold where their words say; the browser's twin is held against the same table by its own tests."""

import math

import pytest

from explorer import conditions
from explorer.conditions import all_hold

VALUES = {"low": -1.0, "none": math.nan, "endless": math.inf, "deep": -math.inf, "half": 0.5}

HOLD = [
    conditions.is_at("half", 0.5),
    conditions.is_above("half", 0.4),
    conditions.is_below("half", 0.6),
    conditions.is_at_least("half", 0.5),
    conditions.is_at_most("half", 0.5),
    conditions.is_between("half", 0.4, 0.6),
    conditions.is_within("half", 0.5, 0.5),
    conditions.is_within("low", None, -1.0),
    conditions.is_known("half"),
    conditions.is_unknown("none"),
    conditions.is_unknown("endless"),
    conditions.is_above("endless", 0.0),
    conditions.is_at_least("endless", 0.0),
    conditions.is_too_large("endless"),
    conditions.is_too_large("deep"),
    conditions.is_above(1.0, 0.0),
]
FAIL = [
    conditions.is_at("half", 0.6),
    conditions.is_above("half", 0.5),
    conditions.is_below("half", 0.5),
    conditions.is_at_least("half", 0.6),
    conditions.is_at_most("half", 0.4),
    conditions.is_between("half", 0.5, 0.6),
    conditions.is_within("half", 0.6, 0.7),
    conditions.is_known("none"),
    conditions.is_unknown("low"),
    conditions.is_above("none", 0.0),
    conditions.is_at_most("none", 0.0),
    conditions.is_within("none", None, None),
    conditions.is_below("endless", 0.0),
    conditions.is_too_large("none"),
    conditions.is_too_large("half"),
    conditions.is_below(1.0, 0.0),
]


@pytest.mark.parametrize("condition", HOLD)
def test_a_condition_holds(condition: conditions.Condition) -> None:
    assert all_hold([condition], VALUES.__getitem__)


@pytest.mark.parametrize("condition", FAIL)
def test_a_condition_fails(condition: conditions.Condition) -> None:
    assert not all_hold([condition], VALUES.__getitem__)


def test_a_control_is_exactly_there_within_a_billionth_of_its_range() -> None:
    near = conditions.is_at("half", 0.5 + 1e-9)
    assert all_hold([near], VALUES.__getitem__, lambda name: 4.0)
    assert not all_hold([near], VALUES.__getitem__)


@pytest.mark.parametrize(
    ("error", "least", "unsure"), [(0.2, None, False), (0.3, None, True), (0.3, 0.4, False)]
)
def test_a_value_is_unsure_where_rounding_is_its_larger_part(
    error: float, least: float | None, unsure: bool
) -> None:
    told = {"value_of": VALUES.__getitem__, "error_of": lambda name: error}
    assert all_hold([conditions.is_unsure("half", least)], **told) is unsure
    if least is None:
        assert all_hold([conditions.is_sure("half")], **told) is not unsure
    assert not all_hold([conditions.is_sure("none")], **told)


@pytest.mark.parametrize("condition", [conditions.is_sure("half"), conditions.is_unsure("half", 0.1)])
def test_how_far_a_value_may_be_off_is_not_guessed(condition: conditions.Condition) -> None:
    with pytest.raises(ValueError, match="how far half may be off"):
        all_hold([condition], VALUES.__getitem__)


@pytest.mark.parametrize(
    ("place", "width", "slack"), [(0, 1e12, 1e-9), (3e9, 1e12, 3), (0, 1e-6, 1e-15), (7, 8, 7e-9)]
)
def test_in_a_wide_range_it_is_there_only_within_a_billionth_of_the_place(place, width, slack) -> None:
    """Between −10¹² and 10¹² a point at 0.5 is not at 0, nor is 700 at a hill of x³/3 − x."""

    def at(value: float) -> bool:
        return all_hold([conditions.is_at("x0", place)], {"x0": value}.__getitem__, {"x0": width}.__getitem__)

    assert at(place)
    assert at(place + 0.9 * slack)
    assert not at(place + 1.1 * slack)
