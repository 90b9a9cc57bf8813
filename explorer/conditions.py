"""Conditions on named numbers, as data that reads as words: they are evaluated here, and as they are in the browser."""

import math
import sys
from collections.abc import Callable, Iterable
from typing import Literal

Quantity = str | float
Condition = tuple[
    Quantity,
    float | None,
    float | None,
    Literal["closed", "open", "undefined", "defined", "unsure", "sure"],
]
"""(quantity, low, high, kind), made by the words below; None is no bound."""

EXACT = 1e-9
"""In parts of its range a control is so near to what it is exactly at; what is computed is there or is not."""


def is_at(name: Quantity, value: float) -> Condition:
    """Exactly there; a control within `EXACT` of its range."""
    return (name, value, value, "closed")


def is_above(name: Quantity, low: float) -> Condition:
    """More than that."""
    return (name, low, None, "open")


def is_below(name: Quantity, high: float) -> Condition:
    """Less than that."""
    return (name, None, high, "open")


def is_at_least(name: Quantity, low: float) -> Condition:
    """That or more."""
    return (name, low, None, "closed")


def is_at_most(name: Quantity, high: float) -> Condition:
    """That or less."""
    return (name, None, high, "closed")


def is_between(name: Quantity, low: float | None, high: float | None) -> Condition:
    """Between the two, and neither of them."""
    return (name, low, high, "open")


def is_within(name: Quantity, low: float | None, high: float | None) -> Condition:
    """From the one to the other."""
    return (name, low, high, "closed")


def is_known(name: Quantity) -> Condition:
    """It has a value."""
    return (name, None, None, "defined")


def is_unknown(name: Quantity) -> Condition:
    """It has none."""
    return (name, None, None, "undefined")


def too_large(name: Quantity) -> tuple[Condition, Condition]:
    """Two conditions, one of which holds where it is beyond the largest double: it has a value, and none here."""
    return is_at_least(name, sys.float_info.max), is_at_most(name, -sys.float_info.max)


def is_sure(name: Quantity) -> Condition:
    """It has a value, and rounding is no more than half of it: the browser's to say."""
    return (name, None, None, "sure")


def is_unsure(name: Quantity, least: float | None = None) -> Condition:
    """Rounding may be more than half of it, and more than `least`: the browser's to say."""
    return (name, None, least, "unsure")


def all_hold(
    conditions: Iterable[Condition],
    value_of: Callable[[str], float],
    width_of: Callable[[str], float] = lambda name: 0.0,
) -> bool:
    """Whether all of them hold; values are asked for in turn, and none after the first that fails.

    `width_of` tells the range of what is a control. Raises ValueError for what only the browser can say.
    """
    return all(
        _holds(value_of(name), low, high, kind, width_of(name))
        if isinstance(name, str)
        else _holds(name, low, high, kind)
        for name, low, high, kind in conditions
    )


def _holds(value: float, low: float | None, high: float | None, kind: str, width: float = 0.0) -> bool:
    bottom, top = -math.inf if low is None else low, math.inf if high is None else high
    match kind:
        case "undefined":
            return not math.isfinite(value)
        case "defined":
            return math.isfinite(value)
        case "open":
            return (low is None or value > bottom) and (high is None or value < top) and not math.isnan(value)
        case "closed":
            slack = EXACT * width if low == high else 0.0
            return bottom - slack <= value <= top + slack
    raise ValueError("the bounds of rounding are the browser's")
