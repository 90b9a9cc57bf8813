"""A point dragged on the pad while the surface follows, against a bare `Plotly.restyle` of what moved there.

The bare call is made on a chart of its own, as Plotly makes it, with the same traces and of the same size.
"""

from playwright.sync_api import Page

from benchmarks.frames import METER, script_seconds, swing
from benchmarks.lab import chromium, empty_profile
from benchmarks.table import Row, median
from tests.browser.live_figure import LiveFigure
from tests.browser.pages import EVERY_STOP, STOPS
from tests.browser.server import Server

TITLE = "Surface: JavaScript per state against a bare restyle"
SURFACES = next(stop for stop in EVERY_STOP if stop.path == "partial_derivatives")
ROUNDS = 5
RESTYLES = 60
REACH = 100  # px
# The graph that holds a surface, and a picture of its traces' coordinates to tell later which of them moved.
REMEMBER = """
() => {
  window.space = [...document.querySelectorAll(".js-plotly-plot")].find((graph) => graph._fullLayout?.scene);
  window.coordinates = () => window.space.data.map((trace) => JSON.stringify(
    ["x", "y", "z"].map((name) => Array.from(trace[name] ?? [], String))));
  window.before = window.coordinates();
}
"""
MOVED = (
    "() => window.coordinates().map((now, i) => (now === window.before[i] ? -1 : i)).filter((i) => i >= 0)"
)
BARE = """
async () => {
  const { data, layout, clientWidth, clientHeight } = window.space;
  window.bare = document.body.appendChild(document.createElement("div"));
  window.bare.style = `position: fixed; top: 0; left: 0; width: ${clientWidth}px; height: ${clientHeight}px`;
  const copies = data.map((trace) => ({ ...trace }));
  await window.Plotly.newPlot(window.bare, copies, structuredClone(layout));
}
"""
RESTYLE = """
async ([indices, times]) => {
  const list = (name) => indices.map((i) => Array.from(window.bare.data[i][name]));
  for (let state = 0; state < times; state += 1) {
    await new Promise(requestAnimationFrame);
    const changes = { x: list("x"), y: list("y"), z: list("z") };
    for (const xs of changes.x) for (let k = 0; k < xs.length; k += 1) xs[k] += 1e-3 * (state % 7);
    window.Plotly.restyle(window.bare, changes, indices);
  }
}
"""


def one_round(page: Page, address: str) -> tuple[float, float, int]:
    """Ours and the bare call's JavaScript per state in ms, and how many traces move."""
    page.goto(address)
    figure = LiveFigure(page)
    page.evaluate(REMEMBER)
    target = figure.handle(SURFACES.control)
    drag = swing(page, figure.centre(target), REACH)
    figure.await_server()
    moved = page.evaluate(MOVED)
    assert moved, "nothing moved on the surface"
    page.evaluate(BARE)
    figure.next_frame()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before = script_seconds(session)
    page.evaluate(RESTYLE, [moved, RESTYLES])
    bare = 1000 * (script_seconds(session) - before) / RESTYLES
    return drag.script, bare, len(moved)


def measure() -> list[Row]:
    if SURFACES not in STOPS:
        return []
    with Server() as server, chromium() as browser:
        rounds = []
        for _ in range(ROUNDS):
            with empty_profile(browser, METER) as context:
                rounds.append(one_round(context.new_page(), server.url(SURFACES.path)))
    bare = median([r[1] for r in rounds])
    return [
        Row("bare Plotly.restyle", bare, "ms", note=f"of {rounds[0][2]} traces"),
        Row("the whole page in a drag", median([r[0] for r in rounds]), "ms", 1.3 * bare),
    ]
