"""Workers that hang, die or eat memory harm nobody: not the caller, not the next request, not the machine."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.symbolic import OverBudget, Pool, Reason

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.symbolic.mischief")
BUDGET = 0.3
SLACK = 3
"""Seconds that a machine with other things to do may be late."""


@contextmanager
def mischief(**settings):
    settings = {"workers": 1, "budget": BUDGET, "margin": 20, "command": COMMAND, **settings}
    pool = Pool(**settings)
    try:
        yield pool
    finally:
        pool.close()


def ask(pool, task, **more):
    return pool.wait(pool.submit({"task": task, **more}))


def refusal(pool, task, **more):
    with pytest.raises(OverBudget) as caught:
        ask(pool, task, **more)
    return caught.value.reason


def until(condition, seconds=10):
    """Wait for a condition that must come true; a test fails when it does not."""
    changed = threading.Event()
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition never came true"
        changed.wait(0.002)


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    assert state != "Z", "a zombie was left behind"
    return True


def test_nothing_starts_before_it_is_needed():
    with mischief() as pool:
        assert pool.process_ids == frozenset()
        assert ask(pool, "echo", value=1)["value"] == 1
        assert len(pool.process_ids) == 1


@pytest.mark.parametrize("task", ["hang", "hang_in_one_operation"])
def test_a_hung_request_is_killed_within_its_budget_and_the_next_one_works(task):
    with mischief() as pool:
        first = ask(pool, "echo", value=0)["pid"]
        start = time.monotonic()
        assert refusal(pool, task) is Reason.TIME
        assert BUDGET <= time.monotonic() - start < BUDGET + SLACK
        answer = ask(pool, "echo", value=2)
        assert answer["value"] == 2
        assert answer["pid"] != first
        until(lambda: not is_running(first))


def test_the_last_provisional_answer_counts():
    with mischief() as pool:
        assert ask(pool, "hang_after_a_first_answer")["value"] == "second"


def test_a_memory_bomb_dies_alone():
    with mischief(budget=5) as pool:
        assert refusal(pool, "eat_memory") is Reason.MEMORY
        assert ask(pool, "echo", value=3)["value"] == 3


def test_a_worker_that_dies_is_replaced_and_asked_once_more(tmp_path):
    with mischief() as pool:
        assert ask(pool, "die_once", marker=str(tmp_path / "died"))["value"] == "second try"
        assert refusal(pool, "die") is Reason.MEMORY
        assert ask(pool, "echo", value=4)["value"] == 4


def test_a_worker_killed_between_two_requests_is_not_noticed():
    with mischief() as pool:
        pid = ask(pool, "echo", value=0)["pid"]
        os.kill(pid, 9)
        assert ask(pool, "echo", value=5)["value"] == 5


@pytest.mark.parametrize(("task", "reason"), [("too_long", Reason.LENGTH), ("fail", Reason.FAILED)])
def test_what_goes_wrong_in_a_worker_has_a_sentence(task, reason):
    with mischief() as pool:
        with pytest.raises(OverBudget) as caught:
            ask(pool, task)
        assert caught.value.reason is reason
        assert caught.value.sentence.endswith(".")


def test_a_command_that_cannot_start_is_a_refusal_too():
    with mischief(command=("/nowhere/python",)) as pool:
        assert refusal(pool, "echo", value=1) is Reason.FAILED


def test_a_newer_request_of_a_session_replaces_the_one_that_waits(tmp_path):
    with mischief(budget=20) as pool:
        gate = str(tmp_path / "go")
        running = pool.submit({"task": "wait_for", "marker": gate, "value": 0}, slot="ann")
        until(lambda: not pool._queue)
        older = pool.submit({"task": "echo", "value": 1}, slot="ann")
        other = pool.submit({"task": "echo", "value": 2}, slot="bob")
        newer = pool.submit({"task": "echo", "value": 3}, slot="ann")
        assert older.done()
        with pytest.raises(OverBudget) as caught:
            older.result(0)
        assert caught.value.reason is Reason.REPLACED
        Path(gate).touch()
        assert [pool.wait(future)["value"] for future in (running, other, newer)] == [0, 2, 3]


def test_a_request_that_another_session_waits_for_stays(tmp_path):
    with mischief(budget=20) as pool:
        gate = str(tmp_path / "go")
        pool.submit({"task": "wait_for", "marker": gate, "value": 0})
        until(lambda: not pool._queue)
        anns = pool.submit({"task": "echo", "value": 1}, slot="ann")
        bobs = pool.submit({"task": "echo", "value": 1}, slot="bob")
        assert len(pool._queue) == 1
        pool.submit({"task": "echo", "value": 2}, slot="ann")
        assert anns.done()
        Path(gate).touch()
        assert pool.wait(bobs)["value"] == 1


def test_the_queue_is_bounded(tmp_path):
    with mischief(budget=20, queue_bound=3) as pool:
        gate = str(tmp_path / "go")
        futures = [pool.submit({"task": "wait_for", "marker": gate, "value": -1})]
        until(lambda: not pool._queue)
        futures += [pool.submit({"task": "echo", "value": k}) for k in range(3)]
        refused = pool.submit({"task": "echo", "value": 99})
        with pytest.raises(OverBudget) as caught:
            refused.result(0)
        assert caught.value.reason is Reason.BUSY
        Path(gate).touch()
        assert [pool.wait(future)["value"] for future in futures] == [-1, 0, 1, 2]


def test_outcomes_are_kept_refusals_too_and_never_too_many():
    with mischief(cache_bound=4) as pool:
        assert refusal(pool, "hang") is Reason.TIME
        start = time.monotonic()
        assert refusal(pool, "hang") is Reason.TIME
        assert time.monotonic() - start < BUDGET / 2
        for k in range(10):
            ask(pool, "echo", value=k)
        assert pool.cached == 4
        assert pool.submit({"task": "echo", "value": 9}).done()
        assert not pool.submit({"task": "echo", "value": 0}).done()


@pytest.mark.parametrize("warm", [True, False])
def test_nobody_waits_longer_than_budget_and_margin(warm):
    """Thirty hung requests at once: each caller is free in time, and the queue holds no corpse."""
    with mischief(workers=2, budget=0.4, margin=0.5) as pool:
        if warm:
            ask(pool, "echo", value="warm")
        waited = []

        def learner(k):
            start = time.monotonic()
            refusal(pool, "hang", learner=k)
            waited.append(time.monotonic() - start)

        threads = [threading.Thread(target=learner, args=(k,)) for k in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(waited) == 30
        assert max(waited) < pool.budget + pool.margin + SLACK
        assert not pool._queue
        pool.margin = 20
        assert ask(pool, "echo", value="after")["value"] == "after"


def test_many_threads_get_their_own_answers():
    with mischief(workers=2, queue_bound=1000) as pool:
        answers = {}

        def learner(k):
            answers[k] = [ask(pool, "echo", value=1000 * k + i)["value"] for i in range(20)]

        threads = [threading.Thread(target=learner, args=(k,)) for k in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == {k: [1000 * k + i for i in range(20)] for k in range(8)}
        assert len(pool.process_ids) == 2
        assert not pool._jobs
        assert not pool._slots


def test_closing_leaves_no_process_and_no_thread():
    pool = Pool(workers=2, budget=20, command=COMMAND)
    first = pool.submit({"task": "hang", "value": 1})
    second = pool.submit({"task": "hang", "value": 2})
    until(lambda: len(pool.process_ids) == 2)
    pids = pool.process_ids
    pool.close()
    assert all(future.done() for future in (first, second))
    assert not any(is_running(pid) for pid in pids)
    assert pool.process_ids == frozenset()
    assert not pool._threads
    assert refusal(pool, "echo", value=1) is Reason.BUSY


def test_a_worker_inherits_no_descriptor_of_the_server():
    with open(__file__, "rb") as ours, mischief() as pool:
        os.set_inheritable(ours.fileno(), True)
        # Standard input, output and error, and the one that lists them.
        assert len(ask(pool, "open_descriptors")["value"]) == 4


def test_a_script_that_ends_takes_its_workers_along():
    script = """
from explorer.symbolic.pool import shared_pool, BUDGET
pool = shared_pool()
future = pool.submit({"task": "no such task"})
try:
    pool.wait(future)
except Exception:
    pass
print(*pool.process_ids)
"""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert ended.stderr == ""
    (pid,) = ended.stdout.split()
    assert not is_running(int(pid))


def test_the_server_does_without_sympy_until_its_object_is_asked_for():
    script = """
import sys
from explorer.expression import parse
from explorer.symbolic import Derivative, Pool, request
pool = Pool(budget=60)
formula = request(Derivative(parse("x^3")), pool=pool).result()
pool.close()
print(formula.text, "sympy" in sys.modules, formula.sympy, "sympy" in sys.modules)
"""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stdout.split() == ["3x^2", "False", "3*x**2", "True"]


def test_an_orphan_ends_when_its_input_does():
    worker = subprocess.Popen([*COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    worker.stdout.read(4)
    worker.stdin.close()
    assert worker.wait(10) == 0
    worker.stdout.close()
