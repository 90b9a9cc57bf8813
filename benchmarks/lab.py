"""What the measurements in a browser share: the pages that stand, a browser, a profile without a cache."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chromium import ARGUMENTS, DESKTOP, launch
from tests.browser.live_figure import KEEP_MESSAGES, PATIENCE

PEERS = Path(__file__).parent / "peers"


@contextmanager
def chromium(arguments: Sequence[str] = ARGUMENTS) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright, arguments)
        yield browser
        browser.close()


@contextmanager
def empty_profile(browser: Browser, *scripts: str) -> Iterator[BrowserContext]:
    """A profile with nothing in its cache; `scripts` run in each page before the page's own."""
    context = browser.new_context(**DESKTOP.options("light"))
    context.set_default_timeout(PATIENCE)
    for script in (KEEP_MESSAGES, *scripts):
        context.add_init_script(script)
    yield context
    context.close()
