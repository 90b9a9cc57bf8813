"""The program of a curve between two classes: its descent on the log loss, or on the square loss, of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.code.program import Program, each, exact, program
from explorer.code.walks import LONG, Walk, arrival, jax_gradient, lambdified, loop, symbols
from explorer.code.writing import JAX, LANGUAGES, NUMPY, SYMPY


def class_programs(
    walk: Walk, rows: Sequence[tuple[float, float]], squares: bool, shrinking: float
) -> tuple[Program, ...]:
    """Where the curve stands after its steps, and J there: the mean log loss or mean square, and λw²."""
    if not walk.is_short:
        return tuple(Program(language.name, "", why=LONG) for language in LANGUAGES)
    numbers, prints = arrival(walk, ("w", "b"), "J")
    x, y = ([float(value) for value in column] for column in zip(*rows, strict=True))
    more = f" + {exact(shrinking)}*w**2" if shrinking else ""

    def with_sympy() -> Program:
        one = "(1/(1 + sp.exp(-(w*a + b))) - k)**2" if squares else "sp.log(1 + sp.exp((1 - 2*k)*(w*a + b)))"
        lines = [
            f"x = [{', '.join(map(exact, x))}]",
            f"y = [{', '.join(map(exact, y))}]",
            *symbols(("w", "b")),
            f"f = sum({one} for a, k in zip(x, y))/sp.Integer(len(x)){more}",
            *lambdified(("w", "b")),
            "",
            *loop(walk, SYMPY),
        ]
        return program(SYMPY, [], lines, prints, numbers, more=("import numpy as np",))

    def data(prefix: str) -> list[str]:
        sigmoid = f"{prefix}.tanh((w*x + b)/2)"
        one = f"(0.5*(1 + {sigmoid}) - y)**2" if squares else f"{prefix}.logaddexp(0, (1 - 2*y)*(w*x + b))"
        return [
            f"x = {prefix}.array({x!r})",
            f"y = {prefix}.array({y!r})",
            "",
            "def loss(w, b):",
            f"    return {prefix}.mean({one}){f' + {shrinking!r}*w**2' if shrinking else ''}",
            "",
        ]

    def with_numpy() -> Program:
        lines = [
            *data("np"),
            "def gradient(w, b):",
            "    p = 0.5*(1 + np.tanh((w*x + b)/2))  # 1/(1 + exp(-z)), which cannot overflow",
            f"    away = {'2*(p - y)*p*(1 - p)' if squares else 'p - y'}",
            f"    return np.array([np.mean(away*x){f' + {2 * shrinking!r}*w' if shrinking else ''}, np.mean(away)])",
            "",
            *loop(walk, NUMPY),
        ]
        picture = [
            'plt.plot(x, y, "o", color="#0072B2")',
            "across = np.linspace(np.min(x), np.max(x), 200)",
            'plt.plot(across, 0.5*(1 + np.tanh((w[0]*across + w[1])/2)), color="#D55E00")',
        ]
        return program(NUMPY, [], lines, prints, numbers, picture=picture)

    def with_jax() -> Program:
        return program(JAX, [], [*data("jnp"), *jax_gradient(), *loop(walk, JAX)], prints, numbers)

    return each(with_sympy, with_numpy, with_jax)
