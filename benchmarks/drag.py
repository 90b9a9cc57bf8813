"""Frames while a learner drags, on each page and on a JSXGraph page, in turns in the same browser."""

import re

from playwright.sync_api import Browser, expect

from benchmarks import jsxgraph
from benchmarks.frames import METER, Drag, swing
from benchmarks.lab import chromium, empty_profile
from benchmarks.table import Row, median
from tests.browser.live_figure import PATIENCE, LiveFigure
from tests.browser.pages import STOPS, Stop
from tests.browser.server import Server

TITLE = "Drag: frame intervals and JavaScript per state"
RUNS = 5
REACH = 140  # px
ROWS = (10, 100, 500)
HANDS = 3
"""So often a peer is tried to be dragged."""
SETTLED = """() => new Promise((done) => {
  let frames = 10;
  const next = () => (frames-- ? requestAnimationFrame(next) : done());
  next();
})"""
PAN = 60  # px
PICTURE = {
    "tangent": "[data-panel=curve] .nsewdrag",
    "secant": "[data-panel=curve] .nsewdrag",
    "partial_derivatives": "[data-panel=pad] .nsewdrag",
}
"""Where the background is dragged on the pages whose window is the learner's to move."""


def drag_page(browser: Browser, server: Server, stop: Stop) -> Drag:
    with empty_profile(browser, METER) as context:
        page = context.new_page()
        page.goto(server.url(stop.path))
        figure = LiveFigure(page)
        target = figure.handle(stop.control)
        if target.count() == 0:
            target = figure.control(stop.control)
        before = figure.sent
        start = figure.value(stop.control)
        place = figure.centre(target)
        drag = swing(page, place, REACH)
        figure.await_condition(lambda: figure.sent > before, f"{stop.path}: the message of the release")
        assert figure.sent - before == 1, f"{stop.path} sent {figure.sent - before} messages for one drag"
        assert figure.value(stop.control) != start, f"{stop.path}: nothing was dragged"
        return drag


def pan_page(browser: Browser, server: Server, stop: Stop) -> Drag:
    """The background is dragged: the curve is sampled anew at every frame."""
    with empty_profile(browser, METER) as context:
        page = context.new_page()
        page.goto(server.url(stop.path))
        figure = LiveFigure(page)
        box = figure.root.locator(PICTURE[stop.path]).first.bounding_box()
        assert box is not None
        before = figure.sent
        drag = swing(page, (box["x"] + 0.2 * box["width"], box["y"] + 0.1 * box["height"]), PAN)
        page.wait_for_url("**window=**")
        assert figure.sent - before == 1, f"{stop.path} sent {figure.sent - before} messages for one pan"
        return drag


def drag_peer(browser: Browser, address: str) -> Drag:
    """A peer that is slow to draw may miss the hand that comes down on it: then it gets another."""
    for _ in range(HANDS):
        with empty_profile(browser, METER) as context:
            page = context.new_page()
            page.goto(address)
            # Once it has drawn, and what it does after that has had its frames.
            page.wait_for_function("() => window.gliderPlace && window.moved")
            page.evaluate(SETTLED)
            place = page.evaluate("() => window.gliderPlace")
            drag = swing(page, tuple(place), REACH)
            if page.evaluate("() => window.moved()") > 1e-6:
                return drag
    raise AssertionError(f"{address}: nothing was dragged in the peer, {HANDS} times")


def drag_row(browser: Browser, server: Server, count: int, control: str) -> Drag:
    """A point of the regression page or its learning rate, among so many points about a line."""
    with empty_profile(browser, METER) as context:
        page = context.new_page()
        page.goto(server.url("regression"))
        figure = LiveFigure(page)
        put_rows(figure, count)
        before, start = figure.sent, figure.value("rate")
        drawn = figure.drawn_points
        target = figure.point(count // 2 + 1) if control == "point" else figure.control(control)
        drag = swing(page, figure.centre(target), REACH / 2)
        figure.await_condition(lambda: figure.sent > before, "the message of the release")
        assert figure.sent - before == 1, f"{figure.sent - before} messages were sent for one drag"
        moved = figure.drawn_points != drawn, figure.value("rate") != start
        assert moved == (control == "point", control == "rate"), "nothing was dragged"
        return drag


def put_rows(figure: LiveFigure, count: int) -> None:
    """So many points about a line, from a file."""
    page = figure.page
    rows = "\n".join(f"{10 * k / count:.6g},{1000 * k / count:.6g}" for k in range(1, count + 1))
    page.get_by_role("button", name="Own data").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    expect(page.get_by_role("textbox", name="Rows of x and y")).to_have_value(
        re.compile(rf"^([^\n]+\n){{{count - 1}}}[^\n]+$"), timeout=PATIENCE
    )
    page.get_by_role("button", name="Put them there").click()
    figure.await_points(count)
    figure.await_server()


def measure() -> list[Row]:
    drags: dict[str, list[Drag]] = {}
    with jsxgraph.served() as address, Server() as server, chromium() as browser:
        for _ in range(RUNS):
            drags.setdefault("JSXGraph", []).append(drag_peer(browser, address + "jsxgraph.html"))
            for count in ROWS:
                peer = drag_peer(browser, f"{address}least_squares.html?points={count}")
                drags.setdefault(f"JSXGraph, {count} points", []).append(peer)
                for control, name in (("point", "a point"), ("rate", "η")):
                    own = drag_row(browser, server, count, control)
                    drags.setdefault(f"/regression, {name} of {count} points", []).append(own)
            for stop in STOPS:
                drags.setdefault(f"/{stop.path}", []).append(drag_page(browser, server, stop))
                if stop.path in PICTURE:
                    drags.setdefault(f"/{stop.path}, its window", []).append(pan_page(browser, server, stop))
    peers = {
        name: median([d.p95 for d in runs]) for name, runs in drags.items() if name.startswith("JSXGraph")
    }
    rows = []
    for name, runs in drags.items():
        p95 = median([drag.p95 for drag in runs])
        ours = name not in peers
        peer = next(
            (own for one, own in peers.items() if name.endswith(one.removeprefix("JSXGraph,"))),
            peers["JSXGraph"],
        )
        rows += [
            Row(f"{name}: median interval", median([drag.middle for drag in runs]), "ms"),
            Row(f"{name}: p95 interval", p95, "ms", 1.15 * peer if ours else None),
            Row(f"{name}: JavaScript per state", median([d.script for d in runs]), "ms", 4 if ours else None),
        ]
    return rows
