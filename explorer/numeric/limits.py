"""One-sided limits by extrapolation, for many places at once.

Every place is probed at distances s, s/2, s/4, …; five classical extrapolations (none, Richardson, Aitken,
Aitken twice, and the rho algorithm for logarithmic convergence) are computed side by side. What is believed
is the closest estimate that has settled, judged by its own change and by the noise of the arithmetic, which
is measured as roughness: the fourth difference of five close points, which only rounding can make large.
Source: C. Brezinski and M. Redivo Zaglia, Extrapolation Methods (1991), chapters 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from explorer.numeric.results import Array

__all__ = ["HALVINGS", "Limits", "Probes", "extrapolate", "probe_offsets"]

HALVINGS = 24
"""Probes per side, the closest at 10⁻⁷ of the farthest: below 10⁻⁸ doubles mistake cos h for 1."""

CLUSTER = 1 + 0.01 * np.arange(-2, 3)
"""Relative places of the five points that measure roughness; the middle one is the probe."""

FOURTH = np.array([1.0, -4.0, 6.0, -4.0, 1.0]) / 4

FADING = 0.25
"""The fourth difference of a smooth curve falls to about a sixteenth with each halving, noise does not."""

HUGE = 1e100
"""What grew so large before its arithmetic failed has grown beyond all bounds: 1/(x − 3)¹⁰⁰."""

SETTLED = 1e-7
"""An estimate has settled when its relative error is below this."""

ROUGH = 1e-4
"""What never settles is still a limit when some estimate is as good as this."""

SMALL = 1e-3
GROWTH = 0.02
TAIL = 6


@dataclass(frozen=True, eq=False)
class Probes:
    """Values at one-sided distances, shape (places, probes), with the noise of each."""

    values: Array
    noise: Array

    @staticmethod
    def of(clusters: Array) -> Probes:
        """From values at the offsets of `probe_offsets`, shape (places, probes, 5)."""
        middle = clusters[..., 2]
        rough = _roughness(clusters)
        # Noise that was met stays believed for a while: (1 − cos h)/h² is quiet, and wrong, below h = 1e−8. What
        # dies down at once was a bend, as of (x¹⁰⁰ − 1)/(x − 1) at 1.6.
        met = np.where(rough[:, 1:] > FADING * rough[:, :-1], rough[:, 1:], 0.0)
        for k in range(1, met.shape[1]):
            np.maximum(met[:, k], 0.5 * met[:, k - 1], out=met[:, k])
        np.maximum(rough[:, 1:], met, out=rough[:, 1:])
        floor = np.where(np.isfinite(middle), np.abs(middle), 0.0) * 2.3e-16
        return Probes(middle, rough + floor)


@dataclass(frozen=True, eq=False)
class Limits:
    """`value`: finite, ±inf, or NaN; `error`: its estimated size; `undefined`: no values on that side."""

    value: Array
    error: Array
    undefined: Array


def _roughness(clusters: Array) -> Array:
    """The fourth difference, of the logarithm where that is smoother: a power of high order is no noise."""
    with np.errstate(all="ignore"):
        rough = np.abs(clusters @ FOURTH)
        relative = np.abs(np.log(np.abs(clusters)) @ FOURTH) * np.abs(clusters[..., 2])
        one_sign = np.abs(np.sign(clusters).sum(axis=-1)) == clusters.shape[-1]
    rough = np.where(one_sign & (relative < rough), relative, rough)
    return np.where(np.isfinite(rough), rough, 0.0)


def probe_offsets(start: Array) -> Array:
    """Positive distances, shape (places, HALVINGS, 5): halvings of `start` with their close neighbours."""
    halvings = np.ldexp(1.0, -np.arange(HALVINGS))
    return np.asarray(start[:, None, None] * halvings[:, None] * CLUSTER)


def _shifted(sequence: Array, by: int = 1) -> Array:
    """The sequence `by` probes earlier, NaN where there is none."""
    earlier = np.full_like(sequence, np.nan)
    earlier[:, by:] = sequence[:, :-by]
    return earlier


def _aitken(sequence: Array) -> Array:
    before, long_before = _shifted(sequence), _shifted(sequence, 2)
    last, previous = sequence - before, before - long_before
    ratio = last / previous
    estimate = sequence + last * ratio / (1 - ratio)
    # A ratio near or above 1 is divergence: Aitken would return the antilimit of a geometric series.
    return np.where(last == 0, sequence, np.where(np.abs(ratio) < 0.995, estimate, np.nan))


def _rho(sequence: Array) -> Array:
    before, long_before = _shifted(sequence), _shifted(sequence, 2)
    last, previous = sequence - before, before - long_before
    slowness = last / previous
    estimate = before + 2 / (1 / last - 1 / previous)
    return np.where((slowness > 0.8) & (slowness < 0.999), estimate, np.nan)


def _estimates(values: Array) -> Array:
    """Shape (methods, places, HALVINGS)."""
    rows, current = [values], values
    for power in range(1, 6):
        current = current + (current - _shifted(current)) / (2.0**power - 1)
        rows.append(current)
    once = _aitken(values)
    rows += [once, _aitken(once), _rho(values)]
    return np.stack(rows)


def extrapolate(probes: Probes, scale: Array) -> Limits:
    """The limits at distance 0 of rows of probes; what is small against `scale` (one per probe) is rounding."""
    values, noise = probes.values, probes.noise
    with np.errstate(all="ignore"):
        estimates = _estimates(values)
        change = np.abs(estimates[:, :, 1:] - estimates[:, :, :-1])
        error = np.full_like(estimates, np.inf)
        error[:, :, 2:] = np.maximum(change[:, :, 1:], change[:, :, :-1])
        error = np.where(np.isfinite(error) & np.isfinite(estimates), error, np.inf) + 4 * noise
        # Aitken and rho divide small differences by small differences.
        error[6:] += 16 * noise
        best = np.argmin(error, axis=0)[None]
        estimate = np.take_along_axis(estimates, best, 0)[0]
        error = np.take_along_axis(error, best, 0)[0]
        finite, settled, sure = _choose(values, estimate, error, scale)
        # The steps of x^(1/7) shrink hardly faster than those of ln x, but it is known where they lead.
        infinite = _divergent(values, noise, ~sure)
        settled = settled & (infinite == 0)
    undefined = np.all(np.isnan(values[:, -TAIL:]), axis=1) & (infinite == 0)
    # A tail that overflows, or is undefined here and there, has no finite limit whatever it did before.
    spoilt = np.any(~np.isfinite(values[:, -TAIL:]), axis=1)
    value = np.where(settled & ~spoilt, finite[0], np.where(infinite != 0, infinite * np.inf, np.nan))
    return Limits(np.where(undefined, np.nan, value), finite[1], undefined)


def _choose(
    values: Array, estimate: Array, error: Array, size: Array
) -> tuple[tuple[Array, Array], NDArray[np.bool_], NDArray[np.bool_]]:
    """The closest settled estimate, improved by the best one that agrees with it; whether it is one, and sure."""
    # Only what lies farther out counts: a wave that grows without bound must not make its own errors look small.
    reach = np.maximum.accumulate(np.where(np.isfinite(values), np.abs(values), 0.0), axis=1)
    scale = np.abs(estimate) + 0.1 * reach + SMALL * size
    good = np.isfinite(error) & (error <= SETTLED * scale + 1e-300)
    rows = np.arange(len(values))
    closest = values.shape[1] - 1 - np.argmax(good[:, ::-1], axis=1)
    # Slow limits never settle so far; a rough number is better than none, a swinging one is none.
    closest = np.where(good.any(axis=1), closest, np.argmin(error, axis=1))
    settled = error[rows, closest] <= ROUGH * scale[rows, closest] + 1e-300
    chosen, chosen_error = estimate[rows, closest], error[rows, closest]
    agrees = np.abs(estimate - chosen[:, None]) <= 2 * (error + chosen_error[:, None])
    agrees &= np.arange(values.shape[1]) <= closest[:, None]
    index = np.argmin(np.where(agrees, error, np.inf), axis=1)
    return (estimate[rows, index], error[rows, index]), settled, np.asarray(good.any(axis=1))


def _divergent(values: Array, noise: Array, may_grow: NDArray[np.bool_]) -> Array:
    """+1 or −1 where a row overflows, or grows beyond all bounds where it may, else 0."""
    usable = np.isfinite(values) & (noise <= 1e-2 * np.abs(values))
    # The closest stretch that is free of noise from end to end.
    whole = np.asarray(sliding_window_view(usable, TAIL, axis=1).all(axis=2))
    first = whole.shape[1] - 1 - np.argmax(whole[:, ::-1], axis=1)
    stretch = np.take_along_axis(values, first[:, None] + np.arange(TAIL), 1)
    steps = np.diff(stretch, axis=1)
    sign = np.sign(steps[:, -1])
    ratios = steps[:, 1:] / steps[:, :-1]
    growing = (
        np.all(ratios > 0.9, axis=1) & (sign * stretch[:, -1] > 0) & np.all(steps * sign[:, None] > 0, axis=1)
    )
    growing &= may_grow & (np.abs(stretch[:, -1] - stretch[:, 0]) > GROWTH * np.abs(stretch[:, -1]))
    overflow = _overflow(values)
    return np.where(overflow != 0, overflow, np.where(whole.any(axis=1) & growing, sign, 0.0))


def _overflow(values: Array) -> Array:
    """+1 or −1 where a row ends in values too large for a double, or in none after huge ones of one sign."""
    tail = values[:, -TAIL:]
    huge = ~np.isfinite(tail).any(axis=1) & (np.nan_to_num(np.abs(values)).max(axis=1) > HUGE)
    up = np.all(tail == np.inf, axis=1) | (huge & ~np.any(values < 0, axis=1))
    down = np.all(tail == -np.inf, axis=1) | (huge & ~np.any(values > 0, axis=1))
    return np.asarray(up.astype(np.float64) - down)
