"""Programs for a table of measurements: averages between two of its rows."""

from __future__ import annotations

import keyword
import math
import unicodedata
from collections.abc import Sequence

from explorer.code.program import Program, axis_lines, dot, each, exact, meaning, numbers_of, program
from explorer.code.writing import JAX, NUMPY, SYMPY
from explorer.data.headings import PLAIN, Headings, letters_of

__all__ = ["table_programs"]

MODULES = {SYMPY.prefix, NUMPY.prefix, JAX.prefix}


def table_programs(
    times: Sequence[float], places: Sequence[float], first: float, last: float, columns: Headings = PLAIN
) -> tuple[Program, ...]:
    """The average change from one row to another, each named by its time; over no time there is none.

    The columns are so called, and have the letters of the page where Python can read them.
    """
    t, s = _variables(columns)
    remark = meaning((t, s), columns)
    at = dict(zip(times, places, strict=True))
    quotient = (at[last] - at[first]) / (last - first) if first != last else math.nan
    numbers = numbers_of({"change": at[last] - at[first], "average": quotient})
    across, up = [float(time) for time in times], [float(place) for place in places]
    change = f"{s}[{t} == last][0] - {s}[{t} == first][0]"

    def with_sympy() -> Program:
        rows = ", ".join(f"{exact(time)}: {exact(place)}" for time, place in zip(across, up, strict=True))
        lines = [
            *remark,
            f"{s} = {{{rows}}}",
            f"first, last = {exact(float(first))}, {exact(float(last))}",
            "",
        ]
        prints = {
            "change": f"sp.N({s}[last] - {s}[first])",
            "average": f"sp.N(({s}[last] - {s}[first])/(last - first))",
        }
        return program(SYMPY, [], lines, prints, numbers)

    def of_arrays(prefix: str) -> list[str]:
        return [
            *remark,
            f"{t} = {prefix}.array({across!r})",
            f"{s} = {prefix}.array({up!r})",
            f"first, last = {float(first)!r}, {float(last)!r}",
            f"change = {change}",
        ]

    prints = {"change": "change", "average": "change/(last - first)"}

    def with_numpy() -> Program:
        ends = f"[first, last], [{s}[{t} == first][0], {s}[{t} == last][0]]"
        picture = [
            f'plt.plot({t}, {s}, "o", color="#0072B2")',
            f'plt.plot({ends}, "-.", color="#CC79A7")',
            dot(ends, "#CC79A7"),
            *axis_lines(*columns),
        ]
        return program(NUMPY, [], of_arrays("np"), prints, numbers, picture=picture)

    def with_jax() -> Program:
        averages = "# A table has averages only: there is no function that grad could derive."
        return program(JAX, [], [averages, *of_arrays("jnp")], prints, numbers)

    return each(with_sympy, with_numpy, with_jax)


def _variables(columns: Headings) -> tuple[str, str]:
    """The letters of the columns as names in a program: x and y where Python reads one of them otherwise."""
    letters = letters_of(columns)
    read = {unicodedata.normalize("NFKC", letter) for letter in letters}
    fit = len(read) == len(letters) and all(map(str.isidentifier, letters))
    return letters if fit and not any(map(keyword.iskeyword, read)) and not read & MODULES else ("x", "y")
