"""What the server hands out besides its pages: the two scripts, named in the head of every page, and links as codes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.ui.in_class import link_code
from explorer.ui.static_files import PACKED, STATIC, scripts
from explorer.ui.styling import Styling, is_document


class Announcing:
    """Names scripts and fonts in the header of every document, so that they arrive while Streamlit is still starting.

    Otherwise the browser hears of them when the live figure is mounted, which is when all else is done.
    The addresses are relative to the document's, which holds behind a prefix too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, a document's header with the links."""

        async def announce(message: Message) -> None:
            if message["type"] == "http.response.start" and is_document(message):
                start = scope["path"].endswith("/")
                message["headers"] = [*message["headers"], (b"link", _links(start).encode())]
            await send(message)

        await self.app(scope, receive, announce if scope["type"] == "http" else send)


def _links(start: bool) -> str:
    """The start page has a figure and no formula, so it wants no fonts."""
    plotly, live = (f"<app/static/{name}>" for name in scripts().names)
    fonts = (
        [] if start else [f"<static/media/{name}>; rel=preload; as=font; crossorigin" for name in _fonts()]
    )
    return ", ".join([f"{plotly}; rel=preload; as=script", f"{live}; rel=modulepreload", *fonts])


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, ...]:
    """File names of the two fonts that nearly every formula is set in, as Streamlit brings them.

    Without them a formula has another width and height at first, and the row that it stands in breaks anew.
    """
    media = Path(st.__file__).parent / "static" / "static" / "media"
    names = ("KaTeX_Main-Regular.*.woff2", "KaTeX_Math-Italic.*.woff2")
    return tuple(path.name for name in names for path in media.glob(name))


async def _script(request: Request) -> Response:
    """A script, packed already where the browser takes it so; its name is its content's, so it is kept for good."""
    name = request.url.path.rsplit("/", 1)[-1]
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        name += PACKED
        # Streamlit names what the answer varies with only where it packs one itself.
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    if (kept := scripts().kept.get(name)) is not None:
        return Response(kept, headers=headers, media_type="text/javascript")
    return FileResponse(STATIC / name, headers=headers, media_type="text/javascript")


def _code(request: Request) -> Response:
    """A link as a QR code, made in a thread of its own: the pages of others do not wait for it."""
    picture = link_code(request.query_params.get("link", ""))
    if picture is None:
        return Response("This link is too long.", status_code=414, media_type="text/plain")
    return Response(picture, headers={"Cache-Control": "no-store"}, media_type="image/svg+xml")


def _routes() -> list[Route]:
    """A route for each script and one for codes, below the path at which the whole server stands."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    root = f"/{base}" if base else ""
    files = [Route(f"{root}/app/static/{name}", _script) for name in scripts().names]
    return [*files, Route(f"{root}/app/code.svg", _code)]


ROUTES = _routes()
MIDDLEWARE = [Middleware(Announcing), Middleware(Styling)]
