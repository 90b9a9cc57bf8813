"""The files that the browser fetches: Plotly's script and the live figure's, laid into `static/` at start."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from explorer.scene.plotly_script import plotly_script

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets" / "live"
STATIC = ROOT / "static"
PACKED = ".gz"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\.[./a-z_]*/([a-z0-9_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def _in_order(sources: Mapping[str, str], entry: str) -> list[str]:
    """Names of the modules that `entry` needs, each after those that it imports; no two have the same name."""
    order: list[str] = []
    visiting: set[str] = set()

    def visit(name: str) -> None:
        if name in order:
            return
        if name in visiting:
            raise ValueError(f"{name}.js of the live figure imports itself in a circle")
        visiting.add(name)
        for wanted in _IMPORT.findall(sources[name]):
            visit(wanted)
        order.append(name)

    visit(entry)
    return order


@lru_cache(maxsize=1)
def live_script() -> str:
    """The live figure's modules as one module that exports `mount`; its style sheet is a constant in it."""
    sheets = sorted(ASSETS.rglob("*.css"), key=lambda path: path.name)
    style = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    sources = {path.stem: path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.js")}
    parts = [f"const LIVE_CSS = {json.dumps(style)};\n"]
    parts += [_EXPORT.sub("", _IMPORT.sub("", sources[name])) for name in _in_order(sources, "mount")]
    parts.append("export { mount };\n")
    return "\n".join(parts)


def _lay(name: str, content: bytes) -> None:
    """Write atomically: another process may be serving the file at this moment."""
    target = STATIC / name
    STATIC.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=STATIC)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)


@dataclass(frozen=True)
class Scripts:
    """The names of both scripts under `static/`; what could not be laid there is kept here, by file name."""

    plotly: str
    live: str
    kept: Mapping[str, bytes]

    @property
    def names(self) -> tuple[str, str]:
        """Plotly's first."""
        return (self.plotly, self.live)


@lru_cache(maxsize=1)
def scripts() -> Scripts:
    """Lay out both scripts, and beside each what gzip makes of it, under names that no other content ever has.

    Where `static/` cannot be written, as in an image that is only read, they stay in memory.
    """
    plotly, version = plotly_script()
    contents = {f"plotly-{version}": plotly, "live": live_script().encode()}
    names = [f"{stem}-{hashlib.sha256(script).hexdigest()[:12]}.js" for stem, script in contents.items()]
    kept: dict[str, bytes] = {}
    for name, script in zip(names, contents.values(), strict=True):
        try:
            _lay_missing(name, script)
        except OSError as error:
            kept |= {name: script, name + PACKED: gzip.compress(script, mtime=0)}
            sentence = "%s cannot be written (%s): %s is handed out from memory."
            logging.getLogger(__name__).warning(sentence, STATIC, error.strerror, name)
    with suppress(OSError):
        _tidy(names)
    return Scripts(names[0], names[1], kept)


def _lay_missing(name: str, script: bytes) -> None:
    if not (STATIC / name).exists():
        _lay(name, script)
    if not (STATIC / (name + PACKED)).exists():
        _lay(name + PACKED, gzip.compress(script, mtime=0))


def _tidy(names: list[str]) -> None:
    yesterday = time.time() - 86400  # a server started earlier may still be handing out its own version
    for old in STATIC.glob("*.js*"):
        if old.name.removesuffix(PACKED) not in names and old.stat().st_mtime < yesterday:
            old.unlink(missing_ok=True)
