"""What a line may be judged by: squares, absolute values, Huber's costs; and the best line for each.

A row's cost is that of its residual r = y − ŷ. Squares have a closed form (see `line` and `sums`); the others are means
over the rows. Huber's cost (Robust Estimation of a Location Parameter, 1964) is r²/2 up to δ and straight from there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from explorer.data.line import Line, Numbers, columns, least_squares, mean
from explorer.expression import Expression, parse

LOSSES = ("square", "absolute", "huber")
SCALES = ("raw", "standard", "normal")
ROW = ("u", "v")
"""A row's numbers."""
SHARED = ("x_shift", "x_width", "delta")
"""What all rows of a mean share: x is taken as (u − x_shift)/x_width, and Huber's δ."""

COST = {
    "absolute": "{r > 0: r, r < 0: -r, 0}",
    "huber": "{r > d: d (r - d/2), r < -d: -d (r + d/2), r^2/2}",
}
"""Of one row; where |r| has a corner its slope is taken as 0, so that a point on the line does not pull."""

ACROSS = parse("(u - a)/b", ("u", "a", "b")).substitute(
    {"a": Expression.variable("x_shift"), "b": Expression.variable("x_width")}
)
"""x as it is counted: a row's cost is a function of slope times that, and height."""

ROUNDS = 500
STILL = 1e-13


@dataclass(frozen=True)
class Setting:
    """By which of LOSSES a line is judged, and on which of SCALES its x is counted."""

    loss: str = "square"
    scale: str = "raw"


AS_IT_STANDS = Setting()
"""Mean squares, and x as it stands."""


def row_cost(loss: str) -> Expression:
    """A row's cost for the line (x, y), slope and height: in x, y, then what is SHARED, then the ROW."""
    residual = parse("v - (x (u - a)/b + y)", ("x", "y", "u", "v", "a", "b")).substitute(
        {"a": Expression.variable("x_shift"), "b": Expression.variable("x_width")}
    )
    cost = parse(COST[loss], ("r", "d")).substitute({"r": residual, "d": Expression.variable("delta")})
    return cost.over(("x", "y", *SHARED, *ROW))


def best_line(x: Numbers, y: Numbers, loss: str, delta: float) -> Line:
    """The line with the least mean cost; `loss` is that mean. Raises DataError as `least_squares` does."""
    u, v = columns(x, y)
    if loss == "square":
        return least_squares(u, v)
    return _least_absolute(u, v) if loss == "absolute" else _least_huber(u, v, delta)


def _least_absolute(u: Numbers, v: Numbers) -> Line:
    """One of the lines through two of the points: at least one of them is best (Boscovich's and Laplace's method).

    Through each point the best slope is a weighted median of the slopes to the others, so that no pair is tried twice.
    """
    best = Line(0.0, 0.0, math.inf)
    for middle, height in zip(u, v, strict=True):
        across, up = u - middle, v - height
        beside = across != 0
        slopes = up[beside] / across[beside]
        order = np.argsort(slopes, kind="stable")
        weights = np.cumsum(np.abs(across[beside])[order])
        slope = float(slopes[order][int(np.searchsorted(weights, weights[-1] / 2))])
        cost = mean(np.abs(up - slope * across))
        if cost < best.loss:
            best = Line(slope, _sure(float(height), float(slope * middle)), cost)
    return best


def _least_huber(u: Numbers, v: Numbers, delta: float) -> Line:
    """By least squares with the weights min(1, δ/|r|), again and again: each round lowers the mean cost."""
    middle, width = mean(u), float(np.abs(u - mean(u)).max())
    t = (u - middle) / width
    line = least_squares(t, v)
    slope, height = line.slope, line.intercept
    for _ in range(ROUNDS):
        away = np.abs(v - slope * t - height)
        weight = np.minimum(1.0, delta / np.maximum(away, delta))
        total = float(weight.sum())
        centre, level = float((weight * t).sum()) / total, float((weight * v).sum()) / total
        spread = float((weight * (t - centre) ** 2).sum())
        steeper = float((weight * (t - centre) * (v - level)).sum()) / spread
        moved = abs(steeper - slope) + abs(level - steeper * centre - height)
        slope, height = steeper, level - steeper * centre
        if moved <= STILL * (abs(slope) + abs(height)):
            break
    cost = mean(huber(v - slope * t - height, delta))
    return Line(slope / width, _sure(height, slope / width * middle), cost)


def _sure(height: float, fall: float) -> float:
    """Their difference, 0 where all that is left of it is rounding."""
    left = height - fall
    return 0.0 if abs(left) <= STILL * max(abs(height), abs(fall)) else left


def huber(residuals: Numbers, delta: float) -> Numbers:
    """r²/2 up to δ, and δ(|r| − δ/2) from there."""
    away = np.abs(residuals)
    costs: Numbers = np.where(away <= delta, away * away / 2, delta * (away - delta / 2))
    return costs
