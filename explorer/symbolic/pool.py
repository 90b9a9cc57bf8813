"""A few killable workers behind a bounded queue, shared by every learner of the server.

Nobody waits behind a formula that hangs: it is killed when its budget is spent, and its worker replaced.
Workers start with the first request and are let go when nobody has asked for a while.
"""

from __future__ import annotations

import atexit
import json
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Hashable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from functools import cache

from explorer.symbolic.budget import OverBudget, Reason
from explorer.symbolic.process import WORKER_COMMAND, Reply, WorkerProcess
from explorer.symbolic.wire import Message

__all__ = ["BUDGET", "MARGIN", "START_PATIENCE", "Pool", "shared_pool"]

BUDGET = 2.0
"""Seconds that one request may use a worker."""
MARGIN = 1.0
"""Seconds that a caller waits beyond the budget (for a free worker), before it does without."""
START_PATIENCE = 30.0
"""Seconds that a worker may take to start; a slow cloud machine needs several."""
_LOOK = 0.25
"""Seconds after which a caller who waits looks what is waited for."""
_IDLE = 300.0
"""Seconds without a request after which a worker is let go."""
_FORGET_REFUSALS = 300.0
"""Seconds after which a formula that was over budget may be tried again: the machine may have been busy."""


@dataclass(eq=False)
class _Job:
    key: bytes
    waiters: list[Future[Message]] = field(default_factory=list)
    slots: set[Hashable] = field(default_factory=set)
    running: bool = False
    begun: bool = False
    """Whether a worker that is ready has it: until then nobody's budget is spent on it."""


@dataclass(frozen=True)
class _Known:
    outcome: Message | OverBudget
    since: float


