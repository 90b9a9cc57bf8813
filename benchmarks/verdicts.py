"""Verdicts against what happens later: 3,000 seeded random descents, each walked on ten times as long."""

from collections import Counter

from benchmarks.table import Row
from tests.descent.long_runs import contradiction, random_runs

RUNS, SEED = 3000, 2024
MOST = 0.1
"""Per cent of the runs that a longer one may contradict."""
TITLE = f"Verdicts: {RUNS:,} random descents held against the same run ten times as long"


def measure() -> list[Row]:
    said, wrong = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for run in random_runs(RUNS, SEED):
        path = run.judged()
        claim = f"{path.outcome}, {path.behaviour}"
        against = contradiction(path, run.walked_on())
        said[run.optimiser, claim] += 1
        if against:
            wrong[run.optimiser, claim] += 1
            print(f"{claim}: {run}: {against}", flush=True)
    total = 100 * wrong.total() / said.total()
    rows = [Row("contradicted", total, "%", bound=MOST, note=f"{wrong.total()} of {said.total():,} runs")]
    return rows + [
        Row(f"{optimiser}: {claim}", 100 * wrong[optimiser, claim] / count, "%", note=f"of {count}")
        for (optimiser, claim), count in sorted(said.items())
        if wrong[optimiser, claim]
    ]
