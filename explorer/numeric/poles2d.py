"""Poles of a surface at single places: there its formula divides by 0, and on ever smaller circles it has no bound."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, compile_tape
from explorer.numeric.peaks import LOOK, candidates, height_of, sunk
from explorer.numeric.results import Array, Span
from explorer.numeric.singularities import Met, Trigger, triggers_of

__all__ = ["pole_places"]

BESIDE = 2
"""So many meshes beside the window are looked at too."""
HALVINGS = 50
HAIR = 1e-14
"""A place is known to this part of the window."""
SNAP = 1e-6
"""A round place so near, in parts of the window, is meant where the formula is as near to its level there."""

RADII = (1e-4, 1e-5, 1e-6)
DIRECTIONS, LEAST_DIRECTIONS = 32, 2
"""f is read on circles of these radii, in parts of the window, and grows in at least so many of the directions."""
STEADY = 0.9
"""To a bound the steps shrink from circle to circle; the slowest that surely has none, a logarithm, adds as much."""

MOST_SOUGHT, MOST = 12, 16
"""So many parts of a formula are looked at, and so many places told."""

Flags = NDArray[np.bool_]


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def pole_places(f: Expression, x_window: Span, y_window: Span) -> tuple[tuple[float, float], ...]:
    """The places (x, y) in the window, or next to it, around which |f| grows without bound; those in the midst first.

    A formula's denominator, or what a logarithm is taken of, only touches 0 there: lines of poles are `growing`.
    """
    window = np.array([x_window, y_window], dtype=float)
    width = window[:, 1] - window[:, 0]
    bounds = window + np.outer(width, (-1, 1)) * BESIDE / (LOOK - 1)
    sought = [trigger for trigger in triggers_of(f) if trigger.met is not Met.DEFINED and not trigger.spacing]
    found = np.vstack([np.empty((0, 2)), *(_touched(f, trigger, bounds) for trigger in sought[:MOST_SOUGHT])])
    found = found[_grows(f, found, float(width.min()))]
    aside = np.abs((found - bounds.mean(axis=1)) / width).max(axis=1)
    kept: list[tuple[float, float]] = []
    for x, y in found[np.argsort(aside, kind="stable")].tolist():
        if all(math.hypot(x - a, y - b) > SNAP * width.min() for a, b in kept):
            kept.append((x, y))
    return tuple(kept[:MOST])


def _touched(f: Expression, trigger: Trigger, bounds: Array) -> Array:
    """Where what the trigger watches comes to its level and turns back on every side."""
    away = Expression(trigger.node, f.variables) - trigger.level
    height = height_of(away)
    starts, way = candidates(height, bounds)
    ahead = way * height(starts) >= 0
    starts, way = starts[ahead], way[ahead]
    if not len(starts):
        return starts
    width = bounds[:, 1] - bounds[:, 0]
    places = sunk(height, starts, way, width / (LOOK - 1) / 2, HALVINGS)
    unit = 10.0 ** math.ceil(math.log10(SNAP * width.min()))
    rounded = np.round(np.round(places / unit) * unit, 15)
    there, errors = compile_tape({"away": away}, f.variables).run_with_errors(*rounded.T)["away"]
    snapped = np.abs(there) <= np.abs(height(places)) + errors
    places = np.where(snapped[:, None], rounded, places)
    hair = HAIR * width * np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)])
    near = places[:, None] + hair
    values, errors = compile_tape({"away": away}, f.variables).run_with_errors(*np.moveaxis(near, -1, 0))[
        "away"
    ]
    met: Flags = np.abs(values[:, 0]) <= np.broadcast_to(errors, values.shape)[:, 0] + np.ptp(values, axis=1)
    return places[met]


def _grows(f: Expression, places: Array, width: float) -> Flags:
    turns = 2 * np.pi * (np.arange(DIRECTIONS) + 0.3) / DIRECTIONS
    rays = np.column_stack([np.cos(turns), np.sin(turns)])
    around = places[:, None, None] + width * np.array(RADII)[:, None, None] * rays
    heights, errors = compile_tape({"f": f}, f.variables).run_with_errors(*np.moveaxis(around, -1, 0))["f"]
    first, second, third = np.moveaxis(np.abs(heights), 1, 0)
    doubt = np.broadcast_to(errors, heights.shape).sum(axis=1)
    grows = (second - first > doubt) & (third - second > STEADY * (second - first)) | np.isposinf(third)
    return np.asarray(np.count_nonzero(grows, axis=1) >= LEAST_DIRECTIONS)
