"""From letting go of a control to the last change of what Streamlit shows outside the live figure."""

from playwright.sync_api import Browser

from benchmarks.lab import chromium, empty_profile
from benchmarks.table import Row, median, percentile
from tests.browser.live_figure import LiveFigure
from tests.browser.pages import STOPS, Stop
from tests.browser.server import Server

TITLE = "Release: until the numbers outside the figure are right"
RELEASES = 40
WATCH = """
window.watchRelease = () => {
  window.released = null;
  window.changes = [];
  const letGo = () => { window.released = performance.now(); };
  addEventListener("pointerup", letGo, { once: true, capture: true });
};
addEventListener("DOMContentLoaded", () => {
  const outside = (record) => {
    const node = record.target;
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || !element.closest("[data-testid=stMain]")) return false;
    return !element.closest("[data-testid=live-figure]");
  };
  new MutationObserver((records) => {
    if (window.changes && records.some(outside)) window.changes.push(performance.now());
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
});
"""
RESPONSES = """
() => window.changes.filter((time) => time >= window.released).map((time) => time - window.released)
"""


def responses(browser: Browser, server: Server, stop: Stop) -> list[float]:
    """For each release, ms until the last change outside the figure while the server was at it."""
    with empty_profile(browser, WATCH) as context:
        page = context.new_page()
        page.goto(server.url(stop.path))
        figure = LiveFigure(page)
        target = figure.control(stop.control)
        last = []
        for number in range(RELEASES + 1):
            page.evaluate("() => window.watchRelease()")
            figure.drag(target, 30 if number % 2 else -45, moves=3)
            figure.next_frame()
            changes = page.evaluate(RESPONSES)
            if number and changes:  # the first one warms the caches
                last.append(max(changes))
        return last


def measure() -> list[Row]:
    rows = []
    with Server() as server, chromium() as browser:
        for stop in STOPS:
            times = responses(browser, server, stop)
            assert times, f"/{stop.path} shows nothing outside the figure that a release changes"
            rows += [
                Row(f"/{stop.path}: median", median(times), "ms", note=f"of {len(times)}"),
                Row(f"/{stop.path}: p95", percentile(times, 95), "ms", 150),
            ]
    return rows
