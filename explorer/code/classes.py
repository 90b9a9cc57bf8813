"""Programs for two classes: the descent of a curve on the loss of its rows, and a line in the plane of two features."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.code.arrived import DOUBT, Walk, arrival
from explorer.code.program import Program, axis_lines, dot, each, exact, meaning, numbers_of, program
from explorer.code.walks import LONG, jax_gradient, lambdified, loop, symbols
from explorer.code.writing import JAX, LANGUAGES, NUMPY, SYMPY
from explorer.data.classes import mean_log_loss, sigmoid
from explorer.data.headings import LABELLED, PLACED, Headings


def class_programs(
    walk: Walk[Any],
    rows: Sequence[tuple[float, float]],
    squares: bool,
    shrinking: float,
    columns: Headings = LABELLED,
) -> tuple[Program, ...]:
    """Where the curve stands after its steps, and J there: the mean log loss or mean square, and λw².

    The columns are so called.
    """
    if not walk.is_short:
        return tuple(Program(language.name, "", why=LONG) for language in LANGUAGES)
    numbers, prints, unsure, compiled = arrival(walk, ("w", "b"), "J")
    x, y = ([float(value) for value in column] for column in zip(*rows, strict=True))
    more = f" + {exact(shrinking)}*w**2" if shrinking else ""

    def with_sympy() -> Program:
        one = "(1/(1 + sp.exp(-(w*a + b))) - k)**2" if squares else "sp.log(1 + sp.exp((1 - 2*k)*(w*a + b)))"
        lines = [
            *meaning(("x", "y"), columns),
            f"x = [{', '.join(map(exact, x))}]",
            f"y = [{', '.join(map(exact, y))}]",
            *symbols(("w", "b")),
            f"f = sum({one} for a, k in zip(x, y))/sp.Integer(len(x)){more}",
            *lambdified(("w", "b")),
            "",
            *loop(walk, SYMPY),
        ]
        return program(
            SYMPY, [], lines, prints, numbers, unsure=unsure, doubt=DOUBT, more=("import numpy as np",)
        )

    def data(prefix: str) -> list[str]:
        sigmoid = f"{prefix}.tanh((w*x + b)/2)"
        one = f"(0.5*(1 + {sigmoid}) - y)**2" if squares else f"{prefix}.logaddexp(0, (1 - 2*y)*(w*x + b))"
        return [
            *meaning(("x", "y"), columns),
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
            *axis_lines(*columns),
        ]
        return program(NUMPY, [], lines, prints, numbers, unsure=unsure, doubt=DOUBT, picture=picture)

    def with_jax() -> Program:
        lines = [*data("jnp"), *jax_gradient(), *loop(walk, JAX)]
        return program(JAX, [], lines, prints, numbers, unsure=compiled, doubt=DOUBT)

    return each(with_sympy, with_numpy, with_jax)


def features_programs(
    rows: Sequence[tuple[float, float, float]],
    plane: tuple[float, float, float],
    asked: tuple[float, float],
    shrinking: float,
    columns: Headings = PLACED,
) -> tuple[Program, ...]:
    """What the plane says of the point that is asked about, and J with its gradient; `plane` is w₁, w₂, w₀.

    The columns are so called.
    """
    remark = meaning(("x₁", "x₂", "y"), columns)
    held = f" + {shrinking!r}*np.sum(w**2)" if shrinking else ""
    features, labels = [[float(x), float(y)] for x, y, _ in rows], [float(label) for *_, label in rows]
    numbers = numbers_of(_said(rows, plane, asked, shrinking))
    weights = [float(plane[0]), float(plane[1])]
    point = [float(asked[0]), float(asked[1])]
    prints = {
        "w.x + w0": "z(point, w, w0)",
        "distance": "z(point, w, w0)/{0}.linalg.norm(w)",
        "chance": "0.5*(1 + {0}.tanh(z(point, w, w0)/2))",
        "J": "loss(w, w0)",
        "dJ/dw1": "by_w[0]",
        "dJ/dw2": "by_w[1]",
        "dJ/dw0": "by_w0",
    }

    def said(prefix: str) -> dict[str, str]:
        return {name: text.replace("{0}", prefix) for name, text in prints.items()}

    def data(prefix: str) -> list[str]:
        return [
            *remark,
            f"x = {prefix}.array({features!r})",
            f"y = {prefix}.array({labels!r})",
            f"w, w0 = {prefix}.array({weights!r}), {float(plane[2])!r}",
            f"point = {prefix}.array({point!r})",
            "",
            "def z(x, w, w0):",
            "    return x @ w + w0",
            "",
            "def loss(w, w0):",
            f"    return {prefix}.mean({prefix}.logaddexp(0, (1 - 2*y)*z(x, w, w0))){held.replace('np', prefix)}",
            "",
        ]

    def with_sympy() -> Program:
        lines = [
            *remark,
            f"x = [{', '.join(f'({exact(a)}, {exact(b)})' for a, b in features)}]",
            f"y = [{', '.join(map(exact, labels))}]",
            *symbols(("w1", "w2", "w0")),
            f"here = {{w1: {exact(weights[0])}, w2: {exact(weights[1])}, w0: {exact(float(plane[2]))}}}",
            f"z = ({exact(point[0])}*w1 + {exact(point[1])}*w2 + w0).subs(here)",
            "losses = [sp.log(1 + sp.exp((1 - 2*k)*(w1*a + w2*b + w0))) for (a, b), k in zip(x, y)]",
            f"J = sum(losses)/sp.Integer(len(x)){f' + {exact(shrinking)}*(w1**2 + w2**2)' if shrinking else ''}",
        ]
        exactly = {
            "w.x + w0": "sp.N(z)",
            "distance": "sp.N(z/sp.sqrt(w1**2 + w2**2).subs(here))",
            "chance": "sp.N(1/(1 + sp.exp(-z)))",
            "J": "sp.N(J.subs(here))",
        }
        exactly |= {f"dJ/d{name}": f"sp.N(sp.diff(J, {name}).subs(here))" for name in ("w1", "w2", "w0")}
        return program(SYMPY, [], lines, exactly, numbers)

    def with_numpy() -> Program:
        lines = [
            *data("np"),
            "away = 0.5*(1 + np.tanh(z(x, w, w0)/2)) - y  # σ(z) − y, which cannot overflow",
            f"by_w = away @ x/len(y){f' + {2 * shrinking!r}*w' if shrinking else ''}",
            "by_w0 = np.mean(away)",
        ]
        picture = [
            'plt.scatter(*x[y == 0].T, facecolors="none", edgecolors="#0072B2", label="class 0")',
            'plt.scatter(*x[y == 1].T, color="#0072B2", label="class 1")',
            "low, high = x.min(axis=0) - 1, x.max(axis=0) + 1",
            "across, up = np.meshgrid(np.linspace(low[0], high[0], 200), np.linspace(low[1], high[1], 200))",
            'plt.contour(across, up, w[0]*across + w[1]*up + w0, [0.0], colors="#D55E00")',
            dot("*point", "#1A1A1A"),
            *axis_lines(*columns[:2]),
            "plt.legend()",
        ]
        return program(NUMPY, [], lines, said("np"), numbers, picture=picture)

    def with_jax() -> Program:
        lines = [
            *data("jnp"),
            "# grad takes floats; argnums names what it derives by.",
            "by_w, by_w0 = jax.grad(loss, argnums=(0, 1))(w, w0)",
        ]
        return program(JAX, [], lines, said("jnp"), numbers)

    return each(with_sympy, with_numpy, with_jax)


def _said(
    rows: Sequence[tuple[float, float, float]],
    plane: tuple[float, float, float],
    asked: tuple[float, float],
    shrinking: float,
) -> dict[str, float]:
    """The numbers of the screen."""
    first, second, labels = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    w1, w2, w0 = plane
    z = w1 * first + w2 * second + w0
    away, norm = sigmoid(z) - labels, math.hypot(w1, w2)
    here = w1 * asked[0] + w2 * asked[1] + w0
    return {
        "w.x + w0": here,
        "distance": here / norm if norm else math.nan,
        "chance": float(sigmoid(np.array(here))),
        "J": mean_log_loss(z, labels) + shrinking * norm * norm,
        "dJ/dw1": float(np.mean(away * first)) + 2 * shrinking * w1,
        "dJ/dw2": float(np.mean(away * second)) + 2 * shrinking * w2,
        "dJ/dw0": float(np.mean(away)),
    }
