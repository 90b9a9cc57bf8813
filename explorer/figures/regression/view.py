"""Where the descent of a line is looked at: J as a function of slope and height, the window, a rate that suits."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from explorer.caching import computed_once
from explorer.data import DataError, Line, least_squares
from explorer.data.columns import LETTERS, sums_over
from explorer.data.headings import Heading, X
from explorer.data.losses import ACROSS, AS_IT_STANDS, SHARED, Setting, best_line, row_cost
from explorer.data.rows import Rows
from explorer.data.sums import GIVEN, SUMS, fit_passes, fit_quantities, mean_square
from explorer.descent import Summed, bends_of_a_row, slopes_of_a_row, value_of_a_row
from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures.descent.view import View
from explorer.numeric.results import Span
from explorer.scene.descents import Valley

STEPS = 100

SEEN = 0.8
"""So much of the level line through the flat line is in the window of the plane."""

SHARE = 0.3
"""Huber's δ begins as so much of the deviation of y."""


def square_loss_of(rows: Rows, names: tuple[str, str] = ("m", "c"), scale: str = "raw") -> Expression:
    """The mean square of these rows as a function of slope and height: a paraboloid in closed form."""
    given = given_of(rows, scale)
    known = {name: Expression.number(given[name]) for name in GIVEN}
    return mean_square(names).substitute(known, names)


def loss_of(
    rows: Rows, names: tuple[str, str] = ("m", "c"), setting: Setting = AS_IT_STANDS, delta: float = 1.0
) -> Expression | Summed:
    """J of these rows as a function of slope and height: a paraboloid for squares, else a mean over the rows."""
    if setting.loss == "square":
        return square_loss_of(rows, names, setting.scale)
    given = given_of(rows, setting.scale)
    shared = {
        name: Expression.number(value) for name, value in {**given, "delta": delta}.items() if name in SHARED
    }
    named = dict(zip(("x", "y"), map(Expression.variable, names), strict=True))
    counted = ACROSS.substitute(shared, (*names, "u", "v"))
    return Summed(row_cost(setting.loss).substitute({**shared, **named}, counted.variables), rows, counted)


def given_of(rows: Rows, scale: str = "raw") -> dict[str, float]:
    """What `fit_quantities` says of these rows."""
    sums = sums_over(fit_passes(), list(np.array(rows, dtype=np.float64).T))
    found = _fit_tape(scale).run(*(sums[name] for name in SUMS))
    return {name: float(value) for name, value in found.items()}


def fitted(rows: Rows, named: Heading = X) -> Line:
    """The line of least squares of rows that can be drawn and walked on.

    Raises DataError, which calls x as it is `named`, where there is none, or where the squares of the numbers are
    beyond those of a computer.
    """
    line = least_squares(*zip(*rows, strict=True), named=named)
    given = given_of(rows)
    if not (all(math.isfinite(given[name]) for name in GIVEN) and given["spread"] > SMALLEST_SPREAD):
        raise DataError(f"These {named.name} lie too close together for a computer to tell them apart.")
    return line


SMALLEST_SPREAD = 1e-200
"""A mean of (x − x̄)² by which numbers can still be divided without going beyond those of a computer."""


@lru_cache(maxsize=8)
def _fit_tape(scale: str) -> Tape:
    """The fit, of what is summed over the rows."""
    return compile_tape(fit_quantities(scale), SUMS)


def valley_for(loss: str) -> Valley:
    """J on which the browser walks, whatever the data."""
    return _paraboloid() if loss == "square" else _mean_of_rows(loss)


@lru_cache(maxsize=1)
def _paraboloid() -> Valley:
    """About the best line."""
    loss = mean_square()
    slopes = {name: loss.derivative(name) for name in ("x", "y")}
    second = {f"d_{a}_{b}": slopes[a].derivative(b) for a, b in ("xx", "xy", "yy")}
    # Far from 0 the spread is lost in each of them, and stands in this alone.
    second["determinant"] = (
        parse("4 v", ("v",)).substitute({"v": Expression.variable("spread")}).over(loss.variables)
    )
    return Valley(
        value=compile_tape({"loss": loss}, loss.variables),
        gradient=compile_tape({"loss": loss, "d_x": slopes["x"], "d_y": slopes["y"]}, loss.variables),
        hessian=compile_tape(second, loss.variables),
        quadratic=True,
        minimum=("m_best", "c_best"),
        given=GIVEN,
    )


