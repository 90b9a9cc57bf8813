"""How many elements the browser styles anew while something is done: a drag is smooth only where they are few."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

TIMELINE = {"includedCategories": ["devtools.timeline"]}


@contextmanager
def restyled(page: Page) -> Iterator[list[int]]:
    """The numbers of elements that were styled at each look of the browser; the list is filled at the end."""
    browser = page.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    looks: list[int] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda told: ended.extend([told]))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": TIMELINE})
    yield looks
    session.send("Tracing.end")
    while not ended:
        page.evaluate("() => new Promise(requestAnimationFrame)")
    session.detach()
    assert events, "nothing was told"
    looks += [event["args"]["elementCount"] for event in events if event["name"] == "UpdateLayoutTree"]
