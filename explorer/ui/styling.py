"""The frame's style sheet in the head of every document: what stands first is laid out as it will stay.

As an element of the page it came after what it lays out, and everything moved.
"""

from __future__ import annotations

from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.ui.static_files import ROOT

_PARTIAL = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""What lets a document arrive packed, in part, or not at all."""


class Styling:
    """Puts the style sheet into every document. The server's own tags do not tell of it, so they are left out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; a document is held until it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            scope = {**scope, "headers": [h for h in scope["headers"] if h[0].lower() not in _PARTIAL]}
        await self.app(scope, receive, _Styled(send))


class _Styled:
    """Sends on what is no document at once, and a document with the style sheet in its head."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_plain(message):
            self.start = message
            return
        if self.start is None:
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = self.body.replace(b"</head>", _style() + b"</head>", 1)
        headers = MutableHeaders(raw=list(self.start["headers"]))
        headers["Content-Length"] = str(len(body))
        for name in ("etag", "last-modified"):
            del headers[name]
        await self.send({**self.start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body})


def is_document(start: Message) -> bool:
    """Whether an answer that starts so is a whole HTML document."""
    kind: bytes = dict(start["headers"]).get(b"content-type", b"")
    return start["status"] == 200 and kind.startswith(b"text/html")


def _is_plain(start: Message) -> bool:
    return is_document(start) and b"content-encoding" not in dict(start["headers"])


@lru_cache(maxsize=1)
def _style() -> bytes:
    """Nested in `:root` its rules go before those of Streamlit, which come later and are no more specific."""
    scale = (ROOT / "assets" / "live" / "styles" / "type.css").read_bytes()
    rules = b"".join(
        (ROOT / "assets" / f"{name}.css").read_bytes() for name in ("app", "said", "room", "words")
    )
    return b"<style>%b:root {\n%b}</style>" % (scale, rules)
