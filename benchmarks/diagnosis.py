"""What went wrong in a line: milliseconds for everyday functions, and at the reader's limits."""

import timeit

from benchmarks.table import Row, median
from explorer.expression import Expression, parse
from explorer.practice import diagnose

TITLE = "Diagnosis of a wrong line"
EVERYDAY = (
    ("x^2", "x"),
    ("sin(3x)", "cos(3x)"),
    ("x^2 sin(3x)", "2x cos(3x)"),
    ("x/(x^2+1)", "1/(2x)"),
    ("e^(2x)cos x", "2x e^(2x-1) cos x"),
    ("(x^2+1)^5 + ln(x^2)", "5(x^2+1)^4 + 1/x^2 + 1"),
    ("1/(1+e^(-x))", "tan(x)"),
)
LIMITS = (
    "+".join(["x*sin(x)"] * 20),
    "*".join(["sin(x)"] * 20),
    "sin(" * 25 + "x" + ")" * 25,
    "tan(" * 25 + "x" + ")" * 25,
    "(x+1)/(x+2)*" * 12 + "x",
    "x^2-3x+" * 16 + "5",
)
LINE = "x + 1/7"


def milliseconds(f: Expression, line: Expression, repeats: int) -> float:
    diagnose(f, line)
    return 1e3 * median(timeit.repeat(lambda: diagnose(f, line), number=1, repeat=repeats))


def measure() -> list[Row]:
    everyday = [milliseconds(parse(f), parse(line), 20) for f, line in EVERYDAY]
    limits = {text: milliseconds(parse(text), parse(LINE), 5) for text in LIMITS}
    slowest = max(limits, key=lambda text: limits[text])
    return [
        Row("an everyday function, median", median(everyday), "ms"),
        Row("an everyday function, slowest", max(everyday), "ms", 50),
        Row("at the reader's limits, slowest", limits[slowest], "ms", 300, f"({slowest[:24]}…)"),
    ]
