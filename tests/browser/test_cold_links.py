"""Fifty links that nobody has opened before, ten at a time, while the processor has other things to do."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

LINKS, AT_ONCE = 50, 10
PLACES = {"tangent": "How f′ is obtained", "secant": "When computers subtract"}
"""What stands last on each page."""


@pytest.fixture
def load() -> Iterator[None]:
    """A neighbour who takes whatever of the processor is to be had."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as neighbour:
        yield
        neighbour.kill()


@pytest.mark.usefixtures("load")
def test_fifty_cold_links_come_whole(visit: Visit) -> None:
    """Their formulas take SymPy longer than a page waits, and come while the page is on its way to the browser.

    The figures are left out, since what may go wrong is the page around them.
    """
    for first in range(0, LINKS, AT_ONCE):
        context = visit.context()
        context.route(
            "**/app/static/*.js",
            lambda route: route.fulfill(content_type="text/javascript", body="export function mount() {}"),
        )
        opened = []
        for k in range(first, first + AT_ONCE):
            page, path = context.new_page(), ("tangent", "secant")[k % 2]
            link = visit.server.url(path, f=f"sqrt({k + 2}x+5)*e^(x/{k + 2})")
            page.goto(link, wait_until="commit")
            opened.append((page, path))
        for page, path in opened:
            expect(page.get_by_text(PLACES[path])).to_be_visible()
            expect(page.get_by_text("is being worked out")).to_have_count(0)
        assert not visit.faults()
        context.close()
