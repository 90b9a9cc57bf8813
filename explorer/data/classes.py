"""The logistic fit: how likely a class is, as one feature grows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explorer.data.line import DataError, Line, Numbers, mean, paired
from explorer.numeric import significant_text

STEPS = 100
HALVINGS = 40
AT_REST = 1e-13
BEST_THERE_IS = 1e-10
"""A gradient of the mean loss, in standardised x, at which a fit stands still, and one that rounding may leave."""
QUADRATIC = 1e-8
"""A fall of the loss, as Newton's step promises it, below which each step doubles the digits: it is taken whole."""


@dataclass(frozen=True)
class Classes:
    """Rows of one feature `x` with the class of each, 0 or 1; shapes (n,)."""

    x: Numbers
    labels: Numbers

    @property
    def gap(self) -> float:
        """How far the classes lie apart: negative where neither lies below the other, 0 where they touch at a value.

        From 0 on every steeper curve fits better, and none best.
        """
        zeros, ones = self.x[self.labels == 0], self.x[self.labels == 1]
        return float(max(ones.min() - zeros.max(), zeros.min() - ones.max()))


def classes(x: npt.ArrayLike, labels: npt.ArrayLike) -> Classes:
    """The rows, judged. Raises DataError for other labels than 0 and 1, or where one class only is there."""
    feature, label = paired(x, labels, ("x", "the class"))
    other = np.flatnonzero((label != 0) & (label != 1))
    if len(other):
        raise DataError(
            f"Row {other[0] + 1}: the class is {significant_text(label[other[0]], 6)}; it is 0 or 1."
        )
    if np.all(label == label[0]):
        raise DataError(f"All points belong to class {label[0]:g}: there is nothing to tell apart.")
    if np.all(feature == feature[0]):
        raise DataError(
            f"All points stand at x = {significant_text(feature[0], 6)}: there is nothing by which to tell them apart."
        )
    return Classes(feature, label)


def logistic(x: npt.ArrayLike, labels: npt.ArrayLike, shrinking: float = 0.0) -> Line:
    """The line z = slope·x + intercept whose σ(z) = 1/(1 + e⁻ᶻ) has the least mean log loss + shrinking·slope².

    `x` and `labels` (0 or 1) have shape (n,); `loss` is the mean of −ln of the probability given to what happened, and
    `root` the boundary, where both classes are as likely. Newton's method (iteratively reweighted least squares) on the
    standardised feature, each step halved until the loss falls: the loss is convex, so that there is one minimum.
    Raises DataError where there is none: for classes that one value of x separates the slope grows without end, unless
    it is `shrinking` that holds it.
    """
    rows = classes(x, labels)
    if rows.gap >= 0 and not shrinking > 0:
        parts = "One value of x separates the classes" if rows.gap else "The classes touch at one value of x"
        raise DataError(f"{parts}: every steeper curve fits better, so there is no best one.")
    middle, width = middle_and_width(rows.x)
    u = (rows.x - middle) / width
    tilt, lift = _fit(u, rows.labels, shrinking / width / width)
    slope = tilt / width
    loss = mean_log_loss(tilt * u + lift, rows.labels) + shrinking * slope * slope
    line = Line(slope, lift - tilt * (middle / width), loss)
    if not all(map(math.isfinite, (line.slope, line.intercept, line.loss))):
        raise DataError("These numbers lie so far apart that the fit is beyond those of a computer.")
    return line


def mean_log_loss(z: Numbers, labels: Numbers) -> float:
    """The mean of −ln σ(z) where the label is 1 and −ln(1 − σ(z)) where it is 0, without overflow."""
    towards = np.where(labels == 1, -z, z)
    return mean(np.logaddexp(0.0, towards))


def sigmoid(z: Numbers) -> Numbers:
    """1/(1 + e⁻ᶻ), by the sign of z: neither power overflows."""
    small = np.exp(-np.abs(z))
    result: Numbers = np.where(z >= 0, 1.0, small) / (1.0 + small)
    return result


def middle_and_width(x: Numbers) -> tuple[float, float]:
    """Mean and deviation, by way of the range, which neither overflows nor vanishes when it is squared."""
    low, high = float(x.min()), float(x.max())
    width = high / 2 - low / 2
    if not 0 < width < math.inf:
        raise DataError("These numbers lie too close together for a computer to tell them apart.")
    t = (x / 2 - low / 2) / width
    middle = mean(t)
    deviation = math.sqrt(mean((t - middle) ** 2))
    return low + 2 * width * middle, 2 * width * deviation


def _fit(u: Numbers, labels: Numbers, shrinking: float) -> tuple[float, float]:
    """Slope and intercept where the mean log loss is least. Raises DataError where STEPS are too few."""
    tilt, lift, loss = 0.0, 0.0, math.log(2.0)
    for _ in range(STEPS):
        gradient, step = _newton(u, labels, tilt, lift, shrinking)
        if max(map(abs, gradient)) < AT_REST:
            return tilt, lift
        near = sum(g * s for g, s in zip(gradient, step, strict=True)) < QUADRATIC
        for halving in range(HALVINGS):
            share = 0.5**halving
            ahead = tilt - share * step[0], lift - share * step[1]
            trial = mean_log_loss(ahead[0] * u + ahead[1], labels) + shrinking * ahead[0] * ahead[0]
            if near or trial < loss:
                break
        (tilt, lift), loss = ahead, trial
    if max(map(abs, gradient)) < BEST_THERE_IS:
        return tilt, lift
    raise DataError(f"The best fit was not reached in {STEPS} steps: the points lie too unevenly.")


def _newton(
    u: Numbers, labels: Numbers, tilt: float, lift: float, shrinking: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The gradient of the mean log loss by slope and intercept, and Newton's step H⁻¹∇ (to be subtracted)."""
    p = sigmoid(tilt * u + lift)
    error, weight = p - labels, p * (1.0 - p)
    by_tilt, by_lift, total = mean(error * u) + 2 * shrinking * tilt, mean(error), mean(weight)
    if total == 0:
        raise DataError("The points lie too unevenly for a fit in the numbers of a computer.")
    # H = [[m(wu²) + 2λ, m(wu)], [m(wu), m(w)]], solved about the weighted mean of u: no digits are lost by subtracting.
    centre = mean(weight * u) / total
    spread = mean(weight * (u - centre) ** 2) + 2 * shrinking
    if spread == 0:
        raise DataError("The points lie too unevenly for a fit in the numbers of a computer.")
    turn = (by_tilt - centre * by_lift) / spread
    return (by_tilt, by_lift), (turn, by_lift / total - centre * turn)
