"""f, f′ and f″ on one grid that never steps over a break, and where one of them changes its sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.calculus import jet_with_errors
from explorer.numeric.refine import grid, narrow, snap
from explorer.numeric.results import Array

__all__ = ["Crossings", "Jet", "crossings", "jet_on_pieces", "with_sharp_turns"]

GRID = 1200
LEAST = 24
ENDS = np.array([1e-7, 1e-5, 1e-3])
"""Extra points near the ends of a piece, as parts of its length."""

MAX_CROSSINGS = 400
ROUNDING = 4e-15
LEVEL = 1e-6
PLATEAU = 8
"""So many exact zeros in a row are a plateau, not a root."""

TINY = 1e-200
"""Zeros beside values so small are what doubles make of still smaller ones: x¹⁹⁹ near 0."""


@dataclass(frozen=True, eq=False)
class Jet:
    """Values on the grid; `piece` numbers the stretch between two breaks, `spacing` is that of its points.

    `signs[k]` is the sign of the k-th derivative, 0 where it is not told apart from rounding.
    """

    x: Array
    values: tuple[Array, Array, Array]
    piece: NDArray[np.intp]
    spacing: Array
    signs: tuple[Array, Array, Array]
    rounded: NDArray[np.bool_]
    """Where of f′ only its rounding is known."""


@dataclass(frozen=True, eq=False)
class Crossings:
    """Sign changes of a derivative: where, between which grid points, and the two signs."""

    x: Array
    before: NDArray[np.intp]
    after: NDArray[np.intp]
    left: Array
    right: Array


def jet_on_pieces(f: Expression, ends: Array) -> Jet:
    """f, f′ and f″ between neighbouring `ends` (window limits and breaks), about `GRID` points in all."""
    xs, pieces, spacings = [], [], []
    total = float(ends[-1] - ends[0])
    for k, (a, b) in enumerate(pairwise(ends.tolist())):
        count = max(LEAST, round(GRID * (b - a) / total))
        inner = np.concatenate([ENDS, grid(0.0, 1.0, count)[1:-1], 1 - ENDS[::-1]])
        inner = np.unique(a + (b - a) * inner)
        inner = inner[(inner > a) & (inner < b)]
        xs.append(inner)
        pieces.append(np.full(inner.size, k))
        spacings.append(np.full(inner.size, (b - a) / count))
    x, spacing = np.concatenate(xs), np.concatenate(spacings)
    return _jet(f, x, np.concatenate(pieces), spacing)


def _jet(f: Expression, x: Array, piece: NDArray[np.intp], spacing: Array) -> Jet:
    values, errors = jet_with_errors(f, x)
    rounded = np.isfinite(values[1]) & (np.abs(values[1]) <= errors[1]) & (values[1] != 0)
    return Jet(x, values, piece, spacing, _signs(values, errors), rounded)


def with_sharp_turns(f: Expression, samples: Jet, found: Crossings, order: int) -> Jet:
    """The samples and those places between them where a derivative has another sign than at both neighbours.

    f″ where f′ crosses 0, in a peak narrower than the grid; f′ where f″ does, if f turns twice between two samples.
    """
    here, told = _signs(*jet_with_errors(f, found.x))[order], samples.signs[order]
    sharp = (here * told[found.before] < 0) & (here * told[found.after] < 0)
    sharp &= np.isin(found.x, samples.x, invert=True)
    if not sharp.any():
        return samples
    x, at = np.unique(found.x[sharp], return_index=True)
    before = found.before[sharp][at]
    place = np.searchsorted(samples.x, x)
    all_x = np.insert(samples.x, place, x)
    spacing = np.insert(samples.spacing, place, samples.spacing[before])
    return _jet(f, all_x, np.insert(samples.piece, place, samples.piece[before]), spacing)


def _signs(values: tuple[Array, Array, Array], errors: tuple[Array, ...]) -> tuple[Array, Array, Array]:
    value, slope, curvature = (
        np.where(np.abs(v) > error, np.sign(v), 0.0) for v, error in zip(values, errors, strict=True)
    )
    return value, slope, curvature


def crossings(derivative: Callable[[Array], Array], samples: Jet, order: int) -> Crossings:
    """Where the derivative of that order, computed by `derivative`, changes its sign between grid points.

    A change that rounding alone could make (both ends rough) is none, nor is one across a plateau.
    """
    signs, values = samples.signs[order], samples.values[order]
    told = np.flatnonzero(signs != 0)
    before, after = told[:-1], told[1:]
    changes = (signs[before] != signs[after]) & (samples.piece[before] == samples.piece[after])
    zeros = np.concatenate([[0], np.cumsum(values == 0)])
    tiny = np.concatenate([[0], np.cumsum((values != 0) & (np.abs(values) < TINY))])
    changes &= (zeros[after] - zeros[before] < PLATEAU) | (tiny[after + 1] > tiny[before])
    before, after = before[changes], after[changes]
    if before.size > MAX_CROSSINGS:
        before, after = before[:0], after[:0]
    if before.size:
        clear = _clear(derivative, samples, before) & _clear(derivative, samples, after)
        before, after = before[clear], after[clear]
    x = _located(derivative, samples, before, after, values)
    return Crossings(x, before, after, signs[before], signs[after])


def _clear(derivative: Callable[[Array], Array], samples: Jet, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether values stand out from their roughness: three points so close that only rounding parts them."""
    step = 1e-4 * samples.spacing[at][:, None] * np.array([-1.0, 0.0, 1.0])
    three = derivative(samples.x[at][:, None] + step)
    with np.errstate(all="ignore"):
        rough = np.abs(three[:, 0] - 2 * three[:, 1] + three[:, 2])
        return np.asarray(rough <= 0.05 * np.abs(three[:, 1]))


def _located(
    derivative: Callable[[Array], Array],
    samples: Jet,
    before: NDArray[np.intp],
    after: NDArray[np.intp],
    values: Array,
) -> Array:
    """The middle of what is clearly of neither sign, at a nice number where that fits."""
    low, high = samples.x[before], samples.x[after]
    if not low.size:
        return low
    start, end = np.sign(values[before])[:, None], np.sign(values[after])[:, None]
    _, left = narrow(lambda x: np.sign(derivative(x)) == start, low, high)
    close = np.abs(np.sign(derivative(left[:, None]))[:, 0] - end[:, 0]) == 0
    right = left.copy()
    if not close.all():
        _, back = narrow(lambda x: np.sign(derivative(x)) == end[~close], high[~close], low[~close])
        right[~close] = back
    x = (left + right) / 2
    with np.errstate(all="ignore"):
        scale = np.abs(values[before]) + np.abs(values[after])
        here = np.abs(derivative(x[:, None])[:, 0])
        # Several clear changes between two grid points: the middle is none of them.
        x = np.where(here > LEVEL * scale, left, x)
        here = np.abs(derivative(x[:, None])[:, 0])
        here = np.where(np.isfinite(here), here, np.inf) + 4e-16 * scale

    def confirmed(nice: Array) -> NDArray[np.bool_]:
        there = np.abs(derivative(nice[:, None])[:, 0])
        return np.asarray((there <= here) & (nice >= low) & (nice <= high))

    width = samples.spacing[before]
    x, exact = snap(x, 1e-11 * np.maximum(np.abs(x), width), confirmed)
    # Multiple roots are blurred over a stretch; a nice number within it is believed if the derivative
    # is as small.
    blurred, _ = snap(x, 1e-2 * width, confirmed)
    return np.where(exact, x, blurred)
