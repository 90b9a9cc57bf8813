"""Two features and a class in each row: whether a line parts the classes, and the logistic fit of the plane.

The fit is z = w₁x₁ + w₂x₂ + w₀; where z = 0 both classes are as likely, and z/‖w‖ is the distance from that line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from explorer.data.classes import (
    AT_REST,
    BEST_THERE_IS,
    HALVINGS,
    QUADRATIC,
    STEPS,
    mean_log_loss,
    middle_and_width,
    sigmoid,
)
from explorer.data.line import DataError, Numbers, column
from explorer.numeric import significant_text

Triples = Sequence[tuple[float, float, float]]

MOST_PARTED = 500
"""Lines through every two of so many points are tried, but for those well inside their class."""

DIRECTIONS = np.linspace(0.0, 2 * np.pi, 32, endpoint=False)
INSIDE = 1e-9
"""A point so far within the polygon of the farthest ones in these directions is no corner of the hull."""

ROUNDING = 2.0**-50
"""What may be left of a product of differences that is 0, in parts of its terms."""


@dataclass(frozen=True)
class Plane:
    """A fit z = w1·x₁ + w2·x₂ + w0, and the mean log loss + shrinking·‖w‖² that it leaves."""

    w1: float
    w2: float
    w0: float
    loss: float


def checked(rows: Triples) -> tuple[Numbers, Numbers, Numbers]:
    """Both features and the classes, each of shape (n,). Raises DataError where there is nothing to tell apart."""
    if not rows:
        raise DataError("There is no point yet: a line needs two classes.")
    first, second, labels = (
        column(values, name)
        for values, name in zip(zip(*rows, strict=True), ("x₁", "x₂", "the class"), strict=True)
    )
    other = np.flatnonzero((labels != 0) & (labels != 1))
    if len(other):
        raise DataError(
            f"Row {other[0] + 1}: the class is {significant_text(labels[other[0]], 6)}; it is 0 or 1."
        )
    if np.all(labels == labels[0]):
        raise DataError(f"All points belong to class {labels[0]:g}: there is nothing to tell apart.")
    for values, name in ((first, "x₁"), (second, "x₂")):
        if np.all(values == values[0]):
            raise DataError(
                f"{name} is {significant_text(values[0], 6)} in all rows: that is one feature only."
            )
    return first, second, labels


class Parting(Enum):
    """Whether a line has class 0 on one side and class 1 on the other, and no point of both on the line itself."""

    NONE = "no line parts the classes"
    TOUCHING = "points of both classes lie on every line that has the others on their sides"
    APART = "a line has every point on its side"


def parting(rows: Triples) -> Parting:
    """How a line parts the classes. Where one does, every steeper plane fits better, and none best.

    If such a line exists, one of them goes through two of the points (an extreme ray of the cone of all of them,
    Rockafellar, Convex Analysis, section 18). What the hulls of both classes share lies on any such line.
    """
    first, second, labels = checked(rows)
    if len(first) > MOST_PARTED:
        raise DataError(f"There are {len(first)} points; {MOST_PARTED} at most are told apart here.")
    wanted = 2 * labels - 1
    x, y = _unit(first), _unit(second)
    if _on_one_line(first, second):
        # Neither feature is the same in all rows, so that the first alone tells where on the line a point stands.
        zeros, ones = x[labels == 0], x[labels == 1]
        return _beside(zeros, ones)
    # A line that has the corners of a class on one side has all of it there.
    outer = np.ones(len(x), dtype=bool)
    for label in (0.0, 1.0):
        outer[labels == label] = _outer(x[labels == label], y[labels == label])
    x, y, wanted = x[outer], y[outer], wanted[outer]
    for k in range(len(x) - 1):
        # Of every point, for the line from point k to each later one: twice the area of the triangle.
        along, up = (x[k + 1 :] - x[k])[:, None], (y[k + 1 :] - y[k])[:, None]
        one, other = along * (y - y[k]), up * (x - x[k])
        side = one - other
        side[np.abs(side) <= ROUNDING * (np.abs(one) + np.abs(other))] = 0.0
        side *= wanted
        apart = np.all(side >= 0, axis=1) | np.all(side <= 0, axis=1)
        found = np.flatnonzero(apart & np.any(side != 0, axis=1))
        if found.size:
            line = found[0]
            on, place = side[line] == 0, along[line] * (x - x[k]) + up[line] * (y - y[k])
            touch = _beside(place[on & (wanted < 0)], place[on & (wanted > 0)]) is not Parting.APART
            return Parting.TOUCHING if touch else Parting.APART
    return Parting.NONE


def _beside(zeros: Numbers, ones: Numbers) -> Parting:
    """The same of places on one line."""
    if not (zeros.size and ones.size):
        return Parting.APART
    gap = max(ones.min() - zeros.max(), zeros.min() - ones.max())
    return Parting.NONE if gap < 0 else Parting.APART if gap > 0 else Parting.TOUCHING


SAID = {
    Parting.APART: "A line parts the classes",
    Parting.TOUCHING: "A line has the classes on its two sides, and points of both on itself",
}


def _outer(x: Numbers, y: Numbers) -> npt.NDArray[np.bool_]:
    """Which points may be corners of their hull; x and y go from 0 to 1 at most."""
    farthest = np.argmax(np.outer(np.cos(DIRECTIONS), x) + np.outer(np.sin(DIRECTIONS), y), axis=1)
    corners = [one for one, before in zip(farthest, np.roll(farthest, 1), strict=True) if one != before]
    if len(set(corners)) < 3:
        return np.ones(len(x), dtype=bool)
    a, b = np.array(corners), np.roll(corners, -1)
    along, up = (x[b] - x[a])[:, None], (y[b] - y[a])[:, None]
    inside: npt.NDArray[np.bool_] = np.all(
        along * (y - y[a][:, None]) - up * (x - x[a][:, None]) > INSIDE, axis=0
    )
    return ~inside


def logistic_plane(rows: Triples, shrinking: float = 0.0) -> Plane:
    """The plane with the least mean log loss + shrinking·‖w‖², by Newton's method on standardised features.

    Raises DataError where there is none: classes that a line parts, or points that all lie on one line, unless it is
    `shrinking` that holds the plane.
    """
    first, second, labels = checked(rows)
    if not shrinking > 0:
        found = parting(rows)
        if found is not Parting.NONE:
            raise DataError(f"{SAID[found]}: every steeper plane fits better, so there is no best one.")
        if _on_one_line(first, second):
            raise DataError("All points lie on one line: planes that differ beside it only fit equally well.")
    middles, widths = zip(*(middle_and_width(values) for values in (first, second)), strict=True)
    design = np.stack(
        [
            *((v - m) / s for v, m, s in zip((first, second), middles, widths, strict=True)),
            np.ones(len(first)),
        ],
        axis=1,
    )
    held = np.array([*(shrinking / s / s for s in widths), 0.0])
    best, loss = _fit(design, labels, held)
    w = [float(best[k]) / widths[k] for k in range(2)]
    w0 = float(best[2]) - math.fsum(float(best[k]) * (middles[k] / widths[k]) for k in range(2))
    plane = Plane(w[0], w[1], w0, loss)
    if not all(map(math.isfinite, (plane.w1, plane.w2, plane.w0, plane.loss))):
        raise DataError("These numbers lie so far apart that the fit is beyond those of a computer.")
    return plane


def _fit(design: Numbers, labels: Numbers, held: Numbers) -> tuple[Numbers, float]:
    """The weights with the least mean loss + Σ held·weight², and that. Raises DataError where STEPS are too few."""
    weights: Numbers = np.zeros(3)
    loss = math.log(2.0)
    for _ in range(STEPS):
        p = sigmoid(design @ weights)
        gradient = design.T @ (p - labels) / len(labels) + 2 * held * weights
        if float(np.abs(gradient).max()) < AT_REST:
            break
        hessian = (design * (p * (1 - p))[:, None]).T @ design / len(labels) + np.diag(2 * held)
        step = _solved(hessian, gradient)
        near = float(gradient @ step) < QUADRATIC
        for halving in range(HALVINGS):
            ahead = weights - 0.5**halving * step
            trial = _loss(design, labels, held, ahead)
            if near or trial < loss:
                break
        weights, loss = ahead, trial
    else:
        if float(np.abs(gradient).max()) >= BEST_THERE_IS:
            raise DataError(f"The best fit was not reached in {STEPS} steps: the points lie too unevenly.")
    return weights, _loss(design, labels, held, weights)


def _loss(design: Numbers, labels: Numbers, held: Numbers, weights: Numbers) -> float:
    return mean_log_loss(design @ weights, labels) + float(held @ (weights * weights))


def _solved(hessian: Numbers, gradient: Numbers) -> Numbers:
    try:
        step = np.asarray(np.linalg.solve(hessian, gradient), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise DataError("The points lie too unevenly for a fit in the numbers of a computer.") from None
    if not np.all(np.isfinite(step)):
        raise DataError("The points lie too unevenly for a fit in the numbers of a computer.")
    return step


def _on_one_line(first: Numbers, second: Numbers) -> bool:
    x, y = _unit(first), _unit(second)
    far = int(np.argmax(np.abs(x - x[0]) + np.abs(y - y[0])))
    one, other = (x[far] - x[0]) * (y - y[0]), (y[far] - y[0]) * (x - x[0])
    return bool(np.all(np.abs(one - other) <= ROUNDING * (np.abs(one) + np.abs(other))))


def _unit(values: Numbers) -> Numbers:
    """From their least, in powers of two near their range: products neither overflow nor vanish, no digit changes."""
    low, high = float(values.min()), float(values.max())
    if not math.isfinite(high - low):
        values, low, high = values / 4, low / 4, high / 4
    moved: Numbers = np.ldexp(values - low, -math.frexp(high - low)[1])
    return moved


__all__ = ["Parting", "Plane", "Triples", "checked", "logistic_plane", "parting"]
