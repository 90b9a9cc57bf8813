"""The first picture with an empty cache, against stock Streamlit pages with one chart, in turns.

A picture counts when it is drawn with what can be dragged in it. A page's other panels follow, one a frame: the time
until the last is a row of its own. The surface page is also held against a stock page whose chart is a surface.
"""

from playwright.sync_api import Browser

from benchmarks.lab import PEERS, chromium, empty_profile
from benchmarks.table import Row, median
from tests.browser.pages import STOPS
from tests.browser.server import Server

TITLE = "First picture with a cold browser cache"
RUNS = 7
FIRST = '[data-testid="live-figure"][data-pictured="true"]'
WHOLE = '[data-testid="live-figure"][data-ready="true"]'
CHART = ".js-plotly-plot .scatterlayer .trace path.js-line"
SURFACE = ".js-plotly-plot .gl-container canvas"
BOUND = 1.2
# Looks once a frame, from the start of the navigation on.
WATCH = """
window.seen = {};
(() => {
  const look = () => {
    for (const selector of SELECTORS) {
      const found = selector in window.seen ? null : document.querySelector(selector);
      if (found && found.getBoundingClientRect().width > 0) window.seen[selector] = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


def pictures(browser: Browser, url: str, *selectors: str) -> list[float]:
    """Milliseconds from the start of the navigation to the frame that shows each of `selectors`."""
    with empty_profile(browser, WATCH.replace("SELECTORS", repr(list(selectors)))) as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function("(count) => Object.keys(window.seen).length === count", arg=len(selectors))
        return [
            float(page.evaluate("(selector) => window.seen[selector]", selector)) for selector in selectors
        ]


def measure() -> list[Row]:
    times: dict[str, list[list[float]]] = {}
    peers = {
        "st.plotly_chart": ("stock_chart.py", CHART),
        "st.plotly_chart of a surface": ("stock_surface.py", SURFACE),
    }
    with (
        Server() as ours,
        Server(PEERS / "stock_chart.py") as chart,
        Server(PEERS / "stock_surface.py") as surface,
        chromium() as browser,
    ):
        servers = dict(zip(peers, (chart, surface), strict=True))
        for run in range(RUNS + 1):
            seen = {name: pictures(browser, servers[name].url(), peers[name][1]) for name in peers}
            seen |= {f"/{stop.path}": pictures(browser, ours.url(stop.path), FIRST, WHOLE) for stop in STOPS}
            if run:  # the first round warms the servers
                for name, moments in seen.items():
                    times.setdefault(name, []).append(moments)
    middle = {
        name: [median(list(column)) for column in zip(*rows, strict=True)] for name, rows in times.items()
    }
    bound = BOUND * middle["st.plotly_chart"][0]
    rows = [Row(name, middle[name][0], "ms") for name in peers]
    for name in (name for name in middle if name not in peers):
        whole = BOUND * middle["st.plotly_chart of a surface"][0] if name == "/partial_derivatives" else None
        rows += [
            Row(name, middle[name][0], "ms", bound),
            Row(f"{name}: every panel", middle[name][1], "ms", whole),
        ]
    return rows
