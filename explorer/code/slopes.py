"""Programs for slopes: of a curve, between two of its points, of a surface, and of a learner's line."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from explorer.code.nearby import nearby
from explorer.code.program import (
    Box,
    Program,
    curve_lines,
    derivable,
    dot,
    each,
    exact,
    frame_lines,
    numbers_of,
    program,
)
from explorer.code.writing import JAX, NUMPY, SYMPY
from explorer.expression import Expression

__all__ = ["check_programs", "jacobian_programs", "limit_programs", "slope_programs", "surface_programs"]

NO_FUNCTION = (
    "# f is an expression and no function: f(3) is a TypeError.",
    '# sp.lambdify(x, f, "numpy") makes one, for arrays too.',
)
FLOATS = (
    "# grad takes floats, 3.0 and not 3; vmap maps it:",
    "# jax.vmap(jax.grad(f))(jnp.array([1.0, 2.0, 3.0]))",
)
ROUNDED = 1e-11
"""An average slope that may have lost more than this to rounding differs from an exact one in what is printed."""


def slope_programs(f: Expression, x0: float, box: Box | None = None) -> tuple[Program, ...]:
    """The value and the slope at x₀: SymPy derives f, NumPy computes the derivative that the rules give."""
    slope = f.derivative()
    numbers = numbers_of({"f(x0)": f(x0), "slope": slope(x0)})

    def with_sympy() -> Program:
        return program(
            SYMPY,
            [f.root],
            [
                'x = sp.Symbol("x", real=True)',
                "f = {0}",
                *NO_FUNCTION,
                f"x0 = {exact(x0)}",
                "",
                *nearby(f, x0, SYMPY, box),
            ],
            {"f(x0)": "sp.N(f.subs(x, x0))", "slope": "sp.N(sp.diff(f, x).subs(x, x0))"},
            derivable(f, numbers, "slope"),
        )

    def with_numpy() -> Program:
        picture = [
            *curve_lines("f", f, box),
            'plt.plot(xs, f(x0) + slope(x0)*(xs - x0), "--", color="#D55E00", label="tangent")',
            dot("x0, f(x0)"),
            *frame_lines(box),
        ] if box else []  # fmt: skip
        lines = [
            "def f(x):",
            "    return {0}",
            "",
            "def slope(x):",
            "    return {1}",
            "",
            _at(x0),
            *nearby(f, x0, NUMPY, box),
        ]
        prints = {"f(x0)": "f(x0)", "slope": "slope(x0)"}
        return program(NUMPY, [f.root, slope.root], lines, prints, numbers, picture=picture)

    def with_jax() -> Program:
        lines = [
            *("def f(x):", "    return {0}", ""),
            *FLOATS,
            f"x0 = jnp.float64({x0!r})",
            *nearby(f, x0, JAX, box),
            *(["value, slope = jax.value_and_grad(f)(x0)"] if numbers else []),
        ]
        return program(JAX, [f.root], lines, {"f(x0)": "value", "slope": "slope"}, numbers)

    return each(with_sympy, with_numpy, with_jax)


def limit_programs(f: Expression, x0: float, h: float, box: Box | None = None) -> tuple[Program, ...]:
    """The average slope from x₀ over h, and the slope that it heads for."""
    start, end = float(f(x0)), float(f(x0 + h))
    quotient = (end - start) / h if h else math.nan
    numbers = numbers_of({"average slope": quotient, "slope": f.derivative()(x0)})
    lost = float(np.finfo(float).eps) * max(abs(start), abs(end)) / abs(h) if h else math.inf
    unsure = {"average slope"} if not lost <= ROUNDED * max(1.0, abs(quotient)) else set()

    ends_nowhere = [] if math.isfinite(end) else ["# f has no value at x0 + h."]

    def with_sympy() -> Program:
        return program(
            SYMPY,
            [f.root],
            [
                'x = sp.Symbol("x", real=True)', "f = {0}", *NO_FUNCTION,
                f"x0, h = {exact(x0)}, {exact(h)}", "", *nearby(f, x0, SYMPY, box), *ends_nowhere,
            ],
            {
                "average slope": "sp.N((f.subs(x, x0 + h) - f.subs(x, x0))/h)",
                "slope": "sp.N(sp.diff(f, x).subs(x, x0))",
            },
            derivable(f, numbers, "slope"),
            unsure=unsure,
        )  # fmt: skip

    def with_numpy() -> Program:
        picture = [
            *curve_lines("f", f, box),
            "secant = f(x0) + (f(x0 + h) - f(x0))/h*(xs - x0)",
            'plt.plot(xs, secant, "-.", color="#CC79A7", label="secant")',
            'plt.plot([x0, x0 + h], [f(x0), f(x0 + h)], "o", color="#CC79A7", markersize=10)',
            *frame_lines(box),
        ] if box else []  # fmt: skip
        lines = ["def f(x):", "    return {0}", "", f"x0, h = np.float64({x0!r}), np.float64({h!r})"]
        lines += [*nearby(f, x0, NUMPY, box), *ends_nowhere]
        prints = {"average slope": "(f(x0 + h) - f(x0))/h"}
        return program(NUMPY, [f.root], lines, prints, numbers, picture=picture)

    def with_jax() -> Program:
        lines = [
            *("def f(x):", "    return {0}", ""),
            *FLOATS,
            f"x0, h = jnp.float64({x0!r}), jnp.float64({h!r})",
            *nearby(f, x0, JAX, box),
            *ends_nowhere,
        ]
        prints = {"average slope": "(f(x0 + h) - f(x0))/h", "slope": "jax.grad(f)(x0)"}
        return program(JAX, [f.root], lines, prints, numbers, unsure=unsure)

    return each(with_sympy, with_numpy, with_jax)


def surface_programs(f: Expression, x0: float, y0: float, box: Box | None = None) -> tuple[Program, ...]:
    """F(x, y) and both partial derivatives at a point."""
    partials = [f.derivative("x"), f.derivative("y")]
    numbers = numbers_of({"f": f(x0, y0), "df/dx": partials[0](x0, y0), "df/dy": partials[1](x0, y0)})

    def with_sympy() -> Program:
        return program(
            SYMPY,
            [f.root],
            [*_symbols(x0, y0), "f = {0}", *NO_FUNCTION, ""],
            {
                "f": "sp.N(f.subs(point))",
                "df/dx": "sp.N(sp.diff(f, x).subs(point))",
                "df/dy": "sp.N(sp.diff(f, y).subs(point))",
            },
            derivable(f, numbers, "df/dx", "df/dy"),
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
            numbers,
            picture=_surface_picture(box) if box else (),
        )

    def with_jax() -> Program:
        lines = [
            *("def f(x, y):", "    return {0}", ""),
            "# grad takes floats, 1.0 and not 1;",
            "# argnums says by which of them f is derived.",
            f"value, (along_x, along_y) = jax.value_and_grad(f, argnums=(0, 1))({x0!r}, {y0!r})",
        ]
        prints = {"f": "value", "df/dx": "along_x", "df/dy": "along_y"}
        return program(JAX, [f.root], lines, prints, numbers)

    return each(with_sympy, with_numpy, with_jax)


def _surface_picture(box: Box) -> list[str]:
    (left, right), (low, high) = box
    return [
        f"xs, ys = np.linspace({left!r}, {right!r}, 101), np.linspace({low!r}, {high!r}, 101)",
        'with np.errstate(all="ignore"):  # where there is no value, there is no level line',
        "    heights = np.array([[f(x, y) for x in xs] for y in ys], dtype=float)",
        "heights[~np.isfinite(heights)] = np.nan",
        'plt.contour(xs, ys, heights, 15, colors="#0072B2")',
        "slope = np.hypot(along_x(*point), along_y(*point))",
        "if slope > 0:  # the gradient, as an arrow of one length",
        f"    length = {0.15 * min(right - left, high - low)!r}",
        "    plt.quiver(*point, along_x(*point)/slope*length, along_y(*point)/slope*length,",
        '               angles="xy", scale_units="xy", scale=1)',
        dot("*point"),
        'plt.gca().set_aspect("equal")',
    ]


def jacobian_programs(u: Expression, v: Expression, x0: float, y0: float) -> tuple[Program, ...]:
    """The Jacobian of a vector function at a point, row by row, and its determinant."""
    rows = [[one.derivative(name) for name in ("x", "y")] for one in (u, v)]
    entries = [float(entry(x0, y0)) for row in rows for entry in row]
    names = ("du/dx", "du/dy", "dv/dx", "dv/dy")
    determinant = entries[0] * entries[3] - entries[1] * entries[2]
    numbers = numbers_of(dict(zip(names, entries, strict=True)) | {"determinant": determinant})
    places = ("J[0, 0]", "J[0, 1]", "J[1, 0]", "J[1, 1]")

    def with_sympy() -> Program:
        lines = [*_symbols(x0, y0), "J = sp.Matrix([{0}, {1}]).jacobian([x, y]).subs(point)", ""]
        prints = {name: f"sp.N({place})" for name, place in zip(names, places, strict=True)}
        known = derivable(u, derivable(v, numbers, *numbers), *numbers)
        return program(SYMPY, [u.root, v.root], lines, prints | {"determinant": "sp.N(J.det())"}, known)

    def with_numpy() -> Program:
        lines = [
            f"x, y = np.float64({x0!r}), np.float64({y0!r})",
            "J = np.array([",
            "    [{0}, {1}],",
            "    [{2}, {3}],",
            "])",
        ]
        prints = dict(zip(names, places, strict=True)) | {"determinant": "J[0, 0]*J[1, 1] - J[0, 1]*J[1, 0]"}
        return program(NUMPY, [entry.root for row in rows for entry in row], lines, prints, numbers)

    def with_jax() -> Program:
        lines = [
            "def F(x, y):",
            "    return jnp.array([{0}, {1}])",
            "",
            "# Derived by both arguments at once; a column for each.",
            f"J = jnp.column_stack(jax.jacobian(F, argnums=(0, 1))({x0!r}, {y0!r}))",
        ]
        prints = dict(zip(names, places, strict=True)) | {"determinant": "jnp.linalg.det(J)"}
        return program(JAX, [u.root, v.root], lines, prints, numbers)

    return each(with_sympy, with_numpy, with_jax)


def check_programs(
    f: Expression, by: str, line: Expression | None, point: Mapping[str, float], box: Box | None = None
) -> tuple[Program, ...]:
    """The true slope of f by a letter at a point, and what a learner's `line` gives there (None: there is none).

    `box` is what the picture shows, of a formula in one letter.
    """
    letters, slope = f.variables, f.derivative(by)
    places = [float(point[letter]) for letter in letters]
    values = {"slope": slope(*places)} | ({"your line": line.over(letters)(*places)} if line else {})
    numbers = numbers_of(values)
    own, symbols = [line.root] if line else [], ", ".join(letters)

    def defined(name: str, k: int) -> list[str]:
        return [f"def {name}({symbols}):", f"    return {{{k}}}", ""]

    def with_sympy() -> Program:
        lines = [
            f'{symbols} = sp.symbols("{" ".join(letters)}", real=True)',
            "formula = {0}",
            *(["line = {1}"] if line else []),
            f"point = {{{', '.join(f'{letter}: {exact(point[letter])}' for letter in letters)}}}",
            "",
        ]
        prints = {
            "slope": f"sp.N(sp.diff(formula, {by}).subs(point))",
            "your line": "sp.N(line.subs(point))",
        }
        return program(SYMPY, [f.root, *own], lines, prints, derivable(f, numbers, "slope"))

    def with_numpy() -> Program:
        picture = [
            *curve_lines("slope", slope, box, by),
            *([*curve_lines("line", line, box, by)[:-1], LINE.format(by)] if line else []),
            *frame_lines(box),
        ] if box and len(letters) == 1 else []  # fmt: skip
        lines = [
            *defined("slope", 0),
            *(defined("line", 1) if line else []),
            f"point = [{', '.join(f'np.float64({place!r})' for place in places)}]",
        ]
        prints = {"slope": "slope(*point)", "your line": "line(*point)"}
        return program(NUMPY, [slope.root, *own], lines, prints, numbers, picture=picture)

    def with_jax() -> Program:
        lines = [
            *defined("formula", 0),
            *(defined("line", 1) if line else []),
            f"point = jnp.array({places!r})  # grad takes floats",
        ]
        prints = {
            "slope": f"jax.grad(formula, argnums={letters.index(by)})(*point)",
            "your line": "line(*point)",
        }
        return program(JAX, [f.root, *own], lines, prints, numbers)

    return each(with_sympy, with_numpy, with_jax)


LINE = 'plt.plot({0}s, ys, "--", color="#1A1A1A", linewidth=3, label="your line")'


def _at(x0: float) -> str:
    return f"x0 = np.float64({x0!r})"


def _symbols(x0: float, y0: float) -> list[str]:
    return ['x, y = sp.symbols("x y", real=True)', f"point = {{x: {exact(x0)}, y: {exact(y0)}}}"]
