"""A cache in which what many ask for at the same moment is computed once: a class opens a page together."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _Slot(Generic[R]):
    """The place of one value, and who is computing it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.values: list[R] = []


def computed_once(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Like lru_cache(maxsize), but a second thread with the same arguments waits for the first one's result.

    `functools.lru_cache` lets each of them compute: with a hundred at once none is done before nearly all are. What
    raises is not kept.
    """

    def decorate(compute: Callable[P, R]) -> Callable[P, R]:
        gate = Lock()

        @lru_cache(maxsize)
        def slot_of(_arguments: Hashable) -> _Slot[R]:
            return _Slot()

        @wraps(compute)
        def once(*args: P.args, **kwargs: P.kwargs) -> R:
            with gate:  # lru_cache may make two of what it is asked for twice at once
                slot = slot_of((args, tuple(sorted(kwargs.items()))))
            with slot.lock:
                if not slot.values:
                    slot.values.append(compute(*args, **kwargs))
                return slot.values[0]

        return once

    return decorate
