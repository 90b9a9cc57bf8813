"""A smoke run in Firefox: every page draws, and a drag moves the point."""

from collections.abc import Iterator

import pytest

from tests.browser.firefox import Firefox, find_firefox, firefox
from tests.browser.pages import STOPS, Stop
from tests.browser.server import Server

pytestmark = pytest.mark.skipif(find_firefox() is None, reason="there is no Firefox here")
READY = "return Boolean(document.querySelector('[data-testid=live-figure][data-ready=true]'))"
VALUE = "return Number(document.querySelector(`input[data-control=${arguments[0]}]`).dataset.value)"
PLACE = """
const target = document.querySelector(`[data-handle=${arguments[0]}], input[data-control=${arguments[0]}]`);
target.scrollIntoView({block: "center", behavior: "instant"});
const box = target.getBoundingClientRect();
return [box.left + box.width / 2, box.top + box.height / 2];
"""


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    """One for all pages: starting it costs as much as what is looked at."""
    with firefox() as running:
        yield running


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_a_page_draws_and_drags(server: Server, window: Firefox, stop: Stop) -> None:
    window.open(server.url(stop.path))
    window.wait_for(READY)
    start = window.run(VALUE, stop.control)
    x, y = window.run(PLACE, stop.control)
    window.drag(x, y, 80)
    assert window.run(VALUE, stop.control) != start
