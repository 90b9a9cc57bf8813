"""A learner who keeps a page as a browser does, and asks for its fragments again; it costs a tenth of a browser."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.learner import PATIENCE, Answer, Learner
from tests.ui.delta_tree import DeltaTree


class Listener(Learner):
    """A learner who keeps the page as it comes, and asks for a fragment again when its clock says so."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.tree = DeltaTree()
        self.clock: asyncio.Task[None] | None = None
        self.whole = False
        self.folds: list[str] = []
        """What is written on the page's folds."""

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
        elif kind == "delta" and message.delta.add_block.HasField("expandable"):
            self.folds.append(message.delta.add_block.expandable.label)
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


async def _arrive(port: int, page: str, formula: str, judge: Callable[[Listener], str]) -> str:
    async with Listener(port) as listener:
        try:
            answer = await listener.come(page, formula)
        except (IndexError, TimeoutError, OSError) as error:
            return f"{page} {formula}: {error!r}"
        finally:
            listener.stop()
        return "; ".join(answer.exceptions) or judge(listener)


@contextmanager
def arriving(
    port: int, links: Sequence[tuple[str, str]], judge: Callable[[Listener], str]
) -> Iterator[Callable[[], list[str]]]:
    """Learners who open these pages and formulas at once, under way; what is wrong with each, once all have come.

    `judge` says what is wrong with a page that came whole and without an exception; nothing if nothing is.
    """
    told: list[str] = []

    async def arrivals() -> None:
        told.extend(await asyncio.gather(*(_arrive(port, *link, judge) for link in links)))

    def awaited() -> list[str]:
        thread.join()
        return told

    thread = threading.Thread(target=lambda: asyncio.run(arrivals()))
    thread.start()
    yield awaited
    thread.join()
