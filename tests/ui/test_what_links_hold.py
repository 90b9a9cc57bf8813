"""What a page accepts and writes into its address, it takes back from there."""

import runpy
from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import explorer.ui.page as pages
from explorer.expression import MAX_CHARACTERS
from explorer.ui.check_parts import LONGEST_LINES, MOST_LINES
from explorer.ui.parameters import Parameter, read
from tests.browser.server import ROOT
from tests.ui.app import opened

LONG = "+".join(["0.12345678901*x"] * (MAX_CHARACTERS // 16))
IN_TWO = LONG.replace("x", "y", 1)
NUMBER = "-1.234567890123456{}e-10"
ROWS = [f"{k}.{'1234567890123456'[:15]},{NUMBER.format(k % 10)}" for k in range(10, 70)]
POINTS = ",".join(f"-{k}.123456789012345" for k in range(10, 22))
DEEP = "sin(" * 25 + "x" + ")" * 25
PARTS = ".".join(["1"] * 25)

AT_LENGTH: tuple[tuple[str, dict[str, str]], ...] = (
    ("tangent", {"f": LONG, "window": "-1/3,1/7,-22/7,pi"}),
    ("secant", {"f": LONG, "x0": "0.1234567890123456"}),
    ("secant", {"source": "table", "data": ";".join(ROWS), "head": f"{'h' * 40} (h),{'k' * 40} (km)"}),
    ("rules", {"f": DEEP, "part": PARTS}),
    ("chain", {"f": IN_TWO}),
    ("costs", {"tab": "square", "points": POINTS}),
    ("costs", {"tab": "product", "g": "p*" * 60 + "(1-p)"}),
    ("partial_derivatives", {"f": IN_TWO}),
    ("partial_derivatives", {"tab": "jacobian", "u": IN_TWO, "v": IN_TWO}),
    ("gradient_descent", {"f": LONG + "+x^2"}),
    ("regression", {"data": ";".join(ROWS), "head": f"{'h' * 40} (h),{'k' * 40} (km)"}),
    ("regression", {"data": "0,0;1e-15,1e9;2e-15,-1e9"}),
    ("regression", {"tab": "classes", "data": ";".join(f"{row.split(',')[1]},{k % 2}" for k, row in enumerate(ROWS))}),
    ("regression", {"tab": "features", "data": ";".join(f"{row},{k % 2}" for k, row in enumerate(ROWS))}),
    ("check", {"f": LONG, "lines": ";".join([f"f'(x) = {LONG}"] * MOST_LINES)}),
)  # fmt: skip


class _ToldError(Exception):
    def __init__(self, parameters: tuple[Parameter, ...]) -> None:
        self.parameters = parameters


def _parameters(page: str) -> tuple[Parameter, ...]:
    """What the page's script says that its link may hold."""

    def tell(_: str, parameters: tuple[Parameter, ...]) -> None:
        raise _ToldError(parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "open_page", tell)
        with pytest.raises(_ToldError) as told:
            runpy.run_path(str(ROOT / "pages" / f"{page}.py"))
    return told.value.parameters


def _address(page: AppTest, name: str) -> dict[str, str]:
    """What stands in the address by now."""
    memory: Mapping[str, Any] = page.session_state[f"{name}.memory"]
    return {key: str(value) for key, value in memory.items() if value not in (None, "")}


@pytest.mark.parametrize(("name", "query"), AT_LENGTH)
def test_the_longest_that_a_page_accepts_its_own_address_holds(name: str, query: dict[str, str]) -> None:
    page = opened(name, **query)
    address = _address(page, name)
    texts = {key: query[key] for key in ("lines", "data", "part") if key in query}
    assert texts.keys() <= address.keys(), "the page did not take it"
    reading = read(_parameters(name), address)
    assert reading.refused == ()
    assert {key: reading.values[key] for key in address if key in reading.values} == {
        key: type(reading.values[key])(value) for key, value in address.items() if key in reading.values
    }


def test_lines_that_no_link_holds_are_told_while_they_are_typed() -> None:
    line = f"f'(x) = {LONG}"
    page = opened("check", f=LONG, lines=";".join([line] * MOST_LINES))
    said = "are kept when the page is loaded again"
    assert not any(said in caption.value for caption in page.caption)
    for box, text in (("7", f"{line}; 3x"), ("7", " = ".join([LONG] * 10))):
        page.text_input(key=f"check.lines.{box}").set_value(text).run()
        (told,) = [caption.value for caption in page.caption if said in caption.value]
        kept = _address(page, "check")["lines"]
        assert len(kept) <= LONGEST_LINES
        assert told.startswith(f"Only the first {len(kept.split(';'))} of these ")
        assert read(_parameters("check"), {"lines": kept}).refused == ()
