"""A page's script and scene as the server sees them: milliseconds, and bytes on the wire."""

import asyncio

from benchmarks.learner import Answer, Learner
from benchmarks.table import Row, median
from tests.browser.pages import STOPS
from tests.browser.server import Server

TITLE = "Scene: computing it and sending it"
RUNS = 10
FLAT, SOLID = 150, 600  # KB, the bounds of a scene in two and in three dimensions
FUNCTIONS = {"flat": "x^2 sin({}x)", "solid": "x^2 - {} y^2"}


async def visits(port: int, path: str, offset: int = 0) -> tuple[list[Answer], list[Answer], int]:
    """First and second requests of fresh learners, each with a function of its own; the scene's bytes."""
    solid = path in {stop.path for stop in STOPS if stop.solid}
    first, second, scene = [], [], 0
    for number in range(RUNS):
        async with Learner(port) as learner:
            f = FUNCTIONS["solid" if solid else "flat"].format(number + offset + 2)
            first.append(await learner.open(path, f=f))
            assert learner.figure is not None, f"/{path} sent no live figure"
            scene = max(scene, learner.figure.ByteSize())
            second.append(await learner.open(path, f=f))
    return first, second, scene


def measure() -> list[Row]:
    rows = []
    with Server() as server:
        for stop in STOPS:
            asyncio.run(visits(server.port, stop.path, RUNS))  # what only the first learner of all pays
            first, second, scene = asyncio.run(visits(server.port, stop.path))
            assert not any(answer.exceptions for answer in first + second)
            bound = SOLID if stop.solid else FLAT
            rows += [
                Row(
                    f"/{stop.path}: a run with a new session", median([a.seconds for a in first]) * 1000, "ms"
                ),
                Row(f"/{stop.path}: a further run", median([a.seconds for a in second]) * 1000, "ms"),
                Row(f"/{stop.path}: the scene", scene / 1000, "KB", bound),
                Row(f"/{stop.path}: the whole page", median([sum(a.sizes) for a in first]) / 1000, "KB"),
            ]
    return rows
