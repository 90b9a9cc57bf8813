"""A class arrives: within ten seconds, each learner with a formula of their own, while some others drag already."""

import asyncio
import random
import time
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from benchmarks.formulas import own_formula
from benchmarks.learner import Learner
from benchmarks.learners import somewhere
from benchmarks.table import Row, median, percentile
from tests.browser.pages import STOPS, Stop
from tests.browser.server import Server

TITLE = "A class arrives: from the opened connection to the scene, everybody with a formula of their own"
WITHIN = 10.0  # s
DRAGGING = 4
EVERY = 1.0  # s, between two releases of one who is there already
HOSTILE = 10  # every tenth learner's formula is legal but dear

BOUNDS = {(30, False): 2000.0, (100, False): 4000.0, (100, True): 8000.0}
"""ms at p95, by the size of the class and whether a tenth of the formulas are dear."""
RELEASE = 150.0  # ms at p95


@dataclass
class Lesson:
    """Seconds until each scene, tame and dear; seconds of each release meanwhile; handshakes refused."""

    tame: list[float] = field(default_factory=list)
    dear: list[float] = field(default_factory=list)
    releases: list[float] = field(default_factory=list)
    refused: int = 0
    work: float = 0.0


def letters_of(stop: Stop, chance: random.Random) -> int:
    return {"partial_derivatives": 2, "gradient_descent": chance.choice((1, 2))}.get(stop.path, 1)


async def arrive(port: int, stop: Stop, wild: bool, chance: random.Random, lesson: Lesson) -> None:
    formula = own_formula(letters_of(stop, chance), wild, chance)
    begin = time.perf_counter()
    try:
        async with Learner(port) as learner:
            connected = time.perf_counter() - begin
            opening = await learner.open(stop.path, f=formula)
            assert not opening.exceptions, (formula, opening.exceptions)
            (lesson.dear if wild else lesson.tame).append(connected + opening.scene)
            # Whoever has arrived stays: what is still to come is looked for, as in a browser.
            await asyncio.sleep(max(0.0, begin + WITHIN - time.perf_counter()))
    except (OSError, WebSocketException):
        lesson.refused += 1


async def drag(port: int, stop: Stop, chance: random.Random, lesson: Lesson, over: asyncio.Event) -> None:
    async with Learner(port) as learner:
        await learner.open(stop.path)
        while not over.is_set():
            answer = await learner.release({stop.control: somewhere(learner, stop.control, chance)})
            lesson.releases.append(answer.seconds)
            await asyncio.sleep(max(0.0, EVERY - answer.seconds))


async def hold(server: Server, stops: tuple[Stop, ...], size: int, hostile: bool) -> Lesson:
    lesson, over, chance = Lesson(), asyncio.Event(), random.Random(size + hostile)
    draggers = [
        asyncio.create_task(drag(server.port, stops[k % len(stops)], random.Random(k), lesson, over))
        for k in range(DRAGGING)
    ]
    await asyncio.sleep(2 * EVERY)
    lesson.releases.clear()
    before = server.processor_seconds()

    async def one(number: int) -> None:
        await asyncio.sleep(number * WITHIN / size)
        wild = hostile and number % HOSTILE == HOSTILE // 2
        await arrive(server.port, stops[number % len(stops)], wild, random.Random(chance.random()), lesson)

    await asyncio.gather(*(one(number) for number in range(size)))
    lesson.work = (server.processor_seconds() - before) / size
    over.set()
    await asyncio.gather(*draggers)
    return lesson


def measure() -> list[Row]:
    rows = []
    classes = [(f"/{STOPS[0].path}", STOPS[:1]), ("all pages", STOPS)]
    for name, stops in classes:
        for (size, hostile), bound in BOUNDS.items():
            with Server() as server:
                asyncio.run(visit(server, stops))
                lesson = asyncio.run(hold(server, stops, size, hostile))
            seen = [1000 * seconds for seconds in (*lesson.tame, *lesson.dear)]
            releases = [1000 * seconds for seconds in lesson.releases]
            who = f"{name}, {size} learners" + (", a tenth of them with dear formulas" if hostile else "")
            rows += [
                Row(f"{who}: scene, median", median(seen), "ms"),
                Row(f"{who}: scene, p95", percentile(seen, 95), "ms", bound, note=f"last {max(seen):,.0f}"),
                Row(f"{who}: handshakes refused", lesson.refused, "", 0),
                Row(f"{who}: releases meanwhile, p95", percentile(releases, 95), "ms", RELEASE),
                Row(f"{who}: the server's processor time per arrival", 1000 * lesson.work, "ms"),
            ]
            if hostile:
                tame = [1000 * seconds for seconds in lesson.tame]
                rows.append(Row(f"{who}: scene of the others, p95", percentile(tame, 95), "ms"))
    return rows


async def visit(server: Server, stops: tuple[Stop, ...]) -> None:
    """The first visitor of a server waits for what is imported and laid out; a class is not the first."""
    for stop in stops:
        async with Learner(server.port) as learner:
            await learner.open(stop.path)
