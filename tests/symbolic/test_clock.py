"""Attempts inside a worker: given up in time, also one within another, also when they fail."""

import time

from explorer.symbolic.clock import Clock

TICK = 0.01  # s: the kernel counts a process's time in ticks, and its timers and its clock may differ by one


def spin():
    while True:
        pass


def test_an_attempt_that_hangs_is_given_up():
    start = time.process_time()
    assert Clock(5).attempt(spin, 0.05) is None
    assert 0.05 - TICK <= time.process_time() - start < 0.5


def test_an_attempt_has_no_more_than_what_is_left():
    clock = Clock(0.05)
    assert clock.attempt(spin, 10) is None
    assert clock.left <= 0
    assert clock.attempt(lambda: 1, 10) is None


def test_results_and_failures():
    clock = Clock(5)
    assert clock.attempt(lambda: 42, 1) == 42
    assert clock.attempt(lambda: 1 // 0, 1) is None

    def exhausted():
        raise MemoryError

    assert clock.attempt(exhausted, 1) is None


def test_an_attempt_within_an_attempt_leaves_the_outer_one_its_limit():
    clock, inner = Clock(5), []

    def outer():
        inner.append(clock.attempt(spin, 0.02))
        inner.append(clock.attempt(lambda: "inner", 1))
        spin()

    start = time.process_time()  # three alarms are set, each of which may come a tick early
    assert clock.attempt(outer, 0.15) is None
    assert inner == [None, "inner"]
    assert 0.15 - 3 * TICK <= time.process_time() - start < 1


def test_an_inner_attempt_ends_with_the_outer_one():
    clock = Clock(5)
    start = time.process_time()
    assert clock.attempt(lambda: (clock.attempt(spin, 3), spin()), 0.05) is None
    assert time.process_time() - start < 1
