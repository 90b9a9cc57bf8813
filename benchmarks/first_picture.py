"""The first picture with an empty cache, against a stock Streamlit page with one chart, in turns."""

from playwright.sync_api import Browser

from benchmarks.lab import PEERS, chromium, empty_profile
from benchmarks.table import Row, median
from tests.browser.pages import STOPS
from tests.browser.server import Server

TITLE = "First picture with a cold browser cache"
RUNS = 7
OURS = '[data-testid="live-figure"][data-ready="true"]'
STOCK = ".js-plotly-plot .scatterlayer .trace path.js-line"
# Looks once a frame, from the start of the navigation on.
WATCH = """
(() => {
  const look = () => {
    const found = document.querySelector(SELECTOR);
    if (found && found.getBoundingClientRect().width > 0) window.firstPicture = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


def first_picture(browser: Browser, url: str, selector: str) -> float:
    """Milliseconds from the start of the navigation to the frame that shows the picture."""
    with empty_profile(browser, WATCH.replace("SELECTOR", repr(selector))) as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function("() => window.firstPicture")
        return float(page.evaluate("() => window.firstPicture"))


def measure() -> list[Row]:
    times: dict[str, list[float]] = {}
    with Server() as ours, Server(PEERS / "stock_chart.py") as stock, chromium() as browser:
        targets = {"st.plotly_chart": (stock.url(), STOCK)}
        targets |= {f"/{stop.path}": (ours.url(stop.path), OURS) for stop in STOPS}
        for run in range(RUNS + 1):
            for name, (url, selector) in targets.items():
                seen = first_picture(browser, url, selector)
                if run:  # the first round warms the servers
                    times.setdefault(name, []).append(seen)
    peer = median(times["st.plotly_chart"])
    return [
        Row(name, median(seen), "ms", 1.2 * peer if name != "st.plotly_chart" else None)
        for name, seen in times.items()
    ]
