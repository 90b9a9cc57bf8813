"""Whatever fails where a thread or process is started, written to or read from: the pool works again after it."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable

import pytest

from explorer.symbolic import OverBudget, Pool, Reason, process
from tests.symbolic.test_pool import is_running, mischief, refusal, until

FAULTS = (
    RuntimeError("can't start new thread"),
    MemoryError(),
    ValueError("not JSON"),
)
PLACES: dict[str, tuple[object, str]] = {
    "a process is started": (subprocess, "Popen"),
    "a timer is started": (threading.Timer, "start"),
    "an answer is read": (process, "read_frame"),
    "a request is written": (process, "write_frame"),
    "a process is waited for": (process.WorkerProcess, "wait_until_ready"),
}


def failing(place: Callable[..., object], armed: list[BaseException]) -> object:
    """The same, but while there is something in `armed` it is raised."""

    def fails(*args: object, **more: object) -> object:
        if armed:
            raise armed[-1]
        return place(*args, **more)

    return fails


def asked(pool: Pool, task: str, **more: object) -> object:
    """The answer's value, or None where the pool says that there is none; it always says something."""
    future = pool.submit({"task": task, **more})
    try:
        return pool.wait(future)["value"]
    except OverBudget:
        return None


@pytest.mark.parametrize("place", PLACES)
def test_the_pool_recovers(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    armed: list[BaseException] = []
    owner, name = PLACES[place]
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), armed))
    with mischief(workers=1) as pool:
        assert asked(pool, "echo", value=0) == 0
        for number, fault in enumerate(FAULTS, start=1):
            before = pool.process_ids
            armed.append(fault)
            asked(pool, "die", number=number)  # its process is to be replaced, in the midst of it
            asked(pool, "echo", value=-number)
            armed.clear()
            assert asked(pool, "echo", value=number) == number, fault
            assert len(pool.process_ids) == 1
            until(lambda before=before: not any(is_running(pid) for pid in before - pool.process_ids))


def test_no_thread_to_be_had_is_a_refusal_and_no_place_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    armed: list[BaseException] = []
    monkeypatch.setattr(threading.Thread, "start", failing(threading.Thread.start, armed))
    with mischief(workers=2) as pool:
        for fault in FAULTS[:2]:
            armed.append(fault)
            assert [asked(pool, "echo", value=value) for value in range(5)] == [None] * 5
            assert refusal(pool, "echo", value=5) is Reason.STARTING  # nobody else's formulas are the cause
        armed.clear()
        assert [asked(pool, "echo", value=value) for value in range(5)] == [0, 1, 2, 3, 4]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ends_all_the_same_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even what is no Exception, at the place where an answer is kept, takes a worker away for good."""
    armed: list[BaseException] = []
    monkeypatch.setattr(Pool, "_finish", failing(Pool._finish, armed))
    with mischief(workers=1) as pool:
        armed.append(SystemExit())
        assert asked(pool, "echo", value=0) is None
        armed.clear()
        assert asked(pool, "echo", value=1) == 1


def test_while_a_killed_worker_is_replaced_nobodys_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    ready, seconds, imported = process.WorkerProcess.wait_until_ready, 1.0, threading.Event()

    def late(worker: process.WorkerProcess, patience: float) -> bool:
        if not worker.is_ready:
            imported.wait(seconds)
        return ready(worker, patience)

    monkeypatch.setattr(process.WorkerProcess, "wait_until_ready", late)
    with mischief(workers=1, budget=0.6, margin=0.0) as pool:
        for value in range(2):
            assert asked(pool, "echo", value=value) == value
            (pid,) = pool.process_ids
            os.kill(pid, signal.SIGKILL)
