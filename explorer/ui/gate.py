"""A gate before whole pages: a class that arrives at once is served one after the other.

Without it a hundred scripts take turns and all of them are done at the end: everybody waits for everybody. Only runs
of whole pages pass it. What follows a drag is a fragment and goes past it, as does the server's event loop.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import streamlit as st

from explorer.expression import ExpressionError, parse
from explorer.numeric import looks_dear

PLACES = 2
LOOK = 0.2
"""Seconds between two looks of who waits: whether its session is still there, and whether a place was lost."""
LONG = 1.5
"""Seconds after which a run no longer holds up others: it goes on, and its place is given away."""
LATER = 5.0
"""A dear formula takes its turn as though it had come so many seconds later."""
HERE = 60.0
"""Who is on the page already, and types, takes a turn as though it had come so many seconds earlier."""

# A thread that computes is asked to let others go on after 1 ms instead of 5: the event loop needs several turns for
# each message, and so does what follows a drag.
sys.setswitchinterval(0.001)
# A first view makes some ten thousand trees, tuples and lists, most of which its scene keeps: looking through the young
# after every 700 of them, and through all after every hundred such looks, finds next to nothing.
gc.set_threshold(50_000, 20, 20)


@dataclass(eq=False)
class _Waiter:
    due: float
    dear: bool
    thread: threading.Thread = field(default_factory=threading.current_thread)
    turn: threading.Event = field(default_factory=threading.Event)
    since: float = 0.0  # when it was let in


class Gate:
    """At most `places` runs are inside, of dear formulas one fewer; the earliest of those that wait comes next.

    A place belongs to a thread, and is free again when `leave` is called, when the thread has ended in whatever way,
    when it enters once more, and when it has been held for `LONG` seconds.
    """

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._lock = threading.Lock()
        self._inside: list[_Waiter] = []
        self._waiting: list[_Waiter] = []

    @property
    def waiting(self) -> int:
        """How many wait."""
        with self._lock:
            return len(self._waiting)

    def enter(self, came: float, dear: bool, look: Callable[[], object]) -> None:
        """Return when there is a place for this thread's run, which has come at `came` (`time.monotonic`).

        `look` is called from time to time meanwhile. What it raises is raised here: the run is no longer wanted, and
        waits no more.
        """
        waiter = _Waiter(came + LATER if dear else came, dear)
        try:
            with self._lock:
                self._remove(waiter.thread)
                self._waiting.append(waiter)
                self._admit()
            while not waiter.turn.wait(LOOK):
                look()
                with self._lock:
                    self._admit()
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """This thread's run needs its place no more; harmless where it has none."""
        with self._lock:
            self._remove(threading.current_thread())
            self._admit()

    def _remove(self, thread: threading.Thread) -> None:
        self._inside = [one for one in self._inside if one.thread is not thread]
        self._waiting = [one for one in self._waiting if one.thread is not thread]

    def _admit(self) -> None:
        now = time.monotonic()
        self._inside = [one for one in self._inside if one.thread.is_alive() and now < one.since + LONG]
        for waiter in sorted(self._waiting, key=lambda one: one.due):
            if len(self._inside) >= self._places:
                return
            if not (waiter.dear and sum(one.dear for one in self._inside) >= self._places - 1):
                waiter.since = now
                self._waiting.remove(waiter)
                self._inside.append(waiter)
                waiter.turn.set()


GATE = Gate()
"""The gate of this server."""


def pass_the_gate(name: str) -> None:
    """Wait for the turn of this run of the whole page `name`, which ends with `end_page`.

    It keeps its place until then: what runs outside, be it the formulas below a picture that is on its way already,
    takes the processor from everybody's releases.
    """
    here = st.session_state.get("page") == name
    text = st.session_state.get(f"{name}.f") if here else st.query_params.get("f")
    # A run that is asked to start anew while it waits keeps its turn.
    came = st.session_state.setdefault("came", time.monotonic())
    GATE.enter(came - HERE if here else came, _looks_dear(text or ""), lambda: "came" in st.session_state)
    del st.session_state["came"]


def _looks_dear(text: str) -> bool:
    """Whether a text is a formula whose pictures take long; what cannot be read does not."""
    for variables in (("x",), ("x", "y"), ("w",)):
        with suppress(ExpressionError):
            return looks_dear(parse(text, variables))
    return False
