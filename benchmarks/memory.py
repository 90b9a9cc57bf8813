"""Memory of the server: at rest, after every page was used in a browser, and for each further learner."""

import asyncio
from contextlib import AsyncExitStack

from benchmarks.lab import chromium, empty_profile
from benchmarks.learner import Learner
from benchmarks.table import Row
from tests.browser.live_figure import LiveFigure
from tests.browser.pages import STOPS, Stop
from tests.browser.server import Server

TITLE = "Memory of the server"
FIRST, LEARNERS = 10, 40
RELEASES = 300
MIB = 1024 * 1024


async def memory_of_learners(server: Server, path: str) -> float:
    """Bytes per session, while LEARNERS of them are on the page; the first few fill what all share."""
    async with AsyncExitStack() as stack:
        for number in range(FIRST + LEARNERS):
            if number == FIRST:
                before = server.memory()
            learner = await stack.enter_async_context(Learner(server.port))
            await learner.open(path)
        return (server.memory() - before) / LEARNERS


async def growth_over_releases(server: Server, stop: Stop) -> int:
    """Bytes that the server grows by while one learner lets go RELEASES times."""
    async with Learner(server.port) as learner:
        await learner.open(stop.path)
        row = next(control for control in learner.scene["controls"] if control["name"] == stop.control)
        values = [row["min"] + (row["max"] - row["min"]) * share / RELEASES for share in range(RELEASES)]
        for value in values[:20]:
            await learner.release({stop.control: value})
        before = server.memory()
        for value in values:
            await learner.release({stop.control: value})
        return server.memory() - before


def measure() -> list[Row]:
    with Server() as server:
        rows = [Row("server that has served nothing", server.memory() / MIB, "MiB")]
        with chromium() as browser, empty_profile(browser) as context:
            page = context.new_page()
            for path in ("", *(stop.path for stop in STOPS)):
                page.goto(server.url(path))
                if path:
                    figure = LiveFigure(page)
                    control = figure.control(next(s.control for s in STOPS if s.path == path))
                    figure.drag(control, 60)
        rows.append(Row("after all pages were used", server.memory() / MIB, "MiB"))
        rows.append(Row("its symbolic workers", server.worker_memory() / MIB, "MiB"))
        for stop in STOPS:
            each = asyncio.run(memory_of_learners(server, stop.path))
            rows.append(Row(f"each further session on /{stop.path}", each / MIB, "MiB"))
        for stop in STOPS:
            growth = asyncio.run(growth_over_releases(server, stop))
            rows.append(Row(f"{RELEASES} releases on /{stop.path}", growth / MIB, "MiB"))
    return rows