class Pool:
    """At most `workers` processes; at most `queue_bound` requests wait, `cache_bound` outcomes are kept.

    Safe to use from any thread. The same request made twice is worked on once.
    """

    def __init__(
        self,
        *,
        workers: int = 2,
        budget: float = BUDGET,
        margin: float = MARGIN,
        queue_bound: int = 64,
        cache_bound: int = 512,
        command: Sequence[str] = WORKER_COMMAND,
    ) -> None:
        self.budget, self.margin = budget, margin
        self._workers, self._queue_bound, self._cache_bound = workers, queue_bound, cache_bound
        self._command = command
        self._changed = threading.Condition()
        self._queue: deque[_Job] = deque()
        self._jobs: dict[bytes, _Job] = {}
        self._slots: dict[Hashable, tuple[_Job, Future[Message]]] = {}
        self._cache: OrderedDict[bytes, _Known] = OrderedDict()
        self._threads: set[threading.Thread] = set()
        self._idle = 0
        self._processes: set[WorkerProcess] = set()
        self._was_ready = False
        self._closed = False

    # -- asking ------------------------------------------------------------------------------------------

    def submit(self, request: Message, slot: Hashable | None = None) -> Future[Message]:
        """Queue a request; the future holds the answer or raises OverBudget. Never blocks.

        A request replaces the one that still waits in the same `slot`, which then raises OverBudget.
        """
        key = json.dumps({**request, "budget": self.budget}, sort_keys=True, separators=(",", ":")).encode()
        future: Future[Message] = Future()
        with self._changed:
            if slot is not None and slot in self._slots:
                older, its_future = self._slots.pop(slot)
                older.slots.discard(slot)
                if not older.running and older.key != key:
                    self._leave(older, its_future, Reason.REPLACED)
            known = self._recall(key)
            if known is not None:
                _settle(future, known)
                return future
            job = self._jobs.get(key)
            if job is None:
                if self._closed or len(self._queue) >= self._queue_bound:
                    _settle(future, OverBudget(Reason.BUSY))
                    return future
                job = _Job(key)
                self._queue.append(job)
                self._employ()
                if not self._threads:  # nobody would come for it; who asks next finds the place free
                    self._queue.remove(job)
                    _settle(future, OverBudget(Reason.STARTING))
                    return future
                self._jobs[key] = job
            job.waiters.append(future)
            if slot is not None:
                job.slots.add(slot)
                self._slots[slot] = (job, future)
        return future

    def wait(self, future: Future[Message]) -> Message:
        """The answer, waited for within budget and margin (and the first worker's start); else OverBudget."""
        patience, starting = self.budget + self.margin, START_PATIENCE
        while not future.done() and patience > 0 and starting > 0:
            begin, is_starting = time.monotonic(), self._is_starting(future)
            wait([future], _LOOK if is_starting else min(_LOOK, patience))
            # A worker that imports SymPy, the first one or one in a killed one's place, spends nobody's budget.
            passed = time.monotonic() - begin
            patience, starting = (
                (patience, starting - passed) if is_starting else (patience - passed, starting)
            )
        if not future.done():
            with self._changed:
                job = self._job_of(future)
                if job is not None:
                    self._leave(job, future, Reason.BUSY if self._has_one_ready() else Reason.STARTING)
                elif not future.done():  # whoever was to answer has failed on the way
                    raise OverBudget(Reason.FAILED)
        return future.result()

    def close(self) -> None:
        """Answer nothing more, end every process and wait for its end."""
        with self._changed:
            self._closed = True
            for job in list(self._jobs.values()):
                for waiter in list(job.waiters):
                    self._leave(job, waiter, Reason.BUSY)
            for process in self._processes:
                process.kill()
            self._changed.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join(timeout=5)

    @property
    def process_ids(self) -> frozenset[int]:
        """The ids of the processes that run now."""
        with self._changed:
            return frozenset(process.pid for process in self._processes)

    @property
    def cached(self) -> int:
        """How many outcomes are kept."""
        with self._changed:
            return len(self._cache)

    def _is_starting(self, future: Future[Message]) -> bool:
        """Whether the answer waits for a worker to be ready, and not for its turn or for its formula."""
        with self._changed:
            job = self._job_of(future)
            return job is not None and not job.begun and (job.running or not self._was_ready)

    # -- bookkeeping, all of it with the lock held ---------------------------------------------------------

    def _job_of(self, future: Future[Message]) -> _Job | None:
        return next((job for job in self._jobs.values() if future in job.waiters), None)

    def _has_one_ready(self) -> bool:
        return any(process.is_ready for process in self._processes)

    def _leave(self, job: _Job, future: Future[Message], reason: Reason) -> None:
        """`future` waits no more; a job that nobody waits for is taken from the queue."""
        if future not in job.waiters:
            return
        job.waiters.remove(future)
        _settle(future, OverBudget(reason))
        if not job.waiters and not job.running:
            self._queue.remove(job)
            self._forget(job)

    def _answer(self, job: _Job, outcome: Message | OverBudget) -> None:
        for waiter in job.waiters:
            _settle(waiter, outcome)
        job.waiters.clear()
        if self._jobs.get(job.key) is job:
            self._forget(job)

    def _forget(self, job: _Job) -> None:
        del self._jobs[job.key]
        for slot in job.slots:
            self._slots.pop(slot, None)

    def _recall(self, key: bytes) -> Message | OverBudget | None:
        known = self._cache.get(key)
        if known is None:
            return None
        if isinstance(known.outcome, OverBudget) and time.monotonic() - known.since > _FORGET_REFUSALS:
            del self._cache[key]
            return None
        self._cache.move_to_end(key)
        return known.outcome

    def _employ(self) -> None:
        if self._idle < len(self._queue) and len(self._threads) < self._workers:
            thread = threading.Thread(target=self._serve, name="symbolic-worker", daemon=True)
            try:
                thread.start()
            except (RuntimeError, MemoryError):  # the machine has no thread to give: one that runs has to do
                pass
            else:
                self._threads.add(thread)
        self._changed.notify()

    def _next_job(self) -> _Job | None:
        """The next job, or None when the thread may go: the pool is closed, or nobody asked for a while."""
        with self._changed:
            self._idle += 1
            try:
                self._changed.wait_for(lambda: self._queue or self._closed, timeout=_IDLE)
            finally:
                self._idle -= 1
            if self._closed or not self._queue:
                # Leaving under the same lock: a request that comes now finds the place free.
                self._threads.discard(threading.current_thread())
                return None
            job = self._queue.popleft()
            job.running = True
            return job

    def _finish(self, job: _Job, outcome: Message | OverBudget) -> None:
        with self._changed:
            self._answer(job, outcome)
            if not self._closed:
                self._cache[job.key] = _Known(outcome, time.monotonic())
                while len(self._cache) > self._cache_bound:
                    self._cache.popitem(last=False)

    # -- the work, one thread for each process -----------------------------------------------------------

    def _serve(self) -> None:
        process: WorkerProcess | None = None
        job: _Job | None = None
        try:
            while (job := self._next_job()) is not None:
                outcome: Message | OverBudget = OverBudget(Reason.FAILED)
                try:
                    outcome, process = self._work(job, process)
                except Exception:  # no process, no thread for its timer, no memory: the next job tries anew
                    process = None
                finally:
                    self._finish(job, outcome)
        finally:
            # However it ends, its place is free again, nobody waits for its job, and the next ones are seen to.
            with self._changed:
                self._threads.discard(threading.current_thread())
                if job is not None and self._jobs.get(job.key) is job:
                    self._answer(job, OverBudget(Reason.FAILED))
                self._employ()
            if process is not None:
                self._dismiss(process)

    def _work(
        self, job: _Job, process: WorkerProcess | None
    ) -> tuple[Message | OverBudget, WorkerProcess | None]:
        """The outcome, and the process for the next job. What raises leaves no process behind."""
        try:
            for _ in range(2):  # one found dead may have been killed from outside: once more, with a new one
                job.begun, process = False, process or self._hire()
                if not process.wait_until_ready(START_PATIENCE):
                    self._dismiss(process)
                    process = None
                    continue
                job.begun = self._was_ready = True
                reply = process.ask(job.key, self.budget)
                if reply.died or reply.timed_out or reply.leaving:
                    self._dismiss(process)
                    process = self._successor()
                if not reply.died or reply.message:
                    return _outcome(reply), process
        except BaseException:
            if process is not None:
                self._dismiss(process)
            raise
        return OverBudget(Reason.MEMORY), process

    def _successor(self) -> WorkerProcess | None:
        """A new process that imports SymPy while nobody waits; None where there is none to be had now."""
        if self._closed:
            return None
        try:
            return self._hire()
        except Exception:  # the next job tries anew, and says so if it fails
            return None

    def _hire(self) -> WorkerProcess:
        process = WorkerProcess(self._command)
        with self._changed:
            self._processes.add(process)
            if self._closed:
                process.kill()
        return process

    def _dismiss(self, process: WorkerProcess) -> None:
        try:
            process.stop()
        finally:
            with self._changed:
                self._processes.discard(process)


def _outcome(reply: Reply) -> Message | OverBudget:
    if reply.message is None:
        return OverBudget(Reason.TIME)
    if "over" in reply.message:
        return OverBudget(Reason[reply.message["over"]])
    return reply.message


def _settle(future: Future[Message], outcome: Message | OverBudget) -> None:
    if isinstance(outcome, OverBudget):
        # A fresh exception for each: a raised one collects the traceback of whoever raised it.
        future.set_exception(OverBudget(outcome.reason))
    else:
        future.set_result(outcome)


@cache
def shared_pool() -> Pool:
    """The pool of this process, made at first use and closed when the interpreter ends."""
    pool = Pool()
    atexit.register(pool.close)
    return pool
