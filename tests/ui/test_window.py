"""The window's form and the browser's word on it: what is a bound, what is refused, what was not said."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.ui.window import constant, judge, told_window
from tests.ui.app import opened


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        (" −0,5 ", -0.5),
        ("1e-3", 0.001),
        ("pi/2", math.pi / 2),
        ("−π", -math.pi),
        ("1/3", 1 / 3),
        ("sqrt(2)", math.sqrt(2)),
        ("2e", 2 * math.e),
        ("", None),
        ("x", None),
        ("1/0", None),
        ("__import__('os')", None),
        ("9^9^9^9", None),
    ],
)
def test_a_bound_is_read_as_a_number_box_reads_it(text, value):
    assert constant(text) == (None if value is None else pytest.approx(value, rel=1e-15))


@pytest.mark.parametrize(
    ("bounds", "says"),
    [
        ((-1, 1, -1, 1), ""),
        ((None, 1, -1, 1), "must be a number"),
        ((-1, 1e13, -1, 1), "must be a number"),
        ((-1, 1, math.nan, 1), "must be a number"),
        ((-1, 1, -math.inf, 1), "must be a number"),
        ((-1, 1, -1e300, 1e300), ""),
        ((-1, 1, -1e305, 1e305), "must be a number"),
        ((1, 1, -1, 1), "left end of x"),
        ((-1, 1, 2, 1), "y"),
    ],
)
def test_bounds_that_cannot_be_drawn_are_refused(bounds, says):
    assert says in judge(bounds)
    assert bool(says) == bool(judge(bounds))


BOUNDS = st.floats() | st.integers() | st.none() | st.text(max_size=3) | st.booleans()


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={"window": st.lists(BOUNDS, max_size=5) | BOUNDS, "turn": st.integers() | BOUNDS}
    )
)
def test_what_the_browser_says_of_a_window_is_drawable_or_was_not_said(message):
    window, _ = told_window({"release": message})
    if window:
        assert len(window) == 4
        assert judge(window) == ""


def test_a_window_is_told_with_the_turn_that_it_belongs_to():
    assert told_window({"release": {"window": [0, 1, 0, 1], "turn": 3}}) == ((0.0, 1.0, 0.0, 1.0), 3)
    assert told_window({"release": {"window": None, "turn": 4}}) == ((), 4)


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ("1,2", "left,right,bottom,top"),
        ("1,1,0,1", "left of the right end."),
        ("1,1.0000001,0,1", "farther off"),
        ("a,b,c,d", "must be a number"),
        ("0,1e300,0,1", "must be a number"),
    ],
)
def test_a_link_whose_window_cannot_be_drawn_says_why(window, why):
    page = opened("tangent", f="x^2", window=window)
    for told in (page, page.run()):  # and it stays when the page is asked again
        assert any("window cannot be drawn" in text.value and why in text.value for text in told.text)
