"""The worker: `python -m explorer.symbolic.worker` answers questions on its standard input and output.

It lives under an address-space limit, ends when the server is gone (end of input) and, while it is lost in a
computation, when it has used several times its budget of processor time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from explorer.symbolic.wire import Message, TooLongError, read_frame, write_frame

__all__ = ["Report", "Task", "main", "serve"]

Report = Callable[[Message], None]
"""Hands over a provisional answer: it counts if the worker is killed before the final one."""
Task = Callable[[Message, Report], Message]

MEMORY_LIMIT = 320 << 20
"""Bytes of address space."""
_PROCESSOR_TIME = 3.0
"""How often the budget, in processor time, before the kernel ends an orphan."""


NICE = 10
"""By how much a worker steps back where the server wants the processor too."""


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_processor_time(seconds: float) -> None:
    """SIGVTALRM, whose default action is to end the process even deep inside one long multiplication."""
    import signal  # noqa: PLC0415 - only where it is needed

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def serve(tasks: Mapping[str, Task], requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the input ends; leave after running out of memory."""

    def report(message: Message) -> None:
        write_frame(answers, {**message, "provisional": True})

    write_frame(answers, {"ready": True})
    while (request := read_frame(requests)) is not None:
        _limit_processor_time(_PROCESSOR_TIME * float(request["budget"]))
        answer: dict[str, Any] = {}
        try:
            answer = dict(tasks[request["task"]](request, report))
            write_frame(answers, answer)
        except MemoryError:
            write_frame(answers, {"over": "MEMORY", "leaving": True})
            return
        except TooLongError:
            write_frame(answers, {"over": "LENGTH"})
        except Exception:
            write_frame(answers, {"over": "FAILED"})
        finally:
            _limit_processor_time(0)


def main() -> None:
    """Serve the real tasks on the pipes; whatever prints goes nowhere."""
    _limit_memory()
    if hasattr(os, "nice"):  # pictures come before formulas
        os.nice(NICE)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    from explorer.symbolic.tasks import TASKS  # noqa: PLC0415 - SymPy, under the limits set above

    sys.setrecursionlimit(5000)
    serve(TASKS, requests, answers)


if __name__ == "__main__":
    main()
