"""A learner who keeps a page as a browser does, and asks for its fragments again; it costs a tenth of a browser."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode

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
        self.said: list[str] = []
        """The plain sentences around the figure."""

    async def come(self, page: str, query: Mapping[str, object]) -> Answer:
        answer = await self.open(page, **query)
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
        elif kind == "delta" and message.delta.new_element.HasField("text"):
            self.said.append(message.delta.new_element.text.body)
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


async def _arrive(port: int, page: str, query: Mapping[str, object], judge: Callable[[Listener], str]) -> str:
    async with Listener(port) as listener:
        try:
            answer = await listener.come(page, query)
        except (IndexError, TimeoutError, OSError) as error:
            return f"{page} {dict(query)}: {error!r}"
        finally:
            listener.stop()
        return "; ".join(answer.exceptions) or judge(listener)


@contextmanager
def arriving(
    port: int, links: Sequence[tuple[str, Mapping[str, object]]], judge: Callable[[Listener], str]
) -> Iterator[Callable[[], list[str]]]:
    """Learners who open these links at once, under way; what is wrong with each, once all have come.

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


def listened(port: int, page: str, queries: Sequence[Mapping[str, object]]) -> list[Listener]:
    """A page's links as learners without a browser see them, each for the first time; none may bring an exception."""
    came: dict[str, Listener] = {}

    def keep(listener: Listener) -> str:
        came[listener.query] = listener
        return ""

    with arriving(port, [(page, query) for query in queries], keep) as all_of_them:
        assert all_of_them() == [""] * len(queries)
    return [came[urlencode(query)] for query in queries]