@lru_cache(maxsize=8)
def _mean_of_rows(loss: str) -> Valley:
    """One row's cost, run for every row."""
    cost = row_cost(loss)
    return Valley(
        value=value_of_a_row(cost),
        gradient=slopes_of_a_row(cost, ("x", "y")),
        hessian=bends_of_a_row(cost, ("x", "y"), ACROSS),
        given=SHARED,
        rows=LETTERS,
    )


def with_a_line(rows: Rows) -> Rows:
    """The rows, and one point more beside the first where they stand above each other: for a window to look at."""
    (x, y), *_ = rows
    return (*rows, (x + max(1.0, abs(x)), y)) if all(one == x for one, _ in rows) else rows


def first_delta(rows: Rows) -> float:
    """A round δ that calls some residuals of the flat line near and others far."""
    deviation = math.sqrt(given_of(rows)["y_spread"])
    return float(f"{SHARE * deviation:.1g}") if deviation > 0 else 1.0


@computed_once(128)
def regression_view(
    rows: Rows, steps: int = STEPS, setting: Setting = AS_IT_STANDS, delta: float | None = None
) -> View:
    """The plane of (m, c) about the best line and the flat one at 0, and a rate well below the bound.

    Raises DataError where the rows have no line.
    """
    line = fitted(rows)
    given = given_of(rows, setting.scale)
    spread, middle = given["spread"], given["x_mean"]
    flat = math.fsum(y * y for _, y in rows) / len(rows)
    radius = math.sqrt(max(flat - line.loss, 0.0)) or math.sqrt(line.loss) or 1.0
    halves = (SEEN * radius / math.sqrt(spread), SEEN * radius * math.sqrt(1 + middle * middle / spread))
    best = (given["m_best"], given["c_best"])
    trace, part = spread + middle * middle + 1, math.hypot(spread + middle * middle - 1, 2 * middle)
    largest = trace + part
    smallest = 4 * spread / largest
    rate = float(f"{0.4 * 2 / largest:.1g}")
    top = math.ceil(math.log10(4 * 2 / largest))
    square = View(
        windows=tuple(_window(centre, half) for centre, half in zip(best, halves, strict=True)),
        heights=(line.loss, line.loss + 1.25 * radius * radius),
        start=(0.0, 0.0),
        rate=rate,
        rates=(float(f"1e{top - 4}"), float(f"1e{max(top, 0)}")),
        steps=steps,
        minima=(best,),
        curvatures=((smallest, largest),),
        quadratic=True,
        lowest=line.loss,
    )
    if setting.loss == "square":
        return square
    return _of_rows(square, rows, setting, first_delta(rows) if delta is None else delta, halves)


def _of_rows(view: View, rows: Rows, setting: Setting, delta: float, halves: tuple[float, float]) -> View:
    """The same plane for a loss that is no paraboloid; one step crosses a fiftieth of it at most."""
    given = given_of(rows, setting.scale)
    x, y = map(np.array, zip(*rows, strict=True))
    line = best_line(x, y, setting.loss, delta)
    best = (line.slope * given["x_width"], line.intercept + line.slope * given["x_shift"])
    counted = (x - given["x_shift"]) / given["x_width"]
    if setting.loss == "absolute":
        fair = min(halves[0] / float(np.mean(np.abs(counted))), halves[1]) / 50
    else:
        # Near the best line the bound is that of half the mean square, if all points are near.
        fair = 0.4 * 2 / (view.curvatures[0][1] / 2)
    top = math.ceil(math.log10(10 * fair))
    return View(
        windows=view.windows,
        heights=(line.loss, float(loss_of(rows, ("x", "y"), setting, delta)(0.0, 0.0))),
        start=view.start,
        rate=float(f"{fair:.1g}"),
        rates=(float(f"1e{top - 4}"), float(f"1e{max(top, 0)}")),
        steps=view.steps,
        minima=(),
        curvatures=(),
        quadratic=False,
        lowest=line.loss,
        kinks=(best,),
    )


def _window(centre: float, half: float) -> Span:
    low, high = min(centre - half, -0.15 * half), max(centre + half, 0.15 * half)
    return low, high
