"""What a line needs of its data: sums over the rows, so that it follows a point under the finger.

Sums are taken of deviations from the means, so that large means cost no digits. The mean square of a line (m, c)
is then J = J* + V (m − m*)² + (m x̄ + c − ȳ)², with the best slope m*, V the mean of (x − x̄)². Heights are compared
at x̄: where x̄ is far away, those at x = 0 have nothing but rounding between them. Where all x are equal V is 0: every
line through their mean is as good as the level one, and J is a valley.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from explorer.data.columns import How, Pass
from explorer.expression import Expression, compile_tape, parse

GIVEN = ("m_best", "y_mean", "j_best", "x_mean", "spread")
"""What the loss is made of: the best slope, the mean of y, the least mean square, the mean of x, and V."""

COUNT = "count"
"""How many rows there are."""

ROUNDING = 2.0**-100
"""The square of what rounding makes of a deviation that is 0, in parts of the mean: 2⁻⁵⁰ with room to spare."""

SUMS = (
    "mean_x", "mean_y", "low_x", "high_x", "size_y", "square_x", "square_y", "cross", "square_left",
)  # fmt: skip
"""What the passes over the rows find: means, ends and the largest |y|; the means of (x − x̄)², (y − ȳ)², of their
product, and of the squares that the best line leaves."""


def of_rows(found: Mapping[str, tuple[How, Expression]]) -> Pass:
    """One pass; the variables are those that its terms have."""
    names = tuple(dict.fromkeys(name for _, term in found.values() for name in term.variables))
    tape = compile_tape({name: term.over(names) for name, (_, term) in found.items()}, names)
    return Pass(tape, tuple(how for how, _ in found.values()))


def _term(formula: str, **named: str | Expression) -> Expression:
    """A formula whose letters a, b … stand for quantities; x and y are a row's own."""
    put = {letter: Expression.variable(one) if isinstance(one, str) else one for letter, one in named.items()}
    return parse(formula, ("x", "y", *put)).substitute(put)


def _if_apart(formula: str, otherwise: str = "") -> Expression:
    """The formula, in v, the mean of (x − x̄)², and k, its cross term; `otherwise`, or nothing, where all x are equal.

    What rounding leaves of v there is no spread.
    """
    cases = f"{{v > t m^2: {formula}, {otherwise}}}" if otherwise else f"{{v > t m^2: {formula}}}"
    put = {"v": "square_x", "m": "mean_x", "k": "cross", "l": "low_x", "h": "high_x"}
    named = {letter: Expression.variable(name) for letter, name in put.items()}
    return parse(cases, ("t", *put)).substitute({**named, "t": Expression.number(ROUNDING)})


@lru_cache(maxsize=1)
def fit_passes() -> tuple[Pass, ...]:
    """The passes over the rows that find the SUMS."""
    means = {"a": "mean_x", "b": "mean_y"}
    return (
        of_rows(
            {
                "mean_x": ("mean", _term("x")),
                "mean_y": ("mean", _term("y")),
                "low_x": ("least", _term("x")),
                "high_x": ("largest", _term("x")),
                "size_y": ("largest", _term("|y|")),
            }
        ),
        of_rows(
            {
                "square_x": ("mean", _term("(x - a)^2", a="mean_x")),
                "square_y": ("mean", _term("(y - b)^2", b="mean_y")),
                "cross": ("mean", _term("(x - a) (y - b)", **means)),
            }
        ),
        of_rows(
            {
                "square_left": (
                    "mean",
                    _term("(y - b - s (x - a))^2", s=_if_apart("k/v", "0"), **means),
                )
            }
        ),
    )


def fit_quantities(scale: str = "raw") -> dict[str, Expression]:
    """The best line and what belongs to it, in the SUMS.

    Where all x are equal `slope_best`, `height_best` and `explained` have no value; the level line stands for all that
    are as good, and x is counted in a unit of 1. `y_spread` is the mean of (y − ȳ)², `explained` the
    share R² of it that the best line explains. What is GIVEN is of x as it is counted on the `scale`,
    (x − x_shift)/x_width; `slope_best` and `height_best` are of x as it stands.
    """
    known = {name: Expression.variable(name) for name in SUMS}
    best, slope = _if_apart("k/v"), _if_apart("k/v", "0")
    shift, width = _counted(known, scale)
    x_mean, y_mean = known["mean_x"], known["mean_y"]
    found = {
        "slope_best": best,
        "height_best": y_mean - best * x_mean,
        "x_shift": shift,
        "x_width": width,
        "m_best": slope * width,
        "c_best": y_mean - slope * (x_mean - shift),
        "j_best": known["square_left"],
        "x_mean": (x_mean - shift) / width,
        "spread": _if_apart("v", "0") / (width * width),
        "y_mean": y_mean,
        "y_spread": known["square_y"],
        "explained": 1.0 - _if_apart("1") * known["square_left"] / known["square_y"],
    }
    return {name: quantity.over(SUMS) for name, quantity in found.items()}


def _counted(known: Mapping[str, Expression], scale: str) -> tuple[Expression, Expression]:
    """Where x is counted from, and in what unit: mean and deviation, least and range, or as it stands."""
    if scale == "standard":
        return known["mean_x"], _if_apart("sqrt(v)", "1")
    if scale == "normal":
        return known["low_x"], _if_apart("h - l", "1")
    return Expression.number(0.0), Expression.number(1.0)


def mean_square(names: tuple[str, str] = ("x", "y")) -> Expression:
    """J as a function of slope and intercept, called by `names`, and of what is GIVEN."""
    m, c, best, height, least, middle, spread = map(Expression.variable, (*names, *GIVEN))
    away = m - best
    lifted = (c - height) + middle * m
    return (least + spread * away * away + lifted * lifted).over((*names, *GIVEN))
