"""Descents in Python: a thousand steps of each optimiser, and the map of basins."""

import timeit

from benchmarks.table import Row, median
from explorer.descent import OPTIMISERS, basins, descend
from explorer.expression import parse

TITLE = "Descents: 1,000 steps on Rosenbrock's function; basins of Himmelblau's"
STEPS = 1000
LOSS = "(1-x)^2 + 100(y-x^2)^2"
START = (-1.2, 1.0)
RATES = {"newton": 1.0, "adam": 0.05, "adagrad": 0.5, "rmsprop": 0.01}
HIMMELBLAU = "(x^2+y-11)^2 + (x+y^2-7)^2"
SAFE = 0.0005  # below every bound that plain, heavy-ball and Nesterov's descent have on the way


def measure() -> list[Row]:
    loss = parse(LOSS, ("x", "y"))
    rows = []
    for name, optimiser in OPTIMISERS.items():
        rate = RATES.get(name, SAFE)

        def walk(name: str = name, rate: float = rate) -> int:
            return len(descend(name, loss, START, rate, STEPS).points) - 1

        steps = walk()
        seconds = median(timeit.repeat(walk, number=1, repeat=5))
        rows.append(Row(optimiser.label, 1000 * seconds, "ms", note=f"{steps} steps"))
    himmelblau = parse(HIMMELBLAU, ("x", "y"))

    def draw_map() -> int:
        return len(basins("gd", himmelblau, ((-5.0, 5.0), (-5.0, 5.0)), 0.01).minima)

    minima = draw_map()
    seconds = median(timeit.repeat(draw_map, number=1, repeat=3))
    return [*rows, Row("basins, 200 × 200 starts", 1000 * seconds, "ms", note=f"{minima} minima")]
