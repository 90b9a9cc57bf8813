"""A learner without a browser: speaks Streamlit's own messages over a websocket to a server on this machine.

It asks for a page as a browser does, keeps what the page sends, and lets go of a control as the live figure
does: one `release` value of the component, a rerun of the fragment that holds it, the cached messages named.
"""

import asyncio
import json
import math
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0  # s
DONE = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass
class Answer:
    """What one request brought: seconds until the script had finished and until the scene, messages and bytes."""

    seconds: float
    scene: float = math.nan
    sizes: list[int] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)


class Learner:
    """`async with Learner(port) as learner: await learner.open("tangent", f="x^2")`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: ClientConnection
        self.page = ""
        self.query = ""
        self.page_hash = ""
        self.cached: set[str] = set()
        self.values: dict[str, WidgetState] = {}
        self.figure: BidiComponent | None = None
        self.fragment = ""
        self.sequence = 0

    async def __aenter__(self) -> Self:
        self.socket = await connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def open(self, page: str, **query: object) -> Answer:
        self.page, self.query = page, urlencode(query)
        return await self._ask()

    async def release(self, controls: dict[str, float]) -> Answer:
        """Let go of the live figure's controls at these values."""
        assert self.figure is not None, f"/{self.page} sent no live figure"
        self.sequence += 1
        message = {
            "id": self.scene["id"],
            "seq": self.sequence,
            "controls": controls,
            "toggles": {},
        }
        state = WidgetState(id=self.figure.id, json_value=json.dumps({"release": message}))
        self.values[self.figure.id] = state
        return await self._ask(self.fragment)

    @property
    def scene(self) -> dict[str, Any]:
        """The scene as it came over the wire."""
        assert self.figure is not None
        text = self.figure.json if self.figure.WhichOneof("data") == "json" else self.figure.mixed.json
        return dict(json.loads(text))

    def _request(self, fragment: str, *, by_clock: bool = False) -> bytes:
        request = BackMsg()
        client = request.rerun_script
        client.query_string, client.page_name, client.fragment_id = self.query, self.page, fragment
        client.page_script_hash, client.is_auto_rerun = self.page_hash, by_clock
        client.widget_states.widgets.extend(self.values.values())
        client.cached_message_hashes.extend(sorted(self.cached))
        client.context_info.url = f"http://127.0.0.1:{self.port}/{self.page}"
        client.context_info.color_scheme = "light"
        return request.SerializeToString()

    async def _ask(self, fragment: str = "") -> Answer:
        begin, former = time.perf_counter(), self.figure
        await self.socket.send(self._request(fragment))
        answer = Answer(0)
        while True:
            data = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            assert isinstance(data, bytes)
            message = ForwardMsg.FromString(data)
            answer.sizes.append(len(data))
            self._keep(message, answer)
            if math.isnan(answer.scene) and self.figure is not former:
                answer.scene = time.perf_counter() - begin
            if message.WhichOneof("type") == "script_finished" and message.script_finished in DONE:
                answer.seconds = time.perf_counter() - begin
                return answer

    def _keep(self, message: ForwardMsg, answer: Answer) -> None:
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self.cached.add(message.hash)
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "bidi_component":
                self.figure, self.fragment = element.bidi_component, message.delta.fragment_id
            elif element.WhichOneof("type") == "exception":
                answer.exceptions.append(element.exception.message)
