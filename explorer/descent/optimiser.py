"""What an optimiser is: a pure update rule, its settings as data, and how it is told apart in a picture."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Memory = tuple[Any, ...]
"""What a rule remembers about one coordinate: floats, or arrays when many descents run side by side."""

Update = Callable[..., tuple[Memory, Any]]
"""(memory, gradient, rate, *settings) → (memory, step), for one coordinate; pure."""


def as_number(value: Any) -> float:
    """The value as a float, NaN for what is none: every check that follows refuses it with its own sentence."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


@dataclass(frozen=True)
class Setting:
    """One number that a learner may set: its name in code and in the URL, its label, default and range."""

    name: str
    label: str
    default: float
    low: float
    high: float
    parameter: str
    explanation: str
    whole: bool = False
    switch: bool = False

    def check(self, value: float) -> float:
        """The value as a float, or a ValueError that says what is allowed."""
        number = as_number(value)
        if not self.low <= number <= self.high:
            raise ValueError(f"{self.label} must lie between {self.low:g} and {self.high:g}, not {value}.")
        if (self.whole or self.switch) and number != int(number):
            raise ValueError(f"{self.label} must be a whole number, not {value}.")
        return number


@dataclass(frozen=True)
class Optimiser:
    """One row of the registry.

    `update` is applied to each coordinate on its own; `initial` is the memory before the first step.
    `bound(*settings)` is the number c for which, on a quadratic whose largest curvature is λmax, the
    method converges exactly when η < c/λmax; None where no such bound exists. `second_order` marks
    Newton's method, whose step needs the whole Hessian (see `newton.py`) and which has no `update`.
    `suggested_rate` is a rate to start from where that does not depend on the loss.
    `colour` is a key of the theme and `shape` a mark of the live figure; no colour is decided here.
    """

    name: str
    label: str
    settings: tuple[Setting, ...]
    modifiers: tuple[Setting, ...]
    update: Update | None
    initial: Memory
    bound: Callable[..., float] | None
    bound_formula: str
    suggested_rate: float | None
    colour: str
    shape: str
    idea: str

    @property
    def second_order(self) -> bool:
        """Whether the step is made from the Hessian as well as the gradient."""
        return self.update is None

    def resolve(self, given: Mapping[str, float]) -> dict[str, float]:
        """All settings and modifiers by name, defaults filled in; ValueError for one that is not known."""
        known = {setting.name: setting for setting in (*self.settings, *self.modifiers)}
        for name in given:
            if name not in known:
                offered = ", ".join(known) or "none"
                raise ValueError(f"{self.label} has no setting called “{name}”; it has: {offered}.")
        return {name: s.check(given.get(name, s.default)) for name, s in known.items()}

    def bound_factor(self, values: Mapping[str, float]) -> float | None:
        """The c of the bound c/λmax with these settings, or None where no such bound holds."""
        if self.bound is None or values.get("backtracking"):
            return None
        return self.bound(*(values[setting.name] for setting in self.settings))
