"""Whether a surface jumps in a window: its lowest and highest places may stand at a jump, where no slope leads."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from explorer.expression import Expression, compile_tape
from explorer.numeric.refine import grid
from explorer.numeric.results import Array, Span
from explorer.numeric.singularities import Trigger, triggers_of

__all__ = ["leaping", "leaps_in"]

LOOK = (61, 67)
"""So many places a side are looked at."""
MOST = 200
"""So many pairs of neighbours, between which the formula steps, are brought together."""
HALVINGS = 48
LEAST = 1e-6
"""A jump is at least this part of the surface's usual height."""


def leaps_in(f: Expression, x_window: Span, y_window: Span) -> bool:
    """Whether f(x, y) jumps between two neighbours on a grid of the window."""
    return bool(leaping(f, x_window, y_window))


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def leaping(f: Expression, x_window: Span, y_window: Span) -> tuple[Trigger, ...]:
    """The steps of its formula at which f(x, y) jumps somewhere in the window."""
    steps = (trigger for trigger in triggers_of(f) if trigger.steps)
    return tuple(trigger for trigger in steps if _leaps(f, trigger, x_window, y_window))


def _leaps(f: Expression, trigger: Trigger, x_window: Span, y_window: Span) -> bool:
    met = compile_tape({"met": Expression(trigger.node, f.variables)}, f.variables)

    def stretch(places: Array) -> Array:
        """Which of the stretches between its steps the formula is on."""
        away = met.run(*places)["met"] - trigger.level
        stretches: Array = np.floor(away / trigger.spacing) if trigger.spacing else np.sign(away)
        return stretches

    x, y = np.meshgrid(grid(*x_window, LOOK[0]), grid(*y_window, LOOK[1]))
    at = np.array([x, y])
    pairs = [(at[:, :, :-1], at[:, :, 1:]), (at[:, :-1], at[:, 1:])]
    low, high = (np.concatenate([pair[k].reshape(2, -1) for pair in pairs], axis=1) for k in (0, 1))
    parted = np.flatnonzero(stretch(low) != stretch(high))
    chosen = parted[np.linspace(0, len(parted) - 1, min(MOST, len(parted))).astype(int)]
    low, high = low[:, chosen], high[:, chosen]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = stretch(middle) == stretch(low)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    usual = float(np.ptp(np.nanquantile(f(x, y), (0.02, 0.98))))
    return bool((np.abs(f(*high) - f(*low)) > LEAST * usual).any())
