"""A worker that misbehaves on request, in the ways in which SymPy does."""

import os
import sys
import time

from explorer.symbolic.wire import TooLongError
from explorer.symbolic.worker import _limit_memory, serve


def hang(_request, _report):
    while True:
        pass


def hang_in_one_operation(_request, _report):
    # One multiplication that holds the interpreter lock: no exception reaches it.
    return {"value": (3 ** (10**8)) % 7}


def hang_after_a_first_answer(_request, report):
    report({"value": "first"})
    report({"value": "second"})
    return hang(_request, report)


def eat_memory(_request, _report):
    blocks = []
    while True:
        blocks.append(bytearray(1 << 24))


def die(_request, _report):
    os._exit(3)


def die_once(request, _report):
    marker = request["marker"]
    if not os.path.exists(marker):
        open(marker, "w").close()
        os._exit(3)
    return {"value": "second try"}


def too_long(_request, _report):
    raise TooLongError("too long")


def fail(_request, _report):
    raise ArithmeticError("as SymPy does now and then")


def echo(request, _report):
    return {"value": request["value"], "pid": os.getpid()}


def wait_for(request, _report):
    """Busy until a file appears: the test decides when."""
    while not os.path.exists(request["marker"]):
        time.sleep(0.001)
    return {"value": request["value"]}


def open_descriptors(_request, _report):
    return {"value": sorted(int(name) for name in os.listdir("/proc/self/fd"))}


TASKS = {
    task.__name__: task
    for task in (
        *(hang, hang_in_one_operation, hang_after_a_first_answer, eat_memory, die, die_once),
        *(too_long, fail, echo, wait_for, open_descriptors),
    )
}

if __name__ == "__main__":
    _limit_memory()
    serve(TASKS, sys.stdin.buffer, sys.stdout.buffer)
