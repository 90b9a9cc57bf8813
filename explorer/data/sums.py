"""What a line needs of its data, as expressions in the rows: so that it follows a point under the finger.

The rows' coordinates are variables x1, y1, x2, y2 …; sums are taken of deviations from the means, in pairs of pairs, so
that large means cost no digits. The mean square of a line (m, c) is then
J = J* + V (m − m*)² + ((c − c*) + x̄ (m − m*))², with the best line (m*, c*), V the mean of (x − x̄)².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.expression import Expression, parse

GIVEN = ("m_best", "c_best", "j_best", "x_mean", "spread")
"""What the loss is made of: the best line and its mean square, the mean of x, and V."""

COUNT = "count"
"""How many of the rows there are, where more have names than stand there."""

ROUNDING = 2.0**-100
"""The square of what rounding makes of a deviation that is 0, in parts of the mean: 2⁻⁵⁰ with room to spare."""


def row_names(count: int) -> tuple[tuple[str, str], ...]:
    """The variables of each row."""
    return tuple((f"x{k}", f"y{k}") for k in range(1, count + 1))


@dataclass(frozen=True)
class Present:
    """The first rows of `most`: all of them, or with `some` as many as the quantity COUNT says."""

    most: int
    some: bool = False

    @property
    def count(self) -> Expression:
        """How many there are."""
        return Expression.variable(COUNT) if self.some else Expression.number(float(self.most))

    def only(self, terms: Sequence[Expression], otherwise: Expression) -> list[Expression]:
        """The terms of the rows that are there, in place of all others what is to stand there; the first is there."""
        if not self.some:
            return list(terms)
        chosen = parse("{n > k: t, o}", ("n", "k", "t", "o"))
        common = {"n": self.count, "o": otherwise}
        later = [
            chosen.substitute({**common, "k": Expression.number(k + 0.5), "t": term})
            for k, term in enumerate(terms[1:], 1)
        ]
        return [terms[0], *later]

    def mean(self, terms: Sequence[Expression]) -> Expression:
        """The mean over the rows that are there."""
        return _sum(self.only(terms, Expression.number(0.0))) / self.count

    def least(self, terms: Sequence[Expression]) -> Expression:
        """The least of them."""
        return in_pairs(self.only(terms, terms[0]), "min(a, b)")

    def largest(self, terms: Sequence[Expression]) -> Expression:
        """The largest of them."""
        return in_pairs(self.only(terms, terms[0]), "max(a, b)")

    def share(self, row: int) -> Expression:
        """A row's weight in a mean over all that have names, so that it is the mean over those that are there."""
        ones = [self.count] * self.most
        return float(self.most) * self.only(ones, Expression.number(0.0))[row] / (self.count * self.count)


def fit_quantities(count: int, scale: str = "raw", some: bool = False) -> dict[str, Expression]:
    """The best line of `count` rows and what belongs to it; where all x are equal it has no value.

    With `some` only the first of them are there, as many as the quantity COUNT says.

    `y_spread` is the mean of (y − ȳ)², `explained` the share R² of it that the best line explains. What is GIVEN is of
    x as it is counted on the `scale`, (x − x_shift)/x_width; `slope_best` and `height_best` are of x as it stands.
    """
    xs, ys = (
        [Expression.variable(name) for name in column] for column in zip(*row_names(count), strict=True)
    )
    present = Present(count, some)
    mean_of = present.mean
    x_mean, y_mean = mean_of(xs), mean_of(ys)
    across, up = [x - x_mean for x in xs], [y - y_mean for y in ys]
    spread = mean_of([d * d for d in across])
    # What rounding leaves of deviations that are all 0 is no spread.
    apart = parse("{v > t m^2: v}", ("v", "t", "m")).substitute(
        {"v": spread, "t": Expression.number(ROUNDING), "m": x_mean}
    )
    slope = mean_of([d * e for d, e in zip(across, up, strict=True)]) / apart
    residuals = [e - slope * d for d, e in zip(across, up, strict=True)]
    least, y_spread = mean_of([r * r for r in residuals]), mean_of([e * e for e in up])
    shift, width = _counted(present, xs, x_mean, apart, scale)
    found = {
        "slope_best": slope,
        "height_best": y_mean - slope * x_mean,
        "x_shift": shift,
        "x_width": width,
        "m_best": slope * width,
        "c_best": y_mean - slope * (x_mean - shift),
        "j_best": least,
        "x_mean": (x_mean - shift) / width,
        "spread": spread / (width * width),
        "y_mean": y_mean,
        "y_spread": y_spread,
        "explained": 1.0 - least / y_spread,
    }
    names = (*(name for row in row_names(count) for name in row), *((COUNT,) if some else ()))
    return {name: quantity.over(names) for name, quantity in found.items()}


def _counted(
    present: Present, xs: Sequence[Expression], middle: Expression, apart: Expression, scale: str
) -> tuple[Expression, Expression]:
    """Where x is counted from, and in what unit: mean and deviation, least and range, or as it stands."""
    if scale == "standard":
        return middle, parse("sqrt(v)", ("v",)).substitute({"v": apart})
    if scale == "normal":
        low, high = present.least(xs), present.largest(xs)
        return low, high - low
    return Expression.number(0.0), Expression.number(1.0)


def mean_square(names: tuple[str, str] = ("x", "y")) -> Expression:
    """J as a function of slope and intercept, called by `names`, and of what is GIVEN."""
    m, c, best, height, least, middle, spread = map(Expression.variable, (*names, *GIVEN))
    away = m - best
    lifted = (c - height) + middle * away
    return (least + spread * away * away + lifted * lifted).over((*names, *GIVEN))


def mean_of(terms: Sequence[Expression]) -> Expression:
    """The mean of one term or more."""
    return _sum(terms) / float(len(terms))


def _sum(terms: Sequence[Expression]) -> Expression:
    """In pairs of pairs: neither deep nor as inexact as one after the other."""
    return in_pairs(terms, "a + b")


def in_pairs(terms: Sequence[Expression], formula: str) -> Expression:
    """The formula in a and b of neighbours, then of what comes of that, until one is left."""
    both, level = parse(formula, ("a", "b")), list(terms)
    for _ in range(len(terms).bit_length()):
        paired = [both.substitute({"a": a, "b": b}) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = [*paired, *level[2 * len(paired) :]]
    return level[0]
