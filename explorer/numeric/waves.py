"""How often a function goes up and down across a window, and where: through too few points slow waves appear."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, compile_tape
from explorer.numeric.refine import GOLDEN
from explorer.numeric.results import Array, Window

__all__ = ["LOOKS", "TILES", "outruns", "turning_places", "turns_across"]

POINTS_A_WAVE = 5
"""Straight pieces between so few points a wave still have its shape; between fewer a slow wave appears that is none."""

RIPPLE = 0.02
"""What goes up and down by no more than this part of the heights is not seen among them."""

LINES, STRETCHES, LONG = 16, 8, 32
"""Lines along each side of the window, stretches of each line, and places of a stretch where it is looked at."""

TILES, LOOKS = 32, 8
"""Lines along each side where the places of turns are wanted, tiles of each, and places of a tile."""

MOSTLY = 0.75
"""A function turns too often for something to be sought where it does so in a quarter of the window."""

TRIM = 0.02
"""Parts of all heights at either end beyond which a pole is cut."""

ROUNDING = 4.0
"""Only a change of so many times what rounding may have made of it is one."""

HIDING = 8.0
"""A height that rounding may move by this part of all heights is not seen in a picture of them."""


def outruns(turns: float, pieces: int, points: int = POINTS_A_WAVE) -> bool:
    """Whether so many `turns_across` a window leave a picture of so many pieces fewer than `points` to a wave."""
    # A stretch may hold one turn more than its share of a wave that just fits.
    return (turns - STRETCHES) * points > 2 * pieces


@lru_cache(maxsize=256)
def turns_across(f: Expression, window: Window, ripple: float = RIPPLE) -> tuple[float, float]:
    """How often f(x, y) turns on the way across a window, along x and along y: a line in four may have more.

    Turns by less than `ripple`, in parts of the heights, or than rounding makes are none. Values are taken at places
    without a rhythm, so that no wave is too fast to be met; of the fastest, so many turns are counted as there are
    places, and so are those of a wave whose angle rounding hides.
    """
    turned = _turned(*_heights_along(f, window, (LINES, STRETCHES, LONG), ripple))
    turns = turned.sum(axis=-1).reshape(2, -1)
    in_x, in_y = np.quantile(turns, MOSTLY, axis=1, method="lower") * STRETCHES
    return float(in_x), float(in_y)


@lru_cache(maxsize=256)
def turning_places(f: Expression, window: Window) -> NDArray[np.bool_]:
    """Where f turns by more than a `RIPPLE`: (2, lines, places), on lines along x from low to high y, then along y."""
    heights, least = _heights_along(f, window, (TILES, TILES, LOOKS), RIPPLE)
    shape = (2, TILES, TILES * LOOKS)
    return _turned(heights.reshape(shape), least.reshape(shape))


@np.errstate(all="ignore")
def _heights_along(
    f: Expression, window: Window, counts: tuple[int, int, int], ripple: float
) -> tuple[Array, Array]:
    """Heights along lines in x and lines in y, (2, lines, stretches, looks), and by how much each must differ."""
    tape = compile_tape({"height": f}, f.variables)
    x, y = window.x, window.y
    along, across = _places(counts)
    places = (
        np.stack([_between(x, along), _between(x, across)]),
        np.stack([_between(y, across), _between(y, along)]),
    )
    heights, error = tape.run_with_errors(*places)["height"]
    known = heights[np.isfinite(heights)]
    low, high = (float(q) for q in np.quantile(known, (TRIM, 1 - TRIM))) if known.size else (0.0, 0.0)
    least = np.maximum(ripple * (high - low), ROUNDING * np.where(np.isfinite(error), error, np.inf))
    hidden = np.isfinite(heights) & (HIDING * error >= high - low)
    if hidden.any():  # by rounding: no wave is there but for what it makes of one
        least = np.where(hidden & tape.out_of_phase(*places), ripple * (high - low), least)
    return np.clip(heights, low, high), least


def _places(counts: tuple[int, int, int]) -> tuple[Array, Array]:
    """Shares of the way along each line, (lines, stretches, looks), increasing, and of the way across, alike."""
    lines, stretches, looks = counts
    at = np.arange(lines * stretches * looks, dtype=float).reshape(counts)
    beside = np.modf(GOLDEN * (at + 1) ** 2)[0]  # quadratic phases keep no rhythm that a wave could share
    along = (at % (stretches * looks) + beside) / (stretches * looks)
    across = (np.arange(lines) + np.modf(GOLDEN * np.arange(1, lines + 1))[0]) / lines
    return along, np.broadcast_to(across[:, None, None], at.shape)


def _between(span: tuple[float, float], share: Array) -> Array:
    return span[0] + (span[1] - span[0]) * share


@np.errstate(all="ignore")
def _turned(heights: Array, least: Array) -> NDArray[np.bool_]:
    """Where each row goes by more than `least` the other way; where there is no value the row goes on after it."""
    low, high = heights[..., 0].copy(), heights[..., 0].copy()
    way, turned = np.zeros(low.shape), np.zeros(heights.shape, dtype=bool)
    for k in range(1, heights.shape[-1]):
        height, step = heights[..., k], least[..., k]
        low, high = np.fmin(low, height), np.fmax(high, height)
        up, down = (height > low + step) & (way <= 0), (height < high - step) & (way >= 0)
        turned[..., k] = (up | down) & (way != 0)
        way = np.where(up, 1.0, np.where(down, -1.0, way))
        # What has turned begins anew: the way back is measured from here.
        low, high = np.where(down, height, low), np.where(up, height, high)
    return turned
