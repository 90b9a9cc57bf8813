"""Places where the derivative is missing: found from the structure of the formula, judged by both sides.

Corner, cusp and vertical tangent are proven by one-sided difference quotients, jump, hole and pole by
one-sided values; limits of f′ prove nothing and are not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric.calculus import steps
from explorer.numeric.limits import Limits, Probes, extrapolate, probe_offsets
from explorer.numeric.places import Place, find_places
from explorer.numeric.refine import nice_numbers
from explorer.numeric.results import Array, Break, BreakKind, OneSided, SmoothPlace
from explorer.numeric.sentences import break_sentence
from explorer.numeric.singularities import Met

__all__ = ["MAX_BREAKS", "Findings", "Sides", "find_breaks", "one_sided", "sides_of", "smooth_at"]

MAX_BREAKS = 120
"""More breaks in a window than this are not listed: the picture is a band."""

REACH = 0.6
"""Probes start this far from a place, unless another one is near."""

DEEP = 10.0 ** -np.arange(16.0, 150.0, 7.0)
DEEPEST = 10
"""Distances from 0 that are looked at where limits come slowly; the last ones must agree to within `UNSURE`."""

ENDLESS = 1.2
"""What grows so much over the last half of these distances, and never turned, knows no bounds."""

AS_FAR = 1.5
"""Stairs are no farther from what they step along, next to the place, than so many times as far as before."""

REST = 1e-4
STEADY = 6
FARTHEST = 4
UNSURE = 1e-9
SLOW = 1e-2

Bools = NDArray[np.bool_]


class Function(Protocol):
    """What is looked at: at places, and beside them at (places, probes, …) that come closer and closer."""

    def at(self, x: Array, doubt: Array | float, /) -> Array:
        """The values at places known to within `doubt`."""
        ...

    def beside(self, x: Array, /) -> Array:
        """The values beside places."""
        ...

    def along(self, x: Array, /) -> Array:
        """The values with what stairs step along in their place, NaN where there are no stairs."""
        ...


@dataclass(frozen=True, eq=False)
class Side:
    """What is approached from one side, an entry per place."""

    value: Array
    value_error: Array
    slope: Array
    slope_error: Array
    undefined: Array


@dataclass(frozen=True, eq=False)
class Sides:
    """Both sides of every place, and the value at it (NaN where undefined)."""

    value: Array
    value_error: Array
    left: Side
    right: Side


@dataclass(frozen=True)
class Findings:
    """`breaks`, and the candidates that turned out smooth; both in increasing x."""

    breaks: tuple[Break, ...]
    smooth: tuple[SmoothPlace, ...]
    too_many: bool


def _tidied(limit: Array, error: Array) -> Array:
    """Nice numbers within the error of a limit are what is meant."""
    with np.errstate(all="ignore"):
        tolerance = np.minimum(5 * error, 1e-7 * np.maximum(np.abs(limit), 1.0)) + 1e-13 * np.abs(limit)
        nice = nice_numbers(limit, np.where(np.isfinite(tolerance), tolerance, 0.0))
    return np.where(np.isfinite(nice), nice, limit)


def _agree(a: Array, b: Array, error: Array) -> Bools:
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(a - b) <= 20 * error + 1e-8 * (np.abs(a) + np.abs(b)))


def _side(f: Function, x: Array, signed_start: Array, centre: tuple[Array, Array]) -> Side:
    """One side of places x, that of the sign of `signed_start`; `centre` holds f there and its error."""
    at, at_error = centre
    start = np.abs(signed_start)
    probes_at = x[:, None, None] + np.sign(signed_start)[:, None, None] * probe_offsets(start)
    distance = probes_at - x[:, None, None]
    with np.errstate(all="ignore"):
        clusters = np.where(distance != 0, f.beside(probes_at), np.nan)
        size = _size(clusters[..., 2])
        value = extrapolate(Probes.of(clusters), size)
        value = _looked_up_close(f, x, np.sign(signed_start), value)
        value = _climbing(f, probes_at, clusters, size, value)
        # Measured from f(x) where the curve reaches it, else from the one-sided value.
        reached = _agree(at, value.value, value.error + at_error) & ~(at_error > value.error)
        base = np.where(reached, at, _tidied(value.value, value.error))
        base_error = np.where(reached, at_error, value.error)
        quotients = Probes.of((clusters - base[:, None, None]) / distance)
        rounding = base_error[:, None] + 2.3e-16 * np.abs(base[:, None]) + _straying(clusters[..., 2], base)
        noise = quotients.noise + rounding / np.abs(distance[..., 2])
        slope = extrapolate(Probes(quotients.values, noise), size / start[:, None])
    slope_value = np.where(np.isfinite(base), slope.value, np.nan)
    return Side(
        _tidied(value.value, value.error),
        value.error,
        _tidied(slope_value, slope.error),
        _finite(slope),
        value.undefined,
    )


def _size(values_near: Array) -> Array:
    """For each probe, how large f is away from the place: told by the farthest probes, as far as they lie beyond."""
    size = np.maximum.accumulate(np.where(np.isfinite(values_near), np.abs(values_near), 0.0), axis=1)
    size[:, FARTHEST:] = size[:, FARTHEST - 1 : FARTHEST]
    return size


def _looked_up_close(f: Function, x: Array, side: Array, found: Limits) -> Limits:
    """At 0, where doubles are densest, what comes too slowly to be extrapolated is followed on: ∛x sin(1/x), 1/ln²x.

    Only what still moves there is believed: a constant may be what cancellation left over.
    """
    told = found.undefined | np.isinf(found.value) | (found.error <= UNSURE)
    unsure = (x == 0) & np.logical_not(told)
    if not unsure.any():
        return found
    deep = f.beside(side[:, None] * DEEP)[unsure]
    last, spread = deep[:, -1], np.ptp(deep[:, -DEEPEST:], axis=1)
    limit, error = np.where(spread <= UNSURE * (1 + np.abs(last)), last, np.nan), spread
    steps = np.diff(deep, axis=1)
    one_way = np.all(steps <= 0, axis=1) | np.all(steps >= 0, axis=1)
    # What goes one way without end swings nowhere: ⌊ln x⌋ falls on as ln x does, 1/ln²x comes to rest.
    endless = one_way & (np.abs(last) > ENDLESS * np.abs(deep[:, -DEEPEST]))
    rest, doubt = _at_rest(deep)
    fading = np.isnan(rest) & (ENDLESS * np.abs(last) < np.abs(deep[:, -DEEPEST]))
    rest, doubt = np.where(fading, 0.0, rest), np.where(fading, 0.0, doubt)
    slow = one_way & np.isnan(limit)
    limit, error = np.where(slow, rest, limit), np.where(slow, doubt, error)
    limit = np.where(endless, np.copysign(np.inf, last), limit)
    agrees = np.isnan(found.value[unsure]) | (np.abs(limit - found.value[unsure]) <= SLOW)
    settled = (np.ptp(deep, axis=1) > 0) & agrees & ~np.isnan(limit)
    value, errors = found.value.copy(), found.error.copy()
    value[unsure] = np.where(settled, limit, value[unsure])
    errors[unsure] = np.where(settled, error, errors[unsure])
    return Limits(value, errors, found.undefined)


def _climbing(f: Function, probes_at: Array, clusters: Array, size: Array, found: Limits) -> Limits:
    """Stairs that never come to an end go where what they step along goes: ⌊ln(1 + x)⌋ falls without bound at −1."""
    open_ones = np.isnan(found.value) & np.logical_not(found.undefined)
    if not open_ones.any():
        return found
    along = f.along(probes_at[open_ones])
    limit = extrapolate(Probes.of(along), size[open_ones]).value
    apart = np.abs(clusters[open_ones] - along).max(axis=2)
    half = apart.shape[1] // 2
    with_it = apart[:, half:].max(axis=1) <= AS_FAR * apart[:, :half].max(axis=1)
    value = found.value.copy()
    value[open_ones] = np.where(np.isinf(limit) & with_it, limit, np.nan)
    return Limits(value, found.error, found.undefined)


def _at_rest(deep: Array) -> tuple[Array, Array]:
    """Where values at `DEEP` distances are heading as rational functions of ln x, and how sure that is; else NaN.

    The rho algorithm, which ends exactly where 1/ln²x and its like are concerned. Source: Brezinski and Redivo
    Zaglia, Extrapolation Methods (1991), section 2.5.
    """
    place = -np.log(DEEP)
    before, current = np.zeros_like(deep), deep
    estimates = []
    for k in range(1, 7):
        following = before[:, 1 : current.shape[1]] + (place[k:] - place[:-k]) / np.diff(current, axis=1)
        before, current = current, following
        if k % 2 == 0:
            estimates.append(current[:, -2:])
    tried = np.stack(estimates)
    doubt = np.abs(np.diff(tried, axis=2))[..., 0]
    best = np.argmin(np.where(np.isnan(doubt), np.inf, doubt), axis=0)[None]
    rest, doubt = (np.take_along_axis(v, best, 0)[0] for v in (tried[..., 1], doubt))
    return np.where(doubt <= REST * np.ptp(deep, axis=1), rest, np.nan), doubt


def _straying(values_near: Array, limit: Array) -> Array:
    """How far values leave their limit again after coming closest: that is arithmetic, not the curve.

    What approaches to the end has not strayed: x·√(0.3 − x) takes its limit once before, at 0.
    """
    distance = np.nan_to_num(np.abs(values_near - limit[:, None]), posinf=0.0)
    closest = distance.shape[1] - 1 - np.argmin(distance[:, ::-1], axis=1)
    approaching = np.all(np.diff(distance[:, -STEADY:], axis=1) < 0, axis=1)
    after = (np.arange(distance.shape[1]) > closest[:, None]) & ~approaching[:, None]
    return np.where(after, distance, 0.0)


def _finite(limits: Limits) -> Array:
    return np.where(np.isfinite(limits.error), limits.error, np.inf)


def sides_of(
    f: Function, x: Array, start: Array, uncertain: Bools, undefined: Bools, *, doubt: Array | float = 0.0
) -> Sides:
    """Both sides of f at places x, probed from distances `start` on; steps are blind to what lies within `doubt`.

    `uncertain` places are roots known to a few ulps only, so f(x) is blurred; at `undefined` ones f has no
    value, whatever arithmetic makes of it.
    """
    ulp = 2 * np.spacing(np.abs(x))
    with np.errstate(all="ignore"):
        doubts = np.broadcast_to(doubt, x.shape)[:, None]
        around = f.at(np.stack([x, x - ulp, x + ulp], axis=1), doubts)
        at = np.where(undefined | ~np.isfinite(around[:, 0]), np.nan, around[:, 0])
        spread = np.where(np.isfinite(around), np.abs(around - around[:, :1]), 0.0)
    blur = np.where(uncertain, spread.max(axis=1), 0.0)
    return Sides(at, blur, _side(f, x, -start, (at, blur)), _side(f, x, start, (at, blur)))


def _kind(sides: Sides, k: int) -> BreakKind | None:
    """What the k-th place is; None where f is differentiable, or where there is nothing to see."""
    left, right = sides.left, sides.right
    if left.undefined[k] and right.undefined[k]:
        return BreakKind.ISOLATED if np.isfinite(sides.value[k]) else None
    ends = [side.value[k] for side in (left, right) if not side.undefined[k]]
    if any(np.isnan(end) for end in ends):
        return BreakKind.OSCILLATION
    if len(ends) == 1:
        return BreakKind.DOMAIN_EDGE
    if np.isinf(ends[0]) or np.isinf(ends[1]):
        return BreakKind.POLE
    error = left.value_error[k] + right.value_error[k]
    if not _agree(ends[0], ends[1], error):
        return BreakKind.JUMP
    if np.isnan(sides.value[k]) or not _agree(sides.value[k], ends[0], error + sides.value_error[k]):
        return BreakKind.HOLE
    return _kind_of_bend(left.slope[k], right.slope[k], left.slope_error[k] + right.slope_error[k])


def _kind_of_bend(left: float, right: float, error: float) -> BreakKind | None:
    if np.isnan(left) or np.isnan(right):
        return BreakKind.OSCILLATION
    if np.isinf(left) and np.isinf(right):
        return BreakKind.VERTICAL_TANGENT if left == right else BreakKind.CUSP
    if np.isinf(left) or np.isinf(right):
        return BreakKind.CORNER
    if abs(left - right) > 20 * error + 1e-6 * (abs(left) + abs(right)):
        return BreakKind.CORNER
    return None


def smooth_at(sides: Sides) -> Array:
    """The slope of each place at which the function is differentiable, NaN at any other."""
    slopes = (sides.left.slope + sides.right.slope) / 2
    smooth = [_kind(sides, k) is None and bool(np.isfinite(sides.value[k])) for k in range(slopes.size)]
    return np.where(smooth, slopes, np.nan)


def probe_distances(x: Array, width: float) -> Array:
    """How far to probe: never beyond the middle between two places, and alike however far one has zoomed."""
    gaps = np.diff(x, prepend=-np.inf, append=np.inf)
    return np.minimum(0.4 * np.minimum(gaps[:-1], gaps[1:]), min(REACH, 1000 * width))


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def find_breaks(f: Expression, lo: float, hi: float) -> Findings:
    """Every break of f in [lo, hi], with the sentence that proves it, and the candidates that are none."""
    places = find_places(f, lo, hi)
    if places is None:
        return Findings((), (), True)
    if not places:
        return Findings((), (), False)
    judged = _judged(f, places, hi - lo)
    return Findings((), (), True) if judged is None else Findings(*judged, too_many=False)


def _is_short(x: Array) -> Bools:
    """Whether places are meant as the doubles that they are: 0.25, but not 0.1 or π."""
    return np.asarray(x * 2.0**20 == np.rint(x * 2.0**20))


def _judged(
    f: Expression, places: tuple[Place, ...], width: float
) -> tuple[tuple[Break, ...], tuple[SmoothPlace, ...]] | None:
    """Breaks and smooth places; None for more than `MAX_BREAKS`, before a word is made of any."""
    x = np.array([place.x for place in places])
    uncertain = np.array([not place.exact for place in places])
    undefined = np.array([place.met is Met.UNDEFINED for place in places])
    blur = np.array([place.blur for place in places])
    doubt = np.where(blur > 0, 2 * blur, np.where(_is_short(x), 0.0, 4 * np.spacing(np.abs(x))))
    start = probe_distances(x, width)
    judged: list[tuple[Sides, int, Place, BreakKind | None]] = []
    for first in range(0, len(places), MAX_BREAKS + 1):  # a row of poles is told to be one by its first part
        part = slice(first, first + MAX_BREAKS + 1)
        sides = sides_of(steps(f), x[part], start[part], uncertain[part], undefined[part], doubt=doubt[part])
        judged += [(sides, k, place, _kind(sides, k)) for k, place in enumerate(places[part])]
        if sum(kind is not None for *_, kind in judged) > MAX_BREAKS:
            return None
    verdicts = [_verdict(*one) for one in judged]
    breaks = tuple(found for found in verdicts if isinstance(found, Break))
    return breaks, tuple(found for found in verdicts if isinstance(found, SmoothPlace))


def _verdict(sides: Sides, k: int, place: Place, kind: BreakKind | None) -> Break | SmoothPlace | None:
    x = place.x
    found = np.array([sides.left.value[k], sides.right.value[k]])
    errors = np.array([sides.left.value_error[k], sides.right.value_error[k]])
    value = float(sides.value[k])
    if kind is BreakKind.DOMAIN_EDGE and place.met is Met.DEFINED and np.isnan(value) and not place.steps:
        # Rounding missed the end of the domain: √(5 − x²) is 0 at √5, though not at the double next to it.
        value = float(found[np.isfinite(found)].sum()) if np.isfinite(found).any() else value
    elif not place.exact:
        # At a jump the blur is as wide as the jump: it says nothing there.
        blur = 0.0 if kind is BreakKind.JUMP else sides.value_error[k]
        value = _settled(value, found, errors + blur)
    # The curve takes the value that it approaches, though their last digits differ: √2 is √0 + √2.
    near = np.isfinite(found) & _agree(found, np.array(value), errors)
    left, right = np.where(near, value, found).tolist()
    slopes = float(sides.left.slope[k]), float(sides.right.slope[k])
    if kind is not None:
        sentence = break_sentence(kind, x, value, (left, right), slopes)
        return Break(x, kind, value, left, right, *slopes, sentence)
    if np.isfinite(value) and np.isfinite(slopes[0]):
        return SmoothPlace(x, value, (slopes[0] + slopes[1]) / 2)
    return None


def _settled(value: float, ends: Array, errors: Array) -> float:
    """What f approaches is known better than f at a blurred root: ∛(x³ − x − 1) is 0 there, not 6·10⁻⁶."""
    near = np.isfinite(ends) & _agree(ends, np.array(value), errors)
    return float(ends[np.argmin(np.where(near, np.abs(ends - value), np.inf))]) if near.any() else value


@lru_cache(maxsize=512)
@np.errstate(all="ignore")
def one_sided(f: Expression, x0: float, reach: float = REACH) -> OneSided:
    """What f and its difference quotients approach at x0, looking at most `reach` to either side."""
    x = np.array([float(x0)])
    nearby = find_places(f, x0 - 2 * reach, x0 + 2 * reach) or ()
    here = [place for place in nearby if abs(place.x - x0) <= 1e-12 * max(1.0, abs(x0))]
    others = [abs(place.x - x0) for place in nearby if place not in here]
    start = np.array([min([reach, *(0.4 * distance for distance in others)])])
    undefined = np.array([any(place.met is Met.UNDEFINED for place in here)])
    doubt = max((2 * place.blur for place in here), default=0.0)
    sides = sides_of(steps(f), x, start, np.array([False]), undefined, doubt=doubt)
    return OneSided(
        float(sides.left.value[0]),
        float(sides.right.value[0]),
        float(sides.left.slope[0]),
        float(sides.right.slope[0]),
    )


def derivative_sides(f: Expression, order: int, x: Array, start: Array) -> tuple[Array, Array]:
    """One-sided limits of a derivative at places x: where its curve ends, not what proves a break."""
    none = np.zeros(x.shape, dtype=bool)
    sides = sides_of(steps(f, order), x, start, none, none)
    return sides.left.value, sides.right.value
