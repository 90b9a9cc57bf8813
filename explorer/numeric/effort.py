"""Whether a picture will take long, told by a glance: before the work, and without it."""

from __future__ import annotations

import numpy as np

from explorer.expression import Expression
from explorer.numeric.results import Array

__all__ = ["looks_dear"]

LINES = 5.0
POINTS = 512
FEW = 8
MUCH = 2000
"""Turns, gaps and steps on the lines looked at, times the size of f″: everyday formulas stay below a thousand."""


def looks_dear(f: Expression) -> bool:
    """Whether f, of one or two variables, waves, breaks or steps so often that its pictures take long.

    A guess only, in a few milliseconds at most. What is said or drawn must not depend on it.
    """
    first, last = f.variables[0], f.variables[-1]
    along = np.linspace(-1.02 * LINES, LINES, POINTS)
    across = 0.37 * along + 0.11
    lines = [(along,)] if len(f.variables) == 1 else [(along, across), (across, along)]
    events = sum(_events(f(*line)) for line in lines)
    return events > FEW and events * f.derivative(first).derivative(last).size > MUCH


def _events(heights: Array) -> int:
    """How often the heights turn, begin or end to exist, begin or end to be level."""
    with np.errstate(all="ignore"):
        signs = np.sign(np.diff(heights))
    turns = np.count_nonzero(signs[1:] * signs[:-1] < 0)
    gaps = np.count_nonzero(np.diff(np.isfinite(heights)))
    steps = np.count_nonzero(np.diff(signs == 0))
    return int(turns + gaps + steps)
