"""Many rows: the fit of a line through them, the regression page's scene of them, and its bytes; and of two classes.

A class has at most 500 rows, a line 10,000. Each figure is the median of RUNS, each with numbers of its own, so that
nothing comes from a cache.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.table import Row, median
from explorer.data import least_squares
from explorer.data.rows import MOST_LIVE, MOST_ROWS, as_sent
from explorer.figures.regression.classes import classes_scene
from explorer.figures.regression.features import features_scene
from explorer.figures.regression.line import regression_scene
from explorer.scene.scene import Scene

TITLE = "Many rows: the fit, and the scene"
RUNS = 5
HEAVIEST = 150  # KB, of a scene in two dimensions


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def bytes_of(scene: Scene) -> float:
    return len(json.dumps(scene.to_json(), allow_nan=False).encode()) / 1000


def without_points(scene: Scene) -> Scene:
    assert scene.columns is not None
    return replace(scene, columns=replace(scene.columns, start=()))


def of_rows(name: str, count: int, make: Callable[[np.random.Generator], Callable[[], Scene]]) -> list[Row]:
    """The time until a scene of so many rows is ready to be sent, and its bytes."""
    makers = [make(np.random.default_rng(seed)) for seed in range(RUNS)]
    spent = median([timed(lambda made=made: made().to_json()) for made in makers])
    return [
        Row(f"{name}, {count} rows: the scene is made", spent, "ms"),
        Row(
            f"{name}, {count} rows: the scene",
            bytes_of(makers[0]()),
            "KB",
            HEAVIEST,
        ),
        Row(
            f"{name}, {count} rows: without the points", bytes_of(without_points(makers[0]())), "KB", HEAVIEST
        ),
    ]


def measure() -> list[Row]:
    def line(random: np.random.Generator) -> Callable[[], Scene]:
        x = random.normal(40, 9, MOST_ROWS)
        drawn = zip(x.tolist(), (3 * x + random.normal(0, 20, MOST_ROWS)).tolist(), strict=True)
        rows = as_sent(tuple(drawn))
        return lambda: regression_scene(rows)

    def two(random: np.random.Generator) -> Callable[[], Scene]:
        x, label = random.normal(0, 3, MOST_LIVE), random.random(MOST_LIVE)
        drawn = tuple(zip(x.tolist(), np.round(label).tolist(), strict=True))
        return lambda: classes_scene(drawn)

    def plane(random: np.random.Generator) -> Callable[[], Scene]:
        columns = *random.normal(0, 3, (2, MOST_LIVE)), np.round(random.random(MOST_LIVE))
        drawn = tuple(zip(*(column.tolist() for column in columns), strict=True))
        return lambda: features_scene(drawn)

    fits = []
    for seed in range(RUNS):
        x, y = np.random.default_rng(seed).normal(2000, 30, (2, MOST_ROWS))
        fits.append(timed(lambda x=x, y=y: least_squares(x, y)))
    return [
        Row(f"the line of least squares through {MOST_ROWS} rows", median(fits), "ms"),
        *of_rows("/regression", MOST_ROWS, line),
        *of_rows("/regression, classes", MOST_LIVE, two),
        *of_rows("/regression, two features", MOST_LIVE, plane),
    ]
