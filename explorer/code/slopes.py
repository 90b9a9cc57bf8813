"""Programs for slopes: of a curve, between two of its points, and of a surface."""

from __future__ import annotations

import math

from explorer.code.program import Program, derivable, each, exact, numbers_of, program
from explorer.code.writing import NUMPY, SYMPY
from explorer.expression import Expression

__all__ = ["limit_programs", "slope_programs", "surface_programs"]


def slope_programs(f: Expression, x0: float) -> tuple[Program, ...]:
    """The value and the slope at x₀: SymPy derives f, NumPy computes the derivative that the rules give."""
    slope = f.derivative()
    prints = numbers_of({"f(x0)": f(x0), "slope": slope(x0)})

    def with_sympy() -> Program:
        return program(
            SYMPY,
            [f.root],
            ['x = sp.Symbol("x", real=True)', "f = {0}", f"x0 = {exact(x0)}", ""],
            {"f(x0)": "sp.N(f.subs(x, x0))", "slope": "sp.N(sp.diff(f, x).subs(x, x0))"},
            derivable(f, prints, "slope"),
        )

    def with_numpy() -> Program:
        lines = [
            "def f(x):",
            "    return {0}",
            "",
            "def slope(x):",
            "    return {1}",
            "",
            f"x0 = np.float64({x0!r})",
        ]
        return program(NUMPY, [f.root, slope.root], lines, {"f(x0)": "f(x0)", "slope": "slope(x0)"}, prints)

    return each(with_sympy, with_numpy)


def limit_programs(f: Expression, x0: float, h: float) -> tuple[Program, ...]:
    """The average slope from x₀ over h, and the slope that it heads for."""
    start, end = float(f(x0)), float(f(x0 + h))
    quotient = (end - start) / h if h else math.nan
    prints = numbers_of({"average slope": quotient, "slope": f.derivative()(x0)})

    def with_sympy() -> Program:
        return program(
            SYMPY,
            [f.root],
            ['x = sp.Symbol("x", real=True)', "f = {0}", f"x0, h = {exact(x0)}, {exact(h)}", ""],
            {
                "average slope": "sp.N((f.subs(x, x0 + h) - f.subs(x, x0))/h)",
                "slope": "sp.N(sp.diff(f, x).subs(x, x0))",
            },
            derivable(f, prints, "slope"),
        )

    def with_numpy() -> Program:
        return program(
            NUMPY,
            [f.root],
            ["def f(x):", "    return {0}", "", f"x0, h = np.float64({x0!r}), np.float64({h!r})"],
            {"average slope": "(f(x0 + h) - f(x0))/h"},
            prints,
        )

    return each(with_sympy, with_numpy)


def surface_programs(f: Expression, x0: float, y0: float) -> tuple[Program, ...]:
    """F(x, y) and both partial derivatives at a point."""
    partials = [f.derivative("x"), f.derivative("y")]
    prints = numbers_of({"f": f(x0, y0), "df/dx": partials[0](x0, y0), "df/dy": partials[1](x0, y0)})

    def with_sympy() -> Program:
        return program(
            SYMPY,
            [f.root],
            [
                'x, y = sp.symbols("x y", real=True)',
                "f = {0}",
                f"point = {{x: {exact(x0)}, y: {exact(y0)}}}",
                "",
            ],
            {
                "f": "sp.N(f.subs(point))",
                "df/dx": "sp.N(sp.diff(f, x).subs(point))",
                "df/dy": "sp.N(sp.diff(f, y).subs(point))",
            },
            derivable(f, prints, "df/dx", "df/dy"),
        )

    def with_numpy() -> Program:
        return program(
            NUMPY,
            [f.root, *(partial.root for partial in partials)],
            [
                *("def f(x, y):", "    return {0}", ""),
                *("def along_x(x, y):", "    return {1}", ""),
                *("def along_y(x, y):", "    return {2}", ""),
                f"point = np.float64({x0!r}), np.float64({y0!r})",
            ],
            {"f": "f(*point)", "df/dx": "along_x(*point)", "df/dy": "along_y(*point)"},
            prints,
        )

    return each(with_sympy, with_numpy)
