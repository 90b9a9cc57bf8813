"""The pages that stand, each with what a learner drags first and a link unlike the first state."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from explorer.presets import COURSE
from tests.browser.live_figure import AT_REST
from tests.browser.server import ROOT

NAMES = {stop.page: stop.name for stop in COURSE}


def menu_link(page: Page, path: str) -> Locator:
    """A page's link in the menu, by its name there."""
    return page.locator(".st-key-menu").get_by_role("link", name=NAMES[path], exact=True)


def put_measurements(page: Page, rows: str | Path) -> None:
    """Own rows on the limit page's table, typed or from a file."""
    page.get_by_role("button", name="Own data").click()
    # Where the former rows are still being put there, the box is the former one, and is about to be laid anew.
    page.wait_for_function(AT_REST)
    box = page.get_by_role("textbox", name="Two columns")
    if isinstance(rows, Path):
        before = box.input_value()
        page.locator('input[type="file"]').set_input_files(rows)
        expect(box).not_to_have_value(before)  # its rows have come into the box
    else:
        box.fill(rows)
        page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Put them there").click()


@dataclass(frozen=True)
class Stop:
    """A page: its path, the control dragged first, and a link with the values it must bring.

    A page without a formula has none in its link.
    """

    path: str
    control: str
    formula: str
    values: dict[str, float] = field(default_factory=dict)
    solid: bool = False
    tab: str = ""

    @property
    def link(self) -> dict[str, object]:
        return {"f": self.formula, **self.values} if self.formula else {**self.values}

    def __str__(self) -> str:
        return f"{self.path}-{self.tab}" if self.tab else self.path

    @property
    def place(self) -> dict[str, object]:
        """What a link to its first state says: the tab, where it is not the page's first."""
        return {"tab": self.tab} if self.tab else {}


OWN_STOPS = (
    Stop("secant", "h", "sin(x)", {"x0": 1.0, "h": -0.25}),
    Stop("rules", "x0", "x^2 sin(x)", {"x0": 1.5, "h": -0.25}),
    Stop("partial_derivatives", "x0", "x^2 + x y", {"x0": 0.5, "y0": -0.75}, solid=True),
    Stop("gradient_descent", "rate", "x^2 + 4y^2", {"x0": 1.5, "y0": 0.5, "rate": 0.05}, solid=True),
    Stop("chain", "x", "x^2 sin(x)", {"x": 2.5, "step": 3}),
    Stop("regression", "rate", "", {"m": 30.0, "c": 200.0, "rate": 0.02}),
    Stop("costs", "x", "", {"x": 1.25}),
)
CLASSES = Stop("regression", "rate", "", {"w": 1.5, "b": -4.0, "rate": 0.4}, tab="classes")
FEATURES = Stop("regression", "p1", "", {"w1": 1.5, "w2": -0.5, "w0": -4.0}, tab="features")
"""Tabs that are pages of their own to whoever sees them."""

_OWN = {stop.path: stop for stop in OWN_STOPS}
STOPS = tuple(
    _OWN.get(path, Stop(path, "x0", "x^3 - 2x", {"x0": 0.5}))
    for path in NAMES
    if (ROOT / "pages" / f"{path}.py").exists()
)
"""Every page of the course, in its order; one without a row of its own has a formula in x and a point to drag."""
