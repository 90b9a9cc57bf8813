"""What stands in a control's box, and how a bound is written."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.stage import bare

__all__ = ["bare"]


@pytest.mark.parametrize(
    ("control", "value", "text"),
    [
        ({"scale": "linear", "decimals": 12, "place": "rows"}, 1e-300, "1·10⁻³⁰⁰"),
        ({"scale": "linear", "decimals": 2, "place": "rows"}, 0.0, "0.00"),
        ({"scale": "linear", "decimals": 12, "on_rows": True}, 2e-98, "2·10⁻⁹⁸"),
        ({"scale": "linear", "decimals": 2}, 1e-17, "0.00"),  # of a snap it may be rounding
        ({"scale": "log"}, 1 / 39.29, "0.025452"),
        ({"scale": "log"}, 1.000001, "1.000001"),  # beside a bound of 1 its last digit decides
        ({"scale": "log"}, 0.1, "0.1"),
    ],
)
def test_a_box_shows_what_its_control_holds(
    bare: Page, control: dict[str, Any], value: float, text: str
) -> None:
    script = 'async ([c, v]) => (await import("/modules/words/numbers.js")).controlFormat(c)(v)'
    assert bare.evaluate(script, [control, value]) == text


@pytest.mark.parametrize(
    ("control", "value", "text"),
    [
        ({"scale": "linear", "decimals": 2}, 1.5, "1.50"),
        ({"scale": "linear", "decimals": 2}, 1.875, "1.875"),
        ({"scale": "linear", "decimals": 2}, -0.0625, "−0.0625"),
        ({"scale": "linear", "decimals": 2}, 1e-17, "0.00"),  # of a snap it may be rounding
        ({"scale": "linear", "decimals": 2}, 0.1 + 0.2, "0.30"),
        ({"scale": "linear", "decimals": 2}, 1 / 3, "0.333333"),  # all of its digits have no room
        ({"scale": "linear", "decimals": 2}, 48271.03 / 7, "6895.86"),  # as near as six digits come
        ({"scale": "linear", "decimals": 2}, 20148329.375, "20148329.375"),
        ({"scale": "linear", "decimals": 2}, 1000000001.5, "1000000001.50"),
        ({"scale": "linear", "decimals": 3}, 7.3125e-9, "7.3125·10⁻⁹"),
        ({"scale": "linear", "decimals": 0, "quantum": 1}, 40, "40"),
        ({"scale": "symlog"}, 0.123456, "0.123456"),
        ({"scale": "log"}, 0.0123456789, "0.0123456789"),
    ],
)
def test_a_box_at_rest_gives_its_value_back(
    bare: Page, control: dict[str, Any], value: float, text: str
) -> None:
    script = """async ([c, v]) => {
      const { controlFormat, heldNumber, readNumber } = await import("/modules/words/numbers.js");
      const text = heldNumber(v, controlFormat(c)(v));
      return [text, readNumber(text)];
    }"""
    shown, read = bare.evaluate(script, [control, value])
    assert shown == text
    assert read == pytest.approx(value, rel=1e-6, abs=1e-12)


def test_a_bound_is_rounded_down(bare: Page) -> None:
    script = 'async (v) => (await import("/modules/words/numbers.js")).numberFormat("b5")(v)'
    assert [bare.evaluate(script, value) for value in (0.0254519, 1.0, 0.1, 123456.7)] == [
        "0.025451", "1", "0.1", "123450",
    ]  # fmt: skip


def test_a_rate_that_was_chosen_is_said_with_all_of_its_digits(bare: Page) -> None:
    script = 'async (v) => (await import("/modules/words/numbers.js")).numberFormat("o5")(v)'
    assert [bare.evaluate(script, value) for value in (0.1, 1.001, 0.49996, 1 / 39.29)] == [
        "0.1", "1.001", "0.49996", "0.025451",
    ]  # fmt: skip


@pytest.mark.parametrize("power", [-9, -18, -36, -98, -99, -102, -300])
def test_a_scale_of_any_width_is_dragged_and_stepped_along(bare: Page, power: int) -> None:
    """Doubles reach 10⁻³⁰⁸; more than 100 decimals no browser writes: beyond, a place is 0 or as it was sent."""
    width = 10.0**power
    control = {"min": 0, "max": 2 * width, "step": width / 100, "scale": "linear", "decimals": 3 - power}
    script = """async (c) => {
      const { controlFormat, fixedNumber } = await import("/modules/words/numbers.js");
      const scale = (await import("/modules/controls/scales.js")).scaleOf(c);
      const places = [scale.toValue(0.5), scale.move(scale.keep(c.max / 2), 1)];
      return [places, [...places, c.max].map((value) => [controlFormat(c)(value), fixedNumber(value, c.decimals)])];
    }"""
    places, texts = bare.evaluate(script, control)
    assert all("undefined" not in text for pair in texts for text in pair)
    if power > -95:
        assert places == pytest.approx([width, 1.01 * width], rel=1e-3)


def test_digits_that_an_error_leaves_are_no_more_than_a_double_has(bare: Page) -> None:
    script = 'async () => (await import("/modules/words/numbers.js")).numberFormat("g400")(1e290, 1e100)'
    assert bare.evaluate(script) == "1·10²⁹⁰"


@pytest.mark.parametrize(("value", "text"), [(1.875, "1.875"), (-0.5, "−0.5"), (1.8751234567, "1.88")])
def test_an_answer_is_told_as_it_was_judged(bare: Page, value: float, text: str) -> None:
    script = 'async (v) => (await import("/modules/words/numbers.js")).givenNumber(v)'
    assert bare.evaluate(script, value) == text
