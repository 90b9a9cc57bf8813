"""Where a surface jumps in a window, and where it has poles.

Its lowest and highest places may stand at a jump, where no slope leads; at a pole it grows without bound on both banks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from explorer.expression import Expression, compile_tape
from explorer.numeric.refine import grid
from explorer.numeric.results import Array, Span
from explorer.numeric.singularities import Met, Trigger, triggers_of

__all__ = ["growing", "leaping", "leaps_in"]

Stretches = Callable[[Array], Array]

LOOK = (61, 67)
"""So many places a side are looked at."""
MOST = 200
"""So many pairs of neighbours, between which the formula steps, are brought together."""
HALVINGS = 48
LEAST = 1e-6
"""A jump is at least this part of the surface's usual height."""
STRETCH = 12
"""After so many halvings each a surface is read on its way to a pole, three times; nearer the formula is rounding."""


def leaps_in(f: Expression, x_window: Span, y_window: Span) -> bool:
    """Whether f(x, y) jumps between two neighbours on a grid of the window."""
    return bool(leaping(f, x_window, y_window))


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def leaping(f: Expression, x_window: Span, y_window: Span) -> tuple[Trigger, ...]:
    """The steps of its formula at which f(x, y) jumps somewhere in the window."""
    steps = (trigger for trigger in triggers_of(f) if trigger.steps)
    return tuple(trigger for trigger in steps if _leaps(f, trigger, x_window, y_window))


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def growing(f: Expression, x_window: Span, y_window: Span) -> tuple[Trigger, ...]:
    """Where its formula divides by 0 and f(x, y) has values on both banks and grows without bound all along."""
    sought = (trigger for trigger in triggers_of(f) if trigger.met is not Met.DEFINED)
    return tuple(trigger for trigger in sought if _grows(f, trigger, x_window, y_window))


def _grows(f: Expression, trigger: Trigger, x_window: Span, y_window: Span) -> bool:
    stretch = _stretches(f, trigger)
    pairs = _parted(stretch, x_window, y_window)
    if not trigger.spacing:  # a place on the trigger itself is on neither bank
        pairs = pairs[:, :, stretch(pairs[0]) * stretch(pairs[1]) < 0]
    read = []
    for _ in range(3):
        pairs = _nearer(stretch, pairs, STRETCH)
        read.append(np.abs([f(*bank) for bank in pairs]))
    # To a bound the steps shrink with the distance; the slowest that has none, a logarithm, adds as much each time.
    first, second, third = np.array(read)
    grows = (third - second > (second - first) / 2) & (second > first)
    grows |= np.isposinf(third)
    told = ~np.isnan(third).any(axis=0)
    return bool(2 * np.count_nonzero(told) > len(told) and grows[:, told].any(axis=0).all())


def _leaps(f: Expression, trigger: Trigger, x_window: Span, y_window: Span) -> bool:
    stretch = _stretches(f, trigger)
    low, high = _nearer(stretch, _parted(stretch, x_window, y_window), HALVINGS)
    x, y = _looked_at(x_window, y_window)
    usual = float(np.ptp(np.nanquantile(f(x, y), (0.02, 0.98))))
    return bool((np.abs(f(*high) - f(*low)) > LEAST * usual).any())


def _looked_at(x_window: Span, y_window: Span) -> Array:
    return np.array(np.meshgrid(grid(*x_window, LOOK[0]), grid(*y_window, LOOK[1])))


def _parted(stretch: Stretches, x_window: Span, y_window: Span) -> Array:
    """Neighbours with the trigger between them, shape (2, 2, k): the one and the other, x and y."""
    at = _looked_at(x_window, y_window)
    seen = np.concatenate([at, stretch(at)[None]])  # each place is asked once
    pairs = [(seen[:, :, :-1], seen[:, :, 1:]), (seen[:, :-1], seen[:, 1:])]
    both = np.array([np.concatenate([pair[k].reshape(3, -1) for pair in pairs], axis=1) for k in (0, 1)])
    parted = np.flatnonzero(both[0, 2] != both[1, 2])
    return both[:, :2, parted[np.linspace(0, len(parted) - 1, min(MOST, len(parted))).astype(int)]]


def _nearer(stretch: Stretches, pairs: Array, halvings: int) -> Array:
    low, high = pairs
    bank = stretch(low)
    for _ in range(halvings):
        middle = (low + high) / 2
        below = stretch(middle) == bank
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.array([low, high])


def _stretches(f: Expression, trigger: Trigger) -> Stretches:
    """Which of the stretches between its steps the formula is on, at places (x, y)."""
    met = compile_tape({"met": Expression(trigger.node, f.variables)}, f.variables)

    def stretch(places: Array) -> Array:
        away = met.run(*places)["met"] - trigger.level
        stretches: Array = np.floor(away / trigger.spacing) if trigger.spacing else np.sign(away)
        return stretches

    return stretch
