"""The workers that run SymPy: how fast they start, answer, are killed and replaced; and a class with hung formulas."""

import asyncio
import sys
import time
from pathlib import Path

from benchmarks.learner import Learner
from benchmarks.table import Row, median, percentile
from explorer.expression import Expression, parse
from explorer.symbolic import Derivative, OverBudget, Pool, request
from explorer.symbolic.process import WorkerProcess
from tests.browser.server import Server
from tests.symbolic.formulas import LEARNERS

TITLE = "SymPy's workers"
PAGE = Path(__file__).parent / "peers" / "hung_formula.py"
HUNG = 30


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def start_time() -> float:
    process = None

    def start() -> None:
        nonlocal process
        process = WorkerProcess()
        assert process.wait_until_ready(60)

    spent = seconds(start)
    process.stop()
    return spent


def resident_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def round_trips(pool: Pool) -> list[float]:
    """x + 1, x + 2, …: nothing to compute, and never in the cache."""
    x = Expression.variable("x")
    return [1e3 * seconds(lambda k=k: request(Derivative(x + k), pool=pool).result()) for k in range(1, 201)]


def formulas(pool: Pool) -> list[float]:
    def ask(text: str, order: int) -> None:
        try:
            request(Derivative(parse(text), ("x",) * order), pool=pool).result()
        except OverBudget:
            return

    return [1e3 * seconds(lambda t=text, n=n: ask(t, n)) for text in LEARNERS for n in (1, 2)]


def kills() -> tuple[list[float], list[float]]:
    """Seconds beyond the budget until a hung request is answered, and from there to the next answer."""
    pool = Pool(workers=1, budget=0.3, margin=20, command=(sys.executable, "-m", "tests.symbolic.mischief"))
    pool.wait(pool.submit({"task": "echo", "value": -1}))
    late, next_answer = [], []
    for k in range(10):

        def hang(k: int = k) -> None:
            try:
                pool.wait(pool.submit({"task": "hang", "value": k}))
            except OverBudget:
                return

        late.append(1e3 * (seconds(hang) - pool.budget))
        next_answer.append(1e3 * seconds(lambda k=k: pool.wait(pool.submit({"task": "echo", "value": k}))))
    pool.close()
    return late, next_answer


async def innocent(port: int, until: asyncio.Event | None, runs: int = 60) -> list[float]:
    spent: list[float] = []
    async with Learner(port) as learner:
        await learner.open("")
        while len(spent) < runs or (until is not None and not until.is_set()):
            spent.append(1e3 * (await learner.open("")).seconds)
            await asyncio.sleep(0.02)
    return spent


async def hung(port: int, number: int) -> float:
    async with Learner(port) as learner:
        return (await learner.open("", hang=number)).seconds


async def hold_class(port: int) -> tuple[list[float], list[float], list[float]]:
    quiet = await innocent(port, None)
    over = asyncio.Event()
    watcher = asyncio.create_task(innocent(port, over))
    answered = await asyncio.gather(*(hung(port, number) for number in range(HUNG)))
    over.set()
    return quiet, await watcher, answered


def measure() -> list[Row]:
    starts = [start_time() for _ in range(5)]
    pool = Pool(workers=1)
    request(Derivative(parse("x^2")), pool=pool).result()
    (pid,) = pool.process_ids
    fresh = resident_megabytes(pid)
    trips, found = round_trips(pool), formulas(pool)
    used = max(resident_megabytes(pid) for pid in pool.process_ids)
    pool.close()
    late, next_answer = kills()
    with Server(PAGE) as server:
        quiet, busy, answered = asyncio.run(hold_class(server.port))
    return [
        Row("a worker starts, median", median(starts), "s"),
        Row("memory of a fresh worker", fresh, "MB"),
        Row("memory after all learners' formulas", used, "MB"),
        Row("round trip with nothing to compute, median", median(trips), "ms"),
        Row("f′ or f″ of a learner's formula, median", median(found), "ms"),
        Row("f′ or f″ of a learner's formula, p95", percentile(found, 95), "ms"),
        Row("a hung request is answered, after its budget, slowest", max(late), "ms"),
        Row("from there to the next answer, median", median(next_answer), "ms"),
        Row("a rerun of an innocent page, median", median(quiet), "ms"),
        Row(f"the same while {HUNG} formulas hang, median", median(busy), "ms"),
        Row(f"the same while {HUNG} formulas hang, p95", percentile(busy, 95), "ms"),
        Row("the last of the hung pages has its sentence after", max(answered), "s", 5),
    ]
