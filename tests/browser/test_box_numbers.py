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
        ({"scale": "linear", "decimals": 2}, 1e-17, "0.00"),  # of a snap it may be rounding
        ({"scale": "log"}, 0.0254517, "0.025452"),
        ({"scale": "log"}, 0.1, "0.1"),
    ],
)
def test_a_box_shows_what_its_control_holds(
    bare: Page, control: dict[str, Any], value: float, text: str
) -> None:
    script = 'async ([c, v]) => (await import("/modules/numbers.js")).controlFormat(c)(v)'
    assert bare.evaluate(script, [control, value]) == text


def test_a_bound_is_rounded_down(bare: Page) -> None:
    script = 'async (v) => (await import("/modules/numbers.js")).numberFormat("b5")(v)'
    assert [bare.evaluate(script, value) for value in (0.0254519, 1.0, 0.1, 123456.7)] == [
        "0.025451", "1", "0.1", "123450",
    ]  # fmt: skip
