"""Conditions on named numbers, as data: they are evaluated here, and as they are in the browser."""

import math
from collections.abc import Callable, Iterable
from typing import Literal

Condition = tuple[str, float | None, float | None, Literal["closed", "open", "undefined", "defined"]]
"""(name, low, high, kind): low ≤ number ≤ high when closed, < when open, None for no bound; or has no value, or one."""


def at(name: str, value: float) -> Condition:
    """Exactly there."""
    return (name, value, value, "closed")


def above(name: str, low: float) -> Condition:
    """More than that."""
    return (name, low, None, "open")


def below(name: str, high: float) -> Condition:
    """Less than that."""
    return (name, None, high, "open")


def at_least(name: str, low: float) -> Condition:
    """That or more."""
    return (name, low, None, "closed")


def at_most(name: str, high: float) -> Condition:
    """That or less."""
    return (name, None, high, "closed")


def known(name: str) -> Condition:
    """It has a value."""
    return (name, None, None, "defined")


def unknown(name: str) -> Condition:
    """It has none."""
    return (name, None, None, "undefined")


def all_hold(conditions: Iterable[Condition], value_of: Callable[[str], float]) -> bool:
    """Whether all of them hold; values are asked for in turn, and none after the first that fails."""
    return all(_holds(value_of(name), low, high, kind) for name, low, high, kind in conditions)


def _holds(value: float, low: float | None, high: float | None, kind: str) -> bool:
    match kind:
        case "undefined":
            return not math.isfinite(value)
        case "defined":
            return math.isfinite(value)
        case "open":
            return not math.isnan(value) and (low is None or value > low) and (high is None or value < high)
    return not math.isnan(value) and (low is None or value >= low) and (high is None or value <= high)
