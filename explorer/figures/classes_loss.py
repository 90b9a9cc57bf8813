"""J of two classes: the mean log loss or mean square of σ(wx + b) with λw², for Python and for the browser's walk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from explorer.data.rows import Rows
from explorer.data.sums import mean_of, row_names
from explorer.expression import Expression, compile_tape, parse
from explorer.figures.descents import Valley
from explorer.figures.scene import Control

SHRINKING, SQUARES = "lam", "squareloss"
LARGEST_SHRINKING = 10.0


@dataclass(frozen=True)
class Cost:
    """What J is made of: whether it is the mean of squares instead of log losses, and λ in λw²."""

    squares: bool = False
    shrinking: float = 0.0


def class_loss(rows: Rows, cost: Cost) -> Expression:
    """J(w, b) of rows of x and a class: the mean of −ln of the probability given to the class, or of (σ − y)²."""
    names = ("w", "b")
    z, label = parse("w x + b", ("w", "b", "x")), Expression.number
    one = parse("(sigmoid(z) - y)^2" if cost.squares else "softplus((1 - 2y) z)", ("z", "y"))
    terms = [one.substitute({"z": z.substitute({"x": label(x)}), "y": label(y)}, names) for x, y in rows]
    weight = Expression.variable("w")
    loss = mean_of(terms)
    return (loss + weight * weight * cost.shrinking if cost.shrinking else loss).over(names)


@lru_cache(maxsize=64)
def class_valley(count: int) -> Valley:
    """J on which the browser walks: a function of (w, b), given λ, the loss that is chosen, and the rows."""
    names = row_names(count)
    given = (SHRINKING, f"switch:{SQUARES}", *(name for row in names for name in row))
    variables = ("w", "b", "lam", "squares", *given[2:])
    one = parse(
        "{s > 0.5: (sigmoid(w x + b) - y)^2, softplus((1 - 2y) (w x + b))}", ("s", "w", "b", "x", "y")
    )
    terms = [
        one.substitute({"s": Expression.variable("squares"), "x": Expression.variable(x), "y": Expression.variable(y)})
        for x, y in names
    ]  # fmt: skip
    loss = (mean_of(terms) + parse("l w^2", ("l", "w")).substitute({"l": Expression.variable("lam")})).over(
        variables
    )
    slopes = {name: loss.derivative(name) for name in ("w", "b")}
    second = {f"d_{a}_{b}": slopes[a].derivative(b) for a, b in ("ww", "wb", "bb")}
    return Valley(
        value=compile_tape({"loss": loss}, variables),
        gradient=compile_tape({"loss": loss, "d_w": slopes["w"], "d_b": slopes["b"]}, variables),
        hessian=compile_tape(second, variables),
        quadratic=False,
        given=given,
    )


def shrinking_control() -> Control:
    """λ, which both tabs of classes hold their weights with."""
    return Control(
        name=SHRINKING, label="λ", min=0.0, max=LARGEST_SHRINKING, value=0.0, scale="symlog", smallest=1e-4,
        step=0.1, role="guide", place="rail",
    )  # fmt: skip
