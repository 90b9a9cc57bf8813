"""Fifty links that nobody has opened before, at once: each a load for the others, and all must come whole.

Most are opened by what speaks to the server as a browser does and holds the page as a browser does, which costs a
tenth of one.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.learner import PATIENCE, Answer, Learner
from tests.browser.conftest import Visit
from tests.browser.server import Server
from tests.ui.delta_tree import DeltaTree

LINKS, SEEN = 50, 2
LAST = {"tangent": "How f′ is obtained", "secant": "When computers subtract"}
"""What stands last on each page."""


def link(k: int) -> tuple[str, str]:
    """A page and a formula that takes SymPy little, but with so many at once longer than a page waits."""
    return ("tangent", "secant")[k % 2], f"sqrt({k + 2}x+5)"


class Listener(Learner):
    """A learner who keeps the page as it comes, and asks for a fragment again when its clock says so."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.tree = DeltaTree()
        self.clock: asyncio.Task[None] | None = None
        self.whole = False

    async def come(self, page: str, formula: str) -> Answer:
        answer = await self.open(page, f=formula)
        while not self.whole:
            data = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            assert isinstance(data, bytes)
            self._keep(ForwardMsg.FromString(data), answer)
        return answer

    def stop(self) -> None:
        if self.clock:
            self.clock.cancel()
            self.clock = None

    def _keep(self, message: ForwardMsg, answer: Answer) -> None:
        super()._keep(message, answer)
        self.tree.hear(message)
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self.whole = False
            self.stop()
        elif kind == "auto_rerun":
            self.clock = asyncio.create_task(
                self.tick(message.auto_rerun.interval, message.auto_rerun.fragment_id)
            )
        elif kind == "script_finished":
            self.whole = self.clock is None and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    async def tick(self, seconds: float, fragment: str) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self.socket.send(self._request(fragment, by_clock=True))


async def arrive(port: int, k: int) -> str:
    """What is wrong with a page that came; nothing if it came whole."""
    page, formula = link(k)
    async with Listener(port) as listener:
        try:
            answer = await listener.come(page, formula)
        except (IndexError, TimeoutError, OSError) as error:
            return f"{page} {formula}: {error!r}"
        finally:
            listener.stop()
        missing = page == "secant" and not listener.scene.get("derivations")
        return "; ".join(answer.exceptions) or (f"{formula}: no algebra" if missing else "")


@pytest.fixture
def everybody_else(server: Server) -> Iterator[Callable[[], list[str]]]:
    """All who are not looked at, under way; what is wrong with their pages, once all have come."""
    told: list[str] = []

    async def arrivals() -> None:
        told.extend(await asyncio.gather(*(arrive(server.port, k) for k in range(SEEN, LINKS))))

    def awaited() -> list[str]:
        thread.join()
        return told

    thread = threading.Thread(target=lambda: asyncio.run(arrivals()))
    thread.start()
    yield awaited
    thread.join()


def test_fifty_cold_links_come_whole(visit: Visit, everybody_else: Callable[[], list[str]]) -> None:
    opened = []
    for k in range(SEEN):
        path, formula = link(k)
        page = visit.empty_page()
        page.goto(visit.server.url(path, f=formula), wait_until="commit")
        opened.append((page, path))
    assert everybody_else() == [""] * (LINKS - SEEN)
    for page, path in opened:
        expect(page.get_by_text(LAST[path])).to_be_visible()
        expect(page.get_by_text("is being worked out")).to_have_count(0)
