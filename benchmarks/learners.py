"""A class at work: 30 and 100 learners on one server, each letting go of a control every five seconds."""

import asyncio
import math
import random
import time
from dataclasses import dataclass

from benchmarks.learner import Learner
from benchmarks.table import Row, median, percentile
from tests.browser.pages import STOPS, Stop
from tests.browser.server import Server

TITLE = "Learners: response to a release"
CLASSES = (30, 100)
SECONDS = 60.0
EVERY = 5.0  # s, between two releases of one learner


def somewhere(learner: Learner, control: str, chance: random.Random) -> float:
    """A value in the control's range; on logarithmic controls, in their logarithm."""
    row = next(c for c in learner.scene["controls"] if c["name"] == control)
    low, high = row["min"], row["max"]
    if row.get("scale") == "log":
        return math.exp(chance.uniform(math.log(low), math.log(high)))
    return chance.uniform(low, high)


async def learn(port: int, stop: Stop, number: int, start: float) -> tuple[float, list[float]]:
    """One learner: seconds of the first page, and seconds of every release until the time is up."""
    chance = random.Random(number)
    async with Learner(port) as learner:
        opening = await learner.open(stop.path)
        responses = []
        await asyncio.sleep(max(0.0, start - time.monotonic()) + chance.uniform(0, EVERY))
        while time.monotonic() < start + SECONDS:
            answer = await learner.release({stop.control: somewhere(learner, stop.control, chance)})
            assert not answer.exceptions, answer.exceptions
            responses.append(answer.seconds)
            await asyncio.sleep(max(0.0, EVERY - answer.seconds))
        return opening.seconds, responses


@dataclass(frozen=True)
class Lesson:
    """What a class went through: seconds of every arrival and release, and the server's work per release."""

    arrivals: list[float]
    releases: list[float]
    work: float


async def hold_class(server: Server, stop: Stop, size: int) -> Lesson:
    # They arrive within ten seconds, as a class does, and all are there when the clock starts.
    start = time.monotonic() + 10 + size / 10

    async def arrive(number: int) -> tuple[float, list[float]]:
        await asyncio.sleep(number * 10 / size)
        return await learn(server.port, stop, number, start)

    async def work_until_start() -> float:
        await asyncio.sleep(start - time.monotonic())
        return server.processor_seconds()

    before, *learned = await asyncio.gather(work_until_start(), *(arrive(number) for number in range(size)))
    releases = [seconds for _, responses in learned for seconds in responses]
    work = (server.processor_seconds() - before) / len(releases)
    return Lesson([seconds for seconds, _ in learned], releases, work)


def measure() -> list[Row]:
    rows = []
    for stop in STOPS:
        for size in CLASSES:
            with Server() as server:
                lesson = asyncio.run(hold_class(server, stop, size))
            releases = [1000 * seconds for seconds in lesson.releases]
            arrivals = [1000 * seconds for seconds in lesson.arrivals]
            name = f"/{stop.path}, {size} learners"
            rows += [
                Row(f"{name}: release, median", median(releases), "ms", note=f"of {len(releases)}"),
                Row(f"{name}: release, p95", percentile(releases, 95), "ms"),
                Row(f"{name}: the server's processor time per release", 1000 * lesson.work, "ms"),
                Row(f"{name}: arriving within 10 s, p95", percentile(arrivals, 95), "ms"),
            ]
    return rows
