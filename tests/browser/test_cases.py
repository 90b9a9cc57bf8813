"""Cases: the first that holds is shown. What cases share of their tests travels once, and nothing else is chosen."""

import json

from playwright.sync_api import Page

from explorer.conditions import is_at, is_at_least, is_at_most, is_unknown
from explorer.scene.scene import Case
from explorer.scene.wire import to_wire
from tests.browser.stage import bare

__all__ = ["bare"]


CHOOSING = """async ([cases, values]) => {
  const { Quantities } = await import("/modules/figure/quantities.js");
  const { compileCases } = await import("/modules/words/text.js");
  const control = { name: "x", min: -5, max: 5, scale: "linear", decimals: 1 };
  const tape = { variables: ["x"], constants: [1], code: [3, 1, 0, 0], outputs: { inverse: 2 } };
  const quantities = new Quantities(tape, [control]);
  const text = compileCases(cases, quantities, new Map([["x", control]]));
  return values.map((value) => { quantities.evaluate(new Map([["x", value]])); return text(); });
}"""


def test_cases_choose_the_first_that_holds(bare: Page) -> None:
    cases = [
        {"when": [["x", 0, 0, "closed"]], "text": "pole"},
        {"when": [["x", 0, None, "open"], ["inverse", None, 0.5, "closed"]], "text": "small {inverse:2}"},
        {"when": [["x", None, 0, "open"]], "text": "left at {x}"},
        {"when": [], "text": "{inverse:g3} <b>&amp;"},
    ]
    texts = bare.evaluate(CHOOSING, [cases, [0, 1e-12, 2, -3, 1]])
    assert texts == ["pole", "pole", "small 0.50", "left at −3.0", "1 <b>&amp;"]


def test_cases_that_share_tests_travel_together_and_choose_the_same(bare: Page) -> None:
    above, small, there = is_at_least("x", 1.0), is_at_most("inverse", 0.25), is_at("x", 2.0)
    cases = (
        Case("pole", (is_unknown("inverse"),)),
        Case("two", (above, there)),
        Case("far away", (above, small, is_at_least("x", 10.0))),
        Case("far", (above, small)),
        Case("none of these"),
        Case("never"),
    )
    sent = to_wire(cases)
    assert json.dumps(sent).count('["x", 1, null]') == 1
    assert json.dumps(sent).count("0.25") == 1
    texts = bare.evaluate(CHOOSING, [sent, [0, 1, 2, 3, 4, 10]])
    assert texts == ["pole", "none of these", "two", "none of these", "far", "far away"]
