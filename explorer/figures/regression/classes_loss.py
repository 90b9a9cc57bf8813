"""J of two classes: the mean log loss or mean square of σ(wx + b) with λw², for Python and for the browser's walk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from explorer.data.columns import LETTERS
from explorer.data.rows import Rows
from explorer.descent import Summed, bends_of_a_row, slopes_of_a_row, value_of_a_row
from explorer.expression import Expression, parse
from explorer.scene.descents import Valley
from explorer.scene.scene import Control

SHRINKING, SQUARES = "lam", "squareloss"
LARGEST_SHRINKING = 10.0


@dataclass(frozen=True)
class Cost:
    """What J is made of: whether it is the mean of squares instead of log losses, and λ in λw²."""

    squares: bool = False
    shrinking: float = 0.0


LOG, SQUARE = "softplus((1 - 2y) (w x + b))", "(sigmoid(w x + b) - y)^2"
"""A row's cost: −ln of the probability given to its class, or the square of the distance to it."""


def class_loss(rows: Rows, cost: Cost) -> Summed:
    """J(w, b) of rows of x and a class: the mean of −ln of the probability given to the class, or of (σ − y)²."""
    names = ("w", "b", *LETTERS)
    one = parse(SQUARE if cost.squares else LOG, names)
    weight = Expression.variable("w")
    term = (one + weight * weight * cost.shrinking if cost.shrinking else one).over(names)
    return Summed(term, rows, Expression.variable("x").over(names), 2 * cost.shrinking)


@lru_cache(maxsize=1)
def class_valley() -> Valley:
    """J on which the browser walks: one row's cost as a function of (w, b), given λ and the loss that is chosen."""
    term = parse(f"{{s > 0.5: {SQUARE}, {LOG}}} + l w^2", ("w", "b", "l", "s", *LETTERS))
    return Valley(
        value=value_of_a_row(term),
        gradient=slopes_of_a_row(term, ("w", "b")),
        hessian=bends_of_a_row(
            term, ("w", "b"), Expression.variable(LETTERS[0]), 2 * Expression.variable("l")
        ),
        given=(SHRINKING, f"switch:{SQUARES}"),
        rows=LETTERS,
    )


def shrinking_control() -> Control:
    """λ, which both tabs of classes hold their weights with."""
    return Control(
        name=SHRINKING, label="λ", min=0.0, max=LARGEST_SHRINKING, value=0.0, scale="symlog", smallest=1e-4,
        step=0.1, role="guide", place="rail",
    )  # fmt: skip
