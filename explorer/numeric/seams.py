"""Seams: where the formula of a surface may be another one on either side; and the slopes that f has there.

At a kink, a step or a branch's end the formula of ∂f/∂x is silent, or speaks of one side only. There difference
quotients along the slice tell what is true, from both sides, on six increments that shrink: they come to rest, grow
without end, or keep swinging. What the heights beside a point say is one set of formulas: as expressions in the point
they move with it, as a tape in the heights they judge many places at once, whatever f is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.expression import (
    Call,
    Expression,
    Node,
    Power,
    Tape,
    compile_tape,
    fold,
    free_variables,
    parse,
    rational_value,
    with_children,
)
from explorer.numeric.results import Array, Span
from explorer.numeric.singularities import Met, triggers_of

__all__ = ["Seam", "Slopes", "holes_near", "of_parts", "seam_distance", "seams_of", "slopes_of", "slopes_on"]

FARTHEST, CLOSER, INCREMENTS = 2.0**-8, 0.25, 6
"""The first increment, in parts of the window's width, and how each one follows."""

AT_ONCE = 1e-12
"""A point is on a seam where what decides there differs from its level by no more than this part of its usual size."""

BESIDE, ASKEW = 1e-6, ((1.0, 0.37), (-0.53, 1.0), (-1.0, -0.71), (0.29, -1.0))
"""So far around a place, beside 1 and the place, and in these directions a level is looked for."""

DIRECTIONS, RINGS = 8, (0, 3)
"""The plane is looked at in so many directions, at these two of the increments."""

LOOK = 41

Widths = tuple[float, float]


@dataclass(frozen=True)
class Seam:
    """Where `node` equals `level`, or that and a whole multiple of `spacing` where it is not 0."""

    node: Expression
    level: float
    spacing: float
    met: Met

    @cached_property
    def offset(self) -> Expression:
        """The distance of the node from the nearest of its levels, with its sign."""
        away = self.node - self.level
        if self.spacing == 0:
            return away
        return of_parts("a - s floor(a/s + 1/2)", a=away, s=Expression.number(self.spacing))


NOTHING = Expression.number(0) / Expression.number(0)


@dataclass(frozen=True)
class Slopes:
    """A partial derivative as it is: `value` has none where there is none; `left`, `right` only on seams.

    `left_way` and `right_way` are 1 or −1 where the quotients of that side grow, or fall, without end.
    """

    value: Expression
    left: Expression = NOTHING
    right: Expression = NOTHING
    left_way: Expression = NOTHING
    right_way: Expression = NOTHING


def of_parts(text: str, **parts: Expression) -> Expression:
    """A formula of our own with expressions put in for its letters."""
    return parse(text, tuple(parts)).substitute(parts)


@lru_cache(maxsize=256)
def seams_of(f: Expression) -> tuple[Seam, ...]:
    """The seams of a formula, as its tree tells them."""
    smooth = Expression(fold(f.root, _without_powers), f.variables, f.guards)
    return tuple(
        Seam(Expression(trigger.node, f.variables), trigger.level, trigger.spacing, trigger.met)
        for trigger in triggers_of(smooth)
    )


def _without_powers(node: Node, children: Sequence[Node]) -> Node:
    """A power of a positive number has no seam, whatever its exponent meets: here eᵘ stands for it."""
    if isinstance(node, Power) and rational_value(node.exponent) is None and not free_variables(node.base):
        return Call("exp", (children[1],))
    return with_children(node, children)


@np.errstate(all="ignore")
def seam_distance(f: Expression, points: Array, *, hole: bool = False) -> Array:
    """About how far each of the points (k, 2) is from the nearest seam; with `hole` from one without a value."""
    nearest = np.full(len(points), np.inf)
    for seam in seams_of(f):
        if hole and seam.met is not Met.UNDEFINED:
            continue
        away, slopes = seam.offset.over(f.variables).value_and_gradient(*points.T)
        steep = np.hypot(*slopes)
        distance = np.where(away == 0, 0.0, np.abs(away) / steep)
        still = np.flatnonzero((away == 0) & (steep == 0)) if not hole else np.empty(0, dtype=np.intp)
        distance[still[_rests(seam.offset.over(f.variables), points[still])]] = np.inf
        nearest = np.fmin(nearest, distance)
    return nearest


def _rests(offset: Expression, points: Array) -> NDArray[np.bool_]:
    """Which of the points (k, 2) have the level all around: inside a part of it, as of max(0, x), nothing changes."""
    reach = BESIDE * (1 + np.abs(points))
    around = points[:, None] + reach[:, None] * np.array(ASKEW)
    found: NDArray[np.bool_] = (offset(*np.moveaxis(around, -1, 0)) == 0).all(axis=1)
    return found


