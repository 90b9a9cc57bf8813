"""Frames while a letter of a graph of forty boxes is dragged, and on a JSXGraph page, in turns in the same browser."""

from playwright.sync_api import Browser

from benchmarks import jsxgraph
from benchmarks.drag import REACH, drag_peer
from benchmarks.frames import METER, Drag, swing
from benchmarks.lab import chromium, empty_profile
from benchmarks.table import Row, median
from tests.browser.live_figure import LiveFigure
from tests.browser.server import Server

TITLE = "Drag of a letter on a graph of forty boxes"
RUNS = 7
FORTY = "+".join(f"sin({k}x)*y" for k in range(1, 13))
FORTY_STEPS = 95  # the last one: everything is computed


def drag_letter(browser: Browser, server: Server) -> Drag:
    """A letter of a graph of forty boxes, all computed: every box and wire says another number at every frame."""
    with empty_profile(browser, METER) as context:
        page = context.new_page()
        page.goto(server.url("chain", f=FORTY, step=FORTY_STEPS))
        figure = LiveFigure(page)
        assert figure.root.locator("[data-box]").count() >= 40
        assert figure.value("step") == FORTY_STEPS
        before = figure.value("x")
        drag = swing(page, figure.centre(figure.control("x")), REACH / 2)
        assert figure.value("x") != before, "nothing was dragged"
        return drag


def measure() -> list[Row]:
    peers: list[Drag] = []
    own: list[Drag] = []
    with jsxgraph.served() as address, Server() as server, chromium() as browser:
        for _ in range(RUNS):
            peers.append(drag_peer(browser, address + "jsxgraph.html"))
            own.append(drag_letter(browser, server))
    bound = 1.15 * median([drag.p95 for drag in peers])
    return [
        Row("JSXGraph: median interval", median([drag.middle for drag in peers]), "ms"),
        Row("JSXGraph: p95 interval", median([drag.p95 for drag in peers]), "ms"),
        Row("/chain: median interval", median([drag.middle for drag in own]), "ms"),
        Row("/chain: p95 interval", median([drag.p95 for drag in own]), "ms", bound),
        Row("/chain: JavaScript per state", median([drag.script for drag in own]), "ms", 4),
    ]
