"""Where something may happen along a line, whatever is shown there: where the parts of formulas meet their levels.

Two formulas that agree at a few hundred places may still part at a seam (a comparison, a kink, a step), between two of
them, or on a peak too narrow for any grid. Their own parts know these places: the levels of their triggers, the zeros
of arguments, bases, exponents and factors, and where such a part turns. A fixed number of places of each part is
looked for, those nearest to 0, out to the largest numbers that a formula can be compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, Node, compile_tape, free_variables
from explorer.numeric.distant_features import parts_of
from explorer.numeric.refine import grid, nice_numbers, section
from explorer.numeric.results import Array
from explorer.numeric.singularities import Met, Trigger, triggers_of

Heights = Callable[[Array], Array]
Part = Node | tuple[Node, float, float]
"""What turns, or what meets a level at a spacing."""

__all__ = ["Meetings", "in_gap", "meetings", "on_seam"]

MOST_PARTS = 60
NEAREST, FEWEST, FOLLOWED = 5, 2, 150
"""So many crossings and turns of each part are followed, on either side of 0: fewer of each where parts are many."""

NEAR, FAR = 10.0123, np.geomspace(10.0123, 1e300, 900)[1:]
LOOK = np.concatenate([-FAR[::-1], grid(-NEAR, NEAR, 2002), FAR])
"""On no round number; evenly where formulas mostly live, then three places a decade."""

INSIDE, ROUNDS = np.linspace(0, 1, 9)[1:-1], 14
"""A turn is looked for at so many places between two others that are known to be higher (or lower)."""
AT_ONCE = 1024
"""Of so many places all parts are asked for in one round of narrowing down."""
SAME, SMALL = 1e-12, 1e-3
"""Places that differ by such a part of their size, or of this size, are one."""
ROUNDINGS, RESTS = 4.0, 0.5
CLOSE = 1e-6
"""A place so near, in parts of its size, is beside another one."""


@dataclass(frozen=True, eq=False)
class Meetings:
    """Places along a line, in increasing order, and what meets or turns at them."""

    x: Array
    _found: Array
    """All that were found, some of them twice."""
    _owners: tuple[Part, ...]

    def of(self, formulas: Sequence[Expression]) -> Meetings:
        """Those of some of the formulas."""
        rows = _rows(formulas)
        wanted = {*rows, *(node for node, _, _ in rows)}
        kept = [k for k, owner in enumerate(self._owners) if owner in wanted]
        return _meetings(self._found[kept], tuple(self._owners[k] for k in kept))

    def room(self, x: Array) -> Array:
        """How far each x is from the nearest meeting that is not x itself; never more than its own size, or 1."""
        away = self._away(x)
        nearest = np.where(away > _same(x)[:, None], away, np.inf).min(axis=1)
        return np.asarray(np.minimum(nearest, np.maximum(np.abs(x), 1.0)))

    def holds(self, x: Array) -> NDArray[np.bool_]:
        """Which x are meetings."""
        return np.asarray(self._away(x).min(axis=1) <= _same(x))

    def _away(self, x: Array) -> Array:
        return np.abs(x[:, None] - self.x) if self.x.size else np.full((x.size, 1), np.inf)


def _same(x: Array) -> Array:
    """Places so close to each x are x."""
    return np.asarray(SAME * np.maximum(np.abs(x), SMALL))


@np.errstate(all="ignore")
def meetings(formulas: Sequence[Expression], along: str, held: Mapping[str, float]) -> Meetings:
    """The places of formulas in the same variables, of which all but `along` are held."""
    names = formulas[0].variables
    rows = [row for row in _rows(formulas) if _moves(row[0], along)][:MOST_PARTS]
    if not rows:
        return _meetings(np.zeros(0), ())
    nodes = list(dict.fromkeys(node for node, _, _ in rows))
    tape = compile_tape({str(k): Expression(node, names) for k, node in enumerate(nodes)}, names)

    def heights(x: Array) -> Array:
        """Every part at x, shape (parts, *x.shape)."""
        found = tape.run(*(x if name == along else held[name] for name in names))
        return np.stack([np.broadcast_to(found[str(k)], x.shape) for k in range(len(nodes))])

    seen, nearest = heights(LOOK), min(max(FOLLOWED // len(rows), FEWEST), NEAREST)
    crossed = [
        (row, (k, target, index))
        for row in rows
        for k in (nodes.index(row[0]),)
        for index, target in _crossings(seen[k], row, nearest)
    ]
    turned = [
        (node, (k, way, index)) for k, node in enumerate(nodes) for index, way in _turns(seen[k], nearest)
    ]
    places = [_crossed(heights, [one for _, one in crossed]), _turned(heights, [one for _, one in turned])]
    owners: list[Part] = [row for row, _ in crossed]
    return _meetings(np.concatenate(places), (*owners, *(node for node, _ in turned)))


def _rows(formulas: Sequence[Expression]) -> list[tuple[Node, float, float]]:
    return list(dict.fromkeys(row for f in formulas for row in parts_of(f)))


def _meetings(found: Array, owners: tuple[Part, ...]) -> Meetings:
    x = np.unique(found)
    x = x[np.isfinite(x)]
    return Meetings(x[np.diff(x, prepend=-np.inf) > _same(x)], found, owners)


def _moves(node: Node, along: str) -> bool:
    return along in free_variables(node)


def _nearest(at: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Of indices of LOOK those nearest to its middle, so many on either side."""
    middle = np.searchsorted(at, LOOK.size // 2)
    return at[max(middle - count, 0) : middle + count]


def _crossings(height: Array, row: tuple[Node, float, float], nearest: int) -> list[tuple[int, float]]:
    """Before which index a part crosses one of its levels, and which."""
    _, level, spacing = row
    if spacing:
        floor = np.floor((height - level) / spacing)
        at = _nearest(np.flatnonzero(floor[1:] != floor[:-1]), nearest)
        targets = level + spacing * np.maximum(floor[at], floor[at + 1])
        return [
            (k, target)
            for k, target in zip(at.tolist(), targets.tolist(), strict=True)
            if np.isfinite(target)
        ]
    signs = np.sign(height - level)
    # A change to 0 is underflow: e^x has no zero.
    return [(k, level) for k in _nearest(np.flatnonzero(signs[1:] * signs[:-1] < 0), nearest).tolist()]


def _turns(height: Array, nearest: int) -> list[tuple[int, float]]:
    """At which index a part is lower (1) or higher (−1) than at both neighbours."""
    ways = np.sign(np.diff(height))
    at = _nearest(np.flatnonzero(ways[1:] * ways[:-1] < 0), nearest)
    return [(k + 1, way) for k, way in zip(at.tolist(), ways[at + 1].tolist(), strict=True)]


def _crossed(heights: Heights, found: list[tuple[int, float, int]]) -> Array:
    if not found:
        return np.zeros(0)
    part, target, at = (np.array(column) for column in zip(*found, strict=True))
    rows = np.arange(part.size)

    def away(x: Array) -> Array:
        return np.asarray(heights(x)[part, rows] - target[:, None])

    _, high = section(away, LOOK[at], LOOK[at + 1], AT_ONCE)
    # The double that is meant is the simplest of those a few units around, or the one that meets the level best.
    close = high[:, None] + np.spacing(high)[:, None] * np.arange(-4, 5)
    nice = nice_numbers(high, 1e-9 * np.maximum(np.abs(high), SMALL))
    tried = np.concatenate([nice[:, None], close], axis=1)
    best = np.argmin(np.nan_to_num(np.abs(away(tried)), nan=np.inf), axis=1)
    return np.asarray(tried[rows, best])


def _turned(heights: Heights, found: list[tuple[int, float, int]]) -> Array:
    if not found:
        return np.zeros(0)
    part, way, at = (np.array(column) for column in zip(*found, strict=True))
    rows, low, high = np.arange(part.size), LOOK[at - 1], LOOK[at + 1]
    for _ in range(ROUNDS):
        x = low[:, None] + (high - low)[:, None] * INSIDE
        best = np.argmin(np.nan_to_num(way[:, None] * heights(x)[part, rows], nan=np.inf), axis=1)
        ends = np.concatenate([low[:, None], x, high[:, None]], axis=1)
        low, high = ends[rows, best], ends[rows, best + 2]
    # A smooth turn is flat: its place is known to half the digits only, and a simple number as low is what is meant.
    middle = (low + high) / 2
    x = np.stack([nice_numbers(middle, 1e-7 * np.maximum(np.abs(middle), SMALL)), middle], axis=1)
    best = np.argmin(np.nan_to_num(way[:, None] * heights(x)[part, rows], nan=np.inf), axis=1)
    return np.asarray(x[rows, best])


@np.errstate(all="ignore")
def on_seam(f: Expression, at: Array, *, steps: bool = False) -> NDArray[np.bool_]:
    """Which of the places (d, n) stand, within rounding, where f may be another formula on either side.

    With `steps` only those at which it jumps: at a comparison, a floor, a sign. A part that rests on its level at most
    places, as min(x, x) does, tells nothing.
    """
    there = np.zeros(at.shape[1], dtype=bool)
    for away, rounding in _away(f, at, [one for one in triggers_of(f) if one.steps or not steps]):
        met = np.abs(away) <= rounding
        there |= met & (met.mean() < RESTS)
    return there


@np.errstate(all="ignore")
def in_gap(f: Expression, x: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which x stand, within rounding, where f has certainly no value, though it may have one at the double: tan at π/2.

    A denominator (or what else must not meet its level) is 0 there to rounding and surely of other signs beside it.
    Second, where anything at all is met there or so near.
    """
    triggers, beside = triggers_of(f), CLOSE * np.maximum(np.abs(x), SMALL)
    gap, near = np.zeros(x.size, dtype=bool), np.zeros(x.size, dtype=bool)
    sides = (_away(f, place[None], triggers) for place in (x, x - beside, x + beside))
    for trigger, (away, rounding), (left, _), (right, _) in zip(triggers, *sides, strict=True):
        met, crossed = np.abs(away) <= rounding, ~(left * right > 0)
        sure = crossed & (np.minimum(np.abs(left), np.abs(right)) > rounding)
        near |= met | crossed
        if trigger.met is Met.UNDEFINED:
            gap |= met & sure
    return gap, near


def _away(f: Expression, at: Array, triggers: Sequence[Trigger]) -> Iterator[tuple[Array, Array]]:
    """How far the node of each trigger is from its level at places (d, n), and what of that may be rounding."""
    nodes = {str(k): Expression(one.node, f.variables) for k, one in enumerate(triggers)}
    found = compile_tape(nodes, f.variables).run_with_errors(*at)
    for k, trigger in enumerate(triggers):
        value, error = found[str(k)]
        away = value - trigger.level
        if trigger.spacing:
            away = away - trigger.spacing * np.round(away / trigger.spacing)
        yield away, ROUNDINGS * (error + np.spacing(np.abs(value)))
