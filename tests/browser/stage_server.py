"""What the stage's pages ask for, from this process: over HTTP a browser keeps what it has fetched and compiled."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from explorer.scene.plotly_script import plotly_script
from explorer.ui.static_files import ASSETS, live_script

PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>body { margin: 0; padding: 8px; }</style><div id="here"></div>"""


def answer(path: str) -> tuple[bytes, str] | None:
    """What a server would send: the page, the joined script, its modules one by one, and Plotly."""
    module = (ASSETS / path.removeprefix("/modules/")).resolve()
    if path in {"/", "/blank"}:
        return PAGE.encode(), "text/html"
    if path == "/plotly.js":
        return plotly_script()[0], "text/javascript"
    if path == "/live.js":
        return live_script().encode(), "text/javascript"
    if path.startswith("/modules/") and module.is_relative_to(ASSETS) and module.is_file():
        return module.read_bytes(), "text/javascript"
    return None


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found = answer(urlsplit(self.path).path)
        body, kind = found or (b"", "text/plain")
        self.send_response(200 if found else 204)
        if found:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=86400")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Nobody reads it."""


@contextmanager
def stage_server() -> Iterator[str]:
    """The address under which the files of the stage are served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://stage.test:{server.server_port}"
        server.shutdown()
