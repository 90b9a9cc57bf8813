"""The files that the browser fetches: Plotly's script and the live figure's, laid into `static/` at start."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tempfile
import time
from functools import lru_cache
from pathlib import Path

from explorer.figures.plotly_script import plotly_script

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets" / "live"
STATIC = ROOT / "static"
PACKED = ".gz"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z0-9_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def _in_order(entry: str) -> list[str]:
    """Names of the modules that `entry` needs, each after those that it imports."""
    order: list[str] = []
    visiting: set[str] = set()

    def visit(name: str) -> None:
        if name in order:
            return
        if name in visiting:
            raise ValueError(f"assets/live/{name}.js imports itself in a circle")
        visiting.add(name)
        for wanted in _IMPORT.findall((ASSETS / f"{name}.js").read_text(encoding="utf-8")):
            visit(wanted)
        order.append(name)

    visit(entry)
    return order


@lru_cache(maxsize=1)
def live_script() -> str:
    """The live figure's modules as one module that exports `mount`; its style sheet is a constant in it."""
    style = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css")))
    parts = [f"const LIVE_CSS = {json.dumps(style)};\n"]
    for name in _in_order("live"):
        source = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        parts.append(_EXPORT.sub("", _IMPORT.sub("", source)))
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


def _named(stem: str, script: bytes) -> str:
    """Lay `script` out, and beside it packed with gzip, under a name that no other content ever has."""
    name = f"{stem}-{hashlib.sha256(script).hexdigest()[:12]}.js"
    if not (STATIC / name).exists():
        _lay(name, script)
    if not (STATIC / (name + PACKED)).exists():
        _lay(name + PACKED, gzip.compress(script, mtime=0))
    return name


@lru_cache(maxsize=1)
def script_names() -> tuple[str, str]:
    """Lay out both scripts and return their names under `static/`: (Plotly, live figure)."""
    plotly, version = plotly_script()
    names = (_named(f"plotly-{version}", plotly), _named("live", live_script().encode()))
    yesterday = time.time() - 86400  # a server started earlier may still be handing out its own version
    for old in STATIC.glob("*.js*"):
        if old.name.removesuffix(PACKED) not in names and old.stat().st_mtime < yesterday:
            old.unlink(missing_ok=True)
    return names
