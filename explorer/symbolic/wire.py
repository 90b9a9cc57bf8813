"""What travels between the server and a worker: frames of JSON, and trees as flat lists of rows.

A frame is four bytes of length (big endian) and that many bytes of JSON. A tree is a list of rows, children
first; a row is the node's kind, its words, and the row numbers of its children, so shared parts travel once
and depth costs no recursion: x² is `[["Variable", "x"], ["Number", "2"], ["Power", 0, 1]]`.
Nothing on the wire is ever run: a reader of rows knows the kinds it accepts and refuses every other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, BinaryIO

from explorer.expression import (
    Add,
    And,
    Call,
    Comparison,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
)

__all__ = [
    "MAX_FRAME",
    "MAX_ROWS",
    "Message",
    "Row",
    "TooLongError",
    "pack",
    "read_frame",
    "unpack",
    "write_frame",
]

Row = Sequence[str | int]
Message = Mapping[str, Any]

MAX_FRAME = 1 << 20
"""Bytes of one frame."""
MAX_ROWS = 4000
"""Rows of one tree: a longer formula helps nobody."""

_PLAIN: dict[str, Callable[..., Node]] = {
    kind.__name__: kind for kind in (Negate, Add, Subtract, Multiply, Divide, Power, And)
}
_WITH_A_WORD: dict[str, Callable[..., Node]] = {
    kind.__name__: kind for kind in (Constant, Variable, Comparison)
}


class TooLongError(ValueError):
    """A formula or a message is beyond the limits above."""


def pack(root: Node) -> list[Row]:
    """A tree as rows, the root last. Raises TooLongError beyond MAX_ROWS."""
    rows: list[Row] = []
    known: dict[tuple[str | int, ...], int] = {}

    def place(node: Node, below: Sequence[int]) -> int:
        row: tuple[str | int, ...] = (type(node).__name__, *_words(node), *below)
        if row not in known:
            if len(rows) >= MAX_ROWS:
                raise TooLongError(f"more than {MAX_ROWS} rows")
            known[row] = len(rows)
            rows.append(row)
        return known[row]

    fold(root, place)
    return rows


def _words(node: Node) -> tuple[str, ...]:
    match node:
        case Number(value):
            return (str(value),)
        case Constant(name) | Variable(name):
            return (name,)
        case Call(function, _):
            return (function,)
        case Comparison(operator, _, _):
            return (operator,)
        case Piecewise(_, otherwise):
            return ("undefined" if otherwise is None else "otherwise",)
    return ()


def unpack(rows: Sequence[Row]) -> Node:
    """The tree of rows made by `pack`. Raises ValueError for a kind it does not know."""
    nodes: list[Node] = []
    for kind, *rest in rows:
        words = [part for part in rest if isinstance(part, str)]
        below = [nodes[part] for part in rest if isinstance(part, int)]
        nodes.append(_node(str(kind), words, below))
    return nodes[-1]


def _node(kind: str, words: Sequence[str], below: Sequence[Node]) -> Node:
    if kind == "Number":
        return Number(Fraction(words[0]))
    if kind == "Call":
        return Call(words[0], tuple(below))
    if kind == "Piecewise":
        otherwise = below[-1] if words[0] == "otherwise" else None
        paired = below if otherwise is None else below[:-1]
        return Piecewise(tuple(zip(paired[::2], paired[1::2], strict=True)), otherwise)
    if kind in _WITH_A_WORD:
        return _WITH_A_WORD[kind](words[0], *below)
    if kind in _PLAIN:
        return _PLAIN[kind](*below)
    raise ValueError(f"no node is called {kind!r}")


def write_frame(stream: BinaryIO, message: Message) -> None:
    """Send one message. Raises TooLongError, or OSError when the other side is gone."""
    body = json.dumps(message, separators=(",", ":")).encode()
    if len(body) > MAX_FRAME:
        raise TooLongError(f"a frame of {len(body)} bytes")
    stream.write(len(body).to_bytes(4, "big") + body)
    stream.flush()


def read_frame(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, or None when the other side is gone."""
    head = stream.read(4)
    size = int.from_bytes(head, "big")
    if len(head) < 4 or size > MAX_FRAME:
        return None
    body = stream.read(size)
    if len(body) < size:
        return None
    message: dict[str, Any] = json.loads(body)
    return message
