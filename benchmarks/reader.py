"""The formula reader: microseconds per formula, and the longest that any text takes."""

import timeit

from benchmarks.table import Row, median
from explorer.expression import ExpressionError, parse

TITLE = "Formula reader"
FORMULAS = (
    "x^2",
    "x^3/3 - x",
    "x^2 sin(3x)",
    "e^(2x)cos x",
    "1/(1+e^-x)",
    "(x^2+1)^5 sin(x)/(x-2)",
    "{x<0: -x, x}",
    "||x|-1|",
)
# Texts made to be slow: deep, long, exploding in value, or ambiguous at every character.
HOSTILE = {
    "9**9**9": "9**9**9",
    "1e999999999": "1e999999999",
    "factorial of a million": "(10^6)!",
    "100,000 brackets": "(" * 100_000,
    "a million characters": "x+" * 500_000,
    "200 unknown letters": "q" * 200,
    "nested powers": "x^" * 99 + "x",
    "nested roots": "sqrt(" * 39 + "x" + ")" * 39,
    "a full 200 characters": ("sin(x)^2+" * 30)[:199],
    "a high power of a sum": "(x+1)^1000 (x-1)^1000",
}


def attempt(text: str) -> None:
    try:
        parse(text)
    except ExpressionError:
        return


def microseconds(text: str, repeats: int) -> float:
    return 1e6 * median(timeit.repeat(lambda: attempt(text), number=1, repeat=repeats))


def measure() -> list[Row]:
    attempt("x")
    everyday = [microseconds(text, 200) for text in FORMULAS]
    rows = [
        Row("an everyday formula, median", median(everyday), "µs"),
        Row("an everyday formula, slowest", max(everyday), "µs"),
    ]
    worst = {name: microseconds(text, 5) for name, text in HOSTILE.items()}
    slowest = max(worst, key=lambda name: worst[name])
    rows.append(Row("a hostile text, slowest", worst[slowest] / 1000, "ms", 100, f"({slowest})"))
    return rows
