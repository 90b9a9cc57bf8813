"""A real `streamlit run app.py` in a process of its own, on a free port of this machine."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
FAULT = re.compile(r"Traceback|\w*(Error|Exception|Warning)\b|\b(ERROR|WARNING|CRITICAL)\b")


def log_faults(log: str) -> list[str]:
    """The lines of a server's log that tell of something wrong."""
    return [line for line in log.splitlines() if FAULT.search(line)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Started by `with`, stopped at its end, on its port or a free one. `script` is the app's, or a peer's."""

    def __init__(self, script: Path = ROOT / "app.py", *, port: int = 0, **options: str) -> None:
        self.script = script
        self.options = {
            "server.fileWatcherType": "none",
            "server.headless": "true",
            "browser.gatherUsageStats": "false",
            **options,
        }
        self.port = port or free_port()
        self.folder = tempfile.TemporaryDirectory(prefix="explorer-server-")
        self.log = Path(self.folder.name) / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        options = {**self.options, "server.port": str(self.port), "server.address": "127.0.0.1"}
        arguments = [f"--{name}={value}" for name, value in options.items()]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(self.script), *arguments],
                cwd=self.script.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self.await_health()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def await_health(self, seconds: float = 60) -> None:
        """Wait until the server answers; a server that serves nothing yet has run no page."""
        assert self.process is not None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended at once:\n{self.read_log()}")
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5):
                    return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.05)
        raise TimeoutError(f"The server did not answer within {seconds} s:\n{self.read_log()}")

    @property
    def address(self) -> str:
        base = self.options.get("server.baseUrlPath", "")
        return f"http://127.0.0.1:{self.port}" + (f"/{base}" if base else "")

    def url(self, path: str = "", **query: object) -> str:
        """The address of a page, its query percent-encoded: `url("tangent", f="x^2", x0=1)`."""
        return f"{self.address}/{path.strip('/')}" + (f"?{urlencode(query)}" if query else "")

    def read_log(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def faults(self) -> list[str]:
        return log_faults(self.read_log())

    def memory(self) -> int:
        """The resident memory of the server's own process in bytes (Linux)."""
        assert self.process is not None
        return resident_bytes(self.process.pid)

    def processor_seconds(self) -> float:
        """The processor time that the server's own process has used so far (Linux)."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def worker_memory(self) -> int:
        """The resident memory of the processes that the server started, in bytes (Linux)."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return sum(resident_bytes(int(pid)) for listing in children for pid in listing.read_text().split())


def resident_bytes(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match[1]) * 1024 if match else 0
