"""Programs for a table of measurements: averages between two of its rows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from explorer.code.program import Program, dot, each, exact, numbers_of, program
from explorer.code.writing import JAX, NUMPY, SYMPY

__all__ = ["table_programs"]


def table_programs(
    times: Sequence[float], places: Sequence[float], first: float, last: float
) -> tuple[Program, ...]:
    """The average change from one row to another, each named by its time; over no time there is none."""
    at = dict(zip(times, places, strict=True))
    quotient = (at[last] - at[first]) / (last - first) if first != last else math.nan
    numbers = numbers_of({"change": at[last] - at[first], "average": quotient})
    t, s = [float(time) for time in times], [float(place) for place in places]

    def with_sympy() -> Program:
        rows = ", ".join(f"{exact(time)}: {exact(place)}" for time, place in zip(t, s, strict=True))
        lines = [f"s = {{{rows}}}", f"first, last = {exact(float(first))}, {exact(float(last))}", ""]
        prints = {
            "change": "sp.N(s[last] - s[first])",
            "average": "sp.N((s[last] - s[first])/(last - first))",
        }
        return program(SYMPY, [], lines, prints, numbers)

    def of_arrays(prefix: str) -> list[str]:
        return [
            f"t = {prefix}.array({t!r})",
            f"s = {prefix}.array({s!r})",
            f"first, last = {float(first)!r}, {float(last)!r}",
            "change = s[t == last][0] - s[t == first][0]",
        ]

    prints = {"change": "change", "average": "change/(last - first)"}

    def with_numpy() -> Program:
        picture = [
            'plt.plot(t, s, "o", color="#0072B2")',
            'plt.plot([first, last], [s[t == first][0], s[t == last][0]], "-.", color="#CC79A7")',
            dot("[first, last], [s[t == first][0], s[t == last][0]]", "#CC79A7"),
        ]
        return program(NUMPY, [], of_arrays("np"), prints, numbers, picture=picture)

    def with_jax() -> Program:
        remark = "# A table has averages only: there is no function that grad could derive."
        return program(JAX, [], [remark, *of_arrays("jnp")], prints, numbers)

    return each(with_sympy, with_numpy, with_jax)