def holes_near(f: Expression, points: Array, reach: float) -> NDArray[np.bool_]:
    """Which of the points stand at a place without a value, though rounding may have given them one."""
    unit = 10.0 ** math.ceil(math.log10(reach))
    there = np.round(np.round(points / unit) * unit, 15)
    near = np.abs(there - points).max(axis=1, initial=0.0) <= reach
    missing = np.isnan(f(*there.T)) & near
    return np.asarray(missing | (seam_distance(f, points, hole=True) <= reach))


@lru_cache(maxsize=64)
def slopes_of(f: Expression, x_window: Span, y_window: Span) -> tuple[Slopes, Slopes, Expression]:
    """∂f/∂x and ∂f/∂y in x and y, and an expression that is defined where a tangent plane touches."""
    x, y = (f.derivative(name) for name in f.variables)
    gates = _gates(f, x_window, y_window)
    if not gates:
        return Slopes(x), Slopes(y), x + y
    widths = _widths(x_window, y_window)
    at = [Expression.variable(name) for name in f.variables]
    beside = []
    for move in _moves(widths):
        there = {name: here + step for name, here, step in zip(f.variables, at, move, strict=True) if step}
        beside.append(f.substitute(there, f.variables))
    found = [
        Slopes(
            _where(gates, on.value, slope),
            *(_where(gates, part, NOTHING) for part in (on.left, on.right, on.left_way, on.right_way)),
        )
        for on, slope in zip(_told(f, beside, widths), (x, y), strict=True)
    ]
    plane = _where(gates, _touching(f, beside, found[0].value, found[1].value, widths), x + y)
    return found[0], found[1], plane


@np.errstate(all="ignore")
def slopes_on(f: Expression, points: Array, x_window: Span, y_window: Span) -> tuple[Array, Array, Array]:
    """What `slopes_of` says at points (k, 2): both slopes, and a number where a tangent plane touches."""
    fx, fy = f.value_and_gradient(*points.T)[1]
    on = np.zeros(len(points))
    for away, size in reversed(_gates(f, x_window, y_window)):
        distance = away.over(f.variables)(*points.T)
        on = np.where(distance <= size, 1.0, np.where(np.isnan(distance), np.nan, on))
    plane = fx + fy
    if on.any():
        widths = _widths(x_window, y_window)
        x, y = points.T[:, :, None] + np.array(_moves(widths)).T[:, None]
        told = _judge(widths).run(f(*points.T), *f(x, y).T)
        seam, lost = on == 1, np.isnan(on)
        fx, fy, plane = (
            np.where(seam, told[name], np.where(lost, np.nan, formula))
            for name, formula in (("x", fx), ("y", fy), ("plane", plane))
        )
    return fx, fy, plane


@lru_cache(maxsize=64)
def _judge(widths: Widths) -> Tape:
    """Both slopes and whether a plane touches on a seam, in the height there and those beside it: of any function."""
    names = ("f", *(f"beside{k}" for k in range(len(_moves(widths)))))
    f, *beside = (Expression.variable(name) for name in names)
    x, y = (slopes.value for slopes in _told(f, beside, widths))
    return compile_tape({"x": x, "y": y, "plane": _touching(f, beside, x, y, widths)}, names)


def _widths(x_window: Span, y_window: Span) -> Widths:
    return x_window[1] - x_window[0], y_window[1] - y_window[0]


def _moves(widths: Widths) -> list[tuple[float, float]]:
    """To the places beside a point whose heights tell: to either side along x, then along y, then around it twice."""
    x, y = ([way * h for way in (-1, 1) for h in _increments(width)] for width in widths)
    turns = [2 * math.pi * (turn + 0.3) / DIRECTIONS for turn in range(DIRECTIONS)]
    around = [(h * math.cos(turn), h * math.sin(turn)) for h in _rings(widths) for turn in turns]
    return [*((h, 0.0) for h in x), *((0.0, h) for h in y), *around]


def _increments(width: float) -> list[float]:
    return [width * FARTHEST * CLOSER**k for k in range(INCREMENTS)]


def _rings(widths: Widths) -> list[float]:
    return [_increments(min(widths))[k] for k in RINGS]


