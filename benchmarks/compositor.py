"""Frames while a learner drags where the browser's compositor works in software GL: weak graphics, a remote desktop."""

from benchmarks import jsxgraph
from benchmarks.drag import drag_page, drag_peer
from benchmarks.frames import Drag
from benchmarks.lab import chromium
from benchmarks.table import Row, median
from tests.browser.chromium import ARGUMENTS
from tests.browser.pages import STOPS
from tests.browser.server import Server

TITLE = "Drag in software GL: frame intervals"
SOFTWARE_GL = (*(one for one in ARGUMENTS if one != "--disable-gpu"), "--use-gl=angle")
RUNS = 3
LATE = 25.0
"""An interval longer than so many ms is a frame that was missed."""
FLAT = ("tangent", "secant", "gradient_descent")
"""Pages that draw in the plane alone; the surface's pad and slices are told, its 3D picture may follow at rest."""


def late(drag: Drag) -> float:
    """The share of the frames that were late, in percent."""
    return 100 * sum(one > LATE for one in drag.intervals) / len(drag.intervals)


def measure() -> list[Row]:
    drags: dict[str, list[Drag]] = {}
    stops = [stop for stop in STOPS if stop.path in (*FLAT, "partial_derivatives")]
    with jsxgraph.served() as address, Server() as server, chromium(SOFTWARE_GL) as browser:
        for _ in range(RUNS):
            drags.setdefault("JSXGraph", []).append(drag_peer(browser, address + "jsxgraph.html"))
            for stop in stops:
                drags.setdefault(f"/{stop.path}", []).append(drag_page(browser, server, stop))
    middle = {name: median([one.middle for one in runs]) for name, runs in drags.items()}
    missed = {name: median([late(one) for one in runs]) for name, runs in drags.items()}
    rows = []
    for name in drags:
        held = name.removeprefix("/") in FLAT
        bounds = (1.15 * middle["JSXGraph"], 1.15 * missed["JSXGraph"]) if held else (None, None)
        rows += [
            Row(f"{name}: median interval", middle[name], "ms", bounds[0]),
            Row(f"{name}: frames over {LATE:g} ms", missed[name], "%", bounds[1]),
        ]
    return rows
