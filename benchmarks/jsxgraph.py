"""The peer of the drag: JSXGraph, fetched with npm when it is measured, never committed."""

import functools
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.lab import PEERS
from tests.browser.server import ROOT

VERSION = "1.13.3"
FOLDER = ROOT / "build" / "peers"
PAGES = ("jsxgraph.html", "least_squares.html")


def fetch() -> Path:
    """The folder with the peer's pages and their library."""
    if not (FOLDER / "jsxgraph" / "distrib" / "jsxgraphcore.js").exists():
        if shutil.which("npm") is None:
            raise FileNotFoundError("JSXGraph is fetched with npm, and there is no npm here.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"jsxgraph@{VERSION}"],
            cwd=FOLDER,
            check=True,
            capture_output=True,
            text=True,
        )
        archive = packed.stdout.strip().splitlines()[-1]
        subprocess.run(["tar", "-xzf", archive], cwd=FOLDER, check=True)
        (FOLDER / "package").rename(FOLDER / "jsxgraph")
    for page in PAGES:
        shutil.copy(PEERS / page, FOLDER)
    return FOLDER


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        del arguments


@contextmanager
def served() -> Iterator[str]:
    """The address of the peer's pages, served on this machine."""
    handler = functools.partial(Quiet, directory=str(fetch()))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
