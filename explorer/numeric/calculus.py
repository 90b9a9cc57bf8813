"""Values and derivatives of an expression in one variable, as arrays."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from explorer.expression import Expression, Tape, compile_tape
from explorer.numeric.results import Array
from explorer.numeric.steps import Steps

__all__ = [
    "derivative", "derivative_values", "jet", "jet_with_errors", "steps", "values", "values_with_errors",
]  # fmt: skip

NAMES = ("value", "slope", "curvature", "third")


@lru_cache(maxsize=512)
def derivative(f: Expression, order: int) -> Expression:
    """The `order`-th derivative of f with respect to its variable (order 0 is f itself)."""
    return f if order == 0 else derivative(f, order - 1).derivative(f.variables[0])


@lru_cache(maxsize=512)
def _tape(f: Expression, first: int, last: int) -> Tape:
    return compile_tape({NAMES[k]: derivative(f, k) for k in range(first, last + 1)}, f.variables)


def values(f: Expression, x: ArrayLike) -> Array:
    """f(x), NaN where undefined, ±inf where it overflows."""
    return _tape(f, 0, 0).run(x)["value"]


def values_with_errors(f: Expression, x: ArrayLike) -> tuple[Array, Array]:
    """f(x), and a bound for the rounding error of each value."""
    return _tape(f, 0, 0).run_with_errors(x)["value"]


def derivative_values(f: Expression, x: ArrayLike, order: int) -> Array:
    """The derivative of order 0 to 3 at x; NaN where undefined."""
    return _tape(f, order, order).run(x)[NAMES[order]]


@lru_cache(maxsize=512)
def steps(f: Expression, order: int = 0) -> Steps:
    """The derivative of that order (0: f itself) with its steps taken only where rounding cannot have made them."""
    return Steps(_tape(f, order, order))


def jet_with_errors(f: Expression, x: ArrayLike) -> tuple[tuple[Array, Array, Array], tuple[Array, ...]]:
    """f, f′ and f″ at x, and a bound for the rounding error of each."""
    results = _tape(f, 0, 2).run_with_errors(x)
    (value, slope, curvature), errors = zip(*(results[name] for name in NAMES[:3]), strict=True)
    return (value, slope, curvature), errors


def jet(f: Expression, x: ArrayLike) -> tuple[Array, Array, Array]:
    """f, f′ and f″ at x from one tape, so that common parts are computed once."""
    results = _tape(f, 0, 2).run(x)
    return results["value"], results["slope"], np.asarray(results["curvature"])