@lru_cache(maxsize=64)
def _gates(f: Expression, x_window: Span, y_window: Span) -> tuple[tuple[Expression, float], ...]:
    """Distances from the levels of seams on which f has a value, each with the size that counts as none.

    Those that have no value where f has one come last, where no other one asks.
    """
    axes = np.meshgrid(*(np.linspace(*span, LOOK) for span in (x_window, y_window)))
    there = np.isfinite(f(*axes))
    gates: list[tuple[float, Expression, float]] = []
    for seam in seams_of(f):
        if seam.met is Met.UNDEFINED:
            continue
        away = of_parts("|a|", a=seam.offset)
        with np.errstate(all="ignore"):
            sizes = np.broadcast_to(away.over(f.variables)(*axes), there.shape)[there]
        known = np.isfinite(sizes)
        if known.any() and known.mean() > 0.98:
            usual = float(np.median(sizes[known]))
            gates.append((1 - float(known.mean()), away, AT_ONCE * max(usual, abs(seam.level), 1e-200)))
    return tuple((away, size) for _, away, size in sorted(gates, key=lambda gate: gate[0]))


def _where(gates: Sequence[tuple[Expression, float]], there: Expression, elsewhere: Expression) -> Expression:
    """One expression on the seams, another one everywhere else."""

    def nested(otherwise: Expression, gate: tuple[Expression, float]) -> Expression:
        return of_parts("{a <= t: b, c}", a=gate[0], t=Expression.number(gate[1]), b=there, c=otherwise)

    return reduce(nested, reversed(gates), elsewhere)


def _told(f: Expression, beside: Sequence[Expression], widths: Widths) -> list[Slopes]:
    """The slopes along both variables on a seam, of the heights at `_moves`."""
    found = []
    for k, width in enumerate(widths):
        first = 2 * INCREMENTS * k
        (left, left_way, left_doubt), (right, right_way, right_doubt) = (
            _side(f, beside[first + skip : first + skip + INCREMENTS], way * width)
            for skip, way in ((0, -1), (INCREMENTS, 1))
        )
        parts = {"a": left, "b": right, "d": left_doubt + right_doubt}
        agreed = of_parts("{|a - b| <= d: (a + b)/2}", **parts)
        agreed = of_parts("{|m| <= d: 0 m, m}", m=agreed, d=parts["d"])
        found.append(Slopes(agreed, left, right, left_way, right_way))
    return found


def _side(
    f: Expression, beside: Sequence[Expression], width: float
) -> tuple[Expression, Expression, Expression]:
    """The limit of the quotients on one side, 1 or −1 where they grow without end, and how sure the limit is."""
    increments = _increments(width)
    quotients = [(there - f) / h for there, h in zip(beside, increments, strict=True)]
    steps = [b - a for a, b in pairwise(quotients)]
    last = dict(zip("abc", steps[-3:], strict=True)) | {"q": quotients[-1]}
    rounding = of_parts(
        "r (|f| + |q| h)", f=f, q=quotients[-1], r=Expression.number(2e-15 / abs(increments[-1])),
        h=Expression.number(abs(increments[-1])),
    )  # fmt: skip
    early = of_parts("max(|a|, |b|)", a=steps[0], b=steps[1])
    late = of_parts("max(|b|, |c|)", b=steps[-2], c=steps[-1])
    rests = {"e": early, "l": late, "n": rounding}
    # Aitken's step where the quotients approach in an orderly way: exact for |x|^1.5, and for what is straight.
    refined = of_parts("{b c > 0: {|c| < 0.9|b|: q + c^2/(b - c), q}, q}", **last)
    limit = of_parts("{l <= e/2: s, {l <= n: s}}", s=refined, **rests)
    limit = of_parts("{|s| <= l/2 + n: 0 s, s}", s=limit, l=late, n=rounding)
    way = of_parts(
        "{b c > 0: {a b > 0: {|c| >= 0.9|b|: {|b| >= 0.9|a|: {l > n: sign(c)}}}}}", **last, l=late, n=rounding
    )
    doubt = of_parts("l/2 + 2n + (|s|)/10^7", s=limit, l=late, n=rounding)
    return limit, way, doubt


def _touching(
    f: Expression, beside: Sequence[Expression], fx: Expression, fy: Expression, widths: Widths
) -> Expression:
    """Defined where f leaves the plane of its two slopes by ever less, in every direction looked at."""
    around = zip(beside, _moves(widths), strict=True)
    rings = list(around)[-len(RINGS) * DIRECTIONS :]
    gaps = []
    for ring, h in enumerate(_rings(widths)):
        there = [
            of_parts("|a|", a=(moved - f - dx * fx - dy * fy) / h)
            for moved, (dx, dy) in rings[ring * DIRECTIONS : (ring + 1) * DIRECTIONS]
        ]
        gaps.append(reduce(lambda a, b: of_parts("max(a, b)", a=a, b=b), there))
    rounding = of_parts("r |f|", f=f, r=Expression.number(1e-14 / _rings(widths)[-1]))
    return of_parts("{b <= a/2 + n: a}", a=gaps[0], b=gaps[1], n=rounding)
