"""Conditions on named numbers, as data that reads as words: they are evaluated here, and as they are in the browser."""

import math
from collections.abc import Callable, Iterable
from typing import Literal

Quantity = str | float
Condition = tuple[
    Quantity,
    float | None,
    float | None,
    Literal["closed", "open", "undefined", "defined", "infinite", "unsure", "sure"],
]
"""(quantity, low, high, kind), made by the words below; None is no bound."""

EXACT = 1e-9
"""In parts of its range, and of where it is, a control is so near to what it is exactly at.

Of a range of 10¹² that part alone would be a thousand. What is computed is there or is not.
"""


def is_at(name: Quantity, value: float) -> Condition:
    """Exactly there; a control within `EXACT` of its range, or of the place, or of 1 beside a lesser one."""
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


def is_too_large(name: Quantity) -> Condition:
    """It is beyond the largest double: it has a value, and none here."""
    return (name, None, None, "infinite")


def is_sure(name: Quantity, least: float | None = None) -> Condition:
    """It has a value, and rounding is no more than half of it, or no more than `least`."""
    return (name, None, least, "sure")


def is_unsure(name: Quantity, least: float | None = None) -> Condition:
    """Rounding may be more than half of it, and more than `least`."""
    return (name, None, least, "unsure")


def _untold(name: str) -> float:
    raise ValueError(f"nobody tells how far {name} may be off")


def all_hold(
    conditions: Iterable[Condition],
    value_of: Callable[[str], float],
    width_of: Callable[[str], float] = lambda name: 0.0,
    error_of: Callable[[str], float] = _untold,
) -> bool:
    """Whether all of them hold; values are asked for in turn, and none after the first that fails.

    `width_of` tells the range of what is a control, `error_of` how far a value may be from the true one; without it
    what asks for that is a ValueError.
    """
    return all(_holds(condition, value_of, width_of, error_of) for condition in conditions)


def _holds(
    condition: Condition,
    value_of: Callable[[str], float],
    width_of: Callable[[str], float],
    error_of: Callable[[str], float],
) -> bool:
    name, low, high, kind = condition
    value = value_of(name) if isinstance(name, str) else name
    match kind:
        case "undefined":
            return not math.isfinite(value)
        case "defined":
            return math.isfinite(value)
        case "infinite":
            return math.isinf(value)
        case "unsure":
            return error_of(str(name)) > max(abs(value) / 2, high or 0.0)
        case "sure":
            return math.isfinite(value) and not error_of(str(name)) > max(abs(value) / 2, high or 0.0)
        case "open":
            return (low is None or value > low) and (high is None or value < high) and not math.isnan(value)
        case "closed":
            slack = 0.0
            if low is not None and low == high and isinstance(name, str):
                slack = EXACT * min(width_of(name), max(1.0, abs(low)))
            bottom, top = -math.inf if low is None else low, math.inf if high is None else high
            return bottom - slack <= value <= top + slack
