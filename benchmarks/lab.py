"""What the measurements in a browser share: the pages that stand, a browser, a profile without a cache."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chromium import DESKTOP, launch
from tests.browser.live_figure import COUNT_MESSAGES, PATIENCE
from tests.browser.server import ROOT

PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Stop:
    """A page and the control that a learner drags first on it."""

    path: str
    control: str


STOPS = tuple(
    stop
    for stop in (
        Stop("tangent", "x0"),
        Stop("secant", "h"),
        Stop("partial_derivatives", "x0"),
        Stop("gradient_descent", "rate"),
    )
    if (ROOT / "pages" / f"{stop.path}.py").exists()
)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@contextmanager
def empty_profile(browser: Browser, *scripts: str) -> Iterator[BrowserContext]:
    """A profile with nothing in its cache; `scripts` run in each page before the page's own."""
    context = browser.new_context(**DESKTOP.options("light"))
    context.set_default_timeout(PATIENCE)
    for script in (COUNT_MESSAGES, *scripts):
        context.add_init_script(script)
    yield context
    context.close()
