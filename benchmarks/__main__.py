"""`python -m benchmarks [name…]`: run the measurements named, or all, and print their tables.

The tables are also written to build/benchmarks.md. The exit code is 1 when a bound was missed.
"""

import importlib
import platform
import sys
from pathlib import Path

from benchmarks.table import render

# The order of benchmarks/README.md. Each module has a TITLE and a function measure() -> list[Row].
MEASUREMENTS = (
    "reader",
    "diagnosis",
    "scenes",
    "rows",
    "wild",
    "workers",
    "descents",
    "verdicts",
    "drag",
    "graph",
    "compositor",
    "surface",
    "release",
    "first_picture",
    "memory",
    "learners",
    "arrivals",
)


def machine() -> str:
    cores = len(
        [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("processor")]
    )
    return f"{platform.system()}, {cores} cores, Python {platform.python_version()}"


def main(chosen: list[str]) -> int:
    unknown = set(chosen) - set(MEASUREMENTS)
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are {', '.join(MEASUREMENTS)}.")
        return 2
    tables, missed = [f"# Measured on {machine()}"], False
    print(tables[0], flush=True)
    for name in chosen or MEASUREMENTS:
        measurement = importlib.import_module(f"benchmarks.{name}")
        rows = measurement.measure()
        missed |= any(row.verdict == "MISSED" for row in rows)
        tables.append(render(measurement.TITLE, rows))
        print(f"\n{tables[-1]}", flush=True)
    Path("build").mkdir(exist_ok=True)
    Path("build/benchmarks.md").write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
