"""One worker process, seen from the server: started, asked, and killed when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from explorer.symbolic.wire import Message, read_frame, write_frame

__all__ = ["WORKER_COMMAND", "Reply", "WorkerProcess"]

WORKER_COMMAND = (sys.executable, "-m", "explorer.symbolic.worker")
_ROOT = Path(__file__).resolve().parents[2]
# One thread each (a worker has no use for more), and the same spelling of the same formula in every worker.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


@dataclass(frozen=True)
class Reply:
    """What came back: a message, or None. `leaving`, `timed_out` and `died` mean that the process is gone."""

    message: Message | None
    leaving: bool = False
    timed_out: bool = False
    died: bool = False


class WorkerProcess:
    """A plain Python process on two pipes. Not thread safe: one thread owns it; `kill` may come from any."""

    def __init__(self, command: Sequence[str] = WORKER_COMMAND) -> None:
        """Start it. Raises OSError when the machine refuses."""
        # A session of its own: Ctrl-C in the terminal is for the server, which then lets its workers go.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        self._is_ready = False

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether it has imported SymPy and, as far as is known, runs."""
        return self._is_ready

    def wait_until_ready(self, patience: float) -> bool:
        """Whether it has imported SymPy; False when it died or took longer than `patience` seconds."""
        if not self._is_ready:
            with self._killed_after(patience):
                self._is_ready = read_frame(self._answers) is not None  # type: ignore[arg-type]
        return self._is_ready

    def ask(self, request: bytes, budget: float) -> Reply:
        """Send a request (JSON) and wait for its answer, at most `budget` seconds; then kill.

        A worker may send provisional answers first: when it fails or is killed the last of them counts.
        """
        first: Message | None = None
        with self._killed_after(budget) as expired:
            try:
                write_frame(self._requests, json.loads(request))  # type: ignore[arg-type]
                while (received := read_frame(self._answers)) is not None:  # type: ignore[arg-type]
                    if received.get("provisional"):
                        first = received
                    else:
                        failed = "over" in received and first is not None
                        return Reply(first if failed else received, leaving=bool(received.get("leaving")))
            except OSError:
                pass
        return Reply(first, timed_out=expired.is_set(), died=not expired.is_set())

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[threading.Event]:
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield expired
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        self._process.kill()

    def stop(self) -> None:
        """End it, wait for its end (no zombie stays) and close the pipes."""
        self.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what a dead worker never read
                pipe.close()
