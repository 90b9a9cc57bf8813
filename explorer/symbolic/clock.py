"""Time inside a worker: an attempt that takes too long is given up, and the worker lives on.

Processor time, so that a busy machine gives the same formulas, only later; the server's budget is wall time.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from sympy.core.cache import clear_cache

__all__ = ["Clock"]

T = TypeVar("T")


class _Expired(BaseException):
    """Not an Exception: SymPy catches those here and there and would carry on."""


def _expire(_signal: int, _frame: FrameType | None) -> None:
    raise _Expired


class Clock:
    """Seconds of processor time that may still be spent on making a formula nicer.

    What hangs inside one long multiplication of integers is not interrupted by this; the server then kills
    the worker and takes its last provisional answer.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    @property
    def left(self) -> float:
        """Seconds left."""
        return self._end - time.process_time()

    def attempt(self, work: Callable[[], T], seconds: float) -> T | None:
        """The result of `work`, or None when it takes longer than `seconds` (or than is left) or fails.

        Attempts may be made within attempts.
        """
        allowed = min(seconds, self.left)
        if allowed <= 0.005:
            return None
        try:
            with _alarm(allowed):
                return work()
        except _Expired:
            clear_cache()  # what was interrupted may have left half-answered questions there
            if allowed < seconds:
                # The kernel's timer and the process's clock differ by a tick or two: the alarm is what counts.
                self._end = min(self._end, time.process_time())
            return None
        except MemoryError:
            clear_cache()
            return None
        except Exception:  # an attempt that fails in any way is no better form
            return None


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _Expired after some seconds, or when an attempt around this one expires."""
    if not hasattr(signal, "setitimer"):  # pragma: no cover - Windows: only the server's kill remains
        yield
        return
    start = time.process_time()
    before = signal.signal(signal.SIGPROF, _expire)
    outer, _ = signal.getitimer(signal.ITIMER_PROF)
    signal.setitimer(signal.ITIMER_PROF, min(seconds, outer) if outer else seconds)
    try:
        yield
    finally:
        left = max(outer - (time.process_time() - start), 0.001) if outer else 0
        signal.signal(signal.SIGPROF, before)
        signal.setitimer(signal.ITIMER_PROF, left)
