"""What Streamlit's page in the browser makes of the server's messages, without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass
class Node:
    """A place in the page: whose it is, of which run, and what is in it."""

    owner: str
    run: int
    children: list[Node]

    def at(self, path: Sequence[int]) -> Node:
        return self.children[path[0]].at(path[1:]) if path else self


class DeltaTree:
    """The page as the browser holds it. Raises IndexError where it would turn white."""

    def __init__(self) -> None:
        self.page = Node("", 0, [Node("", 0, []) for _ in range(4)])
        self.run = 0
        self.fragments: set[str] = set()

    def receive(self, messages: Sequence[ForwardMsg]) -> None:
        """All messages of one run of the whole page."""
        self.begin(())
        for message in messages:
            self.hear(message)
        self.finish()

    def hear(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.begin(message.metadata.run.fragment_ids)
        elif kind in ("delta", "ref_hash"):
            self.put(message)
        elif kind == "script_finished" and message.script_finished in FINISHED:
            self.finish()

    def begin(self, fragments: Sequence[str]) -> None:
        self.run += 1
        self.fragments = set(fragments)

    def put(self, message: ForwardMsg) -> None:
        *place, k = message.metadata.delta_path
        siblings = self.page.at(place).children
        if k > len(siblings):
            raise IndexError(f"bad delta path index {k}: there are {len(siblings)}")
        kept = siblings[k].children if k < len(siblings) and message.delta.HasField("add_block") else []
        siblings[k : k + 1] = [Node(message.delta.fragment_id, self.run, kept)]

    def finish(self) -> None:
        """What is of an older run goes, as far as this run was to draw it."""
        for root in self.page.children:
            self._tidy(root)

    def _tidy(self, node: Node) -> None:
        node.children[:] = [
            child
            for child in node.children
            if child.run == self.run or (self.fragments and child.owner not in self.fragments)
        ]
        for child in node.children:
            self._tidy(child)
