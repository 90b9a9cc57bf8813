"""What many threads ask for at once is computed once; failures are not kept; the cache is bounded."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from explorer.caching import computed_once


def test_a_value_that_many_ask_for_at_once_is_computed_once():
    calls, together, begun = [], Barrier(8), Event()

    @computed_once(4)
    def square(x):
        calls.append(x)
        begun.wait(0.2)  # long enough for the others to come to the same place
        return x * x

    def ask(_):
        together.wait(10)
        return square(7)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == [49] * 8
    assert calls == [7]


def test_different_arguments_do_not_wait_for_each_other():
    inside = Barrier(2)

    @computed_once(4)
    def meet(x):
        inside.wait(10)  # breaks unless both are in here at the same time
        return x

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(meet, (1, 2))) == [1, 2]


def test_a_failure_is_not_kept():
    answers = iter((ValueError("once"), None))

    @computed_once(4)
    def fail_first():
        if error := next(answers):
            raise error
        return "done"

    with pytest.raises(ValueError, match="once"):
        fail_first()
    assert fail_first() == "done"


def test_the_oldest_goes_when_the_cache_is_full():
    calls = []

    @computed_once(2)
    def note(x, *, y=0):
        calls.append((x, y))

    for x in (1, 2, 1, 3, 1, 2):
        note(x, y=x)
    assert calls == [(1, 1), (2, 2), (3, 3), (2, 2)]
