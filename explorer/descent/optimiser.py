"""What an optimiser is: an update rule, its settings as data, and how it is told apart in a picture."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from explorer.expression import Expression, Tape, compile_tape
from explorer.numeric import significant_text

Update = Callable[..., tuple[tuple[Expression, ...], Expression]]
"""(memory, gradient, rate, *settings) → (memory, step), for one coordinate."""


def as_number(value: Any) -> float:
    """The value as a float, NaN for what is none: every check that follows refuses it with its own sentence."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One number that a learner may set: what it is called, its default, its range, and how it is moved.

    Two optimisers share the control and the link's parameter of a setting, and what has been set there, where
    `parameter` is the same; it is the name unless it is given. The control ends at `most`, which is `high` unless it
    is given, and moves in steps of `step` (in decades on the scale "log").
    """

    name: str
    label: str
    default: float
    low: float = 0.0
    high: float
    explanation: str
    whole: bool = False
    switch: bool = False
    parameter: str = ""
    most: float = math.inf
    step: float = 0.01
    decimals: int = 3
    scale: Literal["linear", "log"] = "linear"

    @property
    def control(self) -> str:
        """The name of its control, or switch, and of the link's parameter."""
        return self.parameter or self.name

    @property
    def source(self) -> str:
        """The quantity that it is read from in the figure."""
        return f"switch:{self.control}" if self.switch else self.control

    @property
    def end(self) -> float:
        """Where its control ends."""
        return min(self.most, self.high)

    def check(self, value: float) -> float:
        """The value as a float, or a ValueError that says what is allowed."""
        number = as_number(value)
        if not self.low <= number <= self.high:
            low, high = significant_text(self.low), significant_text(self.high)
            raise ValueError(f"The {self.label} must lie between {low} and {high}, not {value}.")
        if (self.whole or self.switch) and number != int(number):
            raise ValueError(f"The {self.label} must be a whole number, not {value}.")
        return number


@dataclass(frozen=True, kw_only=True)
class Optimiser:
    """One row of the registry; everything that is said, drawn and played of an optimiser comes from it.

    `update` is applied to each coordinate on its own; `initial` is the memory before the first step. An optimiser
    without it is Newton's method, whose step needs the whole Hessian (see `newton.py`). `bound(*settings)` is the
    number c for which, on a quadratic whose largest curvature is λmax, the method converges exactly when η < c/λmax,
    `bound_formula` says c/λmax; None where no such bound exists. `suggested_rate` is a rate to start from where that
    does not depend on the loss. `velocity`: a step keeps some of the last one, beside what the slope asks for.
    `unrest` says why with a constant rate its steps need not shrink with the slopes, where that is so.
    `colour` is a role of the theme and `shape` a mark of the live figure; no colour is decided here.
    """

    name: str
    label: str
    idea: str
    colour: str
    shape: str
    update: Update | None = None
    initial: tuple[float, ...] = ()
    settings: tuple[Setting, ...] = ()
    modifiers: tuple[Setting, ...] = ()
    bound: Callable[..., Expression | float] | None = None
    bound_formula: str = ""
    suggested_rate: float | None = None
    velocity: bool = False
    unrest: str = ""

    @property
    def second_order(self) -> bool:
        """Whether the step is made from the Hessian as well as the gradient."""
        return self.update is None

    def watched(self, values: Mapping[str, float], *, seams: bool) -> bool:
        """Whether the end of a path does not tell what follows, so that it is walked on to be judged.

        What is remembered may still move it when the slope is gone, a rate that decays may catch what flies off, and
        on a loss with `seams` the slope may be another one beside the place.
        """
        return seams or bool(self.initial) or values.get("decay", 0.0) > 0

    @cached_property
    def tape(self) -> Tape:
        """The rule, traced: of gradient, rate, memory and settings the outputs `step` and the new memory."""
        assert self.update is not None
        memory = tuple(f"m{k}" for k in range(len(self.initial)))
        inputs = ("gradient", "rate", *memory, *(setting.name for setting in self.settings))
        gradient, rate, *others = map(Expression.variable, inputs)
        kept, step = self.update(tuple(others[: len(memory)]), gradient, rate, *others[len(memory) :])
        return compile_tape({"step": step, **dict(zip(memory, kept, strict=True))}, inputs)

    @cached_property
    def bound_tape(self) -> Tape | None:
        """The c of its bound c/λmax, in its settings."""
        if self.bound is None:
            return None
        inputs = tuple(setting.name for setting in self.settings)
        factor = self.bound(*map(Expression.variable, inputs))
        if not isinstance(factor, Expression):
            factor = Expression.number(factor)
        return compile_tape({"bound": factor.over(inputs)}, inputs)

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
        if self.bound_tape is None or values.get("backtracking"):
            return None
        found = self.bound_tape.run(*(values[setting.name] for setting in self.settings))
        return float(found["bound"])
